"""Making clients, rotating their secrets, and disabling them at once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from watchward.foundation.access.commands import ADMINISTER
from watchward.foundation.access.context import as_engine
from watchward.foundation.access.models import Account
from watchward.foundation.access.queries import acting_as
from watchward.foundation.access.suspending import lift, suspend
from watchward.foundation.acting import SYSTEM, Acting
from watchward.foundation.commands import command, current
from watchward.foundation.machines.models import Client, Secret
from watchward.foundation.machines.vocabulary import A_MINUTE, KEEP, MOST_A_MINUTE, NEVER_LENT, OVERLAP, SECRET_LASTS
from watchward.foundation.records import get
from watchward.kernel.refusals import Refusal, refuse_if


def why_not_lend(acting: Acting, *, owner: Acting, scopes: Collection[str]) -> tuple[Refusal, ...]:
    """Return every reason why these scopes may not be lent to a client of this owner."""
    found = []
    if acting.account not in (owner.account, SYSTEM):
        found.append(Refusal("Whoever answers for a client makes it: nobody lends what another holds.", field="owner"))
    if not owner.may(KEEP):
        found.append(Refusal(f"{owner.name} may not keep clients.", field="owner", code="denied"))
    if not scopes:
        found.append(Refusal("Choose at least one scope.", field="scopes"))
    found += [
        Refusal(f"{scope} is never lent to a client.", field="scopes")
        if scope in NEVER_LENT
        else Refusal(f"{owner.name} does not hold {scope}, so a client of theirs cannot.", field="scopes")
        for scope in sorted(scopes)
        if scope in NEVER_LENT or not owner.may(scope)
    ]
    return tuple(found)


@command(needs=KEEP)
def make_client(
    acting: Acting, *, name: str, purpose: str, scopes: Collection[str], owner: UUID | None = None,
    a_minute: int = A_MINUTE,
) -> Client:  # fmt: skip
    """Make a client for another system, with scopes that whoever makes it holds; it has no secret yet.

    Args:
        acting: who makes it and answers for it.
        name: of the system.
        purpose: why it calls: this stands on each of its traces.
        scopes: the permissions lent to it; at each call it has those of them that its owner holds that day.
        owner: who answers for it; oneself unless the machinery makes it.
        a_minute: how often it may call in a minute.

    Raises:
        Refused: the name is taken or missing, no purpose is said, or a scope is not the owner's to lend.
    """
    held = acting
    if owner is not None and owner != acting.account:
        with as_engine(acting, command=str(current().id)):  # reading what they hold tells the database another actor
            held = acting_as(owner, at=acting.at)
    name, purpose = name.strip(), purpose.strip()
    reasons = [*why_not_lend(acting, owner=held, scopes=scopes)]
    if not name or len(name) > 80:
        reasons.append(Refusal("Give it a name of at most 80 characters.", field="name"))
    elif Client.visible_to(acting).filter(name=name).exists():
        reasons.append(Refusal(f"There is already a client called {name}.", field="name"))
    if not purpose or len(purpose) > 200:
        reasons.append(Refusal("Say why it calls, in at most 200 characters.", field="purpose"))
    if not 1 <= a_minute <= MOST_A_MINUTE:
        reasons.append(Refusal(f"It may call between 1 and {MOST_A_MINUTE} times a minute.", field="a_minute"))
    refuse_if(reasons)
    account = Account(display_name=name, made_at=acting.at, machine=True)
    account.username = f"client-{account.pk.hex[-12:]}"
    account.set_unusable_password()
    account.save()
    return Client.objects.create(
        account=account, owner_id=held.account, name=name, purpose=purpose, scopes=sorted(set(scopes)),
        a_minute=a_minute, made_at=acting.at,
    )  # fmt: skip


@command(needs=KEEP)
def rotate_secret(
    acting: Acting, *, client: UUID, digest: str, at: datetime, overlap: timedelta = OVERLAP,
    lasts: timedelta = SECRET_LASTS,
) -> Secret:  # fmt: skip
    """Give a client a new secret; the one before goes on for a day, and any older one ends now.

    Args:
        acting: who answers for the client.
        client: its id.
        digest: SHA-256 of the secret, hexadecimal; the secret itself is shown once and kept nowhere.
        at: true time.
        overlap: how long the one before goes on; none at all where it has become known.
        lasts: how long the new one is good.

    Raises:
        Refused: it is another's client, or disabled.
        NotHere: there is no such client.
    """
    row = get(acting, Client, client)
    reasons = []
    if acting.account not in (row.owner_id, SYSTEM):
        reasons.append(Refusal("Whoever answers for a client rotates its secret.", code="owner"))
    if not get(acting, Account, row.account_id).is_active:
        reasons.append(Refusal(f"{row.name} is disabled.", code="wrong-state"))
    refuse_if(reasons)
    with as_engine(acting, command=str(current().id)) as engine:
        good = Secret.visible_to(engine).filter(account_id=row.account_id, ends_at__gt=at).order_by("-made_at", "-pk")
        for place, before in enumerate(good.select_for_update()):
            before.ends_at = max(before.made_at, min(before.ends_at, at + overlap if place == 0 else at))
            before.save(update_fields=["ends_at"])
        return Secret.objects.create(account_id=row.account_id, digest=digest, made_at=at, ends_at=at + lasts)


def _why_not_switch(acting: Acting, row: Client, reason: str) -> list[Refusal]:
    found = []
    if acting.account not in (row.owner_id, SYSTEM) and not acting.may(ADMINISTER):
        found.append(Refusal("Whoever answers for a client, or an administrator, does this.", code="owner"))
    if not reason.strip() or len(reason.strip()) > 400:
        found.append(Refusal("Say why in 400 characters.", field="reason"))
    return found


@command(needs=KEEP)
def disable_client(acting: Acting, *, client: UUID, reason: str, at: datetime) -> Client:
    """Disable a client with a reason: its next call is refused, and its secrets are worth nothing any more.

    Args:
        acting: its owner or an administrator.
        client: its id.
        reason: why.
        at: true time.

    Raises:
        Refused: there is no reason, it is disabled already, or it is another's.
        NotHere: there is no such client.
    """
    row = get(acting, Client, client)
    account = get(acting, Account, row.account_id)
    reasons = _why_not_switch(acting, row, reason)
    if not account.is_active:
        reasons.append(Refusal(f"{row.name} is disabled already.", code="wrong-state"))
    refuse_if(reasons)
    suspend(acting, account, reason=reason)
    with as_engine(acting, command=str(current().id)) as engine:
        for good in Secret.visible_to(engine).filter(account_id=row.account_id, ends_at__gt=at).select_for_update():
            good.ends_at = max(good.made_at, at)
            good.save(update_fields=["ends_at"])
    return row


@command(needs=KEEP)
def enable_client(acting: Acting, *, client: UUID, reason: str) -> Client:
    """Let a client that was disabled call again, once it is given a new secret.

    Raises:
        Refused: there is no reason, it is not disabled, or it is another's.
        NotHere: there is no such client.
    """
    row = get(acting, Client, client)
    account = get(acting, Account, row.account_id)
    reasons = _why_not_switch(acting, row, reason)
    if account.is_active:
        reasons.append(Refusal(f"{row.name} is not disabled.", code="wrong-state"))
    refuse_if(reasons)
    lift(acting, account, reason=reason)
    return row
