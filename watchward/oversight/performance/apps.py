"""Registers this room with Django."""

from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    name = "watchward.oversight.performance"
    label = "performance"
