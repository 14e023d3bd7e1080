"""The toolkit, one piece of guidance, who has read it, and the forms by which it is kept."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from watchward.foundation.access import queries as access
from watchward.foundation.access.roles import roles
from watchward.foundation.acting import Acting
from watchward.foundation.guidance import commands, forms, pages, queries
from watchward.foundation.guidance.offers import Shelf, Wanted, shelves
from watchward.foundation.guidance.vocabulary import Permission
from watchward.foundation.records import NotHere
from watchward.foundation.ui.doors import door, inside
from watchward.foundation.ui.parts import Mark
from watchward.foundation.ui.show import show, tell, typed


def _shelves(acting: Acting, wanted: Wanted) -> list[tuple[Shelf, tuple[Mark, ...]]]:
    return [(shelf, shelf.find(acting, wanted)) for shelf in shelves.values() if acting.may(shelf.needs)]


@door(needs=Permission.READ)
def toolkit(request: HttpRequest) -> HttpResponse:
    """Show the toolkit: what one is asked to read, guidance by kind, and services; narrowed down by words and topic."""
    acting = inside(request)
    asked = forms.asked_of(request.GET)
    writes = acting.may(Permission.WRITE)
    page = pages.toolkit_page(
        acting, asked, queries.found(acting, wanted=asked.wanted, group=asked.group),
        shelves=_shelves(acting, asked.wanted),
        to_read=queries.to_read(acting),
        drafts=queries.drafts(acting) if writes else (),
        withdrawn=queries.withdrawn(acting) if writes else (),
    )  # fmt: skip
    return show(request, "guidance/toolkit.html", {"page": page})


@door(needs=Permission.READ)
def one(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a piece of guidance as it stands, with the services that help."""
    return _one(request, queries.whole(inside(request), slug=slug))


@door(needs=Permission.READ)
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one version of a piece of guidance."""
    return _one(request, queries.whole(inside(request), slug=slug, number=number))


def _one(request: HttpRequest, found: queries.Whole) -> HttpResponse:
    acting = inside(request)
    about = found.shown or found.draft
    wanted = Wanted(topics=frozenset(about.topics if about is not None else ()))
    page = pages.item_page(acting, found, services=_shelves(acting, wanted) if wanted.topics else ())
    return show(request, "guidance/one.html", {"page": page})


@require_POST
@door(needs=Permission.READ)
def read(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the word that a version was read."""
    acting = inside(request)
    try:
        edition = UUID(request.POST.get("edition", ""))
    except ValueError as wrong:
        raise NotHere("no such version") from wrong
    commands.mark_read(acting, edition=edition)
    tell(request, "It is recorded that you have read this.")
    return redirect("guidance:one", slug)


@door(needs=Permission.READ)
def receipt(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Lead from what somebody was asked to read to where it is read."""
    row = queries.receipt(inside(request), id_=id_)
    return redirect("guidance:one", row.edition.item.slug)


@door(needs=Permission.PUBLISH)
def readers(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who has read the version that stands, and who was asked and has not yet."""
    acting = inside(request)
    found = queries.whole(acting, slug=slug)
    if found.shown is None:
        raise NotHere("nothing was published")
    page = pages.readers_page(acting, found, queries.readers(acting, edition=found.shown.pk))
    return show(request, "guidance/readers.html", {"page": page})


@door(needs=Permission.WRITE)
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a piece of guidance."""
    acting = inside(request)
    return typed(
        request, forms.BeginForm(request.POST or None), title="Begin guidance", back=reverse("guidance:toolkit"),
        told="The draft is kept. It is shown to nobody else until it is published.",
        do=lambda said: commands.begin(acting, **said),
    )  # fmt: skip


@door(needs=Permission.WRITE)
def draft(request: HttpRequest, slug: str) -> HttpResponse:
    """Draft the next version of a piece of guidance, beginning with the words of the last."""
    acting = inside(request)
    found = queries.whole(acting, slug=slug)
    last = found.draft or found.shown
    assert last is not None  # noqa: S101  the query raises before
    begin_with = {"title": last.title, "lead": last.lead, "text": last.text, "groups": last.groups,
                  "topics": last.topics}  # fmt: skip
    return typed(
        request, forms.DraftForm(request.POST or None, initial=begin_with), title=f"Draft: {last.title}",
        back=reverse("guidance:one", args=[slug]), told="The draft is kept.",
        do=lambda said: commands.draft(acting, item=found.item.pk, **said),
    )  # fmt: skip


@door(needs=Permission.PUBLISH)
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish the draft that waits."""
    acting = inside(request)
    found = queries.whole(acting, slug=slug)
    if found.draft is None:
        return redirect("guidance:one", slug)
    form = forms.PublishForm(
        request.POST or None, first=found.draft.number == 1,
        teams=access.teams(acting).values_list("number", "name"),
        roles=[(role.key, role.name) for role in roles().values()],
    )  # fmt: skip
    unset = pages.unset(acting)
    if unset:
        form.fields["review_on"].help_text = f"The force has not set {unset}."
    return typed(
        request, form, title=f"Publish: {found.draft.title}", back=reverse("guidance:one", args=[slug]),
        told="It is published.", do=lambda _said: commands.publish(acting, item=found.item.pk, **form.said()),
    )  # fmt: skip


@door(needs=Permission.PUBLISH)
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Withdraw a piece of guidance."""
    acting = inside(request)
    found = queries.whole(acting, slug=slug)
    return typed(
        request, forms.WithdrawForm(request.POST or None), title=f"Withdraw: {slug}",
        back=reverse("guidance:one", args=[slug]), told="It is withdrawn. Every version stays readable.",
        do=lambda said: commands.withdraw(acting, item=found.item.pk, **said),
    )  # fmt: skip


@door(needs=Permission.WRITE)
def review(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Look a piece of guidance over, and say that it is still right."""
    acting = inside(request)
    row = queries.review(acting, id_=id_)
    back = reverse("guidance:one", args=[row.item.slug])
    if row.done_at is not None:
        return redirect(back)
    form = forms.ReviewForm(request.POST or None)
    unset = pages.unset(acting)
    if unset:
        form.fields["review_on"].help_text = f"The force has not set {unset}."
    return typed(
        request, form, title=f"Look over: {row.item.slug}", back=back, told="It is recorded that it is still right.",
        do=lambda said: commands.look_over(acting, review=id_, **said),
    )  # fmt: skip


@door(needs=Permission.WRITE)
def hand_over(request: HttpRequest, slug: str) -> HttpResponse:
    """Let somebody else answer for a piece of guidance."""
    acting = inside(request)
    found = queries.whole(acting, slug=slug)
    people = [(str(id_), name) for id_, name in queries.writers(acting).items()]
    return typed(
        request, forms.OwnerForm(request.POST or None, people=people), title=f"Who answers for {slug}",
        back=reverse("guidance:one", args=[slug]), told="They answer for it from now on.",
        do=lambda said: commands.hand_over(acting, item=found.item.pk, owner=UUID(said["owner"])),
    )  # fmt: skip
