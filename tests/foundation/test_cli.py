"""The command line: quick to help, exact in its exit statuses, and in the database role that a command needs."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from watchward.config import cli
from watchward.foundation.database import Embedded
from watchward.foundation.database.home import ROOT


def watchward(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    command = [sys.executable, "-m", "watchward.config.cli", *arguments]
    given = {**os.environ, **environment}
    return subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, timeout=120, check=False)


def test_help_needs_neither_django_nor_a_driver() -> None:
    """Help comes at once because nothing heavy is imported for it; nor is the role decided too early."""
    script = (
        "import sys; from watchward.config.cli import parser; text = parser().format_help(); "
        "heavy = {'django', 'psycopg', 'polars', 'watchward.config.settings'} & set(sys.modules); "
        "assert not heavy, heavy; assert 'migrate' in text"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_room_with_commands_registers_them() -> None:
    """Each cli.py in the house is found and can be imported."""
    files = {file.relative_to(cli.PACKAGE) for file in cli.PACKAGE.glob("**/cli.py")} - {Path("config/cli.py")}
    assert {Path(*room.split(".")[1:]).with_suffix(".py") for room in cli.rooms()} == files
    for room in cli.rooms():
        assert callable(importlib.import_module(room).register)


@pytest.mark.parametrize("command", [[], ["no-such-command"], ["migrate", "--no-such-option"]], ids=str)
def test_a_slip_of_the_pen_is_refused(command: list[str]) -> None:
    """Wrong words end with status 2, said on standard error."""
    done = watchward(*command)
    assert done.returncode == 2
    assert "usage: watchward" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("port", ["eighty", "0", "65536", "-1"])
def test_a_refusal_is_said_without_a_trace(home: Path, port: str) -> None:
    """What cannot be done is said in a sentence on standard error, with status 2, and nothing is started."""
    done = watchward("up", WATCHWARD_HOME=str(home), WATCHWARD_PORT=port)
    assert done.returncode == 2
    assert done.stderr == f"watchward: WATCHWARD_PORT must be a whole number from 1 to 65535; it is '{port}'.\n"
    assert not (home / "postgres").exists()


def test_a_command_before_migrating_says_what_to_do(quick: Embedded) -> None:
    """On a database without tables a command names the one that makes them."""
    done = watchward("worker", WATCHWARD_HOME=str(quick.home), WATCHWARD_DATABASE_NAME="watchward")
    assert done.returncode == 2, done.stderr
    assert "Run `watchward migrate`" in done.stderr
    assert "Traceback" not in done.stderr


def test_migrating_leaves_the_server_as_it_was_found(home: Path) -> None:
    """Started for the migration, it is stopped after it; a second time changes nothing and works too."""
    cluster = Embedded(home, durable=False)
    cluster.ensure()
    cluster.stop()
    for _ in range(2):
        done = watchward("migrate", WATCHWARD_HOME=str(home), WATCHWARD_DATABASE_NAME="watchward")
        assert done.returncode == 0, done.stderr
        assert not cluster.ready()


def test_stopping_what_does_not_run_is_no_error(home: Path) -> None:
    """`watchward stop` means that it does not run afterwards."""
    assert watchward("stop", WATCHWARD_HOME=str(home)).returncode == 0


@pytest.mark.django_db
def test_every_model_has_its_migration() -> None:
    """A change of a model without its migration would reach no database."""
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
