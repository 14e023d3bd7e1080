"""Keeping the lines true to their sources: at the end of every command, in its transaction."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, Q

from watchward.foundation.access.context import as_engine
from watchward.foundation.acting import Acting
from watchward.foundation.audit.queries import touched
from watchward.foundation.chronicle.kinds import ChronicleKind, Says, concerned, kinds, regards, watched
from watchward.foundation.chronicle.models import Line
from watchward.foundation.ledgers import Balance, ledgers

FIELDS = (
    "opens", "reference", "since", "until", "stands", "due", "headline", "detail", "state", "harm", "flags", "handling",
    "team_id",
)  # fmt: skip
AT_ONCE = 2_000
SINGLY = 10
"""Rows up to which single updates are quicker than one with a case for each row and column."""


def write_lines(acting: Acting, command: UUID) -> None:
    """Write, change or remove the lines of the records that this command touched."""
    changed = touched(command, among=watched((kind.source, kind.follows) for kind in kinds.values()))
    regarded = [kind for kind in kinds.values() if regards(kind.source, kind.follows, changed)]
    if not regarded:
        return
    with as_engine(acting, command=str(command)) as engine:
        for kind in regarded:
            ordered = sorted(concerned(kind.source, kind.follows, changed))
            for start in range(0, len(ordered), AT_ONCE):
                _true_to(engine, kind, set(ordered[start : start + AT_ONCE]))


def _rows(kind: ChronicleKind, says: Says) -> dict[tuple[UUID, UUID, str], dict[str, object]]:
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
        rows[says.source, about.id, about.role] = {**values, **whom, "kind": kind.key, "source": says.source}
    return rows


def _true_to(engine: Acting, kind: ChronicleKind, ids: set[UUID]) -> None:
    wanted: dict[tuple[UUID, UUID, str], dict[str, object]] = {}
    for says in kind.says(engine, list(kind.live(engine).filter(pk__in=ids))):
        wanted.update(_rows(kind, says))
    standing = {(row.source, row.about, row.role): row for row in Line.objects.filter(kind=kind.key, source__in=ids)}
    gone = [row.pk for place, row in standing.items() if place not in wanted]
    if gone:
        Line.objects.filter(pk__in=gone).delete()
    changed = []
    for place, row in standing.items():
        values = wanted.get(place)
        if values and any(getattr(row, name) != values[name] for name in FIELDS):
            for name in FIELDS:
                setattr(row, name, values[name])
            changed.append(row)
    if len(changed) > SINGLY:
        Line.objects.bulk_update(changed, FIELDS)
    else:
        for row in changed:
            row.save(update_fields=FIELDS)
    fresh = [Line(**values) for place, values in wanted.items() if place not in standing]
    if fresh:
        Line.objects.bulk_create(fresh, batch_size=1_000)


def balance(kind: ChronicleKind, acting: Acting) -> Balance:
    """Return the ledger of one kind: every live source has its lines, and no line is without a live source.

    Args:
        kind: which.
        acting: one who sees all.
    """
    live, lines = kind.live(acting).order_by(), Line.objects.filter(kind=kind.key)
    unsaid = ~Q(pk__in=lines.values("source"))
    must = live.aggregate(all=Count("pk"), silent=Count("pk", filter=unsaid))
    has = lines.aggregate(
        all=Count("source", distinct=True),
        left=Count("source", distinct=True, filter=~Q(source__in=live.values("pk"))),
    )
    silent = set(live.filter(unsaid).values_list("pk", flat=True)) if must["silent"] else set[UUID]()
    # A live source that concerns nobody known has no line, and is no fault: it says nothing of anybody.
    mute: set[UUID] = set()
    if silent:
        rows = list(kind.live(acting).filter(pk__in=silent))
        mute = silent - {says.source for says in kind.says(acting, rows) if says.about}
    faults = []
    if silent - mute:
        faults.append(f"{len(silent - mute)} live without a line")
    if has["left"]:
        faults.append(f"{has['left']} lines without a live source")
    return Balance(
        f"chronicle.{kind.key}", kind.title, population=must["all"], discharged=has["all"] - has["left"], open=0,
        released=len(mute), faults=tuple(faults),
    )  # fmt: skip


def hang_ledgers() -> None:
    """Put the ledger of every kind among the ledgers; called once all rooms are loaded."""

    def counting(kind: ChronicleKind) -> None:
        ledgers[f"chronicle.{kind.key}"] = lambda acting: balance(kind, acting)

    for kind in kinds.values():
        counting(kind)
