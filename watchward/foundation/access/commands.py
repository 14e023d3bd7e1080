"""Teams, accounts and roles: made, changed and ended."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Max

from watchward.foundation.access.context import as_engine
from watchward.foundation.access.models import Account, Holding, KnownDevice, Membership, SignInCode, Team
from watchward.foundation.access.roles import roles
from watchward.foundation.access.suspending import lift, suspend
from watchward.foundation.access.tries import Source, why_not_try
from watchward.foundation.acting import SYSTEM, Acting
from watchward.foundation.commands import command, current
from watchward.foundation.records import get
from watchward.kernel.periods import local_day
from watchward.kernel.refusals import Refusal, Refused, refuse_if

ADMINISTER = "access.administer"

ADMINISTRATORS = 0x77_77_61_64_6D
"""An advisory lock: whether somebody is the last administrator is asked by one at a time."""


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
def disable_account(acting: Acting, *, account: UUID, reason: str) -> Account:
    """Disable an account with a reason: its next request is refused, and every sign-in of it is over for good.

    Raises:
        Refused: there is no reason, it is disabled already, or nobody else could administer.
        NotHere: there is no such account.
    """
    row = get(acting, Account, account)
    reasons = _why_not_say(reason)
    if not row.is_active:
        reasons.append(Refusal(f"{row.display_name} is disabled already."))
    elif _is_last_administrator(acting, account):
        reasons.append(LAST_ADMINISTRATOR)
    refuse_if(reasons)
    suspend(acting, row, reason=reason)
    return row


@command(needs=ADMINISTER)
def enable_account(acting: Acting, *, account: UUID, reason: str) -> Account:
    """Let somebody who was disabled sign in again; nobody lifts this for themselves.

    Raises:
        Refused: there is no reason, they are not disabled, or it is oneself.
        NotHere: there is no such account.
    """
    row = get(acting, Account, account)
    reasons = _why_not_say(reason)
    if row.is_active:
        reasons.append(Refusal(f"{row.display_name} is not disabled."))
    if account == acting.account or account == SYSTEM:
        reasons.append(Refusal("Somebody else lifts what was laid on you.", code="oneself"))
    refuse_if(reasons)
    lift(acting, row, reason=reason)
    return row


def _why_not_say(reason: str) -> list[Refusal]:
    if not reason.strip():
        return [Refusal("Say why.", field="reason")]
    return [Refusal("Say why in 400 characters.", field="reason")] if len(reason.strip()) > 400 else []


NOT_ONESELF = Refusal("Nobody gives themselves a role or a team: another administrator does.", code="oneself")
LAST_ADMINISTRATOR = Refusal(
    "Nobody else could administer the force. Make somebody else an administrator first.", code="last-administrator"
)


def _is_last_administrator(acting: Acting, account: UUID, *, but: str = "") -> bool:
    """Return whether nobody could administer without this person; one at a time, so that two cannot remove each other.

    Args:
        acting: who acts.
        account: whose place is taken away.
        but: the role that is taken away; all of theirs where none is named.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [ADMINISTRATORS])
    administer = [key for key, role in roles().items() if ADMINISTER in role.permissions]
    held = Holding.visible_to(acting).filter(
        role__in=administer, since__lte=local_day(acting.at), until__isnull=True, account__is_active=True
    )
    theirs = {"account_id": account, "role": but} if but else {"account_id": account}
    return held.filter(**theirs).exists() and not held.exclude(**theirs).exists()


@command(needs=ADMINISTER)
def give_role(acting: Acting, *, account: UUID, role: str, since: date) -> Holding:
    """Give somebody else a role from a day.

    Raises:
        Refused: there is no such role, they hold it already, or it is oneself.
    """
    reasons = []
    if account == acting.account:
        reasons.append(NOT_ONESELF)
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
        Refused: they do not hold it, or nobody else could administer.
    """
    held = Holding.visible_to(acting).filter(account_id=account, role=role, until__isnull=True).first()
    if held is None:
        raise Refused(Refusal("They do not hold this role.", field="role"))
    if _is_last_administrator(acting, account, but=role):
        raise Refused(LAST_ADMINISTRATOR)
    held.until = max(until, held.since)  # one that was still to come never counts
    held.save(update_fields=["until"])
    return held


@command(needs=ADMINISTER)
def join_team(acting: Acting, *, account: UUID, team: int, since: date, supervises: bool = False) -> Membership:
    """Place somebody else in a team from a day, as one who supervises it or not.

    Raises:
        Refused: they are in it already, or it is oneself.
    """
    reasons = []
    if account == acting.account:
        reasons.append(NOT_ONESELF)
    if Membership.visible_to(acting).filter(account_id=account, team__number=team, until__isnull=True).exists():
        reasons.append(Refusal("They are in this team already.", field="team"))
    refuse_if(reasons)
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
    place.until = max(until, place.since)
    place.save(update_fields=["until"])
    return place


@command(needs=ADMINISTER)
def give_code(acting: Acting, *, account: UUID, digest: str, at: datetime, lasts: timedelta) -> SignInCode:
    """Let somebody else sign in once with a code; a code of theirs that was not used is worth nothing any more.

    Args:
        acting: who acts.
        account: whose.
        digest: SHA-256 of the code, hexadecimal; the code itself is shown once and kept nowhere.
        at: true time.
        lasts: for how long.

    Raises:
        Refused: they are disabled.
        NotHere: there is no such account.
    """
    row = get(acting, Account, account)
    if not row.is_active:
        raise Refused(Refusal(f"{row.display_name} is disabled."))
    with as_engine(acting, command=str(current().id)) as engine:
        SignInCode.visible_to(engine).filter(account=row, used_at__isnull=True, ends_at__gt=at).update(ends_at=at)
        return SignInCode.objects.create(account=row, digest=digest, made_at=at, ends_at=at + lasts)


@command(needs=None)
def redeem_code(acting: Acting, *, digest: str, at: datetime, source: Source) -> UUID:
    """Use up a sign-in code, and say whose it was.

    Args:
        acting: the machinery: nobody has signed in yet.
        digest: SHA-256 of what was typed, hexadecimal.
        at: true time.
        source: from where.

    Raises:
        Refused: it is unknown, used, or over, or its person is disabled or invented: the same words for each;
            or too many from there were wrong.
    """
    with as_engine(acting, command=str(current().id)) as engine:
        refuse_if(why_not_try(engine, account=None, source=source, at=at))
        codes = SignInCode.visible_to(engine).select_for_update(of=("self",)).select_related("account")
        row = codes.filter(digest=digest, used_at__isnull=True, ends_at__gt=at).first()
        if row is None or not row.account.is_active or row.account.persona:
            raise Refused(Refusal("This code does not sign anybody in: it is mistyped, used or over.", field="code"))
        row.used_at = at
        row.save(update_fields=["used_at"])
        return row.account_id


@command(needs=None)
def set_shortcuts(acting: Acting, *, on: bool) -> Account:
    """Turn one's own keyboard shortcuts on or off (WCAG 2.1.4)."""
    row = get(acting, Account, acting.account)
    row.shortcuts = on
    row.save(update_fields=["shortcuts"])
    return row


@command(needs=None)
def sign_in(acting: Acting, *, device: str = "", at: datetime | None = None) -> None:
    """Sign in: the log keeps who, from where and at what true time.

    Args:
        acting: who.
        device: digest of the mark of their browser, which is known from now on; empty for an invented person.
        at: true time, where a browser is to be known.
    """
    if device and at is not None:
        KnownDevice.objects.get_or_create(account_id=acting.account, digest=device, defaults={"made_at": at})


@command(needs=None)
def sign_out(acting: Acting) -> None:
    """Sign out, or be signed out: the purpose says which."""
