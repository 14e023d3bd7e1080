"""My work, a team's, all that is late, one duty and the ledgers, as their people see them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests import factories
from tests.domains.signed_in import client_of
from tests.foundation import scene
from watchward.domains.places.models import Place
from watchward.foundation.access import middleware
from watchward.foundation.access.context import as_engine, within
from watchward.foundation.acting import Acting
from watchward.foundation.audit.models import Trace
from watchward.foundation.duties import commands, views
from watchward.foundation.duties.models import Duty, State
from watchward.foundation.records import Handling

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
MOST_QUERIES = 20


@pytest.fixture(autouse=True)
def _at_the_tests_own_time(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.DEMO = True
    monkeypatch.setattr(middleware, "now", lambda: factories.NOW)


@pytest.fixture
def _visits() -> Iterator[None]:
    with scene.visits_owed(by_words=True, escalates=(scene.step(1),), harm=2):
        yield


class Morning:
    """A sergeant, two of their officers and what these owe."""

    def __init__(self) -> None:
        self.team = factories.team("Response A")
        self.sergeant = factories.officer("sergeant", team=self.team, supervises=True, name="Sgt Moira Lowndes")
        self.rudge = factories.officer("response-officer", team=self.team, name="PC Rudge")
        self.dawes = factories.officer("response-officer", team=self.team, name="PC Dawes")
        self.late = self.owed("2 Late Street", -48, self.rudge)
        self.today = self.owed("3 Today Street", -20, self.dawes)
        self.at_risk = self.owed("4 Risk Street", 0, self.rudge)
        self.later = self.owed("5 Later Street", 0, self.dawes)

    def owed(self, line: str, hours: float, to: Acting | None = None, **kept: Any) -> Place:
        """Record a place that owes a visit, so many hours from now, and give it to somebody."""
        with within(self.sergeant.at_time(factories.NOW + hours * HOUR)) as then:
            place = scene.write_place(then, line=line, owes=True, team=self.team.number, **kept)
            if to is not None:
                commands.give(then, duty=Duty.visible_to(then).get(about=place.pk).pk, to=to.account)
        return place

    def duty(self, place: Place) -> Duty:
        """Return what is owed about a place."""
        with within(self.sergeant):
            return Duty.visible_to(self.sergeant).get(about=place.pk)


def sections_of(page: str) -> dict[str, str]:
    """Return the page's sections by the id of their heading."""
    parts = re.split(r'<section[^>]*aria-labelledby="h-', page)[1:]
    return {part.split('"', 1)[0]: part.split("</section>")[0] for part in parts}


@pytest.mark.usefixtures("_visits")
class TestMyWork:
    """What one owes, and what one's team does."""

    def test_a_sergeants_morning(self) -> None:
        """Late, today, at risk and later each stand once, in their own section, with the reason for the risk."""
        morning = Morning()
        page = client_of(morning.sergeant).get("/my-work/").content.decode()
        found = sections_of(page)
        assert "<title>My work: 1 late, 1 due today" in page
        assert "2 Late Street" in found["late"]
        assert "24 h late" in found["late"]
        assert "3 Today Street" in found["today"]
        assert "4 Risk Street" in found["risk"]
        assert "PC Rudge is late with 1 already" in found["risk"]
        assert "5 Later Street" in found["later"]
        assert "✓ adds up" in page
        assert "A rule of these tests, from 1 Jan 2018" in found["late"]

    def test_the_first_row_is_the_current_one_and_has_its_keys(self) -> None:
        """One row is current; its actions carry the letters of the list keys, and it has one way in."""
        page = client_of(Morning().sergeant).get("/my-work/").content.decode()
        assert page.count('aria-current="true"') == 1
        rows = re.findall(r"<li class=\"ww-duty\".*?</li>", page, re.DOTALL)
        assert len(rows) == 4
        for letter in "rhav":
            assert f'data-key="{letter}"' in rows[0]

    def test_the_team_table_counts_each_officer(self) -> None:
        """Late, today and later for each; the foot is their sum."""
        page = client_of(Morning().sergeant).get("/my-work/").content.decode()
        table = sections_of(page)["team"]
        rows = [re.sub(r"<[^>]+>", " ", row).split() for row in re.findall(r"<tr>.*?</tr>", table, re.DOTALL)]
        assert rows[1:] == [
            ["Sgt", "Moira", "Lowndes", "you", "0", "0", "0"],
            ["PC", "Dawes", "0", "1", "1"],
            ["PC", "Rudge", "1", "0", "1"],
            ["Team", "1", "1", "2"],
        ]

    def test_what_a_list_leaves_out_is_one_press_away(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Beyond what is shown at once the list says how many more there are, and leads to all of them by pages."""
        monkeypatch.setattr(views, "SHOWN", 2)
        morning = Morning()
        for number in range(3):
            morning.owed(f"{number + 10} Late Street", -48 - number, morning.rudge)
        client = client_of(morning.sergeant)
        late = sections_of(client.get("/my-work/").content.decode())["late"]
        found = re.search(r'<a href="([^"]+)">2 more</a>', late)
        assert found, late
        address = found[1].replace("&amp;", "&")
        first = client.get(address).content.decode()
        assert "<b>4</b>" in first
        assert "Page 1 of 2" in first
        second = client.get(f"{address}&page=2").content.decode()
        shown = {street for page in (first, second) for street in re.findall(r"\d+ Late Street", page)}
        assert shown == {"2 Late Street", "10 Late Street", "11 Late Street", "12 Late Street"}
        for name, street in (("today", "3 Today Street"), ("later", "5 Later Street")):
            assert street in client.get(f"/my-work/?view=team&list={name}").content.decode()

    def test_an_officer_sees_their_own(self) -> None:
        """No team table; what is theirs, and what their team owes with nobody named."""
        morning = Morning()
        morning.owed("6 Nobody Street", 0)
        page = client_of(morning.dawes).get("/my-work/").content.decode()
        assert "3 Today Street" in page
        assert "6 Nobody Street" in page
        assert "2 Late Street" not in page
        assert "h-team" not in page

    def test_one_officers_work_by_an_opaque_link(self) -> None:
        """The sergeant opens one officer's list; an officer who tries the same link sees their own."""
        morning = Morning()
        address = f"/my-work/?who={morning.rudge.account}"
        page = client_of(morning.sergeant).get(address).content.decode()
        assert "2 Late Street" in page
        assert "3 Today Street" not in page
        assert "2 Late Street" not in client_of(morning.dawes).get(address).content.decode()

    def test_what_went_up_is_seen_by_whom_it_went_to(self) -> None:
        """It stands at their right hand until they say that they saw it, and then says so."""
        morning = Morning()
        with within(factories.machinery()) as machinery:
            assert commands.escalate(machinery) == 1
        client = client_of(morning.sergeant)
        page = client.get("/my-work/").content.decode()
        assert "Gone up to you" in page
        action = re.search(r'action="(/my-work/seen/[^"]+)"', page)
        assert action
        assert client.post(action[1]).status_code == 302
        assert "seen Mon 1 Jul, 07:45" in client.get("/my-work/").content.decode()

    def test_hidden_rows_are_said_and_sealed_ones_are_not(self) -> None:
        """A supervisor above sees that one is locked to them; of the sealed one nothing tells."""
        morning = Morning()
        for handling in (Handling.LOCKED, Handling.SEALED):
            morning.owed("7 Closed Street", 0, handling=handling)
        stranger = factories.officer("auditor")
        page = client_of(stranger).get("/my-work/ledgers").content.decode()
        row = next(row for row in re.findall(r"<tr>.*?</tr>", page, re.DOTALL) if "tests.visit" in row)
        cells = re.findall(r'<td class="ww-num">(?:<a [^>]+>)?([\d,]+)<', row)
        assert cells == ["5", "0", "5", "0", "1"]
        assert "adds up" in row

    @pytest.mark.parametrize("many", [0, 60])
    def test_few_queries_however_many_rows(self, many: int, django_assert_max_num_queries: Any) -> None:
        """The pages read in one plan: sixty more rows cost not one query more."""
        morning = Morning()
        for number in range(many):
            morning.owed(f"{number} Long Street", -30 if number % 2 else 0, morning.dawes)
        client = client_of(morning.sergeant)
        for address in ("/my-work/", "/my-work/overdue", f"/my-work/{morning.duty(morning.late).pk}"):
            with django_assert_max_num_queries(MOST_QUERIES):
                assert client.get(address).status_code == 200

    def test_looking_leaves_its_trace(self) -> None:
        """The rows that were shown are in the trace, and no others."""
        morning = Morning()
        client_of(morning.dawes).get("/my-work/")
        with within(morning.dawes), as_engine(morning.dawes):
            trace = Trace.objects.get(account_id=morning.dawes.account, what="duties.work")
        shown = {morning.duty(place).pk for place in (morning.today, morning.later)}
        assert {UUID(id_) for id_ in trace.records} == shown


@pytest.mark.usefixtures("_visits")
class TestOneDuty:
    """One duty: given, done, released, with its rule and its story."""

    def test_all_that_is_known_of_it(self) -> None:
        """Question, owner, rule with every version, and how it came to be what it is."""
        morning = Morning()
        page = client_of(morning.sergeant).get(f"/my-work/{morning.duty(morning.late).pk}").content.decode()
        for words in (
            "Was this place visited?",
            "2 Late Street",
            "PC Rudge, Response A",
            "from 1 Jan 2018",
            "24 hours",
        ):
            assert words in page, words
        assert "owed by: PC Rudge" in sections_of(page)["history"]
        assert "Opened, due Sun 30 Jun 2019, 07:45" in sections_of(page)["history"]

    def test_giving_doing_and_releasing(self) -> None:
        """Each is one form; what is refused keeps what was typed and says all the reasons."""
        morning = Morning()
        client = client_of(morning.sergeant)
        late, later = morning.duty(morning.late), morning.duty(morning.later)
        client.post(f"/my-work/{late.pk}", {"do": "give", "to": str(morning.dawes.account)})
        assert morning.duty(morning.late).owed_by_id == morning.dawes.account
        refused = client.post(f"/my-work/{late.pk}", {"do": "done", "words": "short"})
        assert refused.status_code == 422
        assert "Say what was done: this is its proof." in refused.content.decode()
        assert ">short</textarea>" in refused.content.decode()
        assert client.post(f"/my-work/{late.pk}", {"do": "done", "words": "Went at noon"}).status_code == 302
        client.post(f"/my-work/{later.pk}", {"do": "release", "reason": "Pulled down in May"})
        assert [morning.duty(p).state for p in (morning.late, morning.later)] == [State.DISCHARGED, State.RELEASED]
        page = client.get(f"/my-work/{late.pk}").content.decode()
        assert "foundation.duties.commands.discharge" in page
        assert "Went at noon" in page
        assert "Pulled down in May" in sections_of(client.get("/my-work/").content.decode())["rel"]

    def test_what_was_released_folds_after_the_latest(self) -> None:
        """The latest stand open and the others under them: a week of them would bury the rest of the page."""
        morning = Morning()
        for number in range(10):
            place = morning.owed(f"{number} Former Street", -number, morning.rudge)
            with within(morning.sergeant):
                commands.release(
                    morning.sergeant, duty=Duty.visible_to(morning.sergeant).get(about=place.pk).pk, reason="It is gone"
                )
        released = sections_of(client_of(morning.sergeant).get("/my-work/").content.decode())["rel"]
        at_once, _fold, folded = released.partition("<details")
        assert (at_once.count("Former Street"), folded.count("Former Street")) == (8, 2)
        assert "2 more in seven days" in folded

    def test_an_officer_cannot_give_or_release(self) -> None:
        """The forms are not there, and a forged one is refused and known."""
        morning = Morning()
        duty = morning.duty(morning.late)
        client = client_of(morning.rudge)
        assert "Release it" not in client.get(f"/my-work/{duty.pk}").content.decode()
        assert client.post(f"/my-work/{duty.pk}", {"do": "release", "reason": "I would rather not"}).status_code == 422
        assert morning.duty(morning.late).state == State.OPEN

    def test_out_of_scope_is_absent(self) -> None:
        """A duty about another team's sealed record is not found, as one that never was."""
        morning = Morning()
        sealed = morning.duty(morning.owed("8 Sealed Street", 0, handling=Handling.SEALED))
        client = client_of(factories.officer("sergeant"))
        answers = [client.get(f"/my-work/{id_}") for id_ in (sealed.pk, UUID(int=1))]
        assert [answer.status_code for answer in answers] == [404, 404]


@pytest.mark.usefixtures("_visits")
class TestAllThatIsLate:
    """The board of what is late, worst harm first, for anybody, as far as they may see."""

    def test_by_team(self) -> None:
        """Each team has its count; one team's page has its rows alone."""
        morning, other = Morning(), factories.team("Response B")
        keeper = factories.officer("sergeant", team=other)
        with within(keeper.at_time(factories.NOW - 100 * HOUR)) as then:
            scene.write_place(then, line="9 Other Street", owes=True, team=other.number)
        client = client_of(morning.sergeant)
        page = client.get("/my-work/overdue").content.decode()
        assert "<b>2</b> late" in page
        assert "Response B 1" in page
        narrowed = client.get(f"/my-work/overdue?team={other.number}").content.decode()
        assert "9 Other Street" in narrowed
        assert "2 Late Street" not in narrowed

    def test_pages(self) -> None:
        """More than fifty are paged, and an odd page number shows the nearest page."""
        morning = Morning()
        for number in range(55):
            morning.owed(f"{number} Long Street", -30)
        client = client_of(morning.sergeant)
        assert "Page 1 of 2" in client.get("/my-work/overdue").content.decode()
        last = client.get("/my-work/overdue?page=99").content.decode()
        assert "Page 2 of 2" in last
        assert last.count('class="ww-duty"') == 6


def test_a_ledger_that_does_not_add_up_says_so() -> None:
    """A dropped duty turns the page's first line red, in words."""
    from watchward.foundation.commands import command

    @command(needs=None)
    def drop(acting: Acting) -> None:
        Duty.objects.filter(kind="tests.visit").delete()

    acting = factories.officer("sergeant")
    with scene.visits_owed():
        with within(acting):
            scene.write_place(acting, owes=True)
            drop(acting)
        page = client_of(acting).get("/my-work/ledgers").content.decode()
    assert "do not add up" in page
    assert "does not add up: 1 missing" in page


def test_shortcuts_are_ones_own() -> None:
    """Turned off, they are off on the next page of that person alone."""
    one, other = factories.officer("sergeant"), factories.officer("sergeant")
    client = client_of(one)
    client.post("/shortcuts", {"on": "no"})
    assert 'data-shortcuts="off"' in client.get("/my-work/").content.decode()
    assert 'data-shortcuts="off"' not in client_of(other).get("/my-work/").content.decode()
