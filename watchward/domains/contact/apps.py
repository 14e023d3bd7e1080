"""Registers this room with Django."""

from django.apps import AppConfig


class ContactConfig(AppConfig):
    name = "watchward.domains.contact"
    label = "contact"
