"""Reading calls with what belongs to them, each in one plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from watchward.domains.contact.models import (
    Advice,
    Call,
    CallLine,
    Identification,
    Involved,
    NurseAdvice,
    OfCall,
    Recognised,
)
from watchward.domains.contact.vocabulary import BY_KEY, Answer, Decision, How, Which
from watchward.domains.incidents.vocabulary import Element, Heard, Level, Sign
from watchward.foundation.acting import Acting
from watchward.foundation.guidance import queries as guidance
from watchward.foundation.guidance.vocabulary import Standing
from watchward.foundation.records import NotHere

LINES_SHOWN = 60


@dataclass(frozen=True)
class Said:
    """A line of the log."""

    at: datetime
    words: str
    automatic: bool


@dataclass(frozen=True)
class Identified:
    """The answer to one of the three, and how it is known."""

    answer: Answer
    how: How
    at: datetime


@dataclass(frozen=True)
class Asked:
    """What a nurse was asked, and what they answered."""

    id: UUID
    at: datetime
    asked: str
    nurse: str
    answer: str


@dataclass(frozen=True)
class Whole:
    """A call with all that belongs to it.

    Args:
        call: the record; its place, area and telephone number are with it.
        lines: newest first.
        identified: of the three, those answered.
        said: keys of advice said, with when.
        decided: the latest decision on each person suggested, in the order in which they were made.
        involved: others on record, with their part.
        nurses: what nurses were asked.
        guidance: every version that stands and has a line to lead with.
    """

    call: Call
    lines: tuple[Said, ...] = ()
    identified: Mapping[Which, Identified] | None = None
    said: Mapping[str, datetime] | None = None
    decided: Mapping[UUID, tuple[Decision, datetime]] | None = None
    involved: Mapping[UUID, str] | None = None
    nurses: tuple[Asked, ...] = ()
    guidance: tuple[Standing, ...] = ()

    @property
    def thrive(self) -> dict[Element, Heard]:
        """Return THRIVE as it stands."""
        return {
            Element(name): Heard(text, Level(level) if level else None)
            for name, (text, level) in self.call.thrive.items()
        }

    @property
    def signs(self) -> frozenset[Sign]:
        """Return the signs that were ticked as heard."""
        return frozenset(Sign.of(key) for key in self.call.signs)


def _rows(acting: Acting, table: type[OfCall], *order: str, **fields: str) -> ArraySubquery:
    rows = table.visible_to(acting).filter(call=OuterRef("pk")).order_by(*order)
    return ArraySubquery(rows[:LINES_SHOWN].values(made=JSONObject(**fields)))


def whole(acting: Acting, *, id_: UUID) -> Whole:
    """Return a call with all that belongs to it, in one plan; the caller leaves the trace.

    Raises:
        NotHere: there is none that they may see.
    """
    found = (
        Call.visible_to(acting)
        .select_related("place__area", "incident", "telephone")
        .annotate(
            _lines=_rows(acting, CallLine, "-at", "-id", at="at", words="words", automatic="automatic"),
            _identified=_rows(acting, Identification, "at", which="which", answer="answer", how="how", at="at"),
            _said=_rows(acting, Advice, "at", key="key", at="at", back="taken_back_at"),
            _decided=_rows(acting, Recognised, "at", "id", person="person_id", decision="decision", at="at"),
            _involved=_rows(acting, Involved, "at", person="person_id", part="part"),
            _nurses=_rows(acting, NurseAdvice, "at", id="id", at="at", asked="asked", nurse="nurse", answer="answer"),
            _guidance=ArraySubquery(guidance.leading_as_json(acting)),
        )
        .filter(pk=id_)
        .first()
    )
    if found is None:
        raise NotHere("no such call")
    rows: Any = found
    return Whole(
        call=found,
        lines=tuple(Said(_when(one["at"]), one["words"], one["automatic"]) for one in rows._lines),
        identified={
            Which(one["which"]): Identified(Answer(one["answer"]), How(one["how"]), _when(one["at"]))
            for one in rows._identified
        },
        said={one["key"]: _when(one["at"]) for one in rows._said if one["back"] is None},
        decided={UUID(one["person"]): (Decision(one["decision"]), _when(one["at"])) for one in rows._decided},
        involved={UUID(one["person"]): one["part"] for one in rows._involved},
        nurses=tuple(
            Asked(UUID(one["id"]), _when(one["at"]), one["asked"], one["nurse"], one["answer"]) for one in rows._nurses
        ),
        guidance=guidance.from_json(rows._guidance),
    )


def _when(written: str) -> datetime:
    return datetime.fromisoformat(written)


def identified(acting: Acting, *, call: Call) -> dict[Which, Identification]:
    """Return the answers to the three identifications of a call."""
    return {Which(row.which): row for row in Identification.visible_to(acting).filter(call=call)}


def opening_words(acting: Acting, *, call: Call) -> str:
    """Return what has happened in the caller's first words, for whoever goes: at most 300 characters."""
    said = CallLine.visible_to(acting).filter(call=call, automatic=False).order_by("at", "id")
    return (". ".join(line.words.strip().rstrip(".") for line in said[:3]) or BY_KEY[call.what].words)[:300]


def recent(acting: Acting, *, taken_by: UUID | None = None) -> QuerySet[Call]:
    """Return calls, latest first, of one call handler or of everybody; the caller leaves the trace."""
    rows = Call.visible_to(acting).select_related("taken_by", "incident").order_by("-rang_at", "-id")
    return rows.filter(taken_by_id=taken_by) if taken_by else rows


def drafts(acting: Acting, *, taken_by: UUID) -> QuerySet[Call]:
    """Return the calls of one call handler that still lack something, oldest first."""
    return (
        Call.visible_to(acting)
        .filter(taken_by_id=taken_by, abandoned=False)
        .exclude(missing=[])
        .select_related("incident")
        .order_by("rang_at", "id")
    )


def nurse_unanswered(acting: Acting, *, calls: Iterable[UUID]) -> QuerySet[NurseAdvice]:
    """Return what nurses were asked on these calls and have not answered."""
    return NurseAdvice.visible_to(acting).filter(call__in=list(calls), answered_at__isnull=True).order_by("at")
