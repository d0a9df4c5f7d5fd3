"""Factories: one module per app; a test builds what it needs and says what matters."""
