"""`python -m bench [--quick] [--json]`: every figure beside its peer and its floor, from one run."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from dataclasses import dataclass

from bench import ground
from bench.figures import Figure, as_objects, printed
from watchward.foundation.database import Embedded

PEOPLE, PAGES, SEALED = "bench_people", "bench_pages", "bench_sealed"


@dataclass(frozen=True)
class Scale:
    """How much is measured.

    Args:
        loaded: people in the figure of the loading.
        searched: people on record when the search is timed.
        rounds: of one row written and read.
        searches: how many.
        sealed: changes that are verified against their seals.
        crowd: scale of the demonstration behind the pages.
        seconds: for how long twenty people click.
        incidents: of two years, when measures are counted.
    """

    loaded: int
    searched: int
    rounds: int
    searches: int
    sealed: int
    crowd: float
    seconds: float
    incidents: int


PARTS = ("load", "row", "search", "measures", "seal", "pages")
WHOLE = Scale(
    loaded=200_000, searched=1_200_000, rounds=400, searches=600, sealed=1_000_000, crowd=0.1, seconds=120,
    incidents=500_000,
)  # fmt: skip
QUICK = Scale(
    loaded=20_000, searched=100_000, rounds=100, searches=200, sealed=100_000, crowd=0.01, seconds=25, incidents=20_000
)  # fmt: skip


def main() -> int:
    """Measure, print the table, and return 0 if every figure reaches its floor, else 1."""
    asked = argparse.ArgumentParser(prog="bench", description=__doc__)
    asked.add_argument("--quick", action="store_true", help="small, in at most five minutes")
    asked.add_argument("--json", action="store_true", help="one object on standard output")
    asked.add_argument("--only", choices=PARTS, action="append", help="these parts alone")
    options = asked.parse_args()
    parts = set(options.only or PARTS)
    begun = time.monotonic()
    cluster = ground.begin()
    try:
        figures = _measured(parts, QUICK if options.quick else WHOLE, cluster)
    finally:
        ground.end(cluster)
    seconds = time.monotonic() - begun
    if options.json:
        machine = {"cores": os.cpu_count(), "python": platform.python_version(), "seconds": round(seconds)}
        print(json.dumps({"figures": as_objects(figures), **machine}))
    else:
        print(printed(figures))
        print(f"\nload of the machine {os.getloadavg()[2]:.1f} in the last quarter of an hour; ", end="")
        print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {seconds:.0f} s in all")
    return 0 if all(figure.holds is not False for figure in figures) else 1


def _measured(parts: set[str], scale: Scale, cluster: Embedded) -> list[Figure]:
    figures: list[Figure] = []
    if parts & {"load", "row", "search", "measures", "seal"}:
        _say("making the database")
        ground.migrated(PEOPLE)
        ground.enter(PEOPLE)
        from bench import copies, loading, one_row, searching
        from bench.population import Population

        if "measures" in parts:
            from bench import measures

            _say(f"counting {scale.incidents:,} incidents")
            figures += measures.measure(cluster, PEOPLE, rows=scale.incidents)
        with ground.owner(cluster, PEOPLE) as owner:
            copies.lay(owner)
        population = Population()
        if "load" in parts:
            _say(f"loading {scale.loaded:,} people")
            figures += loading.measure(cluster, PEOPLE, population, rows=scale.loaded)
        if parts & {"row", "search"}:
            _say(f"loading up to {scale.searched:,} people to search among")
            grown = searching.grow(cluster, PEOPLE, population, until=scale.searched if "search" in parts else 0)
            if "row" in parts:
                _say("one row at a time")
                figures += one_row.measure(PEOPLE, rounds=scale.rounds, person=grown.somebody)
            if "search" in parts:
                _say("searching")
                figures += [*grown.figures, *searching.measure(grown, searches=scale.searches)]
        if "seal" in parts:
            from bench import sealing

            _say(f"sealing, and verifying {scale.sealed:,} changes")
            figures += sealing.measure(cluster, SEALED, seconds=scale.seconds / 2, changes=scale.sealed)
    if "pages" in parts:
        from bench import pages

        _say("pages")
        figures += pages.measure(cluster, PAGES, crowd=scale.crowd, seconds=scale.seconds)
    return figures


def _say(words: str) -> None:
    print(f"bench: {words}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
