"""A frightened caller, her household and what happened before: made by commands, as people would."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from tests import factories
from watchward.domains.contact import commands
from watchward.domains.contact.models import Call
from watchward.domains.contact.vocabulary import Decision, Line, Part, Typed
from watchward.domains.incidents import commands as incidents
from watchward.domains.incidents.vocabulary import Element, Heard, Level
from watchward.domains.people import commands as people
from watchward.domains.people.models import Person
from watchward.domains.people.vocabulary import MarkerKind, Tie
from watchward.domains.places import commands as places
from watchward.domains.places.models import Place
from watchward.domains.places.vocabulary import MarkerKind as PlaceMarkerKind
from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting

NOW = factories.NOW
NUMBER = "07700 900417"
ADDRESS = "27 Kilncroft Street, Burslem"
STREET: dict[str, Any] = {
    "line": "27 Kilncroft Street",
    "locality": "Burslem",
    "town": "Stoke-on-Trent",
    "postcode": "ST6 4AB",
}


def handler(**more: Any) -> Acting:
    """Return a call handler in a team of their own."""
    return factories.officer("call-handler", team=factories.team(), **more)


def of_team(acting: Acting, other: Acting) -> Acting:
    """Return somebody acting in the team of another."""
    return replace(acting, team=other.team, teams=acting.teams | other.teams)


def later(acting: Acting, **span: float) -> Acting:
    """Return the same person so much after the start."""
    return acting.at_time(NOW + timedelta(**span))


def call(acting: Acting, *, line: Line = Line.EMERGENCY, number: str = "", **kwargs: Any) -> Call:
    """Take a call."""
    with within(acting):
        return commands.take_call(acting, line=line, number=number, **kwargs)


def typed(acting: Acting, one: Call, *, acted: bool = False, **boxes: Any) -> Call:
    """Save what is typed on a call."""
    with within(acting):
        return commands.record_call(acting, call=one.pk, typed=Typed(**boxes), acted=acted)


def all_six(level: Level = Level.NONE) -> dict[Element, Heard]:
    """Return a THRIVE with something under every word."""
    return {element: Heard(f"what was said of {element.value}", level) for element in Element}


def whole(acting: Acting, one: Call) -> Call:
    """Complete the record of a call."""
    with within(acting):
        commands.add_line(acting, call=one.pk, words="He is kicking off again")
    return typed(acting, one, caller="Kez Machin", place=ADDRESS, what="domestic-now", thrive=all_six())


def person(acting: Acting, forenames: str, surname: str, born: date, sex: str, home: Place | None = None) -> Person:
    """Record a person, living at a place if one is given."""
    with within(acting):
        made = people.record_person(
            acting, forenames=forenames, surname=surname, date_of_birth=born, sex=sex, source="a statement"
        )
        if home is not None:
            people.live_at(acting, person=made.pk, place=home.pk, since=date(2018, 2, 1), source="a statement")
        return made


def before(
    acting: Acting,
    at: datetime,
    *,
    who: Person,
    home: Place,
    what: str,
    matter: str = "domestic-other",
    late: float = 0,
) -> None:
    """Play an earlier call of hers and its incident: attended and closed, or so many minutes late and open."""
    then = acting.at_time(at)
    with within(then):
        one = commands.take_call(then, line=Line.EMERGENCY, number=NUMBER)
        commands.decide_caller(then, call=one.pk, person=who.pk, decision=Decision.YES)
        commands.choose_place(then, call=one.pk, place=home.pk)
        commands.add_line(then, call=one.pk, words=what)
        commands.record_call(then, call=one.pk, typed=Typed(what=matter, thrive=all_six(Level.SOME), part=Part.VICTIM))
        one = commands.open_incident(then, call=one.pk)
        commands.end_call(then, call=one.pk)
    manager = factories.officer("force-incident-manager", at=at, team=factories.team())
    machinery = factories.machinery(at)
    with within(machinery):
        unit = incidents.make_unit(machinery, call_sign=f"TW{one.reference[-9:-5]}")
        incidents.set_unit_status(machinery, unit=unit.pk, on_duty=True)
    there = manager.at_time(at + timedelta(minutes=late or 10))
    with within(there):
        assert one.incident_id is not None
        sent = incidents.send(there, incident=one.incident_id, unit=unit.pk)
        incidents.mark_at_scene(there, deployment=sent.pk)
        incidents.clear(there, deployment=sent.pk)
        if not late:
            incidents.close(there, incident=one.incident_id, outcome="No offence disclosed")


def household(acting: Acting | None = None) -> SimpleNamespace:
    """Make Kerry-Ann Machin at Kilncroft Street with her children and Dean Salt, and her mother in Leek."""
    acting = acting or handler()
    sergeant = factories.officer("sergeant", team=factories.team())
    with within(acting):
        home = places.record_place(acting, **STREET, urban=True)
        close = places.record_place(acting, line="27 Kilncroft Close", locality="Tunstall", town="Stoke-on-Trent")
        leek = places.record_place(acting, line="8 Hollybush Walk", town="Leek")
    kerry = person(acting, "Kerry-Ann", "Machin", date(1988, 3, 14), "F", home)
    dean = person(acting, "Dean", "Salt", date(1985, 5, 2), "M", home)
    ellie = person(acting, "Ellie", "Machin", date(2012, 1, 9), "F", home)
    jack = person(acting, "Jack", "Machin", date(2017, 3, 30), "M", home)
    denise = person(acting, "Denise", "Machin", date(1961, 4, 4), "F", leek)
    with within(acting):
        people.add_name(acting, person=kerry.pk, forenames="Kez", source="a call")
        people.add_number(
            acting, person=kerry.pk, number=NUMBER, source="a call",
            safe="Ask before ringing back: he has taken her phone before",
        )  # fmt: skip
        people.add_number(acting, person=denise.pk, number=NUMBER, source="a call")
        people.relate(acting, one=denise.pk, other=kerry.pk, kind=Tie.PARENT)
    sergeant = sergeant.at_time(datetime(2018, 8, 3, 9, tzinfo=UTC))
    with within(sergeant):
        people.mark_person(
            sergeant, person=dean.pk, kind=MarkerKind.VIOLENT, words="carried a knife", grounds="Arrest of May 2017",
            source="custody", until=None, review_on=date(2019, 8, 3),
        )  # fmt: skip
        places.mark_place(
            sergeant, place=home.pk, kind=PlaceMarkerKind.TREAT_AS_URGENT, words="until the trial",
            grounds="Threats to burn the house down, 2 June", source="domestic abuse unit", review_on=date(2019, 9, 12),
        )  # fmt: skip
    return SimpleNamespace(
        acting=acting, sergeant=sergeant, home=home, close=close, leek=leek, kerry=kerry, dean=dean, ellie=ellie,
        jack=jack, denise=denise,
    )  # fmt: skip


def history(made: SimpleNamespace) -> None:
    """Play six earlier calls: three in June, three in the eleven months before."""
    for days, what, matter in (
        (330, "Front door kicked in", "damage"),
        (239, "Shouting in the street", "domestic-other"),
        (111, "Argument", "domestic-other"),
        (25, "Hung up, said it was a mistake", "domestic-other"),
        (12, "He has taken her phone and bank card", "domestic-other"),
        (3, "Banging and screaming", "domestic-now"),
    ):
        before(
            made.acting, NOW - timedelta(days=days), who=made.kerry, home=made.home, what=what, matter=matter,
            late=130 if days == 3 else 0,
        )  # fmt: skip
