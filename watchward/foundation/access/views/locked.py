"""Opening what is locked, and reviewing that."""

from __future__ import annotations

from uuid import UUID

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from watchward.foundation import reading
from watchward.foundation.access import pages, queries
from watchward.foundation.access.views.coming_in import own_path
from watchward.foundation.records import NotHere, Record
from watchward.foundation.ui.doors import door, inside
from watchward.foundation.ui.show import show
from watchward.kernel.refusals import Refused


@door(needs=reading.OPEN_LOCKED, proven=True)
def locked(request: HttpRequest, table: str, record: UUID) -> HttpResponse:
    """Stand before a locked record: open it with a reason, or go back."""
    acting = inside(request)
    model = _record_table(table)
    back = own_path(request.GET.get("back", "") or request.POST.get("back", ""))
    if model.visible_to(acting).filter(pk=record).exists():
        return redirect(back or "access:home")
    teams = reading.locked_among(model, [record])
    if record not in teams:
        raise NotHere("no such locked record")
    typed, chosen, wrong = request.POST.get("reason", ""), request.POST.get("purpose", ""), ""
    if request.method == "POST":
        words = dict(pages.PURPOSES).get(chosen, "")
        if words and typed.strip():
            reading.open_locked(acting, table=model, record=record, reason=f"{words}: {typed.strip()}")
            return redirect(back or "access:home")
        wrong = "Choose why, and say it in your own words"
    named = queries.teams_named(acting, {teams[record]})
    card = pages.LockedCard(f"A {model._meta.verbose_name}", named.get(teams[record], "the team that holds it"))
    page = {
        "of": card.of, "locked_by": card.locked_by, "purposes": card.purposes, "chosen": chosen, "typed": typed,
        "wrong": wrong, "back_url": back or reverse("access:home"), "action": request.get_full_path(),
    }  # fmt: skip
    return show(request, "ui/locked.html", page, status=422 if wrong else 200)


def _record_table(label: str) -> type[Record]:
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError) as unknown:
        raise NotHere("no such table") from unknown
    if not issubclass(model, Record):
        raise NotHere("no such table")
    return model


@door(needs=reading.REVIEW_OPENING)
def opening(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Show why somebody opened a locked record, and take what its supervisor found."""
    acting = inside(request)
    typed, wrong = request.POST.get("finding", ""), ""
    if request.method == "POST":
        try:
            reading.review_opening(acting, opening=id_, finding=typed)
            return redirect("work:mine")
        except Refused as refused:
            wrong = " ".join(reason.words for reason in refused.reasons)
    row = queries.opening(acting, id_=id_)
    page = pages.OpeningPage(
        id=row.pk,
        who=row.account.display_name,
        what=row.words,
        team=row.team.name if row.team else "",
        reason=row.reason,
        at=row.at,
        until=row.until,
        reviewed_at=row.reviewed_at,
        reviewed_by=row.reviewed_by.display_name if row.reviewed_by else "",
        finding=row.finding,
        why_not="Somebody else reviews what you opened." if row.account_id == acting.account else "",
        typed=typed,
        wrong=wrong,
    )
    return show(request, "access/opening.html", {"page": page}, status=422 if wrong else 200)
