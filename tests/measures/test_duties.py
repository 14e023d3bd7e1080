"""Duties met on time, whatever they are about."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from tests import factories
from tests.foundation.scene import DONE, change_place, visits_owed, write_place
from tests.measures.asked import counts, figure
from watchward.foundation.access.context import within
from watchward.foundation.duties import commands
from watchward.foundation.duties.models import Duty
from watchward.foundation.measures.spans import Span

pytestmark = pytest.mark.django_db

NOW = factories.NOW


@pytest.mark.measure("duties.on-time")
def test_duties_met_on_time() -> None:
    """One done in time, one late, one still owed; one released before it was due, and one not due yet, are not among.

    Released after it was due is late: a reason does not bring the time back.
    """
    who = factories.officer("sergeant", team=factories.team())
    tomorrow = NOW + timedelta(hours=24)

    def done(place: UUID, hours: int) -> None:
        later = who.at_time(NOW + timedelta(hours=hours))
        with within(later):
            change_place(later, place=place, locality=DONE)

    def let_go(place: UUID, hours: int) -> None:
        later = who.at_time(NOW + timedelta(hours=hours))
        with within(later):
            duty = Duty.visible_to(later).get(about=place)
            commands.release(later, duty=duty.pk, reason="It burnt down")

    with visits_owed():
        with within(who):
            places = [write_place(who, line=f"{n} Test Street", owes=True, team=who.team).pk for n in range(5)]
        after = who.at_time(NOW + timedelta(hours=30))
        with within(after):
            write_place(after, line="Not due yet", owes=True, team=who.team)
        done(places[0], 24)
        done(places[1], 25)
        let_go(places[3], 23)
        let_go(places[4], 26)
        span = Span(tomorrow.date(), tomorrow.date() + timedelta(days=7))
        asking = who.at_time(NOW + timedelta(hours=31))
        assert counts(asking, "duties.on-time", span=span) == (1, 4)
        assert counts(asking, "duties.on-time", span=span, kind="tests.visit") == (1, 4)
        assert figure(asking, "duties.on-time", span=span, kind="tests.other").rows == 0
