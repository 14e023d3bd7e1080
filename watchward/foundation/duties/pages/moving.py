"""Duties to choose from that go to somebody else, and a hand-over as it is read and printed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from watchward.foundation.acting import Acting
from watchward.foundation.duties.kinds import kinds
from watchward.foundation.duties.models import Duty, Handed, HandOver, State
from watchward.foundation.duties.pages.rows import asks, state_of, why_at_risk
from watchward.foundation.duties.vocabulary import Stage
from watchward.foundation.ui import words
from watchward.foundation.ui.parts import Link, Mark, Piece, Said, Soft, Strong
from watchward.foundation.ui.parts import State as Word


@dataclass(frozen=True)
class Pick:
    """One duty that can be chosen."""

    id: UUID
    state: Word
    asks: str
    about: Said
    due: str
    chosen: bool
    note: str = ""


@dataclass(frozen=True)
class MovePage:
    """What somebody, or a team with nobody named, holds and could give to others.

    Args:
        of: whose it is.
        note: which of theirs these are.
        total: how many there are; ``picks`` are the first of them.
    """

    of: str
    note: str
    total: int
    picks: tuple[Pick, ...]


def to_move(
    acting: Acting, rows: Iterable[Duty], *, total: int, of: str, until: datetime | None, picked: Collection[UUID]
) -> MovePage:
    """Return what could be given to others."""
    note = f"due by {words.moment(until)}" if until else "soonest first"
    return MovePage(of, note, total, tuple(pick(acting, row, chosen=row.pk in picked) for row in rows))


def pick(acting: Acting, row: Duty, *, chosen: bool, note: str = "") -> Pick:
    """Return a duty as one that can be chosen."""
    about = f"{row.reference}, {row.what}" if row.reference not in row.what else row.what
    return Pick(row.pk, state_of(acting, row), asks(row), about, words.moment(row.due_at), chosen, note)


@dataclass(frozen=True)
class HandedPage:
    """A hand-over as it is read, accepted and printed.

    Args:
        facts: who hands over to whom, when, and how it was answered.
        words: the note for all of it.
        sections: late, promised, at risk, and what else is open; each under its heading.
        ended: how many of it have ended meanwhile, with the words for it.
        may_take: whether the reader accepts or refuses it; ``may_take_back`` whether they handed it over.
    """

    id: UUID
    title: str
    state: Word
    facts: tuple[Mark, ...]
    words: str
    sections: tuple[tuple[str, str, tuple[Mark, ...]], ...]
    hidden: int
    may_take: bool
    may_take_back: bool


def handed(acting: Acting, row: HandOver, inside: Sequence[Handed], *, may_take: bool) -> HandedPage:
    """Return a hand-over: each duty once, under the first heading that holds for it."""
    lists: dict[str, list[Mark]] = {"late": [], "promised": [], "risk": [], "open": [], "ended": []}
    for one in inside:
        lists[_where(acting, one.duty)].append(_mark(acting, one))
    waits = row.stage == Stage.WAITING
    return HandedPage(
        id=row.pk,
        title=f"Hand-over: {words.counted(row.count, 'duty', 'duties')}",
        state=_state(acting, row),
        facts=_facts(acting, row),
        words=row.words,
        sections=tuple((key, _HEADS[key], tuple(marks)) for key, marks in lists.items() if marks),
        hidden=row.count - len(inside),
        may_take=waits and may_take,
        may_take_back=waits and row.by_id == acting.account,
    )


_HEADS = {
    "late": "Late",
    "promised": "Promised to somebody",
    "risk": "At risk",
    "open": "Open",
    "ended": "Ended since",
}


def _where(acting: Acting, duty: Duty) -> str:
    kind = kinds.get(duty.kind)
    if duty.state != State.OPEN:
        return "ended"
    if duty.due_at < acting.at:
        return "late"
    if kind is not None and kind.promised:
        return "promised"
    left = duty.due_at - acting.at
    return "risk" if left <= (duty.due_at - duty.arose_at) / 4 or why_at_risk(duty, acting, {}) else "open"


def _mark(acting: Acting, one: Handed) -> Mark:
    duty = one.duty
    fact: list[Piece] = [Link(asks(duty), reverse("work:duty", args=[duty.pk]), duty.what), f" {duty.what}"]
    if duty.reference not in duty.what:
        fact += [" ", Soft(duty.reference)]
    if one.note:
        fact += [". ", Strong(one.note)]
    kind = kinds.get(duty.kind)
    promised = "Promised. " if kind is not None and kind.promised and duty.state == State.OPEN else ""
    taken = ". Taken over" if one.taken else ""
    return Mark(state_of(acting, duty), tuple(fact), f"{promised}Due {words.moment(duty.due_at)}, {duty.rule}{taken}")


def _state(acting: Acting, row: HandOver) -> Word:
    if row.stage == Stage.WAITING:
        late = row.accept_by < acting.at
        return Word(f"to be accepted, {words.left(row.accept_by, acting.at)}", "late" if late else "soon")
    return Word(_ENDED[Stage(row.stage)], "late" if row.stage == Stage.REFUSED else "done")


_ENDED: Mapping[Stage, str] = {
    Stage.ACCEPTED: "accepted", Stage.REFUSED: "not accepted", Stage.WITHDRAWN: "taken back",
}  # fmt: skip


def _facts(acting: Acting, row: HandOver) -> tuple[Mark, ...]:
    to = row.to.display_name if row.to else row.to_team.name if row.to_team else "nobody"
    facts = [
        Mark("From", row.by.display_name, words.moment(row.at)),
        Mark("To", to, f"To be accepted by {words.moment(row.accept_by)}" if row.stage == Stage.WAITING else ""),
    ]
    if row.answered_at is not None and row.answered_by is not None:
        how = _ENDED[Stage(row.stage)].capitalize()
        facts.append(Mark(how, row.answered_by.display_name, words.moment(row.answered_at)))
    if row.answer:
        facts.append(Mark("Why not", row.answer))
    return tuple(facts)


def waiting(acting: Acting, rows: Iterable[HandOver]) -> tuple[Mark, ...]:
    """Return hand-overs that nobody has accepted yet, as they stand in a list."""
    found = []
    for row in rows:
        to = "you" if row.to_id == acting.account else row.to.display_name if row.to else ""
        to = to or (row.to_team.name if row.to_team else "nobody")
        mine = row.by_id == acting.account
        who = f"You, {words.stamp(row.at)}" if mine else f"{row.by.display_name}, {words.stamp(row.at)}"
        link = Link(words.counted(row.count, "duty", "duties"), reverse("work:handed", args=[row.pk]), f"to {to}")
        late = row.accept_by < acting.at
        state = Word(words.left(row.accept_by, acting.at), "late" if late else "soon")
        found.append(Mark(state, (link, f" to {to}"), who))
    return tuple(found)
