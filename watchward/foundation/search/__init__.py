"""Tokens that stay fast under row-level security."""
