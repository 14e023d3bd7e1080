"""Reading what is due, held and disposed of, and what is known of one record for its review."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from watchward.foundation.acting import Acting
from watchward.foundation.records import DISPOSED_OF, NotHere, Record, get
from watchward.foundation.retention import rules
from watchward.foundation.retention.declared import Event, Kept, bearing, kept
from watchward.foundation.retention.laying import owned_by
from watchward.foundation.retention.models import Disposal, Held, Hold, Review
from watchward.foundation.retention.vocabulary import STANDING, Group, State
from watchward.kernel.periods import local_day


@dataclass(frozen=True)
class Known:
    """What is known of one record for its review.

    Args:
        facts: what the rules count with.
        events: all that bears on it, the latest first.
        same: references of records that are the same and stand.
    """

    facts: rules.Facts
    events: tuple[Event, ...]
    same: tuple[str, ...] = field(default=())


def known(engine: Acting, declared: Kept, ids: Collection[UUID]) -> dict[UUID, Known]:
    """Return what is known of some records of one table.

    Args:
        engine: who sees all: what a reader may not see counts as well.
        declared: what the table says of itself.
        ids: of the records.
    """
    along = declared.along(engine, ids)
    everyone = {*ids, *(other for others in along.values() for other in others)}
    by_record: defaultdict[UUID, list[Event]] = defaultdict(list)
    for told_by in (declared.events, *(each.events for each in bearing[declared.table._meta.db_table])):
        for event in told_by(engine, everyone):
            by_record[event.record].append(event)
    names = _standing(declared, {other for others in along.values() for other in others})
    given = _given(ids)
    all_of = {id_: [event for one in (id_, *along.get(id_, ())) for event in by_record[one]] for id_ in ids}
    holds = standing_holds(everyone | {event.of for events in by_record.values() for event in events})
    owed = _owed(declared.table, everyone)
    found = {}
    for id_ in ids:
        events = sorted(all_of[id_], key=lambda event: (event.on, event.says), reverse=True)
        if not events:
            continue
        others = (along.get(id_, set()) - {id_}) & names.keys()
        group, next_on = given.get(id_, (None, None))
        held = {words for of in {id_, *others, *(event.of for event in events)} for words in holds.get(of, ())}
        found[id_] = Known(
            facts=rules.Facts(
                since=events[0].on,
                group=group or min(event.group for event in events),
                born=tuple(sorted({event.born for one in (id_, *others) for event in by_record[one] if event.born})),
                open=tuple(dict.fromkeys(f"{event.says}, {event.open}" for event in events if event.open)),
                holds=tuple(sorted(held)),
                owed=sum(owed.get(one, 0) for one in (id_, *others)),
                next_on=next_on,
                child=any(event.child for event in events),
            ),
            events=tuple(events),
            same=tuple(sorted(names[other] for other in others)),
        )
    return found


def _standing(declared: Kept, ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the references of those records that have not been disposed of; nothing is asked where there are none."""
    if not ids:
        return {}
    rows = declared.table._default_manager.filter(pk__in=ids).exclude(**{declared.table.says_disposed: DISPOSED_OF})
    return dict(rows.values_list("pk", "reference"))


def _of(table: type[Any], ids: Collection[UUID]) -> QuerySet[Any]:
    found: QuerySet[Any] = table._default_manager.filter(of__in=ids)
    return found


def _owed(table: type[Record], ids: Collection[UUID]) -> dict[UUID, int]:
    """Return how many duties about each of these records, and about what belongs to it, are open."""
    each = [
        f'select "{column}", id from "{model._meta.db_table}" where "{column}" = any(%(ids)s)'  # noqa: S608
        for model, columns in owned_by(table)
        if model._meta.pk.name == "id"
        for column in columns
    ]
    whose = " union ".join(["select x, x from unnest(%(ids)s::uuid[]) as each (x)", *each])
    with connection.cursor() as cursor:
        cursor.execute(
            f"select whose.record, count(distinct d.id) from duties_duty d join ({whose}) as whose (record, id) "  # noqa: S608
            "on d.about = whose.id where d.state = 'open' group by 1",
            {"ids": list(ids)},
        )
        return dict(cursor.fetchall())


def standing_holds(ids: Collection[UUID]) -> dict[UUID, list[str]]:
    """Return what holds these records, in words, by record."""
    found: defaultdict[UUID, list[str]] = defaultdict(list)
    for row in _of(Held, ids).filter(hold__ended_at__isnull=True).select_related("hold"):
        found[row.of].append(f"{row.hold.matter}, {row.reference}")
    return found


def _given(ids: Collection[UUID]) -> Mapping[UUID, tuple[Group | None, date | None]]:
    """Return the group and the next review that earlier reviews set, by record; the latest of each holds."""
    found: dict[UUID, tuple[Group | None, date | None]] = {}
    for row in _of(Review, ids).order_by("decided_at", "called_at"):
        group, next_on = found.get(row.of, (None, None))
        if row.given:
            group = Group(row.group)
        if row.state in (State.RETAINED, State.REGROUPED):
            next_on = row.next_on
        found[row.of] = group, next_on
    return found


def known_of(engine: Acting, review: Review) -> Known:
    """Return what is known of the record under review, as it is now.

    Raises:
        LookupError: the table of the record is not kept by anybody any more.
    """
    return known(engine, kept[review.table], [review.of])[review.of]


def coming(engine: Acting, declared: Kept, *, on: date, most: int) -> list[Any]:
    """Return records of a table that may be due: long enough ago, not disposed of, and not under review or retained.

    Args:
        engine: who sees all.
        declared: what the table says of itself.
        on: the day.
        most: how many at most.
    """
    terms = rules.TERMS.value_on(on)
    before = rules.years_after(on, -min(term.clear for term in terms.values()))
    decided = Review.objects.filter(of=OuterRef("pk")).filter(Q(state__in=STANDING) | Q(next_on__gt=on))
    gone = Disposal.objects.filter(of=OuterRef("pk"))
    return list(
        declared.before(engine, before).filter(~Exists(decided), ~Exists(gone)).order_by("made_at", "pk")[:most]
    )


def reviews(acting: Acting, *, states: Collection[State] = STANDING) -> QuerySet[Review]:
    """Return reviews in some states that this person may see, the earliest due first."""
    rows = Review.visible_to(acting).filter(state__in=states)
    return rows.select_related("decided_by", "agreed_by").order_by("due_on", "reference")


def review(acting: Acting, *, id_: UUID) -> Review:
    """Return one review; raises NotHere where there is none that they may see."""
    row = Review.visible_to(acting).select_related("decided_by", "agreed_by").filter(pk=id_).first()
    if row is None:
        raise NotHere("no such review")
    return row


def holds(acting: Acting, *, ended: bool = False) -> QuerySet[Hold]:
    """Return the holds that stand, or have ended, each with how many records it holds that this person may see."""
    seen = Held.visible_to(acting).filter(hold=OuterRef("pk")).order_by().values("hold")
    rows = Hold.visible_to(acting).filter(ended_at__isnull=not ended).select_related("laid_by", "ended_by")
    return rows.annotate(held=seen.annotate(times=Count("pk")).values("times")).order_by("review_on", "matter")


def hold(acting: Acting, *, id_: UUID) -> Hold:
    """Return one hold; raises NotHere where there is none."""
    return get(acting, Hold, id_)


def held_by(acting: Acting, *, hold: UUID) -> QuerySet[Held]:
    """Return what a hold holds, as far as this person may see it."""
    return Held.visible_to(acting).filter(hold=hold).order_by("reference")


def holds_on(acting: Acting, *, record: UUID) -> QuerySet[Hold]:
    """Return the holds that stand on a record."""
    return Hold.visible_to(acting).filter(records__of=record, ended_at__isnull=True).distinct()


def disposals(acting: Acting) -> QuerySet[Disposal]:
    """Return what was disposed of, as far as this person may see it, the latest first."""
    return Disposal.visible_to(acting).order_by("-at", "-id")


def by_reference(acting: Acting, reference: str) -> tuple[str, Record] | None:
    """Return the record of a reference with its table, among those that can be disposed of, if there is one."""
    for table, declared in sorted(kept.items()):
        found = declared.table.visible_to(acting).filter(reference=reference.strip().upper()).first()
        if found is not None:
            return table, found
    return None


def today(acting: Acting) -> date:
    """Return the day on which somebody acts, in Europe/London."""
    return local_day(acting.at)


def standing_on(acting: Acting, *, records: Collection[UUID]) -> dict[UUID, int]:
    """Return how many holds stand on each of these records."""
    rows = Held.visible_to(acting).filter(of__in=records, hold__ended_at__isnull=True).order_by().values("of")
    return dict(rows.annotate(times=Count("pk")).values_list("of", "times"))


@dataclass(frozen=True)
class Sums:
    """How many reviews are to decide, how many wait for agreement, and how many of them by group."""

    due: int
    proposed: int
    by_group: tuple[tuple[str, int], ...]


def counted(acting: Acting) -> Sums:
    """Return how many reviews ask for a decision, as far as this person may see them."""
    rows = Review.visible_to(acting).filter(state__in=STANDING).order_by().values("state", "group")
    found = list(rows.annotate(times=Count("pk")).values_list("state", "group", "times"))
    by_group: defaultdict[int, int] = defaultdict(int)
    for _state, group, times in found:
        by_group[group] += times
    return Sums(
        due=sum(times for state, _group, times in found if state == State.DUE),
        proposed=sum(times for state, _group, times in found if state == State.PROPOSED),
        by_group=tuple((Group(group).words, by_group[group]) for group in sorted(by_group)),
    )
