"""No page asks the database more often than it must."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.pages.conftest import Demonstration
from tests.pages.routes import HOST, Route, given, routes
from watchward.config.static import BUILT
from watchward.foundation.access.context import within
from watchward.foundation.access.queries import machinery
from watchward.foundation.acting import now

pytestmark = pytest.mark.skipif(not BUILT.is_dir(), reason="the pages' styles and scripts have not been built")

AT_MOST = 20
"""Queries of one page, those of session, context and trace included; beginning and ending a transaction is none."""

LOOKING = 11
"""Of them, those that look up who rings, once what was typed has been saved."""

OF_A_TRANSACTION = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")
SEVERAL = 8
"""Records of which the page is looked at: the one with most in it counts."""


@pytest.mark.parametrize("route", [pytest.param(route, id=route.name) for route in routes()])
def test_no_page_asks_more_than_twenty_times(demonstration: Demonstration, route: Route) -> None:
    """Every address that answers a GET, of several records of the demonstration each."""
    client = demonstration.client(route.needs)
    about = given(route, several=SEVERAL)
    if not about:
        pytest.skip("the demonstration has no such record")
    most: list[str] = []
    for arguments in about:
        answer, asked = _counted(partial(client.get, route.address(arguments), headers=HOST))
        if answer.status_code == 405:
            pytest.skip("it is sent, and not looked at")
        assert answer.status_code in (200, 302, 404), answer.content[:500]
        most = max(most, asked, key=len)
    assert len(most) <= AT_MOST, "\n".join(sql[:160] for sql in most)


def test_what_is_found_asks_no_more_either(demonstration: Demonstration) -> None:
    """A search is sent, and its answer is a page of its own: somebody of the demonstration is looked for by name."""
    client = demonstration.client("people.read")
    with within(machinery(now(), "a test", channel="cli")) as acting:
        people: Any = apps.get_model("people.Person")
        name = people.visible_to(acting).exclude(surname="").order_by("pk")[0].name
    sent = client.post(reverse("people:find"), {"name": name}, headers=HOST)
    assert sent.status_code == 302, sent.content[:500]
    answer, asked = _counted(partial(client.get, sent["Location"], headers=HOST))
    assert name.split()[-1] in answer.content.decode()
    assert len(asked) <= AT_MOST, "\n".join(sql[:160] for sql in asked)


def test_looking_up_who_rings_asks_no_more_either(demonstration: Demonstration) -> None:
    """While somebody types, the page looks up again every few seconds, and saves what is new before that.

    Both together ask no more than any page, whatever is typed.
    """
    client = demonstration.client("contact.take")
    taken = client.post(reverse("contact:start"), {"line": "999"}, headers=HOST)
    assert taken.status_code == 302, taken.content[:500]
    with within(machinery(now(), "a test", channel="cli")) as acting:
        homes: Any = apps.get_model("people.Residence")
        home = homes.visible_to(acting).filter(place__isnull=False, until__isnull=True).order_by("pk")[0]
        name = home.person.name
    boxes: dict[str, str] = {}

    def look(**typed: str) -> Any:
        boxes.update(typed)
        page = f"{taken['Location']}/look"
        answer, asked = _counted(partial(client.post, page, boxes, headers={**HOST, "HX-Request": "true"}))
        assert answer.status_code == 200
        saved = max((place for place, sql in enumerate(asked) if "ww_end_command" in sql), default=0)
        assert len(asked) - saved - 1 <= LOOKING, "\n".join(sql[:160] for sql in asked[saved + 1 :])
        assert len(asked) <= AT_MOST, (typed, "\n".join(sql[:160] for sql in asked))
        return answer

    look(number="07700 900999")
    look(caller=name)
    answer = look(place=f"{home.line}, {home.town}")
    assert name.split()[-1] in answer.content.decode()
    look(what="domestic-now")
    look(others="A man shouting")
    look(others="A man shouting and a child")
    look(draft="He has gone")
    look()


def _counted(ask: Callable[[], Any]) -> tuple[Any, list[str]]:
    """Return the answer, and what it asked the database for."""
    with CaptureQueriesContext(connection) as captured:
        answer = ask()
    return answer, [one["sql"] for one in captured.captured_queries if not one["sql"].startswith(OF_A_TRANSACTION)]
