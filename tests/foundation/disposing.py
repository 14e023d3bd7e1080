"""Somebody whose record is long over, and two people who dispose of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from tests import factories
from tests.domains.incidents.scenes import handler, somebody
from watchward.domains.people.models import Person
from watchward.foundation.access.context import as_engine, within
from watchward.foundation.access.queries import machinery
from watchward.foundation.acting import Acting
from watchward.foundation.duties import commands as duties
from watchward.foundation.duties.models import Duty
from watchward.foundation.measures.counting import Figure, counting
from watchward.foundation.measures.declared import measures
from watchward.foundation.measures.spans import Span
from watchward.foundation.retention import commands
from watchward.foundation.retention.models import Disposal, Hold, Review

LATER = factories.NOW.replace(year=2030)
"""Eleven years on: the clear period of every group but the first is over."""
WHY = "No longer needed for any policing purpose"


def manager(*roles: str) -> Acting:
    """Return somebody who decides reviews and lays holds, eleven years on."""
    return factories.officer("records-manager", *roles, at=LATER)


def known(name: str = "Wilhelmina") -> Person:
    """Return somebody who was recorded eleven years before."""
    with within(machinery(factories.NOW, "making whoever is kept")):
        return somebody(handler(), name)


def called_up(at: Any = LATER) -> int:
    """Call up what is due."""
    engine = machinery(at, "calling up")
    with within(engine):
        return commands.call_up(engine)


def review_of(record: Any) -> Review:
    """Return the review of a record."""
    with within(machinery(LATER, "looking")):
        return Review.objects.get(of=record.pk)


def due(record: Any) -> Review:
    """Return the review of a record, called up."""
    called_up()
    return review_of(record)


def disposed_of(record: Any) -> Disposal:
    """Let two people dispose of a record that is due."""
    review, one, other = due(record), manager(), manager()
    with within(one):
        commands.propose(one, review=review.pk, reason=WHY)
    with within(other):
        return commands.agree(other, review=review.pk)


def held(acting: Acting, *references: str, **changed: Any) -> Hold:
    """Hold some records for an inquiry."""
    given = {
        "source": "inquiry", "matter": "Inquiry 12/2030", "reason": "All that the inquiry may ask for",
        "since": LATER.date(), "review_on": date(2031, 1, 1), "records": references, **changed,
    }  # fmt: skip
    with within(acting):
        return commands.lay_hold(acting, **given)


def nothing_owed() -> None:
    """Release whatever is still owed: the reasons of the duties are of no matter here."""
    boss = factories.officer("sergeant", at=LATER)
    with within(boss):
        with as_engine(boss):
            open_ones = list(Duty.objects.filter(state="open").values_list("pk", flat=True))
        for pk in open_ones:
            duties.release(boss, duty=pk, reason="The case is long over")


def figures(first: date, last: date) -> dict[str, Figure]:
    """Return what every measure counts over some days."""
    engine = replace(machinery(LATER, "counting"), sees_all=True)
    with within(engine), counting(engine) as counter:
        return {key: counter.whole(one, Span(first, last), {}) for key, one in measures.items()}
