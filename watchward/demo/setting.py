"""Setting the scene: areas, teams, who works there, and the units on the road."""

from __future__ import annotations

from uuid import UUID

from watchward.demo.directory import enter_partners
from watchward.demo.force import AREAS, POSTS, SINCE, TEAMS, UNITS
from watchward.demo.stage import Cast
from watchward.domains.incidents import commands as incidents
from watchward.domains.incidents import queries as known_incidents
from watchward.domains.incidents.vocabulary import UnitState
from watchward.domains.offences import commands as offences
from watchward.domains.organisation import commands as organisation
from watchward.domains.organisation.vocabulary import Portfolio
from watchward.foundation.access import commands as access
from watchward.foundation.access import queries as known
from watchward.foundation.acting import Acting


def found_force(acting: Acting) -> Cast:
    """Open the areas, form the teams, place everybody in them, enter the partners and put the units on duty.

    Args:
        acting: the force's machinery, at a moment before the first story.
    """
    cast = Cast()
    areas = {
        area.key: organisation.open_area(
            acting, key=area.key, name=area.name, districts=[area.district], since=SINCE
        ).pk
        for area in AREAS
    }  # fmt: skip
    for team in TEAMS:
        parent = cast.teams[team.parent] if team.parent else None
        cast.teams[team.key] = access.form_team(
            acting, key=team.key, name=team.name, since=SINCE, parent=parent
        ).number  # fmt: skip
    for post in POSTS:
        account = access.open_account(
            acting, username=post.username, display_name=post.shown, persona=post.persona
        ).pk  # fmt: skip
        access.give_role(acting, account=account, role=post.role, since=SINCE)
        access.join_team(acting, account=account, team=cast.teams[post.team], since=SINCE, supervises=post.supervises)
        organisation.post_officer(acting, account=account, collar_number=post.collar, rank=post.rank, since=SINCE)
        if post.holds:
            organisation.enter_accreditation(
                acting, account=account, scheme=post.holds, portfolio=Portfolio.HELD, since=SINCE
            )  # fmt: skip
        cast.accounts[post.username] = account
    for team in TEAMS:
        if team.function is not None:
            organisation.establish_team(
                acting, team=cast.teams[team.key], function=team.function, since=SINCE,
                posts=sum(post.team == team.key for post in POSTS), area=areas[team.area] if team.area else None,
            )  # fmt: skip
    enter_partners(acting)
    offences.bring_up_to_date(acting)
    _crew(acting, cast, areas)
    return cast


def _crew(acting: Acting, cast: Cast, areas: dict[str, UUID]) -> None:
    for unit in UNITS:
        made = incidents.make_unit(
            acting, call_sign=unit.sign, area=areas[unit.area], base=cast.teams[unit.team], skills=unit.skills
        ).pk  # fmt: skip
        cast.units[unit.sign] = made
        for username in unit.crew:
            incidents.crew(acting, unit=made, account=cast.accounts[username])
        easting, northing = unit.at
        incidents.place_unit(acting, unit=made, easting=easting, northing=northing)
        state = UnitState.OFF_ROAD if unit.off_road else UnitState.FREE
        incidents.set_unit_status(acting, unit=made, on_duty=True, state=state, words=unit.off_road)


def cast_again(acting: Acting) -> Cast:
    """Return the cast of a force that was founded before."""
    return Cast(
        accounts={account.username: account.pk for account in known.accounts(acting)},
        teams={team.key: team.number for team in known.teams(acting)},
        units={unit.call_sign: unit.pk for unit in known_incidents.units(acting)},
    )
