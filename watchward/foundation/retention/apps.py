"""Registers this room with Django."""

from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "watchward.foundation.retention"
    label = "retention"
