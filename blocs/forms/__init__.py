"""What comes into the blocs by page."""
