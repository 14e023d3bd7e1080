"""A hold keeps what is below it from going, by the commands and by the database, until it is ended with a reason."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest

from tests import factories
from tests.domains.incidents.scenes import handler
from tests.domains.signed_in import signed_in
from tests.foundation.disposing import LATER, WHY, due, held, known, manager
from tests.settings import TEST_HOME
from watchward.domains.people import commands as people
from watchward.domains.people.models import Person
from watchward.foundation.access.context import within
from watchward.foundation.access.queries import machinery
from watchward.foundation.audit.commands import forget
from watchward.foundation.commands import Denied
from watchward.foundation.database import Where
from watchward.foundation.records import NotHere
from watchward.foundation.retention import commands, queries
from watchward.foundation.retention.models import Disposal, Hold
from watchward.foundation.retention.vocabulary import State
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The list of disposals in a folder of its own."""
    monkeypatch.setenv("WATCHWARD_HEADS", str(tmp_path))
    return tmp_path / "disposed.jsonl"


def test_what_is_held_is_neither_proposed_nor_agreed_until_the_hold_ends() -> None:
    """Laid after the proposal it still stands against the agreement; ended, the same agreement disposes."""
    person, one, other = known(), manager(), manager()
    review = due(person)
    with within(one):
        commands.propose(one, review=review.pk, reason=WHY)
    hold = held(one, person.reference)
    with within(other), pytest.raises(Refused, match="It is held: Inquiry 12/2030"):
        commands.agree(other, review=review.pk)
    with within(other):
        with pytest.raises(Refused, match="Say why it ends"):
            commands.end_hold(other, hold=hold.pk, reason=" ")
        commands.end_hold(other, hold=hold.pk, reason="The inquiry has reported")
        commands.agree(other, review=review.pk)
        stub = Person.visible_to(other).get(pk=person.pk)
    assert (stub.name, stub.date_of_birth, stub.is_disposed) == ("Disposed of", None, True)
    officer = factories.officer("call-handler", at=LATER)
    with within(officer), pytest.raises(Refused, match="was disposed of"):
        people.add_name(officer, person=person.pk, forenames="Wilma")
    with pytest.raises(Refused, match="was disposed of"):
        held(one, person.reference)


def _written(app: psycopg.Connection[Any], row: str, values: dict[str, Any]) -> None:
    app.execute(row, values)
    app.execute("select ww_dispose_people_person(%s)", [values["id"]])


def test_the_database_refuses_whatever_the_application_asks() -> None:
    """Somebody who opens a command by hand can neither dispose of what is held, nor early, nor alone."""
    person, other = known(), known("Clementine")
    acting = manager()
    held(acting, person.reference)
    row = (
        'insert into retention_disposal (id, "table", of, reference, handling, called, "group", since, "on", reason,'
        " cite, proposed_by, proposed_name, proposed_at, agreed_by, agreed_name, digest, at, again) values (%(id)s,"
        " 'people_person', %(of)s, 'R', 0, 'Person', 4, %(since)s, %(on)s, 'x', 'x', %(one)s, 'A',"
        " now(), %(two)s, 'B', '', now(), false)"
    )
    with psycopg.connect(Where.of_process(TEST_HOME).conninfo("app")) as app:
        for of, since, two, state in (
            (person.pk, "2019-07-01", other.pk, "WW005"),
            (other.pk, "2026-07-01", person.pk, "WW005"),
            (other.pk, "2019-07-01", acting.account, "23514"),
        ):
            id_ = UUID(int=7)
            values = {"id": id_, "of": of, "since": since, "on": "2030-07-01", "one": acting.account, "two": two}
            app.execute("select set_config('watchward.actor', %s, true)", [str(acting.account)])
            app.execute(
                "select ww_begin_command(gen_random_uuid(), null, 'foundation.retention.commands.empty', %s, 'x',"
                " null, now(), '', '', 'web')",
                [acting.account],
            )
            with pytest.raises(psycopg.Error) as refused:
                _written(app, row, values)
            assert refused.value.sqlstate == state
            app.rollback()
        with pytest.raises(psycopg.Error) as refused:
            app.execute("select ww_dispose_people_person(%s)", [UUID(int=8)])
        assert refused.value.sqlstate == "WW001"
        app.rollback()


def test_nothing_of_what_is_held_is_erased_from_its_history() -> None:
    """Neither its own past, nor that of a row that names it, such as a name that somebody had before."""
    person, acting = known(), manager("data-protection-officer")
    with within(machinery(factories.NOW, "changing")):
        changing = handler()
        with within(changing):
            people.update_person(
                changing, person=person.pk, version=1, forenames="Mina", surname="Machin", date_of_birth=None, sex="F"
            )
    hold = held(acting, person.reference)
    erase: dict[str, Any] = {
        "table": "people_person",
        "record": person.pk,
        "reason": "They asked for it",
        "cite": "DPA 2018 s.47",
    }
    with within(acting), pytest.raises(Refused, match="held"):
        forget(acting, **erase)
    with within(acting):
        commands.end_hold(acting, hold=hold.pk, reason="The inquiry has reported")
        assert forget(acting, **erase).changes == 1


def test_every_reason_against_a_hold_is_said_at_once() -> None:
    """No source, no matter, no reason, a day that is over, no such record: five reasons, each at its box."""
    acting = manager()
    with pytest.raises(Refused) as refused:
        held(acting, "PER-NONE", source="", matter=" ", reason="x", review_on=date(2030, 1, 1))
    assert {reason.field for reason in refused.value.reasons} == {
        "source", "matter", "reason", "review_on", "records",
    }  # fmt: skip
    sergeant = factories.officer("sergeant", at=LATER)
    with pytest.raises(Denied):
        held(sergeant, "PER-NONE")
    with within(acting), pytest.raises(NotHere):
        commands.end_hold(acting, hold=UUID(int=9), reason="There is no such hold")


def test_a_disposal_is_listed_where_it_outlives_the_database_and_done_again(listed: Path) -> None:
    """A restored backup that has the record again loses it again; one that is held again is said, and stays."""
    from watchward.foundation.retention import listed as listing

    person, one, other = known(), manager(), manager()
    review = due(person)
    with within(one):
        commands.propose(one, review=review.pk, reason=WHY)
    with within(other):
        commands.agree(other, review=review.pk)
    (entry,) = listing.entries(listed)
    assert (entry.of, entry.said["reason"], entry.said["agreed_by"]) == (person.pk, WHY, other.account)
    assert "Wilhelmina" not in listed.read_text()
    back = known("Clementine")  # as if the backup had brought it back
    again = listing.Entry(entry.table, back.pk, back.reference, entry.said)
    hold = held(one, back.reference)
    engine = machinery(LATER, "disposing again")
    with within(engine):
        assert "is held: Inquiry 12/2030" in commands.dispose_again(engine, entry=again)
        assert commands.dispose_again(engine, entry=entry) == ""
    with within(one):
        commands.end_hold(one, hold=hold.pk, reason="The inquiry has reported")
    with within(engine):
        assert commands.dispose_again(engine, entry=again) == ""
        assert Person.objects.get(pk=back.pk).name == "Disposed of"
        assert Disposal.objects.get(of=back.pk).again
    assert [each.of for each in listing.entries(listed)] == [person.pk, back.pk]


def test_what_is_due_stands_on_pages_with_what_waits_for_a_yes_first(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many are due, a page reads no more than it shows; a page that is not there is empty."""
    from watchward.foundation.access import middleware
    from watchward.foundation.retention import views

    monkeypatch.setattr(middleware, "now", lambda: LATER)
    monkeypatch.setattr(views, "AT_ONCE", 2)
    people = [known(name) for name in ("Wilhelmina", "Clementine", "Ernestine")]
    review, one = due(people[2]), manager()
    with within(one):
        commands.propose(one, review=review.pk, reason=WHY)
    client, _who = signed_in(settings, "records-manager")
    first, second = (client.get(f"/retention/?page={number}").content.decode() for number in (1, 2))
    assert people[2].reference in first
    assert [person.reference in first for person in people] != [person.reference in second for person in people]
    assert sum(person.reference in first for person in people) == 2
    assert sum(person.reference in second for person in people) == 1
    assert 'href="?page=2"' in first
    assert "Nothing is due" in client.get("/retention/?page=9999999").content.decode()


def test_on_its_pages(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is due is listed with why it may go; what is typed badly is said and kept; a second person agrees."""
    from watchward.foundation.access import middleware

    monkeypatch.setattr(middleware, "now", lambda: LATER)
    person = known()
    review = due(person)
    (one, _first), (other, _second) = (signed_in(settings, "records-manager") for _each in range(2))
    assert person.reference in one.get("/retention/").content.decode()
    page = one.get(f"/retention/{review.pk}").content.decode()
    assert "Recorded as" in page
    assert "It may not be disposed of" not in page
    bad = one.post(f"/retention/{review.pk}/retain", {"reason": "Because", "capable": "yes"})
    assert bad.status_code == 422
    assert "Say why it is still needed" in bad.content.decode()
    assert "Because" in bad.content.decode()
    bad = one.post(f"/retention/{review.pk}/dispose", {"reason": "Wilhelmina is no longer known"})
    assert "Do not repeat in the reason" in bad.content.decode()
    assert one.post(f"/retention/{review.pk}/dispose", {"reason": WHY}).status_code == 302
    assert "Somebody else agrees" in one.get(f"/retention/{review.pk}").content.decode()
    assert one.post(f"/retention/{review.pk}/agree").status_code == 422
    assert f"/retention/{review.pk}/agree" in other.get(f"/retention/{review.pk}").content.decode()
    assert "goes for good" in other.get(f"/retention/{review.pk}/agree").content.decode()
    assert other.post(f"/retention/{review.pk}/agree", follow=True).status_code == 200
    left = other.get("/retention/disposed").content.decode()
    assert WHY in left
    assert "Wilhelmina" not in left
    form = {
        "source": "complaint", "matter": "CO/17/2030", "reason": "All that was said of it", "review_on-day": "1",
        "review_on-month": "3", "review_on-year": "2031", "records": known("Clementine").reference,
    }  # fmt: skip
    assert one.post("/retention/holds/new", form).status_code == 302
    assert "CO/17/2030" in one.get("/retention/holds").content.decode()
    with within(machinery(LATER, "looking")):
        hold = Hold.objects.get()
    assert "End it" in one.get(f"/retention/holds/{hold.pk}").content.decode()
    assert one.post(f"/retention/holds/{hold.pk}/end", {"reason": "The complaint is settled"}).status_code == 302
    for what in ("retain", "group", "dispose", "not-agreed"):
        assert other.get(f"/retention/{review.pk}/{what}").status_code == 200
    with within(machinery(LATER, "looking")) as acting:
        assert queries.review(acting, id_=review.pk).state == State.DISPOSED
