"""What is marked on a telephone number is told whoever answers it, stands with its grounds, and is looked at again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.domains.signed_in import signed_in
from tests.factories import machinery, officer, team
from watchward.domains.contact import commands as contact
from watchward.domains.contact import queries as calls
from watchward.domains.contact.vocabulary import Line, Typed
from watchward.domains.objects import commands, queries
from watchward.domains.objects.models import NumberMarker, TelephoneNumber
from watchward.domains.objects.vocabulary import MarkerKind
from watchward.foundation.access.context import within
from watchward.foundation.access.models import Team
from watchward.foundation.acting import Acting, now
from watchward.foundation.audit.models import CommandLog
from watchward.foundation.chronicle import queries as chronicle
from watchward.foundation.duties.models import Duty
from watchward.foundation.ledgers import ledgers
from watchward.foundation.records import Handling, Stale
from watchward.kernel.periods import day_ends
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db

TYPED = "07700 900123"


@pytest.fixture
def hub() -> Team:
    return team("Hub")


@pytest.fixture
def sergeant(hub: Team) -> Acting:
    return officer("sergeant", team=hub, supervises=True)


@pytest.fixture
def number(sergeant: Acting) -> TelephoneNumber:
    with within(sergeant):
        return commands.record_number(sergeant, typed=TYPED)


def _mark(acting: Acting, number: TelephoneNumber, **more: Any) -> NumberMarker:
    said: dict[str, Any] = {
        "kind": MarkerKind.CANNOT_SPEAK, "words": "Silent calls from here are real", "source": "Incident of 6 June",
        "grounds": "Twice rang and could not speak", "review_on": date(2019, 9, 12), **more,
    }  # fmt: skip
    with within(acting):
        return commands.mark_number(acting, number=number.pk, **said)


@pytest.mark.report("CON-07", by="objects.commands.mark_number")
def test_whoever_types_the_number_is_told(sergeant: Acting, number: TelephoneNumber) -> None:
    """A call from a marked number shows what is marked on it, however the number was written and whoever rings."""
    _mark(sergeant, number)
    handler = officer("call-handler", team=team("Contact"))
    with within(handler):
        call = contact.take_call(handler, line=Line.EMERGENCY)
        contact.record_call(handler, call=call.pk, typed=Typed(number="+44 7700 900 123"))
        [told] = calls.look_up(handler, id_=call.pk).stands
    assert (told.about_kind, told.headline) == ("number", "May be unable to speak: Silent calls from here are real")
    assert told.detail == "Twice rang and could not speak. From Incident of 6 June"


def test_it_owes_approval_and_a_look(sergeant: Acting, number: TelephoneNumber, hub: Team) -> None:
    """Its review is owed to the day by its team's supervisor; kept or ended, the ledgers balance."""
    other = officer("sergeant", team=hub, supervises=True)
    marker = _mark(sergeant, number)
    with within(other):
        review = Duty.objects.get(kind="objects.marker-review")
        assert (review.due_at, "on 07700 900123" in review.what) == (day_ends(date(2019, 9, 12)), True)
        assert Duty.objects.get(kind="objects.marker-approval").owed_by_id == other.account
        commands.approve_marker(other, marker=marker.pk)
        with pytest.raises(Stale):
            commands.review_marker(other, marker=marker.pk, version=1, keep=False, reason="It is another's now")
        commands.review_marker(
            other, marker=marker.pk, keep=True, reason="Twice more since", review_on=date(2020, 1, 1)
        )
        assert chronicle.about(other, [number.pk]).get().state == "stands"
        commands.review_marker(other, marker=marker.pk, keep=False, reason="The number is another's now")
        assert not chronicle.about(other, [number.pk]).exists()
        assert [row.words for row in queries.MARKERS.looked(other, marker=marker.pk)] == [
            "The number is another's now", "Twice more since",
        ]  # fmt: skip
    acting = machinery()
    with within(acting):
        for key in ("chronicle.objects.marker", "duties.objects.marker-review", "duties.objects.marker-approval"):
            balance = ledgers[key](acting)
            assert balance.balances, balance.faults
        done = CommandLog.objects.filter(name__startswith="objects.commands.marking.", outcome="done")
        assert done.count() == 4


def test_every_reason_at_once(sergeant: Acting, number: TelephoneNumber) -> None:
    """All that is missing is named, and the same is not marked twice."""
    with pytest.raises(Refused) as refused:
        _mark(sergeant, number, kind="rude", words=" ", grounds="x", source="", review_on=None)
    assert {reason.field for reason in refused.value.reasons} == {"kind", "words", "grounds", "source", "review_on"}
    _mark(sergeant, number)
    with pytest.raises(Refused, match="marked with this already"):
        _mark(sergeant, number, words="silent calls from here are REAL")


def test_a_sealed_marker_is_told_to_its_team_alone(sergeant: Acting, number: TelephoneNumber) -> None:
    """The number is open to everybody; what a team keeps of it for itself shows nowhere else."""
    _mark(sergeant, number, handling=Handling.SEALED)
    stranger = officer("sergeant", team=team("Elsewhere"), supervises=True)
    with within(stranger):
        assert not queries.MARKERS.standing(stranger, about=number.pk).exists()
        assert not chronicle.about(stranger, [number.pk]).exists()
    with within(sergeant):
        assert queries.MARKERS.standing(sergeant, about=number.pk).exists()
    nobody_s = officer("sergeant")
    with pytest.raises(Refused, match="Only a team"):
        _mark(nobody_s, number, kind=MarkerKind.THREATS, handling=Handling.LOCKED)


def test_on_the_page_of_the_number(settings: Any) -> None:
    """Read by a call handler, marked by a constable, approved and ended by a sergeant; who shares it is said there."""
    section = team("Response A")
    constable, who = signed_in(settings, "response-officer", team=section)
    with within(who):
        number = commands.record_number(who, typed=TYPED)
    soon = (now() + timedelta(days=90)).date()
    day = {"review_on-day": str(soon.day), "review_on-month": str(soon.month), "review_on-year": str(soon.year)}
    typed = {"kind": "language", "words": "Polish alone", "grounds": "Call of 1 June", "source": "C-1", **day}
    wrong = constable.post(f"/numbers/{number.pk}/mark", {"words": "Polish alone"})
    assert wrong.status_code == 422
    assert "Polish alone" in wrong.content.decode()
    assert constable.post(f"/numbers/{number.pk}/mark", typed).status_code == 302
    reader, _handler = signed_in(settings, "call-handler")
    page = reader.get(f"/numbers/{number.pk}").content.decode()
    for words in ("07700 900123", "Needs an interpreter: ", "Polish alone", "not yet approved"):
        assert words in page, words
    assert "Put up a marker" not in page
    with within(who):
        marker = NumberMarker.objects.get()
        look = Duty.objects.get(kind="objects.marker-review").about
    sergeant, _who = signed_in(settings, "sergeant", team=section, supervises=True)
    where = sergeant.get(f"/numbers/reviews/{look}")["Location"]
    assert where == f"/numbers/markers/{marker.pk}"
    assert constable.post(f"{where}/approve").status_code == 403
    assert sergeant.post(f"{where}/approve").status_code == 302
    ended = {"version": "2", "keep": "no", "reason": "He has moved away", "words": marker.words}
    assert sergeant.post(where, ended).status_code == 302
    assert "Ended: He has moved away" in reader.get(f"/numbers/{number.pk}").content.decode()
    shared = f"/numbers/{number.pk}/shared"
    assert reader.post(shared, {"shared": "yes", "words": " "}).status_code == 422
    assert reader.post(shared, {"shared": "yes", "words": "Ward 6"}).status_code == 302
    assert "Ward 6" in reader.get(f"/numbers/{number.pk}").content.decode()
