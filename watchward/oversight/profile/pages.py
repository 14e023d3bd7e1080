"""One person's record as its page shows it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse

from watchward.domains.objects.vocabulary import shown as number_shown
from watchward.domains.people.vocabulary import Decision
from watchward.foundation.acting import Acting
from watchward.foundation.chronicle.models import Line as ChronicleLine
from watchward.foundation.chronicle.pages import url_of
from watchward.foundation.guidance.vocabulary import Lead
from watchward.foundation.linkage.vocabulary import Candidate, Strength
from watchward.foundation.records import Handling
from watchward.foundation.ui import words
from watchward.foundation.ui.parts import (
    Button,
    Column,
    Evidence,
    Guess,
    Hand,
    Line,
    Link,
    Mark,
    Matters,
    Piece,
    Row,
    Said,
    Soft,
    State,
    Strong,
    Table,
    Tone,
)
from watchward.kernel.periods import local_day
from watchward.oversight.profile import rules
from watchward.oversight.profile.queries import Event, Gathered
from watchward.oversight.profile.vocabulary import EVENTS, FACTS, Show

AT_ONCE, OWED_SHOWN = 30, 12
_OWN = {"F": ("her", "her"), "M": ("him", "his")}
_STRENGTH = {
    Strength.STRONG: "strong", Strength.SOME: "some", Strength.AGAINST: "against", Strength.NOT_ASKED: "not_asked",
    Strength.MISSING: "missing",
}  # fmt: skip


@dataclass(frozen=True)
class Joined:
    """A decision about this person's records, and what undoes it."""

    id: UUID
    who: str
    url: str
    because: str
    by: str
    standing: bool


@dataclass(frozen=True)
class PersonPage:
    """One person across the force."""

    id: UUID
    name: str
    facts: tuple[str, ...]
    reference: str
    hands: tuple[Hand, ...]
    matters: Matters
    filters: tuple[tuple[str, str, int, bool], ...]
    lines: tuple[Line, ...]
    earlier: int
    locked: tuple[tuple[str, str], ...]
    guesses: tuple[tuple[UUID, Guess], ...]
    joined: tuple[Joined, ...]
    same_note: str
    owed: tuple[Mark, ...]
    owed_note: str
    owed_more: int
    owed_to: str
    roles: Table
    household: tuple[Mark, ...]
    places: tuple[Mark, ...]
    looks: tuple[Mark, ...]
    looked: int
    leads: tuple[Lead, ...] = ()


def person(acting: Acting, known: Gathered, *, show: Show, everything: bool, all_owed: bool = False) -> PersonPage:
    """Return the page of one person.

    Args:
        acting: the reader.
        known: what was gathered.
        show: which lines.
        everything: all of them, and not only the latest.
        all_owed: all that is owed, and not only what is due first.
    """
    summary = known.summary
    him, his = _OWN.get(summary.sex, ("them", "their"))
    by_show = {which: [event for event in known.events if _shown(event, which)] for which in Show}
    events = by_show[show]
    cut = events if everything else events[:AT_ONCE]
    owed = known.owed if all_owed else known.owed[:OWED_SHOWN]
    page = reverse("profile:person", args=[summary.id])
    late = sum(1 for line in known.owed if line.due and line.due < acting.at)
    standing = [row for row in known.decisions if row.undone_at is None and row.replaced_by_id is None]
    return PersonPage(
        id=summary.id,
        name=summary.name,
        facts=_facts(known),
        reference=summary.reference,
        hands=_hands(known),
        matters=matters(acting, known),
        filters=tuple(
            (_FILTERS[which], page if which is Show.ALL else f"{page}?show={which}", len(by_show[which]), which is show)
            for which in Show
        ),
        lines=tuple(_line(acting, event) for event in cut),
        earlier=len(events) - len(cut),
        locked=tuple(
            (part.team, f"{reverse('access:locked', args=[part.table, part.record])}?back={page}")
            for part in known.locked
        ),
        guesses=tuple((line.id, _guess(candidate, line, him)) for candidate, line in known.candidates),
        joined=tuple(_joined(row, summary.id, set(known.same) | {summary.id}) for row in known.decisions),
        same_note=_same_note(standing, len(known.candidates)),
        owed=tuple(_owed(acting, line, known.owners.get(line.source, "")) for line in owed),
        owed_more=len(known.owed) - len(owed),
        owed_note=f"{words.counted(len(known.owed), 'thing')} open" + (f", {late} late" if late else ""),
        owed_to=f"Owed to {him}",
        roles=roles(acting, known.events),
        household=_household(known),
        places=_places(known, his),
        looks=tuple(_look(acting, trace) for trace in known.looks),
        looked=known.looked,
        leads=known.leads,
    )


_FILTERS = {Show.ALL: "All", Show.VICTIM: "As victim", Show.CALLER: "As caller", Show.FACTS: "Facts"}


def _shown(event: Event, which: Show) -> bool:
    if which is Show.ALL:
        return True
    return event.line.kind in FACTS if which is Show.FACTS else which.value in event.parts


def _contacts(events: tuple[Event, ...]) -> list[Event]:
    """Return those of these that are contacts: something that happened, and not a fact that stands."""
    return [event for event in events if event.line.kind in EVENTS]


def _facts(known: Gathered) -> tuple[str, ...]:
    summary = known.summary
    sex = {"F": "Woman", "M": "Man"}.get(summary.sex, "")
    adult = summary.age_words.startswith("Adult")
    age = summary.age_words.replace("Adult", sex) if adult and sex else summary.age_words
    born = f", born {words.day_year(summary.born)}" if summary.born else ""
    known_as = words.listed([f"“{name.forenames} {name.surname}”".replace(" ”", "”") for name in known.names[:3]])
    return tuple(part for part in (age + born, summary.address, f"Also {known_as}" if known_as else "") if part)


def _hands(known: Gathered) -> tuple[Hand, ...]:
    own = Hand("locked" if known.summary.handling == Handling.LOCKED else "open")
    if known.summary.handling == Handling.SEALED:
        own = Hand("locked", "Sealed: your team alone")
    parts = len(known.locked)
    return (own, Hand("locked", f"{words.counted(parts, 'part')} locked")) if parts else (own,)


def matters(acting: Acting, known: Gathered) -> Matters:
    """Return the one thing that the page says aloud, from facts in a fixed order.

    Trend, danger, children, instruction, what is late; with none of them it says so quietly.
    """
    said: list[Piece] = []
    said += _trend(acting, known)
    said += _danger(known)
    children = len(known.household.children)
    if children:
        said.append(f"{words.counted(children, 'child', 'children')} in the household. ")
    safe = next((number.safe for number in known.numbers if number.until is None and number.safe), "")
    if safe:
        said += [Strong(f"{safe}."), " "]
    late = sum(1 for line in known.owed if line.due and line.due < acting.at)
    if late:
        him = _OWN.get(known.summary.sex, ("them", ""))[0]
        said.append(Strong(f"{words.counted(late, 'thing')} owed to {him} {'is' if late == 1 else 'are'} late."))
    return Matters(tuple(said)) if said else Matters("Nothing stands out", calm=True)


def _trend(acting: Acting, known: Gathered) -> list[Piece]:
    happened = _contacts(known.events)
    month, year = acting.at - timedelta(days=30), acting.at - timedelta(days=365)
    recent = sum(1 for event in happened if event.line.since > month)
    earlier = sum(1 for event in happened if year < event.line.since <= month)
    abuse = sum(1 for e in happened if e.line.since > year and "victim" in e.parts and "domestic-abuse" in e.line.flags)
    said: list[Piece] = []
    if abuse >= 2:
        said += [Strong("Repeat victim of domestic abuse."), " "]
    if recent >= 2:
        rising = rules.is_rising(recent, earlier)
        said.append(f"{recent} contacts in 30 days{', rising' if rising else ''}. ")
    return said


def _danger(known: Gathered) -> list[Piece]:
    said: list[Piece] = []
    own = [event.line for event in known.events if event.line.stands and "warning" in event.line.flags]
    for line in own[:2]:
        said += [Strong(f"{line.headline}."), " "]
    for member in known.household.members:
        lines = known.warnings.get(member.id, ())
        if lines:
            said += ["Lives with ", Strong(member.name), f" ({'; '.join(line.headline for line in lines[:2])}). "]
    return said


def _line(acting: Acting, event: Event) -> Line:
    line = event.line
    fact = line.kind in FACTS
    parts = words.listed(event.parts) if event.parts else ""
    beneath = [part for part in ("Fact" if fact else parts.capitalize(), line.detail) if part]
    return Line(
        when=line.since,
        what=line.headline,
        url=url_of(line.kind, line.source),
        beneath=". ".join(beneath) if beneath else "",
        state=_state(acting, line) if line.state else None,
        harm=line.harm >= 2,
        now=line.stands and not fact and acting.at - line.since < timedelta(hours=24),
    )


def _state(acting: Acting, line: ChronicleLine) -> State:
    if line.stands and line.due and line.due < acting.at:
        return State(f"{line.state}, late", "late")
    return State(line.state, _tone(line))


def _tone(line: ChronicleLine) -> Tone:
    if line.stands and line.kind in EVENTS:
        return "soon"
    return "ok" if line.stands else "done"


def _guess(candidate: Candidate, line: Any, him: str) -> Guess:
    born = f"born {words.day_year(line.born)}. " if line.born else ""
    return Guess(
        who=line.name,
        how=f"{candidate.standing}, {him}",
        odds=candidate.fits or "on stated rules",
        url=reverse("profile:person", args=[line.id]),
        about=f", {line.age_words}",
        detail=f"{born}{line.reference}",
        evidence=tuple(Evidence(_STRENGTH[each.strength], each.words) for each in candidate.evidence),  # type: ignore[arg-type]
        answers=(
            Button("Join", "decision", Decision.SAME.value, key="y", small=True),
            Button(f"Not {him}", "decision", Decision.NOT_SAME.value, key="x", small=True),
            Button("Unsure", "decision", Decision.UNSURE.value, key="u", small=True),
        ),
        follows="Joining shows both records’ history on either page. It can be undone.",
    )


def _joined(row: Any, person: UUID, group: set[UUID]) -> Joined:
    other = row.other if row.one_id == person or (row.one_id in group and row.other_id != person) else row.one
    said = {Decision.SAME: "", Decision.NOT_SAME: "Not: ", Decision.UNSURE: "Unsure: "}[Decision(row.decision)]
    standing = row.undone_at is None and row.replaced_by_id is None
    ended = f". Undone by {row.undone_by.display_name}: {row.undone_reason}" if row.undone_at else ""
    return Joined(
        id=row.pk,
        who=f"{said}{other.name}, {other.reference}",
        url=reverse("profile:person", args=[other.pk]),
        because=row.reason + ended,
        by=f"{row.by.display_name}, {words.day_year(row.at)}",
        standing=standing,
    )


def _same_note(standing: list[Any], to_decide: int) -> str:
    joined = sum(1 for row in standing if row.decision == Decision.SAME)
    return f"{words.counted(joined, 'record')} joined, {to_decide} to decide"


def _owed(acting: Acting, line: ChronicleLine, owner: str) -> Mark:
    due = line.due or line.since
    today = local_day(due) == local_day(acting.at)
    late = due < acting.at
    tone: Tone = "late" if late else "soon" if today else "ok"
    state = State(words.left(due, acting.at) if late else words.due(due, acting.at), tone)
    asks: Said = Link(line.headline, reverse("work:duty", args=[line.source]))
    by = f"{owner}, by {words.moment(due)}" if owner else f"Due {words.moment(due)}"
    return Mark(state, asks, f"{line.detail}. {by}")


def roles(acting: Acting, events: tuple[Event, ...]) -> Table:
    """Return how often the person had which part, in 12 months and ever."""
    year = acting.at - timedelta(days=365)
    happened = _contacts(events)
    ever = Counter(part for event in happened for part in event.parts)
    late = Counter(part for event in happened if event.line.since > year for part in event.parts)
    columns = (Column("Role"), Column("12 months", True), Column("Ever", True))
    rows = tuple(Row((part.capitalize(), str(late[part]), str(count))) for part, count in ever.most_common())
    return Table(columns, rows, caption="Parts in what happened", empty="None yet")


def _household(known: Gathered) -> tuple[Mark, ...]:
    found = []
    for member in known.household.members:
        url = reverse("profile:person", args=[member.id])
        said: list[Piece] = [Link(member.name, url), f", {member.age_words}"]
        said += [piece for line in known.warnings.get(member.id, ()) for piece in (". ", Strong(line.headline))]
        beneath = "" if member.resident else "Where this child lives is not recorded"
        found.append(Mark(member.tie.capitalize() or "Lives there", tuple(said), beneath))
    if known.household.hidden:
        found.append(
            Mark("Locked", f"{words.counted(known.household.hidden, 'more person', 'more people')}", quiet=True)
        )
    return tuple(found)


def _places(known: Gathered, his: str) -> tuple[Mark, ...]:
    found = []
    for home in known.residences:
        where = ", ".join(part for part in (home.line, home.town, home.postcode) if part) or "Address on record"
        since = f"since {words.day_year(home.since)}" if home.since else "since when is not known"
        until = f" to {words.day_year(home.until)}" if home.until else ""
        seen = f", seen {words.short_day(home.seen_on)}" if home.seen_on else ""
        found.append(Mark("Before" if home.until else "Lives", (where, " ", Soft(since + until + seen))))
    for number in known.numbers:
        note = [number.safe] if number.safe else []
        note += [f"until {words.day_year(number.until)}"] if number.until else []
        note += [f"from {number.source}"] if number.source else []
        said = (number_shown(number.normal), " ", Soft(". ".join(note)))
        found.append(Mark("Number before" if number.until else "Number", said))
    return tuple(found) or (Mark("Lives", f"No address or number on {his} record", quiet=True),)


def _look(acting: Acting, trace: Any) -> Mark:
    same_day = words.day(trace.at) == words.day(acting.at)
    who = "You" if trace.account_id == acting.account else trace.account_name
    when = words.hm(trace.at) if same_day else words.short_day(trace.at)
    return Mark(when, f"{who}, {trace.purpose or 'purpose not said'}")
