"""One incident on its own page, carried through by its forms alone."""

from __future__ import annotations

import pytest

from tests import factories
from tests.domains.incidents.scenes import (
    all_six,
    handler,
    incident,
    manager,
    unit,
)
from tests.domains.incidents.visits import BOARD, KNIFE, at, post, text, watched
from tests.domains.signed_in import client_of
from watchward.domains.incidents import commands
from watchward.domains.incidents.models import Deployment
from watchward.domains.incidents.vocabulary import Grade, Stage, values_of
from watchward.foundation.access.context import within
from watchward.foundation.records import Handling

pytestmark = pytest.mark.django_db


def test_an_incident_is_carried_through_on_its_own_page() -> None:
    """Sent, on the way, at scene, logged, assessed, clear and closed by its forms alone."""
    boss = manager()
    car, client = unit(), client_of(boss)
    made = incident(boss, signs=KNIFE)
    assert post(client, made, 1, do="send", unit=car.pk) == 302
    with within(boss):
        sent = Deployment.visible_to(boss).get(incident=made)
    assert post(client, made, 2, do="route", deployment=sent.pk) == 302
    assert post(client, made, 9, do="scene", deployment=sent.pk) == 302
    assert post(client, made, 10, do="log", line="Door is open, lights on") == 302
    assert post(client, made, 11, do="assess", sign="domestic-abuse", **values_of(all_six())) == 302
    assert post(client, made, 40, do="clear", deployment=sent.pk) == 302
    assert post(client, made, 41, do="close", closed_as="domestic", outcome="Man arrested, statement taken") == 302
    page = text(client, f"/incidents/{made.pk}", 42)
    assert "Man arrested, statement taken" in page
    assert "9 min to scene" in page
    with within(boss):
        made.refresh_from_db()
    assert made.stage == Stage.CLOSED


def test_what_was_typed_is_kept_when_it_is_refused_with_every_reason() -> None:
    """A close that is refused answers 422, says all the reasons, and keeps the words typed."""
    boss = manager()
    made = incident(boss)
    with at(1):
        answer = client_of(boss).post(f"/incidents/{made.pk}", {"do": "close", "outcome": "Resolved"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Assess it with THRIVE first." in page
    assert "Say how it ended." in page
    assert ">Resolved</textarea>" in page


def test_thrive_that_is_refused_is_not_lost() -> None:
    """A re-assessment without a word of what keeps them safe comes back with all that was typed and ticked."""
    boss = manager()
    made = incident(boss)
    watched(61)
    given = {"do": "reassess", "threat": "He is back outside", "threat-level": "high", "sign": "still-there"}
    with at(65):
        answer = client_of(boss).post(f"/incidents/{made.pk}", given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Say what keeps them safe while they wait." in page
    assert ">He is back outside</textarea>" in page
    assert 'value="still-there" checked' in page
    assert '<option value="high" selected>' in page


def test_a_change_by_somebody_else_shows_both_versions() -> None:
    """Whoever sends a grade for an older version gets 409 with what each of them said."""
    boss, other = manager(), manager()
    made = incident(boss)
    with within(other):
        commands.give_grade(other, incident=made.pk, grade=Grade.IMMEDIATE, reason="A neighbour heard screams")
    given = {"do": "grade", "grade": "3", "reason": "She is at work now", "version": "1"}
    with at(2):
        answer = client_of(boss).post(f"/incidents/{made.pk}", given)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "3 Scheduled" in page
    assert "1 Immediate" in page
    assert "She is at work now" in page
    with within(boss):
        made.refresh_from_db()
    assert made.grade == Grade.IMMEDIATE


def test_a_call_handler_is_shown_only_what_they_may_do() -> None:
    """No button to send or to close, and the same is refused when it is sent all the same."""
    acting, car = handler(), unit()
    made = incident(acting)
    client = client_of(acting)
    page = text(client, f"/incidents/{made.pk}")
    assert 'value="send"' not in page
    assert 'value="close"' not in page
    assert post(client, made, 1, do="send", unit=car.pk) == 422


def test_who_types_markup_types_words() -> None:
    """What is typed is shown as it was typed and never as part of the page."""
    boss = manager()
    made = incident(boss, what="<script>alert(1)</script>", place_words="<b>Here</b>")
    for url in (BOARD, f"/incidents/{made.pk}", f"/incidents/{made.pk}/briefing"):
        page = text(client_of(boss), url)
        assert "<script>alert" not in page
        assert "<b>Here</b>" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_a_locked_incident_asks_why_before_it_opens() -> None:
    """Somebody of another team is told that it exists, gives a reason, and then reads it."""
    owner, other = manager(team=factories.team()), manager(team=factories.team())
    made = incident(owner, handling=Handling.LOCKED)
    client = client_of(other)
    assert made.reference not in text(client, BOARD)
    assert "This record is locked" in text(client, f"/incidents/{made.pk}")
    assert post(client, made, 1, do="open", reason="No") == 422
    assert post(client, made, 1, do="open", reason="I am the duty manager tonight") == 302
    assert made.reference in text(client, f"/incidents/{made.pk}", 2)
