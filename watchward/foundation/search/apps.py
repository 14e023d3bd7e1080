"""Registers this room with Django."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "watchward.foundation.search"
    label = "search"
