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


_COMPARED = sql.SQL("""
with last as (
    select c.record, c.id, c.operation, c.salt, c.digest from audit_change c
    join (select max(id) as id from audit_change where "table" = {name} group by record) as m using (id)
)
select coalesce(t.id, l.record), l.id,
    case when t.id is null then 'removed' when l.record is null or l.operation = 'D' then 'inserted' else 'altered' end
from {table} t full join last l on l.record = t.id
where case
    when t.id is null then l.operation <> 'D'
    when l.record is null or l.operation = 'D' then true
    else l.digest is distinct from sha256(uuid_send(l.salt) || convert_to(to_jsonb(t)::text, 'UTF8'))
end
""")


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
    for table in there:
        name = sql.Identifier(table)
        rows = connection.execute(_COMPARED.format(table=name, name=sql.Literal(table))).fetchall()
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
