"""The arrival briefing: what is behind this door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from watchward.domains.incidents.pages.cover import cover_marks
from watchward.domains.incidents.pages.incident import clock_of
from watchward.domains.incidents.pages.known import history_line, people_marks
from watchward.domains.incidents.queries import Whole
from watchward.domains.incidents.rules import cover_at, to_ask
from watchward.domains.incidents.vocabulary import Grade, Kind, Qualifier, Sign
from watchward.foundation.chronicle.models import Line as Told
from watchward.foundation.ui.parts import Clock, Line, Mark, Said
from watchward.foundation.ui.words import recent, times
from watchward.kernel.periods import local_day

ORDERS = frozenset({"order", "bail", "condition"})
"""Flags of lines that say what somebody must not do."""

AT_MOST = 5


@dataclass(frozen=True)
class BriefingPage:
    """What the briefing shows.

    Args:
        read: when this person said that they had read it as it now stands; empty where they have not.
        scene: id of the deployment of this person's unit, where it is on its way.
    """

    id: UUID
    reference: str
    where: str
    what: str
    dangers: str
    clock: Clock | None
    grade: str
    warnings: tuple[Mark, ...]
    lives: tuple[Mark, ...]
    lives_note: str
    orders: tuple[Mark, ...]
    standing: tuple[Mark, ...]
    history: tuple[Line, ...]
    history_note: str
    ask: tuple[Said, ...]
    cover: tuple[Mark, ...]
    read: str
    scene: str
    at: datetime


def briefing_page(found: Whole, *, at: datetime, read: str) -> BriefingPage:
    """Return the briefing of an incident, from one reading of the chronicle.

    Args:
        found: what it stands on.
        at: the moment.
        read: when this person read it as it now stands.
    """
    row = found.incident
    signs = [sign for sign in Sign if sign.key in row.signs]
    warnings = [line for line in found.lines if line.stands and "warning" in line.flags]
    orders = [line for line in found.lines if line.stands and ORDERS & set(line.flags)]
    standing = [line for line in found.lines if line.stands and line not in warnings and line not in orders]
    past = [line for line in found.lines if not line.stands]
    cover, advice = cover_at(at)
    mental = Qualifier.MENTAL_ILL_HEALTH in row.qualifiers
    own = found.own
    return BriefingPage(
        id=row.pk,
        reference=row.reference,
        where=found.known.address or row.place_words or "Place not known",
        what=f"{Kind(row.kind).label}: {row.what}",
        dangers=". ".join(sign.label for sign in signs if sign.is_danger),
        clock=clock_of(found, at),
        grade=Grade(row.grade).words,
        warnings=tuple(_mark(line) for line in warnings),
        lives=people_marks(found),
        lives_note=_counted(found),
        orders=tuple(_mark(line) for line in orders),
        standing=tuple(_mark(line) for line in standing[:AT_MOST]),
        history=tuple(history_line(line, at) for line in past[:AT_MOST]),
        history_note=_often(past, at, found.locked),
        ask=to_ask([Qualifier(key) for key in row.qualifiers], on=local_day(at)),
        cover=cover_marks(cover, advice.who, advice.number, at) if mental else (),
        read=read,
        scene=str(own.pk) if own is not None and own.at_scene_at is None else "",
        at=at,
    )


def _mark(line: Told) -> Mark:
    head, colon, rest = line.headline.partition(": ")
    return Mark(head, rest, line.detail) if colon else Mark("Stands", head, line.detail)


def _counted(found: Whole) -> str:
    if found.household is None:
        return ""
    children = len(found.household.children)
    adults = sum(1 for one in found.household.members if one.child is False)
    unknown = len(found.household.members) - children - adults
    words = [f"{adults} {'adult' if adults == 1 else 'adults'}"] if adults else []
    words += [f"{children} {'child' if children == 1 else 'children'}"] if children else []
    words += [f"{unknown} of unknown age"] if unknown else []
    return ", ".join(words)


def _often(past: list[Told], at: datetime, locked: int) -> str:
    month = sum(1 for line in past if (at - line.since).days < 30)
    words = [f"{times(month)} in 30 days"] if month else []
    if len(past) > AT_MOST:
        words.append(f"{len(past) - AT_MOST} older, first {recent(past[-1].since, at)}")
    if locked:
        words.append(f"{locked} locked")
    return ", ".join(words)
