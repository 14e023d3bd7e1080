"""`watchward measure [KEY]`: one measure in a period, by a breakdown; without a key, the list."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand."""
    asked = commands.add_parser("measure", help="one measure, by month or a breakdown; without KEY, the list")
    asked.add_argument("key", nargs="?", metavar="KEY", help="such as incidents.emergencies-in-time")
    asked.add_argument("--from", dest="first", type=date.fromisoformat, metavar="DAY", help="first day, as 2018-07-01")
    asked.add_argument("--to", dest="last", type=date.fromisoformat, metavar="DAY", help="last day, as 2019-06-30")
    asked.add_argument("--by", action="append", default=[], metavar="X", help="month or a breakdown; twice for both")
    asked.add_argument("--leaving", action="store_true", help="hide small numbers: for what leaves the force")
    shape = asked.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="one object on standard output")
    shape.add_argument("--csv", action="store_true", help="the table as a file")
    asked.set_defaults(run=_measure, role="worker")


def _measure(asked: argparse.Namespace) -> int:
    from watchward.foundation.measures.declared import measures
    from watchward.kernel.refusals import Refusal, Refused

    if asked.key is None:
        return _listed(asked.json)
    if asked.key not in measures:
        raise Refused(Refusal(f"There is no measure called {asked.key}; `watchward measure` lists them."))
    return _one(asked)


def _listed(as_json: bool) -> int:
    from watchward.foundation.measures.declared import measures
    from watchward.foundation.measures.said import declared

    if as_json:
        print(json.dumps({"measures": [declared(each) for each in measures.values()]}))
        return 0
    for each in measures.values():
        print(f"{each.key:36} {each.title}, by {', '.join(['month', *(d.key for d in each.breakdowns)])}")
    print(f"{len(measures)} measures")
    return 0


def _one(asked: argparse.Namespace) -> int:
    from dataclasses import replace

    from watchward.foundation.access.context import within
    from watchward.foundation.access.queries import machinery
    from watchward.foundation.acting import now
    from watchward.foundation.intake.cells import csv_text
    from watchward.foundation.measures import queries, tables
    from watchward.foundation.measures.counting import counting
    from watchward.foundation.measures.declared import measure
    from watchward.foundation.measures.said import told
    from watchward.foundation.measures.spans import Span, last_months
    from watchward.kernel.periods import local_day
    from watchward.kernel.refusals import Refusal, Refused

    which, at = measure(asked.key), now()
    year = last_months(local_day(at))
    try:
        span = Span(asked.first or year.first, asked.last or year.last)
        by = [part for given in asked.by for part in given.split(",")]
        with (
            within(replace(machinery(at, "counting on the command line", channel="cli"), sees_all=True)) as acting,
            counting(acting) as counter,
        ):
            known = queries.tell_with(counter, acting, [which], span=span)[0]
            table = tables.table_of(counter, acting, which, span, by, leaving=asked.leaving)
    except (ValueError, tables.NotCounted) as wrong:
        raise Refused(Refusal(f"{wrong}.")) from wrong
    if asked.json:
        print(json.dumps(told(known, table)))
    elif asked.csv:
        lines = [tables.cells(table, line) for line in (*table.lines, table.total)]
        sys.stdout.write(csv_text(tables.headings(table), lines))
    else:
        _print(known, table)
    return 0


def _print(known: object, table: object) -> None:
    from watchward.foundation.measures.queries import Told
    from watchward.foundation.measures.tables import Table
    from watchward.foundation.measures.telling import basis_line, figure

    assert isinstance(known, Told)  # noqa: S101 - for the type checker; Django was not there to be asked above
    assert isinstance(table, Table)  # noqa: S101
    measure = known.measure
    if table.total.figure is None:
        print(f"{measure.title}: hidden, because its numbers are small")
    else:
        print(f"{measure.title}: {figure(known.value, measure.unit)}")
        print(basis_line(measure, known.figure, known.span, known.at))
    for words in table.begins.says(known.span):
        print(words)
    if not table.leaving:
        print(f"{known.says.lead} {known.says.rest}")
    for line in table.lines:
        names = ", ".join(line.names)
        if line.figure is None:
            print(f"  {names:32} hidden: small")
        else:
            said = figure(line.figure.value(measure, line.span), measure.unit)
            print(f"  {names:32} {said:>14}  {line.figure.counted:,} of {line.figure.rows:,}  {line.verdict.value}")
