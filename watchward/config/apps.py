"""Loads every room's declarations, in the order of the house, once Django knows the models."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ConfigConfig(AppConfig):
    name = "watchward.config"
    label = "config"

    def ready(self) -> None:
        from watchward.foundation.chronicle import balances as chronicle
        from watchward.foundation.commands import after_command
        from watchward.foundation.duties import balances as duties
        from watchward.foundation.following import follow

        autodiscover_modules("chronicle", "duties", "measures", "commands", "gates", "tasks")
        after_command[:] = [follow]
        duties.hang_ledgers()
        chronicle.hang_ledgers()
