"""Every report of a crime owes a decision within its limit, and each victim is a crime of their own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from tests.domains.crimes.scenes import NOW, crime, desk, detective, handler, incident, report, somebody
from watchward.domains.crimes import commands, queries
from watchward.domains.crimes.commands import Named
from watchward.domains.crimes.models import Decision, Party
from watchward.domains.crimes.vocabulary import NotRecorded, Part
from watchward.domains.incidents.vocabulary import Kind
from watchward.domains.offences.vocabulary import Flag
from watchward.foundation.access.context import as_engine, within
from watchward.foundation.access.queries import machinery
from watchward.foundation.chronicle.models import Line
from watchward.foundation.duties.models import Duty, State
from watchward.foundation.ledgers import counted
from watchward.foundation.records import Guarded, NotHere
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db


def duty(kind: str, about: Guarded) -> Duty:
    """Return one duty, as the machinery sees it."""
    with within(machinery(NOW, "a test")) as acting:
        return Duty.visible_to(acting).get(kind=kind, about=about.pk)


def faults() -> list[str]:
    """Return the ledgers that do not balance."""
    with within(machinery(NOW, "a test")) as acting, as_engine(acting) as engine:
        return [balance.key for balance in counted(engine) if not balance.balances]


def test_an_incident_of_a_crime_owes_a_decision_within_a_day_of_ringing() -> None:
    """The clock starts when it rang, not when the incident was opened or somebody came to it."""
    made = incident(Kind.BURGLARY, hours_ago=3)
    owed = duty("crimes.record-incident", made)
    assert (owed.state, owed.due_at) == (State.OPEN, NOW + timedelta(hours=21))
    assert "Counting Rules" in owed.rule
    crime(incident=made.pk, offence="28E")
    assert duty("crimes.record-incident", made).state == State.DISCHARGED
    assert faults() == []


def test_an_incident_that_is_no_crime_owes_nothing_until_it_is_one() -> None:
    """A domestic without an offence owes no decision; recording a crime from it is one all the same."""
    made = incident(Kind.DOMESTIC)
    with within(machinery(NOW, "a test")) as acting:
        assert not Duty.visible_to(acting).filter(kind="crimes.record-incident", about=made.pk).exists()
    crime(incident=made.pk)
    assert duty("crimes.record-incident", made).state == State.DISCHARGED


def test_a_report_at_a_counter_owes_a_decision_too() -> None:
    """By any route: the limit runs from when it reached the force."""
    made = report()
    assert duty("crimes.record-report", made).due_at == NOW + timedelta(hours=23)
    acting = desk()
    with within(acting):
        commands.decide_no_crime(
            acting, report=made.pk, why=NotRecorded.CONTRARY, words="The bicycle stood in his own garage"
        )
    assert duty("crimes.record-report", made).state == State.DISCHARGED


def test_one_crime_is_recorded_for_each_victim() -> None:
    """Two brothers are struck by one man: two crimes of one decision, each with the suspect."""
    acting, made = desk(), incident()
    one, other = somebody(handler()).pk, somebody(handler(), "Dale").pk
    him = somebody(handler(), "Craig").pk
    with within(acting):
        rows = commands.record(
            acting, incident=made.pk, offence="8N", what="Struck both with a bottle",
            victims=[Named(person=one), Named(person=other)], suspects=[Named(person=him)],
            flags=[Flag.KNIFE],
        )  # fmt: skip
        parties = list(queries.parties(acting, crimes=[row.pk for row in rows]))
        decisions = list(queries.decisions(acting, of=made.pk))
    assert len(rows) == 2
    assert len(decisions) == 1
    assert {row.decision_id for row in rows} == {decisions[0].pk}
    assert sorted(party.part for party in parties) == ["suspect", "suspect", "victim", "victim"]
    assert (rows[0].reported_at, rows[0].reference[:9]) == (made.rang_at, "CR-190701")
    assert rows[0].offence_words == "Assault with injury"
    assert rows[0].weight


def test_the_same_crime_is_not_recorded_twice() -> None:
    """Two clerks at one report: the second is told the number of the first."""
    made, victim = incident(), somebody(handler()).pk
    first = crime(incident=made.pk, victim=victim)
    with pytest.raises(Refused, match=first.reference):
        crime(incident=made.pk, victim=victim)
    assert crime(incident=made.pk, victim=somebody(handler(), "Dale").pk).pk != first.pk


def test_a_late_crime_says_why_and_both_times_are_kept() -> None:
    """The compliance breach is on the file, and the crime is recorded all the same."""
    made = incident(hours_ago=30)
    with pytest.raises(Refused) as refused:
        crime(incident=made.pk)
    assert [reason.field for reason in refused.value.reasons] == ["late_reason"]
    late = crime(incident=made.pk, late_reason="The victim was in hospital until today")
    assert late.recorded_at > late.limit_at
    owed = duty("crimes.record-incident", made)
    assert (owed.state, owed.closed_at) == (State.DISCHARGED, NOW)
    assert owed.due_at < NOW


def test_rape_that_is_not_recorded_is_kept_for_the_registrar() -> None:
    """A sexual report must say whether it is of rape; one that is not recorded is an N100."""
    made, acting = incident(Kind.SEXUAL), desk()
    said: dict[str, Any] = {
        "why": NotRecorded.UNCONFIRMED,
        "words": "Her aunt rang; she says herself that nothing happened",
    }
    with within(acting):
        with pytest.raises(Refused, match="whether rape was reported"):
            commands.decide_no_crime(acting, incident=made.pk, **said)
        commands.decide_no_crime(acting, incident=made.pk, rape=True, **said)
        (kept,) = queries.kept_as_n100(acting)
    assert kept.incident_id == made.pk


def test_no_crime_needs_words_and_is_not_for_what_is_recorded() -> None:
    """A reason is on file for every report that became no crime."""
    made, acting = incident(), desk()
    with within(acting), pytest.raises(Refused) as refused:
        commands.decide_no_crime(acting, incident=made.pk, why=None, words="")
    assert {reason.field for reason in refused.value.reasons} == {"why", "words"}
    crime(incident=made.pk)
    with within(acting), pytest.raises(Refused, match="cancel that crime"):
        commands.decide_no_crime(acting, incident=made.pk, why=NotRecorded.NO_CRIME, words="It was an accident")


def test_a_crime_is_told_of_its_people_and_its_handling_is_the_incidents() -> None:
    """The chronicle tells the victim's record of it; a locked incident's crime is locked to the same team."""
    victim = somebody(handler()).pk
    made = crime(victim=victim)
    with within(machinery(NOW, "a test")) as acting, as_engine(acting) as engine:
        line = Line.visible_to(engine).get(source=made.pk, about=victim)
    assert (line.role, line.stands, line.reference) == (Part.VICTIM, True, made.reference)
    assert line.headline == "Crime: Assault with injury"
    assert faults() == []


def test_somebody_may_be_named_later_and_said_to_have_had_no_part() -> None:
    """What was said stays on the file with why it is so no longer; a crime keeps its one victim."""
    made, acting = crime(), detective()
    him = somebody(handler(), "Craig").pk
    with within(acting):
        row = commands.name(acting, crime=made.pk, part=Part.SUSPECT, named=Named(person=him))
        with pytest.raises(Refused, match="named already"):
            commands.name(acting, crime=made.pk, part=Part.SUSPECT, named=Named(person=him))
        with pytest.raises(Refused, match="another crime"):
            commands.name(acting, crime=made.pk, part=Part.VICTIM, named=Named(person=him))
        with pytest.raises(Refused, match="person on record"):
            commands.name(acting, crime=made.pk, part=Part.SUSPECT, named=Named(organisation="Minton Stores"))
        commands.end_part(acting, party=row.pk, words="He was at work, his clock card says")
        assert [each.part for each in queries.parties(acting, crimes=[made.pk])] == [Part.VICTIM]
        assert Party.visible_to(acting).filter(crime=made).count() == 2


def test_a_decision_is_never_changed() -> None:
    """The database itself refuses to alter what was decided."""
    made = crime()
    acting = desk()
    with within(acting):
        row = Decision.visible_to(acting).get(pk=made.decision_id)
    row.words = "Something else"
    with pytest.raises(DatabaseError), within(acting), transaction.atomic():
        row.save()


def test_nothing_is_recorded_from_what_one_may_not_see() -> None:
    """A clerk who names an id that is not theirs to see is answered as if there were none."""
    acting = desk()
    with within(acting), pytest.raises(NotHere):
        commands.record(acting, incident=uuid4(), offence="8N", what="x", victims=[Named(organisation="Minton Stores")])
