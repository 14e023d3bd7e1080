"""Crimes: whether a report is recorded as one, what it is, who investigates it, and how it ended."""
