"""Registers this room with Django."""

from django.apps import AppConfig


class ProfileConfig(AppConfig):
    name = "watchward.oversight.profile"
    label = "profile"
