"""Several tables in one statement: the same rows, in the same order, under the same row-level security."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.foundation import scene
from watchward.domains.places.models import Place
from watchward.foundation.access.context import within
from watchward.foundation.access.models import Membership, Opening
from watchward.foundation.audit.models import Trace
from watchward.foundation.records import Handling
from watchward.foundation.together import at_once, together

pytestmark = pytest.mark.django_db


def _fields(row: object) -> dict[str, object]:
    return {name: value for name, value in vars(row).items() if name != "_state"}


def test_together_gives_what_each_would_have_given() -> None:
    """Values, order and those that are joined are the same; nothing asked gives nothing; it is one statement."""
    team = factories.team()
    keeper, stranger = factories.officer("sergeant", team=team), factories.officer("sergeant", team=factories.team())
    with within(keeper):
        made = [
            scene.write_place(keeper, line=f"{number} Test Street", handling=handling, team=team.number).pk
            for number, handling in enumerate((Handling.OPEN, Handling.LOCKED, Handling.SEALED))
        ]
    for acting, seen in ((keeper, 3), (stranger, 1)):
        with within(acting):
            asked = (
                Place.objects.filter(pk__in=made).order_by("-line"),
                Place.objects.filter(pk__in=[]),
                Membership.objects.filter(account_id=acting.account).select_related("team", "account").order_by("pk"),
                Trace.objects.filter(about=made[0]),
                Opening.objects.filter(account_id=acting.account).select_related("reviewed_by"),
            )
            with CaptureQueriesContext(connection) as captured:
                found = together(*asked)
                assert [row.team.number for row in found[2]] == [acting.team]
                assert [row.account.pk for row in found[2]] == [acting.account]
            assert len(captured) == 1
            for rows, alone in zip(found, asked, strict=True):
                assert [(type(row), _fields(row)) for row in rows] == [(type(row), _fields(row)) for row in alone]
            assert len(found[0]) == seen


def test_single_values_come_behind_the_rows() -> None:
    """A count beside a list is the same statement, whether or not the list has rows."""
    acting = factories.officer("sergeant", team=factories.team())
    with within(acting):
        place = scene.write_place(acting)
        count = ("select count(*) from places_place where id = %s", [place.pk])
        with CaptureQueriesContext(connection) as captured:
            assert together(Place.objects.filter(pk=place.pk), also=[count]) == ([place], 1)
            assert together(Place.objects.none(), also=[count, count]) == ([], 1, 1)
        assert at_once(count) == (1,)
    assert len(captured) == 2


def test_nothing_asked_is_no_statement() -> None:
    """Rows that cannot be there are not asked for."""
    with CaptureQueriesContext(connection) as captured:
        assert together(Place.objects.none(), Place.objects.filter(pk__in=[])) == ([], [])
        assert at_once() == ()
    assert len(captured) == 0
