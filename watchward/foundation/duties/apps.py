"""Registers this room with Django."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "watchward.foundation.duties"
    label = "duties"
