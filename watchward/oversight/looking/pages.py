"""What the pages of unusual looking show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from watchward.foundation.audit import saying
from watchward.foundation.audit.models import Trace
from watchward.foundation.ui import words
from watchward.foundation.ui.parts import Column, Link, Row, Soft, State, Table
from watchward.oversight.looking.models import Dwelling, Finding, WellKnown
from watchward.oversight.looking.queries import Rates
from watchward.oversight.looking.vocabulary import Outcome

OUT_OF_SIGHT = "somebody out of your sight"


def findings(rows: Iterable[Finding], names: Mapping[UUID, str]) -> Table:
    """Return findings as a table: who looked, at whom, why that is asked about, and what came of it."""
    columns = (Column("Who looked"), Column("At whom"), Column("Why it is asked"), Column("Looks", True),
               Column("Last"), Column("What came of it"))  # fmt: skip
    return Table(
        columns,
        tuple(
            Row(
                (
                    (Link(row.account.display_name, reverse("looking:finding", args=[row.pk])),),
                    _whom(row, names),
                    "; ".join(ground["reason"] for ground in row.grounds),
                    str(len(row.looks)),
                    words.moment(row.last_at),
                    row.outcome or (State("to review", "soon"),),
                )
            )
            for row in rows
        ),
        caption="Looks that somebody should ask about",
        stack=True,
        empty="Nothing unusual has been found",
    )


def _whom(row: Finding, names: Mapping[UUID, str]) -> str:
    return names.get(row.person, OUT_OF_SIGHT) if row.person else "many people"


@dataclass(frozen=True)
class FindingPage:
    """One finding.

    Args:
        id: of it.
        who: who looked.
        whom: at whom.
        record: address of how that record changed and who looked at it; empty where it is about many.
        grounds: why it is asked, in words.
        looks: each look.
        outcomes: what may have come of it.
        outcome: what came of it.
        words: what was said.
        reviewed: by whom and when, in words; empty while it waits.
        why_not: why the reader may not review it.
    """

    id: UUID
    who: str
    whom: str
    record: str
    grounds: tuple[str, ...]
    looks: Table
    outcomes: tuple[str, ...]
    outcome: str
    words: str
    reviewed: str
    why_not: str


def finding(row: Finding, traces: Sequence[Trace], names: Mapping[UUID, str], *, reader: UUID) -> FindingPage:
    """Return the page of one finding."""
    by = (
        f"{row.reviewed_by.display_name}, {words.moment(row.reviewed_at)}"
        if row.reviewed_by and row.reviewed_at
        else ""
    )
    return FindingPage(
        id=row.pk,
        who=row.account.display_name,
        whom=_whom(row, names),
        record=f"{reverse('audit:looks')}?record={row.person}" if row.person else "",
        grounds=tuple(ground["words"] for ground in row.grounds),
        looks=_looks(traces),
        outcomes=tuple(Outcome),
        outcome=row.outcome,
        words=row.words,
        reviewed=by,
        why_not="Somebody else reviews your own looks." if row.account_id == reader else "",
    )


def _looks(traces: Sequence[Trace]) -> Table:
    columns = (Column("When"), Column("What"), Column("Why, as it was said or inferred"))
    return Table(
        columns,
        tuple(
            Row(
                (
                    words.moment(each.at),
                    (saying.look(each.kind, each.what), " ", Soft(each.channel)),
                    each.purpose or "not said",
                )
            )
            for each in traces
        ),
        caption="The looks",
        stack=True,
        empty="Their traces are out of your sight",
    )


def said_of(rates: Rates) -> str:
    """Return in words how many findings were borne out."""
    if not rates.reviewed:
        return f"{rates.waiting} to review, none reviewed yet"
    return (
        f"{rates.waiting} to review. Of {rates.reviewed} reviewed, {rates.founded} had no good reason, "
        f"{rates.unfounded} had one, and {rates.neither} could not be told"
    )


def dwellings(rows: Iterable[Dwelling]) -> Table:
    """Return where staff live, so that looks at their homes and their neighbours can be told apart."""
    return Table(
        (Column("Who"), Column("Lives at"), Column("Since")),
        tuple(
            Row((row.account.display_name, f"{row.line}, {row.postcode}", words.day_year(row.since))) for row in rows
        ),
        caption="Homes of staff",
        stack=True,
        empty="No home is recorded: looks at a household or a neighbour cannot be found",
    )


def well_known(rows: Iterable[WellKnown], names: Mapping[UUID, str]) -> Table:
    """Return whose records attract looks, and why."""
    return Table(
        (Column("Whose record"), Column("Why"), Column("Since")),
        tuple(
            Row((names.get(row.person, OUT_OF_SIGHT), row.words, words.day_year(row.since)))
            for row in rows
            if row.until is None
        ),
        caption="Records that attract looks",
        stack=True,
        empty="Nobody is named",
    )


def no_longer(rows: Iterable[WellKnown], names: Mapping[UUID, str]) -> Table:
    """Return whose records attracted looks once, from when until when, and why they do no longer."""
    return Table(
        (Column("Whose record"), Column("Why it did"), Column("When"), Column("Why no longer")),
        tuple(
            Row(
                (
                    names.get(row.person, OUT_OF_SIGHT),
                    row.words,
                    f"{words.day_year(row.since)} to {words.day_year(row.until)}",
                    (row.ended_words, " ", Soft(row.ended_by.display_name)),
                )
            )
            for row in rows
            if row.until is not None and row.ended_by is not None
        ),
        caption="Records that attract looks no longer",
        stack=True,
    )


def to_end(rows: Iterable[WellKnown], names: Mapping[UUID, str]) -> list[tuple[UUID, str]]:
    """Return what can be ended, as it is chosen in a form."""
    return [(row.pk, f"{names.get(row.person, OUT_OF_SIGHT)}: {row.words}") for row in rows if row.until is None]
