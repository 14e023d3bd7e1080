"""One person's record with locked and sealed parts, and who has looked at it."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError

from tests import factories
from tests.domains.incidents import scenes
from tests.domains.signed_in import client_of
from tests.foundation.test_work_pages import sections_of
from tests.oversight.kilncroft import Kilncroft, matters_of, plain
from watchward.domains.people import commands as people
from watchward.foundation.access.context import as_engine, within
from watchward.foundation.acting import Acting, Task
from watchward.foundation.audit.models import Trace
from watchward.foundation.chronicle import queries as chronicle
from watchward.foundation.records import Handling
from watchward.oversight.profile import queries

pytestmark = pytest.mark.django_db


class TestTheTrace:
    """Who looks is seen, and why; without its trace there is no page."""

    def test_the_look_has_its_purpose(self) -> None:
        """With nothing said, the purpose is the open incident; with a task in hand, the task."""
        stage = Kilncroft()
        stage.page()
        with within(stage.sergeant), as_engine(stage.sergeant):
            trace = Trace.objects.get(account_id=stage.sergeant.account, kind="opened", about=stage.kerry.pk)
            assert re.fullmatch(r"I-19\d{4}-\d{4}, which is open", trace.purpose)
        taking = stage.handler.with_task(Task("call", uuid4(), "taking call C-190701-0112"))
        with within(taking):
            queries.gather(taking, person=stage.kerry.pk)
            with as_engine(taking):
                trace = Trace.objects.filter(account_id=taking.account, kind="opened").latest("id")
        assert trace.purpose == "taking call C-190701-0112"

    def test_what_was_shown_is_in_it(self) -> None:
        """The records whose lines stood on the page are in the trace of the list."""
        stage = Kilncroft()
        stage.page()
        with within(stage.sergeant), as_engine(stage.sergeant):
            trace = Trace.objects.get(account_id=stage.sergeant.account, kind="opened")
            with within(stage.sergeant) as acting:
                told = chronicle.about(acting, [stage.kerry.pk]).values_list("source", flat=True)
                assert {UUID(id_) for id_ in trace.records} == set(told)

    def test_without_the_trace_there_is_no_page(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The page fails when its trace cannot be written: nothing of the person is shown (DPA 2018 s.62)."""
        stage = Kilncroft()

        def refuse(*_arguments: object, **_named: object) -> None:
            raise DatabaseError("the trace cannot be written")

        monkeypatch.setattr(Trace.objects, "create", refuse)
        client = client_of(stage.sergeant)
        client.raise_request_exception = False
        answer = client.get(f"/records/people/{stage.kerry.pk}")
        assert answer.status_code == 500
        assert b"Machin" not in answer.content

    def test_who_has_looked(self) -> None:
        """One's own and one's team's by name; of others the number alone."""
        stage = Kilncroft()
        stranger = factories.officer("response-officer", team=factories.team(), name="PC Stranger")
        stage.page(stranger)
        stage.page(stage.handler)
        looked = sections_of(stage.page())["look"]
        assert "P. Nandra, " in looked
        assert "PC Stranger" not in looked
        assert int(re.findall(r"(\d+) in 30 days", looked)[0]) > looked.count("<li")
        assert "Names of others" in looked
        assert "PC Stranger" in sections_of(stage.page(factories.officer("auditor")))["look"]


class TestHandling:
    """Locked parts are said and opened with a reason; sealed ones are nowhere."""

    def test_a_locked_part_is_a_stub_that_leads_to_the_question_why(self) -> None:
        """Another team's locked incident: that it is there, whose it is, a link that asks why; after it, the line."""
        stage = Kilncroft()
        hub = factories.team("Stoke North hub")
        keeper = factories.officer("call-handler", team=hub)
        incident = scenes.incident(keeper, what="Hub meeting", people=((stage.kerry.pk, "victim"),))
        self._keep(keeper, incident.pk, Handling.LOCKED, hub.number)
        page = stage.page()
        assert "Hub meeting" not in page
        assert "Something is locked by Stoke North hub" in page
        assert "1 part locked" in page
        link = re.search(r'href="(/locked/incidents.incident/[^"]+)"', page)
        assert link
        client = client_of(stage.sergeant)
        answer = client.post(link[1], {"purpose": "supervision", "reason": "She is at risk today"})
        assert answer.headers["Location"] == f"/records/people/{stage.kerry.pk}"
        assert "Hub meeting" in stage.page()

    def test_a_sealed_part_is_nowhere(self) -> None:
        """Of a sealed incident nothing is told: not its line, not a count, not a stub."""
        stage = Kilncroft()
        before = re.sub(r"[0-9a-f-]{36}|\d+ in 30 days", "", matters_of(stage.page()))
        hub = factories.team()
        keeper = factories.officer("call-handler", team=hub)
        incident = scenes.incident(keeper, what="Hub meeting", people=((stage.kerry.pk, "victim"),))
        self._keep(keeper, incident.pk, Handling.SEALED, hub.number)
        page = stage.page()
        assert "Hub meeting" not in page
        assert "locked" not in plain(page).lower()
        assert "<b>All 5</b>" in page
        assert re.sub(r"[0-9a-f-]{36}|\d+ in 30 days", "", matters_of(page)) == before

    def _keep(self, acting: Acting, incident: UUID, handling: Handling, team: int) -> None:
        from watchward.domains.incidents.models import Incident
        from watchward.foundation.commands import command, current

        @command(needs=None)
        def keep(acting: Acting) -> None:
            with as_engine(acting, command=str(current().id)):
                Incident.objects.filter(pk=incident).update(handling=handling, team_id=team)

        with within(acting):
            keep(acting)

    def test_a_locked_person_is_opened_with_a_reason_first(self) -> None:
        """The page of somebody locked asks why before it shows anything; of somebody sealed it knows nothing."""
        stage = Kilncroft()
        stranger = factories.officer("response-officer", team=factories.team())
        with within(stage.sergeant) as acting:
            people.keep_as(
                self._may(acting), person=stage.kerry.pk, handling=Handling.LOCKED, reason="She asked for it",
                team=stage.team.number,
            )  # fmt: skip
        client = client_of(stranger)
        answer = client.get(f"/records/people/{stage.kerry.pk}")
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(f"/locked/people.person/{stage.kerry.pk}?back=")
        client.post(answer.headers["Location"], {"purpose": "incident", "reason": "I am at her door"})
        assert "Kerry-Ann Machin" in client.get(f"/records/people/{stage.kerry.pk}").content.decode()
        with within(stage.sergeant) as acting:
            people.keep_as(
                self._may(acting), person=stage.kerry.pk, handling=Handling.SEALED, reason="She is in danger",
                team=stage.team.number,
            )  # fmt: skip
        assert client.get(f"/records/people/{stage.kerry.pk}").status_code == 404
        assert client.get(f"/records/people/{uuid4()}").status_code == 404

    def _may(self, acting: Acting) -> Acting:
        from dataclasses import replace

        from watchward.domains.people.vocabulary import Permission

        return replace(acting, permissions=acting.permissions | {Permission.HANDLE})

    def test_who_may_not_read_profiles_does_not(self) -> None:
        """An administrator of accounts reads nobody's record."""
        stage = Kilncroft()
        stage.page(factories.officer("administrator"), status=403)
