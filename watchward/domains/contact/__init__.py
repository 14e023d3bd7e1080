"""Calls: recognition, previous contact, identifications, advice given."""
