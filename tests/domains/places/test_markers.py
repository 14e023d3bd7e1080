"""What is marked at a place stands with its grounds until somebody has looked at it again, and that is owed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.factories import NOW, machinery, officer, team
from watchward.domains.places import commands, queries
from watchward.domains.places.models import Place, PlaceMarker
from watchward.domains.places.vocabulary import MarkerKind
from watchward.foundation.access.context import within
from watchward.foundation.access.models import Team
from watchward.foundation.acting import Acting
from watchward.foundation.chronicle import queries as chronicle
from watchward.foundation.commands import Denied
from watchward.foundation.duties import queries as duties
from watchward.foundation.duties.models import Duty
from watchward.foundation.ledgers import ledgers
from watchward.foundation.records import Handling, NotHere
from watchward.kernel.periods import day_ends
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def hub() -> Team:
    return team("Hub")


@pytest.fixture
def sergeant(hub: Team) -> Acting:
    return officer("sergeant", team=hub, supervises=True)


@pytest.fixture
def place(sergeant: Acting) -> Place:
    with within(sergeant):
        return commands.record_place(sergeant, line="27 Kilncroft Street", locality="Burslem")


def _mark(acting: Acting, place: Place, **more: object) -> PlaceMarker:
    said: dict[str, object] = {
        "kind": MarkerKind.TREAT_AS_URGENT,
        "words": "Calls from here are urgent",
        "grounds": "Assaulted here three times since May",
        "source": "Harm reduction hub",
        "review_on": date(2019, 9, 12),
    }
    with within(acting):
        return commands.mark_place(acting, place=place.pk, **{**said, **more})  # type: ignore[arg-type]


@pytest.mark.report("CON-07", by="places.commands.mark_place")
def test_a_marker_stands_and_owes_its_review(sergeant: Acting, place: Place) -> None:
    """Putting up a marker writes its line about the place and opens the duty to look at it again, to the day."""
    _mark(sergeant, place)
    handler = officer("call-handler")
    with within(handler):
        [line] = chronicle.about(handler, [place.pk])
        assert line.headline == "Treat calls as urgent: Calls from here are urgent"
        assert line.stands
        assert line.state == "stands, not yet approved"
        assert "treat-as-urgent" in line.flags
    with within(sergeant):
        owed = duties.mine(sergeant).get(kind="places.marker-review")
        assert owed.owed_by_id == sergeant.account
        assert owed.due_at == day_ends(date(2019, 9, 12))
        assert "27 Kilncroft Street, Burslem" in owed.what


def test_every_reason_at_once(sergeant: Acting, place: Place) -> None:
    """Words, grounds, source, day and kind that are missing are all named, each at its field."""
    with pytest.raises(Refused) as refused:
        _mark(sergeant, place, kind="nonsense", words=" ", grounds="x", source="", review_on=None)
    assert {reason.field for reason in refused.value.reasons} == {"words", "grounds", "source", "review_on", "kind"}
    with within(sergeant):
        assert not queries.MARKERS.standing(sergeant, about=place.pk).exists()


def test_a_marker_of_one_sentence(sergeant: Acting, place: Place) -> None:
    """With words, source and an end the rest follows: the words are its grounds, its end the day of review."""
    with within(sergeant):
        marker = commands.mark_place(
            sergeant, place=place.pk, kind="dangerous-dog", words="Dog loose in the yard", source="Crew of 28 June",
            until=date(2019, 12, 1),
        )  # fmt: skip
    assert marker.grounds == "Dog loose in the yard (Crew of 28 June)"
    assert marker.review_on == date(2019, 12, 1)


def test_a_marker_past_its_day_still_stands_and_its_review_is_late(sergeant: Acting, place: Place) -> None:
    """Nothing falls away silently: after its day the marker is still told, and the review is overdue."""
    _mark(sergeant, place, until=date(2019, 8, 1), review_on=None)
    later = sergeant.at_time(NOW + timedelta(days=40))
    with within(later):
        assert [marker.kind for marker in queries.MARKERS.standing(later, about=place.pk)] == ["treat-as-urgent"]
        assert len(chronicle.about(later, [place.pk])) == 1
        assert {duty.kind for duty in duties.overdue(later)} == {"places.marker-review", "places.marker-approval"}


def test_reviewed_and_kept(sergeant: Acting, place: Place) -> None:
    """A review that keeps the marker is proof of that review, and the next one is owed by its own day."""
    marker = _mark(sergeant, place)
    with within(sergeant):
        with pytest.raises(Refused) as refused:
            commands.review_marker(sergeant, marker=marker.pk, keep=True, reason="", review_on=date(2019, 7, 1))
        assert {reason.field for reason in refused.value.reasons} == {"reason", "review_on"}
        kept = commands.review_marker(
            sergeant, marker=marker.pk, keep=True, reason="Two more calls since", review_on=date(2020, 1, 10)
        )
        assert kept.review_on == date(2020, 1, 10)
        first, second = Duty.objects.filter(kind="places.marker-review").order_by("arose_at", "due_at")
        assert (first.state, second.state) == ("discharged", "open")
        assert second.due_at == day_ends(date(2020, 1, 10))
        assert [review.words for review in queries.MARKERS.looked(sergeant, marker=kept.pk)] == ["Two more calls since"]


def test_reviewed_and_ended(sergeant: Acting, place: Place) -> None:
    """A marker that ends leaves the chronicle, discharges its review and stays to be read with its reason."""
    marker = _mark(sergeant, place)
    with within(sergeant):
        commands.review_marker(sergeant, marker=marker.pk, keep=False, reason="She has moved away")
        assert not queries.MARKERS.standing(sergeant, about=place.pk).exists()
        assert [row.ended_words for row in queries.MARKERS.ended(sergeant, about=place.pk)] == ["She has moved away"]
        assert not chronicle.about(sergeant, [place.pk]).exists()
        assert not duties.owed(sergeant).exists()
        with pytest.raises(Refused, match="has ended"):
            commands.review_marker(sergeant, marker=marker.pk, keep=False, reason="And once more")


def test_approved_by_somebody_else(sergeant: Acting, hub: Team, place: Place) -> None:
    """The author cannot approve; another can, once."""
    marker = _mark(sergeant, place)
    with within(sergeant), pytest.raises(Refused, match="Somebody else approves"):
        commands.approve_marker(sergeant, marker=marker.pk)
    other = officer("sergeant", team=hub)
    with within(other):
        approval = Duty.objects.get(kind="places.marker-approval")
        assert approval.state == "open"
        assert commands.approve_marker(other, marker=marker.pk).approver_id == other.account
        with pytest.raises(Refused, match="approved already"):
            commands.approve_marker(other, marker=marker.pk)
        [line] = chronicle.about(other, [place.pk])
        assert line.state == "stands"
        approval.refresh_from_db()
        assert approval.state == "discharged"


def test_a_call_handler_marks_nothing(place: Place) -> None:
    """Marking is not theirs."""
    with pytest.raises(Denied):
        _mark(officer("call-handler"), place)


def test_a_sealed_marker_is_told_to_its_team_alone(sergeant: Acting, place: Place) -> None:
    """A sealed marker on an open place shows in no line, no list and no duty of others."""
    marker = _mark(sergeant, place, handling=Handling.SEALED)
    stranger = officer("sergeant", team=team("Elsewhere"))
    with within(stranger):
        assert not queries.MARKERS.standing(stranger, about=place.pk).exists()
        assert not chronicle.about(stranger, [place.pk]).exists()
        assert not duties.owed(stranger).exists()
        with pytest.raises(NotHere):
            queries.MARKERS.marker(stranger, id_=marker.pk)
    with within(sergeant):
        assert queries.MARKERS.standing(sergeant, about=place.pk).exists()


def test_sealing_the_place_takes_its_markers_along(sergeant: Acting, place: Place) -> None:
    """Once a place is sealed, what was marked there before is hidden with it."""
    _mark(sergeant, place)
    with within(sergeant):
        commands.set_handling(sergeant, place=place.pk, handling=Handling.SEALED, reason="A refuge is run here")
    stranger = officer("sergeant", team=team("Elsewhere"))
    with within(stranger):
        assert not queries.MARKERS.standing(stranger, about=place.pk).exists()
        assert not chronicle.about(stranger, [place.pk]).exists()
        assert not duties.owed(stranger).exists()


def test_the_ledgers_balance(sergeant: Acting, place: Place) -> None:
    """Every marker that stands has its line, every review is open or discharged."""
    marker = _mark(sergeant, place)
    _mark(sergeant, place, kind=MarkerKind.HAZARD, words="Broken stairs")
    acting = machinery()
    with within(sergeant):
        commands.review_marker(sergeant, marker=marker.pk, keep=True, reason="Still holds", review_on=date(2020, 1, 1))
        for key, population in (
            ("chronicle.places.marker", 2),
            ("duties.places.marker-review", 3),
            ("duties.places.marker-approval", 2),
        ):
            counted = ledgers[key](acting)
            assert counted.balances, counted.faults
            assert counted.population == population
