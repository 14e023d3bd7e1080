"""Registers this room with Django, and its topics and services with the toolkit."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "watchward.domains.partners"
    label = "partners"

    def ready(self) -> None:
        from watchward.domains.partners.views import in_toolkit
        from watchward.domains.partners.vocabulary import Need, Permission
        from watchward.foundation.guidance.offers import Shelf, Topic, declare_shelf, declare_topics

        declare_topics(Topic(need.value, need.value) for need in Need)
        declare_shelf(
            Shelf(
                key="services",
                title="Local services",
                find=in_toolkit,
                needs=Permission.READ,
                empty="None for this",
                page=("partners:list", "The whole directory of partners"),
            )
        )
