"""Registers this room with Django."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "watchward.domains.partners"
    label = "partners"
