"""The words of guidance: what kinds there are, for whom it is, and how a page asks for what fits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Permission(StrEnum):
    """What roles let people do here.

    READ: see the toolkit, and say what one has read.
    WRITE: draft guidance and look it over.
    PUBLISH: publish and withdraw it, ask people to read it, and see who has.
    """

    READ = "guidance.read"
    WRITE = "guidance.write"
    PUBLISH = "guidance.publish"


class Kind(StrEnum):
    """What a piece of guidance is; in the order in which it is shown."""

    POLICY = "policy"
    PRACTICE = "practice"
    CASE = "case"
    LEARNING = "learning"
    CAMPAIGN = "campaign"

    @property
    def words(self) -> str:
        """Its name as people say it."""
        return _KINDS[self][0]

    @property
    def many(self) -> str:
        """The heading over several of them."""
        return _KINDS[self][1]


_KINDS = {
    Kind.POLICY: ("Policy guidance", "Policy guidance"),
    Kind.PRACTICE: ("Good practice", "Good practice"),
    Kind.CASE: ("Case study, nobody named", "Case studies"),
    Kind.LEARNING: ("Learning", "Learning"),
    Kind.CAMPAIGN: ("Campaign", "Campaigns"),
}


class Group(StrEnum):
    """Whom guidance is about."""

    CHILDREN = "children"
    YOUNG_PEOPLE = "young-people"
    ADULTS = "adults"

    @property
    def words(self) -> str:
        """Its name as people say it."""
        return self.value.replace("-", " ").capitalize()


@dataclass(frozen=True, slots=True)
class Fits:
    """What a page knows of those whom it is about, for finding the guidance that fits.

    Args:
        topics: keys of what they may need help with.
        groups: how old they are; none where nobody knows.
    """

    topics: frozenset[str] = frozenset()
    groups: frozenset[Group] = frozenset()

    @classmethod
    def of(cls, topics: Iterable[str] = (), groups: Iterable[Group] = ()) -> Fits:
        """Return what fits these topics and groups."""
        return cls(frozenset(map(str, topics)), frozenset(groups))


@dataclass(frozen=True, slots=True)
class Standing:
    """One version of guidance that stands, as much as a page of something else must know of it.

    Args:
        item: id of the guidance.
        slug: its stable name in addresses.
        kind: what it is.
        title: its heading.
        lead: what it says in one line where it is needed; empty where it is shown in the toolkit alone.
        topics: keys of what it is about.
        groups: whom it is about; everybody where there are none.
    """

    item: UUID
    slug: str
    kind: Kind
    title: str
    lead: str
    topics: frozenset[str]
    groups: frozenset[Group]


@dataclass(frozen=True, slots=True)
class Lead:
    """One line that leads from a record to the guidance that fits it."""

    words: str
    kind: str
    url: str
