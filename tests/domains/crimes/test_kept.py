"""Reports of rape without a crime, and crimes that are kept as what they were made from."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from tests import factories
from tests.domains.crimes.scenes import NOW, crime, desk, incident, registrar, somebody
from tests.domains.incidents.scenes import handler
from tests.domains.signed_in import client_of
from watchward.domains.crimes import commands, queries
from watchward.domains.crimes.duties import N100_KEPT
from watchward.domains.crimes.models import Crime, Decision, KeptCheck, Party
from watchward.domains.crimes.vocabulary import N100, NotRecorded, Verdict
from watchward.domains.incidents import commands as incidents
from watchward.domains.incidents.models import Incident
from watchward.domains.incidents.vocabulary import Kind
from watchward.domains.victims import commands as victims
from watchward.domains.victims.models import Needs
from watchward.foundation import acting as clock
from watchward.foundation.access.context import as_engine, within
from watchward.foundation.duties import balances
from watchward.foundation.duties.models import Duty, State
from watchward.foundation.records import Handling, NotHere
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db

WORDS = "Her sister rang, and she says that it was not so"


@pytest.fixture(autouse=True)
def _at_the_start(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.DEMO = True
    monkeypatch.setattr(clock._offset, "read", lambda: (NOW - clock.real_now()).total_seconds())


def kept(why: NotRecorded = NotRecorded.UNCONFIRMED) -> tuple[Incident, Decision]:
    """Return an incident that reports rape, and the decision that no crime is recorded from it."""
    made, acting = incident(Kind.SEXUAL), desk()
    with within(acting):
        return made, commands.decide_no_crime(acting, incident=made.pk, why=why, words=WORDS, rape=True)


def duty_of(decision: Decision) -> Duty:
    """Return the check that is owed about a report of rape."""
    acting = registrar()
    with within(acting):
        return Duty.visible_to(acting).get(kind=N100_KEPT.key, about=decision.pk)


class TestRapeWithoutACrime:
    """Home Office Counting Rules: a report of rape that is not recorded is kept as N100, and checked."""

    def test_the_registrar_owes_a_check_from_the_decision_on(self) -> None:
        """Within 24 hours, the time for recording, until the force sets its own; with the class and the evidence."""
        _made, decision = kept()
        duty = duty_of(decision)
        assert (duty.state, duty.harm, duty.due_at) == (State.OPEN, 3, NOW + timedelta(hours=24))
        assert duty.what.startswith(f"{N100.UNCONFIRMED}, ")
        assert WORDS in duty.what

    def test_one_that_is_part_of_a_recorded_crime_owes_none(self) -> None:
        """The crime is recorded: there is nothing to keep as N100."""
        _made, decision = kept(NotRecorded.ALREADY)
        acting = registrar()
        with within(acting):
            assert not Duty.visible_to(acting).filter(kind=N100_KEPT.key, about=decision.pk).exists()

    def test_no_crime_in_law_is_no_reason_to_leave_a_report_of_rape(self) -> None:
        """It is N100 for one of three reasons, or it is recorded."""
        made, acting = incident(Kind.SEXUAL), desk()
        with within(acting), pytest.raises(Refused, match="stands without a crime only where"):
            commands.decide_no_crime(acting, incident=made.pk, why=NotRecorded.NO_CRIME, words=WORDS, rape=True)

    def test_checked_and_borne_out(self) -> None:
        """The registrar's own check is the proof, and a second one is refused."""
        _made, decision = kept()
        client = client_of(registrar())
        assert "to check" in client.get("/crimes/registrar").content.decode()
        address = f"/crimes/n100/{decision.pk}"
        assert WORDS in client.get(address).content.decode()
        assert client.post(address, {"words": ""}).status_code == 422
        done = client.post(address, {"verdict": Verdict.AGREE.value, "words": "She told an officer so herself"})
        assert done["Location"] == "/crimes/registrar"
        assert duty_of(decision).state == State.DISCHARGED
        again = client.post(address, {"verdict": Verdict.AGREE.value})
        assert "This was checked, and stands" in again.content.decode()

    def test_where_it_does_not_stand_a_crime_is_recorded(self) -> None:
        """Not borne out: it leads on to recording, and is owed until the crime is there. The ledger adds up."""
        made, decision = kept()
        her, acting = somebody(handler()).pk, registrar()
        client = client_of(acting)
        sent = {"verdict": Verdict.DISAGREE.value, "words": "The doctor's note says otherwise"}
        assert client.post(f"/crimes/n100/{decision.pk}", {**sent, "words": "No"}).status_code == 422
        done = client.post(f"/crimes/n100/{decision.pk}", sent)
        assert done["Location"] == f"/crimes/from-incident/{made.pk}"
        assert duty_of(decision).state == State.OPEN
        crime(acting.at_time(NOW + timedelta(hours=1)), incident=made.pk, offence="19C", victim=her)
        assert duty_of(decision).state == State.DISCHARGED
        with within(acting), as_engine(acting) as sees:
            assert balances.ledger_of(N100_KEPT)(sees).balances

    def test_nobody_checks_their_own_decision(self) -> None:
        """A registrar who decided it leaves the check to another."""
        made, acting = incident(Kind.SEXUAL), registrar()
        with within(acting):
            decision = commands.decide_no_crime(
                acting, incident=made.pk, why=NotRecorded.CONTRARY, words=WORDS, rape=True
            )
            with pytest.raises(Refused, match="Somebody else checks"):
                commands.check_n100(acting, decision=decision.pk, verdict=Verdict.AGREE)


class TestKeptAsItsIncident:
    """A crime was made from an incident: whoever may not see the one may not see the other."""

    def test_sealed_and_opened_again_with_all_that_belongs_to_it(self) -> None:
        """Crime, victim, needs, decision and what is owed follow the incident, also where its keeper sees no crime."""
        team = factories.team()
        keeper, stranger = factories.officer("sergeant", team=team), desk()
        acting = handler(team=team)
        with within(acting):
            made = incidents.open_incident(
                acting, kind=Kind.VIOLENCE, what="Struck him", reported_at=NOW - timedelta(hours=2)
            )
        record = crime(incident=made.pk)
        carer = factories.officer("investigator")
        with within(carer):
            party = Party.visible_to(carer).get(crime=record)
            needs = victims.assess_needs(carer, party=party.pk, words="Nothing for now")
        for handling in (Handling.SEALED, Handling.OPEN, Handling.LOCKED):
            with within(keeper):
                incidents.keep_as(keeper, incident=made.pk, handling=handling, reason="A witness is at risk",
                                  team=team.number)  # fmt: skip
                row = queries.crime(keeper, id_=record.pk)
                assert (row.handling, row.team_id) == (handling, team.number)
                assert Needs.visible_to(keeper).get(pk=needs.pk).handling == handling
                assert Duty.visible_to(keeper).filter(about=party.pk).exists()
            with within(stranger):
                seen = handling == Handling.OPEN
                for rows in (
                    Crime.objects.filter(pk=record.pk), Party.objects.filter(pk=party.pk),
                    Needs.objects.filter(pk=needs.pk), Decision.objects.filter(of=made.pk),
                    Duty.objects.filter(about__in=[record.pk, party.pk]),
                ):  # fmt: skip
                    assert rows.exists() == seen, (handling, rows.model)
                if not seen:
                    with pytest.raises(NotHere):
                        queries.crime(stranger, id_=record.pk)

    def test_a_check_of_a_sealed_report_goes_along(self) -> None:
        """What the registrar wrote of it is as hidden as the report."""
        team = factories.team()
        made, decision = kept()
        acting = registrar()
        with within(acting):
            commands.check_n100(acting, decision=decision.pk, verdict=Verdict.AGREE, words="She told an officer")
        keeper = factories.officer("sergeant", team=team)
        with within(keeper):
            incidents.keep_as(keeper, incident=made.pk, handling=Handling.SEALED, reason="A witness is at risk",
                              team=team.number)  # fmt: skip
        with within(acting):
            assert not KeptCheck.objects.exists()
            assert not Duty.objects.filter(kind=N100_KEPT.key).exists()
        assert re.search("N100", N100.ELSEWHERE)
