"""No page asks the database more often than it must."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.pages.conftest import Demonstration
from tests.pages.routes import Route, routes, some
from watchward.config.static import BUILT
from watchward.foundation.access.context import within
from watchward.foundation.access.queries import machinery
from watchward.foundation.acting import now

pytestmark = pytest.mark.skipif(not BUILT.is_dir(), reason="the pages' styles and scripts have not been built")

AT_MOST = 20
"""Queries of one page, those of session, context and trace included; beginning and ending a transaction is none."""

OVER = {"profile:person": 26, "work:ledgers": 60}
"""Pages that still ask more often, and how often: none may ask more than stands here, and one that has come down to
the limit is taken out."""

OF_A_TRANSACTION = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")
SEVERAL = 8
"""Records of which the page is looked at: the one with most in it counts."""


@pytest.mark.parametrize("route", [pytest.param(route, id=route.name) for route in routes()])
def test_no_page_asks_more_than_twenty_times(demonstration: Demonstration, route: Route) -> None:
    """Every address that answers a GET, of several records of the demonstration each."""
    client = demonstration.client(route.needs)
    given = _several(route)
    if not given:
        pytest.skip("the demonstration has no such record")
    most: list[str] = []
    for arguments in given:
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(route.address(arguments), headers={"Host": "localhost"})
        if answer.status_code == 405:
            pytest.skip("it is sent, and not looked at")
        assert answer.status_code in (200, 302, 404), answer.content[:500]
        asked = [one["sql"] for one in captured.captured_queries if not one["sql"].startswith(OF_A_TRANSACTION)]
        most = max(most, asked, key=len)
    assert len(most) <= OVER.get(route.name, AT_MOST), "\n".join(sql[:160] for sql in most)
    if route.name in OVER:
        assert len(most) > AT_MOST, f"{route.name} keeps to the limit now: take it out of OVER"


def test_what_is_found_asks_no_more_either(demonstration: Demonstration) -> None:
    """A search is sent, and its answer is a page of its own: somebody of the demonstration is looked for by name."""
    client = demonstration.client("people.read")
    with within(machinery(now(), "a test", channel="cli")) as acting:
        people: Any = apps.get_model("people.Person")
        name = people.visible_to(acting).exclude(surname="").order_by("pk")[0].name
    sent = client.post(reverse("people:find"), {"name": name}, headers={"Host": "localhost"})
    assert sent.status_code == 302, sent.content[:500]
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(sent["Location"], headers={"Host": "localhost"})
    assert name.split()[-1] in answer.content.decode()
    asked = [one["sql"] for one in captured.captured_queries if not one["sql"].startswith(OF_A_TRANSACTION)]
    assert len(asked) <= AT_MOST, "\n".join(sql[:160] for sql in asked)


def _several(route: Route) -> list[dict[str, Any]]:
    label = some(route)
    if label is None:
        rest: dict[str, Any] = {"number": 1} if "number" in route.arguments else {}
        return [rest] if set(rest) == set(route.arguments) else []
    model: Any = apps.get_model(label)
    with within(machinery(now(), "a test", channel="cli")) as acting:
        ids = list(model.visible_to(acting).order_by("pk").values_list("pk", flat=True)[:SEVERAL])
    name = "account" if "account" in route.arguments else "id_"
    if set(route.arguments) != {name}:
        return []
    return [{name: id_} for id_ in ids]
