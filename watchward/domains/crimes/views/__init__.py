"""The pages of crimes; no decision is taken here."""

from watchward.domains.crimes.views.changing import (
    cancel,
    end_part,
    flags,
    interview,
    name,
    reclassify,
    reinstate,
    reopen,
)
from watchward.domains.crimes.views.crime import allocate, one, outcome, proposed
from watchward.domains.crimes.views.lists import listing, queue
from watchward.domains.crimes.views.recording import from_incident, from_report, report
from watchward.domains.crimes.views.registrar import check, n100, registrar, sample, sample_new

__all__ = [
    "allocate",
    "cancel",
    "check",
    "end_part",
    "flags",
    "from_incident",
    "from_report",
    "interview",
    "listing",
    "n100",
    "name",
    "one",
    "outcome",
    "proposed",
    "queue",
    "reclassify",
    "registrar",
    "reinstate",
    "reopen",
    "report",
    "sample",
    "sample_new",
]
