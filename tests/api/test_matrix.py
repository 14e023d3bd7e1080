"""Every route as clients of every role and of each scope: nothing breaks, and nothing succeeds that may not.

What is sent is made by schemathesis from the document of the API, and sent within this process.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest
import schemathesis
from django.test import Client as Browser
from hypothesis import HealthCheck, Phase, given, settings

from tests import factories
from tests.api.clients import HOST, Machine, machine
from tests.domains.crimes import scenes as crimes
from watchward.config.api import Route, document, routes
from watchward.domains.contact import commands as contact
from watchward.domains.contact.vocabulary import Line
from watchward.domains.incidents import commands as incidents
from watchward.domains.incidents.vocabulary import Kind
from watchward.domains.people import commands as people
from watchward.domains.places import commands as places
from watchward.foundation.access.context import within
from watchward.foundation.access.roles import every_permission, roles
from watchward.foundation.acting import now
from watchward.foundation.machines.vocabulary import NEVER_LENT

pytestmark = pytest.mark.django_db

SCHEMA = schemathesis.openapi.from_dict(document())
ROUTES = routes()
KNOWN = {200, 201, 400, 401, 403, 404, 405, 409, 413, 415, 422}
EVERY_ROLE = sorted(set(roles()) - {"machinery"})
EVERYBODY = [role for role in EVERY_ROLE if role != "administrator"]
"""Roles that one person may hold together: between them all that a route takes."""
NEEDS_WORDS = {"/api/v1/measures/{key}"}
"""What is hardly ever asked for rightly by chance."""
LONG = int(os.environ.get("WATCHWARD_TEST_CALLS", "50000"))
"""Calls of the long campaign."""


def send(system: Machine, case: Any) -> Any:
    """Send what was made, with this client's token."""
    headers = {
        str(name): str(value).encode("latin-1", "replace").decode("latin-1")
        for name, value in dict(case.headers or {}).items()
        if str(name).lower() != "authorization"
    }
    headers["Host"] = HOST
    if system.token:
        headers["Authorization"] = f"Bearer {system.token}"
    sent = case.as_transport_kwargs(base_url=f"http://{HOST}", headers=headers)
    query = {name: value for name, value in dict(sent.get("params") or {}).items() if value is not None}
    body = sent.get("data") or b""
    if "json" in sent:
        body = json.dumps(sent["json"]).encode()
    path = "/" + sent["url"].partition("//")[2].partition("/")[2]
    clean = {name: value for name, value in headers.items() if "\n" not in value and "\r" not in value}
    return Browser(raise_request_exception=True).generic(
        case.method, path, body if isinstance(body, bytes) else str(body).encode(), content_type="application/json",
        headers=clean, query_params=query,
    )  # fmt: skip


def judged(answer: Any, route: Route, system: Machine, held: frozenset[str]) -> None:
    """Hold an answer against the matrix: no fault of ours, no success without the scope, and a refusal in its form."""
    assert answer.status_code in KNOWN, (route, answer.status_code, answer.content[:500])
    if not system.token:
        assert answer.status_code == 401
    elif not set(route.needs) <= held:
        assert answer.status_code == 403, (route, answer.status_code)
    if answer.status_code >= 400:
        assert answer["Content-Type"] == "application/problem+json"
    else:
        assert answer["Content-Type"].startswith("application/json")


def operation(route: Route) -> Any:
    """Return the route as schemathesis knows it."""
    return SCHEMA[route.path][route.method]


def scene() -> dict[str, str]:
    """Make a record of each kind, and return its id by the beginning of the routes that are about it."""
    acting = factories.officer("force-incident-manager", "crime-desk", team=factories.team(), at=now())
    with within(acting):
        place = places.record_place(acting, line="27 Kilncroft Street", town="Stafford")
        person = people.record_person(acting, forenames="Kezia", surname="Machin")
        call = contact.take_call(acting, line=Line.EMERGENCY, number="07700 900123")
        incident = incidents.open_incident(acting, kind=Kind.CONCERN, what="A door left open", place=place.pk)
        unit = incidents.make_unit(acting, call_sign="SA11")
        incidents.set_unit_status(acting, unit=unit.pk, on_duty=True)
        sent = incidents.send(acting, incident=incident.pk, unit=unit.pk)
    crime = crimes.crime()
    made = {
        "/api/v1/calls": call, "/api/v1/incidents/deployments": sent, "/api/v1/incidents": incident,
        "/api/v1/people": person, "/api/v1/places": place, "/api/v1/crimes": crime,
    }  # fmt: skip
    return {begins: str(row.pk) for begins, row in made.items()}


def try_out(
    route: Route, system: Machine, held: frozenset[str], *, calls: int, about: Mapping[str, str] | None = None
) -> Counter[int]:
    """Send so many calls of one route, about a record that there is where one is given, and return the answers."""
    record = next((id_ for begins, id_ in (about or {}).items() if route.path.startswith(begins)), None)
    answered: Counter[int] = Counter()

    @given(case=operation(route).as_strategy())
    @settings(
        max_examples=calls, deadline=None, database=None, phases=[Phase.generate], derandomize=calls < 100,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def once(case: Any) -> None:
        if record is not None and "{id_}" in route.path:
            case.path_parameters["id_"] = record
        answer = send(system, case)
        answered[answer.status_code] += 1
        judged(answer, route, system, held)

    once()
    return answered


def named(route: Route) -> str:
    """Return the name of a route."""
    return f"{route.method} {route.path}"


@pytest.mark.parametrize("route", ROUTES, ids=named)
def test_nothing_breaks_and_nothing_is_open_to_nobody(route: Route) -> None:
    """A client that holds all that may be lent, and whoever sends no token."""
    system = machine(*EVERYBODY)
    held = system.owner.permissions - NEVER_LENT
    about = scene()
    answered = try_out(route, system, held, calls=8, about=about)
    if route.method == "GET" and route.path not in NEEDS_WORDS:
        assert answered[200], answered
    if "{id_}" in route.path:
        assert not answered[404], answered  # the record is there, and a refusal says why
    try_out(route, system, held, calls=2)
    try_out(route, Machine(system.client, system.owner, ""), frozenset(), calls=1)


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_every_route_as_every_role(role: str) -> None:
    """A client with all that somebody of a role may lend: what the matrix does not give is 403."""
    held = roles()[role].permissions - NEVER_LENT
    system = machine(role, scopes=held)
    for route in ROUTES:
        try_out(route, system, held, calls=1)


@pytest.mark.parametrize("scope", sorted({scope for route in ROUTES for scope in route.needs}))
def test_every_route_as_a_client_of_one_scope(scope: str) -> None:
    """A scope opens the routes that take it alone, and no other."""
    system = machine(*EVERYBODY, scopes=frozenset({scope}))
    for route in ROUTES:
        try_out(route, system, frozenset({scope}), calls=1)


def test_every_route_takes_what_some_role_may_lend() -> None:
    """A route that nobody can lend is a promise that nobody can keep."""
    for route in ROUTES:
        assert set(route.needs) <= every_permission() - NEVER_LENT, route
        assert any(role.permissions >= set(route.needs) for role in roles().values()), route


@pytest.mark.soak
def test_the_long_campaign() -> None:
    """So many calls over every route, of clients that may do everything and take turns at their calls a minute."""
    systems = [machine(*EVERYBODY) for _ in range(4)]
    held, about = systems[0].owner.permissions - NEVER_LENT, scene()
    each = LONG // len(systems) // len(ROUTES) // 2 + 1
    answered: Counter[int] = Counter()
    for system in systems:
        for route in ROUTES:
            answered += try_out(route, system, held, calls=each, about=about)
            answered += try_out(route, system, held, calls=each)
    print(f"{answered.total():,} calls over {len(ROUTES)} routes: {dict(sorted(answered.items()))}")
