"""One crime, to whom it goes and how it ends."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse

from watchward.domains.crimes import commands, forms, pages, queries
from watchward.domains.crimes.views.meanwhile import both, holders_of
from watchward.domains.crimes.vocabulary import Demand, Permission
from watchward.foundation.acting import Acting, Task
from watchward.foundation.records import NotHere, Stale
from watchward.foundation.ui.doors import door, inside
from watchward.foundation.ui.frame import Shortcut
from watchward.foundation.ui.parts import Difference
from watchward.foundation.ui.show import show, tell
from watchward.kernel.periods import local_day
from watchward.kernel.refusals import Refusal, Refused

KEYS = (Shortcut("S", "the green action"),)


@door(needs=Permission.READ)
def one(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Show a crime: what happened, who had a part, who has it, what is owed, how it ended."""
    acting = inside(request).with_task(Task("crime", id_, "the crime in hand"))
    try:
        found = queries.whole(acting, id_=id_)
    except NotHere:
        if not queries.is_locked(acting, id_=id_):
            raise
        return redirect(f"{reverse('access:locked', args=['crimes.Crime', id_])}?back={request.path}")
    may_cancel = acting.may(Permission.CANCEL)
    against = (
        queries.why_not_cancel(acting, crime=found.crime, registrar=acting.may(Permission.REGISTER))
        if may_cancel
        else ()
    )
    page = pages.crime_page(acting, found, why_not_cancel=against)
    return show(request, "crimes/one.html", {"page": page, "keys": KEYS})


@door(needs=Permission.ALLOCATE)
def allocate(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Give a crime to a team and an officer, as the policy advises or otherwise with a reason."""
    acting = inside(request).with_task(Task("crime", id_, "allocating a crime"))
    crime = queries.crime(acting, id_=id_)
    post = request.POST if request.method == "POST" else None
    series, local = bool(post and post.get("series")), bool(post and post.get("local"))
    found = queries.advised(acting, crime=crime, series=series, local=local)
    chosen = post.get("team", "") if post else ""
    team = int(chosen) if chosen.isdecimal() else found.team.number if found.team else None
    pool = found.candidates
    if team is not None and (found.team is None or team != found.team.number):
        pool = queries.candidates_of(acting, team=team, skill=found.advice.skill)
    near = queries.alike(acting, crime=crime, at=acting.at)
    form = forms.AllocateForm(
        post,
        teams=[(str(each.number), each.name) for each in found.teams],
        officers=[(str(each.account), f"{each.name}, {each.load} open") for each in pool],
        alike=f"{near} more of this offence in this area in four weeks",
        initial={
            "version": crime.version,
            "team": str(found.team.number) if found.team else "",
            "officer": str(found.officer.account) if found.officer else "",
        },
    )
    did = post.get("do", "") if post else ""
    if did == "give" and form.is_valid():
        said = form.cleaned_data
        try:
            commands.allocate(
                acting, crime=id_, team=int(said["team"]) if said["team"] else None,
                officer=UUID(said["officer"]) if said["officer"] else None, series=series, local=local,
                reason=said["reason"], version=said["version"],
            )  # fmt: skip
        except Stale:
            now = queries.crime(acting, id_=id_)
            return both(request, acting, form, now, holders_of(acting, now))
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            return redirect("crimes:one", id_)
    page = pages.allocate_page(
        found, offence=crime.offence_words, reference=crime.reference, what=crime.what, pool=pool
    )
    held = pages.held_by(queries.allocations(acting, crime=id_))
    context = {"page": page, "form": form, "did": did, "back": reverse("crimes:one", args=[id_]), "held": held}
    return show(request, "crimes/allocate.html", context, status=422 if did == "give" else 200)


def _victims_decision(victim: UUID | None, back: str) -> str:
    """Return where the victim's decision is recorded; empty while the force has no such room, or nobody is named."""
    if victim is None:
        return ""
    try:
        return f"{reverse('victims:decision', args=[victim])}?back={back}"
    except NoReverseMatch:
        return ""


@door(needs=Permission.INVESTIGATE)
def outcome(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Give a crime its outcome: the form asks what this outcome demands, and no more."""
    acting = inside(request).with_task(Task("crime", id_, "the outcome of a crime"))
    found = queries.whole(acting, id_=id_)
    sent = request.method == "POST"
    code = (request.POST if sent else request.GET).get("code", "")
    today = local_day(acting.at)
    demands = pages.demands_of(code)
    form = forms.OutcomeForm(
        request.POST if sent else None, demands=demands, suspects=pages.suspects_of(found),
        statement=Demand.LIMIT in demands, initial={"version": found.crime.version, "code": code, "decided_on": today},
    )  # fmt: skip
    if sent and form.is_valid():
        said = form.said()
        try:
            made = commands.give_outcome(acting, crime=id_, version=form.cleaned_data["version"], **said)
        except Stale:
            return _both_outcomes(request, acting, form, id_, code)
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            waits = made.given_at is None
            tell(request, "Proposed: a supervisor agrees it" if waits else f"Outcome {made.code} is given")
            return redirect("crimes:one", id_)
    against: tuple[Refusal, ...] = ()
    if code and not sent:
        gates = commands.give_outcome.why_not(acting, crime=id_, code=code, decided_on=today)
        against = (*gates, *queries.why_not_end(acting, crime=found.crime, code=code, decided=today))
    page = pages.outcome_page(
        found, on=today, code=code, against=against, boxes=tuple(form.fields),
        victim_url=_victims_decision(pages.victim_of(found), f"{request.path}?code={code}"),
    )  # fmt: skip
    context = {"page": page, "form": form, "back": reverse("crimes:one", args=[id_])}
    return show(request, "crimes/outcome.html", context, status=422 if sent else 200)


def _both_outcomes(
    request: HttpRequest, acting: Acting, form: forms.OutcomeForm, id_: UUID, code: str
) -> HttpResponse:  # fmt: skip
    """Show the outcome that was typed beside the one that somebody else gave meanwhile."""
    found = queries.whole(acting, id_=id_)
    given = found.standing
    chosen = pages.outcome_page(
        found, on=local_day(acting.at), code=code, against=(), victim_url="", boxes=()
    ).chosen  # fmt: skip
    theirs = f"{given.code} {given.words}" if given else "None yet"
    stands: dict[str, object] = {"decided_on": given.decided_on if given else ""}
    stands |= {name: given.said[name] for name in form.fields if given and name in given.said}
    return both(request, acting, form, found.crime, stands, more=[Difference("Outcome", chosen, theirs)])


@door(needs=Permission.AGREE)
def proposed(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Agree an outcome that somebody proposed, or send it back."""
    acting = inside(request)
    row = queries.outcome(acting, id_=id_)
    acting = acting.with_task(Task("crime", row.crime_id, "agreeing an outcome"))
    found = queries.whole(acting, id_=row.crime_id)
    form = forms.WordsForm(request.POST if request.method == "POST" else None)
    form.fields["words"].required = False
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("do") == "back":
                commands.send_back(acting, outcome=id_, words=form.cleaned_data["words"])
            else:
                commands.agree_outcome(acting, outcome=id_, words=form.cleaned_data["words"])
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            return redirect("crimes:one", row.crime_id)
    page = pages.crime_page(acting, found, why_not_cancel=())
    context = {
        "page": page, "form": form, "back": reverse("crimes:one", args=[row.crime_id]),
        "why_not": commands.agree_outcome.why_not(acting, outcome=id_),
    }  # fmt: skip
    return show(request, "crimes/proposed.html", context, status=422 if request.method == "POST" else 200)
