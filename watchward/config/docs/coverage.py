"""Which page, command, measure and test meets each row of the requirements: read from the house and its tests."""

from __future__ import annotations

import ast
import csv
import inspect
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from watchward.config.docs.roles import every_page
from watchward.config.docs.tables import table
from watchward.foundation.commands import Command, all_commands
from watchward.foundation.measures.declared import measures

ROOT = Path(__file__).resolve().parents[3]
REQUIREMENTS = ROOT / "data" / "report" / "requirements.csv"


@dataclass
class Row:
    """One row of the requirements and what meets it."""

    id: str
    requirement: str
    pages: list[str] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    measures: list[str] = field(default_factory=list)
    tests: list[str] = field(default_factory=list)

    @property
    def met(self) -> bool:
        """Whether a test shows it."""
        return bool(self.tests)


@dataclass(frozen=True)
class Mark:
    """One `report` mark on a test: the row, and what the test is asserted to have called."""

    row: str
    by: str
    test: str


def marks(tests: Path) -> Iterator[Mark]:
    """Return the marks of every test under a folder; test functions and classes are read, not run."""
    for path in sorted(tests.rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                for mark in node.decorator_list:
                    found = _mark(mark)
                    if found:
                        yield Mark(*found, f"{path.relative_to(tests.parent)}::{node.name}")


def _mark(node: ast.expr) -> tuple[str, str] | None:
    if not isinstance(node, ast.Call) or not ast.unparse(node.func).endswith("mark.report"):
        return None
    row = ast.literal_eval(node.args[0])
    by = {word.arg: ast.literal_eval(word.value) for word in node.keywords}.get("by", "")
    return str(row), str(by)


def _reached_by() -> dict[str, set[str]]:
    """Return the pages whose view, or the builder of whose page, calls each command or query, by dotted name."""
    found: dict[str, set[str]] = {}
    for page in every_page():
        view = inspect.unwrap(page.view)
        module = inspect.getmodule(view)
        if module is None or not module.__name__.startswith("watchward."):
            continue
        here = module.__name__.removeprefix("watchward.").removeprefix("domains.").rpartition(".")[0]
        try:
            tree = ast.parse(inspect.getsource(view))
        except (OSError, SyntaxError):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                target = getattr(module, node.value.id, None)
                name = getattr(target, "__name__", "")
                if name.startswith("watchward."):
                    short = name.removeprefix("watchward.").removeprefix("domains.")
                    found.setdefault(f"{short}.{node.attr}", set()).add(page.name)
                    called = getattr(target, node.attr, None)
                    if isinstance(called, Command):  # of a room that is a package: named by its own module as well
                        found.setdefault(called.name, set()).add(page.name)
            elif isinstance(node, ast.Name):
                called = getattr(module, node.id, None)
                called = inspect.unwrap(called) if callable(called) else None
                origin = getattr(called, "__module__", "") or ""
                if origin.startswith("watchward.") and not origin.endswith(".views"):
                    short = origin.removeprefix("watchward.").removeprefix("domains.")
                    found.setdefault(f"{short}.{node.id}", set()).add(page.name)
        found.setdefault(f"{here}.pages", set()).add(page.name)
    return found


def coverage() -> list[Row]:
    """Return the rows of the requirements in their order, each with what meets it."""
    with REQUIREMENTS.open(newline="") as file:
        rows = {line["id"]: Row(line["id"], line["requirement"]) for line in csv.DictReader(file)}
    reached = _reached_by()
    for mark in marks(ROOT / "tests"):
        if mark.row not in rows:
            raise LookupError(f"{mark.test} names {mark.row}, which is no row of the requirements")
        row = rows[mark.row]
        row.tests.append(mark.test)
        if mark.by in all_commands and mark.by not in row.commands:
            row.commands.append(mark.by)
        if mark.by in measures and mark.by not in row.measures:
            row.measures.append(mark.by)
        row.pages = sorted({*row.pages, *reached.get(mark.by, ())})
    return list(rows.values())


def pages() -> Iterator[tuple[str, str]]:
    """Return the page of what is met."""
    rows = coverage()
    met = sum(row.met for row in rows)
    text = f"# The report's rows and what meets them\n\n{met} of {len(rows)} have a test that shows them.\n\n"
    text += table(
        ("Row", "Requirement", "Pages", "Commands", "Measures", "Tests"),
        (
            (row.id, row.requirement, ", ".join(row.pages), ", ".join(row.commands), ", ".join(row.measures),
             ", ".join(row.tests))
            for row in rows
        ),
    )  # fmt: skip
    yield "report/coverage.md", text
