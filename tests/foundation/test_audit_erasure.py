"""What a record's history held can be forgotten by a command that says why, and by nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests import factories
from tests.domains.signed_in import client_of
from tests.foundation import scene
from tests.foundation.sealed import Sealed, sergeant
from tests.settings import TEST_HOME
from watchward.domains.places.models import Place
from watchward.foundation.access import middleware
from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting
from watchward.foundation.audit import queries
from watchward.foundation.audit.commands import forget
from watchward.foundation.commands import Denied
from watchward.foundation.database import Embedded, Where
from watchward.foundation.records import NotHere
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db(transaction=True)
WHY = {"reason": "The person asked for it", "cite": "DPA 2018 s.47"}
TABLE = "places_place"


@pytest.fixture
def force(cluster: Embedded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sealed:
    """A force with its key and heads in folders of its own."""
    monkeypatch.setenv("WATCHWARD_HEADS", str(tmp_path / "heads"))
    monkeypatch.setenv("WATCHWARD_AUDIT_KEY", str(tmp_path / "key"))
    return Sealed(cluster, Where.of_process(TEST_HOME))


@pytest.fixture
def officer() -> Acting:
    """Whoever may erase."""
    return factories.officer("data-protection-officer")


def a_past(acting: Acting, *, removed: bool = False) -> Place:
    """Return a place that was called something else before, and is gone if so wished."""
    with within(acting):
        place = scene.write_place(acting, line="27 Kilncroft Street")
        scene.change_place(acting, place=place.pk, line="29 Kilncroft Street")
        other = scene.write_place(acting, line="31 Kilncroft Street")
        scene.change_place(acting, place=other.pk, line="33 Kilncroft Street")
    if removed:
        with within(acting):
            scene.remove_place(acting, place=place.pk)
    return place


def test_what_it_held_is_gone_and_the_log_holds(force: Sealed, officer: Acting) -> None:
    """Rows and salts go; digests, chain and heads stand, and the verification says forgotten, not altered."""
    place = a_past(sergeant(), removed=True)
    force.seal()
    before = force.truth("select id, digest from audit_change where record = %s order by id", place.pk)
    with within(officer):
        erasure = forget(officer, table=TABLE, record=place.pk, **WHY)
    force.seal()
    assert force.truth("select id, digest from audit_change where record = %s order by id", place.pk) == before
    assert force.truth('select salt, "row" from audit_change where record = %s', place.pk) == [(None, None)] * 3
    assert force.truth("select count(*) from audit_change where \"row\"::text like '%%27 Kilncroft%%'") == [(0,)]
    assert force.truth("select count(*) from audit_change where \"row\"::text like '%%31 Kilncroft%%'") == [(1,)]
    found = force.verified()
    assert (found.faults, found.forgotten) == ([], 3)
    assert (erasure.changes, erasure.through) == (3, before[-1][0])


def test_of_a_record_that_stands_the_past_goes_and_the_present_stays(force: Sealed, officer: Acting) -> None:
    """What it says now is still held against its last change; what it said before is forgotten."""
    place = a_past(sergeant())
    force.seal()
    with within(officer):
        forget(officer, table=TABLE, record=place.pk, **WHY)
        story = queries.story(officer, record=place.pk)
        assert [entry.change.row is None for entry in story] == [True, False]
        with pytest.raises(Refused, match="nothing to erase"):
            forget(officer, table=TABLE, record=place.pk, **WHY)
    force.seal()
    assert (force.verified().faults, force.verified().forgotten) == ([], 1)
    force.tamper(f"update places_place set line = 'Elsewhere' where id = '{place.pk}'")
    assert force.named() == {("altered", TABLE, str(place.pk))}


def test_erased_before_it_was_sealed_is_sealed_all_the_same(force: Sealed, officer: Acting) -> None:
    """The seal needs the digest alone."""
    place = a_past(sergeant())
    with within(officer):
        forget(officer, table=TABLE, record=place.pk, **WHY)
    force.seal()
    assert (force.verified().faults, force.verified().forgotten) == ([], 1)


def test_every_reason_against_is_said(officer: Acting) -> None:
    """Without a reason, without a policy, with the erased words in the reason, without the permission: refused."""
    acting = sergeant()
    place = a_past(acting)
    with within(officer):
        with pytest.raises(Refused) as refused:
            forget(officer, table=TABLE, record=place.pk, reason="Because", cite=" ")
        assert {reason.field for reason in refused.value.reasons} == {"reason", "cite"}
        with pytest.raises(Refused, match="Do not repeat"):
            forget(officer, table=TABLE, record=place.pk, reason="They left 27 kilncroft street", cite="Policy")
        with pytest.raises(NotHere):
            forget(officer, table="people_person", record=place.pk, **WHY)
        with pytest.raises(NotHere):
            forget(officer, table="audit_change", record=place.pk, **WHY)
    with within(acting), pytest.raises(Denied):
        forget(acting, table=TABLE, record=place.pk, **WHY)


def test_raw_sql_forgets_nothing(force: Sealed, officer: Acting) -> None:
    """The app's role cannot update the history, call the function by itself, or use an erasure a second time."""
    place = a_past(sergeant(), removed=True)
    with within(officer):
        erasure = forget(officer, table=TABLE, record=place.pk, **WHY)
    with psycopg.connect(force.where.conninfo("app")) as app:
        for statement, state in (
            ('update audit_change set salt = null, "row" = null', "42501"),
            (f"select ww_forget('{erasure.pk}')", "WW001"),
            ("select ww_forget(gen_random_uuid())", "WW001"),
            ("insert into audit_erasure select * from audit_erasure", "WW001"),
        ):
            with pytest.raises(psycopg.Error) as refused:
                app.execute(statement)
            assert refused.value.sqlstate == state
            app.rollback()


def test_an_erasure_does_not_reach_further_than_it_says(force: Sealed, officer: Acting) -> None:
    """Somebody with every right widens an erasure, or empties what no erasure covers: both are named."""
    acting = sergeant()
    place = a_past(acting)
    with within(officer):
        erasure = forget(officer, table=TABLE, record=place.pk, **WHY)
    with within(acting):
        scene.change_place(acting, place=place.pk, line="30 Kilncroft Street")
    force.seal()
    second = force.changes(place.pk)[1]
    force.tamper(f'update audit_change set salt = null, "row" = null where id = {second}')
    assert force.named() == {("emptied", "audit_change", str(second))}
    force.tamper(f"update audit_erasure set through = {second} where id = '{erasure.pk}'")
    assert force.named() == {("altered", "audit_erasure", str(erasure.pk))}


def test_on_its_page(officer: Acting, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """What can be erased is shown; what is missing is said with what was typed; then the record's page tells of it."""
    settings.DEMO = True
    monkeypatch.setattr(middleware, "now", lambda: factories.NOW)
    place = a_past(sergeant())
    client = client_of(officer)
    page = client.get(f"/audit/records/{place.pk}/erase")
    assert "1 of 2 changes can be erased" in page.content.decode()
    answer = client.post(f"/audit/records/{place.pk}/erase", {"table": TABLE, "reason": "", "cite": "DPA 2018 s.47"})
    assert answer.status_code == 422
    assert "Say why this is erased" in answer.content.decode()
    assert 'value="DPA 2018 s.47"' in answer.content.decode()
    done = client.post(f"/audit/records/{place.pk}/erase", {"table": TABLE, **WHY}, follow=True)
    said = done.content.decode()
    assert "The person asked for it" in said
    assert "what it held was erased" in said
    assert "27 Kilncroft" not in said
    assert client.get("/audit/records/0197a000-0000-7000-8000-000000000099/erase").status_code == 404
