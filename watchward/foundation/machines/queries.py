"""Reading clients: who calls, which there are, and until when their secrets last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from watchward.foundation.access.context import as_engine
from watchward.foundation.access.models import Holding
from watchward.foundation.access.queries import acting_as
from watchward.foundation.access.roles import permissions_of
from watchward.foundation.acting import Acting
from watchward.foundation.machines.models import Client, Secret
from watchward.foundation.machines.secrets import Token
from watchward.foundation.records import NotHere, get, standing
from watchward.kernel.periods import local_day

# Who calls is told first, in a statement of its own, so that the client's own secrets can be read; whoever sent no
# secret of it is nobody, and the transaction of this statement ends with it. A client that is known is counted in
# the same breath: its one row is held for the length of this statement and not of the request.
_KNOWN = """
select set_config('watchward.actor', %(account)s, true);
with known as (
    select c.account_id, c.owner_id, c.purpose, c.scopes, c.a_minute, c.name,
        array(select h.role from access_holding h where h.account_id = c.owner_id and h.since <= %(day)s
              and (h.until is null or h.until > %(day)s)) as roles
    from machines_client c
    join access_account a on a.id = c.account_id and a.is_active
    join access_account o on o.id = c.owner_id and o.is_active
    where c.account_id = %(account)s::uuid and exists (
        select from machines_secret s
        where s.account_id = c.account_id and s.digest = %(digest)s and s.ends_at > %(real)s
    )
), counted as (
    insert into machines_window as w (account_id, minute, count) select account_id, %(minute)s, 1 from known
    on conflict (account_id) do update set minute = excluded.minute,
        count = case when w.minute = excluded.minute then least(w.count, 1000000) + 1 else 1 end
    returning count
)
select k.name, k.purpose, k.scopes, k.roles, k.a_minute, (select count from counted) from known k
"""


@dataclass(frozen=True)
class Caller:
    """A client that has proved who it is.

    Args:
        account: that it acts as.
        name: of the client.
        purpose: why it calls, as its owner said.
        permissions: the scopes lent to it that its owner holds today.
        a_minute: how often it may call in a minute.
        calls: how often it has in this one.
    """

    account: UUID
    name: str
    purpose: str
    permissions: frozenset[str]
    a_minute: int
    calls: int

    def acting(self, at: datetime) -> Acting:
        """Return this client acting at a moment, within the transaction of its call.

        Raises:
            NotHere: it has been disabled since.
        """
        acting = acting_as(self.account, at=at, purpose=self.purpose, channel="api")
        return replace(acting, permissions=self.permissions, roles=frozenset())


def caller(token: Token, *, at: datetime, real: datetime) -> Caller | None:
    """Return which client this token is of, and count its call; None where it is of none, over, or disabled.

    Args:
        token: as it was sent.
        at: the force's time, whose Europe/London day picks the roles of the owner.
        real: true time, by which secrets end and minutes are counted.
    """
    given: dict[str, Any] = {
        "account": str(token.account), "digest": token.digest, "real": real, "day": local_day(at),
        "minute": int(real.timestamp()) // 60,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, given)
        cursor.nextset()
        row = cursor.fetchone()
    if row is None:
        return None
    name, purpose, scopes, roles, a_minute, calls = row
    lent = frozenset(scopes) & permissions_of(roles)
    return Caller(token.account, name, purpose, lent, a_minute, calls)


def clients(acting: Acting) -> QuerySet[Client]:
    """Return the clients, by name, each with its account and whoever answers for it."""
    return Client.visible_to(acting).select_related("account", "owner").order_by("name")


def client(acting: Acting, *, id_: UUID) -> Client:
    """Return one client.

    Raises:
        NotHere: there is none.
    """
    return get(acting, Client, id_)


def named(acting: Acting, *, name: str) -> Client:
    """Return the client of this name.

    Raises:
        NotHere: there is none.
    """
    found = clients(acting).filter(name=name).first()
    if found is None:
        raise NotHere(f"no client {name}")
    return found


def held_by(acting: Acting, *, account: UUID) -> frozenset[str]:
    """Return what somebody may do today: of what was lent in their name, a client has only what is among it."""
    holdings = Holding.visible_to(acting).filter(standing(local_day(acting.at)), account_id=account)
    return permissions_of(holdings.values_list("role", flat=True))


def secrets_of(acting: Acting, *, accounts: Iterable[UUID], real: datetime) -> dict[UUID, list[datetime]]:
    """Return until when the secrets of these clients last that are good now, the last to end first.

    Args:
        acting: who asks; a secret itself is known to nobody.
        accounts: of the clients.
        real: true time.
    """
    found: dict[UUID, list[datetime]] = {}
    with as_engine(acting) as engine:
        rows = Secret.visible_to(engine).filter(account__in=list(accounts), ends_at__gt=real).order_by("-ends_at")
        for account, ends_at in rows.values_list("account_id", "ends_at"):
            found.setdefault(account, []).append(ends_at)
    return found
