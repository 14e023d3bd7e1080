"""The file with which a force starts: TOML read into a plan, with every fault of its form at once and on its line."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections import Counter
from collections.abc import Callable
from dataclasses import MISSING, fields
from datetime import date, datetime
from typing import Any

from watchward.domains.organisation.vocabulary import Plan, PlannedArea, PlannedPerson, PlannedPolicy, PlannedTeam
from watchward.kernel.refusals import Refusal, Refused

PARTS: dict[str, type[Any]] = {
    "areas": PlannedArea, "teams": PlannedTeam, "people": PlannedPerson, "policies": PlannedPolicy,
}  # fmt: skip
LONGEST = 120


def read_plan(text: str) -> tuple[Plan, tuple[Refusal, ...]]:
    """Return the plan that a file holds, as far as it can be read, and everything that is wrong with its form.

    Raises:
        Refused: it is no TOML, with the line.
    """
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise Refused(f"This is no TOML: {wrong}.") from None
    reader = _Reader()
    force = said.get("force", {})
    if not isinstance(force, dict):
        force = {}
    reader.only(said, ("force", *PARTS), "")
    reader.only(force, ("name", "since"), "force")
    read = {part: reader.several(said.get(part, []), part, made) for part, made in PARTS.items()}
    plan = Plan(
        name=reader.words(force, "name", "force"),
        since=reader.day(force, "since", "force"),
        **read,
        digest=hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest(),
        where=_lines(text),
    )
    return plan, tuple(reader.wrong)


def where_in(plan: Plan, place: str) -> str:
    """Return in words where a part stands: `line 12, teams[2].parent`; the nearest line where it has none."""
    near = place
    while near and near not in plan.where:
        near = near.rpartition(".")[0] or near.rpartition("[")[0]
    line = plan.where.get(near)
    return ", ".join(words for words in (f"line {line}" if line else "", place) if words)


def _lines(text: str) -> dict[str, int]:
    """Return on which line each table and each of its keys stands."""
    found: dict[str, int] = {}
    table, count = "", Counter[str]()
    for number, line in enumerate(text.splitlines(), 1):
        if several := re.match(r"\s*\[\[\s*([\w-]+)\s*\]\]", line):
            table = f"{several[1]}[{count[several[1]]}]"
            count[several[1]] += 1
            found.setdefault(table, number)
        elif one := re.match(r"\s*\[\s*([\w.-]+)\s*\]", line):
            table = one[1]
            found.setdefault(table, number)
        elif key := re.match(r"\s*([\w-]+)\s*=", line):
            found.setdefault(f"{table}.{key[1]}" if table else key[1], number)
    return found


class _Reader:
    """Reads values and keeps what is wrong with them."""

    def __init__(self) -> None:
        self.wrong: list[Refusal] = []

    def _refuse(self, words: str, place: str) -> None:
        self.wrong.append(Refusal(words, field=place))

    def only(self, table: dict[str, Any], known: tuple[str, ...], place: str) -> None:
        """Refuse the words that a table does not have."""
        for name in table:
            if name not in known:
                self._refuse(f"It has no word {name}; its words are {', '.join(known)}.", f"{place}.{name}".lstrip("."))

    def words(self, table: dict[str, Any], name: str, place: str, *, needed: bool = True) -> str:
        """Return words, stripped."""
        value = table.get(name, "")
        if not isinstance(value, str) or len(value) > LONGEST:
            self._refuse(f"This is up to {LONGEST} letters in quotation marks.", f"{place}.{name}")
            return ""
        if needed and not value.strip():
            self._refuse(f"It needs {'its' if name == 'name' else 'a'} {name.replace('_', ' ')}.", f"{place}.{name}")
        return value.strip()

    def day(self, table: dict[str, Any], name: str, place: str) -> date:
        """Return a day; the first of all where there is none."""
        value = table.get(name)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        self._refuse("Write a day such as 2026-04-01, without quotation marks.", f"{place}.{name}")
        return date.min

    def listed(self, table: dict[str, Any], name: str, place: str) -> tuple[str, ...]:
        """Return a list of words."""
        value = table.get(name, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self._refuse('This is a list such as ["sergeant"].', f"{place}.{name}")
            return ()
        return tuple(value)

    def number(self, table: dict[str, Any], name: str, place: str) -> int | None:
        """Return a whole number, None where there is none."""
        value = table.get(name)
        if value is not None and type(value) is not int:
            self._refuse("This is a whole number.", f"{place}.{name}")
            return None
        return value

    def several(self, said: Any, part: str, made: type[Any]) -> tuple[Any, ...]:
        """Return the tables of one sort."""
        if not isinstance(said, list) or not all(isinstance(one, dict) for one in said):
            self._refuse(f"Each of these begins with [[{part}]].", part)
            return ()
        return tuple(self._one(table, f"{part}[{at}]", made) for at, table in enumerate(said))

    def _one(self, table: dict[str, Any], place: str, made: type[Any]) -> Any:
        self.only(table, tuple(field.name for field in fields(made)), place)
        read: dict[str, Callable[..., Any]] = {
            "tuple[str, ...]": self.listed, "date": self.day, "int | None": self.number,
        }  # fmt: skip
        values: dict[str, Any] = {}
        for field in fields(made):
            kind = str(field.type)
            needed = field.default is MISSING
            if kind == "Any":
                values[field.name] = table.get(field.name)
                if values[field.name] is None:
                    self._refuse("It needs a value.", f"{place}.{field.name}")
            elif kind == "str":
                values[field.name] = self.words(table, field.name, place, needed=needed)
            else:
                values[field.name] = read[kind](table, field.name, place)
                if needed and kind.startswith("tuple") and not values[field.name]:
                    self._refuse(f"It needs {field.name}.", f"{place}.{field.name}")
        return made(**values)
