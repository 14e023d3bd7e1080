"""What the directory of partners shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from watchward.domains.organisation.vocabulary import DISTRICTS
from watchward.domains.partners.queries import Agency, Agreement, LawfulBasis, Listed, Route, Service
from watchward.domains.partners.rules import Standing, standing
from watchward.domains.partners.vocabulary import ForWhom, RouteKind
from watchward.foundation.ui import words
from watchward.foundation.ui.parts import Column, Link, Mark, Piece, Row, Said, Soft, State, Strong, Table

TONES = {
    Standing.NOT_YET: "soon", Standing.IN_FORCE: "ok", Standing.REVIEW_LATE: "late", Standing.ENDED: "none",
}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One entry of an agency, with where it is ended; a service also with where it is checked."""

    mark: Mark
    end_url: str
    check_url: str = ""


@dataclass(frozen=True)
class Section:
    """The entries of one kind."""

    key: str
    title: str
    entries: tuple[Entry, ...]
    add_words: str
    add_url: str
    empty: str


@dataclass(frozen=True)
class AgencyPage:
    """One agency."""

    id: UUID
    name: str
    kind: str
    about: str
    ended: str
    sections: tuple[Section, ...]
    may_record: bool


@dataclass(frozen=True)
class DirectoryPage:
    """The directory: who always answers, the agencies by kind, and the services for a need."""

    always: tuple[Mark, ...]
    agencies: Table
    needs: tuple[tuple[str, str], ...]
    need: str
    services: tuple[Mark, ...]
    may_record: bool


def always(routes: Iterable[Route]) -> tuple[Mark, ...]:
    """Return whom one reaches day and night."""
    return tuple(
        Mark(route.to, (Link(route.agency.name, reverse("partners:one", args=[route.agency_id])), f", {route.words}"))
        for route in routes
        if route.round_the_clock
    )


def agencies(rows: Iterable[Agency], routes: Iterable[Route], agreements: Iterable[Agreement], on: date) -> Table:
    """Return the agencies with how each is reached first and how its agreements stand."""
    first: dict[UUID, Route] = {}
    for route in routes:
        first.setdefault(route.agency_id, route)
    stands: dict[UUID, list[Standing]] = {}
    for one in agreements:
        stands.setdefault(one.agency_id, []).append(agreement_standing(one, on))
    listed = []
    for row in rows:
        reached = first.get(row.pk)
        held = [each for each in stands.get(row.pk, []) if each is not Standing.ENDED]
        worst: Said = Soft("no agreement")
        if held:
            late = Standing.REVIEW_LATE in held
            worst = State(str(Standing.REVIEW_LATE if late else held[0]), "late" if late else "ok")
        listed.append(
            Row(
                (
                    Link(row.name, reverse("partners:one", args=[row.pk])),
                    row.kind,
                    f"{reached.to} ({_answers(reached)})" if reached else Soft("no way to reach them"),
                    worst,
                )
            )
        )
    columns = (Column("Agency"), Column("What it is"), Column("Reached"), Column("Agreement"))
    return Table(columns, tuple(listed), stack=True, empty="No agencies yet")


def _answers(route: Route) -> str:
    return "day and night" if route.round_the_clock else route.hours


def agreement_standing(row: Agreement, on: date) -> Standing:
    """Return how an agreement stands on a day."""
    return standing(since=row.since, review_on=row.review_on, until=row.until, on=on)


def services(rows: Iterable[Listed], *, on: date) -> tuple[Mark, ...]:
    """Return services with for whom and where each is, how somebody comes to it, and who checked that last."""
    return tuple(_listed(one, on) for one in rows)


def _listed(one: Listed, on: date) -> Mark:
    row = one.service
    agency = Link(row.agency.name, reverse("partners:one", args=[row.agency_id]))
    said: list[Piece] = [Strong(row.name), f": {words.listed(row.needs).lower()}. {row.how}"]
    reached = next((route for route in one.routes if route.kind == RouteKind.TELEPHONE), next(iter(one.routes), None))
    if reached is not None:
        said += [". ", Strong(reached.to), f" ({reached.words}, {_lower(_answers(reached))})"]
    return Mark(_for_whom(row), tuple(said), (agency, f". {_serves(row)}. ", *_checked(one, on)))


def _lower(said: str) -> str:
    return said[:1].lower() + said[1:]


def _for_whom(row: Service) -> str:
    named = [group.words for group in ForWhom if group.value in row.groups]
    return words.listed([named[0], *(name.lower() for name in named[1:])]) if named else "Everybody"


def _serves(row: Service) -> str:
    return words.listed([DISTRICTS[code] for code in row.districts]) if row.districts else "The whole force"


def _checked(one: Listed, on: date) -> tuple[Piece, ...]:
    """Return who checked a service last, and that it is late to be checked again."""
    if one.checked is None or one.checked.done_at is None:
        return ("Nobody has checked it",)
    by = one.checked.done_by.display_name if one.checked.done_by is not None else ""
    said = f"Checked {words.day_year(one.checked.done_at)}, {by}"
    if one.again is not None and one.again.due_on is not None and one.again.due_on < on:
        return (said, ". ", State(f"To be checked by {words.day_year(one.again.due_on)}", "late"))
    return (said,)


def route_entries(rows: Iterable[Route]) -> tuple[Entry, ...]:
    """Return the ways to reach an agency."""
    return tuple(Entry(Mark(row.kind, f"{row.words}: {row.to}", _answers(row)), _end("route", row.pk)) for row in rows)


def basis_entries(rows: Iterable[LawfulBasis]) -> tuple[Entry, ...]:
    """Return the laws on which we share."""
    return tuple(Entry(Mark("Law", row.law, row.covers), _end("basis", row.pk)) for row in rows)


def agreement_entries(rows: Iterable[Agreement], on: date) -> tuple[Entry, ...]:
    """Return the agreements, those that have ended among them."""
    found = []
    for row in rows:
        stands = agreement_standing(row, on)
        beneath = f"{row.covers}. From {words.day_year(row.since)}, reviewed by {words.day_year(row.review_on)}"
        mark = Mark(State(str(stands), TONES[stands]), row.title, beneath)  # type: ignore[arg-type]
        found.append(Entry(mark, "" if row.until else _end("agreement", row.pk)))
    return tuple(found)


def service_entries(rows: Iterable[Listed], *, on: date) -> tuple[Entry, ...]:
    """Return the services of an agency."""
    return tuple(
        Entry(
            Mark(
                _for_whom(one.service), (Strong(one.service.name), f": {one.service.how}"),
                (f"{words.listed(one.service.needs)}. {_serves(one.service)}. ", *_checked(one, on)),
            ),
            _end("service", one.service.pk),
            reverse("partners:check-service", args=[one.service.pk]),
        )
        for one in rows
    )  # fmt: skip


def _end(what: str, entry: UUID) -> str:
    return reverse("partners:end", args=[what, entry])
