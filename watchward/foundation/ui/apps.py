"""Registers this room with Django."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "watchward.foundation.ui"
    label = "ui"
