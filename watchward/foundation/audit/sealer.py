"""The process that seals, each second, for as long as it is let; `watchward up` keeps one."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from watchward.foundation.acting import real_now
from watchward.foundation.audit.entries import LOCK, OPTIONS
from watchward.foundation.audit.heads import public_text
from watchward.foundation.audit.keys import private_key
from watchward.foundation.audit.sealing import Sealing, cluster_of, head_of, standing
from watchward.foundation.audit.second_place import Resumed, SecondPlace, heads_folder
from watchward.foundation.database import Where
from watchward.kernel.refusals import Refused

EVERY = 1.0
"""Seconds from one seal to the next."""

AGAIN = 0.5
"""Seconds between two tries to reach a database that is gone."""


def connected(where: Where, role: str) -> psycopg.Connection[tuple[object, ...]]:
    """Return a connection of this role that writes moments and numbers as digests need them."""
    conninfo = where.conninfo(role)
    options = f"{conninfo_to_dict(conninfo).get('options') or ''} {OPTIONS}".strip()
    return psycopg.connect(make_conninfo(conninfo, options=options), autocommit=True)


def second_place(where: Where, connection: psycopg.Connection[tuple[object, ...]]) -> SecondPlace:
    """Return the second place of the heads of the database that a connection leads to."""
    return SecondPlace(heads_folder(where.home, where.name, cluster_of(connection)))


def seal_once(where: Where) -> int:
    """Seal what waits now, unless another process does; return how many entries that were."""
    with connected(where, "sealer") as connection:
        if not _alone(connection):
            return 0
        return _sealing(where, connection).seal(real_now())


def _print(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def go_on(where: Where, enough: threading.Event, *, say: Callable[[str], None] = _print) -> None:
    """Seal each second until it is enough; where the database goes, wait for it and go on from where it stands.

    Args:
        where: the database.
        enough: set when it is to end.
        say: takes a line of words when the database goes, and when it is back.

    Raises:
        Disagrees: the second place has heads that the database has not.
    """
    gone = False
    while not enough.is_set():
        try:
            with connected(where, "sealer") as connection:
                if gone:
                    say("The database answers again: sealing goes on.")
                gone = False
                _seal_each_second(where, connection, enough)
        except (psycopg.OperationalError, psycopg.InterfaceError) as failed:
            if not gone:
                say(f"The database did not answer ({type(failed).__name__}); sealing waits for it.")
            gone = True
            enough.wait(AGAIN)


def _seal_each_second(
    where: Where, connection: psycopg.Connection[tuple[object, ...]], enough: threading.Event
) -> None:
    """Seal over one connection until it is enough; where another process seals, wait to take its place."""
    while not _alone(connection):
        if enough.wait(EVERY):
            return
    sealing = _sealing(where, connection)
    due = time.monotonic()
    while not enough.is_set():
        sealing.seal(real_now())
        due = max(due + EVERY, time.monotonic())
        enough.wait(due - time.monotonic())


def resume(where: Where, *, because: str) -> tuple[int, int]:
    """State, signed and in the second place, that the log goes on from where the database stands.

    After an older copy was restored: the heads behind it stay where they are, and every verification tells this.

    Args:
        where: the database.
        because: why, in words.

    Returns:
        The number of the last head in the second place, and of that from which the log goes on.

    Raises:
        Refused: without a reason, or where both places agree.
    """
    if len(because.split()) < 2:
        raise Refused("Say why the log goes on from an earlier head.")
    with connected(where, "sealer") as connection:
        place = second_place(where, connection)
        theirs, ours = place.read(), standing(connection).head
        at = ours.number if ours else 0
        while at and (theirs.heads.get(at) != head_of(connection, at)):
            at -= 1
        if at == theirs.last:
            raise Refused("The database and the second place agree: there is nothing to go on from.")
        if ours is not None and at < ours.number:
            raise Refused(f"The database has heads after {at} that the second place does not know: run `verify`.")
        private = private_key(where.home)
        said = Resumed(theirs.last, at, because.strip(), real_now().isoformat(timespec="seconds"))
        place.append_statement(said, public_text(private), private.sign(said.text).hex())
    return theirs.last, at


def _alone(connection: psycopg.Connection[tuple[object, ...]]) -> bool:
    """Take the lock of whoever seals; it falls with the connection."""
    return connection.execute("select pg_try_advisory_lock(%s)", [LOCK]).fetchone() == (True,)


def _sealing(where: Where, connection: psycopg.Connection[tuple[object, ...]]) -> Sealing:
    return Sealing(connection, private_key(where.home), second_place(where, connection))
