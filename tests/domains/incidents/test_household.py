"""The risk to everybody of a household is owed by a time, and is done when nobody is left out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import polars as pl
import pytest

from tests import factories
from tests.domains.incidents.scenes import NOW, after, all_six, house, incident, manager, somebody, unit
from watchward.domains.incidents import commands, queries, rules
from watchward.domains.incidents.duties import HOUSEHOLD, LATER
from watchward.domains.incidents.models import Incident
from watchward.domains.incidents.vocabulary import Kind, Level, Part, Sign
from watchward.domains.people import commands as people
from watchward.domains.people import queries as known
from watchward.domains.people.models import Person
from watchward.domains.places.models import Place
from watchward.foundation.access.context import as_engine, within
from watchward.foundation.acting import Acting, fresh_id
from watchward.foundation.duties import balances
from watchward.foundation.duties.kinds import DutyKind
from watchward.foundation.duties.models import Duty, State
from watchward.kernel.dated import NotInForce

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def reached(acting: Acting, **kwargs: Any) -> Incident:
    """Return an incident of domestic abuse at which a unit is."""
    row = incident(acting, signs=(Sign.DOMESTIC_ABUSE,), **kwargs)
    with within(acting):
        sent = commands.send(acting, incident=row.pk, unit=unit().pk)
        commands.mark_at_scene(after(acting, 10), deployment=sent.pk)
    row.refresh_from_db()
    return row


def duty_of(acting: Acting, row: Incident, kind: DutyKind = HOUSEHOLD) -> Duty | None:
    """Return what is owed about its household."""
    with within(acting):
        return Duty.visible_to(acting).filter(kind=kind.key, about=row.pk).first()


def state_of(acting: Acting, row: Incident, kind: DutyKind = HOUSEHOLD) -> str:
    """Return where that stands; nothing where nothing is owed."""
    duty = duty_of(acting, row, kind)
    return duty.state if duty is not None else ""


@pytest.mark.report("VUL-20", by="incidents.commands.judge_risk")
def test_everybody_named_and_everybody_who_lives_there() -> None:
    """The victim alone is not enough: a child who lives there and was named by nobody is still owed."""
    acting = manager()
    home = house(acting)
    mother, child = somebody(acting), somebody(acting, "Maisie", NOW.date().replace(2013))
    with within(acting):
        people.live_at(acting, person=child.pk, place=home.pk)
    waiting = incident(acting, signs=(Sign.DOMESTIC_ABUSE,), place=home.pk, people=[(mother.pk, Part.VICTIM)])
    assert duty_of(acting, waiting) is None
    row = reached(acting, place=home.pk, people=[(mother.pk, Part.VICTIM)])
    duty = duty_of(acting, row)
    assert duty is not None
    assert row.at_scene_at is not None
    assert (duty.state, duty.due_at) == (State.OPEN, row.at_scene_at + 24 * HOUR)
    with within(acting):
        commands.judge_risk(acting, incident=row.pk, person=mother.pk, level=Level.HIGH, words="Hands round her neck")
    assert state_of(acting, row) == State.OPEN
    with within(acting):
        commands.judge_risk(acting, incident=row.pk, person=child.pk, level=Level.SOME, words="Saw it, was not hurt")
    assert state_of(acting, row) == State.DISCHARGED
    with within(acting), as_engine(acting) as sees:
        assert balances.ledger_of(HOUSEHOLD)(sees).balances


def test_it_is_owed_beyond_the_closing_and_not_where_there_was_no_abuse() -> None:
    """Closed with somebody left out it stays owed and can still be done; without abuse nothing is owed."""
    acting = manager()
    mother = somebody(acting)
    row = reached(acting, people=[(mother.pk, Part.VICTIM)])
    closing = after(acting, 30)
    with within(closing):
        for sent in queries.deployments(closing, incident=row):
            commands.clear(closing, deployment=sent.pk)
        commands.assess(closing, incident=row.pk, answers=all_six())
        commands.close(closing, incident=row.pk, outcome="Advice was given, and he has left")
        other = incident(closing, signs=(), kind=Kind.THEFT, people=[(mother.pk, Part.VICTIM)])
        sent = commands.send(closing, incident=other.pk, unit=unit().pk)
        commands.mark_at_scene(after(acting, 40), deployment=sent.pk)
    assert duty_of(acting, other) is None
    assert state_of(acting, row) == State.OPEN
    with within(closing):
        commands.judge_risk(closing, incident=row.pk, person=mother.pk, level=Level.NONE, words="He has moved away")
    assert state_of(acting, row) == State.DISCHARGED


def test_the_policy_holds_from_its_first_day() -> None:
    """From 1 July 2019 by the day of the report; before it there is none."""
    there = datetime(2019, 7, 1, 9, 0, tzinfo=UTC)
    by, version = rules.household_by(there, there)
    assert by == there + 24 * HOUR
    assert version.in_force == date(2019, 7, 1)
    with pytest.raises(NotInForce):
        rules.household_by(there, datetime(2019, 6, 30, 12, 0, tzinfo=UTC))


def judged(acting: Acting) -> tuple[Incident, Place]:
    """Return an incident of domestic abuse, and its place, of which the risk to the one person there is judged."""
    home, mother = house(acting), somebody(acting)
    row = reached(acting, place=home.pk, people=[(mother.pk, Part.VICTIM)])
    then = after(acting, 60)
    with within(then):
        people.live_at(then, person=mother.pk, place=home.pk)
        commands.judge_risk(then, incident=row.pk, person=mother.pk, level=Level.HIGH, words="Hands round her neck")
    assert state_of(acting, row) == State.DISCHARGED
    return row, home


def risk_to(acting: Acting, row: Incident, person: Person) -> None:
    """Judge the risk to one more person."""
    with within(acting):
        commands.judge_risk(acting, incident=row.pk, person=person.pk, level=Level.SOME, words="Saw it, was not hurt")


def test_whoever_is_recorded_there_later_is_judged_too() -> None:
    """The school tells the next day of two children whom nobody had named: each is owed, from when it is known."""
    acting = manager()
    row, home = judged(acting)
    first = duty_of(acting, row)
    assert state_of(acting, row, LATER) == ""
    girl, boy, tenant = (somebody(acting, name, date(2013, 5, 1)) for name in ("Maisie", "Alfie", "Jude"))
    told = after(acting, 20 * 60)
    with within(told):
        people.live_at(told, person=tenant.pk, place=home.pk, since=date(2019, 7, 2))  # moved in when it was over
    assert state_of(acting, row, LATER) == ""
    with within(told):
        people.live_at(told, person=girl.pk, place=home.pk, since=date(2013, 5, 1))
    duty = duty_of(acting, row, LATER)
    assert duty is not None
    assert (duty.state, duty.arose_at, duty.due_at) == (State.OPEN, told.at, told.at + 24 * HOUR)
    assert duty_of(acting, row) == first  # what was done in time stays so
    risk_to(after(acting, 21 * 60), row, girl)
    assert state_of(acting, row, LATER) == State.DISCHARGED
    again = after(acting, 30 * 60)
    with within(again):
        home_of_boy = people.live_at(again, person=boy.pk, place=home.pk)
    duty = duty_of(acting, row, LATER)
    assert duty is not None
    assert (duty.state, duty.due_at) == (State.OPEN, again.at + 24 * HOUR)
    with within(again), as_engine(again) as sees:
        assert balances.ledger_of(LATER)(sees).balances
    risk_to(after(acting, 31 * 60), row, boy)
    done = duty_of(acting, row, LATER)
    assert done is not None
    assert done.state == State.DISCHARGED
    later = after(acting, 32 * 60)
    with within(later):
        people.see_at_home(later, residence=home_of_boy.pk, on=date(2019, 7, 2))
    assert duty_of(acting, row, LATER) == done  # its proof and its time stand
    assert done.closed_at == after(acting, 31 * 60).at


def test_who_was_recorded_there_by_mistake_is_owed_nothing() -> None:
    """A home that ends before anybody judged the risk releases it; so does one that is loaded from a file owe it."""
    acting = manager()
    row, home = judged(acting)
    loads = after(factories.officer("administrator"), 20 * 60)
    child = {"record": str(fresh_id()), "forenames": "Maisie", "surname": "Machin", "date_of_birth": date(2013, 5, 1),
             "line": home.line, "town": "Burslem", "postcode": home.postcode}  # fmt: skip
    empty = dict.fromkeys(("name", "known_as", "sex", "number", "email"), "")
    with within(loads):
        people.load_people(loads, rows=pl.DataFrame([child | empty]), source="School roll")
    assert state_of(acting, row, LATER) == State.OPEN
    later = after(acting, 21 * 60)
    with within(later):
        (loaded,) = known.living_at(later, place=home.pk).filter(source="School roll")
        people.move_out(later, residence=loaded.pk, until=date(2019, 7, 2), reason="Another house of that number")
    duty = duty_of(acting, row, LATER)
    assert duty is not None
    assert (duty.state, duty.closed_words) == (State.RELEASED, LATER.released)
