"""Registers this room with Django."""

from django.apps import AppConfig


class LookingConfig(AppConfig):
    name = "watchward.oversight.looking"
    label = "looking"
