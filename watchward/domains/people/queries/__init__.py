"""Reading people: who this might be, what is recorded of them, who lives with them, who was decided to be whom."""

from __future__ import annotations

from watchward.domains.people.models import Person, Residence  # named again for the duties of higher rooms
from watchward.domains.people.queries.belonging import Belonging, belonging
from watchward.domains.people.queries.comparable import known
from watchward.domains.people.queries.gaps import WORDS as GAP_WORDS
from watchward.domains.people.queries.gaps import gaps, gaps_counted
from watchward.domains.people.queries.households import Household, Member, household, household_at
from watchward.domains.people.queries.identity import (
    decision,
    decisions,
    links,
    person_as_one,
    same_people,
    same_person,
)
from watchward.domains.people.queries.kept import Kept, by_reference, kept, last_change, lasting, sealed_ask
from watchward.domains.people.queries.marked import MARKERS
from watchward.domains.people.queries.recognition import recognise
from watchward.domains.people.queries.records import (
    Summary,
    details,
    living_at,
    locked,
    names,
    numbers,
    people,
    person,
    relationships,
    residences,
    summaries,
)
from watchward.domains.people.queries.sealed import asks_unseen
from watchward.domains.people.queries.surnames import how_many_called

__all__ = [
    "GAP_WORDS",
    "MARKERS",
    "Belonging",
    "Household",
    "Kept",
    "Member",
    "Person",
    "Residence",
    "Summary",
    "asks_unseen",
    "belonging",
    "by_reference",
    "decision",
    "decisions",
    "details",
    "gaps",
    "gaps_counted",
    "household",
    "household_at",
    "how_many_called",
    "kept",
    "known",
    "last_change",
    "lasting",
    "links",
    "living_at",
    "locked",
    "names",
    "numbers",
    "people",
    "person",
    "person_as_one",
    "recognise",
    "relationships",
    "residences",
    "same_people",
    "same_person",
    "sealed_ask",
    "summaries",
]
