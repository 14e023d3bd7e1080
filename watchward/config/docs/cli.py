"""`watchward docs` writes the generated pages; `watchward report coverage` prints what meets each requirement."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

DOCS = Path(__file__).resolve().parents[3] / "docs"


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add both commands."""
    docs = commands.add_parser("docs", help="write the generated pages: law, roles, data, measures, coverage")
    docs.set_defaults(run=_docs)
    report = commands.add_parser("report", help="the requirements and what meets them")
    which = report.add_subparsers(metavar="WHAT", required=True)
    rows = which.add_parser("coverage", help="each row of the requirements: page, command, measure and tests")
    rows.add_argument("--json", action="store_true", help="one object on standard output")
    rows.set_defaults(run=_coverage)


def generated() -> dict[str, str]:
    """Return every generated page by its path under docs/."""
    from watchward.config.docs import coverage, data, law, measures, roles

    return {path: text for part in (law, roles, data, measures, coverage) for path, text in part.pages()}


def _docs(_asked: argparse.Namespace) -> int:
    from watchward.kernel.dated import confirm

    confirm({})  # the pages are of the code: what the force of this home has confirmed stands in none of them
    for path, text in generated().items():
        target = DOCS / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
        print(f"docs/{path}")
    return 0


def _coverage(asked: argparse.Namespace) -> int:
    from watchward.config.docs.coverage import coverage

    rows = coverage()
    if asked.json:
        shape = [
            {"id": r.id, "pages": r.pages, "commands": r.commands, "measures": r.measures, "tests": r.tests}
            for r in rows
        ]
        print(json.dumps({"rows": shape}))
        return 0
    for row in rows:
        by = ", ".join([*row.commands, *row.pages]) or "-"
        print(f"{row.id:8} {'shown' if row.met else 'not yet':8} {len(row.tests):3} tests  {by}")
    print(f"{sum(row.met for row in rows)} of {len(rows)} rows have a test that shows them")
    return 0
