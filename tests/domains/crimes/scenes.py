"""Crimes and the people who investigate them, made by commands."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from tests import factories
from tests.domains.incidents.scenes import NOW, handler, house, somebody
from watchward.domains.crimes import commands
from watchward.domains.crimes.commands import Named
from watchward.domains.crimes.models import Crime, Outcome, Report
from watchward.domains.crimes.vocabulary import Demand, Part, Route
from watchward.domains.incidents import commands as incidents
from watchward.domains.incidents.models import Incident
from watchward.domains.incidents.vocabulary import Kind
from watchward.domains.organisation import commands as organisation
from watchward.domains.organisation.vocabulary import Function, Portfolio
from watchward.foundation.access.context import within
from watchward.foundation.access.models import Team
from watchward.foundation.acting import Acting

__all__ = ["NOW", "handler", "house", "somebody"]

_next = count(1)
SAID = {demand: "As written on the file" for demand in Demand if demand.asks}


def desk(**kwargs: Any) -> Acting:
    """Return somebody of the crime desk."""
    return factories.officer("crime-desk", **kwargs)


def detective(**kwargs: Any) -> Acting:
    """Return an investigator."""
    return factories.officer("investigator", **kwargs)


def sergeant(**kwargs: Any) -> Acting:
    """Return an investigation supervisor."""
    return factories.officer("investigation-supervisor", **kwargs)


def registrar(**kwargs: Any) -> Acting:
    """Return the force crime registrar."""
    return factories.officer("crime-registrar", **kwargs)


def days(acting: Acting, number: float) -> Acting:
    """Return the same person so many days after the start."""
    return acting.at_time(NOW + timedelta(days=number))


def incident(kind: Kind = Kind.VIOLENCE, *, hours_ago: float = 2, **kwargs: Any) -> Incident:
    """Open an incident that rang so many hours ago."""
    acting = handler()
    with within(acting):
        return incidents.open_incident(
            acting,
            kind=kind,
            what="Struck him outside the shop",
            reported_at=NOW - timedelta(hours=hours_ago),
            **kwargs,
        )


def report(**kwargs: Any) -> Report:
    """Write down a report at a counter."""
    acting = handler()
    given: dict[str, Any] = {
        "route": Route.COUNTER, "what": "Her bicycle was taken", "reported_at": NOW - timedelta(hours=1), **kwargs,
    }  # fmt: skip
    with within(acting):
        return commands.write_report(acting, **given)


def crime(
    acting: Acting | None = None, *, victim: UUID | None = None, suspect: UUID | None = None, **kwargs: Any
) -> Crime:
    """Record a crime with one victim, from an incident of its own unless one is given."""
    acting = acting or desk()
    given: dict[str, Any] = {"offence": "8N", "what": "Punched in the face outside the shop", **kwargs}
    if "incident" not in given and "report" not in given:
        given["incident"] = incident().pk
    whose = victim or somebody(handler()).pk
    with within(acting):
        (made,) = commands.record(
            acting,
            victims=[Named(person=whose)],
            suspects=[Named(person=suspect)] if suspect else [],
            **given,
        )
    return made


def investigators(
    function: Function = Function.INVESTIGATION, *, skills: tuple[str, ...] = ("pip-1",)
) -> tuple[Team, Acting, Acting]:
    """Return a team that investigates, its supervisor and an investigator with these accreditations."""
    team = factories.team(f"Investigation {next(_next)}")
    acting = factories.machinery()
    boss, one = sergeant(team=team, supervises=True), detective(team=team)
    with within(acting):
        organisation.establish_team(acting, team=team.number, function=function, posts=4, since=date(2018, 7, 1))
        for skill in skills:
            organisation.enter_accreditation(
                acting, account=one.account, scheme=skill, portfolio=Portfolio.HELD, since=date(2018, 7, 1)
            )
    return team, boss, one


def allocated(**kwargs: Any) -> tuple[Crime, Acting, Acting]:
    """Return a crime in the hands of an investigator, with the supervisor and the investigator."""
    team, boss, one = investigators()
    made = crime(**kwargs)
    with within(boss):
        commands.allocate(boss, crime=made.pk, team=team.number, officer=one.account, reason="As agreed at the desk")
    made.refresh_from_db()
    return made, boss, one


def suspected(made: Crime, acting: Acting, *, born: date = date(1985, 9, 21)) -> UUID:
    """Name a suspect on a crime, and return their part."""
    person = somebody(handler(), "Craig", born).pk
    with within(acting):
        return commands.name(acting, crime=made.pk, part=Part.SUSPECT, named=Named(person=person)).pk


def ended(made: Crime, acting: Acting, code: str = "1", **kwargs: Any) -> Outcome:
    """Give an outcome, or propose it."""
    given: dict[str, Any] = {"decided_on": date(2019, 7, 1), "said": SAID, **kwargs}
    with within(acting):
        return commands.give_outcome(acting, crime=made.pk, code=code, **given)
