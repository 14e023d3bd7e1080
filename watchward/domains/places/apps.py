"""Registers this room with Django."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "watchward.domains.places"
    label = "places"
