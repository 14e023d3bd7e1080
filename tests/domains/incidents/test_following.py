"""What follows on an incident: its time agreed, its reopening, the risk to each person, advice, place and people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest

from tests.domains.incidents.scenes import (
    NOW,
    after,
    all_six,
    handler,
    house,
    incident,
    manager,
    somebody,
    unit,
    worker,
)
from tests.domains.signed_in import signed_in
from tests.factories import team
from watchward.domains.incidents import commands, queries
from watchward.domains.incidents.models import Incident, NurseAdvice, PersonRisk, Surge
from watchward.domains.incidents.vocabulary import Grade, Kind, Level, Part, Sign, Stage
from watchward.domains.people import commands as people
from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting
from watchward.foundation.chronicle import queries as chronicle
from watchward.foundation.duties.models import Duty, State
from watchward.foundation.ledgers import counted
from watchward.foundation.records import Stale
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db
TOMORROW = datetime(2019, 7, 2, 9, 0, tzinfo=UTC)


def scheduled(acting: Acting, **more: Any) -> Incident:
    """Open an incident for which somebody is to come, not now."""
    return incident(
        acting, signs=(), kind=Kind.THEFT, what="Bicycle taken from the yard", grade=Grade.SCHEDULED,
        reason="Nobody is in danger", **more,
    )  # fmt: skip


def closed(acting: Acting, row: Incident) -> Incident:
    """Close an incident to which nobody went."""
    with within(acting):
        commands.assess(acting, incident=row.pk, answers=all_six(Level.NONE))
        return commands.close(
            acting, incident=row.pk, outcome="The bicycle was found", why_nobody_went="Solved by telephone"
        )


def duty(kind: str) -> Duty:
    """Return the one duty of a kind."""
    return Duty.objects.get(kind=kind)


def test_a_time_is_owed_agreed_and_becomes_the_target() -> None:
    """A Scheduled incident owes an agreed time; agreeing it is the proof, and by then somebody must be there."""
    boss = manager()
    row = scheduled(boss)
    with within(boss):
        owed = duty("incidents.agree-time")
        assert (owed.state, owed.due_at) == (State.OPEN, NOW + timedelta(hours=24))
        made = commands.agree_time(boss, incident=row.pk, agreed=TOMORROW, words="With her on the telephone")
        row.refresh_from_db()
        assert (row.agreed_at, row.target_at, made.agreed_for) == (TOMORROW, TOMORROW, TOMORROW)
        owed.refresh_from_db()
        assert owed.state == State.DISCHARGED
        assert duty("incidents.attend").due_at == TOMORROW
        with pytest.raises(Refused, match="agreed before"):
            commands.agree_time(boss, incident=row.pk, agreed=TOMORROW, words="With her again")
        later = TOMORROW + timedelta(hours=2)
        commands.agree_time(boss, incident=row.pk, agreed=later, words="She asked for eleven")
        assert [one.agreed_for for one in row.appointments.order_by("at", "id")] == [TOMORROW, later]


def test_every_reason_against_a_time() -> None:
    """Another grade, a moment that is past and no word of whom: all at once."""
    boss = manager()
    row = incident(boss)
    with within(boss), pytest.raises(Refused) as found:
        commands.agree_time(boss, incident=row.pk, agreed=NOW, words="")
    assert {reason.field for reason in found.value.reasons} == {"agreed", "words"}
    assert {reason.code for reason in found.value.reasons} >= {"not-scheduled"}


def test_a_missed_appointment_is_assessed_again_before_it_is_moved() -> None:
    """When the agreed time passes with nobody there it is delayed, and is not simply put off."""
    boss = manager()
    row = scheduled(boss)
    with within(boss):
        commands.agree_time(boss, incident=row.pk, agreed=NOW + timedelta(hours=2), words="With her by telephone")
    late = after(boss, 150)
    with within(late), pytest.raises(Refused, match="Assess it again before its time is moved"):
        commands.agree_time(late, incident=row.pk, agreed=TOMORROW, words="With her again")
        # The refusal took back what it had noticed; the machinery notices it for itself.
    machine = worker(151)
    with within(machine):
        assert commands.watch(machine) == 1
    with within(late):
        assert duty("incidents.reassess").state == State.OPEN
        commands.reassess(late, incident=row.pk, answers=all_six(Level.NONE), safeguarding="She is with her sister")
        commands.agree_time(late, incident=row.pk, agreed=TOMORROW, words="With her again")
        row.refresh_from_db()
        assert (row.stage, row.target_at) == (Stage.OPEN, TOMORROW)
        assert not row.delays.filter(ended_at__isnull=True).exists()


def test_reopened_where_nobody_had_been_it_counts_afresh() -> None:
    """How it was closed stays on record; the duty to be there is open again, by a new target."""
    boss = manager()
    row = scheduled(boss, place=house(boss).pk)
    closed(boss, row)
    later = after(boss, 600)
    with within(later):
        assert duty("incidents.attend").state == State.RELEASED
        with pytest.raises(Refused, match="Say why"):
            commands.reopen(later, incident=row.pk, reason="no")
        made = commands.reopen(later, incident=row.pk, reason="It was not her bicycle")
        assert (made.outcome, made.why_nobody_went) == ("The bicycle was found", "Solved by telephone")
        row.refresh_from_db()
        assert (row.stage, row.closed_at, row.outcome) == (Stage.OPEN, None, "")
        assert row.target_at == later.at + timedelta(hours=48)
        owed = duty("incidents.attend")
        assert (owed.state, owed.due_at) == (State.OPEN, row.target_at)
        assert row.place_id is not None
        [line] = chronicle.about(later, [row.place_id]).filter(kind="incidents.incident")
        assert (line.stands, line.until) == (True, None)
        with pytest.raises(Refused, match="You cannot reopen"):
            commands.reopen(later, incident=row.pk, reason="And once more")
        with pytest.raises(Stale):
            commands.close(later, incident=row.pk, version=1, outcome="It was found", why_nobody_went="By telephone")
    with within(worker(600)) as machine:
        assert all(balance.balances for balance in counted(machine))


def test_taken_up_again_where_somebody_had_been() -> None:
    """The time at scene stands; nobody is asked to have been there twice."""
    boss = manager()
    row, car = incident(boss), unit()
    with within(boss):
        sent = commands.send(boss, incident=row.pk, unit=car.pk)
        commands.mark_at_scene(boss, deployment=sent.pk)
        commands.clear(boss, deployment=sent.pk)
        commands.assess(boss, incident=row.pk, answers=all_six())
        commands.close(boss, incident=row.pk, outcome="Advice was given")
        there = Incident.objects.get(pk=row.pk).at_scene_at
        commands.reopen(boss, incident=row.pk, reason="She rang with his new address")
        again = Incident.objects.get(pk=row.pk)
        assert (again.stage, again.at_scene_at) == (Stage.ATTENDED, there)
        assert duty("incidents.attend").state == State.DISCHARGED


def test_a_call_handler_reopens_nothing() -> None:
    """Whoever may close may reopen, and nobody else."""
    boss, asking = manager(), handler()
    row = scheduled(boss)
    closed(boss, row)
    with within(asking), pytest.raises(Refused, match="None of your roles"):
        commands.reopen(asking, incident=row.pk, reason="It was not hers")


@pytest.mark.report("VUL-20", by="incidents.commands.judge_risk")
def test_the_risk_to_each_person_of_the_household() -> None:
    """Not the victim alone: a child who lives there and was not named is among those to judge, and a stranger not."""
    acting = handler()
    home = house(acting)
    mother, child, stranger = somebody(acting), somebody(acting, "Maisie", NOW.date().replace(2013)), somebody(acting)
    with within(acting):
        people.live_at(acting, person=child.pk, place=home.pk)
    row = incident(acting, place=home.pk, people=[(mother.pk, Part.VICTIM)])
    with within(acting):
        commands.judge_risk(acting, incident=row.pk, person=mother.pk, level=Level.HIGH, words="Hands round her neck")
        commands.judge_risk(acting, incident=row.pk, person=child.pk, level=Level.SOME, words="Saw it, was not hurt")
        commands.judge_risk(acting, incident=row.pk, person=child.pk, level=Level.HIGH, words="He said he takes her")
        assert PersonRisk.objects.filter(person=child).count() == 2
        with pytest.raises(Refused, match="neither had a part"):
            commands.judge_risk(acting, incident=row.pk, person=stranger.pk, level=Level.NONE, words="Far away")
        with pytest.raises(Refused) as found:
            commands.judge_risk(acting, incident=row.pk, person=child.pk, level=None, words="")
        assert {reason.field for reason in found.value.reasons} == {"level", "risk_words"}


@pytest.mark.report("MHT-08", by="incidents.commands.record_advice")
def test_advice_by_telephone_is_kept_with_whether_a_car_was_out() -> None:
    """At 07:45 no triage car is out: what the nurse was asked and said stands on the incident and in its log."""
    acting = handler()
    row = incident(acting, signs=(Sign.MENTAL_CRISIS,), kind=Kind.MENTAL_HEALTH, what="On the bridge")
    with within(acting):
        with pytest.raises(Refused) as found:
            commands.record_advice(acting, incident=row.pk, nurse="", asked="", answer="")
        assert [reason.field for reason in found.value.reasons] == ["nurse", "asked", "answer"]
        commands.record_advice(
            acting, incident=row.pk, nurse="Nurse Frost", asked="Is he known?", answer="Yes, keep one voice"
        )
        kept = NurseAdvice.objects.get()
        assert (kept.car_out, kept.by_name) == (False, acting.name)
        assert queries.log(acting, incident=row)[0].words == "Advice of Nurse Frost: Yes, keep one voice"


@pytest.mark.report("RSP-03", by="incidents.commands.watch_demand")
def test_a_surge_begins_is_answered_and_ends() -> None:
    """Three without a unit and none free is a surge by the policy; it owes the manager's answer, and ends by itself."""
    boss = manager(team=team("Control"), supervises=True)
    rows = [incident(boss) for _ in range(2)]
    with within(worker()) as machine:
        assert commands.watch_demand(machine) is None
    rows.append(incident(boss))
    with within(worker(1)) as machine:
        surge = commands.watch_demand(machine)
        assert surge is not None
        assert surge.reasons == ["3 without a unit, no unit free"]
        assert commands.watch_demand(machine) == surge
        assert duty("incidents.surge").due_at == surge.began_at + timedelta(minutes=30)
    with within(boss):
        with pytest.raises(Refused, match="Say what was done"):
            commands.answer_surge(boss, surge=surge.pk, words="ok")
        commands.answer_surge(boss, surge=surge.pk, words="Called in two units from Stafford")
        assert duty("incidents.surge").state == State.DISCHARGED
        car = unit()
        commands.send(boss, incident=rows[0].pk, unit=car.pk)
    with within(worker(2)) as machine:
        assert commands.watch_demand(machine) is None
        assert Surge.objects.get().ended_at == machine.at


@pytest.mark.report("RSP-02", by="incidents.queries.asked_of_areas")
def test_demand_stands_beside_who_can_meet_it() -> None:
    """Per area: what waits by grade, what is past target, units free and busy; and the skills on duty."""
    boss = manager()
    incident(boss), scheduled(boss)
    unit(skills=["dog"])
    with within(after(boss, 61)) as later:
        found = queries.board(later)
        [nowhere] = found.asked
        assert nowhere.area is None
        assert nowhere.waiting[Grade.SCHEDULED] == 1
        assert (sum(nowhere.waiting.values()), nowhere.past_target, nowhere.free, nowhere.busy) == (2, 1, 1, 0)
        assert {one.skill.value: (one.on_duty, one.free) for one in found.skills if one.on_duty} == {"dog": (1, 1)}


@pytest.fixture
def monday() -> Iterator[None]:
    """It is Monday 1 July 2019, 07:45 for whoever asks for a page."""
    with patch("watchward.foundation.access.middleware.now", return_value=NOW):
        yield


@pytest.mark.usefixtures("monday")
def test_on_the_page_of_the_incident(settings: Any) -> None:
    """Place, people, risk, a time, advice and reopening: each a form where the need arises, nothing typed lost."""
    browser, who = signed_in(settings, "force-incident-manager", team=team("Control"), supervises=True)
    home, woman = house(who), somebody(who)
    row = scheduled(who)
    url = f"/incidents/{row.pk}"

    def post(**typed: str) -> Any:
        return browser.post(url, typed)

    assert post(do="place", place_words="Kilncroft").status_code == 422
    assert str(home.pk) in post(do="place", place_words="Kilncroft").content.decode()
    assert post(do="place", place_words="Kilncroft", place=str(home.pk)).status_code == 302
    page = browser.get(url).content.decode()
    assert "27 Kilncroft Street" in page
    assert post(do="place", place_words="The field behind it").status_code == 302
    assert "The field behind it" in browser.get(url).content.decode()
    assert post(do="place", place_words="27 Kilncroft Street, Burslem").status_code == 302
    wrong = post(do="involve", reference="P-1", part="victim")
    assert wrong.status_code == 422
    assert 'value="P-1"' in wrong.content.decode()
    assert post(do="involve", reference=woman.reference, part="victim").status_code == 302
    page = browser.get(url).content.decode()
    assert "Nobody has judged the risk to them" in page
    assert post(do="risk", person=str(woman.pk), level="some", risk_words="Afraid to go out").status_code == 302
    assert "Afraid to go out" in browser.get(url).content.decode()
    wrong = post(do="agree", **{"agreed-day": "2", "agreed-month": "7", "agreed-year": "2019"})
    assert wrong.status_code == 422
    assert 'value="2019"' in wrong.content.decode()
    when = {"agreed-day": "2", "agreed-month": "7", "agreed-year": "2019", "agreed-time": "10:00"}
    assert post(do="agree", words="With her by telephone", **when).status_code == 302
    assert "With her by telephone" in browser.get(url).content.decode()
    assert post(do="advice", nurse="Nurse Frost", asked="Is she known?", answer="No").status_code == 302
    assert "Is she known?" in browser.get(url).content.decode()
    with within(who):
        commands.assess(who, incident=row.pk, answers=all_six(Level.NONE))
    assert post(do="close", outcome="Bicycle found", why_nobody_went="Solved by telephone").status_code == 302
    assert post(do="reopen", reason="no").status_code == 422
    assert post(do="reopen", reason="It was not her bicycle").status_code == 302
    page = browser.get(url).content.decode()
    for words in ("Reopened: ", "It was not her bicycle", "Bicycle found", "Solved by telephone"):
        assert words in page, words


def test_units_are_placed_by_address_or_by_grid(settings: Any) -> None:
    """A unit is at an address on record, or at two numbers of the grid; anything else is refused and stays typed."""
    browser, who = signed_in(settings, "force-incident-manager")
    house(who, easting=387_000, northing=350_000)
    car = unit()
    typed = {"do": "place", "unit": str(car.pk)}
    wrong = browser.post("/incidents/units", {**typed, "where": "Nowhere Lane"})
    assert wrong.status_code == 422
    assert 'value="Nowhere Lane"' in wrong.content.decode()
    assert browser.post("/incidents/units", {**typed, "where": "27 Kilncroft Street, Burslem"}).status_code == 302
    with within(who):
        car.refresh_from_db()
        assert (car.easting, car.northing) == (387_000, 350_000)
    assert browser.post("/incidents/units", {**typed, "where": "390000, 345000"}).status_code == 302
    with within(who):
        car.refresh_from_db()
        assert (car.easting, car.northing) == (390_000, 345_000)


def test_the_board_and_the_page_of_a_surge(settings: Any) -> None:
    """A surge stands at the top of the board and leads to its page, where the manager says what was done."""
    browser, who = signed_in(settings, "force-incident-manager", team=team("Control"), supervises=True)
    for _ in range(3):
        incident(who)
    with within(worker()) as machine:
        surge = commands.watch_demand(machine)
        assert surge is not None
    page = browser.get("/incidents/").content.decode()
    for words in ("Surge since", "3 without a unit, no unit free", "Nobody has said what was done", "Skills on duty"):
        assert words in page, words
    where = f"/incidents/surges/{surge.pk}"
    assert where in page
    assert browser.post(where, {"words": "ok"}).status_code == 422
    assert browser.post(where, {"words": "Called in two units"}).status_code == 302
    assert "Called in two units" in browser.get("/incidents/").content.decode()
