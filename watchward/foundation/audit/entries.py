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


COMMAND_FIELDS: Final = (
    "id", "transaction", "parent", "name", "account_id", "account_name", "team_id", "at", "real_at", "purpose", "task",
    "channel", "outcome", "reasons", "ended",
)  # fmt: skip
LOOK_FIELDS: Final = (
    "id", "transaction", "account_id", "account_name", "team_id", "at", "kind", "what", "purpose", "channel", "records",
    "about",
)  # fmt: skip


def payload(alias: str, fields: tuple[str, ...]) -> str:
    """Return SQL of the text of a row that is digested: its fields in this order, as a JSON array."""
    return f"jsonb_build_array({', '.join(f'{alias}.{name}' for name in fields)})::text"


COMMAND_PAYLOAD: Final = payload("e", COMMAND_FIELDS)
LOOK_PAYLOAD: Final = payload("e", LOOK_FIELDS)
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
