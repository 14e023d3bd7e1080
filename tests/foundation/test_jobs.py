"""Background work: queued with its command, done by the worker, done again when a worker was killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction

from tests import factories
from watchward.foundation import jobs
from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.foundation.duties import queries
from watchward.foundation.duties import tasks as duties
from watchward.kernel.refusals import Refused

ROOT = Path(__file__).resolve().parents[2]


@jobs.job(purpose="trying the queue")
def tried(_acting: Acting, *, number: int) -> None:
    """Do nothing, for these tests."""


@command(needs=None)
def ask_for_work(acting: Acting, *, number: int, key: str = "", refuse: bool = False) -> bool:
    """Ask for work within a command."""
    queued = tried.defer(number=number, key=key)
    if refuse:
        raise Refused("Not today.")
    return queued


def waiting() -> list[tuple[str, str, dict[str, object]]]:
    """Return the jobs that wait, as the database has them."""
    with connection.cursor() as cursor:
        cursor.execute("select task_name, status::text, args from procrastinate_jobs order by id")
        return [(name, status, json.loads(given)) for name, status, given in cursor.fetchall()]


@pytest.mark.django_db
class TestAsking:
    """Work is asked for within a command, and stands or falls with it."""

    def test_work_is_queued_with_its_command(self) -> None:
        """What a command asks for is queued when the command is done."""
        acting = factories.machinery()
        with within(acting):
            assert ask_for_work(acting, number=7)
        assert waiting() == [(tried.name, "todo", {"number": 7})]

    def test_a_refused_command_queues_nothing(self) -> None:
        """What a refused command had asked for is gone with the rest of what it tried."""
        acting = factories.machinery()
        with within(acting), pytest.raises(Refused):
            ask_for_work(acting, number=7, refuse=True)
        assert waiting() == []

    def test_work_with_the_same_key_waits_once(self) -> None:
        """Asking twice with one key queues once, and the second command still goes through."""
        acting = factories.machinery()
        with within(acting):
            assert ask_for_work(acting, number=1, key="a")
            assert not ask_for_work(acting, number=1, key="a")
            assert ask_for_work(acting, number=2, key="b")
        assert len(waiting()) == 2


@pytest.mark.django_db
class TestTheNight:
    """Once a night it is proved that no duty is missing, by the force's own clock."""

    def test_it_is_proved_once_after_two(self) -> None:
        """Not proved yet tonight: prove; proved: leave it until after two tomorrow."""
        at = datetime(2019, 7, 1, 6, 45, tzinfo=UTC)
        acting = factories.machinery(at)
        with within(acting):
            assert not queries.proved_tonight(acting)
            duties.prove(acting)
            assert queries.proved_tonight(acting)
            assert queries.proved_tonight(acting.at_time(datetime(2019, 7, 2, 0, 59, tzinfo=UTC)))
            assert not queries.proved_tonight(acting.at_time(datetime(2019, 7, 2, 1, 0, tzinfo=UTC)))

    def test_nothing_late_leaves_the_log_quiet(self) -> None:
        """Looking for what is late every fifteen seconds writes nothing while nothing goes up."""
        from watchward.foundation.audit.models import CommandLog

        acting = factories.machinery()
        with within(acting):
            duties.escalate(acting)
            assert not CommandLog.objects.filter(name="foundation.duties.commands.escalate").exists()


def test_the_schedule() -> None:
    """What is done by itself, and how often: a new task stands here once somebody has thought of it."""
    from procrastinate.contrib.django import app

    schedule = {
        task.task.name.rsplit("watchward.", 1)[-1]: task.cron
        for task in app.periodic_registry.periodic_tasks.values()
        if task.task.name.startswith("watchward.foundation")
    }
    assert schedule == {
        "foundation.jobs.retry_stalled": "* * * * * */10",
        "foundation.retention.tasks.call_up": "20 * * * * 40",
        "foundation.duties.tasks.escalate": "* * * * * */15",
        "foundation.duties.tasks.prove": "* * * * * 30",
        "foundation.duties.tasks.count": "* * * * * */5",
        "foundation.access.tasks.clear_sessions": "20 3 * * * 0",
        "foundation.guidance.tasks.ask_newcomers": "0 5 * * * 0",
        "foundation.measures.tasks.keep": "*/10 * * * * 20",
    }


def start_worker() -> subprocess.Popen[bytes]:
    """Start a worker on this test's own database."""
    command_line = [sys.executable, "-m", "watchward.config.cli", "worker", "--at-once", "2"]
    return subprocess.Popen(command_line, cwd=ROOT, env={**os.environ, "WATCHWARD_ROLE": "worker"})


def until(condition: object, seconds: float) -> bool:
    """Wait until a condition holds, and say whether it did in time."""
    assert callable(condition)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.1)
    return False


@pytest.mark.django_db(transaction=True)
def test_a_worker_does_the_work_and_takes_over_from_one_that_was_killed() -> None:
    """Queued work is done; work whose worker was killed in the middle of it is done again by the next."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_workers (last_heartbeat) values (now() - interval '2 minutes') returning id"
        )
        lost = cursor.fetchone()[0]
        cursor.execute(
            "insert into procrastinate_jobs (queue_name, task_name, args, status, attempts, worker_id) "
            "values ('default', 'watchward.foundation.duties.tasks.prove', '{\"timestamp\": 1}', 'doing', 1, %s) "
            "returning id",
            [lost],
        )
        job = cursor.fetchone()[0]
    worker = start_worker()
    try:
        assert until(lambda: done_and_gone(job), 40)
    finally:
        worker.send_signal(signal.SIGTERM)
        try:
            worker.wait(8)
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait()
    acting = factories.machinery()
    with within(acting.at_time(datetime.now(UTC) + timedelta(minutes=1))) as later:
        assert queries.proved_tonight(later)


def done_and_gone(job: int) -> bool:
    """Say whether a job was done: the worker removes what succeeded."""
    with connection.cursor() as cursor:
        cursor.execute("select from procrastinate_jobs where id = %s", [job])
        return cursor.fetchone() is None
