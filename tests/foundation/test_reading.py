"""Opening and listing leave a trace with its purpose or fail; what is locked is opened with a reason."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, transaction

from tests import factories
from tests.domains.signed_in import client_of
from tests.foundation import scene
from watchward.domains.places.models import Place
from watchward.foundation import reading
from watchward.foundation.access import middleware
from watchward.foundation.access.context import as_engine, within
from watchward.foundation.access.models import Opening
from watchward.foundation.access.queries import acting_as
from watchward.foundation.acting import Acting, Task
from watchward.foundation.audit import queries as audit
from watchward.foundation.audit.models import Trace
from watchward.foundation.records import Handling, NotHere
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_the_tests_own_time(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.DEMO = True
    monkeypatch.setattr(middleware, "now", lambda: factories.NOW)


def traces_of(acting: Acting) -> list[Trace]:
    """Return the looks of this account, first to last."""
    with as_engine(acting):
        return list(Trace.objects.filter(account_id=acting.account).order_by("id"))


def test_the_purpose_is_the_task_in_hand() -> None:
    """Nobody types a purpose while they have a task: the trace says which."""
    acting = factories.officer("call-handler")
    call = uuid4()
    taking = acting.with_task(Task("call", call, "taking call C-190701-0112"))
    with within(taking):
        place = scene.write_place(taking)
        reading.opened(taking, place)
        reading.listed(taking, "places.near", [place.pk], about=call)
        reading.listed(taking, "places.near", [])
        reading.searched(taking, "places.search", [], about=call)
        opened, listed, searched = traces_of(acting)
    assert {trace.purpose for trace in (opened, listed, searched)} == {"taking call C-190701-0112"}
    assert (opened.kind, opened.about, opened.what) == ("opened", place.pk, f"places.Place {place.reference}")
    assert (listed.kind, listed.records, listed.about) == ("listed", [str(place.pk)], call)
    assert (searched.kind, searched.records) == ("searched", [])


def test_the_same_result_of_the_same_search_is_one_look_within_the_hour() -> None:
    """What is typed on a record is searched as it is typed; another result, hour or person is another look."""
    acting, other = factories.officer("call-handler"), factories.officer("call-handler")
    call, one, two = uuid4(), uuid4(), uuid4()

    def search(by: Acting, *found: UUID, minutes: int = 0, about: UUID | None = call) -> int:
        at = by.at_time(factories.NOW + timedelta(minutes=minutes))
        with within(at):
            reading.searched(at, "people.recognise", found, about=about)
            return len(traces_of(by))

    assert [search(acting, one), search(acting, one, minutes=5), search(acting, one, two, minutes=6)] == [1, 1, 2]
    assert [search(acting, two, one, minutes=7), search(acting, minutes=8), search(acting, minutes=9)] == [3, 4, 4]
    assert search(acting, minutes=69) == 5
    assert search(acting, minutes=70, about=uuid4()) == 6
    assert [search(acting, minutes=71, about=None), search(acting, minutes=72, about=None)] == [7, 8]
    assert search(other, minutes=9) == 1


def test_openings_are_counted_beyond_the_readers_scope_and_the_scope_stands_again() -> None:
    """How often a record was opened is told to whoever opens it; by whom is not, and they see no more afterwards."""
    acting, other = factories.officer("call-handler"), factories.officer("call-handler", team=factories.team())
    with within(other):
        place = scene.write_place(other)
        reading.opened(other, place)
        hidden = scene.write_place(other, handling=Handling.SEALED, team=other.team)
    with within(acting):
        since = factories.NOW - timedelta(days=1)
        assert audit.opened_since(acting, record=place.pk, since=since) == 1
        assert audit.opened_since(acting, record=place.pk, since=factories.NOW + timedelta(days=1)) == 0
        assert audit.opened_since(acting, record=hidden.pk, since=since) == 0
        assert not Place.objects.filter(pk=hidden.pk).exists(), "the database binds the reader again"
        assert not audit.looks_at(acting, record=place.pk).exists()
        assert Place.objects.filter(pk=place.pk).exists()


def test_without_its_trace_there_is_no_reading() -> None:
    """When the trace cannot be written the reading fails with it (DPA 2018 s.62)."""
    acting = factories.officer("sergeant")
    with within(acting):
        place = scene.write_place(acting)
        with pytest.raises(DatabaseError), transaction.atomic():
            reading.opened(acting.for_purpose("a null byte is refused: \x00"), place)


class TestLocked:
    """The page before a locked record."""

    def locked(self) -> tuple[Place, Acting]:
        team = factories.team("Stoke North hub")
        keeper = factories.officer("sergeant", team=team, supervises=True)
        with within(keeper):
            return scene.write_place(keeper, handling=Handling.LOCKED, team=team.number), keeper

    def test_it_says_whose_it_is_and_asks_why(self) -> None:
        """The reader learns that there is one, and of which team; not what it says."""
        place, _keeper = self.locked()
        client = client_of(factories.officer("response-officer"))
        page = client.get(f"/locked/places.place/{place.pk}").content.decode()
        assert "Stoke North hub" in page
        assert place.line not in page
        assert place.reference not in page

    def test_without_both_a_purpose_and_words_it_stays_locked(self) -> None:
        """A tick is not a reason; what was typed stays on the page."""
        place, _keeper = self.locked()
        client = client_of(factories.officer("response-officer"))
        for typed in ({"purpose": "incident"}, {"reason": "He is at the door"}, {"purpose": "x", "reason": "y z"}):
            answer = client.post(f"/locked/places.place/{place.pk}", typed)
            assert answer.status_code == 422
            assert typed.get("reason", "") in answer.content.decode()
        assert not Opening.objects.exists()

    def test_opened_it_goes_back_to_where_they_were(self) -> None:
        """With a reason it opens for the shift, for this person alone, and the page goes back to their own work."""
        place, keeper = self.locked()
        reader = factories.officer("response-officer")
        client = client_of(reader)
        answer = client.post(
            f"/locked/places.place/{place.pk}?back=/my-work/", {"purpose": "incident", "reason": "He is at the door"}
        )
        assert answer.headers["Location"] == "/my-work/"
        with within(keeper):
            opening = Opening.visible_to(keeper).get()
        assert opening.reason == "I am dealing with an incident or an investigation about it: He is at the door"
        with transaction.atomic():
            during = acting_as(reader.account, at=factories.NOW + timedelta(hours=11), day_of=factories.NOW)
        with within(during):
            assert Place.visible_to(during).filter(pk=place.pk).exists()
        with transaction.atomic():
            after = acting_as(reader.account, at=factories.NOW + timedelta(hours=13), day_of=factories.NOW)
        with within(after):
            assert not Place.visible_to(after).filter(pk=place.pk).exists()
        assert client.get(f"/locked/places.place/{place.pk}").headers["Location"] == "/"

    @pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "x"])
    def test_it_never_leads_elsewhere(self, back: str) -> None:
        """An address that is not ours is not gone back to."""
        place, _keeper = self.locked()
        client = client_of(factories.officer("response-officer"))
        typed = {"purpose": "incident", "reason": "He is at the door"}
        answer = client.post(f"/locked/places.place/{place.pk}", {**typed, "back": back})
        assert answer.headers["Location"] == "/"

    def test_what_is_sealed_open_or_nowhere_is_not_found(self) -> None:
        """The page answers for what is locked alone, and in the same words for everything else."""
        team = factories.team()
        keeper = factories.officer("sergeant", team=team)
        with within(keeper):
            sealed = scene.write_place(keeper, handling=Handling.SEALED, team=team.number)
        client = client_of(factories.officer("response-officer"))
        for table, record in (
            ("places.place", sealed.pk), ("places.place", uuid4()), ("nowhere.nothing", sealed.pk),
            ("access.account", keeper.account), ("places", sealed.pk),
        ):  # fmt: skip
            assert client.get(f"/locked/{table}/{record}").status_code == 404, table

    def test_the_review_is_one_page(self) -> None:
        """The supervisor sees who, when and why, and records what they found; a blank is refused."""
        place, keeper = self.locked()
        reader = factories.officer("response-officer", name="PC Dawes")
        with within(reader):
            opening = reading.open_locked(reader, table=Place, record=place.pk, reason="He is at the door")
        client = client_of(keeper)
        page = client.get("/my-work/").content.decode()
        assert "PC Dawes opened a locked place" in page
        assert f'href="/openings/{opening.pk}"' in page
        assert "He is at the door" in client.get(f"/openings/{opening.pk}").content.decode()
        assert client.post(f"/openings/{opening.pk}", {"finding": ""}).status_code == 422
        assert client.post(f"/openings/{opening.pk}", {"finding": "He was sent there"}).status_code == 302
        assert "He was sent there" in client.get(f"/openings/{opening.pk}").content.decode()
        assert "PC Dawes opened" not in client.get("/my-work/").content.decode()

    def test_a_review_is_not_for_strangers(self) -> None:
        """Another team's sergeant does not learn that something was opened."""
        place, _keeper = self.locked()
        reader = factories.officer("response-officer")
        with within(reader):
            opening = reading.open_locked(reader, table=Place, record=place.pk, reason="He is at the door")
        assert client_of(factories.officer("sergeant")).get(f"/openings/{opening.pk}").status_code == 404

    def test_open_locked_refuses_what_is_not_locked(self) -> None:
        """Opening what is open, sealed or absent is not found; a word alone is no reason."""
        acting = factories.officer("sergeant")
        with within(acting):
            place = scene.write_place(acting)
            with pytest.raises(NotHere):
                reading.open_locked(acting, table=Place, record=place.pk, reason="Because I can")
            with pytest.raises(Refused):
                reading.open_locked(acting, table=Place, record=place.pk, reason="because")


class TestTheAuditor:
    """Who looked, what was done, and how a record changed, for auditors alone."""

    def test_only_auditors_come_in(self) -> None:
        """Others are refused each page, and that they asked is answered in words."""
        client = client_of(factories.officer("sergeant"))
        for address in ("/audit/looks", "/audit/commands", f"/audit/records/{uuid4()}"):
            assert client.get(address).status_code == 403, address

    def test_who_looked_at_a_record(self) -> None:
        """By the record's page address, by a name and by a day; only identifiers stand in the address."""
        auditor, officer, other = (
            factories.officer(role, name=name)
            for role, name in (("auditor", "Ann Wedgwood"), ("sergeant", "Sgt Lowndes"), ("sergeant", "PC Dawes"))
        )
        with within(officer):
            place = scene.write_place(officer)
            reading.opened(officer, place)
        with within(other):
            reading.listed(other, "places.near", [place.pk])
        client = client_of(auditor)
        answer = client.post("/audit/looks", {"record": f"https://localhost/places/{place.pk}/", "who": "lowndes"})
        assert answer.status_code == 302
        assert "owndes" not in answer.headers["Location"]
        page = client.get(answer.headers["Location"]).content.decode()
        assert "Place " in page
        assert "Places: near" not in page
        both = client.get(f"/audit/looks?record={place.pk}&day=2019-07-01").content.decode()
        assert "Place " in both
        assert "Places: near" in both
        assert "Places: near" not in client.get(f"/audit/looks?record={place.pk}&day=2019-06-30").content.decode()

    def test_the_auditors_own_look_is_traced(self) -> None:
        """Who audits is seen as well."""
        auditor = factories.officer("auditor")
        client_of(auditor).get("/audit/looks")
        with within(auditor):
            assert [trace.what for trace in traces_of(auditor)] == ["audit.looks"]

    def test_what_cannot_be_understood_is_said_and_kept(self) -> None:
        """A name nobody has and a day that is none: both said, both still in their boxes."""
        client = client_of(factories.officer("auditor"))
        answer = client.post("/audit/looks", {"record": "that one", "who": "Nobody Atall", "day": "yesterday"})
        page = answer.content.decode()
        assert answer.status_code == 422
        for words in ("paste the address", "Nobody who signs in is called that", "2019-07-01", 'value="Nobody Atall"'):
            assert words in page, words

    def test_what_was_refused_is_found_with_its_reasons(self) -> None:
        """The log of commands narrows down to what was refused, and says why."""
        auditor, officer = factories.officer("auditor"), factories.officer("sergeant")
        with within(officer):
            scene.write_place(officer)
            with pytest.raises(Refused):
                scene.write_and_refuse(officer, line="9 Nowhere Lane")
        client = client_of(auditor)
        page = client.get(f"/audit/commands?who={officer.account}&outcome=refused").content.decode()
        assert "The street is closed.; The house is not there." in page
        assert "Write and refuse" in page
        assert "Write place" not in page

    def test_what_watchward_did_by_itself_is_shown_when_asked_for(self) -> None:
        """Left out at first; what the machinery could not do is never left out."""
        auditor, machinery = factories.officer("auditor"), factories.machinery()
        with within(machinery):
            scene.write_place(machinery)
            with pytest.raises(Refused):
                scene.write_and_refuse(machinery, line="9 Nowhere Lane")
        client = client_of(auditor)
        page = client.get("/audit/commands").content.decode()
        assert "Write place" not in page
        assert "Write and refuse" in page
        asked = client.post("/audit/commands", {"also": "1"})
        assert "Write place" in client.get(asked.headers["Location"]).content.decode()

    def test_how_one_record_changed(self) -> None:
        """Each change with who, by which command, and the fields that changed."""
        auditor, officer = factories.officer("auditor"), factories.officer("sergeant", name="Sgt Lowndes")
        with within(officer):
            place = scene.write_place(officer)
            scene.change_place(officer, place=place.pk, line="2 Test Street")
        page = client_of(auditor).get(f"/audit/records/{place.pk}").content.decode()
        assert "version: 2" in page
        assert "line: 2 Test Street" in page
        assert "Sgt Lowndes" in page
        assert "Change place" in page
