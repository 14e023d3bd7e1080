"""Addresses, their areas and what is known of a place."""
