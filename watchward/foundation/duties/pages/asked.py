"""What was asked about duties: beside the duty, on the page where it is answered, and among one's own work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from watchward.foundation.acting import Acting
from watchward.foundation.duties.models import Ask, State
from watchward.foundation.duties.pages.rows import asks
from watchward.foundation.ui import words
from watchward.foundation.ui.parts import Link, Mark, Piece, Said, Soft, Strong
from watchward.foundation.ui.parts import State as Word


@dataclass(frozen=True)
class Asked:
    """One question about a duty.

    Args:
        who: who asked whom, and when.
        state: whether it waits, is late or is answered.
        question: in the words of whoever asked.
        answer: with who gave it and when; empty while it waits.
        answer_url: where the reader answers it; empty where it is not theirs to answer.
        withdraw: whether the reader may withdraw it.
    """

    id: UUID
    who: str
    state: Word
    question: str
    answer: Said
    answer_url: str
    withdraw: bool


def one(acting: Acting, ask: Ask, *, may_answer: bool) -> Asked:
    """Return a question as it stands beside its duty."""
    waits = _waits(ask)
    return Asked(
        id=ask.pk,
        who=f"{_name(acting, ask.by_id, ask.by.display_name)} asked {to(acting, ask)}, {words.stamp(ask.at)}",
        state=state_of(acting, ask),
        question=ask.words,
        answer=_answer(acting, ask),
        answer_url=reverse("work:answer", args=[ask.pk]) if waits and may_answer else "",
        withdraw=waits and ask.by_id == acting.account,
    )


def mine(acting: Acting, rows: Iterable[Ask]) -> tuple[Mark, ...]:
    """Return what the reader asked, with the answers."""
    found = []
    for ask in rows:
        about: Piece = Link(asks(ask.duty), reverse("work:duty", args=[ask.duty_id]), ask.duty.what)
        said: list[Piece] = [about, f" {ask.words} "]
        if ask.answered_at is not None:
            said.append(Strong(ask.answer))
        found.append(Mark(state_of(acting, ask), tuple(said), _beneath(acting, ask)))
    return tuple(found)


def state_of(acting: Acting, ask: Ask) -> Word:
    """Return where a question stands, in a word or two."""
    if ask.answered_at is not None:
        return Word("answered", "done")
    if ask.withdrawn_at is not None:
        return Word("withdrawn", "done")
    if ask.duty.state != State.OPEN:
        return Word("no longer asked", "done")
    return Word(words.left(ask.answer_by, acting.at), "late" if ask.answer_by < acting.at else "soon")


def to(acting: Acting, ask: Ask) -> str:
    """Return who was asked, in words for the reader."""
    if ask.to is not None:
        return _name(acting, ask.to_id, ask.to.display_name, "you")
    return ask.to_team.name if ask.to_team is not None else "nobody"


def facts(acting: Acting, ask: Ask) -> tuple[Mark, ...]:
    """Return what whoever answers must know: who asks, by when, and about which duty."""
    duty = Link(asks(ask.duty), reverse("work:duty", args=[ask.duty_id]))
    return (
        Mark("Asks", f"{_name(acting, ask.by_id, ask.by.display_name)}, {words.moment(ask.at)}"),
        Mark("Answer by", words.moment(ask.answer_by), words.left(ask.answer_by, acting.at)),
        Mark("About", (duty, f" {ask.duty.what}"), f"Due {words.moment(ask.duty.due_at)}"),
    )


def _waits(ask: Ask) -> bool:
    return ask.answered_at is None and ask.withdrawn_at is None and ask.duty.state == State.OPEN


def _name(acting: Acting, account: UUID | None, name: str, you: str = "You") -> str:
    return you if account == acting.account else name


def _answer(acting: Acting, ask: Ask) -> Said:
    if ask.answered_at is None or ask.answered_by is None:
        return ""
    who = _name(acting, ask.answered_by_id, ask.answered_by.display_name)
    return (Strong(ask.answer), " ", Soft(f"{who}, {words.stamp(ask.answered_at)}"))


def _beneath(acting: Acting, ask: Ask) -> str:
    if ask.answered_at is not None and ask.answered_by is not None:
        return f"{_name(acting, ask.answered_by_id, ask.answered_by.display_name)}, {_when(ask.answered_at, acting.at)}"
    return f"Asked {to(acting, ask)}, {_when(ask.at, acting.at)}"


def _when(at: datetime, now: datetime) -> str:
    return f"{words.recent(at, now)}, {words.hm(at)}"
