"""Registers this room with Django."""

from django.apps import AppConfig


class OpenDataConfig(AppConfig):
    name = "watchward.oversight.open_data"
    label = "open_data"
