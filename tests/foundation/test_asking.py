"""A question about a duty: put to somebody, owed an answer by a time, shown to both, and let go when it is moot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests import factories
from tests.domains.signed_in import client_of
from tests.foundation import scene
from tests.foundation.test_work_pages import Morning
from watchward.domains.places.models import Place
from watchward.foundation.access import middleware
from watchward.foundation.access.context import as_engine, within
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.foundation.duties import balances, commands, queries
from watchward.foundation.duties.duties import ANSWERED
from watchward.foundation.duties.models import Ask, Duty, State
from watchward.foundation.keeping import keep
from watchward.foundation.records import Handling, NotHere, take
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
NOON = factories.NOW + 4 * HOUR
ASKS = "Is she still at her mother's?"


@pytest.fixture(autouse=True)
def _at_the_tests_own_time(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[None]:
    settings.DEMO = True
    monkeypatch.setattr(middleware, "now", lambda: factories.NOW)
    with scene.visits_owed(by_words=True, harm=2):
        yield


def asked(morning: Asking, **kwargs: Any) -> Ask:
    """Let PC Rudge ask the sergeant about what he owes."""
    given = {"duty": morning.duty(morning.later_of_rudge).pk, "words": ASKS, "by": NOON, "to": morning.sergeant.account}
    with within(morning.rudge):
        return commands.ask(morning.rudge, **{**given, **kwargs})


class Asking(Morning):
    """The same morning, with one more duty of PC Rudge and somebody of another team."""

    def __init__(self) -> None:
        super().__init__()
        self.later_of_rudge = self.owed("6 Later Street", 0, self.rudge)
        self.other_team = factories.team("Response B")
        self.stranger = factories.officer("response-officer", team=self.other_team, name="PC Boon")


def answer_owed(acting: Acting, ask: Ask) -> Duty:
    """Return the answer that is owed to a question."""
    with within(acting):
        return Duty.visible_to(acting).get(kind=queries.ANSWER, about=ask.pk)


def reasons(refused: Any) -> list[str]:
    """Return the fields that a refusal is about."""
    return [reason.field for reason in refused.value.reasons]


def test_whoever_is_asked_owes_an_answer_by_the_time_named() -> None:
    """It stands in their inbox with the words, the time and whom it is from; whoever asked sees that it waits."""
    morning = Asking()
    ask = asked(morning)
    duty = answer_owed(morning.sergeant, ask)
    assert (duty.owed_by_id, duty.due_at, duty.harm) == (morning.sergeant.account, NOON, 2)
    assert duty.what == f"PC Rudge asks: {ASKS}"
    hers = client_of(morning.sergeant).get("/my-work/?view=mine").content.decode()
    assert "Have you answered what a colleague asked?" in hers
    assert "Is she still at her mother&#39;s?" in hers
    his = client_of(morning.rudge).get("/my-work/").content.decode()
    assert "You asked" in his
    assert "4 h left" in his


def test_the_answer_discharges_it_and_is_shown_to_whoever_asked() -> None:
    """The command that answered is the proof; the answer stands beside the duty and among the asker's own work."""
    morning = Asking()
    ask = asked(morning)
    client = client_of(morning.sergeant)
    page = client.get(f"/my-work/answer/{ask.pk}")
    assert "Is she still at her mother&#39;s?" in page.content.decode()
    empty = client.post(f"/my-work/answer/{ask.pk}", {"answer": " "})
    assert empty.status_code == 422
    assert "Write down the answer" in empty.content.decode()
    done = client.post(f"/my-work/answer/{ask.pk}", {"answer": "Yes, until Friday"})
    assert done.status_code == 302
    duty = answer_owed(morning.sergeant, ask)
    assert (duty.state, duty.closed_by_id) == (State.DISCHARGED, morning.sergeant.account)
    for address in ("/my-work/", f"/my-work/{ask.duty_id}"):
        his = client_of(morning.rudge).get(address).content.decode()
        assert "Yes, until Friday" in his, address
        assert "answered" in his
    again = client.post(f"/my-work/answer/{ask.pk}", {"answer": "No"})
    assert again.status_code == 422
    assert "answered already" in again.content.decode()


def test_asking_on_the_page_of_a_duty() -> None:
    """The duty's own time is filled in; every reason comes back at its box and nothing typed is lost."""
    morning = Asking()
    client = client_of(morning.rudge)
    page = f"/my-work/{morning.duty(morning.later_of_rudge).pk}"
    shown = client.get(page).content.decode()
    assert 'id="ask"' in shown
    assert "Sgt Moira Lowndes" in shown
    refused = client.post(page, {"do": "ask", "whom": "", "question": "Why?", "answer_by-day": "1"})
    assert refused.status_code == 422
    words = refused.content.decode()
    assert "must include a month and a year" in words
    sent = {
        "do": "ask", "whom": f"team:{morning.other_team.number}", "question": ASKS, "answer_by-day": "1",
        "answer_by-month": "7", "answer_by-year": "2019", "answer_by-time": "06:00",
    }  # fmt: skip
    late = client.post(page, sent)
    assert late.status_code == 422
    assert "a time to come" in late.content.decode()
    assert "Is she still at her mother&#39;s?" in late.content.decode()
    done = client.post(page, {**sent, "answer_by-time": "12:00"})
    assert done.status_code == 302, done.content.decode()
    with within(morning.rudge):
        (ask,) = Ask.visible_to(morning.rudge)
    assert (ask.to_id, ask.to_team_id) == (None, morning.other_team.number)
    theirs = client_of(morning.stranger).get("/my-work/").content.decode()
    assert "Is she still at her mother&#39;s?" in theirs


def test_every_reason_against_a_question_comes_at_once() -> None:
    """By somebody whose duty it is not, of oneself, without words, with a time that has passed."""
    morning = Asking()
    with pytest.raises(Refused) as refused:
        asked(morning, to=morning.rudge.account, words="Why", by=factories.NOW)
    assert reasons(refused) == ["whom", "question", "answer_by"]
    duty = morning.duty(morning.later_of_rudge).pk
    with within(morning.stranger), pytest.raises(Refused, match="Whoever owes this asks about it"):
        commands.ask(morning.stranger, duty=duty, words=ASKS, by=NOON, to=morning.sergeant.account)
    with pytest.raises(Refused, match="Choose whom to ask"):
        asked(morning, to=None)


def test_only_those_who_were_asked_answer_and_only_whoever_asked_withdraws() -> None:
    """A team's question is answered by any of it; withdrawn, no answer is owed any more."""
    morning = Asking()
    ask = asked(morning, to=None, team=morning.other_team.number)
    with within(morning.dawes), pytest.raises(Refused, match="Somebody else was asked this"):
        commands.answer(morning.dawes, asked=ask.pk, words="I think so")
    with within(morning.stranger), pytest.raises(Refused, match="Whoever asked it withdraws it"):
        commands.withdraw(morning.stranger, asked=ask.pk)
    client = client_of(morning.rudge)
    assert client.post(f"/my-work/{ask.duty_id}", {"do": "withdraw", "asked": str(ask.pk)}).status_code == 302
    duty = answer_owed(morning.stranger, ask)
    assert (duty.state, duty.closed_words) == (State.RELEASED, ANSWERED.released)
    with within(morning.stranger), pytest.raises(Refused, match="withdrawn"):
        commands.answer(morning.stranger, asked=ask.pk, words="She is")


@pytest.mark.parametrize("how", ["by its owner", "by the engine"])
def test_what_was_asked_about_a_duty_that_ended_is_owed_no_answer(how: str) -> None:
    """Discharged in words, or released because its record changed: the answer is released with it, and adds up."""
    morning = Asking()
    ask = asked(morning)
    with within(morning.rudge):
        if how == "by its owner":
            commands.discharge(morning.rudge, duty=ask.duty_id, words="Went there at noon")
        else:
            scene.change_place(morning.rudge, place=morning.later_of_rudge.pk, town="")
    assert answer_owed(morning.sergeant, ask).state == State.RELEASED
    with within(morning.sergeant), as_engine(morning.sergeant) as sees:
        assert balances.ledger_of(ANSWERED)(sees).balances


def test_what_is_asked_about_a_closed_record_stays_with_its_team() -> None:
    """Nobody outside its team can be asked; sealed later, the question, the answer and what was owed go along."""
    morning = Asking()
    ask = asked(morning)
    with within(morning.sergeant):
        commands.answer(morning.sergeant, asked=ask.pk, words="Yes, until Friday")
        _seal(morning.sergeant, morning.later_of_rudge)
    with within(morning.stranger):
        assert not Ask.objects.filter(pk=ask.pk).exists()
        assert not Duty.objects.filter(kind=queries.ANSWER, about=ask.pk).exists()
        with pytest.raises(NotHere):
            queries.ask(morning.stranger, id_=ask.pk)
    with within(morning.sergeant):
        assert queries.ask(morning.sergeant, id_=ask.pk).handling == Handling.SEALED
    with pytest.raises(Refused, match="closed to them"):
        asked(morning, to=morning.stranger.account)
    assert asked(morning, words="Who has the key?").handling == Handling.SEALED


def _seal(acting: Acting, place: Place) -> None:
    @command(needs=None)
    def seal(acting: Acting) -> None:
        """Seal a place."""
        row = take(acting, Place, place.pk)
        row.once, row.handling = None, Handling.SEALED
        row.save()
        keep(row, handling=Handling.SEALED, keeper=acting.team)

    seal(acting)
