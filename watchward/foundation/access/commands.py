"""Teams, accounts and roles: made, changed and ended."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Max

from watchward.foundation.access.models import Account, Holding, Membership, Team
from watchward.foundation.access.roles import roles
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.foundation.records import get
from watchward.kernel.refusals import Refusal, Refused

ADMINISTER = "access.administer"


@command(needs=ADMINISTER)
def form_team(acting: Acting, *, key: str, name: str, since: date, parent: int | None = None) -> Team:
    """Form a team.

    Args:
        acting: who acts.
        key: stable short name.
        name: as people say it.
        since: its first day.
        parent: number of the team above it, whose supervisors also supervise this one.

    Raises:
        Refused: the key is taken.
    """
    everybody = Team.visible_to(acting)
    if everybody.filter(key=key).exists():
        raise Refused(Refusal(f"There is already a team called {key}.", field="key"))
    number = (everybody.aggregate(last=Max("number"))["last"] or 0) + 1
    return Team.objects.create(number=number, key=key, name=name, since=since, parent_id=parent)


@command(needs=ADMINISTER)
def open_account(acting: Acting, *, username: str, display_name: str, persona: bool = False) -> Account:
    """Open an account for somebody who will sign in.

    Args:
        acting: who acts.
        username: unique short name.
        display_name: as shown to others.
        persona: an invented person, whom anybody may be in a demonstration.

    Raises:
        Refused: the name is taken.
    """
    if Account.visible_to(acting).filter(username=username).exists():
        raise Refused(Refusal(f"There is already an account called {username}.", field="username"))
    account = Account(username=username, display_name=display_name, persona=persona, made_at=acting.at)
    account.set_unusable_password()
    account.save()
    return account


@command(needs=ADMINISTER)
def disable_account(acting: Acting, *, account: UUID) -> Account:
    """Disable an account: its next request is refused."""
    row = get(acting, Account, account)
    row.is_active = False
    row.save(update_fields=["is_active"])
    return row


@command(needs=ADMINISTER)
def give_role(acting: Acting, *, account: UUID, role: str, since: date) -> Holding:
    """Give somebody a role from a day.

    Raises:
        Refused: there is no such role, or they hold it already.
    """
    reasons = []
    if role not in roles():
        reasons.append(Refusal(f"There is no role called {role}.", field="role"))
    if Holding.visible_to(acting).filter(account_id=account, role=role, until__isnull=True).exists():
        reasons.append(Refusal("They hold this role already.", field="role"))
    if reasons:
        raise Refused(*reasons)
    return Holding.objects.create(account_id=account, role=role, since=since)


@command(needs=ADMINISTER)
def end_role(acting: Acting, *, account: UUID, role: str, until: date) -> Holding:
    """End a role that somebody holds; their next request is without it.

    Raises:
        Refused: they do not hold it.
    """
    held = Holding.visible_to(acting).filter(account_id=account, role=role, until__isnull=True).first()
    if held is None:
        raise Refused(Refusal("They do not hold this role.", field="role"))
    held.until = until
    held.save(update_fields=["until"])
    return held


@command(needs=ADMINISTER)
def join_team(acting: Acting, *, account: UUID, team: int, since: date, supervises: bool = False) -> Membership:
    """Place somebody in a team from a day, as one who supervises it or not."""
    return Membership.objects.create(account_id=account, team_id=team, since=since, supervises=supervises)


@command(needs=ADMINISTER)
def leave_team(acting: Acting, *, account: UUID, team: int, until: date) -> Membership:
    """End somebody's place in a team.

    Raises:
        Refused: they are not in it.
    """
    place = Membership.visible_to(acting).filter(account_id=account, team__number=team, until__isnull=True).first()
    if place is None:
        raise Refused(Refusal("They are not in this team.", field="team"))
    place.until = until
    place.save(update_fields=["until"])
    return place


@command(needs=None)
def set_shortcuts(acting: Acting, *, on: bool) -> Account:
    """Turn one's own keyboard shortcuts on or off (WCAG 2.1.4)."""
    row = get(acting, Account, acting.account)
    row.shortcuts = on
    row.save(update_fields=["shortcuts"])
    return row


@command(needs=None)
def sign_in(acting: Acting) -> None:
    """Sign in: the log keeps who, from where and at what true time."""


@command(needs=None)
def sign_out(acting: Acting) -> None:
    """Sign out, or be signed out: the purpose says which."""
