"""What is new for somebody: one line a record, under the first reason for which it is new, with what it wants."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from watchward.foundation.access.models import Absence
from watchward.foundation.acting import Acting
from watchward.foundation.duties.models import Ask, Duty, Escalation, HandOver
from watchward.foundation.duties.pages.rows import asks, state_of
from watchward.foundation.duties.vocabulary import News, Stage
from watchward.foundation.ui import words
from watchward.foundation.ui.parts import Link, Mark, Piece, Said, State

SHOWN = 50
"""Lines of one reason."""

_JOINED: Mapping[type[Any], tuple[str, ...]] = {
    Duty: ("came_by",),
    Escalation: ("duty",),
    Ask: ("duty", "answered_by"),
    HandOver: ("answered_by",),
    Absence: ("account",),
}


@dataclass(frozen=True)
class NewsPage:
    """What is new.

    Args:
        count: lines; one a record.
        sections: key, heading and lines of each reason that there is.
        at: of the page, for the word that all of it was seen.
        duties: ids of the duties that are shown, for the trace.
    """

    count: int
    since: datetime
    at: datetime
    sections: tuple[tuple[str, str, tuple[Mark, ...]], ...]
    duties: tuple[UUID, ...]


def news(acting: Acting, found: Mapping[News, Iterable[QuerySet[Any]]], *, since: datetime) -> NewsPage:
    """Return the page; what is about one record stands once, with how much more there is about it."""
    rows: dict[UUID, tuple[News, list[Any]]] = {}
    for reason in News:
        for query in found.get(reason, ()):
            for row in query.select_related(*_JOINED[query.model]):
                rows.setdefault(_about(row), (reason, []))[1].append(row)
    sections = []
    for reason in News:
        lines = [mark(acting, each) for why, each in rows.values() if why is reason]
        if lines:
            sections.append((reason.value, reason.words, tuple(lines[:SHOWN])))
    shown = [row for _why, each in rows.values() for row in each]
    duties = dict.fromkeys(_duty(row) for row in shown if _duty(row) is not None)
    return NewsPage(len(rows), since, acting.at, tuple(sections), tuple(id_ for id_ in duties if id_ is not None))


def _about(row: Any) -> UUID:
    about: UUID = (
        row.duty.about if isinstance(row, Escalation) else row.about if isinstance(row, Duty | Ask) else row.pk
    )
    return about


def _duty(row: Any) -> UUID | None:
    found: UUID | None = row.pk if isinstance(row, Duty) else getattr(row, "duty_id", None)
    return found


def mark(acting: Acting, rows: list[Any]) -> Mark:
    """Return one line: what it wants and by when, from whom, and how much more there is about the same record."""
    first = rows[0]
    others = {_duty(row) or row.pk for row in rows} - {_duty(first) or first.pk}
    state, fact, beneath = _said(acting, first)
    more = f"{len(others)} more about the same record" if others else ""
    return Mark(state, fact, ". ".join(each for each in (beneath, more) if each))


def _said(acting: Acting, row: Any) -> tuple[State | str, Said, str]:
    if isinstance(row, Duty):
        who = row.came_by.display_name if row.came_by and row.came_by_id != acting.account else ""
        from_ = f"{who}, {words.stamp(row.came_at)}" if who and row.came_at else ""
        return state_of(acting, row), _link(row), from_
    if isinstance(row, Escalation):
        return state_of(acting, row.duty), _link(row.duty), f"Went up {words.stamp(row.at)}"
    if isinstance(row, Ask):
        return State("answered", "done"), (*_link(row.duty), f" {row.words}"), _by(row)
    if isinstance(row, HandOver):
        refused = row.stage == Stage.REFUSED
        link = Link(words.counted(row.count, "duty", "duties"), reverse("work:handed", args=[row.pk]))
        fact: tuple[Piece, ...] = (link, f" stay with you: {row.answer}" if refused else " that you handed over")
        return State("not accepted", "late") if refused else State("accepted", "done"), fact, _by(row)
    link = Link(row.account.display_name, reverse("work:absence", args=[row.pk]))
    until = f" until {words.moment(row.until_at)}"
    return words.short_day(row.since_at), (link, until), "See what is due meanwhile"


def _link(row: Duty) -> tuple[Piece, ...]:
    return (Link(asks(row), reverse("work:duty", args=[row.pk]), row.what), f" {row.what}")


def _by(row: Ask | HandOver) -> str:
    return (
        f"{row.answered_by.display_name}, {words.stamp(row.answered_at)}" if row.answered_by and row.answered_at else ""
    )
