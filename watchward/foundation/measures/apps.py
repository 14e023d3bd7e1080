"""Registers this room with Django."""

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "watchward.foundation.measures"
    label = "measures"
