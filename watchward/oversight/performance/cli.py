"""`watchward figures`: the inspection report's figures beside the live ones."""

from __future__ import annotations

import argparse
import json


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand."""
    asked = commands.add_parser("figures", help="the inspection report's figures beside the live ones")
    asked.add_argument("--json", action="store_true", help="one object on standard output")
    asked.set_defaults(run=_figures, role="worker")


def _figures(asked: argparse.Namespace) -> int:
    from dataclasses import replace

    from watchward.foundation.access.context import within
    from watchward.foundation.access.queries import machinery
    from watchward.foundation.acting import now
    from watchward.foundation.measures.telling import figure, span_words
    from watchward.oversight.performance import queries

    with within(
        replace(machinery(now(), "counting the report's figures on the command line", channel="cli"), sees_all=True)
    ) as acting:
        found = queries.figures(acting)
    if asked.json:
        rows = [
            {
                "key": each.reported.key,
                "report_line": each.reported.line,
                "report": each.reported.says,
                "live": each.live,
                "basis": each.basis,
                "period": _period(each),
            }
            for each in found
        ]
        print(json.dumps({"figures": rows}))
        return 0
    for each in found:
        live = figure(each.live, each.measure.unit) if each.measure and each.live is not None else "-"
        when = f" {span_words(each.span)}" if each.span else ""
        print(f"{each.reported.line:>6}  {each.reported.says:>18}  {live:>10}  {each.reported.meaning}{when}")
    print(f"{sum(each.counted for each in found)} of {len(found)} are counted live")
    return 0


def _period(each: object) -> list[str | None]:
    from watchward.oversight.performance.queries import Beside

    assert isinstance(each, Beside)  # noqa: S101 - for the type checker
    if each.span is not None:
        return [each.span.first.isoformat(), each.span.last.isoformat()]
    first, last = each.reported.first, each.reported.last
    return [first.isoformat() if first else None, last.isoformat() if last else None]
