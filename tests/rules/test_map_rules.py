"""Steps of a map, numbers moved apart, what a category weighs, when a month is settled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchward.domains.offences import rules as offences
from watchward.domains.offences.vocabulary import Category, Offence, OffenceGroup, OffenceList, Weight
from watchward.oversight.open_data.rules.pins import apart
from watchward.oversight.open_data.rules.published import is_settled, month_of
from watchward.oversight.open_data.rules.stepping import Steps, steps_of
from watchward.oversight.open_data.rules.weighing import recorded, weight_of_categories

ON = date(2018, 12, 1)


@pytest.mark.parametrize(("crimes", "step"), [(0, 0), (1, 0), (4, 0), (5, 1), (9, 1), (10, 2), (39, 3), (40, 4)])
def test_fewer_than_five_are_one_class(crimes: int, step: int) -> None:
    """None and four look the same; five is the first that is told apart."""
    assert Steps((5, 10, 20, 40)).class_of(crimes, crimes=crimes) == step


def test_few_crimes_are_the_lowest_class_however_much_they_weigh() -> None:
    """Four robberies may weigh more than forty thefts: weighed by harm too, fewer than five are one class."""
    steps = steps_of([900.0, 2_000.0, 8_000.0], least=1)
    assert steps.class_of(9_999.0, crimes=4) == 0
    assert steps.class_of(9_999.0, crimes=5) == len(steps.begins)
    assert steps.class_of(0.0, crimes=50) == 1


def test_the_key_says_each_class() -> None:
    """The words of the key leave no gap and no overlap."""
    assert Steps((5, 10, 15, 20, 40)).words() == (
        "none or fewer than 5", "5 to 9", "10 to 14", "15 to 19", "20 to 39", "40 or more",
    )  # fmt: skip
    assert Steps((5, 6)).words() == ("none or fewer than 5", "5", "6 or more")


@given(st.lists(st.integers(0, 5_000), max_size=700))
def test_every_area_has_one_class_and_the_highest_the_darkest_there_is(numbers: list[int]) -> None:
    """Steps rise, a higher number never has a lower class, and there are at most five above the lowest."""
    steps = steps_of([number for number in numbers if number >= 5])
    assert list(steps.begins) == sorted(set(steps.begins))
    assert steps.begins[0] == 5
    assert len(steps.begins) <= 5
    classes = [steps.class_of(number, crimes=number) for number in sorted(numbers)]
    assert classes == sorted(classes)
    assert all((number < 5) == (steps.class_of(number, crimes=number) == 0) for number in numbers)
    assert not numbers or max(classes) in (0, len(steps.begins))


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)), max_size=8))
def test_numbers_never_cover_each_other(points: list[tuple[int, int]]) -> None:
    """Eight areas in one town keep eight numbers that can be read, each still naming its own area."""
    pins = apart(points, 10.0)
    assert [(pin.to_x, pin.to_y) for pin in pins] == points
    for one in pins:
        for other in pins[one.number :]:
            assert hypot(one.x - other.x, one.y - other.y) >= 20.0


def test_what_each_category_weighs_here() -> None:
    """The weights of its offences by how often each was recorded in 2017/18; anti-social behaviour weighs nothing."""
    assert sum(recorded().values()) == 83_768
    weights = weight_of_categories(offences.carried().list, ON)
    assert set(weights) == set(Category)
    assert weights[Category.ANTI_SOCIAL] == 0
    assert weights[Category.ROBBERY] > weights[Category.BURGLARY] > weights[Category.SHOPLIFTING] > 0
    list_ = offences.carried().list
    counts = {"34A": 1, "34B": 3}
    business, personal = (list_.weight_of(code, ON) for code in counts)
    assert business is not None
    assert personal is not None
    exact = (business + 3 * personal) / 4
    assert weight_of_categories(list_, ON, counts)[Category.ROBBERY] == round(exact, 2)


def test_a_category_of_which_nothing_was_recorded_takes_the_plain_mean() -> None:
    """And an offence without a weight does not pull it down."""
    base = Offence("1", "One", OffenceGroup.ROBBERY, "Robbery", Category.ROBBERY, True, date(2017, 4, 1))
    list_ = OffenceList(
        tuple(replace(base, code=code) for code in ("1", "2", "3")),
        (Weight("1", Decimal(10), base.since), Weight("2", Decimal(30), base.since)),
    )
    assert weight_of_categories(list_, ON, {})[Category.ROBBERY] == 20
    assert weight_of_categories(list_, ON, {"1": 3, "2": 1, "3": 900})[Category.ROBBERY] == 15
    assert weight_of_categories(list_, ON, {"1": -5, "2": 1})[Category.ROBBERY] == 30


@pytest.mark.parametrize(("open_", "settled"), [(0, True), (15, True), (16, False), (100, False)])
def test_a_month_with_more_than_fifteen_in_a_hundred_open_is_not_settled(open_: int, settled: bool) -> None:
    """Exactly fifteen in a hundred may be judged."""
    assert is_settled(with_outcome=100, open_=open_) is settled
    assert is_settled(with_outcome=0, open_=0)


@pytest.mark.parametrize(
    ("text", "month"),
    [("2018-12", date(2018, 12, 1)), ("2010-12", date(2010, 12, 1)), ("2010-11", None), ("2018-13", None),
     ("2018-1", None), ("", None), ("2018-12-01", None), ("20181 2", None)],
)  # fmt: skip
def test_which_months_can_be_published(text: str, month: date | None) -> None:
    """Street-level data begin in December 2010."""
    assert month_of(text) == month
