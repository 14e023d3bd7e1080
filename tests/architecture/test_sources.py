"""What must be true of every source file."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCES = sorted((ROOT / "watchward").rglob("*.py"))
CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time"),
          ("time", "time_ns"), ("timezone", "now"), ("time", "localtime"), ("time", "gmtime")}  # fmt: skip


def tracked() -> list[Path]:
    """Return the files that belong to the project."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def clocks_read(source: str) -> Iterator[int]:
    """Return the lines of a source that read the wall clock."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            name = owner.attr if isinstance(owner, ast.Attribute) else owner.id if isinstance(owner, ast.Name) else ""
            if (name, node.func.attr) in CLOCKS:
                yield node.lineno


def test_only_the_edge_reads_the_wall_clock() -> None:
    """Time is passed in: acting.py alone asks what time it is."""
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in SOURCES
        if path.name != "acting.py"
        for line in clocks_read(path.read_text())
    ]
    assert not found


def test_a_clock_below_the_edge_would_be_seen() -> None:
    """The check sees each way of asking the time."""
    assert list(clocks_read("import datetime\nx = datetime.datetime.now()\n")) == [2]
    assert list(clocks_read("from datetime import date\nx = date.today()\n")) == [2]
    assert list(clocks_read("from time import monotonic\nx = monotonic()\n")) == []


def public_functions(path: Path) -> Iterator[ast.FunctionDef]:
    """Return a module's public functions."""
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


def rooms(name: str) -> list[Path]:
    """Return the files of one room in every domain and oversight package."""
    inside = [(path, path.relative_to(ROOT / "watchward").parts) for path in SOURCES]
    return [
        path
        for path, parts in inside
        if parts[0] in ("domains", "oversight") and (path.name == f"{name}.py" or name in parts[:-1])
    ]


def for_nobody(node: ast.FunctionDef) -> bool:
    """Return whether a function does not take first of all who acts."""
    return [one.arg for one in node.args.posonlyargs + node.args.args][:1] != ["acting"]


def test_every_query_takes_who_acts_first() -> None:
    """Nothing is read for nobody: what needs nobody to act is a rule, a word or a part of a page."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in rooms("queries")
        for node in public_functions(path)
        if for_nobody(node)
    ]
    assert rooms("queries")
    assert not found


def test_every_public_function_says_what_it_does() -> None:
    """A docstring of one sentence at least, in the rooms that others call."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for name in ("rules", "queries", "commands")
        for path in rooms(name)
        for node in public_functions(path)
        if not ast.get_docstring(node)
    ]
    assert not found


def test_no_file_is_a_shed() -> None:
    """Small files with one purpose: none past 400 lines, tests and bench neither, none called utils."""
    found = [
        f"{path.relative_to(ROOT)} {lines}"
        for path in (*SOURCES, *(ROOT / "tests").rglob("*.py"), *(ROOT / "bench").rglob("*.py"))
        if (lines := len(path.read_text().splitlines())) > 400 and "migrations" not in path.parts
    ]
    assert not found
    assert not [path for path in SOURCES if path.stem in ("utils", "helpers", "managers", "services")]


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("a path of one machine", r"(^|[^a-zA-Z.~])/(work|farm|root)/"),
        ("an address of a package registry", r"(pypi\.org|npmjs\.(org|com)|pythonhosted\.org)"),
        ("a lock file's address", r'"resolved":\s*"https?:'),
    ],
)
def test_no_file_names(what: str, pattern: str) -> None:
    """The project speaks of itself alone."""
    found = []
    for path in tracked():
        if path.suffix in (".gz", ".png", ".ico", ".parquet", ".zip", ".geojson", ".csv") or path == Path(__file__):
            continue
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {what}" for line in text.splitlines() if re.search(pattern, line)]
    assert not found
