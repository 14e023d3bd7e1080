"""A small force whose log is sealed, and somebody who may do anything to its database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from tests import factories
from tests.foundation import scene
from tests.settings import TEST_HOME
from watchward.foundation import reading
from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting
from watchward.foundation.audit.keys import private_key, public_key
from watchward.foundation.audit.queries import tables_with_history
from watchward.foundation.audit.sealer import connected, second_place
from watchward.foundation.audit.sealing import Sealing
from watchward.foundation.audit.second_place import SecondPlace
from watchward.foundation.audit.verifying import verify
from watchward.foundation.audit.vocabulary import Findings
from watchward.foundation.database import Embedded, Where

Named = set[tuple[str, str, str]]


@dataclass
class Sealed:
    """The database of this test with its log, its seals and its second place.

    Args:
        cluster: the tests' cluster.
        where: the database of this test.
        clock: true time of the next seal.
    """

    cluster: Embedded
    where: Where
    clock: datetime = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    @property
    def key(self) -> str:
        """The public key that everybody noted on the first day."""
        return public_key(TEST_HOME)

    def seal(self) -> int:
        """Seal what waits."""
        self.clock += timedelta(seconds=1)
        with connected(self.where, "sealer") as connection:
            place = second_place(self.where, connection)
            return Sealing(connection, private_key(TEST_HOME), place).seal(self.clock)

    def place(self) -> SecondPlace:
        """The second place of its heads."""
        with connected(self.where, "auditor") as connection:
            return second_place(self.where, connection)

    def verified(self, *keys: str, copies: tuple[Path, ...] = ()) -> Findings:
        """Return what a verification finds, against the key noted on the first day unless others are given."""
        return verify(self.where, keys=keys or (self.key,), tables=tables_with_history(), copies=copies)

    def named(self) -> Named:
        """Return what a verification names: what is the matter, where, of which."""
        return {(str(fault.kind), fault.table, fault.record) for fault in self.verified().faults}

    def tamper(self, *statements: str, values: tuple[object, ...] = ()) -> None:
        """Do something to the database as its superuser, with every trigger out of the way."""
        with psycopg.connect(self.cluster.conninfo(name=self.where.name)) as anybody:
            anybody.execute("set session_replication_role = replica")
            for statement in statements:
                anybody.execute(statement, values if "%" in statement else None)

    def truth(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Return what is in the database."""
        with psycopg.connect(self.cluster.conninfo(name=self.where.name)) as anybody:
            return anybody.execute(query, values).fetchall()

    def changes(self, record: UUID) -> list[int]:
        """Return the numbers of a record's changes."""
        return [row[0] for row in self.truth("select id from audit_change where record = %s order by id", record)]


def busy(acting: Acting, count: int = 4) -> list[UUID]:
    """Let somebody write places, change some and look at them: each in a transaction of its own; return the places."""
    made = []
    for n in range(count):
        with within(acting):
            made.append(scene.write_place(acting, line=f"{n} Sealed Street").pk)
    for place in made[::2]:
        with within(acting):
            row = scene.change_place(acting, place=place, locality=f"After {place.hex[-4:]}")
            reading.opened(acting, row)
    return made


def sergeant() -> Acting:
    """Return somebody who writes."""
    return factories.officer("sergeant")
