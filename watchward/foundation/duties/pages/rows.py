"""A duty as one row of a list: its state, its question, its rule, and what can be done about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from watchward.foundation.access.models import Absence
from watchward.foundation.acting import Acting
from watchward.foundation.duties.commands import DISCHARGE, SUPERVISE
from watchward.foundation.duties.kinds import DutyKind, kinds
from watchward.foundation.duties.models import Duty, State
from watchward.foundation.duties.queries import AT_RISK_WITHIN
from watchward.foundation.ui import words
from watchward.foundation.ui.frame import Shortcut
from watchward.foundation.ui.parts import Button, DutyRow, Piece, Strong
from watchward.foundation.ui.parts import State as Word
from watchward.kernel.periods import local_day

NOBODY: Mapping[UUID, Sequence[Absence]] = {}

KEYS = (
    Shortcut("J", "next"),
    Shortcut("K", "back"),
    Shortcut("Enter", "open"),
    Shortcut("R", "do it"),
    Shortcut("H", "give to"),
    Shortcut("A", "ask"),
    Shortcut("V", "why: the rule"),
)


def url_of(kind: DutyKind | None, about: UUID) -> str:
    """Return the page where a duty is done, empty where it has none."""
    if kind is None or not kind.url:
        return ""
    try:
        return reverse(kind.url, args=[about])
    except NoReverseMatch:
        return ""


def row(acting: Acting, duty: Duty, *, why_at_risk: str = "", here: bool = False, names: bool = True) -> DutyRow:
    """Return a duty as a row: its state, its own question, whom and what it is about, its rule, what can be done."""
    kind, page = kinds.get(duty.kind), reverse("work:duty", args=[duty.pk])
    if duty.due_at < acting.at:
        state, due = Word(words.left(duty.due_at, acting.at), "late"), f"due {words.due(duty.due_at, acting.at)}"
    elif local_day(duty.due_at) == local_day(acting.at):
        state, due = Word(words.hm(duty.due_at), "soon"), words.left(duty.due_at, acting.at)
    else:
        state, due = Word(words.day(duty.due_at), "ok"), words.left(duty.due_at, acting.at)
    about: list[Piece] = [duty.what]
    if names and not (why_at_risk and duty.owed_by is None):  # the reason says it
        about.append(f". {duty.owed_by.display_name}" if duty.owed_by else ". Nobody named")
    if why_at_risk:
        about += [". ", Strong(why_at_risk)]
    return DutyRow(
        state=state,
        due=due,
        asks=kind.asks if kind else duty.kind,
        url=page,
        about=tuple(about),
        rule=f"{duty.rule}, from {words.day_year(duty.rule_since)}",
        actions=actions(acting, duty, kind, page),
        here=here,
        id=f"duty-{duty.pk}",
    )


def actions(acting: Acting, duty: Duty, kind: DutyKind | None, page: str) -> tuple[Button, ...]:
    """Return what this person can do about an open duty, the doing of it first."""
    found = []
    done_at = url_of(kind, duty.about)
    if done_at and kind is not None:
        found.append(Button(kind.verb, url=done_at, key="r", keys="list", small=True))
    elif kind is not None and kind.met is None and acting.may(DISCHARGE):
        found.append(Button("Say it is done", url=f"{page}#done", key="r", keys="list", small=True))
    if acting.may(SUPERVISE):
        found.append(Button("Give to", url=f"{page}#give", key="h", keys="list", small=True))
    if acting.may(DISCHARGE):
        found.append(Button("Ask", url=f"{page}#ask", key="a", keys="list", small=True))
    found.append(Button("Why", url=f"{page}#rule", key="v", keys="list", small=True))
    return tuple(found)


def why_at_risk(
    duty: Duty, acting: Acting, late_of: dict[UUID | None, int], away: Mapping[UUID, Sequence[Absence]] = NOBODY
) -> str:
    """Return why a duty that is in time is unlikely to stay so, empty where nothing says it.

    Args:
        duty: which.
        acting: the reader.
        late_of: how many are late of each person.
        away: who is or will be away, by account.
    """
    if duty.due_at >= acting.at + AT_RISK_WITHIN:
        return ""
    if duty.owed_by is None:
        return "Nobody is named for it"
    behind = late_of.get(duty.owed_by_id, 0)
    if behind:
        return f"{duty.owed_by.display_name} is late with {behind} already"
    gone = [each for each in away.get(duty.owed_by_id or duty.pk, ()) if each.since_at <= duty.due_at <= each.until_at]
    return f"{duty.owed_by.display_name} is away until {words.due(gone[0].until_at, acting.at)}" if gone else ""


def asks(duty: Duty) -> str:
    kind = kinds.get(duty.kind)
    return kind.asks if kind else duty.kind


def state_of(acting: Acting, duty: Duty) -> Word:
    """Return a duty's state in a word or two."""
    if duty.state != State.OPEN:
        return Word(duty.state, "done")
    late = duty.due_at < acting.at
    today = local_day(duty.due_at) == local_day(acting.at)
    return Word(words.left(duty.due_at, acting.at), "late" if late else "soon" if today else "ok")
