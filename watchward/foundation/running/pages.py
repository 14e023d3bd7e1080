"""The page of how the installation runs: what needs somebody first, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from watchward.foundation.running.queries import Running
from watchward.foundation.running.timing import Page
from watchward.foundation.ui import words
from watchward.foundation.ui.parts import Column, Mark, Row, State, Table

SHOWN = 20
"""Pages that are listed, the slowest first."""

SLOW = 0.150
"""Seconds that a page may take for 19 looks of 20."""

SEAL_WITHIN = timedelta(minutes=5)
"""A force in which nothing at all happens for so long is asked about: either it sleeps, or its sealer does."""

WAITS = timedelta(minutes=1)
ROOM = 0.10
"""Share of the disk that ought to be free."""


@dataclass(frozen=True)
class StatusPage:
    """How it runs.

    Args:
        wrong: what needs somebody, in words; empty when nothing does.
        marks: each part with its state.
        slowest: the slowest pages.
        failed: the background work that failed.
    """

    at: datetime
    wrong: tuple[str, ...]
    marks: tuple[Mark, ...]
    slowest: Table
    failed: Table


def status(found: Running) -> StatusPage:
    """Return the page."""
    return StatusPage(
        at=found.stands.at,
        wrong=tuple(_wrong(found)),
        marks=(_queue(found), _sealing(found), _books(found), _database(found), _disk(found)),
        slowest=_slowest(found.pages),
        failed=_failed(found),
    )


def _wrong(found: Running) -> list[str]:
    queue, (free, whole), (used, most) = found.stands.queue, found.stands.free_bytes, found.stands.connections
    reasons = []
    if not queue.workers:
        reasons.append("No worker has given a sign of life: nothing that is late goes up, and nothing is counted.")
    if queue.oldest is not None and found.stands.at - queue.oldest > WAITS:
        reasons.append(f"Background work has waited for {words.lasting(found.stands.at - queue.oldest)}.")
    if queue.failed:
        reasons.append(f"{words.counted(sum(jobs for _name, jobs in queue.failed), 'job')} of the background failed.")
    if found.stands.sealed is None or found.stands.at - found.stands.sealed[0] > SEAL_WITHIN:
        reasons.append("The log has not been sealed for more than five minutes.")
    if astray := sum(1 for each in found.books.known if not each.balance.balances):
        reasons.append(f"{words.counted(astray, 'ledger')} {'does' if astray == 1 else 'do'} not add up.")
    if free < ROOM * whole:
        reasons.append(f"Less than {ROOM:.0%} of the disk is free.")
    if used > 0.9 * most:
        reasons.append(f"{used} of {most} connections to the database are taken.")
    return reasons


def _queue(found: Running) -> Mark:
    queue = found.stands.queue
    waits = f"{words.counted(queue.waiting, 'job')} waiting, {queue.doing} being done"
    return Mark("Queue", waits, words.counted(queue.workers, "worker"))


def _sealing(found: Running) -> Mark:
    if found.stands.sealed is None:
        return Mark("Sealing", "Never sealed", "")
    at, entries = found.stands.sealed
    return Mark("Sealing", f"Last {words.lasting(found.stands.at - at)} ago", f"{entries:,} entries")


def _books(found: Running) -> Mark:
    astray = sum(1 for each in found.books.known if not each.balance.balances)
    said = f"{astray} of {len(found.books.known)} do not add up" if astray else f"All {len(found.books.known)} add up"
    return Mark("Ledgers", said, f"counted {words.hm(found.books.at)}")


def _database(found: Running) -> Mark:
    used, most = found.stands.connections
    return Mark("Database", _size(found.stands.database_bytes), f"{used} of {most} connections")


def _disk(found: Running) -> Mark:
    free, whole = found.stands.free_bytes
    return Mark("Disk", f"{_size(free)} free", f"of {_size(whole)}")


def _size(bytes_: float) -> str:
    for unit in ("bytes", "kB", "MB", "GB"):
        if bytes_ < 1_000:
            return f"{bytes_:.0f} {unit}" if unit in ("bytes", "kB") else f"{bytes_:.1f} {unit}"
        bytes_ /= 1_000
    return f"{bytes_:.1f} TB"


def _slowest(pages: dict[str, Page]) -> Table:
    slowest = sorted(pages.items(), key=lambda each: (-each[1].centile(0.95), each[0]))[:SHOWN]
    return Table(
        (
            Column("Page"), Column("Looks", True), Column("Half within", True), Column("95 of 100 within", True),
            Column("Longest", True), Column("Failed", True),
        ),
        tuple(
            Row(
                (
                    name, f"{page.looks:,}", _took(page.centile(0.5)),
                    _judged(page.centile(0.95)),
                    _took(page.longest), f"{page.failed:,}",
                )
            )
            for name, page in slowest
        ),
        caption="The slowest pages",
        empty="No page has been counted yet",
    )  # fmt: skip


def _judged(seconds: float) -> str | State:
    return State(_took(seconds), "late") if seconds > SLOW else _took(seconds)


def _took(seconds: float) -> str:
    return f"{seconds * 1000:,.0f} ms"


def _failed(found: Running) -> Table:
    return Table(
        (Column("Work"), Column("Times", True)),
        tuple(Row((name, f"{jobs:,}")) for name, jobs in found.stands.queue.failed),
        caption="Background work that failed",
        empty="None",
    )
