"""Registers this room with Django."""

from django.apps import AppConfig


class MarkersConfig(AppConfig):
    name = "watchward.foundation.markers"
    label = "markers"
