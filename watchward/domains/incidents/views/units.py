"""Every unit: making one, putting it on duty or off, saying where it is and who crews it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from watchward.domains.incidents import commands, forms, pages, queries
from watchward.domains.incidents.vocabulary import Permission, Skill
from watchward.domains.organisation import queries as organisation
from watchward.domains.places import queries as places
from watchward.foundation.access import queries as access
from watchward.foundation.acting import Acting
from watchward.foundation.ui.doors import door, inside
from watchward.foundation.ui.show import show
from watchward.kernel.periods import local_day
from watchward.kernel.refusals import Refusal, Refused


@door(needs=Permission.READ)
def units(request: HttpRequest) -> HttpResponse:
    """Show every unit and who crews it; make one, put it on duty or off, and say who crews it."""
    acting = inside(request)
    wrong: tuple[Refusal, ...] = ()
    if request.method == "POST":
        try:
            _change_units(acting, request.POST)
            return redirect("incidents:units")
        except Refused as refused:
            wrong = refused.reasons
    page = pages.units_page(
        queries.crewed(acting),
        areas=[(area.pk, area.name) for area in organisation.areas(acting, on=local_day(acting.at))],
        people=[(account.pk, account.display_name) for account in access.accounts(acting)],
        may_change=acting.may(Permission.RESOURCE),
        may_place=acting.may(Permission.ATTEND),
        typed=request.POST.dict() if wrong else {},
    )
    context = {"page": page, "wrong": wrong}
    return show(request, "incidents/units.html", context, status=422 if wrong else 200)


def _place_unit(acting: Acting, post: QueryDict) -> None:
    """Say where a unit is, by two numbers of the national grid or by an address that is on record with a position."""
    typed = forms.text(post, "where")
    grid = forms.grid_of(typed)
    if grid is None:
        sure = [one for one in places.suggest(acting, typed=typed) if one.is_sure] if typed else []
        found = queries.where(acting, place=sure[0].place).at if len(sure) == 1 else None
        if found is None:
            words = "Give one address that is on record with a position, or easting and northing in metres."
            raise Refused(Refusal(words, field="where"))
        grid = found
    commands.place_unit(acting, unit=forms.id_of(post, "unit"), easting=grid[0], northing=grid[1])


def _change_units(acting: Acting, post: QueryDict) -> None:
    match post.get("do", ""):
        case "make":
            area = forms.id_of(post, "area") if post.get("area") else None
            skills = [Skill(key) for key in post.getlist("skill") if key in {skill.value for skill in Skill}]
            commands.make_unit(acting, call_sign=forms.text(post, "call_sign"), area=area, skills=skills)
        case "duty":
            commands.set_unit_status(acting, unit=forms.id_of(post, "unit"), on_duty=post.get("on") == "1")
        case "state":
            commands.set_unit_status(
                acting, unit=forms.id_of(post, "unit"), state=forms.state_of(post), words=forms.text(post, "words")
            )
        case "place":
            _place_unit(acting, post)
        case "leave":
            commands.leave_unit(acting, account=forms.id_of(post, "account"))
        case "crew":
            commands.crew(acting, unit=forms.id_of(post, "unit"), account=forms.id_of(post, "account"))
        case _:
            raise Refused("Choose what to do.")
