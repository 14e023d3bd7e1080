"""Versioned questionnaires and their answers."""
