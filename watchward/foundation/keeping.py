"""Keeping a record open, locked or sealed with all that belongs to it, what is only ever added to among that."""

from __future__ import annotations

from functools import cache

from django.db import connection

from watchward.foundation.access.context import as_engine
from watchward.foundation.acting import Acting
from watchward.foundation.commands import current
from watchward.foundation.records import Handling, Record, guarded_tables
from watchward.kernel.refusals import Refusal


def why_not_keep(acting: Acting, *, handling: int, keeper: int | None, reason: str) -> tuple[Refusal, ...]:
    """Return every reason why a record may not be kept like this.

    Args:
        acting: who decides.
        handling: 0 open, 1 locked, 2 sealed.
        keeper: number of the team that would keep it.
        reason: why.
    """
    found = []
    if handling not in list(Handling):
        found.append(Refusal("A record is kept open, locked or sealed.", field="handling"))
    if len(reason.split()) < 2:
        found.append(Refusal("Say why it is kept like this.", field="reason", code="no-reason"))
    if handling != Handling.OPEN and keeper is None:
        found.append(Refusal("Say which team keeps it: nobody else could open it.", field="team", code="no-team"))
    elif handling != Handling.OPEN and keeper not in acting.teams and not acting.sees_all:
        found.append(Refusal("Only its own team can be given a record that others may not see.", field="team"))
    return tuple(found)


def take_along(record: Record) -> None:
    """Keep every row that belongs to a record, and every one that names it, as the record is now kept.

    Rows that are only ever added to cannot be changed by the app's role: a function of the tables' owner makes them
    true to their record, in this transaction and for a record that the open command has itself changed, and their
    history goes with them.

    Args:
        record: whose handling or team this command has changed.
    """
    with connection.cursor() as cursor:
        cursor.execute(f'select "ww_along_{record._meta.db_table}"(%s)', [record.pk])


def keep(record: Record, *, handling: int, keeper: int | None) -> None:
    """Write how a record is kept, and take along all that belongs to it and the records that were made from it.

    Args:
        record: taken for a command.
        handling: 0 open, 1 locked, 2 sealed.
        keeper: number of the team that keeps it.
    """
    record.handling, record.team_id = handling, keeper
    record.save(update_fields=["handling", "team"])
    take_along(record)
    for table, column in _made_from(type(record)):
        # Whoever seals a record may not see what was made from it; it goes along all the same.
        opened = current()
        with as_engine(opened.acting, command=str(opened.id)):
            for made in table._default_manager.filter(**{column: record.pk}).select_for_update():
                keep(made, handling=handling, keeper=keeper)


@cache
def _made_from(table: type[Record]) -> tuple[tuple[type[Record], str], ...]:
    """Return the tables of records made from those of a table, each with the column that names them."""
    return tuple(
        (model, column)
        for model in guarded_tables()
        if issubclass(model, Record)
        for column in model.made_from
        if model._meta.get_field(column).related_model is table
    )
