"""Reads that are composed of several apps."""
