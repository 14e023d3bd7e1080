"""The page of a telephone number, the markers on it, and whether it is shared."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from watchward.domains.objects import commands, pages, queries, vocabulary
from watchward.domains.objects.forms import SharedForm
from watchward.domains.objects.vocabulary import MarkerKind, Permission
from watchward.foundation import reading
from watchward.foundation.acting import Acting
from watchward.foundation.chronicle import pages as lines
from watchward.foundation.chronicle import queries as chronicle
from watchward.foundation.markers.pages import ended, marked
from watchward.foundation.markers.views import Subject, doors
from watchward.foundation.ui import words
from watchward.foundation.ui.doors import door, inside
from watchward.foundation.ui.show import show, tell
from watchward.kernel.refusals import Refused

reading.called({"objects.chronicle": "What is known of a telephone number"})


@door(needs=Permission.READ)
def one(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Show a telephone number: what it is, what is marked on it, what stands and what happened."""
    acting = inside(request)
    number = queries.number_of(acting, id_=id_)
    told = list(chronicle.about(acting, [id_]))
    reading.listed(acting, "objects.chronicle", [line.source for line in told], about=id_)
    locked = chronicle.locked_about(acting, [id_])
    markers = list(queries.MARKERS.every(acting, about=id_))
    page = pages.NumberPage(
        id=id_,
        said=vocabulary.shown(number.normal),
        facts=pages.facts(number),
        markers=marked(queries.MARKERS, (row for row in markers if row.ended_at is None), acting.at),
        ended=ended(queries.MARKERS, markers),
        lines=lines.shown(line for line in told if line.kind != "objects.marker"),
        hidden=f"{words.counted(len(locked), 'locked line')} besides" if locked else "",
        mark_url=reverse("objects:mark", args=[id_]) if acting.may(Permission.MARK) else "",
        shared_url=reverse("objects:shared", args=[id_]) if acting.may(Permission.RECORD) else "",
    )
    return show(request, "objects/one.html", {"page": page})


@door(needs=Permission.RECORD)
def shared(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Say that people who do not live together share a number, or that they do not after all."""
    acting = inside(request)
    number = queries.number_of(acting, id_=id_)
    begin = {"shared": "yes" if number.shared else "no", "words": number.shared_words}
    form = SharedForm(request.POST if request.method == "POST" else None, initial=begin)
    if request.method == "POST" and form.is_valid():
        try:
            commands.say_shared(acting, number=id_, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            tell(request, "It is recorded.")
            return redirect("objects:one", id_)
    context = {"form": form, "said": vocabulary.shown(number.normal), "back": reverse("objects:one", args=[id_])}
    return show(request, "objects/shared.html", context, status=422 if request.method == "POST" else 200)


def _subject(acting: Acting, id_: UUID) -> Subject:
    return Subject(vocabulary.shown(queries.number_of(acting, id_=id_).normal))


MARKERS = doors(
    queries.MARKERS,
    subject=_subject,
    kinds=[(kind.value, kind.says) for kind in MarkerKind],
    mark=commands.mark_number,
    approve=commands.approve_marker,
    review=commands.review_marker,
    reads=Permission.READ,
)
