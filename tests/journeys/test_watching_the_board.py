"""A force incident manager watches the board, sends a unit and reads the briefing, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from unittest.mock import patch

import pytest

from tests.domains.incidents.scenes import after, all_six, house, incident, manager, somebody, unit, worker
from tests.domains.signed_in import session_of
from tests.journeys.conftest import Opens, picture
from tests.journeys.looks import assert_accessible, assert_fits, nothing_in_the_console
from watchward.domains.incidents import commands
from watchward.domains.incidents.models import Incident
from watchward.domains.incidents.vocabulary import Kind, Part, Sign
from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

KNIFE = (Sign.DOMESTIC_ABUSE, Sign.WEAPON, Sign.STILL_THERE, Sign.CHILD_THERE)


@pytest.fixture
def _quarter_past() -> Iterator[None]:
    """It is 20 minutes after the start for whoever asks for a page."""
    with patch("watchward.foundation.access.middleware.now", return_value=after(worker(), 20).at):
        yield


def shift() -> tuple[Acting, Incident]:
    """A board with something of everything: over, soon, delayed, in time, at scene; one incident to go to."""
    boss = manager(name="Insp Ruth Adeyemi")
    place = house(boss, easting=386_000, northing=349_000)
    kerry = somebody(boss)
    cars = [unit() for _ in range(3)]
    with within(boss):
        commands.place_unit(boss, unit=cars[0].pk, easting=386_400, northing=352_200)
    made = incident(after(boss, 12), signs=KNIFE, place=place.pk, people=((kerry.pk, Part.VICTIM),))
    over = incident(boss, signs=KNIFE, place_words="Wharf Bridge, Stone", what="Man on the bridge, knife in hand")
    incident(boss, place_words="Cinder Path, Hednesford", what="Neighbour with a hammer, has gone in")
    incident(boss, signs=(), kind=Kind.DAMAGE, place_words="Market Arcade, Cannock", what="Window broken overnight")
    at_it = incident(boss, signs=KNIFE, place_words="Heath House, Leek", what="Shouting heard")
    early = after(boss, -105)
    late = incident(early, place_words="6 Ashlar Close, Tamworth", what="He has left, she is afraid he comes back")
    with within(boss):
        commands.send(after(boss, 3), incident=over.pk, unit=cars[1].pk)
        sent = commands.send(after(boss, 1), incident=at_it.pk, unit=cars[2].pk)
        commands.mark_at_scene(after(boss, 9), deployment=sent.pk)
    machine = worker(16)
    with within(machine):
        commands.watch(machine)
    with within(boss):
        later = after(boss, 17)
        commands.reassess(later, incident=late.pk, answers=all_six(), safeguarding="Her mother is with her")
    return boss, made


@pytest.mark.usefixtures("_quarter_past")
def test_every_page_can_be_used_by_everybody(opens: Opens) -> None:
    """Every page of the room: nothing for axe, no sideways scroll, the content policy kept."""
    boss, made = shift()
    page = opens(session_of(boss))
    pages = {
        "board": "/incidents/",
        "incident": f"/incidents/{made.pk}",
        "briefing": f"/incidents/{made.pk}/briefing",
        "deployments": "/incidents/deployments",
        "units": "/incidents/units",
    }
    for name, url in pages.items():
        with nothing_in_the_console(page):
            for width in (1280, 375):
                page.set_viewport_size({"width": width, "height": 900})
                page.goto(url)
                assert_accessible(page)
            assert_fits(page)
        picture(page, name)


@pytest.mark.usefixtures("_quarter_past")
def test_a_unit_is_sent_by_keyboard(opens: Opens) -> None:
    """Enter on an incident's green action sends the nearest free unit."""
    boss, made = shift()
    page = opens(session_of(boss))
    page.goto(f"/incidents/{made.pk}")
    before = page.locator(".ww-button--go").inner_text()
    assert before.startswith("Send TT")
    page.locator(".ww-button--go").press("Enter")
    page.wait_for_load_state()
    assert "sent 08:05" in page.inner_text("#units")


@pytest.mark.usefixtures("_quarter_past")
def test_it_all_works_without_scripts(opens: Opens) -> None:
    """Without scripts a line is added to the log and the board is paused by a link."""
    boss, made = shift()
    page = opens(session_of(boss), scripts=False)
    page.goto(f"/incidents/{made.pk}")
    page.fill("#log-line", "Dog loose in the yard")
    page.click("#log-line-add")
    assert "Dog loose in the yard" in page.inner_text(".ww-log")
    page.goto("/incidents/")
    page.click("text=Pause")
    assert "Paused at 08:05:00" in page.inner_text(".ww-status")
