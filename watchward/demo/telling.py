"""What stories are made of, and what each says must be counted when it is over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from uuid import UUID

from watchward.demo.play import Beats, Story
from watchward.demo.stage import Stage


@dataclass(frozen=True)
class Ends:
    """How the duties of one kind ended in a story.

    Args:
        met: with proof, in time or late.
        open: still owed.
        released: with a reason.
    """

    met: int = 0
    open: int = 0
    released: int = 0

    def __add__(self, other: Ends) -> Ends:
        return Ends(self.met + other.met, self.open + other.open, self.released + other.released)


@dataclass(frozen=True)
class Answers:
    """What must be counted because of one story, worked out by whoever wrote it and never from the database.

    Args:
        calls: answered.
        incidents: opened.
        live: of them, still open.
        duties: how they ended, by kind.
        contacts: contacts in the 30 days before the start, by the number that somebody would ring from.
        same: pairs of records decided to be one person.
        not_same: pairs of records decided not to be.
    """

    calls: int = 0
    incidents: int = 0
    live: int = 0
    duties: Mapping[str, Ends] = field(default_factory=lambda: MappingProxyType({}))
    contacts: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    same: int = 0
    not_same: int = 0


def summed(answers: Iterable[Answers]) -> Answers:
    """Return what must be counted because of all of these stories together."""
    rows = list(answers)
    duties: dict[str, Ends] = {}
    for row in rows:
        for kind, ends in row.duties.items():
            duties[kind] = duties.get(kind, Ends()) + ends
    return Answers(
        calls=sum(row.calls for row in rows),
        incidents=sum(row.incidents for row in rows),
        live=sum(row.live for row in rows),
        duties=duties,
        contacts=dict(sum((Counter(dict(row.contacts)) for row in rows), Counter())),
        same=sum(row.same for row in rows),
        not_same=sum(row.not_same for row in rows),
    )


@dataclass(frozen=True)
class Told:
    """A story with its answers.

    Args:
        title: what it is about.
        tell: plays it.
        answers: what must be counted at 07:45 on 1 July 2019 because of it.
    """

    title: str
    tell: Story
    answers: Answers


def goes(
    s: Stage, incident: UUID, unit: str, by: str, sent: str, there: str, clear: str, words: str = "",
    *, sender: str = "okafor",
) -> Beats:  # fmt: skip
    """Send a unit, have it arrive and clear again.

    Args:
        s: the stage.
        incident: where it goes.
        unit: its call sign.
        by: which of its crew says so.
        sent: when, as `2019-06-28 23:14`.
        there: when it is at scene.
        clear: when it is clear.
        words: what the crew says when it is clear.
        sender: who sends it.
    """
    yield sent
    going = s.send(incident, unit, by=sender)
    yield there
    s.there(going, by=by)
    yield clear
    s.clear(going, words, by=by)
