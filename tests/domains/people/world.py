"""People, places and officers that the tests of this room share."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from tests import factories
from watchward.domains.people import commands
from watchward.domains.people.models import Person
from watchward.domains.places import commands as places
from watchward.domains.places.models import Place
from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting

NUMBER = "07700 900123"
KILNCROFT = {"line": "27 Kilncroft Street", "locality": "Tunstall", "town": "Stoke-on-Trent", "postcode": "ST6 5QX"}


def place(acting: Acting, **address: Any) -> Place:
    """Record a place; 27 Kilncroft Street where nothing is said."""
    with within(acting):
        return places.record_place(acting, **(address or KILNCROFT))


def kerry(acting: Acting, *, at: UUID | None = None) -> Person:
    """Record Kerry Sharples, who is called Kez, with her number, at a place if one is given."""
    with within(acting):
        person = commands.record_person(
            acting, forenames="Kerry Ann", surname="Sharples", date_of_birth=date(1988, 3, 9), sex="F", source="a call"
        )
        commands.add_name(acting, person=person.pk, forenames="Kez", source="a call")
        commands.add_number(acting, person=person.pk, number=NUMBER, source="a call", safe="Ask before ringing back")
        if at is not None:
            commands.live_at(acting, person=person.pk, place=at, since=date(2018, 2, 1))
        return person


def handler(**more: object) -> Acting:
    """Return a call handler in a team of their own."""
    return factories.officer("call-handler", team=factories.team(), **more)  # type: ignore[arg-type]
