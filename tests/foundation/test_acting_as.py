"""Who acts is found whatever way the database takes to its tables."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from tests.factories import NOW, officer, team
from watchward.foundation.access import queries

WAYS = ("enable_seqscan", "enable_indexscan", "enable_bitmapscan", "enable_hashjoin", "enable_nestloop")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("shut", [(), WAYS[:1], WAYS[1:3], WAYS[3:4], WAYS[4:]], ids=" ".join)
def test_found_by_every_plan(shut: tuple[str, ...]) -> None:
    """Small tables are read from end to end, large ones by their indexes: the answer is the same."""
    room = team("Response A")
    before = officer("sergeant", team=room, supervises=True)
    with transaction.atomic():
        with connection.cursor() as cursor:
            for way in shut:
                cursor.execute(f"set local {way} = off")
        found = queries.acting_as(before.account, at=NOW)
    assert (found.account, found.roles, found.team) == (before.account, frozenset({"sergeant"}), room.number)
    assert found.supervises == frozenset({room.number})
