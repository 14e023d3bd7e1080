"""The list of what was disposed of, in a file that outlives the database: a restored backup brings it back no more.

One line for each disposal, only ever added, beside the heads of the audit: without a word of what the records said.
The database is first and the file second, so a kill leaves the file behind; the next disposal brings it up.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from watchward.foundation.database import home_directory
from watchward.foundation.retention.models import Disposal

FILE: Final = "disposed.jsonl"
SAID: Final = (
    "called", "group", "since", "on", "reason", "cite", "proposed_by", "proposed_name", "proposed_at", "agreed_by",
    "agreed_name", "at",
)  # fmt: skip
"""What is kept of a disposal besides which record it was of."""


@dataclass(frozen=True)
class Entry:
    """One line.

    Args:
        table: of the record.
        of: its id.
        reference: by which it was known.
        said: what a disposal says of itself, by field.
    """

    table: str
    of: UUID
    reference: str
    said: dict[str, Any]


def place(home: Path | None = None) -> Path:
    """Return where the list is kept: with the audit's heads in their second place, or in the home."""
    given = os.environ.get("WATCHWARD_HEADS", "")
    folder = Path(given).expanduser().absolute() if given else (home or home_directory()) / "heads"
    return folder / FILE


def note(disposal: Disposal) -> None:
    """Add a disposal to the list, and any before it that a kill kept from being added."""
    path = place()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        before = {entry.of for entry in _entries(file.read().decode(errors="replace"))}
        late = Disposal.objects.filter(at__lte=disposal.at).exclude(of__in=before).order_by("at", "id")
        rows = {row.of: row for row in (*late, disposal) if row.of not in before}
        file.write("".join(f"{_line(row)}\n" for row in rows.values()).encode())
        file.flush()
        os.fsync(file.fileno())


def _line(row: Disposal) -> str:
    said = {name: getattr(row, name) for name in SAID}
    return json.dumps({"table": row.table, "of": row.of, "reference": row.reference, **said}, default=_plain)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def entries(path: Path) -> list[Entry]:
    """Return what the list says, the first disposal first; nothing where there is no list."""
    return list(_entries(path.read_text(errors="replace"))) if path.exists() else []


def _entries(text: str) -> Iterator[Entry]:
    for line in text.splitlines():
        try:
            said = json.loads(line)
            yield Entry(
                table=said.pop("table"), of=UUID(said.pop("of")), reference=said.pop("reference"), said=_typed(said)
            )
        except (ValueError, KeyError, TypeError):
            continue  # a line that a kill cut short is added whole by the next


def _typed(said: dict[str, Any]) -> dict[str, Any]:
    return {
        **said,
        "since": date.fromisoformat(said["since"]),
        "on": date.fromisoformat(said["on"]),
        "proposed_by": UUID(said["proposed_by"]),
        "agreed_by": UUID(said["agreed_by"]),
        "proposed_at": datetime.fromisoformat(said["proposed_at"]),
        "at": datetime.fromisoformat(said["at"]),
    }
