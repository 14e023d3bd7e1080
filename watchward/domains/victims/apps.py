"""Registers this room with Django."""

from django.apps import AppConfig


class VictimsConfig(AppConfig):
    name = "watchward.domains.victims"
    label = "victims"
