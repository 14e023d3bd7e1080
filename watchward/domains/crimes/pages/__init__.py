"""What the pages of crimes show."""

from watchward.domains.crimes.pages.crime import CrimePage, crime_page
from watchward.domains.crimes.pages.forms import (
    AllocatePage,
    OutcomePage,
    SourcePage,
    allocate_page,
    already_known,
    likely_group,
    outcome_page,
    people_of,
    source_page,
    suspects_of,
)
from watchward.domains.crimes.pages.lists import (
    SHOWS,
    ListPage,
    QueuePage,
    RegistrarPage,
    SamplePage,
    list_page,
    queue_page,
    registrar_page,
    sample_page,
)

__all__ = [
    "SHOWS",
    "AllocatePage",
    "CrimePage",
    "ListPage",
    "OutcomePage",
    "QueuePage",
    "RegistrarPage",
    "SamplePage",
    "SourcePage",
    "allocate_page",
    "already_known",
    "crime_page",
    "likely_group",
    "list_page",
    "outcome_page",
    "people_of",
    "queue_page",
    "registrar_page",
    "sample_page",
    "source_page",
    "suspects_of",
]
