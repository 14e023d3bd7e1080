"""Telephone numbers, and later vehicles, property and exhibits."""
