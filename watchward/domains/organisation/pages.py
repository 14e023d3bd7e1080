"""What the pages of the force show: its areas and teams on a day, one team, one person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from watchward.domains.organisation.queries import Accreditation, Area, Officer, TeamThen, Trained, Works
from watchward.domains.organisation.rules import COURSES, SCHEMES
from watchward.domains.organisation.vocabulary import Rank
from watchward.foundation.access.models import Account, Holding, Membership, Suspension
from watchward.foundation.access.roles import roles
from watchward.foundation.acting import Acting
from watchward.foundation.ui import words
from watchward.foundation.ui.parts import Column, Line, Link, Mark, Row, Soft, State, Table

THRIVE = "thrive"


@dataclass(frozen=True)
class ForcePage:
    """The force on a day; `name` is empty where none was founded, as in a demonstration."""

    name: str
    on: date
    is_today: bool
    areas: Table
    teams: Table
    thrive: Table
    may_change: bool


@dataclass(frozen=True)
class TeamPage:
    """One team on a day."""

    number: int
    name: str
    on: date
    facts: tuple[Mark, ...]
    people: Table
    may_change: bool


@dataclass(frozen=True)
class PersonPage:
    """Somebody who works for the force."""

    name: str
    facts: tuple[Mark, ...]
    training: tuple[Mark, ...]
    accreditations: tuple[Mark, ...]


@dataclass(frozen=True)
class StaffPage:
    """Who may sign in, or once might."""

    typed: str
    people: Table
    more: bool


@dataclass(frozen=True)
class Stood:
    """A role or a place in a team, with its days.

    Args:
        what: in words.
        days: from when until when, in words.
        key: by which it is ended; empty where it has ended.
    """

    what: str
    days: str
    key: str


@dataclass(frozen=True)
class MemberPage:
    """What somebody may do, and once might."""

    account: UUID
    name: str
    username: str
    active: bool
    oneself: bool
    roles: tuple[Stood, ...]
    teams: tuple[Stood, ...]
    suspensions: tuple[Line, ...]


def staff(people: Iterable[Account], typed: str, *, more: bool) -> StaffPage:
    """Return the list of staff with the roles that each holds."""
    rows = []
    for one in people:
        held = [roles()[each.role].name for each in one.held if each.role in roles()]  # type: ignore[attr-defined]
        rows.append(
            Row(
                (
                    Link(one.display_name, reverse("force:member", args=[one.pk])),
                    one.username,
                    words.listed(held) if held else Soft("no role"),
                    "may sign in" if one.is_active else State("disabled", "soon"),
                )
            )
        )
    columns = (Column("Name"), Column("User name"), Column("Roles"), Column("Sign-in"))
    table = Table(columns, tuple(rows), stack=True, empty="Nobody is called that" if typed else "Nobody as yet")
    return StaffPage(typed, table, more)


def member(
    acting: Acting, who: Account, held: Iterable[Holding], places: Iterable[Membership],
    suspensions: Iterable[Suspension],
) -> MemberPage:  # fmt: skip
    """Return what somebody may do with its days, those that stand first."""
    return MemberPage(
        account=who.pk,
        name=who.display_name,
        username=who.username,
        active=who.is_active,
        oneself=who.pk == acting.account,
        roles=tuple(
            Stood(
                roles()[one.role].name if one.role in roles() else one.role, _days(one.since, one.until),
                "" if one.until else one.role,
            )
            for one in held
        ),
        teams=tuple(
            Stood(
                f"{one.team.name}, supervises" if one.supervises else one.team.name, _days(one.since, one.until),
                "" if one.until else str(one.team_id),
            )
            for one in places
        ),
        suspensions=tuple(line for one in suspensions for line in _suspended(one)),
    )  # fmt: skip


def _days(since: date, until: date | None) -> str:
    return f"{words.day_year(since)} to {words.day_year(until)}" if until else f"since {words.day_year(since)}"


def _suspended(one: Suspension) -> Iterable[Line]:
    if one.lifted_at is not None and one.lifted_by is not None:
        yield Line(one.lifted_at, "May sign in again", beneath=f"{one.lift_reason}. {one.lifted_by.display_name}")
    yield Line(one.at, "Disabled", beneath=f"{one.reason}. {one.by.display_name}")


def areas_table(areas: Iterable[Area], covers: dict[str, Area], districts: dict[str, str]) -> Table:
    """Return the areas with the districts that each covers, and what none covers."""
    rows = []
    for area in areas:
        names = sorted(districts.get(code, code) for code, of in covers.items() if of.pk == area.pk)
        rows.append(Row((area.name, words.listed(names) if names else Soft("none"), words.day_year(area.since))))
    left = sorted(name for code, name in districts.items() if code not in covers)
    foot = Row((State("Covered by none", "soon"), words.listed(left), "")) if left and rows else None
    columns = (Column("Area"), Column("Districts"), Column("Since"))
    return Table(columns, tuple(rows), foot=foot, stack=True, empty="No areas on this day")


def teams_table(teams: Iterable[TeamThen], areas: dict[object, str], on: date, *, is_today: bool) -> Table:
    """Return the teams with what each is for, where, who supervises it, and its posts and people."""
    rows = []
    for team in teams:
        url = reverse("force:team", args=[team.number]) + ("" if is_today else f"?on={on.isoformat()}")
        rows.append(
            Row(
                (
                    Link(team.name, url),
                    team.function or Soft("teams below it" if _only_holds_others(team) else "not said"),
                    areas.get(team.area, "Whole force") if team.function else "",
                    _supervisors(team),
                    _strength(team),
                )
            )
        )
    columns = (Column("Team"), Column("For"), Column("Area"), Column("Supervised by"), Column("Strength"))
    return Table(columns, tuple(rows), stack=True, empty="No teams on this day")


def _only_holds_others(team: TeamThen) -> bool:
    """Return whether a team has no people and no posts, and so nobody to be supervised."""
    return not team.strength and not team.posts


def _supervisors(team: TeamThen) -> str | Soft | State:
    if team.supervisors:
        return words.listed(team.supervisors)
    return Soft("nobody") if _only_holds_others(team) else State("nobody", "soon")


def _strength(team: TeamThen) -> str:
    people = words.counted(team.strength, "person", "people")
    return people if team.posts is None else f"{people}, {words.counted(team.posts, 'post')}"


def thrive_table(teams: Iterable[Trained]) -> Table:
    """Return for each team how many of its people THRIVE training counts for."""
    rows = tuple(Row((one.team, str(one.trained), str(one.people))) for one in teams)
    columns = (Column("Team"), Column("Trained in THRIVE", number=True), Column("People", number=True))
    return Table(columns, rows, empty="Nobody works in a team on this day")


def team_facts(team: TeamThen, areas: dict[object, str], above: str) -> tuple[Mark, ...]:
    """Return what stands of a team."""
    return (
        Mark("For", team.function or "not said", quiet=not team.function),
        Mark("Area", areas.get(team.area, "Whole force")),
        Mark("Under", above or "none", quiet=not above),
        Mark("Supervised", words.listed(team.supervisors) if team.supervisors else State("by nobody", "soon")),
        Mark("Strength", _strength(team)),
    )


def people_table(people: Iterable[Works]) -> Table:
    """Return who works in a team, with rank, number, post and THRIVE training."""
    rows = []
    for one in people:
        held = one.officer
        if THRIVE in one.trained:
            until = one.trained[THRIVE]
            thrive: object = f"until {words.day_year(until)}" if until else "trained"
        else:
            thrive = Soft("not on record")
        rows.append(
            Row(
                (
                    Link(one.name, reverse("force:person", args=[one.account])),
                    held.rank if held else Soft("not entered"),
                    held.collar_number if held else "",
                    (held.post if held else "") or ("Supervises" if one.supervises else ""),
                    words.day_year(one.since),
                    thrive,  # type: ignore[arg-type]
                )
            )
        )
    columns = (Column("Name"), Column("Rank"), Column("Number"), Column("Post"), Column("Since"), Column("THRIVE"))
    return Table(columns, tuple(rows), stack=True, empty="Nobody works in this team on this day")


def person_facts(held: Officer | None, teams: Iterable[tuple[str, bool]]) -> tuple[Mark, ...]:
    """Return somebody's rank, number, post, area and teams."""
    listed = [f"{name}, supervises" if leads else name for name, leads in teams]
    marks = [Mark("Team", words.listed(listed) if listed else "none", quiet=not listed)]
    if held is not None:
        short = Rank(held.rank).short
        marks = [
            Mark("Rank", f"{held.rank} ({short})" if short else held.rank),
            Mark("Number", held.collar_number),
            Mark("Post", held.post or "none", quiet=not held.post),
            Mark("Area", held.area.name if held.area else "Whole force"),
            Mark("Since", words.day_year(held.since)),
            *marks,
        ]
    return tuple(marks)


def training_marks(trained: dict[str, date | None]) -> tuple[Mark, ...]:
    """Return each course: whether it counts on this day, and until when."""
    marks = []
    for key, (name, _policy) in COURSES.items():
        if key in trained:
            until = trained[key]
            marks.append(Mark(State("counts", "ok"), name, f"until {words.day_year(until)}" if until else ""))
    return tuple(marks) or (Mark("None", "No course on record counts today", quiet=True),)


def accreditation_marks(rows: Iterable[Accreditation]) -> tuple[Mark, ...]:
    """Return each accreditation with how far it is."""
    return tuple(
        Mark(
            row.portfolio.capitalize(), SCHEMES.get(row.scheme, row.scheme),
            f"until {words.day_year(row.expires_on)}" if row.expires_on else "",
        )
        for row in rows
    ) or (Mark("None", "None entered", quiet=True),)  # fmt: skip
