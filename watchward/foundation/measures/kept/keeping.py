"""Keeping: what changes reach is let go, and every month that is over and not kept is counted and kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from uuid import UUID

from django.db import connection
from django.db.models import Q

from watchward.foundation.acting import Acting
from watchward.foundation.audit.entries import CLUSTER
from watchward.foundation.measures.counting import Counter
from watchward.foundation.measures.declared import Measure, Spread, measures
from watchward.foundation.measures.figures import Asked, Group
from watchward.foundation.measures.kept.asking import by_words, settled
from watchward.foundation.measures.kept.cells import Cell, narrowed, of_counted
from watchward.foundation.measures.kept.deciding import Decided, decided, levels, statements
from watchward.foundation.measures.kept.reaching import FRESH, reached
from watchward.foundation.measures.models import KeptMonth, KeptUntil
from watchward.foundation.measures.spans import Span, last_of, months_before
from watchward.kernel.periods import local_day

MONTHS = 25
"""Months back that are kept: what a chart draws, in which the year before is, and one more."""

AT_MOST = 50_000
"""Changes of records, as after a loading, above which all kept months of the measures they may reach go."""

Cells = dict[Group, Cell]


def keep_months(engine: Acting) -> tuple[int, int]:
    """Hold kept months against what has changed, and keep those that are over and are not kept.

    Args:
        engine: the machinery with its scope lifted, within a command.

    Returns:
        How many months of measures were let go, and how many were counted and kept.
    """
    known = {key: (each, what) for key, each in measures.items() if (what := decided(each)) is not None}
    with connection.cursor() as cursor:
        cursor.execute(f"select pg_current_snapshot()::text, ({CLUSTER})")
        snapshot, cluster = cursor.fetchone()
        cursor.execute("select set_config('work_mem', '128MB', true)")  # a year of rows is grouped at once
    gone = _let_go(known, cluster)
    kept = sum(_keep(engine, each, what) for each, what in known.values())
    KeptUntil.objects.update_or_create(only=True, defaults={"snapshot": snapshot, "cluster": cluster, "at": engine.at})
    return gone, kept


def _let_go(known: Mapping[str, tuple[Measure, Decided]], cluster: str) -> int:
    until = KeptUntil.objects.first()
    stale = Q(pk__in=())
    if until is None or until.cluster != cluster:
        stale = Q()
    else:
        fresh = _changed(sorted({table for _each, what in known.values() for table in what.reaches}))
        if fresh is None:
            stale = Q()
        else:
            found = reached(known.values(), fresh)
            stale |= Q(measure__in=sorted(found.whole))
            for key, months in found.months.items():
                stale |= Q(measure=key, month__in=sorted(months))
    old = ~Q(words__in=[what.words for _each, what in known.values()])
    return KeptMonth.objects.filter(stale | old).delete()[0]


def _changed(tables: Sequence[str]) -> dict[str, list[UUID]] | None:
    with connection.cursor() as cursor:
        cursor.execute(
            f'select "table", record from {FRESH}',  # noqa: S608 - no value in its words
            [list(tables), AT_MOST + 1],
        )
        rows = cursor.fetchall()
    if len(rows) > AT_MOST:
        return None
    fresh: defaultdict[str, list[UUID]] = defaultdict(list)
    for table, record in set(rows):
        fresh[table].append(record)
    return fresh


def _keep(engine: Acting, measure: Measure, known: Decided) -> int:
    """Count the months of a measure that are over and not kept; return how many are kept now that were not."""
    today = local_day(engine.at).replace(day=1)
    over = list(Span(months_before(today, MONTHS), months_before(today, 1)).months())
    there = set(KeptMonth.objects.filter(measure=measure.key, by="").values_list("month", flat=True))
    made = 0
    for span in _runs([month for month in over if month not in there]):
        counted = _counted(engine, measure, span)
        rows = []
        for month in span.months():
            own = {by: cells.get(month, {}) for by, cells in counted.items()}
            if settled(measure, known, own[""].values()):
                rows += [_row(measure, known, month, by, cells) for by, cells in own.items()]
                made += 1
        KeptMonth.objects.bulk_create(rows, batch_size=500)
    return made


def _row(measure: Measure, known: Decided, month: date, by: str, cells: Cells) -> KeptMonth:
    written = [cell.written(group) for group, cell in sorted(cells.items(), key=str)]
    return KeptMonth(measure=measure.key, by=by, month=month, words=known.words, cells=written)


def _counted(engine: Acting, measure: Measure, span: Span) -> dict[str, dict[date, Cells]]:
    """Return the cells of every month of a period, by every breakdown and pair of them by which a figure is asked."""
    counter = Counter(engine, engine)
    if isinstance(measure, Spread):
        return {"": _spread(counter, measure, span)}
    one, _several = levels(measure)
    found: dict[str, dict[date, Cells]] = {}
    for by in statements(measure):
        keys = [each.key for each in by]
        whole = _by_month(of_counted(counter.count(Asked(measure, span, by=by, months=True, locks=True))))
        last = keys[-1] if len(by) > len(one) else ""
        for chosen in _subsets(keys, last):
            places = [keys.index(key) for key in sorted(chosen)]
            found[by_words(chosen)] = {month: narrowed(cells, places) for month, cells in whole.items()}
    return found


def _subsets(keys: Sequence[str], last: str) -> Iterator[tuple[str, ...]]:
    """Yield none, one and two of the breakdowns; with one of which a row has several, only those that have it."""
    for size in range(3):
        for chosen in combinations(keys, size):
            if not last or last in chosen:
                yield chosen


def _spread(counter: Counter, measure: Measure, span: Span) -> dict[date, Cells]:
    """Return the months of a spread, whole: their median is of all rows, and who may open which stands beside it."""
    found = _by_month(of_counted(counter.count(Asked(measure, span, months=True, locks=True))))
    for group, figure in counter.count(Asked(measure, span, months=True)).items():
        if figure.median is not None and figure.ninetieth is not None:
            found[date.fromisoformat(str(group[0]))][()].centiles = (figure.median, figure.ninetieth)
    return found


def _by_month(cells: Cells) -> dict[date, Cells]:
    found: defaultdict[date, Cells] = defaultdict(dict)
    for (month, *group), cell in cells.items():
        found[date.fromisoformat(str(month))][tuple(group)] = cell
    return found


def _runs(months: Sequence[date]) -> Iterator[Span]:
    """Yield these months as periods without gaps, of a year at most."""
    run: list[date] = []
    for month in months:
        if run and (months_before(month, 1) != run[-1] or len(run) == 12):
            yield _span(run)
            run = []
        run.append(month)
    if run:
        yield _span(run)


def _span(run: Sequence[date]) -> Span:
    return Span(run[0], last_of(run[-1]))
