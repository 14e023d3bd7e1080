"""Registers this room with Django."""

from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    name = "watchward.domains.incidents"
    label = "incidents"
