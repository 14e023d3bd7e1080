"""The force's own machinery closes duties too, and has an account that they may name."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories import NOW
from watchward.foundation.access import queries
from watchward.foundation.access.context import within
from watchward.foundation.access.models import Account
from watchward.foundation.acting import SYSTEM, fresh_id
from watchward.foundation.records import NotHere


@pytest.mark.django_db
def test_the_machinery_has_an_account_and_nobody_signs_in_as_it() -> None:
    """What a job released names who did it; the account opens no door."""
    with within(queries.machinery(NOW, "looking at its own account")) as acting:
        account = Account.visible_to(acting).get(pk=SYSTEM)
        assert not account.is_active
        assert not account.has_usable_password()
    with pytest.raises(NotHere):
        queries.acting_as(SYSTEM, at=NOW + timedelta(days=1))


def test_identifiers_sort_in_the_order_they_were_made() -> None:
    """Two rows of one millisecond stand in the order in which they were written."""
    made = [fresh_id() for _ in range(20_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)
    assert {one.version for one in made} == {7}
