"""Persons, names, contact details, households, markers, identity links."""
