"""Public addresses of the portal."""

public_patterns = []
