"""What the pages of signing in, of locked records and of their review show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from watchward.foundation.access.held import SENT_AGAIN, HeldForm
from watchward.foundation.access.models import WayIn
from watchward.foundation.access.queries import Persona
from watchward.foundation.access.roles import roles


@dataclass(frozen=True)
class RoleGroup:
    """The invented people who hold one role first."""

    role: str
    personas: tuple[Persona, ...]


def by_role(personas: list[Persona]) -> tuple[RoleGroup, ...]:
    """Return the personas under their roles, in the order of the force's table."""
    return tuple(
        RoleGroup(role.name, found)
        for key, role in roles().items()
        if (found := tuple(each for each in personas if each.role == key))
    )


@dataclass(frozen=True)
class Kept:
    """One form that was kept: when, what was typed, and what sends it again.

    Args:
        id: of the holding.
        action: where it is sent again; empty when only a part of a page had asked, so that it is only shown.
        pairs: what is sent again.
        typed: what a person typed, with the name of its field in words.
        files: names of files that must be chosen again.
        back: the page that it was on.
    """

    id: UUID
    at: datetime
    action: str
    pairs: tuple[tuple[str, str], ...]
    typed: tuple[tuple[str, str], ...]
    files: tuple[str, ...]
    back: str


def kept(form: HeldForm) -> Kept:
    """Return a held form as its page shows it."""
    return Kept(
        id=form.id,
        at=form.at,
        action="" if form.partial else form.path,
        pairs=(*form.pairs, (SENT_AGAIN, str(form.id))),
        typed=tuple((_in_words(name), value) for name, value in form.pairs if value.strip()),
        files=form.files,
        back=form.back,
    )


def _in_words(name: str) -> str:
    words = name.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:]


@dataclass(frozen=True)
class Way:
    """A passkey or an app of one's own."""

    id: UUID
    name: str
    made_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class Ways:
    """What one proves oneself by."""

    passkeys: tuple[Way, ...]
    apps: tuple[Way, ...]
    codes_left: int


def ways(found: Iterable[WayIn]) -> Ways:
    """Return one's ways in as their page shows them."""
    rows = list(found)
    shown = {
        kind: tuple(Way(one.pk, one.name, one.made_at, one.used_at) for one in rows if one.kind == kind)
        for kind in WayIn.Kind
    }
    return Ways(shown[WayIn.Kind.PASSKEY], shown[WayIn.Kind.APP], len(shown[WayIn.Kind.RECOVERY]))


PURPOSES: tuple[tuple[str, str], ...] = (
    ("incident", "I am dealing with an incident or an investigation about it"),
    ("supervision", "I supervise or review this work"),
    ("audit", "For an audit, a complaint or an inspection"),
    ("other", "Something else"),
)
"""Why somebody needs a locked record; said with their own words, which are what is reviewed."""


LIST_KEYS: tuple[tuple[str, str], ...] = (
    ("J", "next row"),
    ("K", "row before"),
    ("Enter", "open the row"),
    ("R", "do what the row asks"),
    ("H", "give it to somebody"),
    ("V", "why: the rule"),
    ("Z", "undo"),
)
EVERYWHERE_KEYS: tuple[tuple[str, str], ...] = (
    ("/", "find"),
    ("G", "go to a place: then its letter"),
    ("Alt + N", "take a call"),
    ("Alt + K", "the toolkit"),
)


@dataclass(frozen=True)
class LockedCard:
    """What may be known of a locked record before it is opened."""

    of: str
    locked_by: str
    purposes: tuple[tuple[str, str], ...] = PURPOSES


@dataclass(frozen=True)
class OpeningPage:
    """An opening of a locked record, and its review."""

    id: UUID
    who: str
    what: str
    team: str
    reason: str
    at: datetime
    until: datetime
    reviewed_at: datetime | None
    reviewed_by: str
    finding: str
    why_not: str
    typed: str = ""
    wrong: str = ""
