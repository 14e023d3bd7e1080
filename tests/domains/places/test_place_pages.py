"""The page of a place: what is marked there, with its grounds, and a trace of whoever looked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.domains.signed_in import signed_in
from tests.factories import NOW, machinery, officer, team
from watchward.domains.places import commands, queries
from watchward.foundation.access.context import within
from watchward.foundation.acting import now
from watchward.foundation.audit.models import Trace
from watchward.foundation.records import Handling

pytestmark = pytest.mark.django_db


def _soon() -> date:
    return (now() + timedelta(days=90)).date()


def _typed(name: str, day: date) -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def test_a_place_is_marked_read_and_reviewed(settings: Any) -> None:
    """A sergeant marks a place, a call handler reads it and leaves a trace, another sergeant approves and ends it."""
    response = team("Response A")
    author, who = signed_in(settings, "sergeant", team=response, supervises=True)
    with within(who):
        place = commands.record_place(who, line="27 Kilncroft Street", locality="Burslem", postcode="ST6 3AA")
    wrong = author.post(f"/places/{place.pk}/mark", {"words": "Calls are urgent"})
    assert wrong.status_code == 422
    for words in ("What: not filled in", "Grounds: not filled in", "Look again on: not filled in", "Calls are urgent"):
        assert words in wrong.content.decode(), words
    typed = {
        "kind": "treat-as-urgent", "words": "Calls are urgent", "grounds": "Assaulted three times since May",
        "source": "Harm reduction hub", **_typed("review_on", _soon()),
    }  # fmt: skip
    assert author.post(f"/places/{place.pk}/mark", typed).status_code == 302

    reader, looked = signed_in(settings, "call-handler")
    page = reader.get(f"/places/{place.pk}").content.decode()
    for words in (
        "27 Kilncroft Street, Burslem",
        "Treat calls as urgent",
        "Assaulted three times since May",
        "not yet",
    ):
        assert words in page, words
    assert "Mark this place" not in page
    acting = machinery()
    with within(acting):
        kinds = Trace.objects.filter(account_id=looked.account).values_list("kind", "what").order_by("kind")
        assert list(kinds) == [("listed", "places.chronicle"), ("opened", f"places.Place {place.reference}")]
    assert reader.get(f"/places/{place.pk}/mark").status_code == 403

    other, reviewer = signed_in(settings, "sergeant", team=response)
    with within(reviewer):
        [marker] = queries.MARKERS.standing(reviewer, about=place.pk)
        owed = queries.MARKERS.owed_look(reviewer, marker=marker.pk)
        assert owed is not None
    where = other.get(f"/places/reviews/{owed.pk}")["Location"]
    assert where == f"/places/markers/{marker.pk}"
    assert "Somebody else approves" in author.get(where).content.decode()
    assert other.post(f"/places/markers/{marker.pk}/approve").status_code == 302
    stale = {"version": str(marker.version), "keep": "no", "reason": "She has moved away", "words": marker.words}
    answer = other.post(where, stale)
    assert answer.status_code == 422
    assert "was changed by somebody else" in answer.content.decode()
    fresh = {**stale, "version": str(marker.version + 1)}
    assert other.post(where, fresh).status_code == 302
    page = reader.get(f"/places/{place.pk}").content.decode()
    assert "Ended: She has moved away" in page
    assert "Recorded" not in page


def test_a_locked_place_stops_at_the_card_and_a_sealed_one_is_not_there(settings: Any) -> None:
    """Locked: the page that asks why. Sealed: as if it did not exist."""
    owner = officer("sergeant", team=team("Hub"))
    with within(owner):
        place = commands.record_place(owner, line="3 Orchard Fold", locality="Leek")
        commands.set_handling(owner, place=place.pk, handling=Handling.LOCKED, reason="Under surveillance now")
    reader, _who = signed_in(settings, "call-handler")
    answer = reader.get(f"/places/{place.pk}")
    assert answer.status_code == 302
    assert answer.url == f"/locked/places.Place/{place.pk}?back=/places/{place.pk}"  # type: ignore[attr-defined]
    assert "This record is locked" in reader.get(answer.url).content.decode()  # type: ignore[attr-defined]
    with within(owner):
        commands.set_handling(owner, place=place.pk, handling=Handling.SEALED, reason="A refuge is run here")
    assert reader.get(f"/places/{place.pk}").status_code == 404
    assert reader.get(f"/places/{NOW.toordinal():08d}-0000-4000-8000-000000000000").status_code == 404
