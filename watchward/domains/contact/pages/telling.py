"""The sentences of the contact page, written from facts in a fixed order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from watchward.domains.contact import rules
from watchward.domains.contact.queries import Looked, Resident, Stands
from watchward.domains.contact.vocabulary import BY_KEY
from watchward.foundation.ui.parts import Matters, Piece, Said, Soft, Spark, Strong, Trend
from watchward.foundation.ui.words import counted, day, lasting, listed, ordinal, short_day
from watchward.kernel.periods import local_day

URGENT = "treat-as-urgent"
WARNING = "warning"


def pronoun(sex: str) -> str:
    """Return how somebody of this sex is spoken of on a button: her, him or them."""
    return {"F": "her", "M": "him"}.get(sex, "them")


def surely(words: str) -> str:
    """Return words within a sentence: their first letter lowered, unless they open an abbreviation."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


# What matters: trend, danger, children, instruction, what is late


def matters(looked: Looked) -> Matters:
    """Return the one or two sentences that the page may shout; calm when there is nothing to shout about."""
    trend, dangers = looked.trend, _dangers(looked)
    matter = BY_KEY.get(looked.held.call.what)
    children = looked.children if dangers or (matter is not None and matter.domestic) else ()
    late = [owed for owed in looked.owed if owed.due < looked.at]
    alarming = trend.rising or trend.worse or trend.month >= rules.ENOUGH + 1
    if not (alarming or dangers or children or _instructions(looked) or late):
        return Matters(_calm(looked), calm=True)
    sentences: list[tuple[Piece, ...]] = []
    if alarming:
        sentences.append((Strong(f"{_contact(trend)}{_moves(trend)}."),))
    elif trend.year > 1:
        sentences.append((f"{_contact(trend)}.",))
    sentences += dangers
    if children:
        sentences.append((Strong(counted(len(children), "child", "children")), " in the house."))
    sentences += _instructions(looked)
    if late:
        latest = max(late, key=lambda owed: owed.due)
        more = f", {len(late) - 1} more late" if len(late) > 1 else ""
        words = (latest.what or latest.question).rstrip(".")
        sentences.append((f"{words}: ", Strong(f"{lasting(looked.at - latest.due)} late{more}"), "."))
    return Matters(_joined(sentences))


def _joined(sentences: Sequence[tuple[Piece, ...]]) -> Said:
    pieces: list[Piece] = []
    for sentence in sentences:
        if pieces:
            pieces.append(" ")
        pieces += sentence
    return tuple(pieces)


def _contact(trend: rules.Trend) -> str:
    if trend.month > 1:
        return f"{ordinal(trend.month)} contact in 30 days"
    return f"{ordinal(trend.year)} contact in a year" if trend.year > 1 else "First contact in a year"


def _moves(trend: rules.Trend) -> str:
    if trend.rising and trend.worse:
        return ", rising and getting worse"
    return ", rising" if trend.rising else ", getting worse" if trend.worse else ""


def _calm(looked: Looked) -> str:
    call = looked.held.call
    if not (call.number or call.caller or call.place_words):
        return "Type a number, a name or a place: who this may be is looked up as you type."
    trend = looked.trend
    said = _contact(trend)
    if trend.year > 1:
        said += ", too few to say if rising" if trend.too_few else ", not rising"
    rest = "Markers stand, see below." if looked.stands else "No markers, nothing owed."
    if looked.owed and not looked.stands:
        rest = "No markers."
    return f"{said}. {rest}"


def _dangers(looked: Looked) -> list[tuple[Piece, ...]]:
    """Return who is dangerous and why: those who live there first, each once with all that stands about them."""
    names = {one.person: f"{one.name} lives here: " for one in looked.residents}
    if looked.subject is not None:
        names.setdefault(looked.subject.person, f"{looked.subject.name}: ")
    found: dict[UUID, list[Stands]] = {}
    for one in looked.stands:
        if WARNING in one.flags and one.about_kind == "person":
            found.setdefault(one.about, []).append(one)
    return [
        (names.get(person, "Somebody involved: "), Strong(listed([_warned(one) for one in told])), ".")
        for person, told in found.items()
    ]


def _warned(one: Stands) -> str:
    """Return a warning in the words of a sentence: violent, carried a knife (2017)."""
    return f"{surely(one.headline).replace(': ', ', ', 1)} ({local_day(one.since).year})"


def _instructions(looked: Looked) -> list[tuple[Piece, ...]]:
    found: list[tuple[Piece, ...]] = []
    if any(URGENT in one.flags for one in looked.stands if one.about_kind == "place"):
        found.append(("Place marked ", Strong("treat as urgent"), "."))
    warned = [one for one in looked.stands if one.about_kind == "place" and WARNING in one.flags]
    return [*found, *(("At the place: ", Strong(surely(one.headline)), ".") for one in warned)]


# Trend


def trend_words(trend: rules.Trend) -> Said:
    """Return how contact moves: counts for 30, 90 and 365 days, and whether chance alone would explain it."""
    if trend.year == 1:
        return "No contact before this in a year."
    counts: tuple[Piece, ...] = (
        Strong(f"{trend.month} in 30 days"), f", {trend.quarter} in 90, {trend.year} in a year. ",
    )  # fmt: skip
    if trend.rising and trend.chance is not None:
        moves: tuple[Piece, ...] = (
            Strong("Rising:"), f" at the earlier rate, chance gives this {rules.once_in(trend.chance)}.",
        )  # fmt: skip
    elif trend.too_few:
        moves = ("Too few to say if rising.",)
    else:
        moves = ("Not rising.",)
    worse: tuple[Piece, ...] = (" ", Strong("More urgent"), " than any before.") if trend.worse else ()
    return (*counts, *moves, *worse)


def trend_part(trend: rules.Trend, at: datetime) -> Trend:
    """Return the trend with its small columns, one for each of the last thirteen spans of four weeks."""
    spans = ", ".join(str(count) for count in trend.months)
    return Trend(
        trend_words(trend), Spark(trend.months, f"Contacts in spans of four weeks up to {day(at)}: {spans}", 1)
    )


def resident_words(one: Resident) -> Said:
    """Return a child of the house: Ellie, 7."""
    return f"{one.name}, {one.age_words.rpartition(' ')[2]}"


def until_words(one: Stands) -> Said:
    """Return a fact that stands, with until when."""
    if one.until is None:
        return one.headline
    return (one.headline, Soft(f" until {short_day(one.until)}"))
