"""Registers this room with Django."""

from django.apps import AppConfig


class ChronicleConfig(AppConfig):
    name = "watchward.foundation.chronicle"
    label = "chronicle"
