"""The force's areas, teams and people, and the forms by which an administrator changes them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from watchward.domains.organisation import commands, pages, queries
from watchward.domains.organisation.forms import AreaForm, EstablishForm, PostForm, TeamForm, TrainingForm
from watchward.domains.organisation.vocabulary import DISTRICTS, Permission
from watchward.foundation.access import commands as accounts
from watchward.foundation.access import queries as access
from watchward.foundation.acting import Acting
from watchward.foundation.ui.doors import door, inside
from watchward.foundation.ui.show import show, typed
from watchward.kernel.periods import local_day


def _day(request: HttpRequest, acting: Acting) -> date:
    """Return the day that is asked for, today where none is or it is none."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return local_day(acting.at)


@door(needs=None)
def force(request: HttpRequest) -> HttpResponse:
    """Show the areas and teams of the force on a day."""
    acting = inside(request)
    on, today = _day(request, acting), local_day(acting.at)
    areas = list(queries.areas(acting, on=on))
    names: dict[object, str] = {area.pk: area.name for area in areas}
    founded = queries.force(acting)
    page = pages.ForcePage(
        name=founded.name if founded else "",
        on=on,
        is_today=on == today,
        areas=pages.areas_table(areas, queries.areas_of_districts(acting, on=on), DISTRICTS),
        teams=pages.teams_table(queries.teams(acting, on=on), names, on, is_today=on == today),
        thrive=pages.thrive_table(queries.training_coverage(acting, course=pages.THRIVE, on=on)),
        may_change=acting.may(Permission.ADMINISTER),
    )
    return show(request, "organisation/force.html", {"page": page})


@door(needs=None)
def team(request: HttpRequest, number: int) -> HttpResponse:
    """Show who works in a team on a day, and who supervises it."""
    acting = inside(request)
    on = _day(request, acting)
    found = queries.team(acting, number=number, on=on)
    areas: dict[object, str] = {area.pk: area.name for area in queries.areas(acting, on=on)}
    above = access.teams(acting).filter(number=found.above).first() if found.above is not None else None
    page = pages.TeamPage(
        number=number,
        name=found.name,
        on=on,
        facts=pages.team_facts(found, areas, above.name if above else ""),
        people=pages.people_table(queries.people_of(acting, team=number, on=on)),
        may_change=acting.may(Permission.ADMINISTER),
    )
    return show(request, "organisation/team.html", {"page": page})


@door(needs=None)
def person(request: HttpRequest, account: UUID) -> HttpResponse:
    """Show the post, teams and training of somebody who works for the force."""
    acting = inside(request)
    who = access.account(acting, id_=account)
    today = local_day(acting.at)
    page = pages.PersonPage(
        name=who.display_name,
        facts=pages.person_facts(
            queries.officer_of(acting, account=account), queries.teams_of(acting, account=account, on=today)
        ),
        training=pages.training_marks(queries.training_of(acting, accounts=[account], on=today).get(account, {})),
        accreditations=pages.accreditation_marks(queries.accreditations_of(acting, account=account)),
    )
    context = {"page": page, "account": account, "may_change": acting.may(Permission.ADMINISTER)}
    return show(request, "organisation/person.html", context)


def _areas(acting: Acting) -> list[tuple[UUID, str]]:
    return [(area.pk, area.name) for area in queries.areas(acting, on=local_day(acting.at))]


@door(needs=Permission.ADMINISTER)
def open_area(request: HttpRequest) -> HttpResponse:
    """Open an area over some districts."""
    acting = inside(request)
    form = AreaForm(request.POST or None, districts=sorted(DISTRICTS.items(), key=lambda one: one[1]))
    return typed(
        request, form, title="Open an area", back=reverse("force:list"), told="The area is open.",
        do=lambda said: commands.open_area(acting, **said),
    )  # fmt: skip


@door(needs=accounts.ADMINISTER)
def form_team(request: HttpRequest) -> HttpResponse:
    """Form a team, under another one or none."""
    acting = inside(request)
    today = local_day(acting.at)
    teams = [(team.number, team.name) for team in queries.teams(acting, on=today)]
    form = TeamForm(request.POST or None, teams=teams, initial={"since": today})
    return typed(
        request, form, title="Form a team", back=reverse("force:list"), told="The team is formed.",
        do=lambda said: accounts.form_team(acting, **said),
    )  # fmt: skip


@door(needs=Permission.ADMINISTER)
def establish(request: HttpRequest, number: int) -> HttpResponse:
    """Say what a team is for, where, and with how many posts."""
    acting = inside(request)
    found = queries.team(acting, number=number, on=local_day(acting.at))
    form = EstablishForm(request.POST or None, areas=_areas(acting))
    return typed(
        request, form, title=f"What {found.name} is for", back=reverse("force:team", args=[number]),
        told="Recorded.", do=lambda said: commands.establish_team(acting, team=number, **said),
    )  # fmt: skip


@door(needs=Permission.ADMINISTER)
def post(request: HttpRequest, account: UUID) -> HttpResponse:
    """Give somebody their number, rank, post and area."""
    acting = inside(request)
    who = access.account(acting, id_=account)
    form = PostForm(request.POST or None, areas=_areas(acting))
    return typed(
        request, form, title=f"The post of {who.display_name}", back=reverse("force:person", args=[account]),
        told="Recorded.", do=lambda said: commands.post_officer(acting, account=account, **said),
    )  # fmt: skip


@door(needs=Permission.ADMINISTER)
def training(request: HttpRequest, account: UUID) -> HttpResponse:
    """Enter a course that somebody passed."""
    acting = inside(request)
    who = access.account(acting, id_=account)
    return typed(
        request, TrainingForm(request.POST or None), title=f"Training of {who.display_name}",
        back=reverse("force:person", args=[account]), told="Entered.",
        do=lambda said: commands.enter_training(acting, account=account, **said),
    )  # fmt: skip
