"""Opening a record and showing a list: each leaves a trace with its purpose, or the reading fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models.expressions import DatabaseDefault

from watchward.foundation.access.context import as_engine
from watchward.foundation.access.models import Opening
from watchward.foundation.access.policy import HANDLED
from watchward.foundation.acting import Acting, fresh_copy
from watchward.foundation.audit.models import Trace, this_transaction
from watchward.foundation.commands import command
from watchward.foundation.records import NotHere, Record, guarded_tables
from watchward.kernel.refusals import Refusal, Refused

OPEN_LOCKED = "access.open_locked"
REVIEW_OPENING = "access.review_opening"
LOCKED_STAYS_OPEN = timedelta(hours=12)
"""One shift: a locked record that was opened with a reason asks again after it (force setting)."""
SAME_LOOK = timedelta(hours=1)


WORDS: dict[str, str] = {}
"""What each kind of list and search is called by whoever reads who looked at what; by its key, as `people.gaps`."""

FAMILIES: dict[str, Callable[[str], str]] = {}
"""The same for kinds that are made, by the beginning of their key: given the rest of it."""


def called(words: Mapping[str, str]) -> None:
    """Say what kinds of list and search are called; declared beside where they are read.

    Args:
        words: by their keys.

    Raises:
        ValueError: one of them is called something already.
    """
    if twice := sorted(set(words) & set(WORDS)):
        raise ValueError(f"called twice: {', '.join(twice)}")
    WORDS.update(words)


def words_of(what: str) -> str:
    """Return what a kind of list or search is called; empty where nobody says, as of what is read no more."""
    if what in WORDS:
        return WORDS[what]
    family, _, rest = what.partition(".")
    return FAMILIES[family](rest) if family in FAMILIES else ""


def _look(acting: Acting, kind: str, what: str, about: UUID | None, records: Iterable[UUID]) -> dict[str, Any]:
    return {
        "account_id": acting.account,
        "account_name": acting.name,
        "team_id": acting.team,
        "at": acting.at,
        "kind": kind,
        "what": what,
        "purpose": acting.why(),
        "channel": acting.channel,
        "records": [str(record) for record in records],
        "about": about,
    }


def _trace(acting: Acting, kind: str, what: str, about: UUID | None, records: Iterable[UUID]) -> None:
    Trace.objects.create(**_look(acting, kind, what, about, records))


def opened(acting: Acting, record: Record, *, shown: Iterable[UUID] = ()) -> None:
    """Leave the trace of one record opened.

    Args:
        acting: who looked.
        record: which.
        shown: ids of other records whose content stood on the same page: one look leaves one trace.

    Raises:
        django.db.DatabaseError: the trace cannot be written; then the record is not shown (DPA 2018 s.62).
    """
    _trace(acting, "opened", f"{record._meta.label} {record.reference}", record.pk, shown)


def listed(acting: Acting, what: str, records: Iterable[UUID], *, about: UUID | None = None) -> None:
    """Leave the trace of a list shown.

    Args:
        acting: who looked.
        what: which list, as `domain.list`.
        records: ids of the records whose content was shown; an empty list leaves no trace.
        about: the record that the list is about.
    """
    ids = list(records)
    if ids:
        _trace(acting, "listed", what, about, ids)


def printed(acting: Acting, view: str) -> str:
    """Leave the trace of a page taken out on paper, with all that stood on it; the number of this copy.

    Whoever finds the sheets can be told by the number on them who printed it, and when.

    Args:
        acting: whoever printed it, for whom the page was made in this transaction.
        view: the name of its view.
    """
    copy = fresh_copy()
    with as_engine(acting):
        looks = list(
            Trace.objects.filter(transaction=this_transaction(), account_id=acting.account).order_by("at", "id")
        )
    first = next((look for look in looks if look.kind == "opened"), None)
    records = dict.fromkeys(record for look in looks for record in look.records)
    what = first.what if first else view
    _trace(acting, "printed", f"{copy} {what}", first.about if first else None, (UUID(record) for record in records))
    return copy


def searched(acting: Acting, what: str, found: Iterable[UUID], *, about: UUID | None = None) -> None:
    """Leave the trace of a search, whether or not it found anything; what was typed is not kept in it.

    Args:
        acting: who looked.
        what: which search, as `domain.search`.
        found: ids of the records that it showed.
        about: the record in hand. What is typed on it is searched as it is typed: the same result shown again to the
            same person within the hour is the same look.
    """
    if about is None:
        _trace(acting, "searched", what, about, found)
        return
    trace = Trace(**_look(acting, "searched", what, about, found))
    values = [(field, getattr(trace, field.attname)) for field in Trace._meta.concrete_fields]
    row = {
        field.column: field.get_db_prep_save(value, connection)
        for field, value in values
        if not isinstance(value, DatabaseDefault)  # the database fills it in
    }
    looks = Trace.objects.filter(kind="searched", what=what, about=about, account_id=acting.account)
    last = looks.filter(at__gt=acting.at - SAME_LOOK).order_by("-at", "-id").values("records")[:1]
    shown_last, given = last.query.sql_with_params()
    names, places = ", ".join(f'"{name}"' for name in row), ", ".join(["%s"] * len(row))
    with connection.cursor() as cursor:
        cursor.execute(
            f'insert into "{Trace._meta.db_table}" ({names}) select {places} '  # noqa: S608
            f"where %s is distinct from ({shown_last})",
            [*row.values(), row["records"], *given],
        )


def is_locked(table: type[Record], record: UUID) -> bool:
    """Return whether a record that cannot be read exists and is locked: what an interruption page may say."""
    return bool(locked_among(table, [record]))


def locked_among(table: type[Record], records: Iterable[UUID]) -> dict[UUID, int | None]:
    """Return which of these ids are locked, with the number of the team to ask; sealed ones are not among them."""
    ids = list(records)
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(f'select id, team_id from "ww_locked_{table._meta.db_table}"(%s)', [ids])  # noqa: S608
        return dict(cursor.fetchall())


def table_of_locked(record: UUID) -> type[Record] | None:
    """Return which kind of record a locked one is, for whoever comes from a line that says only that it is there."""
    return tables_of_locked([record]).get(record)


def tables_of_locked(records: Iterable[UUID]) -> dict[UUID, type[Record]]:
    """Return the same of several, in one statement; those that are not locked are absent."""
    ids = list(records)
    tables = [model for model in guarded_tables() if issubclass(model, Record) and model.policy is HANDLED]
    if not tables or not ids:
        return {}
    each = " union all ".join(
        f'select id, {at} from "ww_locked_{model._meta.db_table}"(%(ids)s)'  # noqa: S608
        for at, model in enumerate(tables)
    )
    with connection.cursor() as cursor:
        cursor.execute(each, {"ids": ids})
        return {id_: tables[at] for id_, at in cursor.fetchall()}


@command(needs=OPEN_LOCKED)
def open_locked(acting: Acting, *, table: type[Record], record: UUID, reason: str) -> Opening:
    """Open a locked record for the rest of the shift, saying why; its team reviews this the next day.

    Raises:
        Refused: without a reason.
        NotHere: there is no such locked record.
    """
    if len(reason.split()) < 2:
        raise Refused(Refusal("Say why you need to open this record.", field="reason"))
    teams = locked_among(table, [record])
    if record not in teams:
        raise NotHere("no such locked record")
    return Opening.objects.create(
        account_id=acting.account,
        team_id=teams[record],
        table=table._meta.label,
        record=record,
        words=f"a locked {table._meta.verbose_name}",
        reason=reason,
        at=acting.at,
        until=acting.at + LOCKED_STAYS_OPEN,
    )


@command(needs=REVIEW_OPENING)
def review_opening(acting: Acting, *, opening: UUID, finding: str) -> Opening:
    """Review why somebody opened a locked record of one's team.

    Raises:
        Refused: without a finding, or by the person who opened it.
    """
    row = Opening.visible_to(acting).select_for_update().filter(pk=opening).first()
    if row is None:
        raise NotHere("no such opening")
    reasons = []
    if row.account_id == acting.account:
        reasons.append(Refusal("Somebody else reviews what you opened."))
    if not finding.strip():
        reasons.append(Refusal("Say what you found.", field="finding"))
    if reasons:
        raise Refused(*reasons)
    row.reviewed_at, row.reviewed_by_id, row.finding = acting.at, acting.account, finding.strip()
    row.save(update_fields=["reviewed_at", "reviewed_by", "finding"])
    return row
