"""Incidents: graded, assessed, attended, delayed and closed."""
