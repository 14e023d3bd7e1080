"""Agencies that the force works with."""
