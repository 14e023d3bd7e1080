"""What many rows are written with: each of them, identifiers in order, and moments to the microsecond."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from uuid import RFC_4122, UUID

import polars as pl
import pytest
from django.db import models
from hypothesis import example, given
from hypothesis import strategies as st

from tests import factories
from tests.foundation import scene
from watchward.domains.places.models import Place
from watchward.foundation import bringing
from watchward.foundation.access.context import as_engine, within
from watchward.foundation.acting import Acting
from watchward.foundation.bringing import _series, behind, owe
from watchward.foundation.chronicle.models import Line
from watchward.foundation.commands import command, current
from watchward.foundation.duties.kinds import DutyKind
from watchward.foundation.duties.models import Duty
from watchward.foundation.intake.bulk import ids

MOMENTS = st.datetimes(
    datetime(1500, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    datetime(2900, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=1)), timezone(timedelta(hours=-9, minutes=-30))]),
)


def test_identifiers_are_of_the_seventh_kind_in_order_and_each_their_own() -> None:
    """Ten thousand at one moment: the moment stands in front, each is greater than the one before (RFC 9562, 5.7)."""
    found = ids(10_000, factories.NOW)
    read = [UUID(each) for each in found]
    assert len(set(found)) == 10_000
    assert found == sorted(found)
    assert {(each.version, each.variant) for each in read} == {(7, RFC_4122)}
    stamp = int(factories.NOW.timestamp() * 1000)
    assert [each.int >> 80 for each in read] == [stamp + place // 4096 for place in range(10_000)]
    assert ids(0, factories.NOW) == []


@given(st.lists(MOMENTS | st.none(), min_size=1))
@example(
    [datetime(2019, 6, 30, 23, 59, 59, 999_999, tzinfo=UTC), None, datetime(1969, 12, 31, 23, 59, 59, 1, tzinfo=UTC)]
)
@example([datetime(2106, 2, 7, 6, 28, 15, 999_999, tzinfo=UTC), datetime(2106, 2, 7, 6, 28, 17, 1, tzinfo=UTC)])
def test_a_moment_is_written_to_the_microsecond(values: list[datetime | None]) -> None:
    """Whatever its zone and however far away: the very moment, and none where there is none."""
    written = _series(models.DateTimeField(), list(values))
    assert written.dtype == pl.Datetime("us", "UTC")
    assert written.to_list() == values


@pytest.mark.django_db
@pytest.mark.parametrize("beside", [False, True], ids=["in turn", "in a thread beside"])
@pytest.mark.parametrize("many", [1, 2, 3, 4, 5])
def test_as_many_are_written_as_are_meant(many: int, beside: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """One alone, of which nothing differs from another, and the one that is left over of two at a time as well."""
    monkeypatch.setattr(bringing, "AT_ONCE", 2)

    @command(needs=None)
    def bring(acting: Acting, kind: DutyKind, places: list[Place]) -> None:
        with as_engine(acting, command=str(current().id)) as engine:
            if not beside:
                owe(engine, kind, places, {})
                return
            with behind():
                owe(engine, kind, places, {})

    with scene.visits_owed() as kind, within(factories.machinery()) as acting:
        places = [scene.write_place(acting) for _ in range(many)]
        bring(acting, kind, places)
        duties = Duty.visible_to(acting).filter(kind=kind.key)
        assert sorted(duties.values_list("about", flat=True)) == sorted(place.pk for place in places)
        assert sorted(Line.objects.values_list("source", flat=True)) == sorted(duty.pk for duty in duties)
