"""Registers this room with Django."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "watchward.demo"
    label = "demo"
