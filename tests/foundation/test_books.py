"""The ledgers as people see them: without what is sealed from them, and counted before where counting takes long."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from tests import factories
from tests.domains.signed_in import client_of
from tests.foundation import scene
from watchward.domains.places.models import Place
from watchward.foundation import reading
from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.foundation.duties import commands, queries, views
from watchward.foundation.duties.models import Duty
from watchward.foundation.duties.queries import ledgers as kept
from watchward.foundation.records import Handling

pytestmark = pytest.mark.django_db


def _known(acting: Acting) -> tuple[int, int, int]:
    """Return what a reader is shown of the visits: owed, open, hidden."""
    found = next(each for each in queries.books(acting).known if each.balance.key == "duties.tests.visit")
    assert found.balance.balances
    return found.balance.population, found.balance.open, found.hidden


class TestWhoLooks:
    """What each reader is told of the same ledgers."""

    def test_what_is_sealed_is_taken_off_the_ledgers_page(self) -> None:
        """A ledger shown to a stranger still adds up without the sealed rows, and nothing tells that they are there."""
        team = factories.team()
        keeper, reader = factories.officer("sergeant", team=team), factories.officer("sergeant")
        with scene.visits_owed():
            with within(keeper):
                for handling in (Handling.OPEN, Handling.LOCKED, Handling.SEALED):
                    scene.write_place(keeper, owes=True, team=team.number, handling=handling)
                assert _known(keeper) == (3, 3, 0)
            with within(reader):
                assert _known(reader) == (2, 2, 1)

    def test_what_one_opened_with_a_reason_is_hidden_no_more(self) -> None:
        """A locked place whose duty a stranger opened stays in the ledger and leaves its hidden ones."""
        team = factories.team()
        keeper, reader = factories.officer("sergeant", team=team), factories.officer("response-officer")
        with scene.visits_owed():
            with within(keeper):
                place = scene.write_place(keeper, owes=True, team=team.number, handling=Handling.LOCKED)
            with within(reader):
                assert _known(reader) == (1, 1, 1)
                reading.open_locked(reader, table=Place, record=place.pk, reason="He is at the door now")
            opened = replace(reader, opened=frozenset({place.pk}))
            with within(opened):
                assert _known(opened) == (1, 1, 0)

    def test_a_number_opens_to_its_rows(self) -> None:
        """Each number of a duty's ledger leads to the duties themselves, as far as the reader may see them."""
        team = factories.team()
        keeper, reader = factories.officer("sergeant", team=team), factories.officer("sergeant")
        with scene.visits_owed():
            with within(keeper):
                scene.write_place(keeper, line="1 Open Street", owes=True, team=team.number)
                done = scene.write_place(keeper, line="2 Done Street", owes=True, team=team.number)
                scene.change_place(keeper, place=done.pk, locality=scene.DONE)
                given = scene.write_place(keeper, line="3 Released Street", owes=True, team=team.number)
                duty = Duty.visible_to(keeper).get(about=given.pk)
                commands.release(keeper, duty=duty.pk, reason="The house was pulled down")
                for line, handling in (("4 Locked Street", Handling.LOCKED), ("5 Sealed Street", Handling.SEALED)):
                    scene.write_place(keeper, line=line, owes=True, team=team.number, handling=handling)
            client = client_of(reader)
            page = client.get("/my-work/ledgers").content.decode()
            shown = {
                state: client.get(f"/my-work/ledgers/tests.visit?state={state}").content.decode()
                for state in re.findall(r'"/my-work/ledgers/tests\.visit\?state=(\w+)"', page)
            }
        streets = {state: re.findall(r"\d \w+ Street", each) for state, each in shown.items()}
        assert streets == {
            "discharged": ["2 Done Street"],
            "open": ["1 Open Street"],
            "released": ["3 Released Street"],
        }
        assert "The house was pulled down" in shown["released"]
        assert client.get("/my-work/ledgers/tests.nothing").status_code == 404

    def test_many_rows_are_turned_by_pages(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Two a page: each row stands on one page, and the last page leads no further."""
        monkeypatch.setattr(views, "SHOWN", 2)
        acting = factories.officer("sergeant")
        with scene.visits_owed(), within(acting):
            for number in range(3):
                scene.write_place(acting, line=f"{number} Long Street", owes=True)
            client = client_of(acting)
            pages = [client.get(f"/my-work/ledgers/tests.visit?page={n}").content.decode() for n in (1, 2)]
        assert [("Next" in page, "Back</a>" in page) for page in pages] == [(True, False), (False, True)]
        shown = re.findall(r"\d Long Street", "".join(pages))
        assert sorted(shown) == [f"{number} Long Street" for number in range(3)]


class TestCountedBefore:
    """Where counting takes long, whoever looks is shown the last count with its moment, and may ask for another."""

    @pytest.fixture(autouse=True)
    def _slow(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(kept, "AT_ONCE", 0.0)

    def test_the_last_count_stands_until_the_next(self) -> None:
        """What is written after the count is not in it, and is in the next one; each says when it was counted."""
        machinery, reader = factories.machinery(), factories.officer("sergeant")
        later = machinery.at_time(machinery.at + timedelta(minutes=2))
        with scene.visits_owed():
            with within(machinery):
                scene.write_place(machinery, owes=True)
                assert commands.count_ledgers(machinery) == []
                scene.write_place(machinery, owes=True)
            with within(reader):
                assert _known(reader) == (1, 1, 0)
                found = queries.books(reader)
            assert (found.at, found.again) == (machinery.at, False)
            assert found.took is not None
            with within(later):
                assert queries.to_count(later)
                commands.count_ledgers(later)
                assert not queries.to_count(later)
            with within(reader):
                assert _known(reader) == (2, 2, 0)
                assert queries.books(reader).at == later.at

    def test_sealed_rows_are_in_no_kept_number(self) -> None:
        """Neither the duty nor the line of a sealed place is told to a stranger by what was counted before."""
        team = factories.team()
        keeper, reader, machinery = (
            factories.officer("sergeant", team=team), factories.officer("sergeant"), factories.machinery(),
        )  # fmt: skip
        with scene.visits_owed(), scene.places_told():
            with within(keeper):
                for handling in (Handling.OPEN, Handling.LOCKED, Handling.SEALED):
                    scene.write_place(keeper, owes=True, team=team.number, handling=handling, about=uuid4())
            with within(machinery):
                commands.count_ledgers(machinery)
            for who, numbers in ((keeper, (3, 3, 0)), (reader, (2, 2, 1))):
                with within(who):
                    assert _known(who) == numbers
                    lines = {each.balance.key: each for each in queries.books(who).known}["chronicle.tests.place"]
                found = lines.balance
                assert (found.population, found.discharged, lines.hidden) == numbers

    def test_somebody_asks_for_another(self) -> None:
        """Count again: it is said that it is being counted, the worker does it, and then it is new."""
        machinery, sergeant = factories.machinery(), factories.officer("sergeant")
        with within(machinery):
            commands.count_ledgers(machinery)
            assert not queries.to_count(machinery)
        asked = sergeant.at_time(sergeant.at + timedelta(seconds=5))
        with within(asked):
            commands.count_again(asked)
            assert queries.books(asked).again
        worker = machinery.at_time(asked.at + timedelta(seconds=1))
        with within(worker):
            assert queries.to_count(worker)
            commands.count_ledgers(worker)
            assert not queries.to_count(worker)
        with within(asked):
            assert not queries.books(asked).again

    def test_a_fault_is_told_once_and_again_when_another_comes(self) -> None:
        """The log has one line for a ledger that does not add up, not one a minute."""
        machinery = factories.machinery()

        @command(needs=None)
        def drop(acting: Acting) -> None:
            Duty.objects.filter(kind="tests.visit").delete()

        with scene.visits_owed(), within(machinery):
            scene.write_place(machinery, owes=True)
            drop(machinery)
            assert commands.count_ledgers(machinery) == ["duties.tests.visit"]
            assert commands.count_ledgers(machinery) == []

    def test_a_kind_that_was_not_counted_is_counted_now(self) -> None:
        """After the house got another kind, nothing old is shown for it."""
        machinery = factories.machinery()
        with within(machinery):
            commands.count_ledgers(machinery)
        with scene.visits_owed(), within(machinery):
            scene.write_place(machinery, owes=True)
            assert _known(machinery)[0] == 1
            assert queries.books(machinery).took is None

    def test_the_page_says_when_and_counts_again(self) -> None:
        """It says when it was counted and how long that took; its button asks for another and says so until it is."""
        machinery, sergeant = factories.machinery(), factories.officer("sergeant")
        with within(machinery):
            commands.count_ledgers(machinery)
        client = client_of(sergeant)
        page = client.get("/my-work/ledgers").content.decode()
        assert "what happened since is not in it yet" in page
        assert "being counted again" not in page
        assert client.post("/my-work/ledgers").status_code == 302
        page = client.get("/my-work/ledgers").content.decode()
        assert "being counted again" in page
        assert '<meta http-equiv="refresh"' in page
