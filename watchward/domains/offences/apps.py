"""Registers this room with Django."""

from django.apps import AppConfig


class OffencesConfig(AppConfig):
    name = "watchward.domains.offences"
    label = "offences"
