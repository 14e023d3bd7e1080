"""Markers: what whoever meets or goes must know of a record, with its grounds, until somebody has looked at it again.

A room that marks its records subclasses `models`, declares one `Room` and hangs its duties, its lines and its pages
from that; the commands, and the policy on when a marker is looked at again, stay its own.
"""
