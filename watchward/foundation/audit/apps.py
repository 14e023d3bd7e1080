"""Registers this room with Django."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "watchward.foundation.audit"
    label = "audit"
