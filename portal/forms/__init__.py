"""Forms of pages composed of several apps."""
