"""One definition of who may see what: queries and the database give the same rows, and no others."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Model
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests import factories
from tests.foundation import scene
from watchward.domains.places.models import Place
from watchward.foundation.access.context import as_engine, within
from watchward.foundation.access.models import Opening, Team
from watchward.foundation.access.policy import AUDIT_PERMISSION, Handling
from watchward.foundation.access.queries import acting_as
from watchward.foundation.acting import Acting, fresh_id
from watchward.foundation.audit.models import Trace
from watchward.foundation.commands import command

pytestmark = pytest.mark.django_db

UNHURRIED = hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


class World:
    """Three teams and a place in each handling of each, and of none; openings and looks by three people."""

    def __init__(self) -> None:
        self.teams: list[Team] = [factories.team() for _ in range(3)]
        self.people = [factories.officer("sergeant", team=team) for team in self.teams]
        self.places: list[tuple[UUID, int, int | None]] = []
        self.openings: list[tuple[UUID, UUID, int | None]] = []
        for number, keeper in ((team.number, person) for team, person in zip(self.teams, self.people, strict=True)):
            with within(keeper):
                for handling in Handling:
                    self._place(keeper, handling, number)
                self._opening(keeper, number)
        with within(self.people[0]):
            self._place(self.people[0], Handling.OPEN, None)
            self._opening(self.people[0], None)

    def _place(self, acting: Acting, handling: Handling, team: int | None) -> None:
        place = scene.write_place(acting, handling=handling, team=team)
        self.places.append((place.pk, int(handling), team))

    def _opening(self, acting: Acting, team: int | None) -> None:
        self.openings.append((note_opening(acting, team=team).pk, acting.account, team))


@command(needs=None)
def note_opening(acting: Acting, *, team: int | None) -> Opening:
    """Note that somebody opened a locked record."""
    return Opening.objects.create(
        account_id=acting.account, team_id=team, table="places.place", record=fresh_id(), words="a locked place",
        reason="in hand", at=acting.at, until=acting.at,
    )  # fmt: skip


def rows_of_the_database(model: type[Model], acting: Acting) -> set[UUID]:
    """Return what row-level security alone lets through."""
    with within(acting):
        return set(model._default_manager.values_list("pk", flat=True))


def rows_of_the_query(model: type[Place | Opening], acting: Acting) -> set[UUID]:
    """Return what the filter of queries alone lets through, with the database's own lifted."""
    with within(acting), as_engine(acting):
        return set(model.visible_to(acting).values_list("pk", flat=True))


def test_places_in_every_handling() -> None:
    """For any teams and any opened records: the rule in words, the filter and the database give the same places."""
    world = World()
    numbers = [team.number for team in world.teams]
    ids = [id_ for id_, _handling, _team in world.places]
    ours = set(ids)

    @UNHURRIED
    @given(teams=st.frozensets(st.sampled_from(numbers)), opened=st.frozensets(st.sampled_from(ids)))
    def holds(teams: frozenset[int], opened: frozenset[UUID]) -> None:
        acting = replace(world.people[0], teams=teams, supervises=frozenset(), opened=opened)
        rule = {
            id_
            for id_, handling, team in world.places
            if handling == Handling.OPEN or team in teams or (handling == Handling.LOCKED and id_ in opened)
        }
        assert rows_of_the_database(Place, acting) & ours == rule
        assert rows_of_the_query(Place, acting) & ours == rule

    holds()


def test_who_opened_what() -> None:
    """One's own openings, those of teams that one supervises, and all to an auditor; nobody else's."""
    world = World()
    numbers = [team.number for team in world.teams]
    ours = {id_ for id_, _account, _team in world.openings}

    @UNHURRIED
    @given(who=st.integers(0, 2), supervises=st.frozensets(st.sampled_from(numbers)), audits=st.booleans())
    def holds(who: int, supervises: frozenset[int], audits: bool) -> None:
        permissions = frozenset({AUDIT_PERMISSION}) if audits else frozenset[str]()
        acting = replace(world.people[who], supervises=supervises, permissions=permissions)
        rule = {
            id_ for id_, account, team in world.openings if audits or account == acting.account or team in supervises
        }
        assert rows_of_the_database(Opening, acting) & ours == rule
        assert rows_of_the_query(Opening, acting) & ours == rule

    holds()


def test_a_sealed_record_is_not_inferable_from_its_history_or_its_lock() -> None:
    """Neither the log of changes nor the question whether it is locked tells that a sealed record is there."""
    from watchward.foundation import reading
    from watchward.foundation.audit.queries import history

    team = factories.team()
    keeper, stranger = factories.officer("sergeant", team=team), factories.officer("sergeant")
    with within(keeper):
        sealed = scene.write_place(keeper, handling=Handling.SEALED, team=team.number)
        locked = scene.write_place(keeper, handling=Handling.LOCKED, team=team.number)
        assert history(keeper, record=sealed.pk).count() == 1
    with within(stranger):
        assert not history(stranger, record=sealed.pk).exists()
        assert not reading.is_locked(Place, sealed.pk)
        assert reading.is_locked(Place, locked.pk)
        assert reading.table_of_locked(sealed.pk) is None
        assert reading.table_of_locked(locked.pk) is Place
        assert reading.locked_among(Place, [sealed.pk, locked.pk]) == {locked.pk: team.number}


def test_no_context_no_rows() -> None:
    """A process that forgets to say who acts sees nothing at all, and learns of no lock."""
    acting = factories.officer("sergeant", team=factories.team())
    with within(acting):
        place = scene.write_place(acting, handling=Handling.LOCKED, team=acting.team)
        scene.write_place(acting)
    with transaction.atomic(), connection.cursor() as cursor:
        for setting in ("actor", "teams", "supervises", "opened", "audits", "engine", "command"):
            cursor.execute("select set_config(%s, '', true)", [f"watchward.{setting}"])
        for table in ("places_place", "access_account", "access_opening", "audit_change", "audit_trace", "duties_duty"):
            cursor.execute(f'select count(*) from "{table}"')
            assert cursor.fetchone() == (0,), table
        cursor.execute("select count(*) from ww_locked_places_place(%s)", [[place.pk]])
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("handling", [Handling.LOCKED, Handling.SEALED])
def test_nobody_writes_into_a_team_that_is_not_theirs(handling: Handling) -> None:
    """The database refuses a locked or sealed row of another team, as it would refuse to show it."""
    acting = factories.officer("sergeant", team=factories.team())
    other = factories.team()
    with within(acting), pytest.raises(DatabaseError, match="row-level security"):
        scene.write_place(acting, handling=handling, team=other.number)


def test_nobody_changes_or_removes_what_they_may_not_see() -> None:
    """A change or removal aimed at another team's sealed record touches no row."""
    team = factories.team()
    keeper, stranger = factories.officer("sergeant", team=team), factories.officer("sergeant", team=factories.team())
    with within(keeper):
        sealed = scene.write_place(keeper, handling=Handling.SEALED, team=team.number)

    @command(needs=None)
    def tamper(acting: Acting) -> tuple[int, int]:
        changed = Place.objects.filter(pk=sealed.pk).update(line="tampered")
        removed: int = Place.objects.filter(pk=sealed.pk)._raw_delete("default")
        return changed, removed

    with within(stranger):
        assert tamper(stranger) == (0, 0)
    with within(keeper):
        assert Place.objects.get(pk=sealed.pk).line == "1 Test Street"


def test_a_trace_is_written_in_ones_own_name_alone() -> None:
    """Nobody can lay a trace in somebody else's name."""
    acting, other = factories.officer("sergeant"), factories.officer("sergeant")
    with within(acting), pytest.raises(DatabaseError, match="row-level security"):
        Trace.objects.create(
            account_id=other.account, account_name=other.name, at=acting.at, kind="opened", what="x", purpose="",
            channel="web",
        )  # fmt: skip


def test_who_acts_is_found_whatever_plan_the_database_chooses() -> None:
    """On small tables the database reads every row: who acts must be told before, and not within, the same plan."""
    acting = factories.officer("sergeant", team=factories.team())
    with transaction.atomic(), connection.cursor() as cursor:
        for way in ("indexscan", "indexonlyscan", "bitmapscan"):
            cursor.execute(f"set local enable_{way} = off")
        cursor.execute("select set_config('watchward.actor', '', true)")
        found = acting_as(acting.account, at=factories.NOW, day_of=factories.NOW)
    assert (found.name, found.roles, found.teams) == (acting.name, acting.roles, acting.teams)
