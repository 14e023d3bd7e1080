"""Somebody who opens incidents one after the other, and writes down each one that was acknowledged: a process.

Each incident has a key of its own. Where the connection breaks, the same key is sent again until an answer comes, as a
machine does that calls the API: so at the end there is one incident for each key, and none without.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from uuid import UUID, uuid4

PATIENCE = 60.0
"""Seconds without any answer after which the writer gives up and says so."""


def write(account: UUID, ledger: Path, until: Path) -> None:
    """Open incidents until a file is there."""
    from django.db import InterfaceError, OperationalError, connection

    parent = os.getppid()
    with ledger.open("a", buffering=1) as acknowledged:
        while not until.exists() and os.getppid() == parent:
            key, begun = str(uuid4()), time.monotonic()
            while True:
                try:
                    acknowledged.write(f"{key} {_open_incident(account, key)}\n")
                    break
                except (OperationalError, InterfaceError):
                    connection.close()
                    if time.monotonic() - begun > PATIENCE:
                        raise
                    time.sleep(0.05)
            time.sleep(0.02)


def _open_incident(account: UUID, key: str) -> object:
    from watchward.domains.incidents import commands
    from watchward.domains.incidents.vocabulary import Kind
    from watchward.foundation.access.context import within
    from watchward.foundation.access.queries import acting_as
    from watchward.foundation.acting import now

    acting = acting_as(account, at=now(), channel="cli")
    with within(acting):
        made = commands.open_incident.once(acting, key, kind=Kind.DOMESTIC, what="Shouting, and a thud")
    return made if isinstance(made, UUID) else made.pk if made is not None else None


if __name__ == "__main__":
    import django

    django.setup()
    write(UUID(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
