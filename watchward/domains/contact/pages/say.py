"""The first column: what the caller says, what is known of it, and what is offered instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from watchward.domains.contact.queries import Looked, Resident
from watchward.domains.contact.vocabulary import MATTERS
from watchward.domains.incidents.vocabulary import Group
from watchward.foundation.linkage.vocabulary import Strength
from watchward.foundation.ui import parts, words


@dataclass(frozen=True)
class Offer:
    """Something beside a box that can be chosen: another place, a person who lives there."""

    words: str
    value: str
    before: str = ""


@dataclass(frozen=True)
class Box:
    """A box of the first column: what is in it, what is known of that, and what is offered instead."""

    value: str
    note: parts.Said = ""
    offers: tuple[Offer, ...] = ()


def number_box(looked: Looked) -> Box:
    """Return the number with what is known of it; not that it stands on record, for who has it may be sealed."""
    call = looked.held.call
    if looked.safe:
        first, colon, rest = looked.safe.partition(":")
        return Box(call.number, (parts.Strong(f"Known. {first}{colon}"), rest))
    if looked.number_seen:
        last = words.recent(looked.number_seen[0], looked.at)
        count = words.counted(len(looked.number_seen), "contact")
        return Box(call.number, (parts.Link("Known", _number_url(call)), f". {count}, last {last}."))
    hers = looked.subject is not None and any(
        one.field == "number" and one.strength is Strength.STRONG for one in looked.subject.evidence
    )
    return Box(call.number, parts.Strong("Known.") if hers else "")


def _number_url(call: Any) -> str:
    return reverse("objects:one", args=[call.telephone_id])


def place_box(looked: Looked) -> Box:
    call = looked.held.call
    note: parts.Said = ""
    if call.place is not None:
        place = call.place
        urban = {True: "Urban", False: "Rural", None: "Urban or rural not set"}[place.urban]
        found = [part for part in (place.postcode.partition(" ")[0], place.area.name if place.area else "") if part]
        note = (parts.Strong("Found."), f" {', '.join(found)}{'. ' if found else ''}{urban}.")
    elif call.place_words:
        note = parts.Soft("Not found on record yet" if not looked.alternatives else "Which of these?")
    offers = tuple(
        Offer(one.address, str(one.place), before="Not " if call.place_id else "") for one in looked.alternatives
    )
    return Box(call.place_words, note, offers)


def others_box(looked: Looked) -> Box:
    """Say which of the others named live there; nothing is linked by itself."""
    call = looked.held.call
    said = [name.strip() for name in call.others.replace(";", ",").split(",") if name.strip()]
    linked = looked.held.involved or {}
    found = [one for one in looked.residents if any(_named(one, name) for name in said)]
    pieces: list[parts.Piece] = []
    for one in found:
        state = f", on this call as {linked[one.person]}" if one.person in linked else ""
        pieces += [parts.Strong("Lives here: "), f"{one.name}, {one.age_words}{state}. "]
    offers = tuple(
        Offer(f"{one.name} is {role}", f"{one.person}:{value}")
        for one in found
        if one.person not in linked
        for role, value in (("the suspect", "suspect"), ("a witness", "witness"))
        if not one.child
    )
    return Box(call.others, tuple(pieces), offers)


def _named(one: Resident, said: str) -> bool:
    asked = said.casefold().split()
    return bool(asked) and set(asked) <= set(one.name.casefold().split())


def what_groups() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for matter in MATTERS:
        title = "Domestic abuse" if matter.domestic else Group(matter.kind.group).value
        groups.setdefault(title, []).append((matter.key, matter.words))
    return tuple((title, tuple(pairs)) for title, pairs in groups.items())
