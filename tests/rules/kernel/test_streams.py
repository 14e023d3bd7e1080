"""Seeded randomness that stays as it was when something is added beside it."""

from __future__ import annotations

from collections import Counter
from math import sqrt
from statistics import NormalDist, fmean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchward.kernel.streams import Lottery, Stream

GOLDEN_BITS = [10661988497631293105, 1819433720720531860, 10228694431986487188]
GOLDEN_AGE = 71
GOLDEN_HEIGHT = 157.66602145323975
GOLDEN_ORDER = "gefbacdh"

seeds = st.integers() | st.text(max_size=20)
parts = st.integers() | st.text(max_size=10)
paths = st.lists(parts, max_size=4)


def drawn(stream: Stream, count: int = 5) -> list[int]:
    """Return the next numbers of a stream."""
    return [stream.bits() for _ in range(count)]


def test_the_numbers_are_these_on_every_machine_and_version() -> None:
    """Golden values: whoever changes them reshuffles the whole fictional force."""
    people = Stream(2019).of("people")
    assert drawn(people.of("names", 17), 3) == GOLDEN_BITS
    assert people.of("ages").integer(0, 105) == GOLDEN_AGE
    assert people.of("heights").normal(170, 10) == GOLDEN_HEIGHT
    assert Stream("staffordshire").shuffle("abcdefgh") == list(GOLDEN_ORDER)


@given(seed=seeds, path=paths, beside=parts, draws=st.integers(0, 30))
def test_a_neighbour_or_a_draw_changes_nothing(
    seed: int | str, path: list[int | str], beside: int | str, draws: int
) -> None:
    """A stream is found by its path alone."""
    alone = drawn(Stream(seed).of(*path, "here"))
    busy = Stream(seed)
    parent = busy.of(*path)
    for _ in range(draws):
        busy.random()
        parent.random()
        parent.of(beside).random()
    assert drawn(parent.of("here")) == alone


@given(seed=seeds, path=paths)
def test_a_path_is_the_same_walked_at_once_or_step_by_step(seed: int | str, path: list[int | str]) -> None:
    """``of("a", 1)`` is ``of("a").of(1)``."""
    step = Stream(seed)
    for part in path:
        step = step.of(part)
    assert drawn(step) == drawn(Stream(seed).of(*path))


@given(seed=seeds, one=paths, other=paths)
def test_different_paths_are_different_streams(seed: int | str, one: list[int | str], other: list[int | str]) -> None:
    """The number 1 is not the name "1", and no joining of names makes two paths one."""
    alike = [(type(part), part) for part in one] == [(type(part), part) for part in other]
    assert (drawn(Stream(seed).of(*one)) == drawn(Stream(seed).of(*other))) == alike


def test_siblings_do_not_move_together() -> None:
    """The correlation of two neighbours is as near nothing as chance allows: within four standard errors."""
    count = 20_000
    one, other = Stream(1).of("a"), Stream(1).of("b")
    pairs = [(one.random() - 0.5, other.random() - 0.5) for _ in range(count)]
    correlation = fmean(x * y for x, y in pairs) * 12
    assert abs(correlation) < 4 / sqrt(count)


@given(seed=seeds, least=st.integers(-(10**9), 10**9), width=st.integers(0, 2**63))
def test_whole_numbers_lie_between_their_ends(seed: int | str, least: int, width: int) -> None:
    """Both ends included."""
    assert least <= Stream(seed).integer(least, least + width) <= least + width


def test_whole_numbers_are_as_likely_as_each_other() -> None:
    """Chi-squared of a die over 60,000 throws stays below 20.5, its value at one in a thousand."""
    stream = Stream(7)
    throws = Counter(stream.integer(1, 6) for _ in range(60_000))
    assert set(throws) == set(range(1, 7))
    assert sum((seen - 10_000) ** 2 / 10_000 for seen in throws.values()) < 20.5


@given(seed=seeds, items=st.lists(st.integers(), max_size=30))
def test_a_shuffle_keeps_every_item_and_the_list_it_was_given(seed: int | str, items: list[int]) -> None:
    """Only the order is new."""
    before = list(items)
    assert Counter(Stream(seed).shuffle(items)) == Counter(items)
    assert items == before


@given(seed=seeds, size=st.integers(0, 30))
def test_a_sample_takes_each_item_at_most_once(seed: int | str, size: int) -> None:
    """As many as were asked for, all from the list."""
    taken = Stream(seed).sample(range(30), size)
    assert len(taken) == len(set(taken)) == size
    assert set(taken) <= set(range(30))


@given(seed=seeds, weights=st.lists(st.floats(0, 1e6), min_size=1, max_size=20).filter(any))
def test_an_item_without_weight_is_never_drawn(seed: int | str, weights: list[float]) -> None:
    """And a lottery draws what the stream draws by itself."""
    items = range(len(weights))
    stream, again = Stream(seed), Stream(seed)
    lottery = Lottery(items, weights)
    for _ in range(20):
        item = stream.weighted(items, weights)
        assert weights[item] > 0
        assert lottery.draw(again) == item


def test_items_are_drawn_as_often_as_they_weigh() -> None:
    """Within four standard errors over 40,000 draws."""
    stream = Stream("weights")
    lottery = Lottery(["a", "b", "c", "d"], [1, 0, 2, 7])
    seen = Counter(lottery.draw(stream) for _ in range(40_000))
    for item, share in {"a": 0.1, "b": 0.0, "c": 0.2, "d": 0.7}.items():
        assert abs(seen[item] / 40_000 - share) <= 4 * sqrt(share * (1 - share) / 40_000)


def test_normal_numbers_are_normal() -> None:
    """Mean, deviation and the share below each of five points, within four standard errors."""
    stream, count = Stream(3).of("heights"), 40_000
    numbers = [stream.normal(10, 2) for _ in range(count)]
    assert abs(fmean(numbers) - 10) < 4 * 2 / sqrt(count)
    assert abs(stdev(numbers) - 2) < 4 * 2 / sqrt(2 * count)
    for point in (6.0, 8.0, 10.0, 12.0, 14.0):
        share = NormalDist(10, 2).cdf(point)
        below = sum(number < point for number in numbers) / count
        assert abs(below - share) < 4 * sqrt(share * (1 - share) / count)


def test_chance_runs_from_never_to_always() -> None:
    """And the stream can be read without end."""
    stream = Stream(5)
    assert not any(stream.chance(0) for _ in range(100))
    assert all(stream.chance(1) for _ in range(100))
    assert all(0 <= number < 1 for number, _ in zip(stream, range(1000), strict=False))
    assert stream.choice(["only"]) == "only"
    assert stream.normal(4, 0) == 4


def test_what_cannot_be_drawn_is_refused() -> None:
    """With words, not with a wrong number."""
    stream = Stream(5)
    for refused in (
        lambda: stream.integer(2, 1),
        lambda: stream.integer(0, 2**64),
        lambda: stream.choice([]),
        lambda: stream.sample([1, 2], 3),
        lambda: stream.weighted([1], [0]),
        lambda: stream.weighted([1, 2], [1]),
        lambda: stream.weighted([1], [-1]),
        lambda: stream.weighted([1], [float("inf")]),
        lambda: stream.chance(1.1),
        lambda: stream.normal(0, -1),
    ):
        with pytest.raises(ValueError, match=r"\w"):
            refused()
    with pytest.raises(TypeError, match="names and whole numbers"):
        stream.of(True)
    with pytest.raises(TypeError, match="names and whole numbers"):
        stream.of(1.5)  # type: ignore[arg-type]
    assert "Stream" in repr(stream)
