"""Registers this room with Django."""

from django.apps import AppConfig


class MachinesConfig(AppConfig):
    name = "watchward.foundation.machines"
    label = "machines"
