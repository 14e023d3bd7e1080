"""A place, what is marked there, and the look that each marker owes."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from watchward.domains.places import commands, pages, queries
from watchward.domains.places.forms import MarkForm, ReviewForm
from watchward.domains.places.vocabulary import Permission
from watchward.foundation import reading
from watchward.foundation.chronicle import queries as chronicle
from watchward.foundation.records import NotHere
from watchward.foundation.ui import words
from watchward.foundation.ui.doors import door, inside
from watchward.foundation.ui.parts import State
from watchward.foundation.ui.show import show
from watchward.kernel.periods import day_ends
from watchward.kernel.refusals import Refused


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
    may_mark = acting.may(Permission.MARK)
    page = pages.PlacePage(
        id=place.pk,
        address=place.address,
        reference=place.reference,
        hand=pages.hand(place.handling),
        facts=pages.facts(place),
        markers=tuple(
            pages.marked(marker, queries.open_review(acting, marker=marker.pk), acting.at, may_review=may_mark)
            for marker in queries.markers(acting, place=place.pk)
        ),
        ended=pages.ended(queries.ended_markers(acting, place=place.pk)),
        lines=pages.lines(line for line in told if line.kind != "places.marker"),
        hidden=f"{words.counted(len(locked), 'locked line')} besides" if locked else "",
        mark_url=reverse("places:mark", args=[place.pk]) if may_mark else "",
    )
    return show(request, "places/one.html", {"page": page})


@door(needs=Permission.MARK)
def mark(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Mark a place."""
    acting = inside(request)
    place = queries.place(acting, id_=id_)
    form = MarkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            commands.mark_place(acting, place=place.pk, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            request.session["told"] = ["The place is marked."]
            return redirect("places:one", place.pk)
    context = {"form": form, "address": place.address, "back": reverse("places:one", args=[place.pk])}
    return show(request, "places/mark.html", context, status=422 if request.method == "POST" else 200)


@door(needs=Permission.READ)
def marker(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Lead from a marker to the look that it owes, or to its place once it has ended."""
    acting = inside(request)
    found = queries.marker(acting, id_=id_)
    owed = queries.open_review(acting, marker=found.pk)
    return redirect("places:review", owed.pk) if owed else redirect("places:one", found.place_id)


@door(needs=Permission.READ)
def review(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Show a marker with its grounds, and take what came of looking at it again."""
    acting = inside(request)
    owed = queries.review(acting, id_=id_)
    found = owed.marker
    reading.opened(acting, found)
    done = owed.done_at is not None
    begin = {"version": found.version, "words": found.words}
    form = ReviewForm(request.POST or None, initial=begin)
    if request.method == "POST" and form.is_valid():
        try:
            commands.review_marker(acting, marker=found.pk, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            request.session["told"] = ["The review is recorded."]
            return redirect("places:one", found.place_id)
    why_not = commands.approve_marker.why_not(acting, marker=found.pk)
    own = "Somebody else approves what you put up." if found.author_id == acting.account else ""
    page = pages.ReviewPage(
        title=f"Does this still hold? {found.words}",
        address=found.place.address,
        place_url=reverse("places:one", args=[found.place_id]),
        facts=pages.marker_facts(found),
        before=pages.reviews(queries.reviews(acting, marker=found.pk)),
        state=State("done", "done") if done else pages.review_state(day_ends(owed.due_on), acting.at),
        may_approve=found.approver_id is None and found.ended_at is None and not why_not,
        why_not_approve=own,
    )
    may = acting.may(Permission.MARK) and not done and found.ended_at is None
    context = {"page": page, "form": form if may else None, "marker": found.pk}
    return show(request, "places/review.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@door(needs=Permission.MARK)
def approve(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Approve a marker that somebody else put up."""
    acting = inside(request)
    found = commands.approve_marker(acting, marker=id_)
    request.session["told"] = ["The marker is approved."]
    return redirect("places:one", found.place_id)
