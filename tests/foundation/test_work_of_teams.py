"""The board of a supervisor's teams, hand-overs, absences and what is new, as their people see them."""

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
from watchward.config.navigation import MENU, PLACES, letters
from watchward.foundation.access import absences, middleware
from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting
from watchward.foundation.audit.models import Trace
from watchward.foundation.duties import commands, queries
from watchward.foundation.duties.models import Duty, HandOver
from watchward.foundation.duties.queries import Scope
from watchward.foundation.duties.vocabulary import News, Stage
from watchward.foundation.records import Handling

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TO_OWN = {"to": "", "reason": ""}
MOST_QUERIES = 20


@pytest.fixture(autouse=True)
def _at_the_tests_own_time(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[None]:
    settings.DEMO = True
    monkeypatch.setattr(middleware, "now", lambda: factories.NOW)
    with scene.visits_owed(by_words=True, escalates=(scene.step(1),)):
        yield


class Morning:
    """A sergeant of one team, an inspector above two, and what their people hold."""

    def __init__(self) -> None:
        self.above = factories.team("Response")
        self.team, self.other = factories.team("Response A", parent=self.above), factories.team("Response B")
        self.sergeant = factories.officer("sergeant", team=self.team, supervises=True, name="Sgt Moira Lowndes")
        self.inspector = factories.officer("sergeant", team=self.above, supervises=True, name="Insp Owen Heath")
        self.rudge = factories.officer("response-officer", team=self.team, name="PC Rudge")
        self.dawes = factories.officer("response-officer", team=self.team, name="PC Dawes")

    def owed(self, line: str, hours: float, to: Acting | None = None, **kept: Any) -> UUID:
        """Record a place that owes a visit within a day, so many hours from now, and give it to somebody."""
        with within(self.sergeant.at_time(factories.NOW + hours * HOUR)) as then:
            place = scene.write_place(then, line=line, owes=True, team=self.team.number, **kept)
            duty = Duty.visible_to(then).get(about=place.pk).pk
            if to is not None:
                commands.give(then, duty=duty, to=to.account)
        return duty

    def owner(self, duty: UUID) -> UUID | None:
        """Return who holds a duty."""
        with within(self.sergeant):
            return Duty.visible_to(self.sergeant).get(pk=duty).owed_by_id


def rows_of(page: str) -> list[str]:
    """Return the words of each row of the board's table."""
    table = page.split('aria-label="Each person and team"')[1].split("</table>")[0]
    found = re.findall(r"<tr>.*?</tr>", table, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in found]


class TestTheBoard:
    """Who holds what, what needs a decision first, adding up with the ledger."""

    def test_a_sergeants_board(self) -> None:
        """Nobody named first, then who is late; each with the duty that is due first, and a foot that is the sum."""
        morning = Morning()
        morning.owed("2 Late Street", -48, morning.rudge)
        morning.owed("3 Later Street", 0, morning.rudge)
        morning.owed("4 Today Street", -20, morning.dawes)
        morning.owed("5 Nobody Street", 0)
        page = client_of(morning.sergeant).get("/my-work/team").content.decode()
        assert "<title>Board: 1 late, 2 at risk" in page
        rows = [re.sub(r" Was this place visited\?.*", "", row) for row in rows_of(page)[1:]]
        assert rows == [
            "Nobody named, Response A 0 1 0 0", "PC Rudge 1 1 0 0", "PC Dawes 0 0 1 0", "All 1 2 1 0",
        ]  # fmt: skip
        assert "1 duty has nobody named" in page
        assert "4 open = 1 late + 2 at risk + 1 today + 0 later. 1 more of the person here holds nothing." in page

    def test_it_adds_up_with_the_ledger_and_tells_nothing_of_what_is_sealed(self) -> None:
        """An inspector above sees a sealed record of their teams; somebody of another team learns of none of it."""
        morning = Morning()
        morning.owed("2 Late Street", -48, morning.rudge)
        morning.owed("3 Sealed Street", -48, morning.dawes, handling=Handling.SEALED)
        stranger = factories.officer("sergeant", team=morning.other, supervises=True)
        with within(morning.inspector) as acting:
            held = queries.held(acting, teams=acting.supervises)
            sums = queries.sums(acting, Scope(teams=acting.supervises))
            assert sum(each.open for each in held) == sums.open == 2
        with within(stranger) as acting:
            theirs = queries.held(acting, teams=frozenset({morning.team.number}))
            assert [(each.person, each.late) for each in theirs] == [(morning.rudge.account, 1)]

    def test_what_falls_due_while_somebody_is_away_is_at_risk_and_said(self) -> None:
        """A week's leave: what is due meanwhile stands as at risk here and in their work, with until when."""
        morning = Morning()
        morning.owed("3 Later Street", 0, morning.rudge)
        with within(morning.sergeant) as acting:
            absences.record(
                acting, account=morning.rudge.account, kind="leave", since_at=acting.at, until_at=acting.at + 3 * DAY,
                cover=morning.dawes.account,
            )  # fmt: skip
        client = client_of(morning.sergeant)
        page = client.get("/my-work/team").content.decode()
        assert rows_of(page)[1].startswith("PC Rudge away until Thu 07:45 0 1 0 0")
        assert "1 duty of PC Rudge falls due while they are away" in page
        assert "PC Dawes stands in. 1 duty falls due meanwhile" in page
        mine = client.get(f"/my-work/?who={morning.rudge.account}").content.decode()
        assert "PC Rudge is away until Thu 07:45" in mine

    def test_few_queries_however_large_the_team_and_a_trace_of_what_was_shown(
        self, django_assert_max_num_queries: Any
    ) -> None:
        """Thirty people, each with something: as few statements as for none, and a look at what is shown of each."""
        morning = Morning()
        client = client_of(morning.inspector)
        for number in range(30):
            officer = factories.officer("response-officer", team=morning.team)
            morning.owed(f"{number} Long Street", -number, officer)
        with django_assert_max_num_queries(MOST_QUERIES):
            page = client.get("/my-work/team").content.decode()
        assert len(rows_of(page)) == 32
        with within(morning.inspector):
            looks = Trace.objects.filter(what="duties.board", account_id=morning.inspector.account)
            assert [len(look.records) for look in looks] == [30]

    def test_an_officer_has_no_board(self) -> None:
        """It takes a supervisor; the menu of an officer does not name it."""
        client = client_of(Morning().rudge)
        assert client.get("/my-work/team").status_code == 403
        assert "/my-work/team" not in client.get("/my-work/").content.decode()


class TestGivingToOthers:
    """The page of a person's duties, chosen singly or all of them."""

    def test_those_ticked_or_all_of_the_list(self) -> None:
        """Two of three ticked go; then all of the list goes; each time back to the board with how many."""
        morning = Morning()
        one, two, three = (morning.owed(f"{n} A Street", n - 4, morning.rudge) for n in (1, 2, 3))
        client = client_of(morning.sergeant)
        address = f"/my-work/reassign?who={morning.rudge.account}"
        page = client.get(address).content.decode()
        assert page.count('name="duty"') == 3
        to = f"person:{morning.dawes.account}"
        sent = {"which": "some", "duty": [str(one), str(two)], "to": to, "reason": "Goes on nights"}
        assert client.post(address, sent)["Location"] == "/my-work/team"
        assert "2 duties given to others" in client.get("/my-work/team").content.decode()
        assert [morning.owner(each) for each in (one, two, three)] == [
            morning.dawes.account, morning.dawes.account, morning.rudge.account,
        ]  # fmt: skip
        client.post(address, {"which": "all", "to": f"team:{morning.other.number}", "reason": "Goes on nights"})
        assert morning.owner(three) is None

    def test_refused_it_keeps_what_was_chosen_and_says_all(self) -> None:
        """Nobody chosen and no reason: both are said at their fields, the row stays ticked, nothing moved."""
        morning = Morning()
        one = morning.owed("1 A Street", 0, morning.rudge)
        address = f"/my-work/reassign?who={morning.rudge.account}"
        answer = client_of(morning.sergeant).post(address, {"which": "some", "duty": [str(one)], **TO_OWN})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Choose somebody who works here, or a team." in page
        assert "Say why they go to somebody else." in page
        assert re.search(rf'value="{one}" checked', page)

    def test_an_absence_leads_to_what_is_due_meanwhile(self) -> None:
        """Recorded by the sergeant, what is due before the officer is back stands there at once, and what is not does
        not; an officer who says it themselves is led to hand over."""
        morning = Morning()
        morning.owed("1 Soon Street", 0, morning.rudge)
        morning.owed("2 Then Street", 20, morning.rudge)
        sent = {
            "account": str(morning.rudge.account), "kind": "unwell", "cover": "",
            "since_at-day": "1", "since_at-month": "7", "since_at-year": "2019", "since_at-time": "07:45",
            "until_at-day": "2", "until_at-month": "7", "until_at-year": "2019", "until_at-time": "18:00",
        }  # fmt: skip
        client = client_of(morning.sergeant)
        answer = client.post("/my-work/away", sent, follow=True)
        page = answer.content.decode()
        assert "1 Soon Street" in page
        assert "2 Then Street" not in page
        found = re.search(r'href="(/my-work/reassign[^"]+)"', page)
        assert found is not None
        assert client.get(found[1].replace("&amp;", "&")).content.decode().count('name="duty"') == 1
        own = client_of(morning.rudge)
        theirs = own.get(answer.redirect_chain[0][0]).content.decode()
        assert 'href="/my-work/hand-over"' in theirs
        again = own.post("/my-work/away", {**sent, "account": str(morning.rudge.account)})
        assert again.status_code == 422
        assert client_of(morning.dawes).get(answer.redirect_chain[0][0]).status_code == 404
        assert own.post(answer.redirect_chain[0][0])["Location"] == "/my-work/away"
        assert own.get(answer.redirect_chain[0][0]).status_code == 404  # it had not begun: it was taken back


class TestHandingOverOnPages:
    """From the list with its notes to the page that is accepted or refused."""

    def handed(self, morning: Morning) -> str:
        """Let an officer hand over both of theirs, with a note for one; return the address of the hand-over."""
        one, _two = morning.owed("1 A Street", -30, morning.rudge), morning.owed("2 A Street", 0, morning.rudge)
        client = client_of(morning.rudge)
        assert client.get("/my-work/hand-over").content.decode().count('name="duty"') == 2
        answer = client.post(
            "/my-work/hand-over",
            {
                "which": "all", "to": f"person:{morning.dawes.account}", "words": "Quiet night", f"note-{one}": "First",
                "accept_by-day": "1", "accept_by-month": "7", "accept_by-year": "2019", "accept_by-time": "08:45",
            },
        )  # fmt: skip
        assert answer.status_code == 302, answer.content.decode()
        return str(answer["Location"])

    def test_the_receiver_reads_and_accepts_it(self) -> None:
        """Late first, each with its note; theirs once accepted; whoever handed it over is told."""
        morning = Morning()
        address = self.handed(morning)
        client = client_of(morning.dawes)
        page = client.get(address).content.decode()
        assert page.index("1 A Street") < page.index("2 A Street")
        assert "<b>First</b>" in page
        assert "Quiet night" in page
        assert "to be accepted, 60 min left" in page
        assert "1 new" in client.get("/my-work/").content.decode()
        client.post(address, {"do": "accept"})
        accepted = client.get(address).content.decode()
        assert accepted.count("Taken over") == 3  # said once, and of each
        told = client_of(morning.rudge).get("/my-work/new").content.decode()
        assert "that you handed over" in told

    def test_refused_it_says_why_and_stays(self) -> None:
        """Without words it is refused at its box; with them whoever handed it over reads why."""
        morning = Morning()
        address = self.handed(morning)
        client = client_of(morning.dawes)
        assert client.post(address, {"do": "refuse", "words": ""}).status_code == 422
        client.post(address, {"do": "refuse", "words": "Off to court at nine"})
        with within(morning.rudge) as acting:
            assert HandOver.visible_to(acting).get().stage == Stage.REFUSED
        told = client_of(morning.rudge).get("/my-work/new").content.decode()
        assert "stay with you: Off to court at nine" in told
        assert "not accepted" in client_of(morning.rudge).get(address).content.decode()

    def test_a_colleague_between_whom_it_is_not_has_no_such_page(self) -> None:
        """A colleague of another team gets no page; to refuse what is not handed over is refused."""
        morning = Morning()
        address = self.handed(morning)
        stranger = factories.officer("response-officer", team=morning.other)
        assert client_of(stranger).get(address).status_code == 404


class TestWhatIsNew:
    """Counted once a record, nothing of one's own doing, and told at once only where somebody wants it."""

    def count(self, who: Acting) -> int:
        """Return how much is new for somebody."""
        with within(who) as acting:
            return queries.fresh(acting).count

    def test_what_another_gives_is_new_once_and_gone_once_seen(self) -> None:
        """Given by the sergeant: one new; the page says what it wants, by when and from whom; seen, nothing is new."""
        morning = Morning()
        morning.owed("1 A Street", 0, morning.rudge)
        client = client_of(morning.rudge)
        assert "1 new" in client.get("/my-work/").content.decode()
        page = client.get("/my-work/new").content.decode()
        assert "<title>1 new for you" in page
        assert "Was this place visited?" in page
        assert "Sgt Moira Lowndes" in page
        until = re.search(r'name="until" value="([^"]+)"', page)
        assert until is not None
        client.post("/my-work/new", {"do": "seen", "until": until[1]})
        after = client.get("/my-work/new").content.decode()
        assert "Nothing since you last looked" in after
        assert "ww-bar__new" not in after

    def test_nothing_of_ones_own_doing_and_one_line_a_record(self) -> None:
        """What a sergeant gives themselves is not new; a record that is late and has gone up counts once, as late."""
        morning = Morning()
        morning.owed("1 A Street", 0, morning.sergeant)
        assert self.count(morning.sergeant) == 0
        late = morning.owed("2 Late Street", -30, morning.rudge)
        with within(factories.machinery()) as machine:
            commands.escalate(machine)
        with within(morning.rudge) as acting:
            fresh = queries.fresh(acting)
            assert (fresh.count, dict(fresh.of)) == (1, {News.LATE: 1})
            assert fresh.said_at_once == ((News.LATE, 1),)
        with within(morning.sergeant) as acting:
            assert dict(queries.fresh(acting).of) == {News.UP: 1}
            assert [row.duty_id for row in queries.news(acting)[News.UP][0]] == [late]

    def test_the_last_quarter_of_its_time_is_running_out(self) -> None:
        """Of a day's duty that came to them before they last looked, the last six hours are new once more."""
        morning = Morning()
        morning.owed("1 A Street", 0, morning.rudge)
        with within(morning.rudge) as acting:
            commands.look(acting, until=acting.at)
        for hours, of in ((17.9, {}), (18.1, {News.RISK: 1}), (24.1, {News.LATE: 1})):
            with within(morning.rudge.at_time(factories.NOW + hours * HOUR)) as then:
                assert dict(queries.fresh(then).of) == of

    def test_what_is_told_at_once_is_each_persons_choice(self) -> None:
        """By default what is late; chosen otherwise, it is counted and no longer said at the top."""
        morning = Morning()
        morning.owed("2 Late Street", -30, morning.rudge)
        client = client_of(morning.rudge)
        assert "<b>1 late now</b>" in client.get("/my-work/").content.decode()
        client.post("/my-work/new", {"do": "choose", "at_once": ["risk"]})
        page = client.get("/my-work/").content.decode()
        assert "late now</b>" not in page
        assert "1 new" in page

    def test_a_supervisor_hears_of_an_absence_that_another_recorded(self) -> None:
        """The officer says it; the sergeant has it as new; the officer, whose doing it was, does not."""
        morning = Morning()
        with within(morning.rudge) as acting:
            absences.record(acting, account=acting.account, kind="court", since_at=acting.at, until_at=acting.at + DAY)
        assert (self.count(morning.sergeant), self.count(morning.rudge), self.count(morning.dawes)) == (1, 0, 0)
        assert "PC Rudge" in client_of(morning.sergeant).get("/my-work/new").content.decode()

    def test_what_somebody_may_not_see_is_not_counted(self) -> None:
        """Given to somebody of another team and locked: neither counted nor shown."""
        morning = Morning()
        stranger = factories.officer("response-officer", team=morning.other)
        duty = morning.owed("1 A Street", 0, stranger, handling=Handling.LOCKED)
        assert self.count(stranger) == 0
        assert str(duty) not in client_of(stranger).get("/my-work/new").content.decode()


class TestWhereToGo:
    """Every place has one letter at most, and a page of its own without scripts."""

    def test_no_two_places_have_one_letter_and_it_stands_in_their_words(self) -> None:
        """Over all places of all roles; My work is M and the board is B."""
        labels = [*(place[0] for place in PLACES), *(place[0] for place in MENU)]
        given = letters(labels)
        used = [letter for letter in given.values() if letter]
        assert len(used) == len(set(used))
        assert all(letter in label.lower() for label, letter in given.items())
        assert (given["My work"], given["Board of my teams"], given["Toolkit"]) == ("m", "b", "t")

    def test_the_page_names_what_ones_roles_open(self) -> None:
        """A sergeant finds the board there with its letter; an officer does not."""
        morning = Morning()
        page = client_of(morning.sergeant).get("/go-to").content.decode()
        assert re.search(r'href="/my-work/team">Board of my teams</a> <kbd[^>]*>B</kbd>', page), page
        assert "Board of my teams" not in client_of(morning.rudge).get("/go-to").content.decode()
