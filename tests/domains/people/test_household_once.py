"""A household counts each human being once, however many records there are of them."""

from __future__ import annotations

import pytest

from tests.factories import NOW, START, officer
from watchward.domains.people import commands, queries
from watchward.domains.people.vocabulary import Decision
from watchward.domains.places import commands as places
from watchward.foundation.access.context import within


@pytest.mark.django_db
def test_joined_records_are_one_member_of_the_household() -> None:
    """She is not her own lodger under the name on an old crime report, and her husband lives there once."""
    acting = officer("sergeant", at=NOW)
    with within(acting):
        home = places.record_place(acting, line="14 Sample Street", town="Testwood", postcode="ST6 4HJ")
        her, again, him, his = (
            commands.record_person(acting, forenames=first, surname="Brough", source="test")
            for first in ("Leanne", "L", "Craig", "C")
        )
        for one in (her, again, him, his):
            commands.live_at(acting, person=one.pk, place=home.pk, since=START)
        assert len(queries.household(acting, person=her.pk).members) == 3
        commands.decide_identity(acting, one=her.pk, other=again.pk, decision=Decision.SAME, reason="Same birth date")
        commands.decide_identity(acting, one=him.pk, other=his.pk, decision=Decision.SAME, reason="Same birth date")
        assert [one.id for one in queries.household(acting, person=her.pk).members] == [him.pk]
        assert {one.id for one in queries.household_at(acting, place=home.pk).members} == {her.pk, him.pk}
