"""Saying more of a crime: who had a part, what it was, what it also is, and whether it stands at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from watchward.domains.crimes import commands, forms, queries
from watchward.domains.crimes.commands import Named
from watchward.domains.crimes.queries import Crime
from watchward.domains.crimes.views.meanwhile import both, offence_of
from watchward.domains.crimes.vocabulary import Cancel, Part, Permission
from watchward.domains.offences.vocabulary import Flag, flags_in_force
from watchward.domains.people import queries as people
from watchward.foundation.acting import Acting, Task
from watchward.foundation.records import Stale
from watchward.foundation.ui.doors import door, inside
from watchward.foundation.ui.forms import Form
from watchward.foundation.ui.parts import Mark, Reason
from watchward.foundation.ui.show import show
from watchward.kernel.refusals import Refusal, Refused

Does = Callable[[Acting, dict[str, Any]], object]


def _change(
    request: HttpRequest, acting: Acting, crime: Crime, form: Form, does: Does, *, title: str, button: str,
    look: str = "go", note: str = "", why_not: tuple[Reason, ...] = (), more: tuple[Mark, ...] = (),
    stands: Callable[[Crime], Mapping[str, object]] | None = None,
) -> HttpResponse:  # fmt: skip
    """Show a form about a crime, or do what it asks; where somebody else did meanwhile, show both.

    Args:
        request: of the form.
        acting: who fills it in.
        crime: about which.
        form: the form.
        does: what it asks.
        title: of the page.
        button: its words.
        look: of the button.
        note: what follows from it.
        why_not: every reason why it may not be done.
        more: further facts beside it.
        stands: what stands of its fields, given the crime as it is by then.
    """
    back = reverse("crimes:one", args=[crime.pk])
    if request.method == "POST" and form.is_valid():
        try:
            does(acting.with_task(Task("crime", crime.pk, title.lower())), form.cleaned_data)
        except Stale:
            now = queries.crime(acting, id_=crime.pk)
            return both(request, acting, form, now, stands(now) if stands else {})
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            return redirect(back)
    facts = (Mark("Crime", crime.reference, crime.offence_words), Mark("What", crime.what), *more)
    context = {
        "form": form, "title": title, "button": button, "back": back, "facts": facts, "note": note, "look": look,
        "why_not": why_not,
    }  # fmt: skip
    return show(request, "crimes/form.html", context, status=422 if request.method == "POST" else 200)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


@door(needs=Permission.INVESTIGATE)
def name(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Name somebody who had a part in a crime."""
    acting = inside(request)

    def does(acting: Acting, said: dict[str, Any]) -> object:
        typed = said["person"].strip()
        person = people.by_reference(acting, reference=typed) if typed else None
        if typed and person is None:
            raise Refused(Refusal("No record of a person has this reference.", field="person"))
        chosen = UUID(said["known"]) if said.get("known") else None
        named = Named(person.pk if person else chosen, said["organisation"], said["contact_name"], said["words"])
        return commands.name(acting, crime=id_, part=Part(said["part"]), named=named)

    crime = queries.crime(acting, id_=id_)
    form = forms.NameForm(_sent(request), known=queries.to_name(acting, crime=crime))
    return _change(request, acting, crime, form, does, title="Who had a part", button="Name them")


@door(needs=Permission.INVESTIGATE)
def end_part(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Say that somebody has no longer a part in a crime."""
    acting = inside(request)
    party = queries.party(acting, id_=id_)
    return _change(
        request, acting, party.crime, forms.WordsForm(_sent(request)),
        lambda acting, said: commands.end_part(acting, party=id_, words=said["words"]),
        title=f"No longer: {party.part}", button="Take the part away", look="stop",
    )  # fmt: skip


@door(needs=Permission.INVESTIGATE)
def interview(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Note on which day a suspect was interviewed under caution."""
    acting = inside(request)
    party = queries.party(acting, id_=id_)
    return _change(
        request, acting, party.crime, forms.InterviewForm(_sent(request)),
        lambda acting, said: commands.note_interview(acting, party=id_, on=said["on"]),
        title="Interviewed under caution", button="Note it",
    )  # fmt: skip


@door(needs=Permission.INVESTIGATE)
def reclassify(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Say that a crime was another one."""
    acting = inside(request)
    crime = queries.crime(acting, id_=id_)
    offences = forms.grouped(queries.offences(acting, on=crime.recorded_on), crime.offence_group)
    form = forms.ReclassifyForm(
        _sent(request), offences=offences, initial={"version": crime.version, "offence": crime.offence}
    )
    return _change(
        request, acting, crime, form,
        lambda acting, said: commands.reclassify(acting, crime=id_, **said),
        title="It was another offence", button="Change the offence",
        note="What it was recorded as stays on the file",
        stands=lambda now: {"offence": offence_of(now)},
    )  # fmt: skip


@door(needs=Permission.INVESTIGATE)
def flags(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Say what a crime also is."""
    acting = inside(request)
    crime = queries.crime(acting, id_=id_)
    form = forms.FlagsForm(
        _sent(request),
        flags=flags_in_force(crime.recorded_on),
        initial={"version": crime.version, "flags": crime.flags},
    )
    return _change(
        request, acting, crime, form,
        lambda acting, said: commands.set_flags(
            acting, crime=id_, flags=[Flag(flag) for flag in said["flags"]], version=said["version"]
        ),
        title="What it also is", button="Keep these flags",
        stands=lambda now: {"flags": ", ".join(now.flags)},
    )  # fmt: skip


@door(needs=Permission.CANCEL)
def cancel(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Cancel a crime, as somebody who had no part in it."""
    acting = inside(request)
    crime = queries.crime(acting, id_=id_)
    against = queries.why_not_cancel(acting, crime=crime, registrar=acting.may(Permission.REGISTER))

    def does(acting: Acting, said: dict[str, Any]) -> object:
        code = Cancel(said["code"]) if said["code"] else None
        return commands.cancel(acting, crime=id_, **{**said, "code": code})

    form = forms.CancelForm(_sent(request), initial={"version": crime.version})
    return _change(
        request, acting, crime, form, does, title="Cancel this crime", button="Cancel it", look="stop",
        why_not=against,
        stands=lambda now: {"code": Cancel(now.cancelled_as).label if now.cancelled_as else "Not cancelled"},
    )  # fmt: skip


@door(needs=Permission.REGISTER)
def reinstate(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Reinstate a cancelled crime."""
    acting = inside(request)
    return _change(
        request, acting, queries.crime(acting, id_=id_), forms.WordsForm(_sent(request)),
        lambda acting, said: commands.reinstate(acting, crime=id_, words=said["words"]),
        title="Reinstate this crime", button="Reinstate it",
    )  # fmt: skip


@door(needs=Permission.AGREE)
def reopen(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Reopen a finished crime."""
    acting = inside(request)
    return _change(
        request, acting, queries.crime(acting, id_=id_), forms.WordsForm(_sent(request)),
        lambda acting, said: commands.reopen(acting, crime=id_, words=said["words"]),
        title="Reopen this crime", button="Reopen it", note="Its outcome stays on the file and no longer counts",
    )  # fmt: skip
