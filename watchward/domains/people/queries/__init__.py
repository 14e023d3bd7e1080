"""Reading people: who this might be, what is recorded of them, who lives with them, who was decided to be whom."""

from __future__ import annotations

from watchward.domains.people.queries.gaps import gaps, gaps_counted
from watchward.domains.people.queries.households import Household, Member, household, household_at
from watchward.domains.people.queries.identity import decision, decisions, same_people, same_person
from watchward.domains.people.queries.recognition import recognise
from watchward.domains.people.queries.records import (
    Summary,
    details,
    known,
    locked,
    markers,
    names,
    numbers,
    people,
    person,
    relationships,
    residences,
    summaries,
)
from watchward.domains.people.queries.sealed import asks_unseen

__all__ = [
    "Household",
    "Member",
    "Summary",
    "asks_unseen",
    "decision",
    "decisions",
    "details",
    "gaps",
    "gaps_counted",
    "household",
    "household_at",
    "known",
    "locked",
    "markers",
    "names",
    "numbers",
    "people",
    "person",
    "recognise",
    "relationships",
    "residences",
    "same_people",
    "same_person",
    "summaries",
]
