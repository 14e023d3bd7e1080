"""Registers this room with Django."""

from django.apps import AppConfig


class ObjectsConfig(AppConfig):
    name = "watchward.domains.objects"
    label = "objects"
