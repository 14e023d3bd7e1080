"""Recognising the same person, and saying why."""
