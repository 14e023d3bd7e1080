"""Founding the force of a home: areas, teams, first people and confirmed policies, all of it or nothing."""

from __future__ import annotations

from django.db import connection

from watchward.domains.organisation import rules
from watchward.domains.organisation.commands.working import establish_team, open_area, post_officer
from watchward.domains.organisation.models import Force, Policy
from watchward.domains.organisation.vocabulary import Permission, Plan
from watchward.foundation.access import commands as accounts
from watchward.foundation.access import queries as access
from watchward.foundation.access.roles import roles
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.kernel.periods import local_day
from watchward.kernel.refusals import Refusal, refuse_if

FOUNDING = 0x77_77_66_6F_75_6E_64
"""An advisory lock: a force is founded by one at a time."""


def why_not_found(acting: Acting, *, plan: Plan) -> tuple[Refusal, ...]:
    """Return every reason why a force may not be founded here and so."""
    reasons = []
    stands = Force.visible_to(acting).first()
    if stands is not None:
        words = f"This home holds {stands.name}, founded on {local_day(stands.founded_at):%-d %B %Y} from another file."
        reasons.append(Refusal(f"{words} What has changed since is changed on its pages, or by `watchward import`."))
    elif access.accounts(acting).exists():
        words = "This home holds a force that was not founded from a file, such as the demonstration."
        reasons.append(Refusal(f"{words} Found yours in a WATCHWARD_HOME of its own."))
    administers = {key for key, role in roles().items() if role.permissions >= {accounts.ADMINISTER, *Permission}}
    today = local_day(acting.at)
    return (*reasons, *rules.why_not_found(plan, roles=roles().keys(), administers=administers, today=today))


@command(needs=Permission.ADMINISTER)
def found(acting: Acting, *, plan: Plan) -> Force:
    """Found the force of this home: its areas, teams, first people and confirmed policies, all of it or nothing.

    The same file again changes nothing.

    Raises:
        Refused: with every reason; the field of each is its place in the file.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [FOUNDING])
    stands = Force.visible_to(acting).filter(digest=plan.digest).first()
    if stands is not None:
        return stands
    refuse_if(why_not_found(acting, plan=plan))
    since = plan.since
    areas = {
        area.key: open_area(acting, key=area.key, name=area.name, districts=area.districts, since=since).pk
        for area in plan.areas
    }
    teams: dict[str, int] = {}
    for team in plan.teams_in_order():
        above = teams[team.parent] if team.parent else None
        formed = accounts.form_team(acting, key=team.key, name=team.name, since=since, parent=above)
        teams[team.key] = formed.number
        if team.function:
            establish_team(
                acting, team=formed.number, function=team.function, posts=team.posts or 0, since=since,
                area=areas[team.area] if team.area else None,
            )  # fmt: skip
    for one in plan.people:
        account = accounts.open_account(acting, username=one.username, display_name=one.name).pk
        post_officer(
            acting, account=account, collar_number=one.collar_number, rank=one.rank, since=since, post=one.post,
            area=areas[one.area] if one.area else None,
        )  # fmt: skip
        for role in one.roles:
            accounts.give_role(acting, account=account, role=role, since=since)
        for key in dict.fromkeys((*one.teams, *one.supervises)):
            accounts.join_team(
                acting, account=account, team=teams[key], since=since, supervises=key in one.supervises
            )  # fmt: skip
    for policy in plan.policies:
        Policy.objects.create(title=policy.title, in_force=policy.in_force, value=policy.value, cite=policy.cite)
    return Force.objects.create(name=plan.name, since=since, digest=plan.digest, founded_at=acting.at)
