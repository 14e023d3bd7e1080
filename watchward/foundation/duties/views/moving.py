"""Handing over what one holds, and accepting or refusing what was handed over."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from watchward.foundation import reading
from watchward.foundation.access import queries as access
from watchward.foundation.acting import Acting
from watchward.foundation.duties import commands, forms, queries
from watchward.foundation.duties.models import Duty
from watchward.foundation.duties.pages import moving as pages
from watchward.foundation.duties.views.board import SHOWN, uuid_of
from watchward.foundation.duties.vocabulary import DISCHARGE, MOST_AT_ONCE
from watchward.foundation.ui.doors import door, inside
from watchward.foundation.ui.show import show, tell
from watchward.kernel.refusals import Refusal, Refused

TO_ACCEPT = timedelta(hours=1)
"""By when a hand-over is to be accepted, until whoever hands over says otherwise."""


@door(needs=DISCHARGE)
def hand_over(request: HttpRequest) -> HttpResponse:
    """Show what one holds, or all that one's teams do; hand over those chosen, or all of them, with notes."""
    acting = inside(request)
    teams = acting.supervises if request.GET.get("of") == "teams" else frozenset[int]()
    found = queries.to_hand_over(acting, of=teams)
    form = forms.HandOverForm(
        request.POST if request.method == "POST" else None, whom=_whom(acting),
        initial={"accept_by": acting.at + TO_ACCEPT},
    )  # fmt: skip
    picked = [id_ for each in request.POST.getlist("duty") if (id_ := uuid_of(each))]
    notes = {
        id_: words
        for name, words in request.POST.items()
        if name.startswith("note-") and (id_ := uuid_of(name[5:])) and isinstance(words, str) and words.strip()
    }
    whole = request.POST.get("which", "all" if request.method == "GET" else "") == "all"
    if request.method == "POST" and form.is_valid():
        try:
            ids = list(found.values_list("pk", flat=True)[: MOST_AT_ONCE + 1]) if whole else picked
            typed = form.cleaned_data
            made = commands.hand_over(
                acting, duties=ids, words=typed["words"], accept_by=typed["accept_by"],
                notes={id_: words for id_, words in notes.items() if id_ in ids}, **forms.chosen(typed["to"]),
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            tell(request, "Handed over. It stays where it is until it is accepted.")
            return redirect("work:handed", made.pk)
    rows: list[Duty] = list(found[:SHOWN])
    reading.listed(acting, "duties.to-hand-over", [row.pk for row in rows])
    context = {
        "form": form, "whole": whole, "total": found.count(), "teams": bool(teams),
        "picks": tuple(
            pages.pick(acting, row, chosen=row.pk in picked, note=notes.get(row.pk, "")) for row in rows
        ),
        "waiting": pages.waiting(acting, queries.waiting(acting)),
    }  # fmt: skip
    return show(request, "duties/hand_over.html", context, status=422 if request.method == "POST" else 200)


def _whom(acting: Acting) -> list[object]:
    near = acting.teams | acting.supervises
    people = [each for each in access.people_of(acting, teams=near) if each[0] != acting.account]
    return forms.people_and_teams(people, access.teams(acting).values_list("number", "name"), first="Colleagues")


@door(needs=DISCHARGE)
def handed(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Show a hand-over, for reading and printing; accept it, refuse it with a reason, or take it back."""
    acting = inside(request)
    did = request.POST.get("do", "")
    form = forms.RefuseForm(request.POST if did == "refuse" else None)
    wrong: tuple[Refusal, ...] = ()
    if request.method == "POST":
        try:
            _answer(acting, id_, did, request.POST.get("words", ""))
        except Refused as refused:
            wrong = refused.reasons
        else:
            tell(request, _TOLD[did])
            return redirect("work:handed", id_)
    if did == "refuse" and form.is_valid():
        form.refuse(wrong)
        wrong = ()
    row = queries.hand_over(acting, id_=id_)
    inner = list(queries.handed(acting, hand_over=row.pk))
    reading.listed(acting, "duties.handed", [one.duty_id for one in inner], about=row.pk)
    page = pages.handed(acting, row, inner, may_take=queries.may_take(acting, row))
    context = {"page": page, "form": form, "wrong": wrong}
    return show(request, "duties/handed.html", context, status=422 if request.method == "POST" else 200)


_TOLD = {
    "accept": "Taken over. What is still open is yours.",
    "refuse": "Not accepted. It stays with whoever handed it over, who is told why.",
    "back": "Taken back.",
}


def _answer(acting: Acting, id_: UUID, did: str, words: str) -> None:
    match did:
        case "accept":
            commands.accept(acting, hand_over=id_)
        case "refuse":
            commands.refuse(acting, hand_over=id_, words=words)
        case "back":
            commands.take_back(acting, hand_over=id_)
        case _:
            raise Refused("Choose what to do.")
