"""The pages of victims; no decision is taken here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from watchward.domains.victims import commands, forms, pages, queries
from watchward.domains.victims.queries import Plan, Reach
from watchward.domains.victims.vocabulary import Category, Method, Permission, Response, Trigger
from watchward.foundation import reading
from watchward.foundation.acting import Acting, Task
from watchward.foundation.records import Stale
from watchward.foundation.ui.doors import View, door, inside
from watchward.foundation.ui.errors import conflict
from watchward.foundation.ui.forms import Form
from watchward.foundation.ui.parts import Mark
from watchward.foundation.ui.show import show
from watchward.foundation.ui.words import day_year
from watchward.kernel.periods import local_day
from watchward.kernel.refusals import Refused

reading.called({"victims.owed": "What is owed to victims"})

SHOWN = 60
Does = Callable[[Acting, dict[str, Any]], object]


class Standing(NamedTuple):
    """What stands of a form's fields, the row that says so, and its version."""

    fields: Mapping[str, object]
    row: Any
    version: int


@door(needs=Permission.READ)
def listing(request: HttpRequest) -> HttpResponse:
    """Show what is owed to victims by one's teams; by the whole force where one has none or asks for it."""
    acting = inside(request).for_purpose("seeing what is owed to victims")
    whole = request.GET.get("show") == "force" or not acting.teams
    rows = queries.owed_to_victims(acting, teams=frozenset() if whole else acting.teams)
    shown = list(rows[:SHOWN])
    late = rows.filter(due_at__lt=acting.at).count()
    reading.listed(acting, "victims.owed", [row.about for row in shown])
    page = pages.list_page(
        acting, shown, of="the force" if whole else "your teams", open_=rows.count(), late=late
    )  # fmt: skip
    return show(request, "victims/list.html", {"page": page})


@door(needs=Permission.READ)
def one(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Show a victim: what is owed to them, what they were told, how they are reached."""
    acting = inside(request).with_task(Task("victim", id_, "the victim in hand"))
    found = queries.whole(acting, party=id_)
    return show(request, "victims/one.html", {"page": pages.victim_page(acting, found)})


def _back(request: HttpRequest, id_: UUID) -> str:
    """Return where to go when it is done: where one came from on this host, or the victim's page."""
    asked = request.GET.get("back", "")
    safe = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if safe else reverse("victims:one", args=[id_])


def _change(
    request: HttpRequest, id_: UUID, form: Form, does: Does, *, title: str, button: str, note: str = "",
    found: queries.Whole | None = None, stands: Callable[[Acting], Standing] | None = None,
) -> HttpResponse:  # fmt: skip
    """Show a form about a victim, or do what it asks; where somebody else did meanwhile, show both.

    Args:
        request: of the form.
        id_: of the victim's part.
        form: the form.
        does: what it asks.
        title: of the page.
        button: its words.
        note: what follows from it.
        found: the victim, where the caller holds it already.
        stands: what stands of its fields by then, where it takes the place of something.
    """
    acting = inside(request).with_task(Task("victim", id_, title.lower()))
    back = _back(request, id_)
    if request.method == "POST" and form.is_valid():
        try:
            does(acting, form.cleaned_data)
        except Stale as stale:
            now = stands(acting) if stands else Standing({}, None, 0)
            return conflict(
                request, of=f"the record of the victim of {stale.record.reference}",
                who=now.row.by_name if now.row else "Somebody", at=now.row.at if now.row else acting.at,
                differences=form.beside(now.fields), version=now.version, keep_url=back,
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            return redirect(back)
    found = found or queries.whole(acting, party=id_)
    facts = [Mark("Victim", found.name, found.crime.reference), Mark("Crime", found.crime.offence_words)]
    if found.reach is not None:
        facts.append(
            Mark(found.reach.method.capitalize(), found.reach.to, f"verified {day_year(found.reach.verified_on)}")
        )
        facts.append(Mark("Not safe", found.reach.safe or "Nothing said", quiet=not found.reach.safe))
    context = {"form": form, "title": title, "button": button, "back": back, "facts": tuple(facts), "note": note}
    return show(request, "victims/form.html", context, status=422 if request.method == "POST" else 200)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


@door(needs=Permission.CARE)
def contact(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Record contact with a victim, or an attempt at it."""
    acting = inside(request)
    found = queries.whole(acting, party=id_)
    form = forms.ContactForm(
        _sent(request), news=pages.news_of(found), review=pages.may_review(found, found.untold_outcomes),
        initial={"when": acting.at, "method": found.reach.method if found.reach else Method.TELEPHONE.value},
    )  # fmt: skip
    return _change(
        request, id_, form, lambda acting, _said: commands.record_contact(acting, party=id_, **form.said()),
        title="Contact with the victim", button="Record it", found=found,
        note="An attempt stands on the file and keeps no promise",
    )  # fmt: skip


@door(needs=Permission.CARE)
def needs(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Record what a victim needs."""
    return _change(
        request, id_, forms.NeedsForm(_sent(request)),
        lambda acting, said: commands.assess_needs(acting, party=id_, **said), title="What they need", button="Keep it",
    )  # fmt: skip


@door(needs=Permission.CARE)
def reach(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Record how a victim is reached safely; what stood before is filled in."""
    acting = inside(request)
    found = queries.whole(acting, party=id_)
    version = queries.recorded(acting, Reach, party=id_)
    initial: dict[str, Any] = {"verified_on": local_day(acting.at), "wants_updates": True, "version": version}
    if found.reach is not None:
        initial |= {name: getattr(found.reach, name) for name in ("method", "to", "source", "safe", "wants_updates")}

    def stands(acting: Acting) -> Standing:
        now = queries.whole(acting, party=id_).reach
        names = ("to", "source", "verified_on", "safe", "wants_updates")
        fields = {name: getattr(now, name) for name in names} if now is not None else {}
        fields |= {"method": Method(now.method).label} if now is not None else {}
        return Standing(fields, now, queries.recorded(acting, Reach, party=id_))

    return _change(
        request, id_, forms.ReachForm(_sent(request), initial=initial),
        lambda acting, said: commands.set_reach(acting, party=id_, **{**said, "method": Method(said["method"])}),
        title="How they are reached", button="Keep it", found=found, stands=stands,
    )  # fmt: skip


@door(needs=Permission.CARE)
def entitle(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Record why a victim has enhanced rights."""
    return _change(
        request, id_, forms.EntitleForm(_sent(request)),
        lambda acting, said: commands.entitle(
            acting, party=id_, category=Category(said["category"]), words=said["words"]
        ),
        title="Enhanced rights", button="Keep it",
    )  # fmt: skip


@door(needs=Permission.CARE)
def end_entitlement(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Record that a reason of enhanced rights no longer holds."""
    row = queries.entitlement(inside(request), id_=id_)
    return _change(
        request, row.party_id, forms.WordsForm(_sent(request)),
        lambda acting, said: commands.end_entitlement(acting, entitlement=id_, words=said["words"]),
        title=f"No longer: {row.category}", button="End it",
    )  # fmt: skip


@door(needs=Permission.CARE)
def plan(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Agree how often and how a victim hears."""

    def stands(acting: Acting) -> Standing:
        now = queries.latest_plan(acting, party=id_)
        fields = {"every": str(now.every), "method": Method(now.method).label, "words": now.words} if now else {}
        return Standing(fields, now, queries.recorded(acting, Plan, party=id_))

    version = queries.recorded(inside(request), Plan, party=id_)
    return _change(
        request, id_, forms.PlanForm(_sent(request), initial={"every": 28, "version": version}),
        lambda acting, said: commands.agree_plan(acting, party=id_, **{**said, "method": Method(said["method"])}),
        title="Contact plan", button="Agree it", stands=stands,
    )  # fmt: skip


@door(needs=Permission.CARE)
def update(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Note that something happened of which the victim must be told."""
    acting = inside(request)
    return _change(
        request, id_, forms.UpdateForm(_sent(request), initial={"learned_at": acting.at}),
        lambda acting, said: commands.note_update(acting, party=id_, **{**said, "trigger": Trigger(said["trigger"])}),
        title="Something happened", button="Note it", note="They must be told within the time of the Victims’ Code",
    )  # fmt: skip


@door(needs=Permission.CARE)
def statement(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Note that a witness statement was taken."""
    acting = inside(request)
    return _change(
        request, id_, forms.StatementForm(_sent(request), initial={"taken_at": acting.at}),
        lambda acting, said: commands.note_statement(acting, party=id_, taken_at=said["taken_at"]),
        title="Witness statement taken", button="Note it", note="A personal statement is offered with it",
    )  # fmt: skip


@door(needs=Permission.CARE)
def offer(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Record that a personal statement was offered."""
    return _change(
        request, id_, forms.OfferForm(_sent(request)),
        lambda acting, said: commands.offer_statement(
            acting, party=id_, words=said["words"], response=Response(said["response"]) if said["response"] else None
        ),
        title="Personal statement offered", button="Keep it",
    )  # fmt: skip


@door(needs=Permission.CARE)
def decision(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Record whether a victim supports police action, in their own words."""
    acting = inside(request)
    form = forms.DecisionForm(_sent(request), initial={"said_on": local_day(acting.at)})
    return _change(
        request, id_, form, lambda acting, _said: commands.record_decision(acting, party=id_, **form.said()),
        title="What the victim decided", button="Keep it",
        note="For whoever does not support action: their reason, their own words, and that they were told of support",
    )  # fmt: skip


def _leads(kind: str, page: str) -> View:
    """Return the view that leads from what is owed about a row of this kind to the page of its victim where it is done.

    Args:
        kind: of the row, as ``queries.party_of`` has it.
        page: name of the page.
    """

    @door(needs=Permission.READ)
    def leads(request: HttpRequest, id_: UUID) -> HttpResponse:
        return redirect(f"victims:{page}", queries.party_of(inside(request), kind=kind, id_=id_))

    return leads


tell_outcome = _leads("outcome", "contact")
tell = _leads("update", "contact")
reach_again = _leads("reach", "reach")
turn = _leads("turn", "contact")
offer_for = _leads("statement", "offer")
