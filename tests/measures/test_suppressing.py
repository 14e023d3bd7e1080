"""Small numbers that do not leave the force, and totals that do not give them back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from watchward.foundation.measures.suppressing import SMALL, Cell, Pair, hidden, hidden_in_both


def areas(*counts: tuple[int, int]) -> dict[str, Cell]:
    """Return parts named A, B, C."""
    return {chr(65 + place): Cell(rows, counted) for place, (rows, counted) in enumerate(counts)}


def test_nothing_small_nothing_hidden() -> None:
    """Nought is no small number: it says that nobody is there."""
    assert hidden(areas((20, 10), (30, 0), (0, 0), (12, 12))) == frozenset()


def test_a_small_part_takes_the_next_smallest_with_it() -> None:
    """One part alone would be the total less the others."""
    assert hidden(areas((3, 1), (40, 20), (25, 9))) == {"A", "C"}


def test_not_counted_is_a_count_too() -> None:
    """Of 40 attended, 38 in time: the two who waited are as few as two who did not."""
    assert hidden(areas((40, 38), (60, 20), (90, 45))) == {"A", "B"}


def test_two_small_parts_whose_sum_is_small_take_a_third() -> None:
    """One and two are three, and three is small."""
    assert hidden(areas((1, 0), (2, 0), (30, 10), (50, 20))) == {"A", "B", "C"}


def test_where_the_total_stays_only_the_small_go() -> None:
    """Without a total there is nothing to take them from."""
    assert hidden(areas((3, 1), (40, 20)), total_shown=False) == {"A"}


def test_a_small_total_hides_everything() -> None:
    """And a table with one part is its total."""
    assert hidden(areas((3, 3))) == {"A"}
    assert hidden(areas((300, 2), (400, 0))) == {"A", "B"}


def test_in_a_table_of_two_breakdowns_no_line_gives_a_part_back() -> None:
    """Two by two: a single small cell takes its neighbour in the line, in the column, and the one across."""
    parts: dict[Pair, Cell] = {
        ("N", "1"): Cell(2, 0),
        ("N", "2"): Cell(30, 10),
        ("S", "1"): Cell(20, 8),
        ("S", "2"): Cell(40, 20),
    }
    assert hidden_in_both(parts) == frozenset(parts)


def test_a_line_whose_total_is_hidden_goes_as_a_whole() -> None:
    """South is hidden among the areas because North is small: its one cell must not say what South is."""
    parts: dict[Pair, Cell] = {
        ("N", "1"): Cell(3, 3),
        ("S", "1"): Cell(7, 7),
        ("E", "1"): Cell(50, 50),
        ("E", "2"): Cell(60, 60),
    }
    assert {("N", "1"), ("S", "1")} <= hidden_in_both(parts)


small = st.integers(0, 9).flatmap(lambda rows: st.tuples(st.just(rows), st.integers(0, rows)))


def _splits(total: int, among: int) -> Iterator[tuple[int, ...]]:
    if among == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in _splits(total - first, among - 1):
            yield (first, *rest)


def _possible(total: int, among: int, place: int) -> set[int]:
    """Return every value that one of the hidden counts may have, as far as the total and the others say."""
    return {split[place] for split in _splits(total, among)}


@settings(max_examples=60, deadline=None)
@given(st.lists(small, min_size=1, max_size=5))
def test_whoever_has_the_total_cannot_tell_a_small_number(counts: list[tuple[int, int]]) -> None:
    """Of every hidden count that is small, several values fit all that is shown, by trying them all."""
    parts = areas(*counts)
    out = sorted(hidden(parts))
    shown = [cell for key, cell in parts.items() if key not in out]
    assert not any(cell.small() for cell in shown)
    if any(cell.small() for cell in [sum_of(parts.values())]):
        assert set(out) == set(parts)
        return
    held = [parts[key] for key in out if parts[key].rows]
    for place, cell in enumerate(held):
        for name in ("rows", "counted"):
            if 0 < getattr(cell, name) < SMALL:
                total = sum(getattr(each, name) for each in held)
                assert len(_possible(total, len(held), place)) > 1


def sum_of(cells: Iterable[Cell]) -> Cell:
    """Return the total."""
    total = Cell(0, 0)
    for cell in cells:
        total += cell
    return total


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from("NSEW"), st.sampled_from("123"), small), min_size=1, max_size=12))
def test_in_no_line_is_one_part_alone(given_: list[tuple[str, str, tuple[int, int]]]) -> None:
    """Where a line's total leaves, what is hidden of it is nothing or at least two parts, and not small together."""
    parts: dict[Pair, Cell] = {(line, column): Cell(*counts) for line, column, counts in given_}
    out = hidden_in_both(parts)
    assert all(key in out for key, cell in parts.items() if cell.small())
    for side in (0, 1):
        totals = {name: sum_of(parts[key] for key in parts if key[side] == name) for name in {k[side] for k in parts}}
        gone = hidden(totals)
        for name in totals:
            keys = [key for key in out if key[side] == name]
            held = [parts.get(key, Cell(0, 0)) for key in keys]
            only_one = len({key[1 - side] for key in parts}) == 1
            assert name in gone or only_one or not sum_of(held).rows or len(held) >= 2
            assert name in gone or not sum_of(held).small()


def follows(unknown: list[Pair], lines: list[set[Pair]]) -> set[Pair]:
    """Return which unknowns follow from known sums of them, by elimination."""
    rows = [[Fraction(int(key in line)) for key in unknown] for line in lines]
    pivots: list[tuple[int, int]] = []
    at = 0
    for column in range(len(unknown)):
        place = next((n for n in range(at, len(rows)) if rows[n][column]), None)
        if place is None:
            continue
        rows[at], rows[place] = rows[place], rows[at]
        rows[at] = [value / rows[at][column] for value in rows[at]]
        for n, row in enumerate(rows):
            if n != at and row[column]:
                rows[n] = [value - row[column] * own for value, own in zip(row, rows[at], strict=True)]
        pivots.append((at, column))
        at += 1
    return {unknown[column] for row, column in pivots if sum(map(bool, rows[row])) == 1}


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from("NSEW"), st.sampled_from("123"), small), min_size=1, max_size=12))
def test_no_small_part_follows_from_all_totals_together(given_: list[tuple[str, str, tuple[int, int]]]) -> None:
    """Whoever has the file by both breakdowns and the two files by one cannot work a small part out."""
    parts: dict[Pair, Cell] = {(line, column): Cell(*counts) for line, column, counts in given_}
    out = hidden_in_both(parts)
    if sum_of(parts.values()).small():
        assert out >= set(parts)  # the total does not leave either
        return
    lines: list[set[Pair]] = []
    unknown = sorted(out, key=str)
    for side in (0, 1):
        names = sorted({key[side] for key in parts}, key=str)
        gone = hidden({name: sum_of(cell for key, cell in parts.items() if key[side] == name) for name in names})
        total = f"total {side}"
        for name in names:
            line = {key for key in out if key[side] == name}
            if name in gone:
                line.add((total, name))
                unknown.append((total, name))
            lines.append(line)
        lines.append({(total, name) for name in gone})
    assert not {key for key in follows(unknown, lines) if key in parts and parts[key].small()}
