"""The two years against what they were made to be: rates, measures, duties and who may bring them over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.demo.acting import NOW, machinery, persona
from tests.demonstration import SCALE
from watchward.demo.answers import known, told_of_the_year
from watchward.demo.history import volumes
from watchward.demo.history.answers import months
from watchward.demo.history.plan import Month
from watchward.domains.contact import commands as contact
from watchward.domains.contact.vocabulary import Answer, Line, Which
from watchward.domains.crimes import commands as crimes
from watchward.domains.incidents import commands as incidents
from watchward.domains.incidents.vocabulary import Grade, Qualifier
from watchward.domains.victims import commands as victims
from watchward.foundation.access import queries as access
from watchward.foundation.access.context import within
from watchward.foundation.commands import Denied
from watchward.foundation.duties.engine import missing, settle
from watchward.foundation.duties.kinds import kinds
from watchward.foundation.duties.models import Duty, State
from watchward.foundation.measures.counting import Figure, counting
from watchward.foundation.measures.declared import measure
from watchward.foundation.measures.spans import Span
from watchward.kernel.refusals import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

BEFORE = Span(date(2017, 7, 1), date(2018, 6, 30))
"""The first of the two years: no story begins in it, so that all that is counted of it is known."""
YEAR = Span(date(2018, 7, 1), date(2019, 6, 30))


def figure(key: str, span: Span) -> Figure:
    """Return what a measure counts."""
    with within(access.machinery(NOW, "counting for a test")) as acting, counting(acting) as counter:
        return counter.whole(measure(key), span)


@pytest.fixture(scope="module")
def first() -> Month:
    """All that is brought over of the first year."""
    found = Month()
    for month in months(SCALE, known(SCALE).year)[:12]:
        found.add(month)
    return found


@pytest.mark.measure("crimes.charged")
@pytest.mark.measure("crimes.no-support")
@pytest.mark.report("OUT-01", by="crimes.charged")
@pytest.mark.report("OUT-02", by="crimes.no-support")
def test_the_reports_two_rates_come_out_of_rows() -> None:
    """8.9 per cent charged and 20.3 per cent outcome 16, of the crimes recorded in the year to 30 June 2019."""
    year, told = known(SCALE).year, told_of_the_year(SCALE)
    charged, withdrew = figure("crimes.charged", YEAR), figure("crimes.no-support", YEAR)
    assert (charged.counted, charged.rows) == (year.charged + told.charged, year.crimes + told.crimes)
    assert (withdrew.counted, withdrew.rows) == (year.withdrew + told.withdrew, year.crimes + told.crimes)
    assert round(100 * charged.counted / charged.rows, 1) == 8.9
    assert round(100 * withdrew.counted / withdrew.rows, 1) == 20.3


@given(st.floats(0.0005, 2.0))
def test_the_two_rates_are_the_same_at_every_scale(scale: float) -> None:
    """However few crimes there are, both are said as the report says them, and there are never fewer than asked."""
    told = told_of_the_year(scale)
    year = volumes.last_year(scale, told)
    among = year.crimes + told.crimes
    assert among >= round(volumes.CRIMES * scale)
    assert round(100 * (year.charged + told.charged) / among, 1) == 8.9
    assert round(100 * (year.withdrew + told.withdrew) / among, 1) == 20.3


@given(st.integers(0, 10**6), st.lists(st.floats(0.01, 100), min_size=1, max_size=30))
def test_a_total_is_spread_whole(total: int, weights: list[float]) -> None:
    """The parts add up to the total, and none is a whole one away from its weight."""
    parts = volumes.spread(total, weights)
    assert sum(parts) == total
    assert all(abs(part - total * weight / sum(weights)) < 1.0001 for part, weight in zip(parts, weights, strict=True))


def _answered(month: Month) -> int:
    return sum(row.answered is not None for row in month.calls)


def _with(which: Which, answers: tuple[Answer, ...] = tuple(Answer)) -> Callable[[Month], tuple[int, int]]:
    def count(month: Month) -> tuple[int, int]:
        found = sum(any(one is which and said in answers for one, said in row.identified) for row in month.calls)
        return found, _answered(month)

    return count


def _rang(line: Line, counts: Callable[[object], bool]) -> Callable[[Month], tuple[int, int]]:
    def count(month: Month) -> tuple[int, int]:
        rows = [row for row in month.calls if row.line is line]
        return sum(counts(row) for row in rows), len(rows)

    return count


def _ended(*codes: str) -> Callable[[Month], tuple[int, int]]:
    def count(month: Month) -> tuple[int, int]:
        return sum(row.outcome is not None and row.outcome.code in codes for row in month.crimes), len(month.crimes)

    return count


def _domestic(month: Month) -> Iterator[tuple[bool, Grade]]:
    for row in month.incidents:
        if Qualifier.DOMESTIC_ABUSE in row.qualifiers:
            yield row.there is not None, row.grade


KNOWN: dict[str, Callable[[Month], tuple[int, int]]] = {
    "contact.emergency-answered": _rang(
        Line.EMERGENCY, lambda row: row.answered is not None and row.answered <= row.rang + timedelta(seconds=10)  # type: ignore[attr-defined]
    ),
    "contact.abandoned": _rang(Line.NON_EMERGENCY, lambda row: row.answered is None),  # type: ignore[attr-defined]
    "contact.identified": lambda month: (sum(len(row.identified) == 3 for row in month.calls), _answered(month)),
    **{f"contact.asked-{which.value}": _with(which) for which in Which},
    **{f"contact.found-{which.value}": _with(which, (Answer.YES,)) for which in Which},
    "crimes.charged": _ended("1"),
    "crimes.no-support": _ended("16"),
    "crimes.no-support-either": _ended("14", "16"),
    "crimes.recorded-in-time": lambda month: (
        sum(row.recorded <= row.reported + timedelta(hours=24) for row in month.crimes), len(month.crimes)
    ),
    "victims.statement-offered": lambda month: (
        sum(row.offered is not None for row in month.victims), sum(row.statement is not None for row in month.victims)
    ),
    "incidents.reported": lambda month: (len(month.incidents), len(month.incidents)),
    "incidents.domestic-attended-fast": lambda month: (
        sum(there and grade <= Grade.PRIORITY for there, grade in _domestic(month)), len(list(_domestic(month)))
    ),
    "incidents.domestic-by-telephone": lambda month: (
        sum(not there for there, _grade in _domestic(month)), len(list(_domestic(month)))
    ),
}  # fmt: skip


@pytest.mark.parametrize("key", KNOWN)
def test_measures_count_what_was_brought_over(key: str, first: Month) -> None:
    """Each measure whose answer follows from what was made counts just that of the first year."""
    found = figure(key, BEFORE)
    assert (found.counted, found.rows) == KNOWN[key](first)


@pytest.mark.measure("incidents.domestic-attended-fast")
@pytest.mark.measure("incidents.domestic-by-telephone")
@pytest.mark.report("DAB-02", by="incidents.domestic-by-telephone")
def test_domestic_abuse_is_answered_as_the_report_says() -> None:
    """Of the year to 31 March 2019 about 80 per cent at once or soon, and fewer than 6 in a hundred by telephone.

    The few incidents of the stories stand beside those that are brought over, so that it is not exact.
    """
    year = Span(date(2018, 4, 1), date(2019, 3, 31))
    fast, telephone = (figure(f"incidents.domestic-{which}", year) for which in ("attended-fast", "by-telephone"))
    assert abs(100 * fast.counted / fast.rows - 80) < 1
    assert 100 * telephone.counted / telephone.rows < 6


def test_emergencies_are_reached_as_a_force_reaches_them(first: Month) -> None:
    """Every Immediate incident of the year is counted; between six and nine of ten are reached in time."""
    found = figure("incidents.emergencies-in-time", BEFORE)
    urgent = [row for row in first.incidents if row.grade is Grade.IMMEDIATE]
    assert 0 <= len(urgent) - found.rows <= sum(row.there is None for row in urgent)
    assert 0.6 < found.counted / found.rows < 0.9


def test_no_duty_is_missing() -> None:
    """The nightly proof finds nothing to do after what was brought over in bulk."""
    with machinery() as engine:
        assert {kind.key for kind in kinds.values() if missing(engine, kind)} == set()


@pytest.mark.parametrize("key", sorted(kinds))
def test_the_engine_agrees_with_what_was_written_in_bulk(key: str) -> None:
    """Were the duties of a kind that stand open worked out again one by one, none would be any other."""
    from django.db import transaction

    with machinery() as engine, transaction.atomic():
        standing = Duty.objects.filter(kind=key, state=State.OPEN)
        ids = list(standing.values_list("about", flat=True)[:300])
        before = list(Duty.objects.filter(kind=key, about__in=ids).order_by("about").values())
        assert settle(engine, [(kinds[key], ids)], engine.account).opened == 0
        assert list(Duty.objects.filter(kind=key, about__in=ids).order_by("about").values()) == before


@pytest.mark.parametrize(
    "bring", [incidents.bring_incidents, contact.bring_calls, crimes.bring_crimes, victims.bring_victims]
)
def test_only_who_administers_may_bring_records_over(bring: Callable[..., object]) -> None:
    """A call handler may not, whatever the rows."""
    with persona("bhatt") as acting, pytest.raises(Denied):
        bring(acting, rows=[])


def test_all_rows_or_none(first: Month) -> None:
    """Every row with a fault is named with its place, and nothing of the others is written."""
    call, incident = first.calls[0], first.incidents[0]
    crime = next(row for row in first.crimes if row.incident is None)
    with machinery() as engine:
        with pytest.raises(Refused, match="Row 2: Its times are not in order") as refused:
            contact.bring_calls(engine, rows=[call, replace(call, ended=call.rang - timedelta(hours=1))])
        assert len(refused.value.reasons) == 1
        with pytest.raises(Refused, match="Row 1: Only closed incidents"):
            incidents.bring_incidents(engine, rows=[replace(incident, closed=NOW + timedelta(days=1))])
        with pytest.raises(Refused, match="Row 1: No offence has the code"):
            crimes.bring_crimes(engine, rows=[replace(crime, offence="none")])
        late = crime.reported + timedelta(days=3)
        with pytest.raises(Refused, match="Row 1: It was recorded late"):
            crimes.bring_crimes(
                engine, rows=[replace(crime, recorded=late, allocated=late, late_reason="", outcome=None)]
            )
        with pytest.raises(Refused, match="Row 1: That crime has no victim"):
            victims.bring_victims(engine, rows=[replace(first.victims[0], crime=call.id)])
