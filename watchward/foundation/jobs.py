"""Background and periodic work: queued in the transaction of the command that asks for it, done by the worker.

A room declares its work in `tasks.py`, one command each. Everything here may run twice, since a worker can be killed
between doing a thing and saying so: commands that jobs call are idempotent.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, ParamSpec
from uuid import UUID

from django.conf import settings
from django.db import transaction
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from watchward.foundation.access.context import within
from watchward.foundation.access.queries import machinery
from watchward.foundation.acting import Acting, now

log = logging.getLogger(__name__)

P = ParamSpec("P")
Periodic = Callable[[Acting], object]

STALLED_AFTER = 20.0
"""Seconds without a sign of life from its worker after which a job is done again."""


before_work: list[Callable[[], None]] = []
"""What a worker does before each piece of work."""


def _begin() -> None:
    for do in before_work:
        do()


def every(cron: str, *, purpose: str) -> Callable[[Periodic], Periodic]:
    """Do something at each time of a schedule, as the force's own machinery, in one transaction.

    What missed its time while no worker ran is done once when one runs again, not once for each time missed; it is
    never done by two workers at once.

    Args:
        cron: six fields, the seconds last; true time in UTC.
        purpose: why, in words, for the log.
    """

    def wrap(do: Periodic) -> Periodic:
        name = f"{do.__module__}.{do.__qualname__}"

        @app.periodic(cron=cron)
        @app.task(name=name, lock=name, queueing_lock=name)
        def run(timestamp: int) -> None:
            carry_out(do, purpose)

        return do

    return wrap


def carry_out(do: Periodic, purpose: str) -> None:
    """Do a piece of periodic work now, as the worker does it."""
    _begin()
    with within(machinery(now(), purpose)) as acting:
        do(acting)


class Job:
    """Work that a command asks for and a worker does; made by `job`."""

    def __init__(self, do: Callable[..., object], purpose: str) -> None:
        self.name = f"{do.__module__}.{do.__qualname__}"
        self.__doc__ = do.__doc__

        @app.task(name=self.name)
        def run(**arguments: Any) -> None:
            _begin()
            with within(machinery(now(), purpose)) as acting:
                do(acting, **arguments)

        self.task = run

    def defer(self, *, key: str = "", **arguments: str | int | float | bool | UUID | None) -> bool:
        """Ask for the work; it is queued when the transaction of this command ends, and forgotten if that fails.

        Args:
            key: work with this key that still waits is not queued a second time.
            arguments: what the work takes; identifiers arrive as text.

        Returns:
            Whether it was queued now, and did not wait already.
        """
        plain = {name: str(value) if isinstance(value, UUID) else value for name, value in arguments.items()}
        lock = f"{self.name} {key}" if key else None
        try:
            with transaction.atomic():  # what waits already is found by a unique key: the command must go on
                app.configure_task(name=self.name, queueing_lock=lock).defer(**plain)
        except AlreadyEnqueued:
            return False
        return True


def job(*, purpose: str) -> Callable[[Callable[..., object]], Job]:
    """Make a function work that is asked for by `.defer(...)` within a command; it takes the machinery first."""

    def wrap(do: Callable[..., object]) -> Job:
        return Job(do, purpose)

    return wrap


@app.periodic(cron="* * * * * */10")
@app.task(name="watchward.foundation.jobs.retry_stalled", queueing_lock="retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """Do again what a worker that was killed had begun; the queue does not do this by itself."""
    manager = context.app.job_manager
    for stalled in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER):
        log.warning("job %s of %s is done again: its worker was lost", stalled.id, stalled.task_name)
        await manager.retry_job(stalled)


def demonstration() -> bool:
    """Return whether this process serves a demonstration, whose clock is its own."""
    return bool(settings.DEMO)
