"""One person's record across the force: what happened, what stands, what is owed, who they are, and who has looked."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError

from tests import factories
from tests.domains.incidents import scenes
from tests.foundation.test_work_pages import browser_of, sections_of
from watchward.domains.incidents.vocabulary import Kind, Sign
from watchward.domains.people import commands as people
from watchward.domains.people.models import Person
from watchward.domains.people.vocabulary import MarkerKind, Tie
from watchward.domains.places import commands as places
from watchward.foundation import reading
from watchward.foundation.access import middleware
from watchward.foundation.access.context import as_engine, within
from watchward.foundation.acting import Acting, Task
from watchward.foundation.audit.models import Trace
from watchward.foundation.chronicle import queries as chronicle
from watchward.foundation.chronicle.kinds import kinds
from watchward.foundation.records import Handling, NotHere
from watchward.oversight.profile import queries
from watchward.oversight.profile.vocabulary import EVENTS, FACTS, OWED, Show

pytestmark = pytest.mark.django_db

NOW = factories.NOW


@pytest.fixture(autouse=True)
def _at_the_tests_own_time(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.DEMO = True
    monkeypatch.setattr(middleware, "now", lambda: NOW)


class Kilncroft:
    """Kerry-Ann Machin, the man she lives with, her daughter, and what happened there."""

    def __init__(self) -> None:
        self.team = factories.team("Response A")
        self.sergeant = factories.officer("sergeant", team=self.team, supervises=True, name="Sgt Moira Lowndes")
        self.handler = factories.officer("call-handler", team=self.team, name="P. Nandra")
        with within(self.sergeant) as acting:
            place = places.record_place(acting, line="27 Kilncroft Street", town="Burslem", postcode="ST6 4AB")
            self.kerry = self._person(acting, "Kerry-Ann", "Machin", date(1988, 3, 14), "F")
            self.dean = self._person(acting, "Dean", "Salt", date(1985, 1, 9), "M")
            self.ellie = self._person(acting, "Ellie", "Machin", date(2012, 2, 3), "F")
            people.add_number(
                acting, person=self.kerry.pk, number="07700 900417", source="a call", safe="Ask before ringing back"
            )
            for person in (self.kerry, self.dean, self.ellie):
                people.live_at(acting, person=person.pk, place=place.pk, since=date(2018, 2, 1))
            people.relate(acting, one=self.dean.pk, other=self.kerry.pk, kind=Tie.PARTNER)
            people.relate(acting, one=self.kerry.pk, other=self.ellie.pk, kind=Tie.PARENT)
            people.mark_person(
                acting, person=self.dean.pk, kind=MarkerKind.VIOLENT, words="Knife, 2017", source="PNC",
                grounds="Convicted in 2017", review_on=date(2019, 12, 1),
            )  # fmt: skip
        for days, part in ((400, "caller"), (100, "victim"), (12, "victim"), (3, "victim"), (0.01, "victim")):
            self.happened(days, part)

    def _person(self, acting: Acting, forenames: str, surname: str, born: date, sex: str) -> Person:
        return people.record_person(
            acting, forenames=forenames, surname=surname, date_of_birth=born, sex=sex, source="a call"
        )

    def happened(self, days: float, part: str, **kwargs: Any) -> Any:
        """Let something happen to her so many days ago."""
        then = self.handler.at_time(NOW - timedelta(days=days))
        return scenes.incident(
            then, signs=(Sign.DOMESTIC_ABUSE,), kind=Kind.DOMESTIC, what=f"Shouting {days} days ago",
            people=((self.kerry.pk, part),), **kwargs,
        )  # fmt: skip

    def page(self, acting: Acting | None = None, query: str = "", status: int = 200) -> str:
        """Return her page as somebody sees it."""
        answer = browser_of(acting or self.sergeant).get(f"/records/people/{self.kerry.pk}{query}")
        assert answer.status_code == status
        return str(answer.content.decode())


def plain(text: str) -> str:
    """Return the words of a part of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def matters_of(page: str) -> str:
    """Return what the page says aloud."""
    found = re.search(r'<p class="ww-matters[^>]*>(.*?)</p>', page, re.DOTALL)
    assert found
    return plain(found[1])


class TestThePage:
    """Everything that is known, in its fixed places."""

    def test_what_matters_is_said_in_its_order(self) -> None:
        """Trend, danger, children, instruction: each fact once, in that order."""
        said = matters_of(Kilncroft().page())
        assert said.replace("( ", "(").startswith(
            "Repeat victim of domestic abuse. 3 contacts in 30 days, rising. Lives with Dean Salt (Violent: Knife, "
            "2017). 1 child in the household. Ask before ringing back. "
        )

    def test_a_quiet_record_says_so_quietly(self) -> None:
        """With nothing to say it does not shout."""
        stage = Kilncroft()
        page = browser_of(stage.sergeant).get(f"/records/people/{stage.ellie.pk}").content.decode()
        assert "ww-matters--calm" not in stage.page()
        with within(stage.sergeant) as acting:
            quiet = stage._person(acting, "Ada", "Quiet", date(1960, 1, 1), "F")
        page = browser_of(stage.sergeant).get(f"/records/people/{quiet.pk}").content.decode()
        assert "ww-matters--calm" in page
        assert matters_of(page) == "Nothing stands out"

    def test_the_chronicle_by_year_with_her_parts(self) -> None:
        """Latest first under its year; filters count and narrow; only kinds of line stand in the address."""
        stage = Kilncroft()
        page = stage.page()
        years = re.findall(r'ww-line__year">(\d+)<', page)
        assert years == ["2019", "2018"]
        assert "Shouting 0.01 days ago" in page
        assert "<b>All 5</b>" in page
        assert "As victim 4" in page
        narrowed = stage.page(query="?show=caller")
        assert "Shouting 400 days ago" in narrowed
        assert "Shouting 3 days ago" not in sections_of(narrowed)["chron"]
        assert "<b>As caller 1</b>" in narrowed
        assert "<b>All 5</b>" in stage.page(query="?show=nonsense")

    def test_who_she_is_and_lives_with(self) -> None:
        """Identity, household with ties and warnings, places and numbers."""
        found = sections_of(Kilncroft().page())
        assert "Partner Dean Salt , Adult, 34. Violent: Knife, 2017" in plain(found["house"])
        assert "Daughter Ellie Machin , Child, 7" in plain(found["house"])
        assert "27 Kilncroft Street, Burslem, ST6 4AB since 1 Feb 2018" in plain(found["places"])
        assert "07700 900417 Ask before ringing back" in plain(found["places"])

    def test_how_often_she_had_which_part(self) -> None:
        """Twelve months and ever; a fact that stands is no part in anything."""
        rows = re.findall(r"<tr>(.*?)</tr>", sections_of(Kilncroft().page())["roles"], re.DOTALL)
        assert [plain(row) for row in rows[1:]] == ["Victim 4 4", "Caller 0 1"]

    def test_few_queries_however_much_happened(self, django_assert_max_num_queries: Any) -> None:
        """Thirty more contacts cost not one query more."""
        stage = Kilncroft()
        client = browser_of(stage.sergeant)
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        client.get(f"/records/people/{stage.kerry.pk}")
        with CaptureQueriesContext(connection) as before:
            client.get(f"/records/people/{stage.kerry.pk}")
        for days in range(20):
            stage.happened(40 + days, "witness")
        with django_assert_max_num_queries(len(before)):
            client.get(f"/records/people/{stage.kerry.pk}")
        assert len(before) <= 50

    def test_earlier_lines_are_counted_and_one_press_away(self) -> None:
        """Thirty lines at once; the rest are said and shown when asked for."""
        stage = Kilncroft()
        for days in range(28):
            stage.happened(40 + days, "witness")
        assert "3 earlier" in stage.page()
        assert "Shouting 400 days ago" in stage.page(query="?all=yes&amp;show=all".replace("&amp;", "&"))


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
        client = browser_of(stage.sergeant)
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
        client = browser_of(stage.sergeant)
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
        client = browser_of(stranger)
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


class TestSamePerson:
    """Other records that may be her: joined, not joined, or unsure, and each undone."""

    def twin(self, stage: Kilncroft) -> Person:
        """Record her again, as somebody else did years ago."""
        with within(stage.handler) as acting:
            person = stage._person(acting, "Kerry Anne", "Machin", date(1988, 3, 14), "F")
            people.add_number(acting, person=person.pk, number="07700 900417", source="an old call")
        return person

    def test_suggested_joined_and_undone(self) -> None:
        """The evidence is kept as the reason; joined, both histories are one; undone, they are two again."""
        stage = Kilncroft()
        twin = self.twin(stage)
        then = stage.handler.at_time(NOW - timedelta(days=200))
        scenes.incident(then, what="Long ago elsewhere", people=((twin.pk, "witness"),))
        client = browser_of(stage.sergeant)
        page = stage.page()
        assert f'name="other" value="{twin.pk}"' in page
        assert "Long ago elsewhere" not in page
        client.post(f"/records/people/{stage.kerry.pk}/same", {"other": str(twin.pk), "decision": "same"})
        page = stage.page()
        assert "Long ago elsewhere" in page
        assert f'name="other" value="{twin.pk}"' not in page
        assert "1 record joined, 0 to decide" in page
        assert "Strong:" in sections_of(page)["same"]
        undo = re.search(r'action="(/records/people/[^"]+/undo)"', page)
        assert undo
        assert client.post(undo[1], {"reason": "oops"}).status_code == 422
        assert client.post(undo[1], {"reason": "Another Kerry after all"}).status_code == 302
        page = stage.page()
        assert "Long ago elsewhere" not in page
        assert f'name="other" value="{twin.pk}"' in page

    def test_not_her_is_not_asked_again(self) -> None:
        """Decided not to be her, the record is no longer suggested, and the decision stands in the list."""
        stage = Kilncroft()
        twin = self.twin(stage)
        client = browser_of(stage.sergeant)
        client.post(f"/records/people/{stage.kerry.pk}/same", {"other": str(twin.pk), "decision": "not same"})
        page = stage.page()
        assert f'name="other" value="{twin.pk}"' not in page
        assert "Not: Kerry Anne Machin" in page

    def test_whom_she_lives_with_is_not_suggested(self) -> None:
        """An address or number in common is a household, and no sameness."""
        stage = Kilncroft()
        page = stage.page()
        assert f'value="{stage.dean.pk}"' not in page
        assert f'value="{stage.ellie.pk}"' not in page

    def test_a_forged_answer_is_refused(self) -> None:
        """Nonsense changes nothing; another's sealed record is not found."""
        stage = Kilncroft()
        client = browser_of(stage.sergeant)
        address = f"/records/people/{stage.kerry.pk}/same"
        assert client.post(address, {"other": "x", "decision": "same"}).status_code == 302
        assert client.post(address, {"other": str(uuid4()), "decision": "same"}).status_code == 404
        assert client.post(address, {"other": str(stage.dean.pk), "decision": "merge"}).status_code == 422
        assert "0 records joined" in stage.page()


def test_what_is_owed_to_her_stands_by_its_due_time() -> None:
    """What somebody owes about her is listed with its due time and who owes it, late ones said aloud."""
    from tests.foundation import scene
    from watchward.domains.places.models import Place
    from watchward.foundation.access.owners import TeamOf
    from watchward.foundation.chronicle.kinds import About
    from watchward.foundation.duties import commands as duties
    from watchward.foundation.duties.kinds import Due, DutyKind
    from watchward.foundation.duties.kinds import kinds as duty_kinds
    from watchward.foundation.duties.models import Duty

    stage = Kilncroft()
    kind = DutyKind(
        key="tests.visit-her", asks="Was she visited?", about=Place,
        population=lambda acting: Place.visible_to(acting).filter(town=scene.OWES),
        due=lambda place: Due(place.made_at, place.made_at + timedelta(hours=24), "A rule of these tests", NOW.date()),
        owed_by=TeamOf(), says=lambda place: place.line,
        subjects=lambda _place: [About("person", stage.kerry.pk, "owed")],
    )  # fmt: skip
    try:
        for hours, line in ((-48, "A late visit"), (0, "A visit to come")):
            with within(stage.sergeant.at_time(NOW + timedelta(hours=hours))) as then:
                scene.write_place(then, line=line, owes=True, team=stage.team.number)
        with within(stage.sergeant) as giving:
            visit = Duty.visible_to(giving).get(kind=kind.key, what="A visit to come")
            duties.give(giving, duty=visit.pk, to=stage.handler.account)
        page = stage.page()
        with within(stage.sergeant) as giving:
            duties.give(giving, duty=visit.pk, to=stage.sergeant.account)
        own = stage.page()
    finally:
        del duty_kinds[kind.key]
    owed = plain(sections_of(page)["owed"])
    late = re.search(r"(\d+) things open, (\d+) late", owed)
    assert late
    assert int(late[1]) > int(late[2]) > 1
    assert owed.index("A late visit") < owed.index("A visit to come")
    assert "24 h late" in owed
    assert "A late visit. Response A, nobody named, by Sun 30 Jun 2019, 07:45" in owed
    assert "A visit to come. P. Nandra, by Tue 2 Jul 2019, 07:45" in owed
    assert "A visit to come. You, by Tue 2 Jul 2019, 07:45" in plain(sections_of(own)["owed"])
    assert matters_of(page).endswith(f"{late[2]} things owed to her are late.")


def test_every_kind_of_line_is_an_event_a_fact_or_owed() -> None:
    """A new kind of line fails here until somebody has said whether it counts as a contact."""
    house = {key for key in kinds if not key.startswith("tests.")}
    assert house <= FACTS | EVENTS | {OWED}
    assert not FACTS & EVENTS
    assert {show.value for show in Show} == {"all", "victim", "caller", "facts"}


def test_a_stranger_to_the_force_finds_nobody() -> None:
    """An id that never was is not found, by the query as by the page."""
    acting = factories.officer("sergeant")
    with within(acting), pytest.raises(NotHere):
        queries.gather(acting, person=uuid4())
    assert reading.OPEN_LOCKED in acting.permissions
