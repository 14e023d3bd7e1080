"""What others are told of a record follows it: written, changed, locked and removed with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import uuid4

import pytest
from django.db.models import Q

from tests import factories
from tests.foundation import scene
from watchward.domains.places.models import Place
from watchward.foundation import reading
from watchward.foundation.access import commands as access
from watchward.foundation.access.context import as_engine, within
from watchward.foundation.access.models import Account, Membership
from watchward.foundation.acting import Acting
from watchward.foundation.chronicle import balances, engine, queries
from watchward.foundation.chronicle.kinds import About, ChronicleKind, Follows, Says, kinds
from watchward.foundation.chronicle.models import Line
from watchward.foundation.commands import command
from watchward.foundation.duties.models import Duty
from watchward.foundation.records import Handling

pytestmark = pytest.mark.django_db


@pytest.fixture
def kind() -> Iterator[ChronicleKind]:
    """Places tell who was seen near them."""
    with scene.places_told() as kind:
        yield kind


def test_lines_follow_their_source(kind: ChronicleKind) -> None:
    """A line appears with its source, says what it says now, moves to whom it is now about, and goes with it."""
    acting = factories.officer("sergeant")
    one, other = uuid4(), uuid4()
    with within(acting):
        place = scene.write_place(acting, line="1 Test Street", about=one)
        (line,) = queries.about(acting, [one])
        assert (line.headline, line.role, line.reference) == ("1 Test Street", "seen there", place.reference)
        scene.change_place(acting, place=place.pk, line="2 Test Street")
        assert queries.about(acting, [one]).get().headline == "2 Test Street"
        assert queries.about(acting, [one]).get().pk == line.pk
        scene.change_place(acting, place=place.pk, vicinity=str(other))
        assert not queries.about(acting, [one]).exists()
        assert queries.about(acting, [other]).get().headline == "2 Test Street"
        scene.remove_place(acting, place=place.pk)
        assert not queries.about(acting, [other]).exists()


def test_a_refused_command_tells_nothing(kind: ChronicleKind) -> None:
    """What was not done is not told."""
    acting = factories.officer("sergeant")
    with within(acting):
        with pytest.raises(Exception, match="closed"):
            scene.write_and_refuse(acting, line="9 Nowhere Lane")
        assert not Line.visible_to(acting).filter(kind=kind.key).exists()


def test_a_line_is_kept_as_its_source_is(kind: ChronicleKind) -> None:
    """Locked: that it is there is told, and it is read after opening with a reason; sealed: nothing is told at all."""
    team = factories.team()
    keeper = factories.officer("sergeant", team=team)
    stranger = factories.officer("sergeant", team=factories.team())
    person = uuid4()
    with within(keeper):
        place = scene.write_place(keeper, about=person, team=team.number)
    with within(stranger):
        assert queries.about(stranger, [person]).count() == 1
    with within(keeper):
        scene.change_place(keeper, place=place.pk, handling=Handling.LOCKED)
        assert queries.about(keeper, [person]).count() == 1
        assert queries.locked_about(keeper, [person]) == []
    with within(stranger):
        assert not queries.about(stranger, [person]).exists()
        (locked,) = queries.locked_about(stranger, [person])
        assert (locked.team, locked.opens) == (team.number, place.pk)
        table = reading.table_of_locked(locked.opens)
        assert table is not None
        reading.open_locked(stranger, table=table, record=locked.opens, reason="He is at the door now")
    with within(factories.officer("sergeant")) as other:
        assert not queries.about(other, [person]).exists()
    with within(_again(stranger)) as opened:
        assert queries.about(opened, [person]).count() == 1
        assert queries.locked_about(opened, [person]) == []
    with within(keeper):
        scene.change_place(keeper, place=place.pk, handling=Handling.SEALED)
    with within(_again(stranger)) as sealed:
        assert not queries.about(sealed, [person]).exists()
        assert queries.locked_about(sealed, [person]) == []


def _again(acting: object) -> Acting:
    from django.db import transaction

    from watchward.foundation.access.queries import acting_as

    assert isinstance(acting, Acting)
    with transaction.atomic():
        return acting_as(acting.account, at=acting.at, day_of=acting.at)


def test_what_is_owed_opens_with_its_record() -> None:
    """The line of a duty about a locked record names that record as the one to open, and opens with it."""
    team = factories.team()
    keeper = factories.officer("sergeant", team=team)
    stranger = factories.officer("sergeant")
    with scene.visits_owed():
        with within(keeper):
            place = scene.write_place(keeper, handling=Handling.LOCKED, team=team.number, owes=True)
            assert queries.about(keeper, [place.pk]).count() == 1
        with within(stranger):
            (locked,) = queries.locked_about(stranger, [place.pk])
            assert locked.opens == place.pk
            from watchward.domains.places.models import Place

            reading.open_locked(stranger, table=Place, record=place.pk, reason="He is at the door now")
        with within(_again(stranger)) as opened:
            assert queries.about(opened, [place.pk]).get().headline == "Was this place visited?"


def test_the_ledger_balances_and_sees_what_was_dropped_or_left(kind: ChronicleKind) -> None:
    """Live sources are live lines; a line lost behind the engine's back, or left after its source, is counted."""
    acting = factories.machinery()
    with within(acting):
        places = [scene.write_place(acting, about=uuid4()) for _ in range(3)]
        scene.write_place(acting)
        with as_engine(acting) as sees:
            assert balances.ledger_of(kind)(sees).balances

        @command(needs=None)
        def lose(acting: Acting) -> None:
            Line.objects.filter(kind=kind.key, source=places[0].pk).delete()
            Line.objects.filter(kind=kind.key, source=places[1].pk).update(source=uuid4())

        lose(acting)
        with as_engine(acting) as sees:
            counted = balances.ledger_of(kind)(sees)
    assert not counted.balances
    assert counted.faults == ("2 live without a line", "1 lines without a live source")


@pytest.mark.parametrize("mute", [None, Q(line="Nobody"), Q(line="Somebody")], ids=["not said", "said", "wrongly said"])
def test_a_source_that_concerns_nobody_has_no_line_and_is_no_fault(mute: Q | None) -> None:
    """It is released: by the condition that its kind gives, or else when it is asked and names nobody."""
    asked: list[str] = []

    def says(_acting: Acting, places: Sequence[Place]) -> Iterator[Says]:
        asked.extend(place.line for place in places)
        for place in places:
            about = [] if place.line == "Nobody" else [About("person", place.pk)]
            yield Says(place.pk, about, factories.NOW, "Somebody was there")

    acting = factories.machinery()
    kind = ChronicleKind("tests.mute", "Who was there", Place, live=Place.visible_to, says=says, mute=mute)
    try:
        with within(acting), as_engine(acting) as sees:
            for line in ("Nobody", "Somebody"):
                scene.write_place(acting, line=line)
            asked.clear()
            book = balances.ledger_of(kind)(sees)
    finally:
        del kinds[kind.key]
    assert (book.population, book.discharged, book.released, book.faults) == (2, 1, 1, ())
    assert asked == ([] if mute == Q(line="Nobody") else ["Nobody"])


def test_a_thousand_sources_in_one_command(kind: ChronicleKind) -> None:
    """A bulk command tells of all that it wrote, past the size of one step of the engine."""
    acting = factories.machinery()
    person = uuid4()

    @command(needs=None)
    def many(acting: Acting) -> None:
        from watchward.domains.places.models import Place

        Place.objects.bulk_create(
            Place(reference=f"B-{n}", line=f"{n} Long Road", normal="x", once=f"b{n}", made_at=acting.at,
                  vicinity=str(person))
            for n in range(engine.AT_ONCE + 7)
        )  # fmt: skip

    with within(acting):
        many(acting)
        assert queries.about(acting, [person]).count() == engine.AT_ONCE + 7
        assert not Duty.visible_to(acting).exists()


def test_what_goes_out_of_sight_takes_its_lines_along(kind: ChronicleKind) -> None:
    """Whoever seals a record to a team that is not theirs leaves no line behind that others could read."""
    hub = factories.team()
    keeper, acting = factories.officer("sergeant", team=hub), factories.officer("sergeant", team=factories.team())
    person = uuid4()
    with scene.visits_owed():
        with within(acting):
            place = scene.write_place(acting, about=person, team=hub.number, owes=True)
            scene.seal_by_machinery(acting, place=place.pk)
        with within(acting):
            assert not queries.about(acting, [person, place.pk]).exists()
            assert not Duty.visible_to(acting).filter(about=place.pk).exists()
        with within(keeper):
            assert queries.about(keeper, [person]).count() == 1
            assert queries.about(keeper, [place.pk]).count() == 1


@contextmanager
def memberships_told() -> Iterator[ChronicleKind]:
    """Accounts tell how many teams they are in, for as long as this lasts."""
    kind = ChronicleKind(
        key="tests.teams",
        title="Who is in how many teams",
        source=Account,
        live=Account.visible_to,
        says=lambda _acting, accounts: [
            Says(account.pk, [About("person", account.pk)], factories.NOW, f"{account.memberships.count()} teams")
            for account in accounts
        ],
        follows=(Follows(Membership, "account_id"),),
    )
    try:
        yield kind
    finally:
        del kinds[kind.key]


def test_a_row_that_names_the_source_concerns_it_also_when_it_is_removed() -> None:
    """A child that is added or removed brings its source's line up to date, though nothing of the source changed."""

    @command(needs=None)
    def strike_out(acting: Acting) -> None:
        Membership.objects.filter(account_id=someone.account).delete()

    someone = factories.officer("sergeant", team=factories.team())
    team = factories.team()
    machinery = factories.machinery()
    with memberships_told(), within(machinery):
        access.join_team(machinery, account=someone.account, team=team.number, since=factories.START)
        assert queries.about(machinery, [someone.account]).get().headline == "2 teams"
        strike_out(machinery)
        assert queries.about(machinery, [someone.account]).get().headline == "0 teams"
