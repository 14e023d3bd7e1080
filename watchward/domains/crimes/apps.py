"""Registers this room with Django."""

from django.apps import AppConfig


class CrimesConfig(AppConfig):
    name = "watchward.domains.crimes"
    label = "crimes"
