"""Loading the offence list, as often as one likes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from watchward.domains.offences import queries, rules
from watchward.domains.offences.models import HarmWeight, ListedOffence
from watchward.domains.offences.vocabulary import Offence, OffenceList, Permission, Weight
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.foundation.intake.vocabulary import Taken
from watchward.kernel.refusals import refuse_if


@dataclass(frozen=True)
class Loaded:
    """What became of the rows: read = added + changed + already."""

    added: int = 0
    changed: int = 0
    already: int = 0

    def __add__(self, other: Loaded) -> Loaded:
        return Loaded(self.added + other.added, self.changed + other.changed, self.already + other.already)


@command(needs=Permission.LOAD)
def load_list(acting: Acting, *, list_: OffenceList, source: str, weights_source: str = "") -> Loaded:
    """Load an edition of the offence list; the same again changes nothing, and no code is ever taken away.

    What an edition says of a code from a later day ends what stood of it before, on that day. A code that is not
    in the edition stays as it is: it ends only when an edition says on which day.

    Args:
        acting: who acts.
        list_: offences and weights.
        source: who keeps the offences, with their edition.
        weights_source: who keeps the weights.

    Raises:
        Refused: it is no list.
    """
    refuse_if(rules.why_not_load(list_))
    offences = [
        {
            "code": row.code, "words": row.words, "group": row.group.value, "subgroup": row.subgroup,
            "category": row.category.value, "recordable": row.recordable, "order": order, "source": source,
            "since": row.since, "until": row.until,
        }
        for order, row in enumerate(list_.offences)
    ]  # fmt: skip
    weights = [
        {"code": row.code, "weight": row.weight, "source": weights_source, "since": row.since, "until": row.until}
        for row in list_.weights
    ]
    return _put(acting, ListedOffence, offences) + _put(acting, HarmWeight, weights)


def _put(acting: Acting, table: type[ListedOffence] | type[HarmWeight], rows: Iterable[dict[str, Any]]) -> Loaded:
    standing: Any = table.visible_to(acting).select_for_update()
    there = {(row.code, row.since): row for row in standing}
    days: dict[str, set[date]] = {}
    given = list(rows)
    for code, since in [*there, *((said["code"], said["since"]) for said in given)]:
        days.setdefault(code, set()).add(since)
    fresh, ending, changed, already = [], [], 0, 0
    for said in given:
        following = min((day for day in days[said["code"]] if day > said["since"]), default=None)
        said["until"] = said["until"] or following
        found = there.get((said["code"], said["since"]))
        if found is None:
            fresh.append(table(**said))
            ending += [
                row for (code, _since), row in there.items()
                if code == said["code"] and row.since < said["since"] and row.until is None
            ]  # fmt: skip
        elif all(getattr(found, name) == value for name, value in said.items()):
            already += 1
        else:
            for name, value in said.items():
                setattr(found, name, value)
            found.save()
            changed += 1
    for row in ending:  # before the fresh rows: two meanings of one code must not stand for a moment
        row.until = min(day for day in days[row.code] if day > row.since)
        row.save(update_fields=["until"])
    made: Any = table._default_manager
    made.bulk_create(fresh)
    return Loaded(len(fresh), changed, already)


@command(needs=Permission.LOAD)
def load_rows(acting: Acting, *, rows: pl.DataFrame, source: str = "", options: dict[str, Any] | None = None) -> Taken:
    """Load the rows of a list's file, offences or weights; what stands as it is changes nothing.

    Args:
        acting: who loads.
        rows: all rows of the file in the fields of the kind `offences`.
        source: who keeps it, where its rows do not say.
        options: `since`, the first day of rows that name none, as 2020-04-01.

    Raises:
        Refused: it is no list.
    """
    first = (options or {}).get("since", "")
    given = list(rows.iter_rows(named=True))
    days = [row["since"] or date.fromisoformat(str(first)) for row in given]
    names = ("code", "words", "group", "subgroup", "category", "until")
    offences = [
        rules.listed(**{name: row[name] for name in names}, since=since)
        for row, since in zip(given, days, strict=True)
        if row["words"]
    ]
    weighed = [
        Weight(row["code"], round(Decimal(row["weight"]), 6), since, row["until"])
        for row, since in zip(given, days, strict=True)
        if row["weight"]
    ]
    weights = list(dict.fromkeys(weighed))  # a weight that stands twice in the file is one
    edition = next((row["edition"] for row in given if row["edition"]), "") or source or "Edition not said"
    done = load_list(acting, list_=OffenceList(tuple(offences), tuple(weights)), source=edition, weights_source=edition)
    said = (f"{done.added:,} added, {done.changed:,} changed",) if done.added or done.changed else ()
    return Taken(done.already + len(weighed) - len(weights), said)


def bring_up_to_date(acting: Acting) -> Loaded | None:
    """Load the edition that Watchward carries unless it stands already; return what became of it, None if it stood.

    Args:
        acting: the machinery; no command is logged where there is nothing to do.
    """
    edition = rules.carried()
    there = queries.offence_list(acting)
    if _without_ends(edition.list) <= _without_ends(there):
        return None
    return load_list(acting, list_=edition.list, source=edition.source, weights_source=edition.weights_source)


def _without_ends(list_: OffenceList) -> set[Offence | Weight]:
    """Return what a list says, without the days on which a later edition ended it."""
    offences = {replace(row, until=None) for row in list_.offences}
    return offences | {replace(row, until=None) for row in list_.weights}
