"""The command `watchward`: subcommands gathered from the rooms, each run in the database role that it names.

A room's `cli.py` has `register(commands)`, which adds parsers and may call `set_defaults` with

- `run`: takes the parsed arguments and returns the exit status;
- `role`: the database role of the process (app unless said otherwise);
- `django`: False where the command does without Django and the database.

Nothing of Django may be imported until `run` is called: the settings read the role when they are first imported.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

from watchward.config.environment import faults, in_force
from watchward.kernel.refusals import Refusal, Refused

PACKAGE = Path(__file__).resolve().parents[1]
ROOMS = (
    "foundation/*/cli.py",
    "domains/*/cli.py",
    "oversight/*/cli.py",
    "portals/*/cli.py",
    "demo/cli.py",
    "config/*/cli.py",
)
SETTINGS = "watchward.config.settings"

DONE, DOES_NOT_HOLD, REFUSED, BROKEN = 0, 1, 2, 70
"""Exit statuses: done; done and something does not hold; refused; an error of ours (EX_SOFTWARE)."""


def rooms() -> list[str]:
    """Return the modules that bring subcommands, in the order of the bands."""
    files = [file for pattern in ROOMS for file in sorted(PACKAGE.glob(pattern))]
    return [".".join((PACKAGE.name, *file.relative_to(PACKAGE).with_suffix("").parts)) for file in files]


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line; parsing needs neither Django nor the database."""
    whole = argparse.ArgumentParser(
        prog="watchward", description="Records, safeguarding and oversight of a police force."
    )
    commands = whole.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _register_own(commands)
    for room in rooms():
        importlib.import_module(room).register(commands)
    return whole


def _register_own(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    up = commands.add_parser("up", help="start the database, the web and the worker; Ctrl-C stops all")
    up.add_argument("--demo", action="store_true", help="with the fictional population, loaded if it is not there")
    up.set_defaults(run=_up, django=False)
    migrate = commands.add_parser("migrate", help="bring the database's tables, policies and guards up to date")
    migrate.set_defaults(run=_migrate, role="owner", django=False)
    worker = commands.add_parser("worker", help="do background and periodic work (`up` starts one)")
    worker.add_argument("--at-once", type=int, default=4, metavar="N", help="jobs done at the same time (4)")
    worker.set_defaults(run=_worker, role="worker")
    stop = commands.add_parser("stop", help="stop the home's own database, left running by a command that was killed")
    stop.set_defaults(run=_stop, django=False)
    settings = commands.add_parser("settings", help="what the environment says: every setting, and what is wrong")
    settings.add_argument("--json", action="store_true", help="one object on standard output")
    settings.set_defaults(run=_settings, django=False, checked=False)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; a refusal is said on standard error, without a trace."""
    asked = parser().parse_args(arguments)
    role: str = getattr(asked, "role", "app")
    os.environ["WATCHWARD_ROLE"] = role
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    run: Callable[[argparse.Namespace], int] = asked.run
    try:
        if getattr(asked, "checked", True) and (wrong := faults(os.environ)):
            raise Refused(*(Refusal(words) for words in wrong))
        return _with_django(run, asked, role) if getattr(asked, "django", True) else run(asked)
    except Refused as refused:
        for reason in refused.reasons:
            print(f"watchward: {reason.words}" + (f" ({reason.cite})" if reason.cite else ""), file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader, `head` say, has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception:
        traceback.print_exc()
        return BROKEN


def _with_django(run: Callable[[argparse.Namespace], int], asked: argparse.Namespace, role: str) -> int:
    """Run a command on a database that is there and up to date; leave the server as it was found."""
    from watchward.foundation.database import Where, home_directory

    where = Where.of_process(home_directory())
    embedded = where.embedded()
    found_running = where.ready()
    where.ensure_ready()
    try:
        import django

        django.setup()
        from django.db import connections

        from watchward.config.start import refuse_unfit_database, take_up_policies

        refuse_unfit_database()
        if role in ("app", "worker"):
            take_up_policies()
        try:
            return run(asked)
        finally:
            connections.close_all()
    finally:
        if embedded is not None and not found_running:
            embedded.stop_if_unused()


def _up(asked: argparse.Namespace) -> int:
    from watchward.config.up import up

    return up(demo=asked.demo)


def _migrate(asked: argparse.Namespace) -> int:
    from watchward.config.up import migrate

    return migrate()


def _worker(asked: argparse.Namespace) -> int:
    from django.core.management import call_command

    from watchward.config.start import begin_telemetry, keep_up_policies
    from watchward.foundation import jobs

    begin_telemetry("worker")
    jobs.before_work.append(keep_up_policies)
    call_command("procrastinate", "worker", concurrency=asked.at_once)
    return DONE


def _settings(asked: argparse.Namespace) -> int:
    wrong = faults(os.environ)
    if asked.json:
        held = [
            {"name": setting.name, "value": shown, "given": given, "says": setting.says}
            for setting, shown, given in in_force(os.environ)
        ]
        print(json.dumps({"settings": held, "faults": wrong}))
    else:
        for setting, shown, given in in_force(os.environ):
            print(f"{'*' if given else ' '} {setting.name:34} {shown:28} {setting.says}")
        for words in wrong:
            print(f"watchward: {words}", file=sys.stderr)
    return DOES_NOT_HOLD if wrong else DONE


def _stop(asked: argparse.Namespace) -> int:
    from watchward.foundation.database import DatabaseRefused, Where, home_directory

    embedded = Where.of_process(home_directory()).embedded()
    if embedded is None:
        raise DatabaseRefused("The database named by WATCHWARD_DATABASE_URL is not ours to stop.")
    embedded.stop()
    return DONE


if __name__ == "__main__":
    sys.exit(main())
