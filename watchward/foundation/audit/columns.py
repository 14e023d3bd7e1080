"""History that goes on when a migration changes what a table's rows consist of.

A column that is added or dropped changes every row and fires no trigger. After the migration each row is written into
the history once more, as it now is, if it still says what its last change said in every column that both have: a row
that was altered behind the application's back stays at odds with its history, and is named by the verification.
"""

from __future__ import annotations

import json
from typing import Any

MIGRATED = "M"
"""The operation of such a change."""

_COLUMNS = """
select attname, format_type(atttypid, null) from pg_attribute
where attrelid = to_regclass(%s) and attnum > 0 and not attisdropped order by attnum
"""

_AGAIN = """
insert into audit_change (command, "table", record, operation, handling, team_id, salt, "row", digest)
select '00000000-0000-0000-0000-000000000000', %(table)s, n.id, %(operation)s,
       coalesce((n.j ->> 'handling')::smallint, %(least)s), (n.j ->> 'team_id')::integer, n.salt, n.w,
       sha256(uuid_send(n.salt) || convert_to(n.w::text, 'UTF8'))
from (
    select t.id, to_jsonb(t) as j, row_to_json(t) as w, gen_random_uuid() as salt from "{table}" t offset 0
) as n
left join (
    select c.record, c.operation, c."row"::jsonb as "row" from audit_change c
    join (select max(id) as id from audit_change where "table" = %(table)s group by record) as m using (id)
) as l on l.record = n.id
where case
    when l.record is null then %(first)s
    else l.operation <> 'D' and l."row" is distinct from n.j and not exists (
        select from jsonb_each(n.j - %(retyped)s::text[]) as a join jsonb_each(l."row") as b using (key)
        where a.value is distinct from b.value)
end
"""


def settle(cursor: Any, table: str, *, least: int) -> int:
    """Write the rows of a table into its history again if its columns have changed; return how many.

    The first time, rows that migrations wrote before the table had a history begin theirs.

    Args:
        cursor: the owner's.
        table: its name.
        least: the least handling of its history.
    """
    cursor.execute(_COLUMNS, [f'public."{table}"'])
    now = dict(cursor.fetchall())
    cursor.execute("select obj_description(to_regclass(%s), 'pg_class')", [f'public."{table}"'])
    said = cursor.fetchone()[0]
    before = json.loads(said) if said else None
    if before == now:
        return 0
    for name, value in (("timezone", "UTC"), ("intervalstyle", "postgres"), ("extra_float_digits", "1")):
        cursor.execute("select set_config(%s, %s, true)", [name, value])
    cursor.execute(
        _AGAIN.format(table=table),
        {
            "table": table,
            "operation": MIGRATED,
            "least": least,
            "first": before is None,
            "retyped": [name for name, kind in (before or {}).items() if now.get(name, kind) != kind],
        },
    )
    written: int = cursor.rowcount
    cursor.execute(f"comment on table \"{table}\" is '{json.dumps(now, sort_keys=True)}'")
    return written
