"""A number, a home and a tie end with a day and a reason, and a day that was wrong is corrected; nothing is lost."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from tests import factories
from tests.domains.people import world
from tests.domains.signed_in import signed_in
from watchward.domains.people import commands, queries
from watchward.domains.people.models import ContactNumber, Person, Relationship, Residence
from watchward.domains.people.vocabulary import Lasting
from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting
from watchward.foundation.audit import queries as audit
from watchward.foundation.audit.models import CommandLog
from watchward.foundation.records import Handling, NotHere
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db
TODAY = date(2019, 7, 1)
TABLES: dict[Lasting, Any] = {
    Lasting.NUMBER: ContactNumber, Lasting.HOME: Residence, Lasting.TIE: Relationship,
}  # fmt: skip


@pytest.fixture
def acting() -> Acting:
    return world.handler()


@pytest.fixture
def kerry(acting: Acting) -> Person:
    """Kerry, with a number, a home since March and a partner."""
    person = world.kerry(acting)
    home = world.place(acting)
    with within(acting):
        commands.live_at(acting, person=person.pk, place=home.pk, since=date(2019, 3, 1))
        other = commands.record_person(acting, forenames="Lee", surname="May", sex="M")
        commands.relate(acting, one=other.pk, other=person.pk, kind="partner", since=date(2018, 1, 1))
    return person


def _row(what: Lasting, person: Person) -> UUID:
    rows = TABLES[what].objects.all() if what is Lasting.TIE else TABLES[what].objects.filter(person=person)
    found: UUID = rows.order_by("-pk")[0].pk
    return found


def _end(acting: Acting, what: Lasting, row: UUID, until: date, reason: str) -> Any:
    match what:
        case Lasting.NUMBER:
            return commands.end_number(acting, contact=row, until=until, reason=reason)
        case Lasting.HOME:
            return commands.move_out(acting, residence=row, until=until, reason=reason)
        case Lasting.TIE:
            return commands.unrelate(acting, relationship=row, until=until, reason=reason)


@pytest.mark.parametrize("what", list(Lasting))
def test_what_ends_stays_on_record_with_its_day_and_reason(acting: Acting, kerry: Person, what: Lasting) -> None:
    """It stands no more, its row and its history stay, and it cannot end twice; put right, it stands again."""
    with within(acting):
        row = _row(what, kerry)
        with pytest.raises(Refused) as found:
            _end(acting, what, row, date(2019, 7, 2), "no")
        assert {reason.field for reason in found.value.reasons} == {"until", "reason"}
        ended = _end(acting, what, row, TODAY, "She told us so")
        assert (ended.until, ended.days_because) == (TODAY, "She told us so")
        with pytest.raises(Refused, match="ended already"):
            _end(acting, what, row, TODAY, "She told us again")
        assert queries.relationships(acting, people=[kerry.pk]).exists() is (what is not Lasting.TIE)
        again = commands.correct_days(
            acting, what=what, row=row, since=date(2019, 1, 1), until=None, reason="It was another Kerry"
        )
        assert (again.since, again.until) == (date(2019, 1, 1), None)
        with pytest.raises(Refused, match="These are the days"):
            commands.correct_days(acting, what=what, row=row, since=again.since, until=None, reason="and once more")
        assert [change.operation for change in audit.history(acting, record=row).order_by("id")] == ["I", "U", "U"]
    machinery = factories.machinery()
    with within(machinery):
        done = CommandLog.objects.filter(name__startswith="people.commands.lasting.", outcome="done")
        refused = CommandLog.objects.filter(name__startswith="people.commands.lasting.", outcome="refused")
        assert (done.count(), refused.count()) == (2, 3)


@pytest.mark.parametrize("what", list(Lasting))
def test_nothing_stands_twice_by_a_correction(acting: Acting, kerry: Person, what: Lasting) -> None:
    """One that ended cannot be put right into standing beside another of the same."""
    with within(acting):
        row = _row(what, kerry)
        before = TABLES[what].objects.get(pk=row)
        _end(acting, what, row, TODAY, "She told us so")
        match before:
            case ContactNumber():
                commands.add_number(acting, person=kerry.pk, number=before.normal, source="")
            case Residence():
                commands.live_at(acting, person=kerry.pk, place=before.place_id)
            case Relationship():
                commands.relate(acting, one=before.one_id, other=before.other_id, kind=before.kind)
        with pytest.raises(Refused, match="stands already"):
            commands.correct_days(acting, what=what, row=row, since=None, until=None, reason="not over yet")


def test_backwards_and_future_days_are_refused(acting: Acting, kerry: Person) -> None:
    """All that is wrong at once, each at its box."""
    with within(acting), pytest.raises(Refused) as found:
        commands.correct_days(
            acting, what=Lasting.HOME, row=_row(Lasting.HOME, kerry), since=date(2019, 8, 1), until=date(2019, 7, 15),
            reason="",
        )  # fmt: skip
    assert [reason.field for reason in found.value.reasons] == ["since", "until", "until", "reason"]


def test_of_a_record_out_of_sight_nothing_is_ended(kerry: Person) -> None:
    """What belongs to a sealed person is not there for others."""
    keeper = factories.officer("sergeant", team=factories.team())
    with within(keeper):
        commands.keep_as(keeper, person=kerry.pk, handling=Handling.SEALED, reason="protected person", team=keeper.team)
    other = world.handler()
    with within(keeper):
        rows = {what: _row(what, kerry) for what in Lasting}
    for what, row in rows.items():
        with within(other), pytest.raises(NotHere):
            _end(other, what, row, TODAY, "She told us so")


@pytest.mark.parametrize("what", list(Lasting))
def test_on_the_page_of_the_person(settings: Any, acting: Acting, kerry: Person, what: Lasting) -> None:
    """Where the need arises: beside each number, home and tie; what was typed wrong stays in the box."""
    client, _who = signed_in(settings, "call-handler")
    with within(acting):
        row = _row(what, kerry)
    base = f"/people/{kerry.pk}/{what.value}/{row}"
    page = client.get(f"/people/{kerry.pk}").content.decode()
    assert f'href="{base}/end"' in page
    assert f'href="{base}/days"' in page
    day = {"until-day": "1", "until-month": "7", "until-year": "2019"}
    wrong = client.post(f"{base}/end", {**day, "reason": "no"})
    assert wrong.status_code == 422
    assert 'value="2019"' in wrong.content.decode()
    assert client.post(f"{base}/end", {**day, "reason": "She told us so"}).status_code == 302
    page = client.get(f"/people/{kerry.pk}").content.decode()
    assert "until 1 Jul 2019, She told us so" in page
    assert f'href="{base}/end"' not in page
    assert "2019" in client.get(f"{base}/days").content.decode()
    fixed = {"since-day": "1", "since-month": "2", "since-year": "2019", "reason": "It was a slip"}
    assert client.post(f"{base}/days", fixed).status_code == 302
    assert f'href="{base}/end"' in client.get(f"/people/{kerry.pk}").content.decode()
    assert client.get(f"/people/{kerry.pk}/shoe/{row}/end").status_code == 404
    stranger = world.kerry(acting)
    assert client.get(f"/people/{stranger.pk}/{what.value}/{row}/end").status_code == 404
