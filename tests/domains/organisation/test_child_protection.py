"""The child protection and exploitation team: its own queue, its own records, its own skills."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories import START, officer, team
from watchward.domains.organisation import commands, queries
from watchward.domains.organisation.vocabulary import Function, Portfolio
from watchward.domains.people import commands as people
from watchward.domains.people import queries as known
from watchward.foundation.access.context import within
from watchward.foundation.duties import queries as duties
from watchward.foundation.duties.queries import Scope
from watchward.foundation.records import Handling, NotHere

pytestmark = pytest.mark.django_db


@pytest.mark.report("STR-07", by="organisation.commands.working.establish_team")
def test_a_child_protection_team_has_its_own_queue_records_and_skills() -> None:
    """What it owes stands in its own queue, what it seals is there for it alone, and who may interview is on record."""
    administrator = officer("administrator")
    protection, response = team("Child protection and exploitation"), team("Response A")
    own = officer("sergeant", team=protection, supervises=True)
    other = officer("sergeant", team=response, supervises=True)
    with within(administrator):
        commands.establish_team(
            administrator, team=protection.number, function=Function.CHILD_PROTECTION, posts=9, since=START
        )
        commands.enter_accreditation(
            administrator, account=own.account, scheme="scaidp", portfolio=Portfolio.HELD, since=date(2018, 9, 1)
        )
        stands = queries.team(administrator, number=protection.number, on=date(2019, 7, 1))
        [held] = queries.accreditations_of(administrator, account=own.account)
    assert (stands.function, stands.posts, stands.strength) == (Function.CHILD_PROTECTION, 9, 1)
    assert (held.scheme, held.portfolio) == ("scaidp", Portfolio.HELD)
    with within(own):
        child = people.record_person(
            own,
            forenames="Tom",
            surname="Sharples",
            date_of_birth=date(2012, 5, 6),
            sex="M",
            source="a strategy meeting",
        )
        people.mark_person(
            own, person=child.pk, kind="child at risk", words="A plan stands", grounds="A meeting", source="C-1",
            review_on=date(2019, 12, 1),
        )  # fmt: skip
        people.keep_as(own, person=child.pk, handling=Handling.SEALED, reason="known to the team alone")
        assert known.person(own, id_=child.pk).pk == child.pk
        queue = duties.sums(own, Scope(teams=frozenset({protection.number})))
    assert queue.owed == queue.open > 0
    with within(other):
        with pytest.raises(NotHere):
            known.person(other, id_=child.pk)
        assert duties.sums(other, Scope(teams=frozenset({response.number}))).owed == 0
        assert duties.sums(other, Scope(teams=frozenset({protection.number}))).owed == 0
