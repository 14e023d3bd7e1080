"""Registers this room with Django."""

from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    name = "watchward.foundation.guidance"
    label = "guidance"
