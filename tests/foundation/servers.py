"""A database server of somebody else's, over TCP on this machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import psycopg

from watchward.foundation.database import Embedded


def attempt(conninfo: str, statement: str) -> Any:
    """Run one statement; return its first value, if it has one."""
    with psycopg.connect(conninfo, autocommit=True) as connection:
        cursor = connection.execute(statement)
        row = cursor.fetchone() if cursor.description else None
    return row[0] if row else None


@dataclass
class Server:
    """A server of somebody else's: over TCP on this machine, every role signing in with its password."""

    port: int
    cluster: Embedded

    def url(self, user: str, password: str, name: str) -> str:
        return f"postgresql://{user}:{password}@127.0.0.1:{self.port}/{name}?sslmode=prefer"
