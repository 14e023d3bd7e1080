"""Code lists with start and end dates."""
