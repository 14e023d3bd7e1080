"""The root of the API: one document, the routes of every room, and refusals as problems."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.module_loading import import_string
from ninja import NinjaAPI

from watchward.foundation.machines.answers import PROBLEM, TITLES, problem, say_problems
from watchward.foundation.machines.scopes import Scope
from watchward.foundation.ui.doors import outside

ROOMS = (
    ("/calls", "watchward.domains.contact"),
    ("/incidents", "watchward.domains.incidents"),
    ("/people", "watchward.domains.people"),
    ("/places", "watchward.domains.places"),
    ("/crimes", "watchward.domains.crimes"),
    ("/measures", "watchward.foundation.measures"),
    ("/duties", "watchward.foundation.duties"),
    ("/events", "watchward.foundation.machines"),
)
"""Where the routes of each room stand."""

BEGINS = "/api/v1/"

api = NinjaAPI(
    title="Watchward", version="1", urls_namespace="api", docs_url=None, openapi_url=None,
    description="Records, safeguarding and oversight of a police force, for other systems. Send the client's token as "
    "`Authorization: Bearer …`. Lists go on with the cursor that stands in `next`; a call sent again with the same "
    "Idempotency-Key and body is carried out once.",
)  # fmt: skip
say_problems(api)
for prefix, room in ROOMS:
    api.add_router(prefix, import_string(f"{room}.api.router"))
import_string("watchward.foundation.chronicle.api.READ")  # has no routes of its own: its lines are told by the feed


@dataclass(frozen=True)
class Route:
    """One route of the API.

    Args:
        name: of its operation.
        method: of HTTP.
        path: its address, as the document has it.
        needs: the scopes that it takes, all of them; none where being a client is enough.
        says: what it does.
    """

    name: str
    method: str
    path: str
    needs: tuple[str, ...]
    says: str


def routes() -> list[Route]:
    """Return every route of the API, by address.

    Raises:
        LookupError: a route does not say which scope it takes.
    """
    found = []
    for mounted in api._get_bound_routers():
        for path, view in mounted.path_operations.items():
            for operation in view.operations:
                address = re.sub(r"{[^}:]+:", "{", f"{BEGINS}{mounted.prefix}{path}".replace("//", "/"))
                scopes = [each for each in operation.auth_callbacks if isinstance(each, Scope)]
                if len(scopes) != 1:
                    raise LookupError(f"{address} does not say which scope it takes")
                name = f"{operation.view_func.__module__.split('.')[-2]}.{operation.view_func.__name__}"
                says = (operation.view_func.__doc__ or "").strip().split("\n")[0]
                found += [Route(name, method, address, scopes[0].needs, says) for method in operation.methods]
    return sorted(found, key=lambda route: (route.path, route.method))


FAULTS = (400, 401, 403, 404, 409, 422, 429)
"""How any route may be answered instead of being carried out."""

_REASON = {
    "type": "object", "required": ["words", "field", "cite", "code"],
    "properties": {name: {"type": "string"} for name in ("words", "field", "cite", "code")},
}  # fmt: skip
_PROBLEM = {
    "type": "object", "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"},
        "detail": {"type": "string"}, "reasons": {"type": "array", "items": _REASON},
        "yours": {"type": "object"}, "stands": {"type": "object"},
    },
}  # fmt: skip


@cache
def document() -> dict[str, Any]:
    """Return the document of the API, OpenAPI 3.1, with the scope of each route and how it may be refused."""
    told: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=BEGINS))
    told["components"]["schemas"]["Problem"] = _PROBLEM
    shape = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for route in routes():
        operation = told["paths"][route.path][route.method.lower()]
        operation["x-scopes"] = list(route.needs)
        for status in FAULTS:
            operation["responses"][status] = {"description": TITLES[status], "content": shape}
    return told


@outside
def openapi(request: HttpRequest) -> HttpResponse:
    """Give the document of the API; it holds nothing of any record."""
    return JsonResponse(document())


@outside
def absent(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer that there is no such route."""
    return problem(404)
