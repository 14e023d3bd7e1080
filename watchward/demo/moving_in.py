"""Loading the crowd: its addresses, its people, their numbers and how they belong together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

import polars as pl

from watchward.demo.crowd.households import Resident, Tie
from watchward.demo.crowd.population import FIRST_SOURCE, SOURCES, Crowd, Entry
from watchward.demo.crowd.streets import Address
from watchward.demo.truth import record_id
from watchward.domains.people import commands as people
from watchward.domains.people.vocabulary import Tie as Known
from watchward.domains.places import commands as places
from watchward.domains.places.commands.loading import Row
from watchward.foundation.acting import Acting

STEPS = 4
"""How often ``step`` is called."""

_SCHEMA: dict[str, type[pl.DataType]] = {
    "record": pl.String, "forenames": pl.String, "surname": pl.String, "name": pl.String, "known_as": pl.String,
    "sex": pl.String, "date_of_birth": pl.Date, "number": pl.String, "email": pl.String, "line": pl.String,
    "town": pl.String, "postcode": pl.String,
}  # fmt: skip
_TIES = {Tie.PARTNER: Known.PARTNER, Tie.PARENT: Known.PARENT, Tie.SIBLING: Known.SIBLING}


def move_in(acting: Acting, crowd: Crowd, *, seed: str, step: Callable[[], None]) -> None:
    """Load the crowd through the bulk commands.

    Args:
        acting: the force's machinery, at the moment at which the records came over.
        crowd: the population.
        seed: from which it was made, and from which its ids follow.
        step: called after each part.
    """
    there = _addresses(acting, crowd)
    step()
    for source in (FIRST_SOURCE, *SOURCES):
        entries = [entry for entry in crowd.entries if entry.source == source]
        people.load_people(acting, rows=_rows(entries, seed), source=source)
        if source in (FIRST_SOURCE, SOURCES[-1]):
            step()
    homes = pl.DataFrame(
        [
            (str(record_id(entry.key, seed)), str(there[entry.written.address]), entry.since)
            for entry in crowd.entries
            if entry.written.address is not None
        ],
        schema={"person": pl.String, "place": pl.String, "since": pl.Date},
        orient="row",
    )
    people.settle_people(acting, homes=homes, ties=_ties(crowd, seed), source=FIRST_SOURCE)
    step()


def _addresses(acting: Acting, crowd: Crowd) -> dict[Address, UUID]:
    addresses = crowd.addresses
    rows = [
        Row(one.line, one.locality, one.town, one.postcode, one.easting, one.northing, one.urban) for one in addresses
    ]
    loaded = places.load_places(acting, rows=rows)
    if loaded.refused:
        raise AssertionError(f"addresses were refused: {loaded.refused}")
    return {one: id_ for one, id_ in zip(addresses, loaded.ids, strict=True) if id_ is not None}


def _rows(entries: Sequence[Entry], seed: str) -> pl.DataFrame:
    rows = []
    for entry in entries:
        said, home, record = entry.written, entry.written.address, str(record_id(entry.key, seed))
        rows.append(
            (record, said.forenames, said.surname, "", "", said.sex, said.born, entry.number, "",
             home.line if home else "", (home.locality or home.town) if home else "", home.postcode if home else "")
        )  # fmt: skip
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def _ties(crowd: Crowd, seed: str) -> pl.DataFrame:
    def record(person: Resident) -> str:
        return str(record_id(person.key, seed))

    rows = [
        (record(home.residents[one]), record(home.residents[other]), _TIES[tie].value)
        for home in crowd.households
        for one, tie, other in home.ties
    ]
    return pl.DataFrame(rows, schema={"one": pl.String, "other": pl.String, "kind": pl.String}, orient="row")
