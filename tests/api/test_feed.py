"""What other systems are told of: in order, each change once, late commits too, and what is no longer theirs to see."""

from __future__ import annotations

import threading
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import connections

from tests import factories
from tests.api.clients import Machine, machine, told
from watchward.domains.incidents import commands as incidents
from watchward.domains.incidents.models import Incident
from watchward.domains.incidents.vocabulary import Kind
from watchward.domains.people import commands as people
from watchward.domains.people.vocabulary import Permission as People
from watchward.domains.places import commands as places
from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting, now
from watchward.foundation.records import Handling

pytestmark = pytest.mark.django_db(transaction=True)  # what is not committed is told to nobody


def manager() -> Acting:
    """Somebody who may open and seal incidents, in a team."""
    return factories.officer("force-incident-manager", team=factories.team(), at=now())


def incident(acting: Acting, what: str, *, handling: int = Handling.OPEN) -> Incident:
    """Open an incident at a place: it has a line in the chronicle."""
    with within(acting):
        place = places.record_place(acting, line="27 Kilncroft Street", town="Stafford")
        return incidents.open_incident(acting, kind=Kind.CONCERN, what=what, place=place.pk, handling=handling)


def all_since(system: Machine, after: str = "", *, limit: int = 50) -> tuple[list[dict[str, Any]], str]:
    """Read the feed to its end, page by page."""
    items: list[dict[str, Any]] = []
    while True:
        page = told(system.get(f"/events?after={after}&limit={limit}"))
        items += page["items"]
        after = page["next"]
        if not page["more"]:
            return items, after


def sources(items: list[dict[str, Any]]) -> list[UUID]:
    """Return the records that told these lines."""
    return [UUID(one["row"]["source"]) for one in items if one["kind"] == "line" and one["row"]]


class TestOneReader:
    """A system that keeps something of ours."""

    def test_what_changed_since_comes_once(self) -> None:
        """From now on: a line that is new, and nothing twice."""
        system, acting = machine(), manager()
        incident(acting, "Before")
        after = told(system.get("/events?now=true"))["next"]
        assert all_since(system, after)[0] == []
        row = incident(acting, "A door left open")
        items, after = all_since(system, after)
        assert row.pk in sources(items)
        assert all_since(system, after)[0] == []

    def test_pages_hold_every_line_in_the_order_in_which_they_were_written(self) -> None:
        """From the beginning of the log, in pages of one."""
        system, acting = machine(), manager()
        made = [incident(acting, f"The {number}th").pk for number in range(4)]
        items, _after = all_since(system, limit=1)
        first = list(dict.fromkeys(source for source in sources(items) if source in made))
        assert first == made

    def test_a_sealed_line_is_never_told(self) -> None:
        """Neither its words nor that there is one: the page is as if there were none."""
        system, acting = machine(), manager()
        after = told(system.get("/events?now=true"))["next"]
        incident(acting, "Under threat", handling=Handling.SEALED)
        page = told(system.get(f"/events?after={after}&limit=1"))
        assert (page["items"], page["more"]) == ([], False)

    def test_what_is_sealed_later_is_to_be_forgotten(self) -> None:
        """Another system holds no line of what is sealed by now: it is told that it is gone, and no more."""
        system, acting = machine(), manager()
        row = incident(acting, "Under threat")
        items, after = all_since(system)
        lines = {one["id"] for one in items if one["row"] and one["row"]["source"] == str(row.pk)}
        assert lines
        with within(acting):
            incidents.keep_as(acting, incident=row.pk, handling=Handling.SEALED, reason="a witness under threat")
        items, _after = all_since(system, after)
        assert {one["id"]: (one["gone"], one["row"]) for one in items if one["id"] in lines} == dict.fromkeys(
            lines, (True, None)
        )
        assert row.reference not in str(items)

    def test_links_are_told_and_undone(self) -> None:
        """Who was decided to be whom; a decision that was undone is told again, as one that no longer stands."""
        system, acting = machine(), manager()
        with within(acting):
            one, other = (
                people.record_person(acting, forenames="Kezia", surname="Machin", date_of_birth=date(1988, 3, 14))
                for _ in range(2)
            )
        # Not within what writes: a snapshot knows nothing of the transaction that takes it.
        after = told(system.get("/events?now=true"))["next"]
        with within(acting):
            made = people.decide_identity(
                acting, one=one.pk, other=other.pk, decision="same", reason="the same date of birth and number"
            )
        items, after = all_since(system, after)
        (link,) = [item for item in items if item["kind"] == "identity"]
        assert link["row"]["stands"] is True
        assert {link["row"]["one"], link["row"]["other"]} == {str(one.pk), str(other.pk)}
        with within(acting):
            people.undo_decision(acting, decision=made.pk, reason="twins, as it turned out")
        (link,) = [item for item in all_since(system, after)[0] if item["kind"] == "identity"]
        assert link["row"]["stands"] is False

    def test_whoever_lacks_the_scope_is_not_told(self) -> None:
        """A client that may read people alone is told of links and not of lines."""
        system, acting = machine(scopes=frozenset({People.READ})), manager()
        incident(acting, "A door left open")
        assert all_since(system)[0] == []

    @pytest.mark.parametrize("after", ["x", "W10", "WyJhIiwiYiIsImMiLCJkIl0"])
    def test_a_cursor_that_is_none_of_ours_is_said(self, after: str) -> None:
        """422; so is one of another database, as before a restore."""
        answer = machine().get(f"/events?after={after}")
        assert (answer.status_code, told(answer)["reasons"][0]["field"]) == (422, "after")


def test_a_change_that_is_committed_late_is_not_missed() -> None:
    """It was written before another and committed after the reader had passed that one: the next page has it."""
    system, slow, quick = machine(), manager(), manager()
    after = told(system.get("/events?now=true"))["next"]
    written, go_on = threading.Event(), threading.Event()
    late: list[UUID] = []

    def write_slowly() -> None:
        try:
            with within(slow):
                row = incidents.open_incident(slow, kind=Kind.CONCERN, what="Late", place=place)
                late.append(row.pk)
                written.set()
                assert go_on.wait(30)
        finally:
            connections.close_all()

    with within(slow):
        place = places.record_place(slow, line="27 Kilncroft Street", town="Stafford").pk
    with within(quick):
        other = places.record_place(quick, line="31 Kilncroft Street", town="Stafford").pk
        # A number of its own for each: the slow one holds the counter of references until it is committed.
        person = people.record_person(quick, forenames="Kezia", surname="Machin").pk
        second = people.record_person(quick, forenames="Kez", surname="Machin").pk
    slowly = threading.Thread(target=write_slowly)
    slowly.start()
    try:
        assert written.wait(30)
        with within(quick):
            people.decide_identity(quick, one=person, other=second, decision="same", reason="the same number")
        items, after = all_since(system, after)
        assert [one["kind"] for one in items] == ["identity"]
        assert not late or str(late[0]) not in str(items)
    finally:
        go_on.set()
        slowly.join(30)
    items, after = all_since(system, after)
    assert late[0] in sources(items)
    assert all_since(system, after)[0] == []
    assert other != place
