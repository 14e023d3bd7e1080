"""A row stands in its history word for word as it was written, and what was written in an older way still proves it."""

from __future__ import annotations

import json
from uuid import UUID

import pytest

from tests.foundation.sealed import Sealed, busy, sergeant

pytestmark = pytest.mark.django_db(transaction=True)

AS_ONCE = """
update audit_change c set "row" = c."row"::jsonb,
    digest = sha256(uuid_send(c.salt) || convert_to(c."row"::jsonb::text, 'UTF8'))
where not exists (select from audit_seal a where a.change = c.id)
"""
"""Write what waits for its seal as the history was written first: its fields in another order, with other spaces."""


@pytest.fixture
def older(force: Sealed) -> list[UUID]:
    """Places whose changes were sealed as the history was written first."""
    made = busy(sergeant(), 3)
    force.tamper(AS_ONCE)
    force.seal()
    return made


def words(force: Sealed, record: UUID) -> str:
    """Return the last change of a place as it stands."""
    found: str = force.truth(
        'select "row"::text from audit_change where record = %s order by id desc limit 1', record
    )[0][0]  # fmt: skip
    return found


def test_a_change_holds_the_row_as_the_database_writes_it(force: Sealed) -> None:
    """Nothing is put in another order on the way: the words are those of the row itself."""
    for (place,) in force.truth("select id from places_place"):
        ((said,),) = force.truth("select row_to_json(p)::text from places_place p where id = %s", place)
        assert words(force, place).replace("+00:00", "") == said.replace("+00:00", "")


def test_rows_are_held_against_changes_in_the_older_words(force: Sealed, older: list[UUID]) -> None:
    """Other words, the same values: nothing is named, until a value differs."""
    ((now,),) = force.truth("select row_to_json(p)::text from places_place p where id = %s", older[0])
    assert words(force, older[0]) != now
    assert json.loads(words(force, older[0])).keys() == json.loads(now).keys()
    assert force.named() == set()
    force.tamper(f"update places_place set line = 'Elsewhere' where id = '{older[1]}'")
    assert force.named() == {("altered", "places_place", str(older[1]))}


def test_a_row_altered_together_with_older_words_is_named_by_its_digest(force: Sealed, older: list[UUID]) -> None:
    """Place and change agree with each other, and neither gives the digest that was sealed."""
    number = force.changes(older[1])[-1]
    force.tamper(
        f"update places_place set line = 'Elsewhere' where id = '{older[1]}'",
        f'update audit_change set "row" = jsonb_set("row"::jsonb, \'{{line}}\', \'"Elsewhere"\') where id = {number}',
    )
    assert force.named() == {("altered", "audit_change", str(number)), ("altered", "places_place", str(older[1]))}


def test_words_that_cannot_be_a_row_are_named_and_stop_nothing(force: Sealed) -> None:
    """JSON that no row could hold is put into a change: it is named, and so are all other faults."""
    one, other = (place for (place,) in force.truth("select id from places_place order by id limit 2"))
    number = force.changes(one)[-1]
    force.tamper(
        f'update audit_change set "row" = \'{{"line": "\\u0000"}}\' where id = {number}',
        f"update places_place set line = 'Elsewhere' where id = '{other}'",
    )
    assert ("altered", "audit_change", str(number)) in force.named()
    assert ("altered", "places_place", str(other)) in force.named()
