"""What the pages of retention show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from watchward.foundation.retention import rules
from watchward.foundation.retention.declared import kept
from watchward.foundation.retention.models import Disposal, Held, Hold, Review
from watchward.foundation.retention.queries import Known
from watchward.foundation.retention.vocabulary import STANDING, Group, Source, State
from watchward.foundation.ui.parts import Column, Link, Mark, Row, Said, Soft, Table
from watchward.foundation.ui.parts import State as Shown
from watchward.foundation.ui.words import counted, day_year
from watchward.kernel.refusals import Refusal


def _called(table: str) -> str:
    return kept[table].called if table in kept else "Record"


def reviews(rows: Iterable[Review], holds: Mapping[UUID, int], on: date) -> Table:
    """Return the reviews that ask for a decision as a table.

    Args:
        rows: the reviews.
        holds: how many holds stand on each record, by its id.
        on: today.
    """
    columns = (Column("Record"), Column("Group"), Column("Last event"), Column("Due since"), Column("Stands"))
    return Table(
        columns,
        tuple(
            Row(
                (
                    Link(f"{_called(row.table)} {row.reference}", reverse("retention:review", args=[row.pk])),
                    Group(row.group).words, day_year(row.since), day_year(row.due_on), _stands(row, holds, on),
                )
            )
            for row in rows
        ),
        stack=True, empty="Nothing is due for review",
    )  # fmt: skip


def _stands(row: Review, holds: Mapping[UUID, int], on: date) -> Said:
    if holds.get(row.of):
        return Shown(counted(holds[row.of], "hold"), "soon")
    if row.state == State.PROPOSED:
        return Shown("Somebody else agrees", "soon")
    return Shown("To decide", "late" if (on - row.due_on).days > 365 else "soon")


@dataclass(frozen=True)
class ReviewPage:
    """One review.

    Args:
        title: what is reviewed.
        url: the page of the record; empty where the reader may not see it.
        marks: what is known for the decision.
        events: all that bears on it.
        against: every reason why it may not go today.
        asks: whether a decision is still asked for.
        proposed: whether somebody proposed that it goes.
        agreeing: every reason why whoever looks may not agree to that.
    """

    id: UUID
    title: str
    url: str
    marks: tuple[Mark, ...]
    events: Table
    against: tuple[Refusal, ...]
    asks: bool
    proposed: bool
    agreeing: tuple[Refusal, ...]


def review(row: Review, known: Known | None, *, on: date, reader: UUID, url: str) -> ReviewPage:
    """Return the page of one review.

    Args:
        row: the review.
        known: what is known of the record; none once it was decided.
        on: today.
        reader: who looks.
        url: the page of the record.
    """
    asks = row.state in STANDING
    against = rules.why_not_dispose(known.facts, on=on) if known is not None and asks else ()
    mine = row.decided_by_id == reader
    return ReviewPage(
        id=row.pk, title=f"{_called(row.table)} {row.reference}", url=url, marks=tuple(_marks(row, known, on)),
        events=_events(known), against=against, asks=asks, proposed=row.state == State.PROPOSED,
        agreeing=(*against, *((Refusal("Somebody else agrees to what you proposed."),) if mine else ())),
    )  # fmt: skip


def _marks(row: Review, known: Known | None, on: date) -> Iterable[Mark]:
    if known is None:
        yield Mark("Group", Group(row.group).words)
    else:
        facts, term = known.facts, rules.TERMS.on(on)
        name = rules.named(facts.group, on)
        unset = "" if rules.NAMES.is_set_on(on) else "The force has not confirmed what the groups are called"
        yield Mark("Group", name, unset or str(term.value[facts.group]).capitalize())
        yield Mark("Last event", day_year(facts.since), f"Reviewed from {day_year(rules.due_on(facts, on=on))}")
        yield Mark("May go", f"from {day_year(rules.earliest_disposal(facts, on=on))}", term.cite)
        yield Mark("Holds", "; ".join(facts.holds) or "None", quiet=not facts.holds)
        yield Mark("Not finished", "; ".join(facts.open) or "Nothing", quiet=not facts.open)
        yield Mark("Owed", counted(facts.owed, "open duty", "open duties") if facts.owed else "Nothing",
                   quiet=not facts.owed)  # fmt: skip
        if known.same:
            yield Mark("The same", ", ".join(known.same), "Decided to be one person")
        if facts.child:
            yield Mark("Child", "Somebody in it was under ten", "To keep it on takes a reason of its own")
    if row.reason:
        by = f"{row.decided_by.display_name}, " if row.decided_by else ""
        decided = f"{by}{day_year(row.decided_at)}" if row.decided_at else ""
        yield Mark(State(row.state).value.capitalize(), row.reason, decided)
    if row.agreed_by and row.agreed_at:
        yield Mark("Agreed", row.agreed_by.display_name, day_year(row.agreed_at))
    if row.next_on:
        yield Mark("Next review", day_year(row.next_on))


def _events(known: Known | None) -> Table:
    columns = (Column("Day"), Column("What"), Column("Group"), Column("Stands"))
    rows = tuple(
        Row(
            (day_year(event.on), event.says, event.group.words, Shown(event.open, "soon") if event.open else "Finished")
        )
        for event in (known.events if known else ())
    )
    return Table(columns, rows, empty="Nothing is left to say of it")


def holds(rows: Iterable[Hold], on: date, *, empty: str = "Nothing is held") -> Table:
    """Return holds as a table."""
    columns = (
        Column("Matter"),
        Column("Why"),
        Column("Records", number=True),
        Column("Since"),
        Column("Look again by"),
    )
    return Table(
        columns,
        tuple(
            Row(
                (
                    Link(row.matter, reverse("retention:hold", args=[row.pk])), Source(row.source).words,
                    str(getattr(row, "held", None) or 0), day_year(row.since), _look(row, on),
                )
            )
            for row in rows
        ),
        stack=True, empty=empty,
    )  # fmt: skip


def _look(row: Hold, on: date) -> Said:
    if row.ended_at is not None:
        return (f"Ended {day_year(row.ended_at)}. ", Soft(row.ended_words))
    return Shown(day_year(row.review_on), "late" if row.review_on < on else "ok")


@dataclass(frozen=True)
class HoldPage:
    """One hold."""

    id: UUID
    matter: str
    marks: tuple[Mark, ...]
    records: Table
    stands: bool


def hold(row: Hold, records: Iterable[Held], on: date) -> HoldPage:
    """Return the page of one hold."""
    marks = [
        Mark("Why", Source(row.source).words, Source(row.source).cite),
        Mark("What must not be lost", row.reason),
        Mark("Laid", f"{day_year(row.laid_at)} by {row.laid_by.display_name}", f"From {day_year(row.since)}"),
        Mark("Look again by", _look(row, on)),
    ]
    rows = tuple(Row((f"{_called(each.table)} {each.reference}", day_year(each.at))) for each in records)
    table = Table((Column("Record"), Column("Held since")), rows, empty="None that you may see")
    return HoldPage(id=row.pk, matter=row.matter, marks=tuple(marks), records=table, stands=row.ended_at is None)


def disposals(rows: Iterable[Disposal]) -> Table:
    """Return what is left of what was disposed of, as a table."""
    columns = (
        Column("Record"), Column("Group"), Column("Last event"), Column("Disposed of"), Column("Proposed and agreed"),
        Column("Why"), Column("Hash"),
    )  # fmt: skip
    return Table(
        columns,
        tuple(
            Row(
                (
                    f"{row.called} {row.reference}", Group(row.group).words, day_year(row.since),
                    (day_year(row.at), Soft(" again, after a restore")) if row.again else day_year(row.at),
                    f"{row.proposed_name}; {row.agreed_name}", (f"{row.reason}. ", Soft(row.cite)), row.digest[:12],
                )
            )
            for row in rows
        ),
        stack=True, empty="Nothing was disposed of",
    )  # fmt: skip
