"""What lasts from a day until a day: ending a number, a home or a tie, and correcting its days, with the reason."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from watchward.domains.people import rules
from watchward.domains.people.commands.upkeep import own, retoken
from watchward.domains.people.models import ContactNumber, Relationship, Residence
from watchward.domains.people.vocabulary import Lasting, Permission
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.kernel.periods import local_day
from watchward.kernel.refusals import Refusal, refuse_if

Row = ContactNumber | Residence | Relationship

TABLES: dict[Lasting, type[Row]] = {
    Lasting.NUMBER: ContactNumber,
    Lasting.HOME: Residence,
    Lasting.TIE: Relationship,
}


@command(needs=Permission.RECORD)
def end_number(acting: Acting, *, contact: UUID, until: date, reason: str) -> ContactNumber:
    """Say that somebody no longer has a number; it stays on record as one they had.

    Args:
        acting: who says so.
        contact: id of the number as theirs.
        until: the last day on which it was theirs.
        reason: how that is known.

    Raises:
        Refused: with every reason.
    """
    row = own(acting, ContactNumber, contact)
    _end(acting, row, until=until, reason=reason)
    return row


@command(needs=Permission.RECORD)
def move_out(acting: Acting, *, residence: UUID, until: date, reason: str) -> Residence:
    """Say that somebody no longer lives at an address; it stays on record as one where they lived.

    Args:
        acting: who says so.
        residence: id of the home.
        until: the last day on which they lived there.
        reason: how that is known.

    Raises:
        Refused: with every reason.
    """
    row = own(acting, Residence, residence)
    _end(acting, row, until=until, reason=reason)
    return row


@command(needs=Permission.RECORD)
def unrelate(acting: Acting, *, relationship: UUID, until: date, reason: str) -> Relationship:
    """Say that a relationship ended; it stays on record as one that was.

    Args:
        acting: who says so.
        relationship: id of the tie.
        until: its last day.
        reason: how that is known.

    Raises:
        Refused: with every reason.
    """
    row = own(acting, Relationship, relationship)
    _end(acting, row, until=until, reason=reason)
    return row


def _end(acting: Acting, row: Row, *, until: date, reason: str) -> None:
    today = local_day(acting.at)
    reasons = list(rules.why_not_last(since=row.since, until=until, reason=reason, today=today))
    if row.until is not None:
        reasons.append(Refusal("This has ended already. Correct its days instead.", code="ended"))
    refuse_if(reasons)
    _write(acting, row, since=row.since, until=until, reason=reason)


@command(needs=Permission.RECORD)
def correct_days(
    acting: Acting, *, what: Lasting, row: UUID, since: date | None, until: date | None, reason: str
) -> Row:
    """Correct the days from which and until which a number, a home or a tie stood; without a last day it stands.

    Args:
        acting: who corrects them.
        what: which of the three.
        row: its id.
        since: its first day, None where nobody knows.
        until: its last day, None while it stands.
        reason: what was wrong with the days before.

    Raises:
        Refused: with every reason; among them that another such one stands already.
    """
    stands = own(acting, TABLES[what], row)
    reasons = list(rules.why_not_last(since=since, until=until, reason=reason, today=local_day(acting.at)))
    if (stands.since, stands.until) == (since, until):
        reasons.append(Refusal("These are the days that stand.", field="since", code="same"))
    if until is None and stands.until is not None and _twin(acting, stands):
        reasons.append(Refusal("Another one of these stands already. End that first.", field="until", code="twin"))
    refuse_if(reasons)
    _write(acting, stands, since=since, until=until, reason=reason)
    return stands


def _twin(acting: Acting, row: Row) -> bool:
    """Return whether what ended would stand twice if it stood again."""
    match row:
        case ContactNumber():
            rows: QuerySet[Any] = ContactNumber.visible_to(acting).filter(person=row.person_id, number=row.number_id)
        case Residence():
            rows = Residence.visible_to(acting).filter(person=row.person_id, place=row.place_id, place__isnull=False)
        case Relationship():
            rows = Relationship.visible_to(acting).filter(one=row.one_id, other=row.other_id, kind=row.kind)
    return rows.filter(until__isnull=True).exclude(pk=row.pk).exists()


def _write(acting: Acting, row: Row, *, since: date | None, until: date | None, reason: str) -> None:
    row.since, row.until, row.days_because = since, until, reason.strip()
    row.save(update_fields=["since", "until", "days_because"])
    if not isinstance(row, Relationship):
        retoken(acting, row.person)
