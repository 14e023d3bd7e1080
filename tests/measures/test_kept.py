"""Months that are kept: the same figures as counted now, whatever changed since, and whoever asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories
from tests.measures import town
from tests.measures.town import Happened, moment
from watchward.domains.incidents.models import Incident
from watchward.domains.incidents.vocabulary import Grade, Qualifier
from watchward.domains.organisation.models import Area
from watchward.foundation.access.context import as_engine, within
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command, current
from watchward.foundation.measures import commands
from watchward.foundation.measures.counting import Asked, counting
from watchward.foundation.measures.declared import Measure, Spread, measure, measures
from watchward.foundation.measures.kept import keeping
from watchward.foundation.measures.kept.deciding import decided
from watchward.foundation.measures.models import KeptMonth, KeptUntil
from watchward.foundation.measures.queries import tell
from watchward.foundation.measures.spans import Span
from watchward.foundation.records import Handling

pytestmark = pytest.mark.django_db(transaction=True)

YEAR = Span(date(2018, 7, 1), date(2019, 6, 30))
TWO_YEARS = Span(date(2017, 7, 3), date(2019, 7, 1))
ALSO = (Qualifier.DOMESTIC_ABUSE.value, Qualifier.CHILD.value)


WIDELY = tuple(f"incidents.{name}" for name in ("reported", "attended-in-time", "domestic-attended-fast", "minutes"))
NARROWLY = (*WIDELY[1:], "incidents.reassessed-in-time")


def every_asking(each: Measure) -> Iterator[Asked]:
    """Yield every figure that a page asks of a measure."""
    for months in (False, True):
        yield Asked(each, TWO_YEARS, months=months)
        for size in (1, 2):
            for by in combinations(each.breakdowns, size):
                if sum(one.overlaps for one in by) < 2:
                    yield Asked(each, TWO_YEARS, by=by, months=months)
    for one in each.breakdowns:
        yield Asked(each, TWO_YEARS, months=True, only={one.key: None})


def some_asking(each: Measure) -> Iterator[Asked]:
    """Yield the whole, the months, an area's months, and the first and last breakdown by each other."""
    yield Asked(each, TWO_YEARS)
    yield Asked(each, TWO_YEARS, months=True)
    yield Asked(each, TWO_YEARS, months=True, only={"area": "leek"})
    yield Asked(each, TWO_YEARS, by=(each.breakdowns[0], each.breakdowns[2]))


def differing(acting: Acting, asking: Callable[[Measure], Iterator[Asked]], keys: Sequence[str]) -> list[Any]:
    """Return what differs between figures with kept months and the same counted now: what, kept, now."""
    asked = [one for key in keys for one in asking(measures[key])]
    with within(acting), counting(acting) as counter:
        kept, now = counter.several(asked), counter.count_now(asked)
    return [
        (each.measure.key, [one.key for one in each.by], each.months, one, other)
        for each, one, other in zip(asked, kept, now, strict=True)
        if dict(one) != dict(other)
    ]


def keep(at: Any = factories.NOW) -> tuple[int, int]:
    """Keep months as the worker does."""
    acting = factories.machinery(at=at) if at is not factories.NOW else factories.machinery()
    with within(acting):
        return commands.keep(acting)


@pytest.fixture(autouse=True)
def fewer(monkeypatch: pytest.MonkeyPatch) -> dict[str, Measure]:
    """Those measures alone are kept that are asked about here."""
    few = {key: measures[key] for key in (*WIDELY, *NARROWLY, "incidents.vulnerable-minutes")}
    monkeypatch.setattr(keeping, "measures", few)
    return few


@pytest.fixture
def reader() -> Acting:
    """Somebody of one team in a town of two years' incidents; some are locked or sealed, to theirs or to another."""
    ours, theirs = factories.team(), factories.team()
    who = factories.officer("auditor", team=ours)
    kinds = [
        (Handling.OPEN, None), (Handling.OPEN, None), (Handling.LOCKED, ours.number), (Handling.LOCKED, theirs.number),
        (Handling.LOCKED, None), (Handling.SEALED, ours.number), (Handling.SEALED, theirs.number),
    ]  # fmt: skip
    rows = [
        Happened(
            moment(date(2017, 7, 3) + timedelta(days=9 * n)), grade=Grade(1 + n % 3), minutes=5 + 7 * (n % 11),
            area=("stafford", "leek", "")[n % 3], also=ALSO[: n % 3], handling=kinds[n % 7][0], team=kinds[n % 7][1],
        )
        for n in range(80)
    ]  # fmt: skip
    with within(factories.machinery()) as machinery:
        town.found_areas(machinery, names=["stafford", "leek"])
        town.happens(machinery, rows=rows)
    return who


@command(needs=None)
def alter(acting: Acting, /, *, incident: Incident, **fields: Any) -> None:
    """Change an incident, whatever its handling."""
    with as_engine(acting, command=str(current().id)):
        Incident.objects.filter(pk=incident.pk).update(**fields)


@command(needs=None)
def rename(acting: Acting, /, *, area: str, key: str) -> None:
    """Give an area another key: every incident there is then counted elsewhere."""
    Area.objects.filter(key=area).update(key=key)


def some(n: int) -> Incident:
    """Return one of the incidents, in the order in which they were reported."""
    with within(factories.machinery()) as acting, as_engine(acting):
        return Incident.objects.order_by("rang_at", "reference")[n]


def asked_of_rows(acting: Acting, asked: Asked) -> bool:
    """Return whether the rows themselves were asked for a figure."""
    with within(acting), counting(acting) as counter, CaptureQueriesContext(connection) as sent:
        counter.several([asked])
    return any("incidents_incident" in each["sql"] and "json_agg(r)" in each["sql"] for each in sent.captured_queries)


def test_kept_months_are_the_same_and_the_rows_are_not_asked(reader: Acting, fewer: dict[str, Measure]) -> None:
    """Every breakdown and pair of every measure of incidents; a year of whole months takes nothing from the rows."""
    year = Asked(measure("incidents.attended-in-time"), YEAR)
    assert asked_of_rows(reader, year)
    gone, kept = keep()
    assert (gone, kept) == (0, keeping.MONTHS * len(fewer))
    assert not asked_of_rows(reader, year)
    assert asked_of_rows(reader, Asked(year.measure, TWO_YEARS))  # its first and last month are not whole
    assert differing(reader, every_asking, WIDELY) == []
    assert differing(reader, some_asking, list(fewer)) == []
    assert keep() == (0, 0)


CHANGES: dict[str, dict[str, Any]] = {
    "another grade": {"grade": Grade.PRIORITY},
    "nobody was there": {"at_scene_at": None},
    "there later": {"at_scene_at": moment(date(2018, 9, 9))},
    "in another month": {"rang_at": moment(date(2018, 2, 2))},
    "in no area": {"area_id": None},
    "flagged": {"qualifiers": [Qualifier.VULNERABLE.value]},
    "locked to nobody": {"handling": Handling.LOCKED, "team_id": None},
    "sealed": {"handling": Handling.SEALED},
}


def test_a_month_whose_rows_changed_since_is_counted_again(reader: Acting) -> None:
    """Incidents of settled months change, each otherwise: every figure is as counted now, and then it is kept again."""
    keep()
    for n, fields in enumerate(CHANGES.values()):
        with within(factories.machinery()) as acting:
            alter(acting, incident=some(8 * n), **fields)
        assert differing(reader, some_asking, NARROWLY) == [], fields
    gone, kept = keep()
    assert gone
    assert kept
    assert differing(reader, every_asking, WIDELY[:2]) == []


def test_a_row_that_comes_into_a_month_and_an_area_that_is_called_otherwise(reader: Acting) -> None:
    """One is put into a month long over; every incident of an area is counted under its new key."""
    keep()
    with within(factories.machinery()) as acting:
        town.happens(acting, rows=[Happened(moment(date(2018, 1, 5)), area="leek", also=ALSO)])
    assert differing(reader, some_asking, NARROWLY) == []
    with within(factories.machinery()) as acting:
        rename(acting, area="stafford", key="stafford-and-stone")
    assert differing(reader, some_asking, NARROWLY) == []
    keep()
    assert differing(reader, some_asking, NARROWLY) == []
    assert not asked_of_rows(reader, Asked(measure("incidents.reported"), YEAR))


def altered_anyhow(reader: Acting, data: st.DataObject) -> None:
    """Alter incidents in any of these ways, keep months at any time between, and compare."""
    for _step in range(data.draw(st.integers(1, 4))):
        if data.draw(st.booleans()):
            keep()
        which = data.draw(st.integers(0, 70))
        day = date(2017, 7, 1) + timedelta(days=data.draw(st.integers(0, 729)))
        fields = data.draw(st.sampled_from([*CHANGES.values(), {"rang_at": moment(day)}]))
        with within(factories.machinery()) as acting:
            alter(acting, incident=some(which), **fields)
    assert differing(reader, some_asking, NARROWLY[:2]) == []


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_changes_between_the_figures_are_those_of_the_rows(reader: Acting, data: st.DataObject) -> None:
    """Any incidents change in any way, with keeping at any time between: no figure is ever an old one."""
    altered_anyhow(reader, data)


@pytest.mark.soak
@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_changes_for_long(reader: Acting, data: st.DataObject) -> None:
    """The same four hundred times."""
    altered_anyhow(reader, data)


def test_whoever_opened_a_locked_record_has_it_counted_for_them(reader: Acting) -> None:
    """What they may open is counted beside the figure; a record opened with a reason is theirs to open."""
    from dataclasses import replace

    keep()
    locked = [row for n in range(60) if (row := some(n)).handling == Handling.LOCKED and row.team_id is None]
    opened = replace(reader, opened=frozenset({locked[0].pk}))
    for who in (reader, opened):
        assert differing(who, some_asking, NARROWLY) == []


def test_what_is_declared_otherwise_or_comes_from_another_cluster_is_not_believed(reader: Acting) -> None:
    """A kept row of other words is let go; another cluster numbers its transactions anew, so that nothing holds."""
    keep()
    year = Asked(measure("incidents.reported"), YEAR)
    with within(factories.machinery()) as acting, as_engine(acting):
        _write(acting, KeptMonth, {"measure": "incidents.reported"}, words="other")
    assert asked_of_rows(reader, year)
    assert keep()[0] > 0
    assert not asked_of_rows(reader, year)
    with within(factories.machinery()) as acting, as_engine(acting):
        _write(acting, KeptUntil, {}, cluster="1-1")
    assert asked_of_rows(reader, year)
    keep()
    assert not asked_of_rows(reader, year)


@command(needs=None)
def _write(acting: Acting, /, table: Any, those: dict[str, Any], **fields: Any) -> None:
    """Change kept rows by hand."""
    table.objects.filter(**those).update(**fields)


def test_a_month_in_which_time_still_decides_is_not_kept() -> None:
    """An incident that may still be reached in time keeps its month open; once its time is over the month is kept."""
    with within(factories.machinery()) as acting:
        late = moment(date(2019, 6, 30), 21)
        town.happens(acting, rows=[Happened(late, grade=Grade.SCHEDULED, minutes=None, closed=None)])
    keep()
    kept = KeptMonth.objects.filter(measure="incidents.attended-in-time", by="")
    with within(factories.machinery()):
        assert not kept.filter(month=date(2019, 6, 1)).exists()
        assert kept.filter(month=date(2019, 5, 1)).exists()
    keep(factories.NOW + timedelta(days=2))
    with within(factories.machinery()):
        assert kept.filter(month=date(2019, 6, 1)).exists()


@pytest.mark.parametrize("which", measures.values(), ids=lambda each: each.key)
def test_what_decides_about_a_measure_is_known(which: Measure) -> None:
    """Each is kept, but the one whose day stands with another table; no change but of its own reaches all months."""
    known = decided(which)
    assert (known is None) == (which.key == "victims.statement-offered")
    for table, reach in known.reaches.items() if known else ():
        assert not reach.whole, table


def test_the_page_tells_the_same(reader: Acting) -> None:
    """Chart, period, year before and judgement are those of the rows."""
    which, span = measure("incidents.vulnerable-minutes"), YEAR
    assert isinstance(which, Spread)
    with within(reader):
        before = tell(reader, which, span=span)
    keep()
    with within(reader):
        assert tell(reader, which, span=span) == before


def test_what_was_begun_before_and_committed_after_is_not_missed(reader: Acting) -> None:
    """A command takes its numbers, months are kept, and only then is it committed: its month is counted again."""
    one = some(30)
    settings_ = connection.settings_dict
    begin = "select ww_begin_command(gen_random_uuid(), null, 'long', %s, 'Long', null, now(), '', '', 'cli')"
    with psycopg.connect(dbname=settings_["NAME"], user=settings_["USER"], host=settings_["HOST"]) as long:
        long.execute(
            "select set_config('watchward.actor', %s, true), set_config('watchward.engine', '1', true)",
            [str(reader.account)],
        )
        long.execute(begin, [reader.account])
        long.execute("update incidents_incident set grade = 2, version = version + 1 where id = %s", [one.pk])
        keep()
        long.commit()
    assert differing(reader, some_asking, NARROWLY) == []
