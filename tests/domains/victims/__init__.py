"""Victims: told in time, reached safely, heard in their own words."""
