"""Every page that can be asked for, with an address of each made from a record of the demonstration."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from watchward.foundation.access.context import within
from watchward.foundation.access.queries import machinery
from watchward.foundation.acting import now
from watchward.foundation.measures.declared import measures

HOST = {"Host": "localhost"}

ABOUT = {
    "access:end-way": "access.WayIn",
    "access:opening": "access.Opening",
    "audit:erase": "incidents.Incident",
    "audit:record": "incidents.Incident",
    "contact": "contact.Call",
    "crimes": "crimes.Crime",
    "crimes:check": "crimes.Check",
    "crimes:end-part": "crimes.Party",
    "crimes:from-incident": "incidents.Incident",
    "crimes:from-report": "crimes.Report",
    "crimes:interview": "crimes.Party",
    "crimes:n100": "crimes.Decision",
    "crimes:proposed": "crimes.Outcome",
    "crimes:sample": "crimes.Sample",
    "force": "access.Account",
    "guidance:receipt": "guidance.Receipt",
    "guidance:review": "guidance.Review",
    "incidents": "incidents.Incident",
    "incidents:delay": "incidents.Delay",
    "objects": "objects.TelephoneNumber",
    "objects:approve": "objects.NumberMarker",
    "objects:marker": "objects.NumberMarker",
    "objects:review": "objects.MarkerReview",
    "machines": "machines.Client",
    "looking:finding": "looking.Finding",
    "partners": "partners.Agency",
    "partners:check": "partners.ServiceCheck",
    "partners:check-service": "partners.Service",
    "performance": "performance.Signal",
    "people": "people.Person",
    "people:approve": "people.Marker",
    "people:asked": "people.SealedAsk",
    "people:marker": "people.Marker",
    "people:review": "people.MarkerReview",
    "places": "places.Place",
    "places:marker": "places.PlaceMarker",
    "places:approve": "places.PlaceMarker",
    "places:review": "places.MarkerReview",
    "profile": "people.Person",
    "retention": "retention.Review",
    "retention:end": "retention.Hold",
    "retention:hold": "retention.Hold",
    "retention:look": "retention.Hold",
    "retention:more": "retention.Hold",
    "victims": "crimes.Party",
    "victims:end-entitlement": "victims.Entitlement",
    "victims:offer-for": "victims.Statement",
    "victims:reach-again": "victims.Reach",
    "victims:tell": "victims.Update",
    "victims:tell-outcome": "crimes.Outcome",
    "victims:turn": "victims.Turn",
    "work": "duties.Duty",
    "work:answer": "duties.Ask",
}
"""What the id in a page's address is of: by the page's name, or by its room."""

GUIDANCE = ("child-in-home", "modern-slavery", "adult-at-risk")
"""Guidance of the demonstration: of two versions, drafted alone, and looked over."""

NOT_A_PAGE = {"access:locked", "access:sign-out", "people:found"}
"""Asked for otherwise: what is locked needs a record that is, signing out is sent, and what was found was searched."""


@dataclass(frozen=True)
class Route:
    """One named address of the site.

    Args:
        name: as in `reverse`.
        needs: the permission that its door takes, if any.
        arguments: names of what its address holds.
    """

    name: str
    needs: str | None
    arguments: tuple[str, ...]

    def address(self, given: dict[str, Any]) -> str:
        """Return the address with these arguments."""
        return reverse(self.name, kwargs=given)


def routes() -> list[Route]:
    """Return every named address, in the order of the site."""
    found = {route.name: route for route in _walk(get_resolver().url_patterns, "")}
    return [found[name] for name in sorted(found) if name not in NOT_A_PAGE]


def _walk(patterns: list[Any], room: str) -> Iterator[Route]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver) and pattern.namespace == "api":
            continue  # a machine asks for it, with its token: tests/api
        if isinstance(pattern, URLResolver):
            inner = f"{room}{pattern.namespace}:" if pattern.namespace else room
            yield from _walk(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            arguments = tuple(pattern.pattern.converters)
            needs = getattr(pattern.callback, "needs", None)
            yield Route(f"{room}{pattern.name}", None if needs == "everybody" else needs, arguments)


def some(route: Route) -> str | None:
    """Return the model that the route's id is of, None where its address holds none.

    Raises:
        LookupError: nobody has said what it is of: a new page is named here.
    """
    if not any(name in route.arguments for name in ("id_", "account")):
        return None
    room = route.name.partition(":")[0]
    label = ABOUT.get(route.name) or ABOUT.get(room)
    if label is None:
        raise LookupError(f"say in ABOUT what the id in the address of {route.name} is of")
    apps.get_model(label)
    return label


def given(route: Route, *, several: int) -> list[dict[str, Any]]:
    """Return what the address of a page holds, for several records of the demonstration; none where it has no such.

    Args:
        route: of the page.
        several: of how many records, at most; of measures all of them.
    """
    label = some(route)
    if route.arguments == ("key",):
        return [{"key": key} for key in measures]
    if route.name.startswith("guidance:") and route.arguments[:1] == ("slug",):
        return [{"slug": slug, **dict.fromkeys(route.arguments[1:], 1)} for slug in GUIDANCE[:several]]
    if label is None:
        rest: dict[str, Any] = {"number": 1} if "number" in route.arguments else {}
        return [rest] if set(rest) == set(route.arguments) else []
    model: Any = apps.get_model(label)
    with within(machinery(now(), "a test", channel="cli")) as acting:
        ids = list(model.visible_to(acting).order_by("pk").values_list("pk", flat=True)[:several])
    name = "account" if "account" in route.arguments else "id_"
    if set(route.arguments) != {name}:
        return []
    return [{name: id_} for id_ in ids]
