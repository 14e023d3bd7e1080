"""What others may be told of victims: contact with them and what they decided, under the crime's number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from watchward.domains.crimes.vocabulary import Part
from watchward.domains.victims.models import Contact, Decision
from watchward.domains.victims.vocabulary import Result, Tells
from watchward.foundation.acting import Acting
from watchward.foundation.chronicle.kinds import About, ChronicleKind, Says


def _about(row: Contact | Decision) -> list[About]:
    if row.party.person_id is not None:
        return [About("person", row.party.person_id, Part.VICTIM)]
    return [About("place", row.crime.place_id, "where")] if row.crime.place_id else []


def _contacts(acting: Acting) -> QuerySet[Contact]:
    return Contact.visible_to(acting).select_related("party", "crime")


def _says_contact(_acting: Acting, rows: Sequence[Contact]) -> Iterable[Says]:
    for row in rows:
        told = [Tells(each).label for each in row.tells] + (["how it ended"] if row.outcomes else [])
        yield Says(
            source=row.pk,
            about=_about(row),
            since=row.when,
            headline=f"{Result(row.result).label}, {row.method}: {row.words}",
            detail=f"{row.by_name}{'. Told: ' + ', '.join(told) if told else ''}",
            state="" if row.reached else "attempt",
            reference=row.crime.reference,
            handling=row.handling,
            team=row.team_id,
            opens=row.crime_id,
        )


CONTACT = ChronicleKind(
    key="victims.contact",
    title="Contact with victims about their crime, and attempts",
    source=Contact,
    live=_contacts,
    says=_says_contact,
)


def _decisions(acting: Acting) -> QuerySet[Decision]:
    return Decision.visible_to(acting).select_related("party", "crime")


def _says_decision(_acting: Acting, rows: Sequence[Decision]) -> Iterable[Says]:
    for row in rows:
        words = "Supports police action" if row.supports else f"Does not support police action: {row.reason}"
        yield Says(
            source=row.pk,
            about=_about(row),
            since=row.at,
            headline=words,
            detail=f"“{row.own_words}” {row.by_name}" if row.own_words else row.by_name,
            reference=row.crime.reference,
            handling=row.handling,
            team=row.team_id,
            opens=row.crime_id,
        )


DECISION = ChronicleKind(
    key="victims.decision",
    title="Whether victims support police action",
    source=Decision,
    live=_decisions,
    says=_says_decision,
)
