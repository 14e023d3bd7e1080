"""When looks at a record are unusual: weights of reasons that add up, and counts beside those of the same role.

The weights and limits are this program's own, measured on simulated looks; a force that measures its own sets others.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from statistics import median
from typing import Final
from uuid import UUID

from watchward.oversight.looking.vocabulary import Ground, Home, Look, Reader, Reason, Subject, Unusual

ENOUGH: Final = 3
"""The weight from which on somebody is asked."""

WEIGHTS: Final[dict[Reason, tuple[int, int]]] = {
    Reason.NOTHING_IN_HAND: (1, 0),
    Reason.OWN: (3, 3),
    Reason.HOUSEHOLD: (3, 3),
    Reason.NEIGHBOUR: (2, 0),
    Reason.COLLEAGUE: (2, 0),
    Reason.WITH_COLLEAGUE: (1, 0),
    Reason.SURNAME: (2, 0),
    Reason.WELL_KNOWN: (2, 0),
    Reason.AGAIN: (2, 0),
    Reason.VOLUME: (3, 3),
}
"""Of each reason: where nothing was in hand, and where something was. Nobody deals with their own household."""

SELDOM: Final = 12
"""A surname that no more people on record have than this is seldom."""

DOORS: Final = 6
"""How many house numbers away a neighbour lives at most: three doors on the same side."""

AGAIN_LOOKS, AGAIN_DAYS, AGAIN_WITHIN = 3, 3, timedelta(days=60)
"""So many looks with nothing in hand, on so many days, within so long, are again and again."""

PEERS, DEVIATIONS, TIMES, LEAST = 5, 6.0, 3.0, 40
"""Of how many people a role has: at least so many; then so many deviations and times the median, and so many looks."""


def of_name(said: str) -> tuple[str, str]:
    """Return the first forename and the surname of a name as it is shown, in lower case, without a rank before it."""
    words = [word.casefold() for word in said.split()]
    return (words[-2], words[-1]) if len(words) > 1 else ("", "".join(words))


def is_neighbour(one: Home, other: Home) -> bool:
    """Return whether two homes are a few doors apart in the same street, and not the same."""
    if not (one.street and one.street == other.street) or one.house == other.house:
        return False
    if one.postcode and other.postcode and one.postcode[:-3] != other.postcode[:-3]:
        return False  # a street of that name elsewhere
    numbers = [re.match(r"\d+", home.house) for home in (one, other)]
    if None in numbers:
        return False
    first, second = (int(number[0]) for number in numbers if number)
    return abs(first - second) <= DOORS


def _same_home(one: Home | None, homes: Iterable[Home]) -> bool:
    return one is not None and one.whole and any(one == home for home in homes)


def _is(reader: Reader, subject: Subject) -> bool:
    """Return whether a record is that of somebody who works here: their name, and no other address than theirs."""
    if (reader.first, reader.surname) not in subject.names:
        return False
    known = [home for home in subject.homes if home.whole]
    return reader.home is None or not known or _same_home(reader.home, known)


def grounds_about(
    reader: Reader, subject: Subject, staff: Collection[Reader], surnames: Mapping[str, int]
) -> tuple[Ground, ...]:
    """Return what there is between a reader and whose record it is, whatever they had in hand.

    Args:
        reader: who looked.
        subject: whose record.
        staff: everybody who works for the force.
        surnames: how many people on record have a surname, by surname in lower case.
    """
    if _is(reader, subject):
        return (Ground(Reason.OWN, "The record is their own, by name and what is known of the address"),)
    found = []
    if _same_home(reader.home, subject.homes):
        found.append(Ground(Reason.HOUSEHOLD, "They live at the same address"))
    elif reader.home is not None and any(is_neighbour(reader.home, home) for home in subject.homes):
        found.append(Ground(Reason.NEIGHBOUR, f"They live a few doors away, in {reader.home.street.title()}"))
    others = [one for one in staff if one.account != reader.account]
    colleague = next((one for one in others if _is(one, subject)), None)
    if colleague is not None:
        found.append(Ground(Reason.COLLEAGUE, f"{_called(colleague)} works for the force, by name"))
    elif any(_same_home(one.home, subject.homes) for one in others):
        found.append(Ground(Reason.WITH_COLLEAGUE, "The person lives where a colleague lives"))
    same = any(surname == reader.surname for _first, surname in subject.names)
    if same and surnames.get(reader.surname, 0) <= SELDOM:
        count = surnames.get(reader.surname, 0)
        found.append(Ground(Reason.SURNAME, f"They have the same surname, which {count} people on record have"))
    if subject.well_known:
        found.append(Ground(Reason.WELL_KNOWN, f"The record attracts looks: {subject.well_known}"))
    return tuple(found)


def _called(reader: Reader) -> str:
    return f"{reader.first} {reader.surname}".title()


def again(looks: Sequence[Look]) -> bool:
    """Return whether looks with nothing in hand came again and again."""
    idle = [look for look in looks if not look.in_hand]
    for first in idle:
        within = [look for look in idle if first.at <= look.at <= first.at + AGAIN_WITHIN]
        if len(within) >= AGAIN_LOOKS and len({look.at.date() for look in within}) >= AGAIN_DAYS:
            return True
    return False


def unusual(
    looks: Iterable[Look],
    readers: Mapping[UUID, Reader],
    subjects: Mapping[UUID, Subject],
    surnames: Mapping[str, int],
) -> list[Unusual]:
    """Return the looks that somebody should ask about, by who looked and at whose record, gravest first.

    Args:
        looks: of a period, in any order.
        readers: everybody who works for the force, by account.
        subjects: whose records these are, by id; looks at others are left out.
        surnames: how many people on record have a surname.
    """
    pairs: defaultdict[tuple[UUID, UUID], list[Look]] = defaultdict(list)
    for look in looks:
        if look.account in readers and look.person in subjects:
            pairs[look.account, look.person].append(look)
    found = []
    for (account, person), all_of_them in pairs.items():
        for subject, its in _while_known(subjects[person], all_of_them):
            one = _judged(readers[account], subject, its, readers.values(), surnames)
            if one is not None:
                found.append(one)
    return sorted(found, key=lambda each: (-each.weight, each.looks[0].at, str(each.account)))


def _while_known(subject: Subject, looks: Sequence[Look]) -> list[tuple[Subject, Sequence[Look]]]:
    """Return whose record it is and the looks to judge: what ended counts for the looks before it and for no others."""
    if not subject.well_known or subject.known_until is None:
        return [(subject, looks)]
    then = [look for look in looks if look.at < subject.known_until]
    stretches: list[tuple[Subject, Sequence[Look]]] = [(subject, then)] if then else []
    if len(then) < len(looks):
        stretches.append((replace(subject, well_known="", known_until=None), looks))
    return stretches


def _judged(
    reader: Reader, subject: Subject, looks: Sequence[Look], staff: Collection[Reader], surnames: Mapping[str, int]
) -> Unusual | None:
    ordered = tuple(sorted(looks, key=lambda look: look.at))
    idle = tuple(look for look in ordered if not look.in_hand)
    grounds = list(grounds_about(reader, subject, staff, surnames))
    if again(ordered):
        days = len({look.at.date() for look in idle})
        grounds.append(Ground(Reason.AGAIN, f"{len(idle)} looks on {days} days"))
    if idle:
        grounds.append(Ground(Reason.NOTHING_IN_HAND, "No incident, call, duty or work of theirs concerned the person"))
    column = 0 if idle else 1
    weight = sum(WEIGHTS[ground.reason][column] for ground in grounds)
    if weight < ENOUGH:
        return None
    counted = [ground for ground in grounds if WEIGHTS[ground.reason][column]]
    counted.sort(key=lambda ground: -WEIGHTS[ground.reason][column])
    # What was opened with a task belongs to the finding only where a task is no excuse.
    excused = any(WEIGHTS[ground.reason][1] for ground in counted)
    return Unusual(reader.account, subject.person, ordered if excused else idle, tuple(counted), weight)


def volumes(looks: Iterable[Look], readers: Mapping[UUID, Reader]) -> list[Unusual]:
    """Return who opened the records of far more people than others in the same role did in the same period.

    The limit lies so many deviations above the role's median, the deviation being 1.4826 times the median one: that
    of a few very busy people does not move it (Hampel, 1974).
    """
    by_reader: defaultdict[UUID, list[Look]] = defaultdict(list)
    for look in looks:
        if look.account in readers:
            by_reader[look.account].append(look)
    roles: defaultdict[str, dict[UUID, int]] = defaultdict(dict)
    for account, own in by_reader.items():
        roles[readers[account].role][account] = len({look.person for look in own})
    found = []
    for role, counts in roles.items():
        if len(counts) < PEERS:
            continue
        middle = median(counts.values())
        deviation = 1.4826 * median(abs(count - middle) for count in counts.values())
        limit = max(middle + DEVIATIONS * max(deviation, 1.0), middle * TIMES, LEAST)
        for account, count in counts.items():
            if count > limit:
                words = f"{count} people's records; half of those who are {role} opened {middle:g} or fewer"
                ordered = tuple(sorted(by_reader[account], key=lambda look: look.at))
                ground = Ground(Reason.VOLUME, words)
                found.append(Unusual(account, None, ordered, (ground,), WEIGHTS[Reason.VOLUME][0]))
    return sorted(found, key=lambda each: str(each.account))
