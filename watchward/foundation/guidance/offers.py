"""What rooms above declare for guidance: the topics that there are, and what else stands in the toolkit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from watchward.foundation.acting import Acting
from watchward.foundation.ui.parts import Mark


@dataclass(frozen=True)
class Topic:
    """What guidance may be about.

    Args:
        key: as it is kept with each version.
        words: as people say it.
    """

    key: str
    words: str


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for in the toolkit.

    Args:
        words: in lower case, that must all stand in what is found.
        topics: keys of topics, of which it must be about one; any where there are none.
    """

    words: tuple[str, ...] = ()
    topics: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Shelf:
    """What another room has for the toolkit.

    Args:
        key: stable name.
        title: its heading.
        find: what of it is wanted, as this person may see it.
        needs: the permission that it takes.
        empty: said where there is none.
        page: name of the page with all of it, and the words that lead there.
    """

    key: str
    title: str
    find: Callable[[Acting, Wanted], tuple[Mark, ...]]
    needs: str
    empty: str
    page: tuple[str, str]


topics: dict[str, Topic] = {}
"""The topics that there are, by key, in the order in which they were declared."""

shelves: dict[str, Shelf] = {}
"""What stands in the toolkit besides guidance, by key."""


def declare_topics(declared: Iterable[Topic]) -> None:
    """Say what guidance may be about; a topic that was declared before stays as it is."""
    for topic in declared:
        topics.setdefault(topic.key, topic)


def declare_shelf(shelf: Shelf) -> None:
    """Put something of another room into the toolkit.

    Raises:
        ValueError: another shelf has its key.
    """
    if shelves.setdefault(shelf.key, shelf) is not shelf:
        raise ValueError(f"two shelves are called {shelf.key}")
