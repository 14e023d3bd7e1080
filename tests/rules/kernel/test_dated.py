"""Dated tables give the law of the day, and nothing when there was none."""

from __future__ import annotations

import copy
import gc
import pickle
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.times import gmt
from watchward.kernel.dated import UNSET, Dated, NotInForce, Unset, Version, all_tables, in_words
from watchward.kernel.periods import Days, WorkingDays

OLD = Version(in_force=date(2017, 4, 3), value=28, cite="The old Act")
NEW = Version(
    in_force=date(2022, 10, 28), value=90, cite="The new Act", checked_by="A lawyer", checked_on=date(2026, 1, 5)
)


def table(*versions: Version[int], policy: bool = False, title: str = "") -> Dated[int]:
    """Return a small table of law."""
    return Dated(chosen_by="the date of arrest", versions=versions or (OLD, NEW), policy=policy, title=title)


@pytest.mark.parametrize(
    ("day", "value"),
    [(date(2017, 4, 3), 28), (date(2022, 10, 27), 28), (date(2022, 10, 28), 90), (date(2040, 1, 1), 90)],
)
def test_the_version_changes_on_its_first_day(day: date, value: int) -> None:
    """The day before belongs to the old law."""
    assert table().value_on(day) == value


def test_before_the_first_version_nothing_applies() -> None:
    """It never falls back to a later law."""
    with pytest.raises(NotInForce, match="2017-04-03"):
        table().on(date(2017, 4, 2))
    assert not table().is_set_on(date(2017, 4, 2))


def test_a_law_that_ended_applies_on_its_last_day_and_no_later() -> None:
    """Repealed with nothing in its place; or with a gap before the next."""
    ended = Version(in_force=date(2017, 4, 3), until=date(2020, 12, 31), value=28, cite="The old Act")
    for laws in (table(ended), table(ended, NEW)):
        assert laws.value_on(date(2020, 12, 31)) == 28
        with pytest.raises(NotInForce, match="ended 2020-12-31"):
            laws.on(date(2021, 1, 1))


@given(
    firsts=st.lists(st.dates(date(2000, 1, 1), date(2030, 1, 1)), min_size=1, max_size=8, unique=True),
    day=st.dates(date(1999, 1, 1), date(2031, 1, 1)),
)
def test_the_last_version_that_has_begun_applies(firsts: list[date], day: date) -> None:
    """Whatever the days on which versions begin."""
    laws = table(*(Version(in_force=first, value=n, cite="An Act") for n, first in enumerate(sorted(firsts))))
    begun = [first for first in firsts if first <= day]
    if begun:
        assert laws.on(day).in_force == max(begun)
    else:
        with pytest.raises(NotInForce):
            laws.on(day)


def test_policy_that_is_not_set_is_asked_for_and_never_guessed() -> None:
    """The exception says what to ask; the row can still be shown."""
    review: Dated[Days] = Dated(
        chosen_by="the date of the report",
        policy=True,
        asks="How many days until a supervisor reviews?",
        versions=(Version(in_force=date(2018, 1, 1), value=UNSET, cite="Force policy"),),
    )
    for ask in (review.on, review.value_on):
        with pytest.raises(Unset, match="How many days until a supervisor reviews") as caught:
            ask(date(2019, 1, 1))
        assert str(caught.value).startswith("The force has not set: ")
    assert not review.standing_on(date(2019, 1, 1)).is_set
    assert not review.is_set_on(date(2019, 1, 1))
    assert review.rows()[0].value == "not set"
    own = review.set_to(Version(in_force=date(2018, 1, 1), value=Days(28), cite="Chief officers' meeting"))
    assert own.value_on(date(2019, 1, 1)) == Days(28)
    assert own.is_set_on(date(2019, 1, 1))
    assert own.policy


def test_settled_law_cannot_be_set_by_a_force() -> None:
    """Statute is not overridden locally."""
    with pytest.raises(ValueError, match="is law"):
        table().set_to(OLD)


def test_unset_cannot_pass_for_a_value() -> None:
    """It is neither true nor false, and there is only one of it, in any process."""
    with pytest.raises(Unset):
        bool(UNSET)
    assert pickle.loads(pickle.dumps(UNSET)) is UNSET  # noqa: S301
    assert copy.deepcopy(UNSET) is UNSET
    assert copy.copy(UNSET) is UNSET
    assert repr(UNSET) == "UNSET"


def test_a_table_that_contradicts_itself_is_refused_when_made() -> None:
    """Order, overlap, no versions, no choosing fact, no citation, an end before the start."""
    with pytest.raises(ValueError, match="does not come after"):
        table(NEW, OLD)
    with pytest.raises(ValueError, match="does not come after"):
        table(OLD, OLD)
    with pytest.raises(ValueError, match="runs into"):
        table(Version(in_force=date(2017, 4, 3), until=date(2022, 10, 28), value=28, cite="The old Act"), NEW)
    with pytest.raises(ValueError, match="no versions"):
        Dated(chosen_by="the date of arrest", versions=())
    with pytest.raises(ValueError, match="must name the fact"):
        Dated(chosen_by=" ", versions=(OLD,))
    with pytest.raises(ValueError, match="cites nothing"):
        Version(in_force=date(2017, 4, 3), value=28, cite="")
    with pytest.raises(ValueError, match="ends before it starts"):
        Version(in_force=date(2017, 4, 3), until=date(2017, 4, 2), value=28, cite="An Act")


def test_an_instant_cannot_pick_a_version() -> None:
    """Just after midnight in summer it would pick the day before."""
    with pytest.raises(TypeError, match="local day"):
        table().on(gmt("2022-10-28 00:00"))
    with pytest.raises(TypeError, match="on days"):
        Version(in_force=gmt("2022-10-28 00:00"), value=1, cite="An Act")


def test_tables_with_a_title_are_listed_while_they_live() -> None:
    """Two tables cannot share a title; the same table again is no second one; one let go is listed no more."""
    laws = table(title="A limit made for this test")
    assert laws in all_tables()
    assert table(title="A limit made for this test") == laws
    with pytest.raises(ValueError, match="Two tables"):
        table(OLD, title="A limit made for this test")
    titles = [one.title for one in all_tables()]
    assert titles == sorted(titles)
    del laws
    gc.collect()
    assert "A limit made for this test" not in [one.title for one in all_tables()]


class Colour(StrEnum):
    """An enum of rules."""

    RED = "red light"


@dataclass(frozen=True)
class Limit:
    """A value with parts."""

    for_whom: Colour
    at_most: Days


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Limit(Colour.RED, Days(3)), "for whom red light, at most 3 days"),
        ((WorkingDays(5), WorkingDays(1)), "5 working days; 1 working day"),
        ({Colour.RED: True, "other": None}, "red light: yes; other: none"),
        (frozenset({"b", "a"}), "a; b"),
        (timedelta(hours=2), "2:00:00"),
        (False, "no"),
    ],
)
def test_a_value_is_put_in_plain_words(value: object, words: str) -> None:
    """Part by part, each as it reads itself."""
    assert in_words(value) == words


def test_a_table_becomes_rows_for_a_page() -> None:
    """Each version with its last day, the citation and who checked it."""
    first, second = table().rows()
    assert (first.in_force, first.until, first.value, first.cite) == (
        date(2017, 4, 3),
        date(2022, 10, 27),
        "28",
        "The old Act",
    )
    assert (second.until, second.checked_by, second.checked_on) == (None, "A lawyer", date(2026, 1, 5))
