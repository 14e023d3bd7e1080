"""Unusual looking: who looked at whom with nothing in hand, and what became of each finding."""
