"""Registers this room with Django."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "watchward.domains.organisation"
    label = "organisation"
