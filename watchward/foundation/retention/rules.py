"""How long what is kept, when it is reviewed, and every reason why it may not be disposed of.

The Code of Practice on the Management of Police Information 2005, replaced on 20 July 2023 by the Police Information
and Records Management Code of Practice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from watchward.foundation.retention.vocabulary import Group
from watchward.kernel.dated import UNSET, Dated, Version
from watchward.kernel.refusals import Refusal

MOPI: Final = "Code of Practice on the Management of Police Information 2005, review groups"
PIRM: Final = "Police Information and Records Management Code of Practice 2023, with APP on review, retention, disposal"


@dataclass(frozen=True)
class Term:
    """How long one group is kept.

    Args:
        clear: years without anything that bears on the record, after which it is reviewed.
        until_age: the age that everybody it is about would have reached before it may be disposed of; 0 for none.
    """

    clear: int
    until_age: int = 0

    def __str__(self) -> str:
        kept = f", kept until the age of {self.until_age}" if self.until_age else ""
        return f"reviewed after {self.clear} clear years{kept}"


_TERMS: Final = {
    Group.ONE: Term(clear=10, until_age=100),
    Group.TWO: Term(clear=10),
    Group.THREE: Term(clear=6),
    Group.FOUR: Term(clear=6),
}

TERMS: Final[Dated[Mapping[Group, Term]]] = Dated(
    title="Review groups and how long each is kept",
    chosen_by="the day of the review",
    versions=(
        Version(in_force=date(2005, 11, 14), value=_TERMS, cite=MOPI),
        Version(in_force=date(2023, 7, 20), value=_TERMS, cite=PIRM),
    ),
)

LEAST: Final[Dated[int]] = Dated(
    title="Years that any record is kept at least",
    chosen_by="the day of the review",
    versions=(
        Version(in_force=date(2005, 11, 14), value=6, cite=MOPI),
        Version(in_force=date(2023, 7, 20), value=6, cite=PIRM),
    ),
)

NAMES: Final[Dated[Mapping[Group, str]]] = Dated(
    title="What the review groups are called",
    chosen_by="the day of the review",
    policy=True,
    asks="what the force calls the review groups since the Code of 2023",
    versions=(
        Version(
            in_force=date(2005, 11, 14),
            value={
                Group.ONE: "certain public protection matters",
                Group.TWO: "other sexual, violent or serious offences",
                Group.THREE: "all other offences",
                Group.FOUR: "miscellaneous",
            },
            cite=MOPI,
        ),
        Version(in_force=date(2023, 7, 20), value=UNSET, cite=PIRM),
    ),
)


def years_after(day: date, years: int) -> date:
    """Return the first day on which so many whole years are over.

    29 February has its anniversary on 1 March where there is none: nothing is over a day too early.
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def named(group: Group, on: date) -> str:
    """Return a group with its name, as the force calls it on a day; the number alone where that is not set."""
    return f"{group.words}, {NAMES.value_on(on)[group]}" if NAMES.is_set_on(on) else group.words


@dataclass(frozen=True)
class Facts:
    """What is known of one record that may be disposed of.

    Args:
        since: the last day on which anything happened that bears on it: from here the clear period runs.
        group: its review group.
        born: days of birth of those it is about, where it is about somebody; empty where none is known.
        open: what is not finished, each in words.
        holds: what holds it, each in words.
        owed: how many duties about it are open.
        next_on: the day that the last review set for the next; none where there was none.
        child: whether somebody it is about was under ten when it happened.
    """

    since: date
    group: Group
    born: tuple[date, ...] = ()
    open: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    owed: int = 0
    next_on: date | None = None
    child: bool = False


def due_on(facts: Facts, *, on: date) -> date:
    """Return the day from which a review is due: a clear period after the last event, or later if a review said so.

    Args:
        facts: of the record.
        on: the day that picks the version of the groups.
    """
    clear = years_after(facts.since, TERMS.value_on(on)[facts.group].clear)
    return max(clear, facts.next_on) if facts.next_on is not None else clear


def longest_retained(group: Group, *, on: date) -> date:
    """Return the last day that a review may set for the next: one clear period of the group from now."""
    return years_after(on, TERMS.value_on(on)[group].clear)


def earliest_disposal(facts: Facts, *, on: date) -> date:
    """Return the first day on which the record might go, if nothing else stood against it.

    The least time of any record, the clear period of its group, and for the first group the hundredth birthday of
    everybody it is about; where no day of birth is known, a hundred years from the last event.
    """
    term = TERMS.value_on(on)[facts.group]
    days = [years_after(facts.since, LEAST.value_on(on)), years_after(facts.since, term.clear)]
    if term.until_age:
        days += [years_after(day, term.until_age) for day in facts.born or (facts.since,)]
    return max(days)


def why_not_dispose(facts: Facts, *, on: date) -> tuple[Refusal, ...]:
    """Return every reason why a record may not be disposed of on a day; empty means that it may."""
    term, least = TERMS.on(on), LEAST.on(on)
    found = [Refusal(f"It is held: {each}.", code="held") for each in facts.holds]
    found += [Refusal(f"It is not finished: {each}.", code="open") for each in facts.open]
    if facts.owed:
        found.append(Refusal(f"{facts.owed} open {_duties(facts.owed)} about it.", code="owed"))
    first = years_after(facts.since, least.value)
    clear = years_after(facts.since, term.value[facts.group].clear)
    if on < first:
        found.append(
            Refusal(f"Every record is kept for {least.value} years: until {first:%-d %B %Y}.", code="least",
                    cite=least.cite)
        )  # fmt: skip
    if on < clear and clear != first:
        found.append(
            Refusal(f"The clear period of {facts.group.words.lower()} is not over before {clear:%-d %B %Y}.",
                    code="clear", cite=term.cite)
        )  # fmt: skip
    last = earliest_disposal(facts, on=on)
    if on < last and last not in (first, clear):
        found.append(
            Refusal(f"{facts.group.words} is kept until everybody in it would be {term.value[facts.group].until_age}: "
                    f"{last:%-d %B %Y}.", code="age", cite=term.cite)
        )  # fmt: skip
    return tuple(found)


def _duties(count: int) -> str:
    return "duty is" if count == 1 else "duties are"


def why_not_retain(
    facts: Facts, *, on: date, reason: str, next_on: date | None, child_reason: str, unanswered: Iterable[str]
) -> tuple[Refusal, ...]:
    """Return every reason why a record may not be kept on like this.

    Args:
        facts: of the record.
        on: the day of the review.
        reason: why it is still needed.
        next_on: the day of the next review.
        child_reason: why it is kept although it is about a child under ten, where it is.
        unanswered: the national retention assessment criteria that were not answered.
    """
    found = [Refusal("Answer this.", field=key, code="unanswered") for key in unanswered]
    if len(reason.split()) < 3:
        found.append(Refusal("Say why it is still needed, in a few words.", field="reason", code="no-reason"))
    if next_on is None:
        found.append(Refusal("Say when it is reviewed again.", field="next_on", code="no-day"))
    else:
        longest = longest_retained(facts.group, on=on)
        if next_on <= on:
            found.append(Refusal("The next review is on a later day.", field="next_on", code="early"))
        if next_on > longest:
            found.append(
                Refusal(f"{facts.group.words} is reviewed by {longest:%-d %B %Y} at the latest.", field="next_on",
                        code="late", cite=TERMS.on(on).cite)
            )  # fmt: skip
    if facts.child and len(child_reason.split()) < 3:
        found.append(
            Refusal("It is about a child under ten. Say why it must be kept all the same.", field="child_reason",
                    code="child", cite=TERMS.on(on).cite)
        )  # fmt: skip
    return tuple(found)
