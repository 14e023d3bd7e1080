"""Who acts, when and why: made once at the edge and passed down. The only reader of the wall clock."""

from __future__ import annotations

import json
import os
import secrets
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock
from uuid import UUID

from watchward.foundation.database import home_directory

SYSTEM = UUID("00000000-0000-7000-8000-000000000001")
"""The account of the force's own machinery: jobs, first set-up, the demonstration."""


@dataclass(frozen=True, slots=True)
class Task:
    """The record in hand, from which the purpose of a reading is inferred."""

    kind: str
    record: UUID
    words: str


@dataclass(frozen=True, slots=True)
class Acting:
    """One person acting at one moment for one purpose.

    Args:
        account: who signs in as this.
        name: as shown to others.
        at: aware UTC; every rule below the edge counts from this and never from a clock.
        purpose: why records are read or changed, in words.
        task: the record in hand, if there is one.
        roles: keys of the roles held on this day.
        permissions: what these roles may do.
        team: number of the team that they work in today.
        teams: numbers of the teams whose locked and sealed records are open to them.
        supervises: the part of ``teams`` that they supervise.
        opened: locked records that they opened with a reason and may still read.
        sees_all: the force's own machinery, bound by no scope (the worker's database role).
        engine: what follows from a command within its own transaction: duties and chronicle, bound by no scope.
        channel: web, api, cli, worker or demo.
        shortcuts: whether they use keyboard shortcuts.
        sign_ins_ended: how often all of their sign-ins were ended at once; one that began before the last is over.
    """

    account: UUID
    name: str
    at: datetime
    purpose: str = ""
    task: Task | None = None
    roles: frozenset[str] = frozenset()
    permissions: frozenset[str] = frozenset()
    team: int | None = None
    teams: frozenset[int] = frozenset()
    supervises: frozenset[int] = frozenset()
    opened: frozenset[UUID] = frozenset()
    sees_all: bool = False
    channel: str = "web"
    engine: bool = False
    shortcuts: bool = True
    sign_ins_ended: int = 0

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a moment without its time zone is no moment")

    def may(self, permission: str) -> bool:
        """Return whether a role that they hold gives this permission."""
        return permission in self.permissions

    def with_task(self, task: Task) -> Acting:
        """Return the same person with this record in hand."""
        return replace(self, task=task)

    def for_purpose(self, purpose: str) -> Acting:
        """Return the same person acting for this purpose."""
        return replace(self, purpose=purpose)

    def at_time(self, at: datetime) -> Acting:
        """Return the same person at another moment: for stories that are played, and for tests."""
        return replace(self, at=at)

    def why(self) -> str:
        """Return the purpose in words: the task in hand, or the purpose given."""
        if self.purpose and self.task:
            return f"{self.purpose}: {self.task.words}"
        return self.task.words if self.task else self.purpose


def system(at: datetime, purpose: str, *, permissions: frozenset[str], channel: str = "worker") -> Acting:
    """Return the force's own machinery acting at this moment with these permissions."""
    return Acting(
        account=SYSTEM,
        name="Watchward",
        at=at,
        purpose=purpose,
        permissions=permissions,
        sees_all=channel == "worker",
        channel=channel,
    )


# The clock


def real_now() -> datetime:
    """Return the true time in UTC: for seals, sign-in and one-time codes."""
    return datetime.now(UTC)


class _Offset:
    """How far the force's time stands from true time; kept in a file so that all processes agree."""

    def __init__(self) -> None:
        self.path: Path = home_directory() / "clock.json"
        self.stamp = -1
        self.seconds = 0.0

    def read(self) -> float:
        try:
            stamp = self.path.stat().st_mtime_ns
        except FileNotFoundError:
            self.stamp, self.seconds = -1, 0.0
            return 0.0
        if stamp != self.stamp:
            try:
                self.seconds = float(json.loads(self.path.read_text())["offset"])
                self.stamp = stamp
            except (ValueError, KeyError):
                pass  # being replaced this instant: keep the last good value
        return self.seconds

    def write(self, seconds: float, seen: datetime) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.path.with_suffix(f".{os.getpid()}")
        fresh.write_text(json.dumps({"offset": seconds, "seen": seen.isoformat()}))
        fresh.replace(self.path)


_offset = _Offset()


def now() -> datetime:
    """Return the force's time in UTC: true time, or the demonstration's running clock."""
    return real_now() + timedelta(seconds=_offset.read())


def set_clock(at: datetime) -> None:
    """Start the force's clock at this moment; it runs on from there."""
    _offset.write((at - real_now()).total_seconds(), at)


def keep_clock() -> None:
    """Note the force's time every few seconds, so that after a stop the clock goes on from here."""
    if _offset.path.exists():
        _offset.write(_offset.read(), now())


def resume_clock() -> None:
    """Go on from the moment last noted, however long the force was stopped."""
    if _offset.path.exists():
        set_clock(datetime.fromisoformat(json.loads(_offset.path.read_text())["seen"]))


# Identifiers


_making = Lock()
_last = 0


def fresh_id() -> UUID:
    """Return a new identifier that sorts by the time it was made, and within one process in the order of making.

    RFC 9562, version 7, with the fraction of the millisecond in the 12 bits after the version (its method 3).
    """
    global _last
    with _making:
        # Units of 1/4096 ms: the next one is never before the last, though the clock may be put back.
        _last = max(time.time_ns() * 4096 // 1_000_000, _last + 1)
        moment = _last
    value = ((moment >> 12) & ((1 << 48) - 1)) << 4 | 0x7
    value = (value << 12) | (moment & 0xFFF)
    value = (value << 2) | 0b10
    return UUID(int=(value << 62) | secrets.randbits(62))


_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def fresh_copy() -> str:
    """Return a new number for a sheet of paper: eight letters and digits of which none is taken for another.

    40 random bits in Crockford's base 32, as `K7M2-9QXA`: nobody guesses the number of somebody else's copy.
    """
    drawn = "".join(secrets.choice(_LETTERS) for _ in range(8))
    return f"{drawn[:4]}-{drawn[4:]}"
