"""Who this might be, among as many people as a large force has on record, under row-level security as the app."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from bench.figures import Figure, p95, spread
from bench.ground import superuser
from bench.loading import AT_ONCE, Clockwork, load
from bench.population import Population
from watchward.foundation.database import Embedded

AT_MOST = 0.030
"""Seconds within which 95 of 100 searches must answer."""

KEPT = 2_000
"""People remembered from the loading, to be looked for."""


@dataclass
class Grown:
    """The people on record, some of them remembered.

    Args:
        on_record: how many there are.
        some: rows of those that are looked for.
        somebody: the id of one.
        figures: of the loading itself.
    """

    on_record: int
    some: list[dict[str, Any]]
    somebody: UUID
    figures: list[Figure] = field(default_factory=list)


def grow(cluster: Embedded, database: str, population: Population, *, until: int) -> Grown:
    """Load people with tokens, homes and numbers until so many are on record."""
    with superuser(cluster, database) as connection:
        row = connection.execute("select count(*) from people_person").fetchone()
    standing = int(str(row[0])) if row else 0
    until = max(until, standing + KEPT)
    clock, seconds, some, loaded = Clockwork(), 0.0, [], 0
    each = max(1, KEPT * AT_ONCE // max(until - standing, AT_ONCE))
    somebody: UUID | None = None
    while standing + loaded < until:
        part = population.people(min(AT_ONCE, until - standing - loaded))
        seconds += load(part, clock, tokens=True)
        loaded += part.height
        some += part.sample(min(each, part.height), seed=loaded).to_dicts()
        somebody = somebody or UUID(part["record"][0])
    with superuser(cluster, database) as connection:
        connection.execute("vacuum analyze")
        size = connection.execute("select pg_size_pretty(pg_database_size(current_database()))").fetchone()
    if somebody is None:
        raise RuntimeError("nobody was loaded to be looked for")
    figure = Figure(
        f"people loaded with tokens, homes and numbers, up to {until:,} on record",
        f"{loaded / seconds:,.0f} rows/s",
        says=f"{seconds:.0f} s; the database is {size[0] if size else '?'}\n{clock.words(seconds)}",
    )
    return Grown(standing + loaded, some, somebody, [figure])


def measure(grown: Grown, *, searches: int) -> list[Figure]:
    """Return the figures of the search: by what callers say, and whether its plans stay on their indexes."""
    from watchward.domains.people import queries
    from watchward.foundation.access.context import within

    chance = random.Random(7)
    spent: dict[str, list[float]] = {name: [] for name in ASKED}
    found: dict[str, int] = dict.fromkeys(ASKED, 0)
    people = chance.sample(grown.some, min(len(grown.some), searches // len(ASKED) + 5))
    for n, person in enumerate(people):
        for name, ask in ASKED.items():
            asked = ask(person, chance)
            acting = _call_handler()
            begun = time.perf_counter()
            with within(acting):
                answer = queries.recognise(acting, asked=asked)
            if n >= 5:  # the first few open files and prepare statements
                spent[name].append(time.perf_counter() - begun)
                found[name] += any(str(one.person) == person["record"] for one in answer.candidates)
    every = [one for times in spent.values() for one in times]
    lines = [
        f"{name}: {spread(times)}; {found[name]} of {len(times)} found among the first" for name, times in spent.items()
    ]
    figure = Figure(
        f"search among {grown.on_record:,} people, p95 of {len(every)}",
        f"{p95(every) * 1000:.1f} ms",
        "",
        "30 ms",
        p95(every) <= AT_MOST,
        "with context, trace and commit, in process, one at a time\n" + "\n".join(lines),
    )
    return [figure, _plans(grown, people[0])]


def _call_handler() -> Any:
    """Return somebody bound by row-level security like any call handler, with some teams and openings."""
    from watchward.domains.people.vocabulary import Permission
    from watchward.foundation.acting import SYSTEM, Acting, now

    return Acting(
        account=SYSTEM,
        name="Bench",
        at=now(),
        purpose="measuring",
        permissions=frozenset({Permission.READ}),
        team=3,
        teams=frozenset({3, 4, 5}),
    )


def _number(person: dict[str, Any], chance: random.Random) -> Any:
    from watchward.foundation.linkage.vocabulary import Asked

    return Asked(number=person["number"] or f"07700 900{chance.randrange(1000):03d}")


def _name(person: dict[str, Any], _chance: random.Random) -> Any:
    from watchward.foundation.linkage.vocabulary import Asked

    return Asked(name=f"{person['forenames']} {person['surname']}")


def _name_and_birth(person: dict[str, Any], _chance: random.Random) -> Any:
    from watchward.foundation.linkage.vocabulary import Asked

    return Asked(name=f"{person['forenames']} {person['surname']}", date_of_birth=person["date_of_birth"])


def _misheard_and_address(person: dict[str, Any], chance: random.Random) -> Any:
    from watchward.foundation.linkage.vocabulary import Asked

    surname = person["surname"]
    place = chance.randrange(len(surname))
    slip = surname[:place] + surname[place + 1 :] if len(surname) > 4 else surname
    return Asked(name=f"{person['forenames']} {slip}", address=f"{person['line']}, {person['postcode']}")


def _everything(person: dict[str, Any], _chance: random.Random) -> Any:
    from watchward.foundation.linkage.vocabulary import Asked

    return Asked(
        number=person["number"],
        name=f"{person['forenames']} {person['surname']}",
        date_of_birth=person["date_of_birth"],
        address=f"{person['line']}, {person['postcode']}",
    )


ASKED: dict[str, Callable[[dict[str, Any], random.Random], Any]] = {
    "by number (100 share it)": _number,
    "by name": _name,
    "by name and date of birth": _name_and_birth,
    "by name with a slip, and address": _misheard_and_address,
    "by all of it": _everything,
}


def _plans(grown: Grown, person: dict[str, Any]) -> Figure:
    """Explain, as the app and within somebody's context, every statement that a search sends."""
    from django.db import connection

    from watchward.domains.people import queries
    from watchward.foundation.access.context import within

    sent: list[tuple[str, Any]] = []

    def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.strip().lower().startswith(("select", "with")) and "people_" in sql:
            sent.append((sql, params))
        return execute(sql, params, many, context)

    acting = _call_handler()
    scans: list[str] = []
    with within(acting):
        with connection.execute_wrapper(keep):
            queries.recognise(acting, asked=_everything(person, random.Random(7)))
        with connection.cursor() as cursor:
            cursor.execute("select current_user")
            row = cursor.fetchone()
            for sql, params in sent:
                cursor.execute(f"explain {sql}", params)
                plan = "\n".join(line for (line,) in cursor.fetchall())
                scans += re.findall(r"Seq Scan on (\w+)", plan)
    role = str(row[0]) if row else "?"
    large = sorted({scan for scan in scans if scan.startswith("people_") and _is_large(scan)})
    return Figure(
        f"plans of the {len(sent)} statements of a search, as {role}",
        "no scan of a whole table" if not large else f"scans of {', '.join(large)}",
        "",
        "indexes alone",
        role == "ww_app" and bool(sent) and not large,
    )


def _is_large(table: str) -> bool:
    """Say whether a table has so many pages that reading all of it would matter."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select relpages from pg_class where relname = %s", [table])
        row = cursor.fetchone()
    return row is not None and row[0] > 100
