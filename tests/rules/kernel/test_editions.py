"""A force's own editions of its policies: read from words, refused in words, and in force from their first day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

import pytest

from watchward.kernel.dated import UNSET, Dated, NotInForce, Version, confirm
from watchward.kernel.editions import Unreadable, edition, policies
from watchward.kernel.periods import Days, Hours, Minutes, Months, WorkingDays, Years

OLD, NEW = date(2018, 1, 1), date(2019, 4, 1)


class Start(Enum):
    RANG = "when it rang"
    OPENED = "when it was opened"


@dataclass(frozen=True)
class Targets:
    start: Start
    urban: Minutes | Hours
    posts: int

    def __post_init__(self) -> None:
        if self.posts > 100:
            raise ValueError("too many posts")


def table(value: Any, *, title: str = "", policy: bool = True) -> Dated[Any]:
    """Return a table with one version from 2018."""
    versions = (Version(in_force=OLD, value=value, cite="Policy 1"),)
    return Dated(title=title, chosen_by="the day", policy=policy, versions=versions)


@pytest.fixture(autouse=True)
def _nothing_stays() -> Iterator[None]:
    yield
    confirm({})


@pytest.mark.parametrize(
    ("stands", "said", "means"),
    [
        (UNSET, "6 months", Months(6)),
        (UNSET, "1 year", Years(1)),
        (UNSET, "10 working days", WorkingDays(10)),
        (Days(3), " 5 Days ", Days(5)),
        (Minutes(15), "1 hour", Hours(1)),
        (Hours(4), "90 minutes", Minutes(90)),
        (True, False, False),
        (7, 9, 9),
        ("words", "other words", "other words"),
        (frozenset({"14"}), ["14", "16"], frozenset({"14", "16"})),
        (Start.RANG, "when it was opened", Start.OPENED),
        (Targets(Start.RANG, Minutes(15), 3), {"urban": "20 minutes"}, Targets(Start.RANG, Minutes(20), 3)),
        (Targets(Start.RANG, Minutes(15), 3), {"posts": 4, "start": "opened"}, Targets(Start.OPENED, Minutes(15), 4)),
    ],
)
def test_words_become_what_the_table_holds(stands: Any, said: object, means: Any) -> None:
    """A length, yes or no, a number, words, a list, a choice, or the parts of a whole that differ."""
    assert edition(table(stands), in_force=NEW, said=said, cite="Policy 2").value == means


@pytest.mark.parametrize(
    ("stands", "said", "words"),
    [
        (UNSET, "soon", "it takes a length in minutes or hours"),
        (UNSET, {"a": 1}, "it takes a length"),
        (Days(3), "3 months", 'it takes a length in days, such as "6 days"'),
        (Minutes(15), "2 days", "it takes a length in minutes or hours"),
        (Minutes(15), "0 minutes", "it takes a length"),
        (Months(6), "6", "it takes a length in months"),
        (True, "yes", "it takes true or false"),
        (True, 1, "it takes true or false"),
        (7, "9", "it takes a whole number"),
        (7, True, "it takes a whole number"),
        ("words", 3, "it takes words"),
        (frozenset({"14"}), "14", "it takes a list of words"),
        (Start.RANG, "later", "it takes one of: when it rang, when it was opened"),
        (Targets(Start.RANG, Minutes(15), 3), {"rural": "20 minutes"}, "one or more of the parts start, urban, posts"),
        (Targets(Start.RANG, Minutes(15), 3), {}, "one or more of the parts"),
        (Targets(Start.RANG, Minutes(15), 3), {"urban": "20 days"}, "urban: it takes a length in minutes or hours"),
        (Targets(Start.RANG, Minutes(15), 3), {"posts": 101}, "too many posts"),
        ((Start.RANG,), ["when it rang"], "too rich for a file"),
    ],
)
def test_what_it_cannot_hold_is_refused_in_words(stands: Any, said: object, words: str) -> None:
    """Nothing is guessed: a day is no month, a word no number, and a mistyped part no part."""
    with pytest.raises(Unreadable, match=words):
        edition(table(stands), in_force=NEW, said=said, cite="Policy 2")


def test_a_confirmed_edition_stands_from_its_first_day_and_not_before() -> None:
    """The day before it the value that stood stands still; taken back, it stands everywhere again."""
    stands = table(Days(3), title="A policy of these tests")
    confirm({stands.title: (edition(stands, in_force=NEW, said="5 days", cite="Policy 2"),)})
    assert stands.value_on(date(2019, 3, 31)) == Days(3)
    assert stands.value_on(NEW) == Days(5)
    assert [row.value for row in stands.rows()] == ["3 days", "5 days"]
    assert stands.on(NEW).cite == "Policy 2"
    confirm({})
    assert stands.value_on(NEW) == Days(3)


def test_an_edition_from_the_first_day_stands_alone() -> None:
    """A value that was not set is set from the day that the table begins with, or before it."""
    stands = table(UNSET, title="An open policy of these tests")
    assert not stands.is_set_on(NEW)
    confirm({stands.title: (edition(stands, in_force=OLD, said="6 months", cite="Policy 2"),)})
    assert stands.value_on(OLD) == Months(6)
    with pytest.raises(NotInForce):
        stands.value_on(date(2017, 12, 31))


def test_no_force_sets_the_law() -> None:
    """Neither by the title of a law nor by one that there is not; and editions stand oldest first."""
    law = table(Days(28), title="A law of these tests", policy=False)
    own = Version(in_force=NEW, value=Days(5), cite="Our own")
    assert law.title not in policies()
    for title in (law.title, "No such table"):
        with pytest.raises(ValueError, match="no policy called"):
            confirm({title: (own,)})
    stands = table(Days(3), title="A policy of these tests")
    with pytest.raises(ValueError, match="does not come after"):
        confirm({stands.title: (own, own)})
    assert law.value_on(NEW) == Days(28)
