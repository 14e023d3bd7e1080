"""Registers this room with Django."""

from django.apps import AppConfig


class LinkageConfig(AppConfig):
    name = "watchward.foundation.linkage"
    label = "linkage"
