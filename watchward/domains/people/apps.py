"""Registers this room with Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "watchward.domains.people"
    label = "people"
