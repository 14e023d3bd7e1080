"""Where the bench stands: a home of its own, as durable as a force's, and databases made by the real `migrate`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from watchward.foundation.database import Embedded
from watchward.foundation.database.home import ROOT

HOME = ROOT / "var" / "bench"
WATCHWARD = [sys.executable, "-m", "watchward.config.cli"]


def environment(database: str, **more: str) -> dict[str, str]:
    """Return the environment of a process of the bench's home."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WATCHWARD_")}
    return {**kept, "WATCHWARD_HOME": str(HOME), "WATCHWARD_DATABASE_NAME": database, **more}


def begin() -> Embedded:
    """Start the bench's cluster, made anew so that no run begins with the bloat of another."""
    cluster = Embedded(HOME)
    if cluster.pid() is not None:
        cluster.stop("immediate")
    for folder in {cluster.folder, HOME}:
        shutil.rmtree(folder, ignore_errors=True)
    HOME.mkdir(parents=True)
    cluster = Embedded(HOME)
    cluster.ensure()
    return cluster


def end(cluster: Embedded) -> None:
    """Stop the cluster and take its files away: at full scale they are several gigabytes."""
    cluster.stop()
    shutil.rmtree(cluster.folder, ignore_errors=True)


def migrated(database: str) -> None:
    """Make a database as a force has it."""
    run("migrate", database=database)


def run(*arguments: str, database: str, **more: str) -> str:
    """Run one of our commands in the bench's home; raise with its words if it fails."""
    done = subprocess.run(
        [*WATCHWARD, *arguments],
        cwd=ROOT,
        env=environment(database, **more),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"`watchward {' '.join(arguments)}` ended with {done.returncode}\n{done.stderr[-4000:]}")
    return done.stdout


def enter(database: str) -> None:
    """Make this process one of the app's on a database of the bench; once in the life of the process."""
    os.environ.update(environment(database, WATCHWARD_ROLE="app", DJANGO_SETTINGS_MODULE="watchward.config.settings"))
    import django

    django.setup()


@contextmanager
def owner(cluster: Embedded, database: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """Open a connection of the tables' owner, for unguarded copies of them."""
    from watchward.foundation.database import Where

    with psycopg.connect(Where(HOME, database).conninfo("owner"), autocommit=True) as connection:
        yield connection


@contextmanager
def superuser(cluster: Embedded, database: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """Open a connection that nothing binds, to look and to analyse."""
    with psycopg.connect(cluster.conninfo(name=database), autocommit=True) as connection:
        yield connection


def size_of(folder: Path) -> int:
    """Return the bytes of a folder's files."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
