"""Incidents and units for tests, made by commands."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from tests import factories
from watchward.domains.incidents import commands
from watchward.domains.incidents.models import Incident, Unit
from watchward.domains.incidents.vocabulary import Element, Heard, Kind, Level, Sign
from watchward.domains.people import commands as people
from watchward.domains.people.models import Person
from watchward.domains.places import commands as places
from watchward.domains.places.models import Place
from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting

NOW = factories.NOW
_next = count(1)


def after(acting: Acting, minutes: float) -> Acting:
    """Return the same person so many minutes after the start."""
    return acting.at_time(NOW + timedelta(minutes=minutes))


def handler(**kwargs: Any) -> Acting:
    """Return a call handler."""
    return factories.officer("call-handler", **kwargs)


def manager(**kwargs: Any) -> Acting:
    """Return a force incident manager."""
    return factories.officer("force-incident-manager", **kwargs)


def worker(minutes: float = 0) -> Acting:
    """Return the force's machinery, so many minutes after the start."""
    from watchward.foundation.access.queries import machinery

    return machinery(NOW + timedelta(minutes=minutes), "watching the board")


def all_six(level: Level = Level.SOME) -> dict[Element, Heard]:
    """Return a THRIVE with something under every word."""
    return {element: Heard(f"what was said of {element.value}", level) for element in Element}


def incident(acting: Acting, *, signs: tuple[Sign, ...] = (Sign.DOMESTIC_ABUSE,), **kwargs: Any) -> Incident:
    """Open an incident."""
    given: dict[str, Any] = {"kind": Kind.DOMESTIC, "what": "Shouting, and a thud", **kwargs}
    with within(acting):
        return commands.open_incident(acting, signs=signs, **given)


def unit(*, on_duty: bool = True, at: datetime = NOW, **kwargs: Any) -> Unit:
    """Make a unit, free and on duty."""
    acting = factories.machinery(at)
    with within(acting):
        made = commands.make_unit(acting, call_sign=f"TT{next(_next):02d}", **kwargs)
        return commands.set_unit_status(acting, unit=made.pk, on_duty=on_duty)


def somebody(acting: Acting, forenames: str = "Kerry-Ann", born: date = date(1988, 3, 14)) -> Person:
    """Record somebody."""
    with within(acting):
        return people.record_person(
            acting, forenames=forenames, surname="Machin", date_of_birth=born, sex="F", source="a call"
        )


def house(acting: Acting, *, easting: int | None = None, northing: int | None = None) -> Place:
    """Record 27 Kilncroft Street, at a position if one is given."""
    with within(acting):
        return places.record_place(
            acting, line="27 Kilncroft Street", town="Burslem", postcode="ST6 4AB", easting=easting, northing=northing
        )
