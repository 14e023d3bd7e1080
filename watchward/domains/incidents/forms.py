"""What people type on an incident's page, parsed; nothing is decided here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from django import forms
from django.http import QueryDict

from watchward.domains.incidents.vocabulary import (
    Element,
    Grade,
    Heard,
    Kind,
    Level,
    Part,
    Qualifier,
    Reached,
    Sign,
    UnitState,
    heard_from,
)
from watchward.foundation.records import Handling
from watchward.foundation.ui.forms import Form, MomentField
from watchward.kernel.refusals import Refusal, Refused

E = TypeVar("E", bound=StrEnum)


def text(post: QueryDict, name: str) -> str:
    """Return what stands in a box, without the space around it."""
    return post.get(name, "").strip()


def id_of(post: QueryDict, name: str) -> UUID:
    """Return the id that was chosen.

    Raises:
        Refused: none was.
    """
    try:
        return UUID(post.get(name, ""))
    except ValueError:
        raise Refused("Choose one first.") from None


def version_of(post: QueryDict) -> int | None:
    """Return the version that the page showed."""
    said = post.get("version", "")
    return int(said) if said.isdecimal() else None


def one_of(enum: type[E], post: QueryDict, name: str) -> E | None:
    """Return what was chosen; None where nothing, or nothing known, was."""
    said = post.get(name, "")
    return enum(said) if said in {member.value for member in enum} else None


def grade_of(post: QueryDict, name: str = "grade") -> Grade | None:
    """Return the grade that was chosen; None where none was."""
    said = post.get(name, "")
    return Grade(int(said)) if said in {str(grade.value) for grade in Grade} else None


def signs_of(post: QueryDict) -> frozenset[Sign]:
    """Return the signs that were ticked."""
    known = {sign.key: sign for sign in Sign}
    return frozenset(known[key] for key in post.getlist("sign") if key in known)


def qualifiers_of(post: QueryDict) -> frozenset[Qualifier]:
    """Return the qualifiers that were ticked."""
    known = {qualifier.value for qualifier in Qualifier}
    return frozenset(Qualifier(key) for key in post.getlist("qualifier") if key in known)


def heard_of(post: Mapping[str, str]) -> dict[Element, Heard]:
    """Return what was heard under each word; a level that is none of ours was not given."""
    values: dict[str, str] = {}
    for element in Element:
        values[element.value] = post.get(element.value, "").strip()
        level = post.get(f"{element.value}-level", "")
        values[f"{element.value}-level"] = level if level in _LEVELS else ""
    return heard_from(values)


_LEVELS = {"none", "some", "high"}


class Agreed(Form):
    """A time agreed with whoever waits."""

    agreed = MomentField(label="A time agreed", required=False)


def agreed_of(post: QueryDict) -> datetime | None:
    """Return the time agreed; None where none was given.

    Raises:
        Refused: with what is wrong with it.
    """
    form = Agreed(post)
    if not form.is_valid():
        raise Refused(*(str(words) for words in form.errors["agreed"]))
    found: datetime | None = form.cleaned_data["agreed"]
    return found


class AppointmentForm(Form):
    """A time agreed with whoever waits for a visit, and with whom."""

    look = "wide"
    agreed = MomentField(label="Agreed for")
    words = forms.CharField(label="With whom", max_length=300, help_text="And what else was said")


class SurgeForm(Form):
    """What was done about a surge of demand."""

    look = "wide"
    words = forms.CharField(
        label="What was done", widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Who was called in, what was put off, how those who wait are kept safe",
    )  # fmt: skip


@dataclass(frozen=True)
class Closing:
    """What is typed when an incident is closed."""

    outcome: str
    closed_as: Kind | None
    why_nobody_went: str
    qualifiers: frozenset[Qualifier]


def closing_of(post: QueryDict) -> Closing:
    """Return what was typed to close an incident."""
    return Closing(
        text(post, "outcome"), one_of(Kind, post, "closed_as"), text(post, "why_nobody_went"), qualifiers_of(post)
    )


def level_of(post: QueryDict) -> Level | None:
    """Return how high the risk to somebody was said to be; None where nothing was."""
    return one_of(Level, post, "level")


def grid_of(typed: str) -> tuple[int, int] | None:
    """Return easting and northing where two numbers of metres were typed; None where anything else was."""
    parts = typed.replace(",", " ").split()
    if len(parts) == 2 and all(part.isdecimal() for part in parts):
        return int(parts[0]), int(parts[1])
    return None


def reached_of(post: QueryDict) -> Reached:
    """Return what became of ringing them back.

    Raises:
        Refused: nothing was chosen.
    """
    found = one_of(Reached, post, "reached")
    if found is None:
        raise Refused("Say whether you reached them.")
    return found


def handling_of(post: QueryDict) -> int:
    """Return how an incident is to be kept.

    Raises:
        Refused: nothing was chosen.
    """
    said = post.get("handling", "")
    if said not in {str(one.value) for one in Handling}:
        raise Refused(Refusal("Choose how it is kept.", field="handling"))
    return int(said)


def part_of(post: QueryDict) -> Part:
    """Return the part that somebody had; merely there where nothing was chosen."""
    return one_of(Part, post, "part") or Part.OTHER


def state_of(post: QueryDict) -> UnitState | None:
    """Return the state that a unit is given by hand."""
    return one_of(UnitState, post, "state")
