"""Registers this room with Django."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "watchward.config"
    label = "config"
