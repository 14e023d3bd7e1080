"""The pages of retention: what is due, one review, what is held, and what was disposed of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from watchward.foundation import reading
from watchward.foundation.access.context import as_engine
from watchward.foundation.acting import Acting
from watchward.foundation.retention import commands, forms, pages, queries
from watchward.foundation.retention.declared import kept
from watchward.foundation.retention.models import Review
from watchward.foundation.retention.vocabulary import STANDING, Group, Permission
from watchward.foundation.ui.doors import door, inside
from watchward.foundation.ui.forms import Form
from watchward.foundation.ui.show import show, tell, typed
from watchward.kernel.refusals import Refused

reading.called(
    {
        "retention.due": "What is due for a retention review",
        "retention.review": "A retention review",
        "retention.hold": "What a hold holds",
        "retention.disposed": "What was disposed of",
    }
)

AT_ONCE = 100
MOST_PAGES = 1_000
Row = TypeVar("Row", bound=Model)


@door(needs=Permission.READ)
def due(request: HttpRequest) -> HttpResponse:
    """Show what is due for review, what waits for somebody's agreement first."""
    acting = inside(request)
    rows, around = _page(request, queries.reviews(acting).order_by("state", "due_on", "reference"))
    reading.listed(acting, "retention.due", [row.of for row in rows])
    table = pages.reviews(rows, queries.standing_on(acting, records=[row.of for row in rows]), queries.today(acting))
    counted = queries.counted(acting)
    return show(request, "retention/due.html", {"table": table, "counted": counted, **around})


def _page(request: HttpRequest, rows: QuerySet[Row]) -> tuple[list[Row], dict[str, object]]:
    """Return the rows of the page that was asked for, and how to reach those before and after; nothing is counted."""
    said = request.GET.get("page", "")
    number = min(int(said), MOST_PAGES) if said.isascii() and said.isdecimal() and int(said) > 0 else 1
    found = list(rows[(number - 1) * AT_ONCE : number * AT_ONCE + 1])
    back = f"?page={number - 1}" if number > 1 else ""
    after = f"?page={number + 1}" if len(found) > AT_ONCE and number < MOST_PAGES else ""
    return found[:AT_ONCE], {"number": number, "back": back, "next": after}


@door(needs=Permission.READ)
def review(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Show one review with all that hangs on its record."""
    return _shown(request, inside(request), id_, ())


@door(needs=Permission.REVIEW, proven=True)
def agree(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Show what goes for good, and take the agreement of somebody else than who proposed it."""
    acting = inside(request)
    if request.method != "POST":
        return _shown(request, acting, id_, (), agreeing=True)
    try:
        disposal = commands.agree(acting, review=id_)
    except Refused as refused:
        return _shown(request, acting, id_, refused.reasons, agreeing=True)
    tell(request, f"{disposal.called} {disposal.reference} was disposed of")
    return redirect("retention:disposed")


def _shown(
    request: HttpRequest, acting: Acting, id_: UUID, wrong: Iterable[object], *, agreeing: bool = False
) -> HttpResponse:
    row = queries.review(acting, id_=id_)
    known = None
    if row.state in STANDING:
        with as_engine(acting) as engine:
            known = queries.known_of(engine, row)
    reading.listed(acting, "retention.review", [row.of], about=row.of)
    page = pages.review(row, known, on=queries.today(acting), reader=acting.account, url=_url(row))
    context = {"page": page, "wrong": tuple(wrong), "may": acting.may(Permission.REVIEW), "here": agreeing}
    return show(request, "retention/review.html", context, status=422 if wrong else 200)


def _url(row: Review) -> str:
    """Return the page of the record, where there is one; whoever sees the review may see it, for it is kept alike."""
    name = kept[row.table].url if row.table in kept else ""
    return reverse(name, args=[row.of]) if name and row.state in STANDING else ""


def _title(row: Review, does: str) -> str:
    return f"{does} {kept[row.table].called.lower()} {row.reference}"


@door(needs=Permission.REVIEW)
def retain(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Keep a record on, by the national retention assessment criteria."""
    acting = inside(request)
    row = queries.review(acting, id_=id_)
    with as_engine(acting) as engine:
        child = row.state in STANDING and queries.known_of(engine, row).facts.child
    form = forms.RetainForm(request.POST or None, child=child)
    return typed(
        request, form, title=_title(row, "Retain"), back=reverse("retention:due"), told=f"{row.reference} is kept on",
        do=lambda _said: commands.retain(acting, review=id_, **form.said),
    )  # fmt: skip


@door(needs=Permission.REVIEW)
def regroup(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Change the review group of a record."""
    acting = inside(request)
    row = queries.review(acting, id_=id_)
    form: Form = forms.GroupForm(request.POST or None, initial={"group": Group(row.group).value})
    return typed(
        request, form, title=_title(row, "Change the group of"), back=reverse("retention:due"),
        told=f"{row.reference} has another group",
        do=lambda said: commands.regroup(acting, review=id_, group=int(said["group"] or 0), reason=said["reason"]),
    )  # fmt: skip


@door(needs=Permission.REVIEW)
def propose(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Propose that a record is disposed of."""
    acting = inside(request)
    row = queries.review(acting, id_=id_)
    return typed(
        request, forms.ProposeForm(request.POST or None), title=_title(row, "Dispose of"),
        back=reverse("retention:review", args=[id_]), told="Somebody else agrees to this now",
        do=lambda said: commands.propose(acting, review=id_, **said),
    )  # fmt: skip


@door(needs=Permission.REVIEW)
def send_back(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Do not agree that a record is disposed of."""
    acting = inside(request)
    row = queries.review(acting, id_=id_)
    return typed(
        request, forms.WhyForm(request.POST or None), title=_title(row, "Do not dispose of"),
        back=reverse("retention:review", args=[id_]), told="Its review is due again",
        do=lambda said: commands.send_back(acting, review=id_, **said),
    )  # fmt: skip


@door(needs=Permission.READ)
def disposed(request: HttpRequest) -> HttpResponse:
    """Show what is left of what was disposed of."""
    acting = inside(request)
    rows, around = _page(request, queries.disposals(acting))
    reading.listed(acting, "retention.disposed", [row.of for row in rows])
    return show(request, "retention/disposed.html", {"table": pages.disposals(rows), **around})


@door(needs=Permission.READ)
def holds(request: HttpRequest) -> HttpResponse:
    """Show the holds that stand, and those that have ended."""
    acting = inside(request)
    on = queries.today(acting)
    context = {
        "standing": pages.holds(queries.holds(acting), on),
        "ended": pages.holds(queries.holds(acting, ended=True)[:AT_ONCE], on, empty="None has ended"),
        "may": acting.may(Permission.HOLD),
    }  # fmt: skip
    return show(request, "retention/holds.html", context)


@door(needs=Permission.READ)
def hold(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Show one hold with what it holds."""
    acting = inside(request)
    rows, around = _page(request, queries.held_by(acting, hold=id_))
    reading.listed(acting, "retention.hold", [row.of for row in rows])
    page = pages.hold(queries.hold(acting, id_=id_), rows, queries.today(acting))
    return show(request, "retention/hold.html", {"page": page, "may": acting.may(Permission.HOLD), **around})


@door(needs=Permission.HOLD)
def lay(request: HttpRequest) -> HttpResponse:
    """Lay a hold."""
    acting = inside(request)
    form = forms.HoldForm(request.POST or None, initial={"since": queries.today(acting)})

    def do(said: dict[str, object]) -> None:
        commands.lay_hold(
            acting, source=form.cleaned_data["source"], matter=form.cleaned_data["matter"],
            reason=form.cleaned_data["reason"], since=form.cleaned_data["since"] or queries.today(acting),
            review_on=form.cleaned_data["review_on"], records=form.named,
        )  # fmt: skip

    return typed(request, form, title="Hold records", back=reverse("retention:holds"), told="They are held", do=do)


@door(needs=Permission.HOLD)
def more(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Hold further records for the same matter."""
    acting = inside(request)
    row, form = queries.hold(acting, id_=id_), forms.MoreForm(request.POST or None)
    return typed(
        request, form, title=f"Hold more for {row.matter}", back=reverse("retention:hold", args=[id_]),
        told="They are held", do=lambda _said: commands.hold_more(acting, hold=id_, records=form.named),
    )  # fmt: skip


@door(needs=Permission.HOLD)
def look(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Let a hold stand until a later day."""
    acting = inside(request)
    row = queries.hold(acting, id_=id_)
    return typed(
        request, forms.LookForm(request.POST or None), title=f"Look at the hold for {row.matter}",
        back=reverse("retention:hold", args=[id_]), told="It stands",
        do=lambda said: commands.look_at_hold(acting, hold=id_, **said),
    )  # fmt: skip


@door(needs=Permission.HOLD)
def end(request: HttpRequest, id_: UUID) -> HttpResponse:
    """End a hold, saying why."""
    acting = inside(request)
    row = queries.hold(acting, id_=id_)
    return typed(
        request, forms.WhyForm(request.POST or None), title=f"End the hold for {row.matter}",
        back=reverse("retention:hold", args=[id_]), told="It has ended",
        do=lambda said: commands.end_hold(acting, hold=id_, **said),
    )  # fmt: skip
