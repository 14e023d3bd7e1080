"""Invented pages that show every part, to be looked at and to be checked in a browser."""
