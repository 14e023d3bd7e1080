"""The page of an incident that refreshes itself: what is new is told, and looking on is one look."""

from __future__ import annotations

import pytest

from tests import factories
from tests.domains.incidents.scenes import after, incident, manager
from tests.domains.incidents.visits import KNIFE, at
from tests.domains.signed_in import client_of
from watchward.domains.incidents import commands
from watchward.foundation.access.context import within
from watchward.foundation.audit.models import Trace

pytestmark = pytest.mark.django_db

REFRESH = {"X-Watchward-Refresh": "1"}


@pytest.mark.report("RSP-06", by="incidents.queries.whole")
def test_a_refresh_tells_what_the_control_room_added_and_is_the_same_look_until_then() -> None:
    """An officer looks on for minutes: one trace. A line is added: it is on the page, and a second trace is left."""
    officer, boss = factories.officer("response-officer"), manager()
    made = incident(boss, signs=KNIFE)
    client, url = client_of(officer), f"/incidents/{made.pk}"

    def looks() -> int:
        with within(officer):
            return Trace.objects.filter(kind="opened", about=made.pk, account_id=officer.account).count()

    with at(2):
        first = client.get(url).content.decode()
    assert 'data-live-every="15"' in first
    assert looks() == 1
    for minute in (3, 4):
        with at(minute):
            client.get(url, headers=REFRESH)
    assert looks() == 1
    with within(boss):
        commands.add_log_line(after(boss, 5), incident=made.pk, words="He has put the knife down")
    with at(6):
        page = client.get(url, headers=REFRESH).content.decode()
    live = page.split('id="live-log"')[1].split("</ol>")[0]
    assert "He has put the knife down" in live
    assert looks() == 2
    with at(70):
        client.get(url, headers=REFRESH)
    assert looks() == 3  # after an hour it is another look


def test_to_ask_for_a_refresh_first_leaves_its_trace() -> None:
    """Nobody looks without a trace by asking for a refresh of a page that they never opened."""
    officer, boss = factories.officer("response-officer"), manager()
    made = incident(boss, signs=KNIFE)
    with at(2):
        client_of(officer).get(f"/incidents/{made.pk}", headers=REFRESH)
    with within(officer):
        assert Trace.objects.filter(kind="opened", about=made.pk, account_id=officer.account).count() == 1
