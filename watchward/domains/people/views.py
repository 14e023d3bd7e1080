"""Finding people, recording them, and what is recorded of one of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from watchward.domains.people import commands, forms, pages, queries
from watchward.domains.people.vocabulary import Lasting, Permission
from watchward.domains.places import commands as place_commands
from watchward.domains.places import queries as places
from watchward.foundation import reading
from watchward.foundation.access import queries as access
from watchward.foundation.acting import Acting
from watchward.foundation.markers.views import Subject, doors
from watchward.foundation.records import NotHere, Stale
from watchward.foundation.ui.doors import door, inside
from watchward.foundation.ui.forms import Form
from watchward.foundation.ui.parts import Difference
from watchward.foundation.ui.show import show, tell
from watchward.foundation.ui.words import day_year
from watchward.kernel.refusals import Refusal, Refused

reading.called(
    {
        "people.household": "Who lives with somebody",
        "people.gaps": "Records of people that lack something",
    }
)

KEPT = 12
"""Questions that a session keeps, so that going back finds them; older ones are forgotten."""
SHOWN = 200


@door(needs=Permission.READ)
def find(request: HttpRequest) -> HttpResponse:
    """Ask whom to find; what is typed is kept on the server and never stands in a URL."""
    acting = inside(request)
    form = forms.FindForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        asked = form.asked()
        commands.alert_keepers(acting, asked=asked, how="a search")
        stored = dict(list(request.session.get("found", {}).items())[-KEPT + 1 :])
        key = str(uuid4())
        stored[key] = forms.Stored(asked).kept()
        request.session["found"] = stored
        return redirect("people:found", key)
    context = {"form": form, "may_record": acting.may(Permission.RECORD)}
    return show(request, "people/find.html", context, status=422 if request.method == "POST" else 200)


@door(needs=Permission.READ)
def found(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Show who fits, with the evidence; locked records are counted and may be opened with a reason."""
    acting = inside(request)
    kept = request.session.get("found", {}).get(str(id_))
    if kept is None:
        tell(request, "This search is no longer kept. Ask again.")
        return redirect("people:find")
    stored = forms.Stored.again(kept)
    recognition = queries.recognise(acting, asked=stored.asked)
    shown = {one.person for one in recognition.candidates} | {
        id_ for one in recognition.candidates for id_ in one.same_as
    }
    teams = {team.number: team.name for team in access.teams(acting)}
    keepers = {
        id_: teams.get(number or 0, "")
        for id_, number in queries.locked(acting, ids=recognition.locked_records).items()
    }
    near = places.suggest(acting, typed=stored.asked.address) if stored.asked.address else ()
    page = pages.found(
        stored.words,
        recognition,
        queries.summaries(acting, ids=shown),
        [(one.place, f"{one.address} {one.postcode}".strip(), one.why) for one in near],
        keepers,
        reverse("people:found", args=[id_]),
    )
    context = {"page": page, "may_record": acting.may(Permission.RECORD)}
    return show(request, "people/found.html", context)


@door(needs=Permission.RECORD)
def record(request: HttpRequest) -> HttpResponse:
    """Record a person."""
    form = forms.PersonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            person = commands.record_person(inside(request), **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            tell(request, f"Recorded as {person.reference}.")
            return redirect("people:one", person.pk)
    context = {"form": form, "title": "Record a person", "button": "Record", "back": reverse("people:find")}
    return show(request, "people/form.html", context, status=422 if request.method == "POST" else 200)


@door(needs=Permission.READ)
def one(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Show what is recorded of one person; a locked record is opened with a reason first."""
    acting = inside(request)
    try:
        kept = queries.kept(acting, id_=id_)
    except NotHere:
        if id_ not in queries.locked(acting, ids=[id_]):
            raise
        return redirect(f"{reverse('access:locked', args=['people.Person', id_])}?back={request.path}")
    reading.opened(acting, kept.person)
    household = queries.household(acting, person=id_)
    people = queries.summaries(acting, ids=kept.others)
    named = ({member.id for member in household.members} | set(people)) - {id_}
    reading.listed(acting, "people.household", named, about=id_)
    return show(request, "people/one.html", {"page": pages.person(acting, kept, household, people)})


Does = Callable[[Acting, UUID, dict[str, Any]], str]
"""What a form does with what was typed; gives back what to tell."""


def _about(
    form_type: type[Form], title: str, button: str, does: Does, *, needs: Permission
) -> Callable[..., HttpResponse]:
    """Return the view of a form about one person: every mistake at once, nothing typed lost."""

    @door(needs=needs)
    def view(request: HttpRequest, id_: UUID) -> HttpResponse:
        acting = inside(request)
        person = queries.person(acting, id_=id_)
        form = form_type(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                told = does(acting, id_, form.cleaned_data)
            except Refused as refused:
                form.refuse(refused.reasons)
            else:
                tell(request, told)
                return redirect("people:one", id_)
        context = {
            "form": form,
            "title": f"{title}: {person.name}",
            "button": button,
            "back": reverse("people:one", args=[id_]),
        }
        return show(request, "people/form.html", context, status=422 if request.method == "POST" else 200)

    return view


def _add_name(acting: Acting, id_: UUID, typed: dict[str, Any]) -> str:
    commands.add_name(acting, person=id_, **typed)
    return "The name is added."


def _add_number(acting: Acting, id_: UUID, typed: dict[str, Any]) -> str:
    commands.add_number(acting, person=id_, **typed)
    return "The number is added."


def _live_at(acting: Acting, id_: UUID, typed: dict[str, Any]) -> str:
    there = place_commands.record_place(acting, line=typed["line"], town=typed["town"], postcode=typed["postcode"])
    rest = {name: typed[name] for name in ("since", "seen_on", "source")}
    commands.live_at(acting, person=id_, place=there.pk, **rest)
    return "The address is added."


def _relate(acting: Acting, id_: UUID, typed: dict[str, Any]) -> str:
    other = queries.by_reference(acting, reference=typed["reference"])
    if other is None:
        raise Refused(Refusal("Nobody has this reference, or you may not see them.", field="reference"))
    commands.relate(acting, one=id_, other=other.pk, kind=typed["kind"], since=typed["since"], source=typed["source"])
    return "The relationship is added."


def _keep(acting: Acting, id_: UUID, typed: dict[str, Any]) -> str:
    commands.keep_as(acting, person=id_, **typed)
    return "The record is kept as you said."


name = _about(forms.NameForm, "Add a name", "Add", _add_name, needs=Permission.RECORD)
number = _about(forms.NumberForm, "Add a number", "Add", _add_number, needs=Permission.RECORD)
home = _about(forms.HomeForm, "Add an address", "Add", _live_at, needs=Permission.RECORD)
tie = _about(forms.TieForm, "Add a relationship", "Add", _relate, needs=Permission.RECORD)
keep = _about(forms.HandlingForm, "Lock or seal", "Keep it so", _keep, needs=Permission.HANDLE)


def _end(acting: Acting, what: Lasting, row: UUID, typed: dict[str, Any]) -> str:
    match what:
        case Lasting.NUMBER:
            commands.end_number(acting, contact=row, **typed)
        case Lasting.HOME:
            commands.move_out(acting, residence=row, **typed)
        case Lasting.TIE:
            commands.unrelate(acting, relationship=row, **typed)
    return "It has ended, and stays on record."


def _correct(acting: Acting, what: Lasting, row: UUID, typed: dict[str, Any]) -> str:
    commands.correct_days(acting, what=what, row=row, **typed)
    return "Its days are corrected."


def _of_one(
    form_type: type[Form], title: str, button: str, does: Callable[[Acting, Lasting, UUID, dict[str, Any]], str]
) -> Callable[..., HttpResponse]:
    """Return the view of a form about one number, home or tie of somebody."""

    @door(needs=Permission.RECORD)
    def view(request: HttpRequest, id_: UUID, what: str, row: UUID) -> HttpResponse:
        acting = inside(request)
        if what not in tuple(Lasting):
            raise NotHere("no such kind of thing lasts")
        kind = Lasting(what)
        found = queries.lasting(acting, of=queries.person(acting, id_=id_).pk, what=kind, id_=row)
        begin = {"since": found.since, "until": found.until}
        form = form_type(request.POST if request.method == "POST" else None, initial=begin)
        if request.method == "POST" and form.is_valid():
            try:
                told = does(acting, kind, row, form.cleaned_data)
            except Refused as refused:
                form.refuse(refused.reasons)
            else:
                tell(request, told)
                return redirect("people:one", id_)
        context = {
            "form": form,
            "title": title.format(pages.lasting_words(kind, found)),
            "button": button,
            "back": reverse("people:one", args=[id_]),
        }
        return show(request, "people/form.html", context, status=422 if request.method == "POST" else 200)

    return view


end = _of_one(forms.EndForm, "{} has ended", "It has ended", _end)
days = _of_one(forms.DaysForm, "Correct the days of {}", "Save", _correct)


@door(needs=Permission.RECORD)
def change(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Correct somebody's name, birth or sex; where somebody else did meanwhile, both are shown."""
    acting = inside(request)
    person = queries.person(acting, id_=id_)
    names = ("forenames", "surname", "date_of_birth", "birth_certainty", "sex", "version")
    form = forms.ChangeForm(
        request.POST if request.method == "POST" else None, initial={name: getattr(person, name) for name in names}
    )
    if request.method == "POST" and form.is_valid():
        try:
            commands.update_person(acting, person=id_, **form.cleaned_data)
        except Stale:
            return _conflict(request, form, id_)
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            tell(request, "The record is corrected.")
            return redirect("people:one", id_)
    context = {
        "form": form,
        "title": f"Correct: {person.name}",
        "button": "Save",
        "back": reverse("people:one", args=[id_]),
    }
    return show(request, "people/form.html", context, status=422 if request.method == "POST" else 200)


def _conflict(request: HttpRequest, form: forms.ChangeForm, id_: UUID) -> HttpResponse:
    """Show what was typed beside what stands; nothing of either is lost."""
    acting = inside(request)
    stands = queries.person(acting, id_=id_)
    who, at = queries.last_change(acting, person=id_)
    typed = form.cleaned_data

    def said(value: object) -> str:
        return day_year(value) if hasattr(value, "isoformat") else str(value or "")  # type: ignore[arg-type]

    labels = {name: str(field.label) for name, field in form.fields.items() if name != "version"}
    context = {
        "of": stands.reference,
        "who": who or "Somebody",
        "at": at or acting.at,
        "differences": tuple(
            Difference(label, said(typed[name]), said(getattr(stands, name))) for name, label in labels.items()
        ),
        "pairs": [(key, value) for key, value in request.POST.items() if key not in ("version", "csrfmiddlewaretoken")],
        "version": stands.version,
        "action": request.path,
        "keep_url": reverse("people:one", args=[id_]),
    }
    return show(request, "ui/conflict.html", context, status=409)


def _subject(acting: Acting, id_: UUID) -> Subject:
    person = queries.person(acting, id_=id_)
    return Subject(person.name, person)


MARKERS = doors(
    queries.MARKERS,
    subject=_subject,
    kinds=forms.marker_choices(),
    mark=commands.mark_person,
    approve=commands.approve_marker,
    review=commands.review_marker,
    reads=Permission.READ,
)


@door(needs=Permission.READ)
def asked(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Show the keepers of a sealed record who asked for what fits it, and take that they saw it."""
    acting = inside(request)
    row = queries.sealed_ask(acting, id_=id_)
    person = queries.person(acting, id_=row.person_id)
    if request.method == "POST":
        commands.see_ask(acting, ask=id_)
        tell(request, "Seen.")
        return redirect("people:one", person.pk)
    reading.opened(acting, person)
    who = access.names_of(acting, {row.asked_by_id}).get(row.asked_by_id, "")
    context = {"ask": id_, "who": who, "at": row.at, "how": row.how, "fits": row.fits, "seen": row.seen_at is not None,
               "name": person.name, "reference": person.reference,
               "back": reverse("people:one", args=[person.pk])}  # fmt: skip
    return show(request, "people/asked.html", context)


@door(needs=Permission.READ)
def gaps(request: HttpRequest) -> HttpResponse:
    """Show what is missing from people's records, by kind."""
    counted = [(one.key, one.says, one.count) for one in queries.gaps_counted(inside(request))]
    return show(request, "people/gaps.html", {"title": "What is missing", "table": pages.gaps(counted), "back": ""})


@door(needs=Permission.READ)
def gap(request: HttpRequest, kind: str) -> HttpResponse:
    """Show the people whose records have one kind of gap, the latest first."""
    acting = inside(request)
    people = list(queries.gaps(acting, kind=kind)[:SHOWN])
    known = queries.summaries(acting, ids=[row.pk for row in people])
    reading.listed(acting, "people.gaps", known)
    title = queries.GAP_WORDS[kind]
    table = pages.gap(known[row.pk] for row in people if row.pk in known)
    return show(request, "people/gaps.html", {"title": title, "table": table, "back": reverse("people:gaps")})
