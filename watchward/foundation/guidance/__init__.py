"""Versioned guidance with who has read it, shown where it is needed."""
