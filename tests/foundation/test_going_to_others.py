"""Giving many duties at once, handing over between shifts, and being away: nothing is ever without an owner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.foundation import scene
from watchward.domains.places.models import Place
from watchward.foundation.access import absences
from watchward.foundation.access.context import as_engine, within
from watchward.foundation.access.models import Absence
from watchward.foundation.access.owners import Owed
from watchward.foundation.acting import Acting
from watchward.foundation.duties import balances, commands, queries
from watchward.foundation.duties.kinds import kinds
from watchward.foundation.duties.models import Duty, Handed, State
from watchward.foundation.duties.vocabulary import MOST_AT_ONCE, Stage
from watchward.foundation.records import Handling, NotHere
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Theirs:
    """One officer owes it, whatever record it is about."""

    account: UUID

    def of(self, _acting: Acting, record: Any) -> Owed:
        """Return them, in the record's team."""
        return Owed(record.team_id, self.account)


HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Two:
    """Two teams: a sergeant and two officers in one, an officer in the other; what the first owes."""

    def __init__(self) -> None:
        self.team, self.other = factories.team("Response A"), factories.team("Response B")
        self.sergeant = factories.officer("sergeant", team=self.team, supervises=True, name="Sgt Moira Lowndes")
        self.rudge = factories.officer("response-officer", team=self.team, name="PC Rudge")
        self.dawes = factories.officer("response-officer", team=self.team, name="PC Dawes")
        self.away = factories.officer("response-officer", team=self.other, name="PC Tams")

    def owed(self, line: str, to: Acting | None = None, *, hours: float = 0, **kept: Any) -> UUID:
        """Record a place that owes a visit, and give the visit to somebody; return the duty's id."""
        with within(self.sergeant.at_time(factories.NOW + hours * HOUR)) as then:
            place = scene.write_place(then, line=line, owes=True, team=self.team.number, **kept)
            duty = Duty.visible_to(then).get(about=place.pk).pk
            if to is not None:
                commands.give(then, duty=duty, to=to.account)
        return duty

    def holders(self, *duties: UUID) -> list[tuple[UUID | None, int | None]]:
        """Return who holds each duty, and in which team."""
        with within(self.sergeant), as_engine(self.sergeant):
            rows = {row.pk: row for row in Duty.objects.filter(pk__in=duties)}
        return [(rows[duty].owed_by_id, rows[duty].owed_by_team_id) for duty in duties]


@pytest.fixture(autouse=True)
def _visits() -> Iterator[None]:
    with scene.visits_owed(by_words=True, escalates=(scene.step(1),)):
        yield


def reasons_of(refused: pytest.ExceptionInfo[Refused]) -> list[tuple[str, str]]:
    """Return the codes and fields of what was refused."""
    return [(each.code, each.field) for each in refused.value.reasons]


class TestReassigning:
    """Many at once, all or none, with every reason at once."""

    def test_all_go_with_their_due_times_and_one_reason(self) -> None:
        """Two go to a colleague: who, when and why stand with each, and neither is due later than it was."""
        two = Two()
        one, other = two.owed("1 A Street", two.rudge), two.owed("2 A Street")
        with within(two.sergeant) as acting:
            before = {row.pk: row.due_at for row in Duty.visible_to(acting)}
            assert commands.reassign(acting, duties=[one, other], to=two.dawes.account, reason="On a course") == 2
            rows = Duty.visible_to(acting).filter(pk__in=[one, other])
            assert {(row.owed_by_id, row.given_why, row.due_at == before[row.pk]) for row in rows} == {
                (two.dawes.account, "On a course", True)
            }

    def test_to_a_team_nobody_is_named_and_to_somebody_of_another_team_it_is_that_teams(self) -> None:
        """A team holds it until somebody of it is named; whoever works elsewhere holds it for where they work."""
        two = Two()
        one, other = two.owed("1 A Street", two.rudge), two.owed("2 A Street", two.rudge)
        with within(two.sergeant) as acting:
            commands.reassign(acting, duties=[one], team=two.other.number, reason="Their area now")
            commands.reassign(acting, duties=[other], to=two.away.account, reason="Their area now")
        assert two.holders(one, other) == [(None, two.other.number), (two.away.account, two.other.number)]

    def test_every_refusal_comes_at_once_and_nothing_moves(self) -> None:
        """A closed record, a duty of another team, one that has ended, no reason: all are said, and all stay."""
        two = Two()
        sealed = two.owed("1 Sealed Street", two.rudge, handling=Handling.SEALED)
        good, ended = two.owed("2 A Street", two.rudge), two.owed("3 A Street", two.rudge)
        with within(two.rudge) as rudge:
            commands.discharge(rudge, duty=ended, words="Went there today")
        foreign = factories.officer("sergeant", team=two.other, supervises=True)
        with within(foreign) as elsewhere:
            place = scene.write_place(elsewhere, line="9 B Street", owes=True, team=two.other.number)
            theirs = Duty.visible_to(elsewhere).get(about=place.pk).pk
        with within(two.sergeant) as acting, pytest.raises(Refused) as refused:
            commands.reassign(acting, duties=[sealed, good, ended, theirs], to=two.away.account, reason="no")
        said = " ".join(reason.words for reason in refused.value.reasons)
        assert reasons_of(refused) == [("", "duties"), ("not-theirs", ""), ("", "reason"), ("handling", "")]
        assert "The record is closed to PC Tams" in said
        assert two.holders(sealed, good) == [(two.rudge.account, two.team.number)] * 2

    def test_nobody_is_given_what_no_role_of_theirs_may_do_or_while_they_are_away(self) -> None:
        """Somebody without the role, and somebody who is away: each is said with the field."""
        two = Two()
        one = two.owed("1 A Street", two.rudge)
        nobody = factories.officer(team=two.team, name="Without Role")
        with within(two.sergeant) as acting:
            with pytest.raises(Refused) as refused:
                commands.reassign(acting, duties=[one], to=nobody.account, reason="Busy today")
            assert reasons_of(refused) == [("role", "to")]
            absences.record(
                acting, account=two.dawes.account, kind="leave", since_at=acting.at, until_at=acting.at + DAY
            )
            with pytest.raises(Refused) as away:
                commands.reassign(acting, duties=[one], to=two.dawes.account, reason="Busy today")
        assert reasons_of(away) == [("away", "to")]

    def test_a_page_that_takes_a_permission_is_asked_for_it(self) -> None:
        """Where a duty is done on a page that no role of somebody opens, it is not theirs to hold."""
        two = Two()
        one = two.owed("1 A Street", two.rudge)
        auditor = factories.officer("administrator", team=two.team, name="Derek")
        object.__setattr__(kinds["tests.visit"], "url", "crimes:one")
        with within(two.sergeant) as acting, pytest.raises(Refused) as refused:
            commands.reassign(acting, duties=[one], to=auditor.account, reason="Busy today")
        assert reasons_of(refused) == [("role", "")]

    def test_an_officer_may_not_and_what_they_may_not_see_is_not_here(self) -> None:
        """It takes a supervisor; a sealed duty of another team is as absent as one that never was."""
        two = Two()
        one = two.owed("1 A Street", two.rudge, handling=Handling.SEALED)
        with within(two.rudge) as rudge, pytest.raises(Refused) as refused:
            commands.reassign(rudge, duties=[one], to=two.dawes.account, reason="Busy today")
        assert reasons_of(refused) == [("denied", "")]
        foreign = factories.officer("sergeant", team=two.other, supervises=True)
        with within(foreign) as acting, pytest.raises(Refused) as gone:
            commands.reassign(acting, duties=[one], to=two.away.account, reason="Busy today")
        assert gone.value.reasons[0].words == "1 of these are no longer here."

    def test_five_hundred_take_as_few_statements_as_five_and_more_are_refused(self) -> None:
        """The number of statements does not grow with how many go."""
        two = Two()
        with within(two.sergeant) as acting:
            for number in range(40):
                scene.write_place(acting, line=f"{number} Row", owes=True, team=two.team.number)
            ids = list(Duty.visible_to(acting).values_list("pk", flat=True))
            asked = []
            for some, to in ((ids[:5], two.rudge), (ids, two.dawes)):
                with CaptureQueriesContext(connection) as captured:
                    assert commands.reassign(acting, duties=some, to=to.account, reason="The night shift") == len(some)
                asked.append(len(captured.captured_queries))
            assert asked[0] == asked[1]
            with pytest.raises(Refused) as refused:
                commands.reassign(
                    acting, duties=[uuid4() for _n in range(MOST_AT_ONCE + 1)], to=two.dawes.account,
                    reason="Too many of them",
                )  # fmt: skip
        assert ("", "duties") in reasons_of(refused)

    def test_what_was_given_is_the_rules_again_once_it_was_owed_no_more(self) -> None:
        """A record that leaves and comes back owes anew: it is not lost with whoever it was given to before."""
        two = Two()
        one = two.owed("1 A Street", two.rudge)
        with within(two.sergeant) as acting:
            place = Place.visible_to(acting).get()
            scene.change_place(acting, place=place.pk, town="")
            assert Duty.visible_to(acting).get(pk=one).state == State.RELEASED
            scene.change_place(acting, place=place.pk, town=scene.OWES)
            row = Duty.visible_to(acting).get(pk=one)
        assert (row.state, row.given, row.owed_by_id, row.owed_by_team_id) == ("open", False, None, two.team.number)


class TestHandingOver:
    """Between shifts: what one holds goes to whoever comes next, once they accept it."""

    def hand(self, two: Two, *duties: UUID, **given: Any) -> UUID:
        """Let an officer hand over to their colleague."""
        given = {"to": two.dawes.account, "words": "The caller at number 1 rings at 18:00", **given}
        with within(two.rudge) as acting:
            accept_by = acting.at + HOUR
            return commands.hand_over(acting, duties=duties, accept_by=accept_by, **given).pk

    def test_until_it_is_accepted_it_stays_and_then_it_is_theirs(self) -> None:
        """The receiver owes an answer; accepting moves what is open, with its due time; the answer is then done."""
        two = Two()
        one, other = two.owed("1 A Street", two.rudge), two.owed("2 A Street")
        handed = self.hand(two, one, other, notes={one: "Ring first"})
        assert two.holders(one, other) == [(two.rudge.account, two.team.number), (None, two.team.number)]
        with within(two.dawes) as acting:
            owes = Duty.visible_to(acting).get(kind=queries.TAKE_OVER, about=handed)
            assert (owes.owed_by_id, owes.due_at, owes.state) == (acting.account, acting.at + HOUR, State.OPEN)
            assert owes.what == "PC Rudge hands over 2 duties"
            assert [row.note for row in queries.handed(acting, hand_over=handed)] == ["Ring first", ""]
            later = acting.at_time(acting.at + 10 * timedelta(minutes=1))
            commands.accept(later, hand_over=handed)
            owes.refresh_from_db()
            assert (owes.state, owes.closed_at) == (State.DISCHARGED, later.at)
            rows = list(Duty.visible_to(acting).filter(pk__in=[one, other]))
            assert {row.given_why for row in rows} == {"Taken over from PC Rudge"}
            assert {row.due_at for row in rows} == {factories.NOW + DAY}
            assert all(row.taken for row in Handed.visible_to(acting))
        assert two.holders(one, other) == [(two.dawes.account, two.team.number)] * 2

    def test_refused_it_stays_with_the_reason(self) -> None:
        """Not without a reason; then nothing has moved, and the ledger of hand-overs adds up."""
        two = Two()
        one = two.owed("1 A Street", two.rudge)
        handed = self.hand(two, one)
        with within(two.dawes) as acting:
            with pytest.raises(Refused) as refused:
                commands.refuse(acting, hand_over=handed, words=" ")
            assert reasons_of(refused) == [("", "words")]
            row = commands.refuse(acting, hand_over=handed, words="Off to court at 09:00")
            assert (row.stage, row.answer, row.answered_by_id) == (
                Stage.REFUSED, "Off to court at 09:00", acting.account,
            )  # fmt: skip
            with pytest.raises(Refused):
                commands.accept(acting, hand_over=handed)
            with as_engine(acting) as sees:
                assert balances.ledger_of(kinds[queries.TAKE_OVER])(sees).balances
        assert two.holders(one) == [(two.rudge.account, two.team.number)]

    def test_what_was_done_or_given_on_meanwhile_is_not_moved(self) -> None:
        """Of three handed over one was done and one was given to the sergeant: only the third is taken over."""
        two = Two()
        done, given, left = (two.owed(f"{n} A Street", two.rudge) for n in (1, 2, 3))
        handed = self.hand(two, done, given, left)
        with within(two.rudge) as rudge:
            commands.discharge(rudge, duty=done, words="Went there today")
        with within(two.sergeant) as acting:
            commands.give(acting, duty=given, to=acting.account)
        with within(two.dawes) as dawes:
            commands.accept(dawes, hand_over=handed)
        assert [who for who, _team in two.holders(given, left)] == [two.sergeant.account, two.dawes.account]

    def test_a_team_takes_over_in_the_name_of_whoever_accepts(self) -> None:
        """Handed to a team, it is in the work of all of it; whoever accepts it holds it by name."""
        two = Two()
        one = two.owed("1 A Street", two.rudge)
        handed = self.hand(two, one, to=None, team=two.other.number)
        with within(two.dawes) as dawes, pytest.raises(NotHere):
            commands.accept(dawes, hand_over=handed)  # not of that team: to them there is none
        with within(two.away) as tams:
            assert [row.about for row in queries.mine(tams)] == [handed]
            commands.accept(tams, hand_over=handed)
        assert two.holders(one) == [(two.away.account, two.other.number)]

    def test_every_refusal_of_handing_over_comes_at_once(self) -> None:
        """Another's, one that waits in another hand-over, to oneself, by a time that has passed."""
        two = Two()
        mine, others = two.owed("1 A Street", two.rudge), two.owed("2 A Street", two.dawes)
        self.hand(two, mine)
        with within(two.rudge) as acting, pytest.raises(Refused) as refused:
            commands.hand_over(
                acting, duties=[mine, others], words="", accept_by=acting.at, to=acting.account,
            )  # fmt: skip
        assert reasons_of(refused) == [("not-theirs", ""), ("", "duties"), ("", "accept_by"), ("", "to")]

    def test_taken_back_nobody_owes_an_answer(self) -> None:
        """Whoever handed it over takes it back; what was owed about it is released, and nobody else may."""
        two = Two()
        one = two.owed("1 A Street", two.rudge)
        handed = self.hand(two, one)
        with within(two.dawes) as dawes, pytest.raises(Refused):
            commands.take_back(dawes, hand_over=handed)
        with within(two.rudge) as rudge:
            commands.take_back(rudge, hand_over=handed)
            assert Duty.visible_to(rudge).get(about=handed).state == State.RELEASED
            commands.hand_over(rudge, duties=[one], words="", accept_by=rudge.at + HOUR, to=two.dawes.account)


class TestBeingAway:
    """While somebody is away, what would newly be theirs goes to whoever stands in; it ends by itself."""

    def away(self, two: Two, *, hours: float = 24, **given: Any) -> Absence:
        """Let the sergeant record that an officer is away."""
        given = {"kind": "unwell", "account": two.rudge.account, **given}
        with within(two.sergeant) as acting:
            return absences.record(acting, since_at=acting.at, until_at=acting.at + hours * HOUR, **given)

    def owes_rudge(self, two: Two) -> None:
        """Let each new place owe its visit by the officer themselves."""
        object.__setattr__(kinds["tests.visit"], "owed_by", Theirs(two.rudge.account))

    def test_new_ones_go_to_the_cover_and_stay_there_until_given_on(self) -> None:
        """The cover holds it by name, and for whom; a later change of the record takes it from nobody."""
        two = Two()
        self.owes_rudge(two)
        before = two.owed("1 Before Street")
        self.away(two, cover=two.dawes.account)
        during = two.owed("2 During Street")
        after = two.owed("3 After Street", hours=25)
        assert [who for who, _team in two.holders(before, during, after)] == [
            two.rudge.account, two.dawes.account, two.rudge.account,
        ]  # fmt: skip
        with within(two.sergeant.at_time(factories.NOW + 30 * HOUR)) as later:
            row = Duty.visible_to(later).get(pk=during)
            assert row.stands_in_for_id == two.rudge.account
            scene.change_place(later, place=row.about, line="2 Renamed Street")
            row.refresh_from_db()
            assert (row.what, row.owed_by_id) == ("2 Renamed Street", two.dawes.account)

    def test_without_cover_or_with_a_cover_who_is_away_the_team_holds_it(self) -> None:
        """Nobody is named, and so it stands on the board as the team's own."""
        two = Two()
        self.owes_rudge(two)
        self.away(two, cover=two.dawes.account)
        with within(two.dawes) as dawes:
            absences.record(dawes, account=dawes.account, kind="court", since_at=dawes.at, until_at=dawes.at + 8 * HOUR)
        assert two.holders(two.owed("1 A Street")) == [(None, two.team.number)]

    def test_ending_it_early_and_taking_it_back(self) -> None:
        """Back early, new duties are theirs at once; one that had not begun is gone."""
        two = Two()
        self.owes_rudge(two)
        absence = self.away(two)
        with within(two.rudge.at_time(factories.NOW + HOUR)) as rudge:
            absences.end(rudge, absence=absence.pk)
            with pytest.raises(Refused):
                absences.end(rudge, absence=absence.pk)
            leave = absences.record(
                rudge, account=rudge.account, kind="leave", since_at=rudge.at + DAY, until_at=rudge.at + 2 * DAY
            )
            absences.end(rudge, absence=leave.pk)
            assert not Absence.visible_to(rudge).filter(pk=leave.pk).exists()
        assert two.holders(two.owed("1 A Street", hours=2)) == [(two.rudge.account, two.team.number)]

    def test_every_reason_against_recording_it(self) -> None:
        """Another's officer, no such kind, a time that is over, oneself as cover; and twice over the same days."""
        two = Two()
        with within(two.away) as tams, pytest.raises(Refused) as refused:
            absences.record(
                tams, account=two.rudge.account, kind="flu", since_at=tams.at, until_at=tams.at - HOUR,
                cover=two.rudge.account,
            )  # fmt: skip
        assert reasons_of(refused) == [("not-theirs", ""), ("", "kind"), ("", "until_at"), ("", "cover")]
        self.away(two)
        with pytest.raises(Refused) as twice:
            self.away(two)
        assert reasons_of(twice) == [("", "since_at")]

    def test_who_may_know(self) -> None:
        """They, who supervises them and who stands in know of it; a colleague reads no row of it in the database."""
        two = Two()
        self.away(two, cover=two.away.account)
        for reader, knows in ((two.rudge, 1), (two.sergeant, 1), (two.away, 1), (two.dawes, 0)):
            with within(reader) as acting:
                assert Absence.visible_to(acting).count() == knows
                assert Absence.objects.count() == knows
