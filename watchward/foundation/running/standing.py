"""How the installation stands: its queue, its seals, its sizes; nothing of anybody."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection

from watchward.foundation.acting import real_now
from watchward.foundation.audit.entries import CLUSTER
from watchward.foundation.audit.heads import Signed
from watchward.foundation.audit.second_place import heads_folder
from watchward.foundation.database import home_directory

LAST_LINES = 8_192
"""Bytes at the end of a file of heads in which the last of them stands."""

ALIVE_WITHIN = 30
"""Seconds without a sign of life from the worker after which it is not believed to run."""


@dataclass(frozen=True)
class Queue:
    """The background work.

    Args:
        waiting: jobs whose time has come and that nobody does yet.
        oldest: when the one that has waited longest should have begun, aware UTC; None where none waits.
        doing: jobs that are being done.
        failed: names of those that failed, each with how often.
        workers: how many workers gave a sign of life lately.
    """

    waiting: int
    oldest: datetime | None
    doing: int
    failed: tuple[tuple[str, int], ...]
    workers: int


@dataclass(frozen=True)
class Standing:
    """How the installation stands.

    Args:
        at: true time, aware UTC: queues, seals and disks do not follow the clock of a demonstration.
        queue: the background work.
        sealed: when the log was sealed last, aware UTC, and how many entries it had then; None where it never was.
        database_bytes: on disk.
        connections: to the database, and how many it takes.
        free_bytes: left on the disk of the home, and how many the disk has.
    """

    at: datetime
    queue: Queue
    sealed: tuple[datetime, int] | None
    database_bytes: int
    connections: tuple[int, int]
    free_bytes: tuple[int, int]


_QUEUE = """
select count(*) filter (where status = 'todo' and coalesce(scheduled_at, now()) <= now()),
    min(coalesce(scheduled_at, now())) filter (where status = 'todo' and coalesce(scheduled_at, now()) <= now()),
    count(*) filter (where status = 'doing'),
    coalesce((
        select json_agg(json_build_array(f.task_name, f.jobs) order by f.jobs desc, f.task_name) from (
            select task_name, count(*) jobs from procrastinate_jobs where status = 'failed' group by 1
        ) f
    ), '[]'),
    (select count(*) from procrastinate_workers where last_heartbeat > now() - %s * interval '1 second')
from procrastinate_jobs where status in ('todo', 'doing')
"""
_SIZES = f"""
select current_database(), ({CLUSTER}), pg_database_size(current_database()),
    (select count(*) from pg_stat_activity where backend_type = 'client backend'),
    current_setting('max_connections')::int
"""  # noqa: S608 - no value in it


def standing() -> Standing:
    """Return how the installation stands, for people and for what watches over it; nothing of anybody."""
    with connection.cursor() as cursor:
        cursor.execute(_QUEUE, [ALIVE_WITHIN])
        waiting, oldest, doing, failed, workers = cursor.fetchone()
        cursor.execute(_SIZES)
        name, cluster, size, used, most = cursor.fetchone()
    home = home_directory()
    disk = shutil.disk_usage(home)
    return Standing(
        at=real_now(),
        queue=Queue(waiting, oldest, doing, tuple((task, jobs) for task, jobs in failed), workers),
        sealed=_last_sealed(heads_folder(home, name, cluster)),
        database_bytes=size,
        connections=(used, most),
        free_bytes=(disk.free, disk.total),
    )


def _last_sealed(folder: Path) -> tuple[datetime, int] | None:
    """Return when the log was sealed last, as the second place says; whether that holds is not looked at here."""
    for path in sorted(folder.glob("*.jsonl"), reverse=True):
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - LAST_LINES))
            lines = file.read().decode(errors="replace").splitlines()
        for line in reversed(lines):
            try:
                head = Signed.read(line).head
                return datetime.fromisoformat(head.at), head.entries
            except (ValueError, KeyError):
                continue  # a statement, or a line that was cut
    return None
