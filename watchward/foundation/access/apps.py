"""Registers this room with Django."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "watchward.foundation.access"
    label = "access"
