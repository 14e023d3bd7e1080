"""Who acts, and who answers for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import F, Prefetch, Q, QuerySet

from watchward.foundation.access.models import Account, Holding, Membership, Opening, Suspension, Team
from watchward.foundation.access.roles import every_permission, permissions_of, roles
from watchward.foundation.acting import SYSTEM, Acting, Task, system
from watchward.foundation.records import NotHere, get
from watchward.kernel.periods import local_day

_TEAMS = """
with recursive mine as (
    select m.team_id, m.supervises, m.since from access_membership m
    where m.account_id = %(account)s::uuid
      and m.since <= %(day)s and (m.until is null or m.until > %(day)s)
), led as (
    select team_id from mine where supervises
    union
    select t.number from access_team t join led on t.parent_id = led.team_id
)
"""

# All that a request must know of its actor, in one round trip. Who acts is told in a statement of its own: within the
# same plan the policies of its tables may be asked before a CTE is run, as they are wherever the planner reads a small
# table from end to end, and then find nobody.
_LOAD = f"""
select set_config('watchward.actor', %(account)s, true);
{_TEAMS}select a.display_name, a.is_active, a.shortcuts, a.sign_ins_ended,
    array(select h.role from access_holding h where h.account_id = a.id and h.since <= %(day)s
          and (h.until is null or h.until > %(day)s) order by h.role),
    array(select team_id from mine order by since desc, team_id),
    array(select team_id from led),
    array(select o.record from access_opening o where o.account_id = a.id and o.until > %(at)s)
from access_account a where a.id = %(account)s::uuid
"""  # noqa: S608 - no value in it


def acting_as(
    account: UUID, *, at: datetime, day_of: datetime | None = None, purpose: str = "", task: Task | None = None,
    channel: str = "web",
) -> Acting:  # fmt: skip
    """Return this account acting at this moment, with the roles and teams that it holds on that day.

    Args:
        account: its id.
        at: the moment, aware UTC.
        day_of: the moment whose Europe/London day picks roles and teams; ``at`` when not given.
        purpose: why.
        task: the record in hand.
        channel: where from.

    Raises:
        NotHere: no such account, or it is disabled.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOAD, {"account": str(account), "day": local_day(day_of or at), "at": at})
        cursor.nextset()
        row = cursor.fetchone()
    if row is None or not row[1]:
        raise NotHere("no such account")
    name, _active, shortcuts, ended, roles, own, led, opened = row
    return Acting(
        account=account,
        name=name,
        at=at,
        purpose=purpose,
        task=task,
        roles=frozenset(roles),
        permissions=permissions_of(roles),
        team=own[0] if own else None,
        teams=frozenset(own) | frozenset(led),
        supervises=frozenset(led),
        opened=frozenset(opened),
        shortcuts=shortcuts,
        sign_ins_ended=ended,
        channel=channel,
    )


@dataclass(frozen=True)
class Works:
    """What somebody else may do today, and where.

    Args:
        team: number of the team that they work in; None where they work in none.
        teams: numbers of the teams whose locked and sealed records are open to them.
    """

    account: UUID
    name: str
    permissions: frozenset[str]
    team: int | None
    teams: frozenset[int]


_WORKS = f"""
{_TEAMS}
select a.display_name,
    array(select h.role from access_holding h where h.account_id = a.id and h.since <= %(day)s
          and (h.until is null or h.until > %(day)s)),
    array(select team_id from mine order by since desc, team_id),
    array(select team_id from led)
from access_account a where a.id = %(account)s::uuid and a.is_active and not a.machine
"""  # noqa: S608 - no value in it


def works(acting: Acting, *, account: UUID) -> Works | None:
    """Return what somebody may do today, and where; None where nobody like this works here."""
    with connection.cursor() as cursor:
        cursor.execute(_WORKS, {"account": str(account), "day": local_day(acting.at)})
        row = cursor.fetchone()
    if row is None:
        return None
    name, held, own, led = row
    return Works(account, name, permissions_of(held), own[0] if own else None, frozenset(own) | frozenset(led))


def machinery(at: datetime, purpose: str, *, channel: str = "worker") -> Acting:
    """Return the force's own machinery, which may do all that some role may."""
    return system(at, purpose, permissions=every_permission(), channel=channel)


def accounts(acting: Acting) -> QuerySet[Account]:
    """Return everybody who may sign in, by name."""
    return Account.visible_to(acting).filter(is_active=True, machine=False).order_by("display_name")


def everybody(acting: Acting) -> QuerySet[Account]:
    """Return the account of everybody, disabled ones too; neither that of the machinery nor those of other systems."""
    return Account.visible_to(acting).filter(machine=False).exclude(pk=SYSTEM)


def account(acting: Acting, *, id_: UUID) -> Account:
    """Return one account."""
    return get(acting, Account, id_)


def names_of(acting: Acting, ids: set[UUID]) -> dict[UUID, str]:
    """Return the names of these accounts."""
    return dict(Account.visible_to(acting).filter(pk__in=ids).values_list("pk", "display_name"))


def teams(acting: Acting) -> QuerySet[Team]:
    """Return the teams of the force."""
    return Team.visible_to(acting).order_by("name")


def team(acting: Acting, *, key: str) -> Team:
    """Return a team by its key.

    Raises:
        NotHere: there is none.
    """
    found = Team.visible_to(acting).filter(key=key).first()
    if found is None:
        raise NotHere(f"no team {key}")
    return found


def members(acting: Acting, *, number: int) -> QuerySet[Membership]:
    """Return who works in a team today, supervisors first."""
    return (
        Membership.visible_to(acting)
        .filter(team__number=number, until__isnull=True)
        .select_related("account")
        .order_by("-supervises", "account__display_name")
    )


def holders(acting: Acting, *, role: str) -> QuerySet[Holding]:
    """Return who holds a role today."""
    return Holding.visible_to(acting).filter(role=role, until__isnull=True).select_related("account")


def openings_to_review(acting: Acting) -> QuerySet[Opening]:
    """Return openings of locked records of the teams that this person supervises, not yet reviewed."""
    return Opening.visible_to(acting).filter(reviewed_at__isnull=True).exclude(account_id=acting.account)


@dataclass(frozen=True)
class Persona:
    """Somebody invented, whom anybody may be in a demonstration."""

    account: UUID
    name: str
    role: str
    team: str


def personas(acting: Acting) -> list[Persona]:
    """Return the invented people, once each under their first role in the order of the force's table.

    Args:
        acting: the machinery, since nobody has signed in yet.
    """
    order = list(roles())
    held = (
        Holding.visible_to(acting)
        .filter(account__persona=True, account__is_active=True, until__isnull=True, role__in=order)
        .select_related("account")
        .order_by("account__display_name")
    )
    placed = (
        Membership.visible_to(acting)
        .filter(account__persona=True, until__isnull=True)
        .order_by("-since", "team_id")
        .values_list("account_id", "team__name")
    )
    teams: dict[UUID, str] = {}
    for account_id, name in placed:
        teams.setdefault(account_id, name)
    first: dict[UUID, Persona] = {}
    for holding in sorted(held, key=lambda each: order.index(each.role)):
        persona = Persona(
            holding.account_id, holding.account.display_name, holding.role, teams.get(holding.account_id, "")
        )
        first.setdefault(holding.account_id, persona)
    return list(first.values())


def home_of(acting: Acting) -> str:
    """Return the name of the page on which this person starts, by the first of their roles in the force's table."""
    return next((role.home for key, role in roles().items() if key in acting.roles), "work:mine")


def teams_named(acting: Acting, numbers: set[int | None]) -> dict[int | None, str]:
    """Return the names of these teams by number."""
    return dict(Team.visible_to(acting).filter(number__in=numbers - {None}).values_list("number", "name"))


def opening(acting: Acting, *, id_: UUID) -> Opening:
    """Return one opening of a locked record, with who opened and who reviewed it.

    Raises:
        NotHere: there is none that they may see.
    """
    found = Opening.visible_to(acting).select_related("account", "team", "reviewed_by").filter(pk=id_).first()
    if found is None:
        raise NotHere("no such opening")
    return found


@dataclass(frozen=True)
class Staff:
    """Somebody's place in a team today."""

    account: UUID
    name: str
    team: int
    team_name: str


def staff_of(acting: Acting, *, teams: frozenset[int]) -> list[Staff]:
    """Return who works in these teams today, supervisors first."""
    found = (
        Membership.visible_to(acting)
        .filter(team_id__in=sorted(teams), until__isnull=True, account__is_active=True)
        .order_by("-supervises", "account__display_name")
        .values_list("account_id", "account__display_name", "team__number", "team__name")
    )
    return [Staff(*row) for row in found]


def people_of(acting: Acting, *, teams: frozenset[int]) -> list[tuple[UUID, str]]:
    """Return who works in these teams today, once each: id and name."""
    return list(dict.fromkeys((each.account, each.name) for each in staff_of(acting, teams=teams)))


def roles_of(acting: Acting, *, account: UUID) -> list[Holding]:
    """Return every role that somebody holds or held: those that stand first, then the latest."""
    found = Holding.visible_to(acting).filter(account_id=account)
    return list(found.order_by(F("until").desc(nulls_first=True), "-since", "role"))


def places_of(acting: Acting, *, account: UUID) -> list[Membership]:
    """Return every team that somebody is or was in: those that stand first, then the latest."""
    found = Membership.visible_to(acting).filter(account_id=account).select_related("team")
    return list(found.order_by(F("until").desc(nulls_first=True), "-since", "team__name"))


def suspensions_of(acting: Acting, *, account: UUID) -> list[Suspension]:
    """Return each time that somebody was disabled, latest first."""
    found = Suspension.visible_to(acting).filter(account_id=account).select_related("by", "lifted_by")
    return list(found.order_by("-at"))


def found_staff(acting: Acting, *, typed: str, limit: int) -> list[Account]:
    """Return who may sign in or once might, by name, with the roles that they hold; all where nothing was typed.

    Args:
        acting: who asks.
        typed: words of a name or user name.
        limit: most people.
    """
    found = everybody(acting)
    if typed.strip():
        found = found.filter(pk__in=named_like(acting, typed=typed, limit=limit))
    standing_roles = Prefetch(
        "holdings", queryset=Holding.visible_to(acting).filter(until__isnull=True).order_by("role"), to_attr="held"
    )
    return list(found.order_by("display_name").prefetch_related(standing_roles)[:limit])


def named_like(acting: Acting, *, typed: str, limit: int = 20) -> list[UUID]:
    """Return accounts, disabled ones too, whose name or user name has these words in it."""
    found = Account.visible_to(acting)
    for word in typed.split():
        found = found.filter(Q(display_name__icontains=word) | Q(username__icontains=word))
    return list(found.order_by("display_name").values_list("pk", flat=True)[:limit])
