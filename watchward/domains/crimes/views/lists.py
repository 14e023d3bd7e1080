"""All crimes, and the queue of the crime desk."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from watchward.domains.crimes import pages, queries
from watchward.domains.crimes.vocabulary import OPEN, Permission
from watchward.foundation import reading
from watchward.foundation.access import queries as access
from watchward.foundation.acting import Acting
from watchward.foundation.ui.doors import door, inside
from watchward.foundation.ui.frame import Place
from watchward.foundation.ui.show import show

reading.called({"crimes.list": "The list of crimes"})

SHOWN = 60


def _asked(acting: Acting, show_: str) -> Q:
    return {
        "mine": Q(officer_id=acting.account, stage__in=OPEN),
        "team": Q(given_to_id__in=sorted(acting.teams), stage__in=OPEN),
        "open": Q(stage__in=OPEN),
    }.get(show_, Q())


def queues(acting: Acting) -> tuple[Place, ...]:
    """Return the queues that this person works on."""
    rows = (
        ("To record and allocate", "crimes:queue", acting.may(Permission.RECORD)),
        ("Registrar", "crimes:registrar", acting.may(Permission.REGISTER)),
    )
    return tuple(Place(words, reverse(name)) for words, name, may in rows if may)


@door(needs=Permission.READ)
def listing(request: HttpRequest) -> HttpResponse:
    """Show crimes: one's own where there are any, else those that are open."""
    acting = inside(request).for_purpose("looking through crimes")
    found = queries.crimes(acting)
    asked = request.GET.get("show", "")
    if asked not in dict(pages.SHOWS):
        asked = "mine" if found.filter(_asked(acting, "mine")).exists() else "open"
    rows = found.filter(_asked(acting, asked))
    shown = list(rows[:SHOWN])
    reading.listed(acting, "crimes.list", [row.pk for row in shown])
    page = pages.list_page(
        shown,
        show=asked,
        total=rows.count() if len(shown) == SHOWN else len(shown),
        at=acting.at,
        teams=access.teams_named(acting, {row.given_to_id for row in shown}),
        officers=access.names_of(acting, {row.officer_id for row in shown if row.officer_id}),
        may_report=acting.may(Permission.REPORT),
        queues=queues(acting),
    )
    return show(request, "crimes/list.html", {"page": page})


@door(needs=Permission.RECORD)
def queue(request: HttpRequest) -> HttpResponse:
    """Show what is to be recorded and what is to be allocated."""
    acting = inside(request).for_purpose("recording and allocating crimes")
    found = queries.waiting(acting, crimes=queries.to_allocate(acting)[:200])
    page = pages.queue_page(found, list(queries.undecided_reports(acting)[:200]), at=acting.at)
    return show(request, "crimes/queue.html", {"page": page})
