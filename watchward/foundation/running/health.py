"""Whether this process is alive, and whether it can answer: for what keeps watch over it, and nothing of anybody.

Asked before Django sees the request, so that a watcher needs no name of a host, no sign-in and, for the first of the
two, no database.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

import psycopg
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

ALIVE, READY = "/health", "/ready"

Checks = tuple[Callable[[], str], ...]
"""What is looked at, each with its words where it is not as it should be."""

PATIENCE = 2_000
"""Milliseconds that the database has to answer."""

_migrated = False


def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes] | None:
    """Answer a watcher of the force's own host; None where it is no watcher who asks.

    Args:
        environ: of the request.
        start_response: as WSGI has it.
    """
    return _answer(environ, start_response, CHECKS)


def answer_portal(environ: dict[str, Any], start_response: Any) -> Iterable[bytes] | None:
    """Answer a watcher of a portal, whose database role sees no table: the same but for the tables."""
    return _answer(environ, start_response, (_database,))


def _answer(environ: dict[str, Any], start_response: Any, checks: Checks) -> Iterable[bytes] | None:
    asked = environ.get("PATH_INFO", "")
    if asked not in (ALIVE, READY) or environ.get("REQUEST_METHOD") not in ("GET", "HEAD"):
        return None
    reasons = not_ready(checks) if asked == READY else []
    body = json.dumps({asked.removeprefix("/"): not reasons, "reasons": reasons}).encode() + b"\n"
    start_response(
        "503 Service Unavailable" if reasons else "200 OK",
        [
            ("Content-Type", "application/json"),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
        ],
    )
    return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]


def not_ready(checks: Checks) -> list[str]:
    """Return why this process cannot answer people now, in words; empty when it can."""
    for _once_more in range(2):  # a connection that was kept may have ended unnoticed
        try:
            return [words for words in (check() for check in checks) if words]
        except (DatabaseError, psycopg.Error):
            connection.close()
    return ["The database does not answer."]


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select set_config('statement_timeout', %s, false)", [str(PATIENCE)])
        cursor.execute("select 1")
        cursor.execute("select set_config('statement_timeout', '0', false)")
    return ""


def _tables() -> str:
    global _migrated
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return "" if _migrated else "The tables are not up to date: run `watchward migrate`."


CHECKS: Checks = (_database, _tables)
