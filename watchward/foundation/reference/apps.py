"""Registers this room with Django."""

from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    name = "watchward.foundation.reference"
    label = "reference"
