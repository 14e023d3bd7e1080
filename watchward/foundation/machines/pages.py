"""What the pages of clients show, and the reference of the API as a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from watchward.foundation.machines.models import Client
from watchward.foundation.ui.parts import Column, Link, Row, State, Table
from watchward.foundation.ui.words import day_year


@dataclass(frozen=True)
class ClientPage:
    """One client.

    Args:
        held: the scopes that its owner holds today: what it may do.
        lost: scopes lent to it that its owner holds no longer.
        secrets: until when its secrets last.
        mine: whether whoever looks answers for it.
    """

    id: UUID
    name: str
    purpose: str
    owner: str
    made: str
    a_minute: int
    held: tuple[str, ...]
    lost: tuple[str, ...]
    secrets: tuple[datetime, ...]
    disabled: bool
    mine: bool
    may_switch: bool


def _standing(row: Client, ends: list[datetime]) -> State:
    if not row.account.is_active:
        return State("Disabled", "late")
    return State(f"until {day_year(ends[0])}", "ok") if ends else State("No secret", "soon")


def table(rows: Iterable[Client], secrets: Mapping[UUID, list[datetime]]) -> Table:
    """Return the clients as a table."""
    made = tuple(
        Row(
            (
                Link(row.name, reverse("machines:one", args=[row.pk])), row.owner.display_name, ", ".join(row.scopes),
                _standing(row, secrets.get(row.account_id, [])),
            )
        )
        for row in rows
    )  # fmt: skip
    columns = (Column("System"), Column("Answers for it"), Column("Scopes"), Column("Secret"))
    return Table(columns, made, stack=True, empty="No other system calls yet")


@dataclass(frozen=True)
class Member:
    """A member of what is sent or answered."""

    name: str
    kind: str
    needed: bool
    says: str


@dataclass(frozen=True)
class Shown:
    """One route of the reference."""

    id: str
    method: str
    path: str
    says: str
    scopes: tuple[str, ...]
    parameters: tuple[Member, ...]
    body: tuple[Member, ...]
    answer: tuple[Member, ...]


@dataclass(frozen=True)
class Group:
    """The routes of one room."""

    title: str
    routes: tuple[Shown, ...]


def reference(document: Mapping[str, Any]) -> tuple[Group, ...]:
    """Return the routes of a document, by room and in its order."""
    groups: dict[str, list[Shown]] = {}
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            groups.setdefault(told["tags"][0], []).append(_shown(document, path, method, told))
    return tuple(Group(title.capitalize(), tuple(routes)) for title, routes in groups.items())


def _shown(document: Mapping[str, Any], path: str, method: str, told: Mapping[str, Any]) -> Shown:
    body = told.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    good: Mapping[str, Any] = next(
        (answer for status, answer in told["responses"].items() if str(status).startswith("2")), {}
    )
    answer = good.get("content", {}).get("application/json", {}).get("schema", {})
    parameters = tuple(
        Member(each["name"], _kind(document, each.get("schema", {})), each.get("required", False),
               each.get("description", ""))
        for each in told.get("parameters", ())
    )  # fmt: skip
    return Shown(
        id=told["operationId"], method=method.upper(), path=path, says=told.get("description", ""),
        scopes=tuple(told["x-scopes"]), parameters=parameters, body=_members(document, body),
        answer=_members(document, answer),
    )  # fmt: skip


def _named(document: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    found: Mapping[str, Any] = document["components"]["schemas"][name] if name else schema
    return found


def _members(document: Mapping[str, Any], schema: Mapping[str, Any]) -> tuple[Member, ...]:
    known = _named(document, schema)
    needed = set(known.get("required", ()))
    return tuple(
        Member(name, _kind(document, each), name in needed, each.get("description", ""))
        for name, each in known.get("properties", {}).items()
    )


def _kind(document: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    """Return what a member is, in a few words."""
    if "$ref" in schema:
        named = _named(document, schema)
        if "enum" in named:
            return "one of " + ", ".join(map(str, named["enum"]))
        return str(named.get("title", "object"))
    if "anyOf" in schema:
        return " or ".join("nothing" if e.get("type") == "null" else _kind(document, e) for e in schema["anyOf"])
    if schema.get("type") == "array":
        return f"list of {_kind(document, schema.get('items', {}))}"
    return str(schema.get("format") or schema.get("type") or "anything")
