"""Every row of the force's records against its last change: altered, put in, or taken away behind the application."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg import sql

from watchward.foundation.audit.verifying.moments import of_changes
from watchward.foundation.audit.vocabulary import Fault, Findings, Kind

Connection = psycopg.Connection[Any]

TRIGGERS = {"ww_guard", "ww_change_insert", "ww_change_update", "ww_change_delete"}


_LAST = """
select c.record, c.id, c.operation, c.salt, c.digest, c."row" from audit_change c
join (select max(id) as id from audit_change where "table" = {name} group by record) m using (id)
"""
"""The last change of each record; found by numbers alone, so that no rows are sorted."""

_COMPARED = sql.SQL(f"""
select coalesce(t.id, l.record), l.id,
    case when t.id is null then 'removed' when l.record is null or l.operation = 'D' then 'inserted' else 'altered' end
from {{table}} t full join ({_LAST}) l on l.record = t.id
where case
    when t.id is null then l.operation <> 'D'
    when l.record is null or l.operation = 'D' then true
    when row_to_json(t)::text = l."row"::text then false
    when pg_input_is_valid(l."row"::text, 'jsonb') then to_jsonb(t){{words}} is distinct from l."row"::jsonb{{words}}
    else true
end
""")  # noqa: S608
"""A row against what its last change says of it; whether the change still says what was sealed is looked into beside
this, once for each change, so that no row is digested a second time. As a rule both are written alike; only what is
not, such as what was written before a column was added, is compared value by value."""

ONE_WRITING = (
    "uuid", "text", "varchar", "bpchar", "bool", "int2", "int4", "int8", "date", "timestamptz", "_text", "_varchar",
    "_uuid", "_int2", "_int4", "_int8", "bytea",
)  # fmt: skip
"""Types of which two values that are equal as JSON are written alike; of others, such as 1.0 and 1.00, not always."""

OTHERWISE = """
select distinct p.relname from pg_class p join pg_attribute a on a.attrelid = p.oid and a.attnum > 0
    and not a.attisdropped join pg_type y on y.oid = a.atttypid
where p.relkind = 'r' and p.relnamespace = 'public'::regnamespace
  and not (y.typname = any(%s) and y.typnamespace = 'pg_catalog'::regnamespace)
"""
"""Tables that are compared as they are written, word for word."""

_DIGESTED = sql.SQL(f"""
select l.record, l.id from {{table}} t join ({_LAST}) l on l.record = t.id
where l.id = any(%s)
and l.digest is distinct from sha256(uuid_send(l.salt) || convert_to(row_to_json(t)::text, 'UTF8'))
and l.digest is distinct from sha256(uuid_send(l.salt) || convert_to(to_jsonb(t)::text, 'UTF8'))
""")  # noqa: S608
"""In either of the ways in which rows are, and once were, written into the history."""


def check_again(connection: Connection, changes: Sequence[int]) -> Findings:
    """Return the rows that do not give the digest of their last change, of changes that were altered themselves.

    Where a change was altered, its words prove nothing of its row: whether the row was altered with it is told by the
    digest.

    Args:
        connection: reading, in the snapshot of the verification.
        changes: numbers of the altered ones.
    """
    found = Findings()
    tables = connection.execute(
        'select distinct c."table" from audit_change c join pg_class p on p.relname = c."table" '
        "and p.relkind = 'r' and p.relnamespace = 'public'::regnamespace where c.id = any(%s)",
        [list(changes)],
    ).fetchall()
    for (table,) in tables:
        query = _DIGESTED.format(table=sql.Identifier(table), name=sql.Literal(table))
        rows = connection.execute(query, [list(changes)]).fetchall()
        at = of_changes(connection, [change for _id, change in rows])
        found.faults += [Fault(table, str(id_), Kind.ALTERED, at.get(change, "")) for id_, change in rows]
    return found


def check(connection: Connection, tables: Sequence[str]) -> Findings:
    """Return the rows that are not as their last change left them, and the tables whose history nothing keeps."""
    found = Findings()
    standing = {
        name: set(triggers)
        for name, triggers in connection.execute(
            "select c.relname, array_agg(t.tgname::text) from pg_class c "
            "left join pg_trigger t on t.tgrelid = c.oid and t.tgenabled in ('O', 'A') and not t.tgisinternal "
            "where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace group by 1"
        )
    }
    for each in tables:
        if not standing.get(each, set()) >= TRIGGERS:
            found.faults.append(Fault(each, "", Kind.UNGUARDED))
    there = [each for each in tables if each in standing]
    by_words = {table for (table,) in connection.execute(OTHERWISE, [list(ONE_WRITING)])}
    for table in there:
        name, words = sql.Identifier(table), sql.SQL("::text" if table in by_words else "")
        rows = connection.execute(_COMPARED.format(table=name, name=sql.Literal(table), words=words)).fetchall()
        at = of_changes(connection, [change for _id, change, _what in rows if change])
        found.faults += [Fault(table, str(id_), Kind(what), at.get(change, "")) for id_, change, what in rows]
    if there:
        counts = sql.SQL(" + ").join(
            sql.SQL("(select count(*) from {})").format(sql.Identifier(table)) for table in there
        )
        found.rows = connection.execute(sql.SQL("select {}").format(counts)).fetchall()[0][0]
    _gone(connection, found, there)
    return found


def _gone(connection: Connection, found: Findings, there: Sequence[str]) -> None:
    """Name the records of tables that are no more, unless each of them was removed by a command first."""
    rows = connection.execute(
        'select c."table", c.record from audit_change c where c."table" <> all(%s) and c.operation <> \'D\' '
        'and not exists (select from audit_change n where n.record = c.record and n."table" = c."table" '
        "and n.id > c.id)",
        [list(there)],
    )
    found.faults += [Fault(table, str(record), Kind.REMOVED) for table, record in rows]
