"""What the pages of people show: who was found and why, and what is recorded of one person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from watchward.domains.objects.vocabulary import shown
from watchward.domains.people.queries import MARKERS, Household, Summary
from watchward.domains.people.queries.kept import Kept, Lasts
from watchward.domains.people.vocabulary import Certainty, Decision, Lasting, NameKind, Sex, Tie
from watchward.foundation.acting import Acting
from watchward.foundation.linkage.vocabulary import Candidate, Recognition
from watchward.foundation.markers.pages import ended, marked
from watchward.foundation.records import Handling
from watchward.foundation.ui import words
from watchward.foundation.ui.parts import Button, Column, Evidence, Guess, Hand, Link, Mark, Piece, Row, Table

_STRENGTH: dict[str, Literal["strong", "some", "against", "not_asked", "missing"]] = {
    "Strong": "strong", "Some": "some", "Against": "against", "Not asked": "not_asked", "Missing": "missing",
}  # fmt: skip


@dataclass(frozen=True)
class Found:
    """What a search found.

    Args:
        asked: what was asked, in words.
        count: how many, in words.
        guesses: the people, best first.
        locked: each locked record: its words and where it is opened.
        too_many: what fits too many people, in words.
        places: addresses that fit: words and page.
    """

    asked: str
    count: str
    guesses: tuple[Guess, ...]
    locked: tuple[tuple[str, str], ...]
    too_many: str
    places: tuple[Mark, ...]


def person_url(id_: UUID) -> str:
    """Return the page of a person: across the force where there is one, else what this room has."""
    try:
        return reverse("profile:person", args=[id_])
    except NoReverseMatch:
        return reverse("people:one", args=[id_])


def guess(one: Candidate, who: Summary, others: Mapping[UUID, Summary]) -> Guess:
    """Return one candidate as a card: the word of the rules, what fits, and each field with its fact."""
    born = f"born {words.day_year(who.born)}, " if who.born else ""
    same = [others[id_].reference for id_ in one.same_as if id_ in others]
    also = f", also {words.listed(same)}" if same else ""
    return Guess(
        who=who.name,
        how=str(one.standing),
        odds=one.fits[:1].lower() + one.fits[1:] if one.fits else "nothing fits",
        url=person_url(one.person),
        about=f", {who.age_words.lower()}",
        detail=f"{born}{who.reference}{also}{', ' + who.address if who.address else ''}",
        household=f"{one.who[:1].upper()}{one.who[1:]}." if one.household else "",
        evidence=tuple(Evidence(_STRENGTH[line.strength.value], line.words) for line in one.evidence),
    )


def found(
    asked: str,
    recognition: Recognition,
    people: Mapping[UUID, Summary],
    places: Iterable[tuple[UUID, str, str]],
    teams: Mapping[UUID, str],
    back: str,
) -> Found:
    """Return the page of a search."""
    guesses = tuple(guess(one, people[one.person], people) for one in recognition.candidates if one.person in people)
    return Found(
        asked=asked,
        count="Nobody fits" if not guesses else words.counted(len(guesses), "person fits", "people fit"),
        guesses=guesses,
        locked=tuple(
            (f"A locked record of {teams.get(id_) or 'another team'} may fit", f"{_locked(id_)}?back={back}")
            for id_ in recognition.locked_records
        ),
        too_many=_too_many(recognition.too_many),
        places=tuple(Mark("Place", Link(address, reverse("places:one", args=[id_])), beneath=why)
                     for id_, address, why in places),
    )  # fmt: skip


def _too_many(kinds: tuple[str, ...]) -> str:
    return f"Too many people have {words.listed(kinds)}. Add a date of birth, a number or an address." if kinds else ""


def _locked(id_: UUID) -> str:
    return reverse("access:locked", args=["people.Person", id_])


@dataclass(frozen=True)
class PersonPage:
    """What is recorded of one person."""

    id: UUID
    name: str
    about: str
    reference: str
    hand: Hand | None
    facts: tuple[Mark, ...]
    names: tuple[Mark, ...]
    numbers: tuple[Mark, ...]
    homes: tuple[Mark, ...]
    household: tuple[Mark, ...]
    ties: tuple[Mark, ...]
    markers: tuple[Mark, ...]
    ended: tuple[Mark, ...]
    same: tuple[Mark, ...]
    adds: tuple[Button, ...]
    profile: str


def person(acting: Acting, kept: Kept, household: Household, people: Mapping[UUID, Summary]) -> PersonPage:
    """Return the page of what is recorded of one person."""
    row, own = kept.person, people[kept.person.pk]

    def url(what: str) -> str:
        return reverse(f"people:{what}", args=[row.pk])

    born, sure = "Not known", ""
    if row.date_of_birth:
        born = words.day_year(row.date_of_birth)
        sure = Certainty(row.birth_certainty).says if row.birth_certainty else ""
    may = acting.may("people.record")
    adds = [
        Button("Correct name, birth or sex", url=url("change")), Button("Add a name", url=url("name")),
        Button("Add a number", url=url("number")), Button("Add an address", url=url("home")),
        Button("Add a relationship", url=url("tie")),
    ]  # fmt: skip
    if acting.may("people.mark"):
        adds.append(Button("Put up a marker", url=url("mark")))
    if acting.may("people.handle"):
        adds.append(Button("Lock or seal", url=url("keep")))
    return PersonPage(
        id=row.pk,
        name=row.name,
        about=own.age_words,
        reference=row.reference,
        hand=Hand("locked") if row.handling == Handling.LOCKED else None,
        facts=(
            Mark("Born", born, beneath=sure, quiet=not row.date_of_birth),
            Mark("Sex", Sex(row.sex).says if row.sex else "Not known", quiet=not row.sex),
            Mark("From", row.source or "Not said", beneath=f"recorded {words.day_year(row.made_at)}"),
        ),
        names=tuple(
            Mark(
                NameKind(name.kind).says,
                f"{name.forenames} {name.surname}".strip(),
                beneath=_beneath(name.source, name.since),
            )
            for name in kept.names
        ),
        numbers=_numbers(kept, may),
        homes=_homes(kept, may),
        household=tuple(
            Mark(
                "To ask" if member.child is None or not member.resident else "Child" if member.child else "Adult",
                (Link(member.name, person_url(member.id)), f", {member.age_words.lower()}"),
                beneath=_member(member.tie, member.resident, words.day(member.seen_on) if member.seen_on else ""),
            )
            for member in household.members
        )
        + ((Mark("Locked", f"{words.counted(household.hidden, 'more')} locked"),) if household.hidden else ()),
        ties=_ties(kept, people, may),
        markers=marked(MARKERS, kept.markers, acting.at),
        ended=ended(MARKERS, kept.all_markers),
        same=_same(kept, people),
        adds=tuple(adds) if may else (),
        profile=person_url(row.pk),
    )  # fmt: skip


def _beneath(source: str, since: object = None, until: object = None, *, seen: object = None, because: str = "") -> str:
    parts = [f"since {words.day_year(since)}" if since else ""]  # type: ignore[arg-type]
    parts.append(f"until {words.day_year(until)}" if until else "")  # type: ignore[arg-type]
    parts.append(f"seen there {words.day_year(seen)}" if seen else "")  # type: ignore[arg-type]
    parts += [because, source]
    return ", ".join(part for part in parts if part)


def _address(place: UUID | None, text: str) -> Piece:
    return Link(text, reverse("places:one", args=[place])) if place else text


def lasting_words(what: Lasting, row: Lasts) -> str:
    """Return a number, a home or a tie in words, as the title of a form about it."""
    match what:
        case Lasting.NUMBER:
            return shown(_normal(row))
        case Lasting.HOME:
            return _at(row)
        case Lasting.TIE:
            return "this relationship"


def _normal(link: Any) -> str:
    return str(link.normal)


def _at(home: Any) -> str:
    return ", ".join(part for part in (home.line, home.town, home.postcode) if part)


def _lasts(person: UUID, what: Lasting, row: Lasts, may: bool) -> tuple[Piece, ...]:
    """Return what can be done about something that lasts: say that it ended, or correct its days."""
    if not may:
        return ()
    name = lasting_words(what, row)
    found: list[Piece] = []
    for view, says in (("end", "It has ended"), ("days", "Correct its days")):
        if view == "days" or row.until is None:
            url = reverse(f"people:{view}", args=[person, what.value, row.pk])
            found += [". ", Link(says, url, about=name)]
    return tuple(found)


def _numbers(kept: Kept, may: bool) -> tuple[Mark, ...]:
    rows = []
    for link in kept.numbers:
        checked = f"checked {words.day_year(link.verified_on)}" if link.verified_on else "not checked"
        told = _beneath(link.source, link.since, link.until, because=link.days_because)
        number = Link(kept.shown[link.pk], reverse("objects:one", args=[link.number_id]))
        rows.append(
            Mark(
                "Had" if link.until else "Number",
                (number, f". {link.safe}" if link.safe else ""),
                beneath=(f"{told}, {checked}" if told else checked, *_lasts(kept.person.pk, Lasting.NUMBER, link, may)),
            )
        )
    return tuple(rows)


def _homes(kept: Kept, may: bool) -> tuple[Mark, ...]:
    return tuple(
        Mark(
            "Lived at" if home.until else "Lives at",
            _address(home.place_id, lasting_words(Lasting.HOME, home)),
            beneath=(
                _beneath(home.source, home.since, home.until, seen=home.seen_on, because=home.days_because)
                or "On record",
                *_lasts(kept.person.pk, Lasting.HOME, home, may),
            ),
        )
        for home in kept.homes
    )


def _member(tie: str, resident: bool, seen: str) -> str:
    where = "lives there" if resident else "where they live is not recorded"
    seen_words = f"seen there {seen}" if seen else "not seen there" if resident else ""
    return ", ".join(part for part in (tie, where, seen_words) if part)


def _ties(kept: Kept, people: Mapping[UUID, Summary], may: bool) -> tuple[Mark, ...]:
    rows = []
    for tie in kept.ties:
        other = tie.other_id if tie.one_id == kept.person.pk else tie.one_id
        if other in people:
            kind = Tie(tie.kind) if tie.one_id == other else Tie(tie.kind).other_way
            who = people[other]
            told = _beneath(tie.source, tie.since, tie.until, because=tie.days_because)
            said = kind.said(who.sex)
            rows.append(
                Mark(
                    f"Was {said}" if tie.until else said.capitalize(),
                    Link(who.name, person_url(other)),
                    beneath=(told or "On record", *_lasts(kept.person.pk, Lasting.TIE, tie, may)),
                )
            )
    return tuple(rows)


def _same(kept: Kept, people: Mapping[UUID, Summary]) -> tuple[Mark, ...]:
    rows = []
    for decision in kept.decisions:
        other = decision.other_id if decision.one_id == kept.person.pk else decision.one_id
        if other in people and decision.undone_at is None and decision.replaced_by_id is None:
            who = people[other]
            rows.append(
                Mark(Decision(decision.decision).says, Link(f"{who.name}, {who.reference}", person_url(other)),
                     beneath=f"{decision.reason}. {decision.by.display_name}, {words.day_year(decision.at)}")
            )  # fmt: skip
    return tuple(rows)


def gaps(counts: Sequence[tuple[str, str, int]]) -> Table:
    """Return what is missing, each kind with its count and its rows."""
    return Table(
        columns=(Column("Missing"), Column("People", number=True)),
        rows=tuple(Row((Link(says, reverse("people:gap", args=[key])), f"{count:,}")) for key, says, count in counts),
        caption="What is missing from people's records",
    )


def gap(people: Iterable[Summary]) -> Table:
    """Return the people of one kind of gap."""
    return Table(
        columns=(Column("Name"), Column("Age"), Column("Reference")),
        rows=tuple(
            Row((Link(one.name, reverse("people:one", args=[one.id])), one.age_words, one.reference)) for one in people
        ),
        stack=True,
        empty="None",
    )  # fmt: skip
