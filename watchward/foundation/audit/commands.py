"""Forgetting what a record's history held, while the proof that it changed stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from django.db import connection

from watchward.foundation.acting import Acting
from watchward.foundation.audit import queries
from watchward.foundation.audit.models import Change, Erasure
from watchward.foundation.commands import command
from watchward.foundation.records import NotHere, guarded_tables
from watchward.foundation.retention import queries as retention
from watchward.kernel.refusals import Refusal, Refused

ERASE: Final = "audit.erase"
LEAST_WORDS = 3
SHORTEST = 5
"""Characters from which on a value is looked for in the reason: shorter ones stand in any sentence."""

_AN_ID: Final = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@command(needs=ERASE)
def forget(acting: Acting, *, table: str, record: UUID, reason: str, cite: str) -> Erasure:
    """Forget what the history of a record held.

    The changes stay, with who, when and by which command; rows and salts go, and the seals hold as before. The last
    change of a record that stands is kept, since it is what the record is held against: remove the record first by a
    command of its own domain, if it is to go.

    Args:
        acting: who acts.
        table: name of the record's table.
        record: its id.
        reason: why, in words that repeat nothing of what is erased.
        cite: the law or policy by which it is erased.

    Raises:
        Refused: with every reason against.
        NotHere: no such history that they may see.
    """
    changes = [change for change in queries.history(acting, record=record) if change.table == table]
    if not changes or table not in queries.tables_with_history():
        raise NotHere("no such history")
    goes = changes if changes[-1].operation == "D" else changes[:-1]
    held = [change for change in goes if change.row is not None]
    reasons = [Refusal(f"It is held: {each}.", code="held") for each in _holds(record, held)]
    if not held:
        reasons.append(Refusal("There is nothing to erase: it stands as it was first written.", code="nothing"))
    if len(reason.split()) < LEAST_WORDS:
        reasons.append(Refusal("Say why this is erased, in a few words.", field="reason"))
    elif _repeats(table, held, reason):
        reasons.append(Refusal("Do not repeat in the reason what is erased.", field="reason"))
    if not cite.strip():
        reasons.append(Refusal("Name the law or policy by which it is erased.", field="cite"))
    if reasons:
        raise Refused(*reasons)
    erasure = Erasure.objects.create(
        table=table,
        record=record,
        through=goes[-1].pk,
        changes=len(held),
        reason=reason.strip(),
        cite=cite.strip(),
        account_id=acting.account,
        account_name=acting.name,
        at=acting.at,
    )
    with connection.cursor() as cursor:
        cursor.execute("select ww_forget(%s)", [erasure.pk])
        (forgotten,) = cursor.fetchone()
    if forgotten != len(held):
        raise Refused(Refusal("The record changed meanwhile. Look at it again.", code="stale"))
    return erasure


def _holds(record: UUID, held: Sequence[Change]) -> list[str]:
    """Return what holds a record, or any that its changes name, in words: nothing below a hold is erased."""
    named = {str(value) for change in held for value in (change.row or {}).values()}
    ids = [UUID(value) for value in named if _AN_ID.fullmatch(value)]
    return sorted({words for found in retention.standing_holds([record, *ids]).values() for words in found})


def _repeats(table: str, held: Sequence[Change], reason: str) -> bool:
    """Return whether a reason repeats a personal value that is about to be erased."""
    model = next(model for model in guarded_tables() if model._meta.db_table == table)
    names = model.privacy.personal | model.privacy.special
    said = reason.casefold()
    values = {str((change.row or {}).get(name) or "").casefold() for change in held for name in names}
    return any(len(value) >= SHORTEST and value in said for value in values)
