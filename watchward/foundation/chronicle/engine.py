"""Keeping the lines true to their sources: at the end of every command, in its transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from uuid import UUID

from watchward.foundation.acting import Acting
from watchward.foundation.chronicle.kinds import ChronicleKind, Says, Touched, kinds
from watchward.foundation.chronicle.models import Line
from watchward.foundation.statements import Asked, Slot, any_of, change, change_and_insert, insert

FIELDS = (
    "opens", "reference", "since", "until", "stands", "due", "headline", "detail", "state", "harm", "flags", "handling",
    "team_id",
)  # fmt: skip
AT_ONCE = 2_000

Place = tuple[str, UUID, UUID, str]
"""What a line is known by: its kind, its source, whom it is about, and in which part."""


def write_lines(engine: Acting, touched: Touched) -> None:
    """Write, change or remove the lines of the records that a command touched.

    Args:
        engine: whoever acts, with their scope lifted.
        touched: what it changed.
    """
    pairs = [(kind, id_) for kind in kinds.values() for id_ in sorted(touched.concerned(kind.source, kind.follows))]
    for start in range(0, len(pairs), AT_ONCE):
        _true_to(engine, pairs[start : start + AT_ONCE])


@lru_cache(maxsize=1)
def _standing() -> Asked:
    return Asked(Line.objects.filter(any_of("kind", Slot("kinds")), any_of("source", Slot("sources"))))


def rows_of(kind: ChronicleKind, says: Says) -> dict[Place, dict[str, object]]:
    """Return what one source says as rows, by what each line is known by."""
    values: dict[str, object] = {
        "opens": says.opens or says.source,
        "reference": says.reference,
        "since": says.since,
        "until": says.until,
        "stands": says.stands,
        "due": says.due,
        "headline": says.headline[:300],
        "detail": says.detail[:600],
        "state": says.state,
        "harm": says.harm,
        "flags": list(says.flags),
        "handling": says.handling,
        "team_id": says.team,
    }
    rows = {}
    for about in says.about:
        whom = {"about_kind": about.kind, "about": about.id, "role": about.role}
        rows[kind.key, says.source, about.id, about.role] = {**values, **whom, "kind": kind.key, "source": says.source}
    return rows


def _true_to(engine: Acting, pairs: Sequence[tuple[ChronicleKind, UUID]]) -> None:
    sources: dict[str, set[UUID]] = defaultdict(set)
    for kind, id_ in pairs:
        sources[kind.key].add(id_)
    wanted: dict[Place, dict[str, object]] = {}
    for key, ids in sources.items():
        if live := kinds[key].living.of(engine, ids):
            for says in kinds[key].says(engine, live):
                wanted.update(rows_of(kinds[key], says))
    standing = {
        (row.kind, row.source, row.about, row.role): row
        for row in _standing().of(kinds=sources, sources={id_ for _kind, id_ in pairs})
        if row.source in sources[row.kind]
    }
    gone = [row.pk for place, row in standing.items() if place not in wanted]
    if gone:
        Line.objects.filter(pk__in=gone).delete()
    changed, names = [], set[str]()
    for place, row in standing.items():
        values = wanted.get(place)
        if values and (differ := [name for name in FIELDS if getattr(row, name) != values[name]]):
            for name in differ:
                setattr(row, name, values[name])
            changed.append(row)
            names.update(differ)
    fresh = [Line(**values) for place, values in wanted.items() if place not in standing]
    if changed and fresh:
        change_and_insert(changed, names, fresh)
    elif changed:
        change(changed, names)
    elif fresh:
        insert(fresh)
