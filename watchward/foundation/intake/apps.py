"""Registers this room with Django."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "watchward.foundation.intake"
    label = "intake"
