"""The doors of a room's markers: put one up, read it, approve it, and say what came of looking at it again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from watchward.foundation import reading
from watchward.foundation.acting import Acting
from watchward.foundation.commands import Command
from watchward.foundation.markers import pages
from watchward.foundation.markers.forms import MarkForm, ReviewForm
from watchward.foundation.markers.room import Room
from watchward.foundation.records import Record
from watchward.foundation.ui.doors import View, door, inside
from watchward.foundation.ui.show import show, tell
from watchward.kernel.periods import local_day
from watchward.kernel.refusals import Refused


@dataclass(frozen=True)
class Subject:
    """What is marked: in words, and its record where it is one."""

    words: str
    record: Record | None = None


@dataclass(frozen=True, kw_only=True)
class Doors:
    """The views of a room's markers, and where they are."""

    mark: View
    marker: View
    review: View
    approve: View

    def paths(self) -> list[URLPattern]:
        """Return their addresses, named `mark`, `marker`, `review` and `approve`."""
        return [
            path("<uuid:id_>/mark", self.mark, name="mark"),
            path("markers/<uuid:id_>", self.marker, name="marker"),
            path("markers/<uuid:id_>/approve", self.approve, name="approve"),
            path("reviews/<uuid:id_>", self.review, name="review"),
        ]


def doors(
    room: Room[Any], *, subject: Callable[[Acting, UUID], Subject], kinds: Sequence[tuple[str, Any]],
    mark: Command[..., Any], approve: Command[..., Any], review: Command[..., Any], reads: str,
) -> Doors:  # fmt: skip
    """Return the views of a room's markers.

    Args:
        room: whose.
        subject: finds what is marked, as far as the reader may see it.
        kinds: to choose from, for the form.
        mark: the command that puts one up.
        approve: the command that approves one.
        review: the command that takes what came of looking again.
        reads: the permission to read one.
    """

    @door(needs=mark.needs)
    def put_up(request: HttpRequest, id_: UUID) -> HttpResponse:
        """Put up a marker; every mistake at once, nothing typed lost."""
        acting = inside(request)
        about = subject(acting, id_)
        form = MarkForm(request.POST if request.method == "POST" else None, kinds=kinds)
        back = reverse(f"{room.app}:one", args=[id_])
        if request.method == "POST" and form.is_valid():
            try:
                mark(acting, **{room.subject: id_}, **form.cleaned_data)
            except Refused as refused:
                form.refuse(refused.reasons)
            else:
                tell(request, "The marker stands. Somebody else approves it.")
                return redirect(back)
        context = {"form": form, "subject": about.words, "back": back}
        return show(request, "markers/mark.html", context, status=422 if request.method == "POST" else 200)

    @door(needs=reads)
    def one(request: HttpRequest, id_: UUID) -> HttpResponse:
        """Show a marker with its grounds, and take what came of looking at it again."""
        acting = inside(request)
        row = room.marker(acting, id_=id_)
        about = subject(acting, room.about(row))
        reading.opened(acting, row if isinstance(row, Record) else _record_of(about))
        until = row.until if row.until is not None and row.until > local_day(acting.at) else None
        begin = {"version": getattr(row, "version", 0), "words": row.words, "until": until}
        form = ReviewForm(request.POST if request.method == "POST" else None, initial=begin)
        if request.method == "POST" and form.is_valid():
            typed = form.cleaned_data
            if not hasattr(row, "version"):
                typed = {name: value for name, value in typed.items() if name != "version"}
            try:
                review(acting, marker=id_, **typed)
            except Refused as refused:
                form.refuse(refused.reasons)
            else:
                tell(request, "The review is recorded.")
                return redirect(f"{room.app}:one", room.about(row))
        page = pages.marker_page(
            room, row, room.looked(acting, marker=id_), subject=about.words, at=acting.at,
            may_approve=approve.needs is None or acting.may(approve.needs), own=row.author_id == acting.account,
        )  # fmt: skip
        may = review.needs is None or acting.may(review.needs)
        context = {"page": page, "form": form if may and row.ended_at is None else None}
        return show(request, "markers/one.html", context, status=422 if request.method == "POST" else 200)

    @door(needs=reads)
    def from_look(request: HttpRequest, id_: UUID) -> HttpResponse:
        """Lead from the look that is owed to its marker."""
        return redirect(f"{room.app}:marker", room.look(inside(request), id_=id_).marker_id)

    @require_POST
    @door(needs=approve.needs)
    def approved(request: HttpRequest, id_: UUID) -> HttpResponse:
        """Approve a marker that somebody else put up."""
        row = approve(inside(request), marker=id_)
        tell(request, "The marker is approved.")
        return redirect(f"{room.app}:one", room.about(row))

    return Doors(mark=put_up, marker=one, review=from_look, approve=approved)


def _record_of(about: Subject) -> Record:
    if about.record is None:
        raise TypeError("a marker that is no record of its own is read with what it marks")
    return about.record
