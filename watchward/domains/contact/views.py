"""The doors of contact. Whatever is pressed, what stands in the boxes is saved first, so that nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from watchward.domains.contact import commands, pages, queries
from watchward.domains.contact.forms import Sent, sent
from watchward.domains.contact.vocabulary import Decision, Line, Permission
from watchward.foundation import reading
from watchward.foundation.access import queries as access
from watchward.foundation.acting import Acting, Task
from watchward.foundation.records import Stale
from watchward.foundation.ui.doors import door, inside
from watchward.foundation.ui.parts import Difference
from watchward.foundation.ui.show import show
from watchward.foundation.ui.words import clock
from watchward.kernel.refusals import Refusal, Refused

reading.called({"contact.list": "The list of calls"})

RECENT = 20
SUSPECT, WITNESS = "suspect", "witness"


@require_http_methods(["GET", "HEAD", "POST"])
@door(needs=Permission.READ)
def start(request: HttpRequest) -> HttpResponse:
    """Take a new call, or show what is mine and what was taken lately."""
    acting = inside(request)
    if request.method == "POST":
        chosen = request.POST.get("line", "")
        if chosen not in [each.value for each in Line]:
            raise Refused(Refusal("Choose which line rang.", field="line"))
        made = commands.take_call(acting, line=Line(chosen), number=request.POST.get("number", "")[:40])
        return redirect("contact:call", made.pk)
    mine = acting.account if acting.may(Permission.TAKE) else None
    page = pages.list_page(
        at=acting.at,
        drafts=list(queries.drafts(acting, taken_by=acting.account)[:RECENT]),
        recent=queries.recent(acting, taken_by=mine)[:RECENT],
        may_take=acting.may(Permission.TAKE),
    )
    reading.listed(acting, "contact.list", page.shown)
    return show(request, "contact/list.html", {"page": page})


@require_GET
@door(needs=Permission.READ)
def call(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Show one call with all that is known about it."""
    acting = inside(request)
    looked = queries.look_up(acting, id_=id_)
    reading.opened(acting.with_task(_task(looked)), looked.held.call)
    return show(request, "contact/call.html", {"page": pages.call_page(looked), "reasons": ()})


def _task(looked: queries.Looked) -> Task:
    return Task("call", looked.held.call.pk, f"call {looked.held.call.reference}")


Does = Callable[[Acting, UUID, Sent], str]
"""What a button does once what was typed is saved; gives back where the page goes on from."""


def _pressed(does: Does) -> Callable[..., HttpResponse]:
    """Make the door of a button: save, do it, and go back to the page, or show every reason why not."""

    @require_POST
    @door(needs=Permission.TAKE)
    @wraps(does)
    def view(request: HttpRequest, id_: UUID) -> HttpResponse:
        acting, form = inside(request), sent(request.POST)
        try:
            row = commands.record_call(acting, call=id_, typed=form.typed, version=form.version, acted=True)
            to = does(acting, id_, form)
            if row.incident_id is not None:
                commands.carry_on(acting, call=id_)
        except Stale as stale:
            return _conflict(request, id_, stale, form)
        except Refused as refused:
            return _again(request, id_, form, refused.reasons)
        if request.headers.get("HX-Request"):
            return _log(request, id_) if does.__name__ == "line" else _fragment(request, id_, logged=True)
        return redirect(to if to.startswith("/") else f"{reverse('contact:call', args=[id_])}{to}")

    return view


def _again(request: HttpRequest, id_: UUID, form: Sent, reasons: tuple[Refusal, ...]) -> HttpResponse:
    """Show the page again with every reason at once and what was typed in its boxes."""
    page = pages.call_page(queries.look_up(inside(request), id_=id_))
    boxes = {
        name: replace(getattr(page, name), value=words)
        for name in ("number", "caller", "place", "others")
        if (words := getattr(form.typed, name)) is not None
    }
    page = replace(page, draft=form.line or page.draft, **boxes)
    return show(request, "contact/call.html", {"page": page, "reasons": reasons}, status=409)


def _conflict(request: HttpRequest, id_: UUID, stale: Stale, form: Sent) -> HttpResponse:
    """Show what I typed beside what somebody else saved meanwhile; nothing of either is lost."""
    if request.headers.get("X-Watchward-Autosave") or request.headers.get("HX-Request"):
        return HttpResponse(status=409)
    acting = inside(request)
    stands = queries.whole(acting, id_=id_)
    names = access.names_of(acting, {stands.call.saved_by_id} if stands.call.saved_by_id else set())
    boxes = (("Number", "number", "number"), ("Caller", "caller", "caller"), ("Place", "place", "place_words"),
             ("Others", "others", "others"))  # fmt: skip
    differences = tuple(
        Difference(label, getattr(form.typed, mine) or "", getattr(stands.call, theirs))
        for label, mine, theirs in boxes
    )
    context = {
        "of": stands.call.reference,
        "who": next(iter(names.values()), "Somebody"),
        "at": stands.call.saved_at,
        "differences": differences,
        "pairs": form.pairs(),
        "version": stands.call.version,
        "action": request.path,
        "keep_url": reverse("contact:call", args=[id_]),
    }
    return show(request, "ui/conflict.html", context, status=409)


def _fragment(request: HttpRequest, id_: UUID, *, logged: bool, saved: queries.Call | None = None) -> HttpResponse:
    """Return the parts of the page that change while somebody types.

    The log is among them only where this request wrote in it: an answer that overtakes a line would hide that line.
    """
    page = pages.call_page(queries.look_up(inside(request), id_=id_, saved=saved))
    seen = request.POST.get("seen", "")
    changed = {"matters_changed": seen != page.matters_mark, "logged": logged}
    return show(request, "contact/look.html", {"page": page, **changed})


def _log(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Return the log alone, at once: nothing of who this may be changes by a line."""
    held = queries.whole(inside(request), id_=id_)
    return show(request, "contact/line.html", {"page": pages.log_page(held)})


@require_POST
@door(needs=Permission.TAKE)
def look(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Save what is typed and look up again: while typing, every few seconds, or by Enter where there is no script."""
    acting, form = inside(request), sent(request.POST)
    quick = bool(request.headers.get("HX-Request") or request.headers.get("X-Watchward-Autosave"))
    try:
        row = commands.record_call(acting, call=id_, typed=form.typed, version=form.version, acted=not quick)
    except Stale as stale:
        return _conflict(request, id_, stale, form)
    except Refused as refused:
        return _again(request, id_, form, refused.reasons)
    if request.headers.get("X-Watchward-Autosave"):
        return JsonResponse({"saved": clock(row.saved_at), "version": row.version})
    if not quick:
        return redirect("contact:call", id_)
    return _fragment(request, id_, logged=form.typed.said != form.typed.shown_said, saved=row)


@_pressed
def line(acting: Acting, id_: UUID, form: Sent) -> str:
    """Add a line to the log."""
    commands.add_line(acting, call=id_, words=form.line, form_key=form.key)
    return "#log-line"


@_pressed
def caller(acting: Acting, id_: UUID, form: Sent) -> str:
    """Say whether a suggested person is the caller."""
    person, _colon, said = form.raw.get("is", "").partition(":")
    if said not in [each.value for each in Decision]:
        raise Refused(Refusal("Say that it is them, that it is not, or that you are unsure.", field="is"))
    held = queries.look_up(acting, id_=id_)
    shown = next((one for one in held.guesses if str(one.person) == person), None)
    evidence = [(each.strength.value, each.words) for each in shown.evidence] if shown else []
    commands.decide_caller(acting, call=id_, person=form.id_of("is"), decision=Decision(said), evidence=evidence)
    return "#log-line"


@_pressed
def known(acting: Acting, id_: UUID, _form: Sent) -> str:
    """Record the caller as a new person."""
    commands.make_caller_known(acting, call=id_)
    return "#place"


@_pressed
def place(acting: Acting, id_: UUID, form: Sent) -> str:
    """Choose the place that is meant."""
    commands.choose_place(acting, call=id_, place=form.id_of("place-is"))
    return "#place"


@_pressed
def involve(acting: Acting, id_: UUID, form: Sent) -> str:
    """Say that somebody who lives there is one of those whom the call is about."""
    part = form.raw.get("involve", "").partition(":")[2]
    if part not in (SUSPECT, WITNESS):
        raise Refused(Refusal("Say what part they had.", field="others"))
    commands.involve(acting, call=id_, person=form.id_of("involve"), part=part)
    return "#others"


@_pressed
def nurse(acting: Acting, id_: UUID, form: Sent) -> str:
    """Keep what a nurse was asked, or what they answered."""
    if form.raw.get("answers"):
        asked = form.id_of("answers")
        commands.answer_nurse(
            acting, advice=asked, nurse=form.raw.get("nurse", ""), answer=form.raw.get("nurse-answer", "")
        )
    else:
        commands.ask_nurse(acting, call=id_, asked=form.raw.get("nurse-asked", ""), form_key=form.key)
    return "#nurse"


@_pressed
def incident(acting: Acting, id_: UUID, _form: Sent) -> str:
    """Open an incident from the call."""
    commands.open_incident(acting, call=id_)
    return "#log-line"


@_pressed
def end(acting: Acting, id_: UUID, _form: Sent) -> str:
    """End the call."""
    commands.end_call(acting, call=id_)
    return "#main"


@_pressed
def another(acting: Acting, id_: UUID, _form: Sent) -> str:
    """Take another call on the same line; what stands on this one is saved."""
    made = commands.take_call(acting, line=Line(queries.whole(acting, id_=id_).call.line))
    return reverse("contact:call", args=[made.pk])
