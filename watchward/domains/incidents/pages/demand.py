"""What is asked of response beside who can meet it, as the board shows it; and a surge of demand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from watchward.domains.incidents.queries import Asked, Skilled, Surge
from watchward.domains.incidents.rules import Demand
from watchward.foundation.ui import words
from watchward.foundation.ui.parts import Column, Link, Mark, Piece, Row, Said, Soft, State, Strong, Table
from watchward.foundation.ui.words import counted, moment


def demand_table(asked: tuple[Asked, ...], names: Mapping[UUID | None, str]) -> Table:
    """Return what waits in each area, its grades in words, beside its units: those free, those busy."""
    rows = []
    for one in asked:
        waiting = sum(one.waiting.values())
        grades = words.listed([f"{count} {grade.word}" for grade, count in one.waiting.items() if count])
        name: list[Piece] = [names.get(one.area, "No area")]
        name += [" ", State("none free", "soon")] if waiting and not one.free else []
        name += [" ", Soft(grades)] if grades else []
        late: Said = State(str(one.past_target), "late") if one.past_target else "0"
        rows.append(Row((tuple(name), str(waiting), late, str(one.free), str(one.busy))))
    totals = (
        sum(sum(one.waiting.values()) for one in asked),
        sum(one.past_target for one in asked),
        sum(one.free for one in asked),
        sum(one.busy for one in asked),
    )
    return Table(
        (Column("Area"), *(Column(name, number=True) for name in ("Wait", "Late", "Free", "Busy"))),
        tuple(rows),
        foot=Row(("Force", *(str(count) for count in totals))) if rows else None,
        caption="Incidents with nobody there, those past target, and units on duty, by area",
        empty="Nothing waits, and no unit is on duty",
    )


def skill_table(skills: tuple[Skilled, ...]) -> Table:
    """Return the skills of the units on duty, those that none of them has as well."""
    return Table(
        (Column("Skill"), Column("On duty", number=True), Column("Free", number=True)),
        tuple(Row((one.skill.value.capitalize(), str(one.on_duty), str(one.free))) for one in skills),
        caption="Skills of the units on duty",
    )


def surge_mark(surge: Surge | None, url: str) -> Said:
    """Return the sentence of the board about a surge that lasts; empty while there is none."""
    if surge is None:
        return ""
    done = f" {surge.words}" if surge.answered_at else " Nobody has said what was done."
    why = "; ".join(surge.reasons)
    return (Strong(f"Surge since {moment(surge.began_at)}: {why}."), f"{done} ", Link("The surge", url))


@dataclass(frozen=True)
class SurgePage:
    """One surge of demand."""

    state: State
    facts: tuple[Mark, ...]


def surge_page(surge: Surge, demand: Demand) -> SurgePage:
    """Return the page of a surge.

    Args:
        surge: which.
        demand: what is asked now.
    """
    facts = [
        Mark("Began", moment(surge.began_at), "; ".join(surge.reasons)),
        Mark("Policy", surge.cite),
        Mark("To answer", f"by {moment(surge.answer_by)}"),
        Mark("Now", f"{counted(demand.waiting, 'incident')} waiting, {demand.unsent} without a unit, "
             f"{demand.past_target} past target", f"{counted(demand.free, 'unit')} free of {demand.on_duty} on duty"),
    ]  # fmt: skip
    if surge.answered_at:
        by = surge.answered_by.display_name if surge.answered_by else ""
        facts.append(Mark("Done", surge.words, f"{by}, {moment(surge.answered_at)}"))
    if surge.ended_at:
        facts.append(Mark("Ended", moment(surge.ended_at)))
    state = State("over", "done") if surge.ended_at else State("answered" if surge.answered_at else "lasts", "soon")
    return SurgePage(state, tuple(facts))
