"""Who is away and who stands in for them: said by themselves or by who supervises them, and over by itself."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from watchward.foundation.access import queries
from watchward.foundation.access.context import as_engine
from watchward.foundation.access.models import Absence, Account
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command, current
from watchward.foundation.records import NotHere
from watchward.foundation.statements import as_array, send
from watchward.kernel.refusals import Refusal, refuse_if


@command(needs=None)
def record(
    acting: Acting, *, account: UUID, kind: str, since_at: datetime | None, until_at: datetime | None,
    cover: UUID | None = None,
) -> Absence:  # fmt: skip
    """Record that somebody is or will be away; from then on what would newly be theirs goes to whoever stands in.

    Args:
        acting: they themselves, or who supervises their team.
        account: who is away.
        kind: one of ``Absence.Kind``; why, beyond that, is not kept.
        since_at: from when, aware UTC.
        until_at: until when, aware UTC.
        cover: who stands in for them; their team where nobody is named.

    Raises:
        Refused: with every reason.
        NotHere: nobody like this works here.
    """
    who = queries.works(acting, account=account)
    if who is None:
        raise NotHere("nobody like this works here")
    reasons = []
    if account != acting.account and (who.team is None or who.team not in acting.supervises):
        reasons.append(Refusal("They say it themselves, or who supervises their team.", code="not-theirs"))
    if kind not in Absence.Kind.values:
        reasons.append(Refusal("Say what kind of absence it is.", field="kind"))
    if since_at is None:
        reasons.append(Refusal("Say from when.", field="since_at"))
    if until_at is None:
        reasons.append(Refusal("Say until when.", field="until_at"))
    elif until_at <= max(since_at or acting.at, acting.at):
        reasons.append(Refusal("Until when must be after from when, and still to come.", field="until_at"))
    reasons += _why_not_cover(acting, account=account, cover=cover)
    if since_at is not None and until_at is not None and _overlaps(acting, account, since_at, until_at):
        reasons.append(Refusal("They are recorded as away within this time already.", field="since_at"))
    refuse_if(reasons)
    assert since_at is not None and until_at is not None  # noqa: S101, PT018 - refused otherwise
    return Absence.objects.create(
        account_id=account, team_id=who.team, kind=kind, since_at=since_at, until_at=until_at, cover_id=cover,
        at=acting.at, by_id=acting.account,
    )  # fmt: skip


def _why_not_cover(acting: Acting, *, account: UUID, cover: UUID | None) -> list[Refusal]:
    if cover is None:
        return []
    if cover == account:
        return [Refusal("Somebody else must stand in for them.", field="cover")]
    known = Account.visible_to(acting).filter(pk=cover, is_active=True, machine=False).exists()
    return [] if known else [Refusal("Choose somebody who works here.", field="cover")]


def _overlaps(acting: Acting, account: UUID, since_at: datetime, until_at: datetime) -> bool:
    rows = Absence.visible_to(acting).filter(account_id=account, since_at__lt=until_at, until_at__gt=since_at)
    return rows.exists()


@command(needs=None)
def end(acting: Acting, *, absence: UUID) -> Absence:
    """End an absence now, or take it back where it has not begun: they are here.

    Raises:
        Refused: it is over, or somebody else's to say.
        NotHere: there is none that they may see.
    """
    row = Absence.visible_to(acting).select_for_update().filter(pk=absence).first()
    if row is None:
        raise NotHere("no such absence")
    reasons = []
    if row.account_id != acting.account and row.team_id not in acting.supervises:
        reasons.append(Refusal("They say it themselves, or who supervises their team.", code="not-theirs"))
    if row.until_at <= acting.at:
        reasons.append(Refusal("This is over already."))
    refuse_if(reasons)
    if row.since_at >= acting.at:
        row.delete()
        return row
    row.until_at = acting.at
    row.save(update_fields=["until_at"])
    return row


def absence(acting: Acting, *, id_: UUID) -> Absence:
    """Return one absence.

    Raises:
        NotHere: there is none that they may see.
    """
    found = Absence.visible_to(acting).select_related("account", "cover", "by").filter(pk=id_).first()
    if found is None:
        raise NotHere("no such absence")
    return found


def to_come(acting: Acting) -> QuerySet[Absence]:
    """Return who is or will be away, as far as the reader may see, soonest first."""
    rows = Absence.visible_to(acting).filter(until_at__gt=acting.at)
    return rows.select_related("account", "cover").order_by("since_at", "id")


def away_until(acting: Acting, *, account: UUID) -> datetime | None:
    """Return until when somebody is away now, whoever asks; why is not told."""
    with as_engine(acting, command=_open_command()) as engine:
        rows = Absence.visible_to(engine).filter(account_id=account, since_at__lte=acting.at, until_at__gt=acting.at)
        return rows.order_by("-until_at").values_list("until_at", flat=True).first()


def _open_command() -> str:
    try:
        return str(current().id)
    except RuntimeError:
        return ""


_AWAY = """
select account_id, cover_id from access_absence
where account_id = any(%s) and since_at <= %s and until_at > %s
"""


def covers(engine: Acting, accounts: Collection[UUID]) -> dict[UUID, UUID | None]:
    """Return which of these people are away now, each with who stands in for them.

    Args:
        engine: who sees all.
        accounts: of whom it is asked.

    Returns:
        By whoever is away: who stands in, or None for their team, as where that person is away too.
    """
    if not accounts:
        return {}
    found = {row[0]: row[1] for row in send(_AWAY, [as_array(accounts), engine.at, engine.at])}
    standing = {cover for cover in found.values() if cover is not None} - set(accounts)
    away = {row[0] for row in send(_AWAY, [as_array(standing), engine.at, engine.at])} if standing else set()
    return {who: cover if cover not in away and cover not in found else None for who, cover in found.items()}
