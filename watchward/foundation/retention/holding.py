"""Laying holds, looking at them again and ending them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import connection

from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.foundation.records import NotHere, Record
from watchward.foundation.retention import queries
from watchward.foundation.retention.laying import HOLDING
from watchward.foundation.retention.models import Held, Hold
from watchward.foundation.retention.vocabulary import Permission, Source
from watchward.kernel.refusals import Refusal, Refused, refuse_if


@command(needs=Permission.HOLD)
def lay_hold(
    acting: Acting, *, source: str, matter: str, reason: str, since: date, review_on: date | None,
    records: Sequence[str],
) -> Hold:  # fmt: skip
    """Hold records: while it stands, none of them can be disposed of and nothing of their history erased.

    Args:
        acting: who lays it.
        source: why, one of the sources.
        matter: by which reference the matter is known; no names.
        reason: what must not be lost, and why.
        since: from which day.
        review_on: by when somebody looks at it again.
        records: references.

    Raises:
        Refused: with every reason, among them each reference that is not on record.
    """
    reasons = []
    if source not in list(Source):
        reasons.append(Refusal("Choose why it is held.", field="source", code="no-source"))
    if not matter.strip():
        reasons.append(Refusal("Say for which matter.", field="matter", code="no-matter"))
    if len(reason.split()) < 3:
        reasons.append(Refusal("Say what must not be lost, and why.", field="reason", code="no-reason"))
    if since > queries.today(acting):
        reasons.append(Refusal("A hold begins today at the latest.", field="since", code="future"))
    if review_on is None or review_on <= max(since, queries.today(acting)):
        reasons.append(Refusal("Say by which later day it is looked at again.", field="review_on", code="no-day"))
    found, missing = _records(acting, records)
    reasons += missing
    if not found and not missing:
        reasons.append(Refusal("Name at least one record.", field="records", code="no-records"))
    refuse_if(reasons)
    assert review_on is not None  # noqa: S101 - refused above
    hold = Hold.objects.create(
        source=source, matter=matter.strip(), reason=reason.strip(), since=since, review_on=review_on,
        laid_at=acting.at, laid_by_id=acting.account,
    )  # fmt: skip
    _hold(acting, hold, found)
    return hold


def _records(acting: Acting, references: Sequence[str]) -> tuple[dict[UUID, tuple[str, Record]], list[Refusal]]:
    found: dict[UUID, tuple[str, Record]] = {}
    missing = []
    for reference in dict.fromkeys(each.strip().upper() for each in references if each.strip()):
        named = queries.by_reference(acting, reference)
        if named is None:
            missing.append(Refusal(f"{reference} is not on record.", field="records", code="not-here"))
        elif named[1].is_disposed:
            missing.append(Refusal(f"{reference} was disposed of.", field="records", code="disposed"))
        else:
            found[named[1].pk] = named
    return found, missing


def _hold(acting: Acting, hold: Hold, found: Mapping[UUID, tuple[str, Record]]) -> None:
    with connection.cursor() as cursor:  # whoever disposes of one of these now waits, and then finds the hold
        cursor.execute("select pg_advisory_xact_lock(%s)", [HOLDING])
    Held.objects.bulk_create(
        Held(
            hold=hold, table=table, of=row.pk, reference=row.reference, handling=row.handling, team_id=row.team_id,
            at=acting.at, by=acting.account,
        )
        for table, row in found.values()
    )  # fmt: skip


@command(needs=Permission.HOLD)
def hold_more(acting: Acting, *, hold: UUID, records: Sequence[str]) -> int:
    """Hold further records for the same matter; return how many are new.

    Raises:
        Refused: the hold has ended, or a reference is not on record.
        NotHere: there is no such hold.
    """
    row = _standing(acting, hold)
    found, missing = _records(acting, records)
    if not found and not missing:
        missing.append(Refusal("Name at least one record.", field="records", code="no-records"))
    refuse_if(missing)
    there = set(Held.objects.filter(hold=row, of__in=found).values_list("of", flat=True))
    fresh = {id_: named for id_, named in found.items() if id_ not in there}
    _hold(acting, row, fresh)
    return len(fresh)


def _standing(acting: Acting, hold: UUID) -> Hold:
    row = Hold.visible_to(acting).select_for_update().filter(pk=hold).first()
    if row is None:
        raise NotHere("no such hold")
    if row.ended_at is not None:
        raise Refused(Refusal("This hold has ended.", code="ended"))
    return row


@command(needs=Permission.HOLD)
def look_at_hold(acting: Acting, *, hold: UUID, review_on: date | None) -> Hold:
    """Let a hold stand after looking at it, until a later day.

    Raises:
        Refused: it has ended, or no later day is given.
        NotHere: there is no such hold.
    """
    row = _standing(acting, hold)
    if review_on is None or review_on <= queries.today(acting):
        raise Refused(Refusal("Say by which later day it is looked at again.", field="review_on", code="no-day"))
    row.review_on = review_on
    row.save(update_fields=["review_on"])
    return row


@command(needs=Permission.HOLD)
def end_hold(acting: Acting, *, hold: UUID, reason: str) -> Hold:
    """End a hold, saying why: from then on its records go by their own rules again.

    Raises:
        Refused: without a reason, or when it has ended already.
        NotHere: there is no such hold.
    """
    row = _standing(acting, hold)
    if len(reason.split()) < 3:
        raise Refused(Refusal("Say why it ends, in a few words.", field="reason", code="no-reason"))
    row.ended_at, row.ended_by_id, row.ended_words = acting.at, acting.account, reason.strip()
    row.save()
    return row
