"""Crimes: reported, recorded, allocated, classified, cancelled and ended."""
