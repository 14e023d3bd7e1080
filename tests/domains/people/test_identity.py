"""The same person or not: decided, contradicted, undone, and never merged."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories
from tests.domains.people import world
from watchward.domains.people import commands, queries
from watchward.domains.people.models import IdentityDecision
from watchward.domains.people.vocabulary import Decision
from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting
from watchward.foundation.records import Handling
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db
WHY = "same number and name"


def people(acting: Acting, count: int) -> list[UUID]:
    """Record some people."""
    with within(acting):
        return [commands.record_person(acting, forenames=f"P{n}", surname="Lee").pk for n in range(count)]


def decide(acting: Acting, one: UUID, other: UUID, decision: str) -> IdentityDecision:
    """Decide about two records."""
    return commands.decide_identity(acting, one=one, other=other, decision=decision, reason=WHY)


def test_those_joined_are_one_person_however_long_the_chain() -> None:
    """A is B and B is C, so A is C."""
    acting = world.handler()
    a, b, c, d = people(acting, 4)
    with within(acting):
        decide(acting, a, b, "same")
        decide(acting, c, b, "same")
        assert queries.same_person(acting, id_=a) == {a, b, c}
        assert queries.same_person(acting, id_=d) == {d}


def test_a_decision_that_contradicts_another_is_refused_with_what_it_contradicts() -> None:
    """A is B, and B is not C: then A is not C, and both ways of saying otherwise are refused."""
    acting = world.handler()
    a, b, c = people(acting, 3)
    with within(acting):
        decide(acting, a, b, "same")
        decide(acting, b, c, "not same")
        with pytest.raises(Refused, match="decided not to be the same person"):
            decide(acting, a, c, "same")
        with pytest.raises(Refused, match="Undo that first"):
            decide(acting, b, c, "same")
        d = commands.record_person(acting, forenames="D", surname="Lee").pk
        decide(acting, b, d, "same")
        with pytest.raises(Refused, match="one person through other decisions"):
            decide(acting, a, d, "not same")


def test_unsure_gives_way_and_comes_back_when_what_replaced_it_is_undone() -> None:
    """Undo restores what stood before, exactly."""
    acting = world.handler()
    a, b = people(acting, 2)
    with within(acting):
        unsure = decide(acting, a, b, "unsure")
        same = decide(acting, b, a, "same")
        unsure.refresh_from_db()
        assert unsure.replaced_by_id == same.pk
        with pytest.raises(Refused, match="Another decision took its place"):
            commands.undo_decision(acting, decision=unsure.pk, reason="was a mistake")
        commands.undo_decision(acting, decision=same.pk, reason="was a mistake")
        assert queries.decision(acting, one=a, other=b) == unsure
        with pytest.raises(Refused, match="undone already"):
            commands.undo_decision(acting, decision=same.pk, reason="was a mistake")


def test_a_decision_has_its_reason() -> None:
    """And is about two records."""
    acting = world.handler()
    (a,) = people(acting, 1)
    with within(acting), pytest.raises(Refused) as found:
        commands.decide_identity(acting, one=a, other=a, decision="perhaps", reason="")
    assert {reason.field for reason in found.value.reasons} == {"other", "decision", "reason"}


def test_a_sealed_record_joins_nothing_for_others() -> None:
    """That two records are one person is hidden with the more guarded of them."""
    keeper = factories.officer("sergeant", team=factories.team(), supervises=True)
    a, b, c = people(keeper, 3)
    with within(keeper):
        decide(keeper, a, b, "same")
        decide(keeper, b, c, "same")
        commands.keep_as(keeper, person=b, handling=Handling.SEALED, reason="protected person scheme")
        assert queries.same_person(keeper, id_=a) == {a, b, c}
    other = world.handler()
    with within(other):
        assert queries.same_person(other, id_=a) == {a}
        assert not queries.decisions(other, person=a).exists()


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.sampled_from(list(Decision))), min_size=1, max_size=8),
    st.tuples(st.integers(0, 4), st.integers(0, 4), st.sampled_from(list(Decision))),
)
def test_to_decide_and_undo_is_as_if_nothing_happened(
    before: list[tuple[int, int, Decision]], then: tuple[int, int, Decision]
) -> None:
    """Whatever was decided before: the same groups, the same standing decisions, and no group with a contradiction."""
    acting = world.handler()
    ids = people(acting, 5)

    def attempt(one: int, other: int, decision: Decision) -> IdentityDecision | None:
        try:
            return decide(acting, ids[one], ids[other], decision)
        except Refused:
            return None

    def state() -> tuple[object, ...]:
        groups = queries.same_people(acting, ids=ids)
        standing = IdentityDecision.objects.filter(one_id__in=ids, undone_at__isnull=True, replaced_by__isnull=True)
        rows = sorted(standing.values_list("pk", "one_id", "other_id", "decision"))
        for _pk, one, other, decision in rows:
            assert decision != Decision.NOT_SAME or other not in groups[one]
            assert decision != Decision.SAME or other in groups[one]
        return groups, rows

    with within(acting):
        for one, other, decision in before:
            attempt(one, other, decision)
        earlier = state()
        made = attempt(*then)
        state()
        if made is not None:
            commands.undo_decision(acting, decision=made.pk, reason="was a mistake")
        assert state() == earlier
