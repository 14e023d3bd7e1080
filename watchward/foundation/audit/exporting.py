"""Writing the sealed log into a file that verifies without a database."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Final, TextIO

import psycopg
from psycopg.rows import dict_row

from watchward.foundation.audit.entries import COMMAND_FIELDS, LOOK_FIELDS, Source, payload
from watchward.foundation.audit.offline import FORMAT
from watchward.foundation.audit.sealer import connected
from watchward.foundation.audit.sealing import signed_of
from watchward.foundation.database import Where
from watchward.kernel.refusals import Refused

Connection = psycopg.Connection[Any]
AT_ONCE = 5_000

_LOG: Final = f"""
select s.seq, s.source, s.salt, encode(s.hash, 'hex') as hash, c.id, c.transaction, c.command, c.record, c.operation,
       c."table", encode(c.digest, 'hex') as digest, c.salt as row_salt, c."row"::text as row,
       case s.source when 1 then {payload("l", COMMAND_FIELDS)} when 3 then {payload("t", LOOK_FIELDS)} end as payload
from audit_seal s left join audit_change c on c.id = s.change
left join audit_commandlog l on s.source = 1 and l.id = s.log
left join audit_trace t on s.source = 3 and t.id = s.log
where s.seq <= %s order by s.seq
"""  # noqa: S608


def export(where: Where, path: Path) -> tuple[int, int]:
    """Write the sealed log to a file of its own, readable by its owner only; return its entries and its heads.

    The file holds the records' history in full: it is as sensitive as the database.

    Raises:
        Refused: when the file is there already.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Refused(f"{path} is there already; choose another name.") from None
    with os.fdopen(descriptor, "w", encoding="utf-8") as file, connected(where, "auditor") as connection:
        file.write(_line({"format": FORMAT}))
        with connection.transaction():
            return _write(connection, file)


def _write(connection: Connection, file: TextIO) -> tuple[int, int]:
    connection.execute("set transaction isolation level repeatable read, read only")
    with connection.cursor(row_factory=dict_row) as cursor:
        heads = [signed_of(row) for row in cursor.execute("select * from audit_head order by number")]
    entries, written = 0, 0
    with connection.cursor("log", row_factory=dict_row) as log:
        log.itersize = AT_ONCE
        log.execute(_LOG, [heads[-1].head.entries if heads else 0])
        for row in log:
            file.write(_line(_entry(row)))
            entries += 1
            while written < len(heads) and heads[written].head.entries <= row["seq"]:
                file.write(f"{heads[written].line}\n")
                written += 1
    file.writelines(f"{head.line}\n" for head in heads[written:])
    return entries, len(heads)


def _entry(row: dict[str, Any]) -> dict[str, Any]:
    """Return an entry as it is written; what somebody has taken away is left out, and the file does not verify."""
    said: dict[str, Any] = {"seq": row["seq"], "hash": row["hash"]}
    if row["source"] == Source.CHANGE:
        names = ("id", "transaction", "operation", "table", "digest", "row")
        said |= {"source": "change", **{name: row[name] for name in names}}
        said |= {"command": str(row["command"]), "record": str(row["record"])}
        return said | {"salt": str(row["row_salt"]) if row["row_salt"] else None}
    source = "command" if row["source"] == Source.COMMAND else "look"
    return said | {"source": source, "salt": str(row["salt"]), "payload": row["payload"]}


def _line(said: dict[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")) + "\n"
