"""The rows behind a figure: how many there are, how many the reader may open, and a page of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from watchward.foundation.measures.declared import Measure, Share
from watchward.foundation.measures.queries import Told
from watchward.foundation.ui.parts import Column, Link, Row, Table
from watchward.oversight.performance.pages.chosen import Chosen


@dataclass(frozen=True)
class Behind:
    """The rows behind a figure: how many there are, how many the reader may open, and the latest of them."""

    heading: str
    open_words: str
    open_url: str
    may: str
    hidden: str
    all_url: str
    latest: Table | None
    all_words: str


def behind(told: Told, chosen: Chosen, latest: Sequence[Any], *, may_open: bool) -> Behind:
    """Return the rows behind a figure.

    Args:
        told: the measure, counted.
        chosen: the period and the group.
        latest: the latest rows that the reader may open.
        may_open: a role of theirs opens such rows at all.
    """
    measure, found = told.measure, told.figure
    noun = measure.noun[0] if found.counted == 1 else measure.noun[1]
    hidden = found.counted - found.seen
    address = reverse("performance:rows", args=[measure.key])
    if not may_open:
        may, shown_hidden = f"None of your roles opens {measure.noun[1]}.", ""
    else:
        may = f"You may open {found.seen:,}."
        shown_hidden = f"{hidden:,} hidden: outside your access." if hidden else ""
    others = f"All {found.rows:,} that they were counted among" if isinstance(measure, Share) else ""
    return Behind(
        heading=f"The {measure.noun[1]} behind it", open_words=f"Open {found.counted:,} {noun}",
        open_url=address + chosen.query() if may_open and found.seen else "", may=may, hidden=shown_hidden,
        all_url=address + chosen.query(which="all") if may_open and others and found.seen_rows else "",
        latest=rows_table(measure, latest, caption="The latest five") if latest else None, all_words=others,
    )  # fmt: skip


def rows_table(measure: Measure, rows: Sequence[Any], *, caption: str) -> Table:
    """Return rows behind a figure as a list, each leading to its record."""
    columns = (Column(measure.noun[0].capitalize()), *(Column(each.title) for each in measure.columns))
    return Table(
        columns,
        tuple(
            Row((
                Link(measure.reference(row), reverse(measure.url, args=[measure.record(row)])) if measure.url
                else measure.reference(row),
                *(each.says(row) for each in measure.columns),
            ))
            for row in rows
        ),
        caption=caption, stack=True, empty="None that you may open",
    )  # fmt: skip


def page_address(chosen: Chosen, which: str, number: int) -> str:
    """Return the end of the address of another page of rows."""
    more = {"page": str(number), **({"which": which} if which != "counted" else {})}
    return chosen.query(**more)
