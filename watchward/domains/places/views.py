"""The page of a place, and the markers on it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from watchward.domains.places import commands, pages, queries
from watchward.domains.places.vocabulary import MarkerKind, Permission
from watchward.foundation import reading
from watchward.foundation.acting import Acting
from watchward.foundation.chronicle import pages as lines
from watchward.foundation.chronicle import queries as chronicle
from watchward.foundation.markers.pages import ended, marked
from watchward.foundation.markers.views import Subject, doors
from watchward.foundation.records import NotHere
from watchward.foundation.ui import words
from watchward.foundation.ui.doors import door, inside
from watchward.foundation.ui.show import show

reading.called({"places.chronicle": "What is known of a place"})


@door(needs=Permission.READ)
def one(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Show a place: where it lies, what is marked there, what stands and what happened."""
    acting = inside(request)
    try:
        place = queries.place(acting, id_=id_)
    except NotHere:
        if not queries.is_locked(acting, id_=id_):
            raise
        return redirect(f"{reverse('access:locked', args=['places.Place', id_])}?back={request.path}")
    reading.opened(acting, place)
    told = list(chronicle.about(acting, [place.pk]))
    reading.listed(acting, "places.chronicle", [line.source for line in told], about=place.pk)
    locked = chronicle.locked_about(acting, [place.pk])
    markers = list(queries.MARKERS.every(acting, about=place.pk))
    page = pages.PlacePage(
        id=place.pk,
        address=place.address,
        reference=place.reference,
        hand=lines.hand(place.handling),
        facts=pages.facts(place),
        markers=marked(queries.MARKERS, (row for row in markers if row.ended_at is None), acting.at),
        ended=ended(queries.MARKERS, markers),
        lines=lines.shown(line for line in told if line.kind != "places.marker"),
        hidden=f"{words.counted(len(locked), 'locked line')} besides" if locked else "",
        mark_url=reverse("places:mark", args=[place.pk]) if acting.may(Permission.MARK) else "",
    )
    return show(request, "places/one.html", {"page": page})


def _subject(acting: Acting, id_: UUID) -> Subject:
    return Subject(queries.place(acting, id_=id_).address)


MARKERS = doors(
    queries.MARKERS,
    subject=_subject,
    kinds=[(kind.value, kind.says) for kind in MarkerKind],
    mark=commands.mark_place,
    approve=commands.approve_marker,
    review=commands.review_marker,
    reads=Permission.READ,
)
