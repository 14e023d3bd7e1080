"""What the page of one crime shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from watchward.domains.crimes.queries import Whole
from watchward.domains.crimes.vocabulary import OPEN, Cancel, OutcomeState, Part, Permission, Stage
from watchward.domains.offences.vocabulary import Flag
from watchward.foundation.acting import Acting
from watchward.foundation.duties.models import Duty
from watchward.foundation.duties.pages.rows import row as duty_row
from watchward.foundation.ui.parts import (
    Button,
    Hand,
    Line,
    Link,
    Mark,
    Matters,
    Piece,
    Said,
    State,
    Strong,
)
from watchward.foundation.ui.words import day_year, lasting, left, long_day, moment, stamp
from watchward.kernel.refusals import Refusal


@dataclass(frozen=True)
class PartyLine:
    """Somebody's part in a crime, with what can be done about it."""

    mark: Mark
    actions: tuple[Button, ...]


@dataclass(frozen=True)
class CrimePage:
    """What the page of a crime shows.

    Args:
        next: the one green action.
        actions: what else this person may do.
        victim: the part of its victim, where it has one.
    """

    id: UUID
    version: int
    reference: str
    hand: Hand
    title: str
    state: State
    matters: Matters
    what: str
    facts: tuple[Mark, ...]
    parties: tuple[PartyLine, ...]
    contact: tuple[Line, ...]
    history: tuple[Line, ...]
    owed: tuple[Mark, ...]
    allocation: tuple[Mark, ...]
    outcome: tuple[Mark, ...]
    next: Button | None
    actions: tuple[Button, ...]
    name_url: str
    victim_url: str


def crime_page(acting: Acting, found: Whole, *, why_not_cancel: Sequence[Refusal]) -> CrimePage:
    """Return the page of a crime.

    Args:
        acting: who looks, and when.
        found: what it stands on.
        why_not_cancel: why this person may not decide on its cancellation.
    """
    row = found.crime
    stage = Stage(row.stage)
    victim = next((party for party in found.parties if party.part == Part.VICTIM), None)
    tone = {Stage.RECORDED: "soon", Stage.PROPOSED: "soon", Stage.ALLOCATED: "ok"}.get(stage, "done")
    may_investigate = acting.may(Permission.INVESTIGATE)
    return CrimePage(
        id=row.pk,
        version=row.version,
        reference=row.reference,
        hand=Hand("locked" if row.handling else "open"),
        title=row.offence_words,
        state=State(row.stage, tone),  # type: ignore[arg-type]
        matters=matters(acting, found),
        what=row.what,
        facts=_facts(found),
        parties=tuple(_party(found, index, may_investigate) for index in range(len(found.parties))),
        contact=_contact(found),
        history=_history(found),
        owed=tuple(_owed(acting, duty) for duty in found.duties),
        allocation=_allocation(found),
        outcome=_outcome(found),
        next=_next(acting, found),
        actions=_actions(acting, found, why_not_cancel),
        name_url=reverse("crimes:name", args=[row.pk]) if may_investigate and stage is not Stage.CANCELLED else "",
        victim_url=_higher("victims:one", victim.pk) if victim else "",
    )


def _owed(acting: Acting, duty: Duty) -> Mark:
    """Return what is owed in two lines: how much time is left and where it is done, then by whom and by which rule."""
    row = duty_row(acting, duty)
    done_at = next((button.url for button in row.actions[:1] if button.url), row.url)
    by = duty.owed_by.display_name if duty.owed_by else "Nobody named"
    return Mark(State(left(duty.due_at, acting.at), row.state.tone), Link(row.asks, done_at), f"{by}. {duty.rule}")


def _higher(name: str, id_: UUID) -> str:
    """Return the address of a page of a higher room; empty while the force has no such room."""
    try:
        return reverse(name, args=[id_])
    except NoReverseMatch:
        return ""


def matters(acting: Acting, found: Whole) -> Matters:
    """Return the one or two sentences that matter: who was hurt, what is late."""
    row, pieces = found.crime, []
    flags = [Flag(flag) for flag in row.flags]
    if flags and Stage(row.stage) in OPEN:
        pieces.append(Strong(f"{', '.join(flag.value for flag in flags)}. "))
    late = [duty for duty in found.duties if duty.due_at < acting.at]
    said: list[Piece] = [*pieces]
    if late:
        count = "1 thing owed is late. " if len(late) == 1 else f"{len(late)} things owed are late. "
        said.append(count)
    if row.stage == Stage.RECORDED:
        said.append(f"Nobody has it since {stamp(row.recorded_at)}.")
    if not said:
        return Matters("Nothing owed is late", calm=True)
    return Matters(tuple(said))


def _facts(found: Whole) -> tuple[Mark, ...]:
    row = found.crime
    late = row.recorded_at > row.limit_at
    took = lasting(row.recorded_at - row.reported_at)
    recorded: Said = f"{moment(row.recorded_at)}, {took} after the first report"
    marks = [
        Mark("Reported", moment(row.reported_at), _source(found)),
        Mark(
            State(f"{lasting(row.recorded_at - row.limit_at)} late", "done") if late else "Recorded",
            recorded,
            f"{found.recorded_by}. {row.late_reason}" if late else found.recorded_by,
        ),
    ]
    if row.committed_at:
        until = f" to {moment(row.committed_to)}" if row.committed_to else ""
        marks.append(Mark("Happened", f"{moment(row.committed_at)}{until}"))
    marks.append(Mark("Where", found.where or "Not known", quiet=not found.where))
    weight = f"severity {row.weight:,.0f}" if row.weight is not None else "no severity weight"
    was = "" if row.first_offence == row.offence else f"recorded as {found.classifications[0].offence_words}"
    marks.append(Mark("Offence", f"{row.offence_words} ({row.offence})", f"{row.offence_group}, {weight}. {was}"))
    marks.append(Mark("It is also", ", ".join(row.flags) or "Nothing flagged", quiet=not row.flags))
    return tuple(marks)


def _source(found: Whole) -> Said:
    row = found.crime
    if row.incident_id:
        url = reverse("incidents:one", args=[row.incident_id])
        return ("Incident ", Link(found.source, url)) if found.source else "An incident"
    return "Reported by another way than a call"


def _party(found: Whole, index: int, may: bool) -> PartyLine:
    party = found.parties[index]
    name = found.name_of(party)
    summary = found.people.get(party.person_id) if party.person_id else None
    fact: list[Piece] = [Link(name, _higher("profile:person", summary.id)) if summary else Strong(name)]
    if summary and summary.age_words:
        fact.append(f", {summary.age_words}")
    if party.contact_name:
        fact.append(f", speak to {party.contact_name}")
    beneath = party.words
    if party.part == Part.SUSPECT:
        held = (
            f"Interviewed under caution {day_year(party.interviewed_on)}" if party.interviewed_on else "Not interviewed"
        )
        beneath = f"{held}. {beneath}" if beneath else held
    actions: list[Button] = []
    if party.part == Part.VICTIM and (url := _higher("victims:one", party.pk)):
        actions.append(Button("Care and contact", url=url, small=True))
    if may and party.part == Part.SUSPECT and party.interviewed_on is None:
        actions.append(Button("Interviewed", url=reverse("crimes:interview", args=[party.pk]), small=True))
    if may and party.part != Part.VICTIM:
        actions.append(Button("No part", url=reverse("crimes:end-part", args=[party.pk]), small=True))
    return PartyLine(Mark(party.part.capitalize(), tuple(fact), beneath), tuple(actions))


def _contact(found: Whole) -> tuple[Line, ...]:
    """Return what other rooms tell under this crime's number: contact with the victim above all."""
    return tuple(
        Line(line.since, line.headline, beneath=line.detail, state=State(line.state) if line.state else None)
        for line in found.lines[:10]
    )


def _history(found: Whole) -> tuple[Line, ...]:
    rows: list[tuple[datetime, Line]] = []
    for each in found.classifications[1:]:
        words = f"It was {each.offence_words} ({each.offence})"
        rows.append((each.at, Line(each.at, words, beneath=f"{each.words}. {each.by_name}")))
    for given in found.allocations:
        whom = f"{given.given_to.name}, {given.officer.display_name}" if given.officer else given.given_to.name
        why = f"{given.reason}. " if given.reason else f"As advised, {given.cite}. "
        rows.append((given.at, Line(given.at, f"Given to {whom}", beneath=f"{why}{given.by_name}")))
    for outcome in found.outcomes:
        words = f"Outcome {outcome.code}, {outcome.words}"
        rows.append(
            (outcome.at, Line(outcome.at, words, beneath=_told(outcome.state, outcome.ended_words, outcome.by_name)))
        )
    for cancelled in found.cancellations:
        words = f"Cancelled, {Cancel(cancelled.code).label}"
        rows.append((cancelled.at, Line(cancelled.at, words, beneath=f"{cancelled.words}. {cancelled.by_name}")))
        if cancelled.reinstated_at:
            again = Line(cancelled.reinstated_at, "Reinstated", beneath=cancelled.reinstated_words)
            rows.append((cancelled.reinstated_at, again))
    recorded = Line(found.crime.recorded_at, "Recorded", beneath=found.recorded_by)
    rows.append((found.crime.recorded_at, recorded))
    return tuple(line for _at, line in sorted(rows, key=lambda pair: pair[0], reverse=True))


def _told(state: str, words: str, by: str) -> str:
    return f"{state.capitalize()}{f': {words}' if words else ''}. {by}"


def _allocation(found: Whole) -> tuple[Mark, ...]:
    row = found.crime
    if not found.allocations:
        return ()
    last = found.allocations[-1]
    marks = [Mark("Team", Strong(found.team)), Mark("Officer", found.officer or "The team as a whole")]
    score = ", ".join(f"{factor.lower()}: {words} {points:+d}" for factor, words, points in last.factors if points)
    marks.append(Mark("Score", f"{last.score}", score))
    if last.skilled is False:
        marks.append(Mark(State("skill", "soon"), "The officer is not accredited for it", last.reason))
    elif last.reason:
        marks.append(Mark("Not as advised", last.reason))
    return tuple(marks) if Stage(row.stage) is not Stage.RECORDED else ()


def _outcome(found: Whole) -> tuple[Mark, ...]:
    standing = found.standing
    if standing is None:
        return ()
    word = "Proposed" if standing.state == OutcomeState.PROPOSED else "Outcome"
    recorded = standing.given_at or standing.at
    marks = [
        Mark(word, (Strong(f"{standing.code} {standing.words}"),)),
        Mark("Day", long_day(standing.decided_on), f"entered {moment(recorded)}, {standing.by_name}"),
    ]
    if standing.suspect_id:
        party = next((each for each in found.parties if each.pk == standing.suspect_id), None)
        marks.append(Mark("Suspect", found.name_of(party) if party else "No longer named"))
    marks += [Mark(key.replace("_", " ").capitalize(), said) for key, said in standing.said.items() if said]
    if standing.limit_on:
        marks.append(Mark("Time ran out", f"after {long_day(standing.limit_on)}"))
    if standing.agreed_by:
        marks.append(Mark("Agreed", standing.agreed_by.display_name, standing.agreed_words))
    return tuple(marks)


def _next(acting: Acting, found: Whole) -> Button | None:
    row, standing = found.crime, found.standing
    stage = Stage(row.stage)
    if stage is Stage.RECORDED and acting.may(Permission.ALLOCATE):
        return Button("Allocate", url=reverse("crimes:allocate", args=[row.pk]), look="go", key="s")
    if stage is Stage.PROPOSED and standing and acting.may(Permission.AGREE) and standing.by != acting.account:
        return Button("Agree or send back", url=reverse("crimes:proposed", args=[standing.pk]), look="go", key="s")
    if stage is Stage.ALLOCATED and acting.may(Permission.INVESTIGATE):
        return Button("Outcome", url=reverse("crimes:outcome", args=[row.pk]), look="go", key="s")
    return None


def _actions(acting: Acting, found: Whole, why_not_cancel: Sequence[Refusal]) -> tuple[Button, ...]:
    row = found.crime
    stage = Stage(row.stage)
    rows: list[tuple[str, str, bool]] = [
        ("Give to another", "allocate", acting.may(Permission.ALLOCATE) and stage is Stage.ALLOCATED),
        ("It was another offence", "reclassify", acting.may(Permission.INVESTIGATE) and stage is not Stage.CANCELLED),
        ("Flags", "flags", acting.may(Permission.INVESTIGATE) and stage is not Stage.CANCELLED),
        ("Reopen", "reopen", acting.may(Permission.AGREE) and stage is Stage.FINISHED),
        ("Reinstate", "reinstate", acting.may(Permission.REGISTER) and stage is Stage.CANCELLED),
    ]
    found_: list[Button] = [
        Button(words, url=reverse(f"crimes:{name}", args=[row.pk]), small=True) for words, name, may in rows if may
    ]
    if acting.may(Permission.CANCEL) and stage is not Stage.CANCELLED:
        url = reverse("crimes:cancel", args=[row.pk])
        found_.append(Button("Cancel it", url=url, small=True, why_not=tuple(why_not_cancel)))
    return tuple(found_)
