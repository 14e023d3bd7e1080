"""The arrival briefing as whoever goes there reads it."""

from __future__ import annotations

from datetime import date

import pytest

from tests import factories
from tests.domains.incidents.scenes import (
    after,
    house,
    incident,
    manager,
    somebody,
    unit,
)
from tests.domains.incidents.visits import KNIFE, at, text
from tests.domains.signed_in import client_of
from watchward.domains.incidents import commands
from watchward.domains.incidents.vocabulary import Grade, Part
from watchward.domains.people import commands as people
from watchward.foundation.access.context import within

pytestmark = pytest.mark.django_db


@pytest.mark.report("RSP-07", by="incidents.queries.whole")
def test_the_briefing_tells_what_is_behind_the_door() -> None:
    """Dangers, warnings on the place, adults and children by age, earlier incidents and what to ask, on one page."""
    boss = manager()
    place = house(boss)
    kerry, ellie = somebody(boss), somebody(boss, "Ellie", date(2012, 5, 2))
    with within(boss):
        for each in (kerry, ellie):
            people.live_at(boss, person=each.pk, place=place.pk, since=date(2018, 2, 1))
    before = incident(boss, what="Banging and screaming", place=place.pk, people=((kerry.pk, Part.VICTIM),))
    made = incident(boss, signs=KNIFE, place=place.pk, people=((kerry.pk, Part.VICTIM),))
    page = text(client_of(boss), f"/incidents/{made.pk}/briefing", 2)
    assert "A weapon is there" in page
    assert "Adult, 31" in page
    assert "Child, 7" in page
    assert "1 adult, 1 child" in page
    assert "Banging and screaming" in page
    assert before.reference != made.reference
    assert "Speak to each of them away from the other" in page
    assert "None in force" in page
    assert "<script" not in page


@pytest.mark.report("RSP-06", by="incidents.commands.read_briefing")
def test_that_a_briefing_was_read_is_kept_until_there_is_more_to_read() -> None:
    """The receipt names who read it and when; a change of the incident asks again."""
    officer, boss, car = factories.officer("response-officer"), manager(), unit()
    made = incident(boss, signs=KNIFE)
    with within(boss):
        commands.crew(boss, unit=car.pk, account=officer.account)
        commands.send(boss, incident=made.pk, unit=car.pk)
    client, url = client_of(officer), f"/incidents/{made.pk}/briefing"
    assert "At scene" in text(client, url, 1)
    with at(2):
        assert client.post(url, {"do": "read"}).status_code == 302
    assert "Read 07:47" in text(client, url, 3)
    with within(boss):
        commands.give_grade(after(boss, 4), incident=made.pk, grade=Grade.PRIORITY, reason="He has run off now")
    assert "I have read this" in text(client, url, 5)
    assert f"read by {officer.name} 07:47" in text(client_of(boss), f"/incidents/{made.pk}", 5)
