"""What is asked of response beside who can meet it, as the board shows it; and a surge of demand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from watchward.domains.incidents.queries import Asked, Skilled, Surge
from watchward.domains.incidents.rules import Demand
from watchward.domains.incidents.vocabulary import Grade
from watchward.foundation.ui.parts import Column, Link, Mark, Row, Said, State, Strong, Table
from watchward.foundation.ui.words import counted, moment


def demand_table(asked: tuple[Asked, ...], names: Mapping[UUID | None, str]) -> Table:
    """Return what waits in each area, by grade, beside its units: those free, those busy."""
    grades = [grade for grade in Grade if grade.sends]
    rows = []
    for one in asked:
        waiting = sum(one.waiting.values())
        name: Said = names.get(one.area, "No area")
        if waiting and not one.free:
            name = (names.get(one.area, "No area"), " ", State("none free", "soon"))
        late: Said = State(str(one.past_target), "late") if one.past_target else "0"
        rows.append(
            Row((name, *(str(one.waiting.get(grade, 0)) for grade in grades), late, str(one.free), str(one.busy)))
        )
    totals = [sum(one.waiting.get(grade, 0) for one in asked) for grade in grades]
    totals += [sum(one.past_target for one in asked), sum(one.free for one in asked), sum(one.busy for one in asked)]
    return Table(
        (
            Column("Area"),
            *(Column(grade.word, number=True) for grade in grades),
            Column("Past target", number=True),
            Column("Free", number=True),
            Column("Busy", number=True),
        ),
        tuple(rows),
        foot=Row(("Force", *(str(count) for count in totals))) if rows else None,
        caption="Incidents with nobody there beside units on duty, by area",
        empty="Nothing waits, and no unit is on duty",
    )


def skill_table(skills: tuple[Skilled, ...]) -> Table:
    """Return the skills of the units on duty, those that none of them has as well."""
    return Table(
        (Column("Skill"), Column("On duty", number=True), Column("Free", number=True)),
        tuple(Row((_skill(one), str(one.on_duty), str(one.free))) for one in skills),
        caption="Skills of the units on duty",
    )


def _skill(one: Skilled) -> Said:
    name = one.skill.value.capitalize()
    return name if one.on_duty else (name, " ", State("none", "soon"))


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
