"""One person's record across the force, and deciding which records are that person."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from watchward.domains.people import commands
from watchward.domains.people import queries as people
from watchward.domains.people.vocabulary import Permission as People
from watchward.foundation.records import NotHere
from watchward.foundation.ui.doors import door, inside
from watchward.foundation.ui.show import show
from watchward.kernel.refusals import Refusal, Refused
from watchward.oversight.profile import pages, queries
from watchward.oversight.profile.forms import other_of
from watchward.oversight.profile.vocabulary import Permission, Show


@door(needs=Permission.READ)
def person(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Show one person across the force; a locked record is opened with a reason first."""
    return _page(request, id_)


def _page(request: HttpRequest, id_: UUID, wrong: tuple[Refusal, ...] = ()) -> HttpResponse:
    acting = inside(request)
    asked = request.GET.get("show", "")
    which = Show(asked) if asked in set(Show) else Show.ALL
    try:
        known = queries.gather(acting, person=id_)
    except NotHere:
        if id_ not in people.locked(acting, ids=[id_]):
            raise
        page = reverse("profile:person", args=[id_])
        return redirect(f"{reverse('access:locked', args=['people.person', id_])}?back={page}")
    page_ = pages.person(
        acting, known, show=which, everything=request.GET.get("all") == "yes", all_owed=request.GET.get("owed") == "all"
    )
    context = {"page": page_, "wrong": wrong, "may_link": acting.may(People.LINK), "show": which}
    return show(request, "profile/person.html", context, status=422 if wrong else 200)


@door(needs=People.LINK)
def same(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Decide whether another record is this person; the evidence that was shown is kept as the reason."""
    acting, other = inside(request), other_of(request)
    if request.method != "POST" or other is None:
        return redirect("profile:person", id_=id_)
    suggested = {line.id: candidate for candidate, line in queries.suggestions(acting, person=id_)}
    shown = tuple(f"{each.strength}: {each.words}" for each in suggested[other].evidence) if other in suggested else ()
    try:
        commands.decide_identity(
            acting,
            one=id_,
            other=other,
            decision=request.POST.get("decision", ""),
            reason="; ".join(shown)[:300] or "Decided on the person's page",
            evidence=shown,
        )
    except Refused as refused:
        return _page(request, id_, refused.reasons)
    return redirect(f"{reverse('profile:person', args=[id_])}#h-same")


@door(needs=People.LINK)
def undo(request: HttpRequest, id_: UUID, decision: UUID) -> HttpResponse:
    """Undo a decision, saying why; what stood before it stands again."""
    if request.method == "POST":
        try:
            commands.undo_decision(inside(request), decision=decision, reason=request.POST.get("reason", ""))
        except Refused as refused:
            return _page(request, id_, refused.reasons)
    return redirect(f"{reverse('profile:person', args=[id_])}#h-same")
