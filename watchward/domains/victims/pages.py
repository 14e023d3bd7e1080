"""What the pages of victims show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from watchward.domains.crimes.queries import Outcome
from watchward.domains.victims import rules
from watchward.domains.victims.queries import Contact, Whole
from watchward.domains.victims.vocabulary import Category, Permission, Response, Tells, Trigger
from watchward.foundation.acting import Acting
from watchward.foundation.duties.models import Duty
from watchward.foundation.duties.pages.rows import row as duty_row
from watchward.foundation.ui.parts import (
    Button,
    DutyRow,
    Hand,
    Line,
    Mark,
    Matters,
    Piece,
    State,
    Strong,
)
from watchward.foundation.ui.words import counted, day_year, due, left, long_day, stamp
from watchward.kernel.dated import NotInForce
from watchward.kernel.periods import local_day


@dataclass(frozen=True)
class Ended:
    """A reason of enhanced rights with where it is ended."""

    mark: Mark
    end_url: str


@dataclass(frozen=True)
class VictimPage:
    """One victim with all that is owed to them."""

    title: str
    about: str
    reference: str
    crime_url: str
    hand: Hand
    edition: str
    matters: Matters
    owed: tuple[DutyRow, ...]
    contacts: tuple[Line, ...]
    contact_note: str
    reach: tuple[Mark, ...]
    needs: tuple[Mark, ...]
    enhanced: tuple[Ended, ...]
    plan: tuple[Mark, ...]
    statement: tuple[Mark, ...]
    decision: tuple[Mark, ...]
    contact_url: str
    actions: dict[str, tuple[Button, ...]]


def victim_page(acting: Acting, found: Whole) -> VictimPage:
    """Return the page of a victim."""
    crime, may = found.crime, acting.may(Permission.CARE)
    id_ = found.party.pk
    rows = tuple(_bare(duty_row(acting, duty)) for duty in found.duties)
    attempts = sum(1 for each in found.contacts if not each.reached)
    age = found.summary.age_words if found.summary else found.party.contact_name
    return VictimPage(
        title=found.name,
        about=f"{age}. {crime.offence_words}",
        reference=crime.reference,
        crime_url=reverse("crimes:one", args=[crime.pk]),
        hand=Hand("locked" if crime.handling else "open"),
        edition=_edition(crime.reported_at),
        matters=_matters(found, acting.at),
        owed=rows,
        contacts=tuple(_contact(each, found) for each in found.contacts),
        contact_note=f"{counted(len(found.contacts) - attempts, 'contact')}, {counted(attempts, 'attempt')}",
        reach=_reach(found, acting.at),
        needs=_needs(found),
        enhanced=_enhanced(found, may),
        plan=_plan(found, acting.at),
        statement=_statement(found),
        decision=_decision(found),
        contact_url=reverse("victims:contact", args=[id_]) if may else "",
        actions=_actions(id_, found) if may else {},
    )


def _bare(row: DutyRow) -> DutyRow:
    return replace(row, actions=tuple(replace(each, key="") for each in row.actions[:1]))


def _edition(reported: datetime) -> str:
    try:
        return f"Victims’ Code {rules.EDITIONS.value_on(local_day(reported))}"
    except NotInForce:
        return "No Victims’ Code was in force"


def _matters(found: Whole, at: datetime) -> Matters:
    pieces: list[Piece] = []
    if found.reach is not None and found.reach.safe:
        pieces.append(Strong(f"Not safe: {found.reach.safe}. "))
    if found.enhanced:
        why = ", ".join(dict.fromkeys(words for _category, words in found.enhanced))
        pieces.append(f"Enhanced rights: {why}. ")
    late = sum(1 for duty in found.duties if duty.due_at < at)
    if late:
        pieces.append(f"{counted(late, 'thing')} owed {'is' if late == 1 else 'are'} late.")
    return Matters(tuple(pieces)) if pieces else Matters("Nothing owed is late", calm=True)


def _contact(row: Contact, found: Whole) -> Line:
    told = [Tells(one).label for one in row.tells]
    told += [f"Outcome {one.code}" for one in found.outcomes if one.pk in row.outcomes]
    told += [Trigger(one.trigger).label for one in found.updates if one.contact_id == row.pk]
    beneath = f"{row.method.capitalize()}, {row.by_name}"
    if told:
        beneath += f". Told: {', '.join(told)}"
    if row.told_review:
        beneath += ". Told of the right to a review"
    return Line(row.when, row.words, beneath=beneath, state=None if row.reached else State(row.result))


def _reach(found: Whole, at: datetime) -> tuple[Mark, ...]:
    row = found.reach
    if row is None:
        return ()
    by = rules.FRESH.value_on(row.verified_on).due(row.verified_on)
    old = local_day(at) > by
    verified = f"Verified {day_year(row.verified_on)}, given by {row.source}"
    marks = [Mark(row.method.capitalize(), Strong(row.to), verified)]
    if old:
        marks.append(Mark(State("ask again", "late"), f"It was to be verified by {day_year(by)}"))
    marks.append(Mark("Not safe", row.safe or "Nothing said", quiet=not row.safe))
    marks.append(Mark("Updates", "Wants to hear" if row.wants_updates else "Does not want to hear"))
    return tuple(marks)


def _needs(found: Whole) -> tuple[Mark, ...]:
    if not found.needs:
        return ()
    row = found.needs[-1]
    also = [
        words
        for words, is_so in (
            (f"interpreter: {row.interpreter}", bool(row.interpreter)),
            ("an officer of the same sex", row.same_sex_officer),
            ("restorative justice offered", row.restorative_offered),
            ("told about compensation", row.compensation_told),
        )
        if is_so
    ]
    times = f", asked {len(found.needs)} times" if len(found.needs) > 1 else ""
    return (
        Mark(stamp(row.at), row.words, f"{', '.join(also)}. {row.by_name}{times}" if also else row.by_name + times),
    )


def _enhanced(found: Whole, may: bool) -> tuple[Ended, ...]:
    rows = [
        Ended(Mark(Category(category).label, words, "by the crime itself"), "")
        for category, words in found.enhanced
        if not any(each.words == words and each.category == category for each in found.entitlements)
    ]
    for each in found.entitlements:
        said = f"{each.words}. {each.by_name}, {day_year(each.at)}"
        if each.ended_at is not None:
            rows.append(Ended(Mark(State("ended", "done"), each.category, f"{each.ended_words}. {said}"), ""))
        else:
            url = reverse("victims:end-entitlement", args=[each.pk]) if may else ""
            mark = Mark(Category(each.category).label, each.words, f"{each.by_name}, {day_year(each.at)}")
            rows.append(Ended(mark, url))
    return tuple(rows)


def _plan(found: Whole, at: datetime) -> tuple[Mark, ...]:
    if found.plan is None:
        return ()
    kept = sum(1 for turn in found.turns if turn.contact_id)
    waiting = next((turn for turn in found.turns if not turn.contact_id), None)
    marks = [Mark("Agreed", f"Every {counted(found.plan.every, 'day')}, {found.plan.method}", found.plan.words)]
    if waiting is not None:
        late = waiting.due_at < at
        state = State(left(waiting.due_at, at), "late" if late else "ok")
        marks.append(Mark(state, f"Next by {due(waiting.due_at, at)}"))
    marks.append(Mark("Kept", counted(kept, "time")))
    return tuple(marks)


def _statement(found: Whole) -> tuple[Mark, ...]:
    marks = [Mark("Statement", f"Taken {day_year(row.taken_at)}", row.by_name) for row in found.statements]
    marks += [
        Mark(
            Response(row.response).label, f"Personal statement offered {day_year(row.at)}", f"{row.words} {row.by_name}"
        )
        for row in found.offers
    ]
    return tuple(marks)


def _decision(found: Whole) -> tuple[Mark, ...]:
    return tuple(
        Mark(
            "Supports" if row.supports else State("Does not", "done"),
            long_day(row.said_on) if row.supports else f"{row.reason.capitalize()}, {long_day(row.said_on)}",
            f"“{row.own_words}” {row.by_name}" if row.own_words else row.by_name,
        )
        for row in reversed(found.decisions)
    )


def _actions(id_: UUID, found: Whole) -> dict[str, tuple[Button, ...]]:
    def button(words: str, name: str) -> tuple[Button, ...]:
        return (Button(words, url=reverse(f"victims:{name}", args=[id_]), small=True),)

    return {
        "reach": button("Ask again how to reach them" if found.reach else "Record it", "reach"),
        "needs": button("Ask again what they need" if found.needs else "Ask them", "needs"),
        "enhanced": button("Add a reason", "entitle"),
        "plan": button("Agree another" if found.plan else "Agree one", "plan"),
        "statement": (*button("Statement taken", "statement"), *button("Personal statement offered", "offer")),
        "decision": button("Record what they decided", "decision"),
        "news": button("Something happened", "update"),
    }


def news_of(found: Whole) -> list[tuple[str, str]]:
    """Return what a victim was not told yet, to be ticked."""
    outcomes = [(f"outcome:{row.pk}", f"How it ended: {row.code} {row.words}") for row in found.untold_outcomes]
    updates = [(f"update:{row.pk}", f"{Trigger(row.trigger).label}. {row.words}".strip()) for row in found.untold]
    return [*outcomes, *updates]


def may_review(found: Whole, outcomes: Sequence[Outcome]) -> bool:
    """Return whether the victim may ask for a review of one of these outcomes."""
    return any(rules.may_review(row.code, decided=row.decided_on, interviewed=found.interviewed) for row in outcomes)


@dataclass(frozen=True)
class ListPage:
    """What is owed to victims, worst first."""

    rows: tuple[DutyRow, ...]
    shown: str
    of: str


def list_page(acting: Acting, duties: Sequence[Duty], *, of: str, open_: int, late: int) -> ListPage:
    """Return what is owed to victims: of how much, and how much of it is late."""
    rows = tuple(_bare(duty_row(acting, duty)) for duty in duties)
    return ListPage(rows, f"{counted(open_, 'thing')} owed, {late} late", of)
