"""What an entry of the log is, and how the database computes its digest: one expression for each source."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

OPTIONS: Final = "-c timezone=UTC -c intervalstyle=postgres -c extra_float_digits=1 -c bytea_output=hex"
"""Settings of every session that computes digests: a moment must be written alike whoever writes it."""


class Source(IntEnum):
    """Where an entry comes from; the number stands in front of its digest in the tree."""

    COMMAND = 1
    CHANGE = 2
    LOOK = 3


@dataclass(frozen=True)
class Sealed:
    """How one table of the log is sealed.

    Args:
        source: its number.
        table: its name.
        payload: SQL of the text that is digested; of the alias `e`.
        digest: SQL of the digest; of `e` and the salt `s.salt`.
        column: the column of `audit_seal` that names an entry.
    """

    source: Source
    table: str
    payload: str
    digest: str
    column: str


COMMAND_PAYLOAD: Final = (
    "jsonb_build_array(e.id, e.transaction, e.parent, e.name, e.account_id, e.account_name, e.team_id, e.at,"
    " e.real_at, e.purpose, e.task, e.channel, e.outcome, e.reasons, e.ended)::text"
)
LOOK_PAYLOAD: Final = (
    "jsonb_build_array(e.id, e.transaction, e.account_id, e.account_name, e.team_id, e.at, e.kind, e.what,"
    " e.purpose, e.channel, e.records, e.about)::text"
)
SALTED: Final = "sha256(uuid_send(s.salt) || convert_to({}, 'UTF8'))"

CHANGE_DIGEST: Final = (
    "sha256(int8send(e.id) || int8send(e.transaction) || uuid_send(e.command) || uuid_send(e.record)"
    " || convert_to(e.operation || e.\"table\", 'UTF8') || e.digest)"
)
"""A change's own digest covers its row; this one covers what it is the change of."""

SEALED: Final = (
    Sealed(Source.COMMAND, "audit_commandlog", COMMAND_PAYLOAD, SALTED.format(COMMAND_PAYLOAD), "log"),
    Sealed(Source.CHANGE, "audit_change", 'e."row"::text', CHANGE_DIGEST, "change"),
    Sealed(Source.LOOK, "audit_trace", LOOK_PAYLOAD, SALTED.format(LOOK_PAYLOAD), "log"),
)

CLUSTER: Final = (
    "select (select system_identifier from pg_control_system())::text || '-' || oid::text "
    "from pg_database where datname = current_database()"
)
"""Which database this is: transactions are numbered anew in another, as after a restore."""

LOCK: Final = 0x77_77_73_65_61_6C
"""An advisory lock of whoever seals."""
