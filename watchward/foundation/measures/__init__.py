"""Measures: what is counted is declared once, and gives its page, file, API, command line and documentation."""
