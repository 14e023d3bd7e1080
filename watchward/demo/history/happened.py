"""Which crimes happen in the two years, to whom, and what becomes of them: the rates of the year come out exactly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from math import exp, log
from typing import Final

from watchward.demo.history import volumes
from watchward.demo.history.residents import Home, Resident
from watchward.demo.history.volumes import Listed, Year
from watchward.domains.offences.vocabulary import Category, Flag, OffenceGroup
from watchward.kernel.periods import instant
from watchward.kernel.streams import Lottery, Stream

C = Category


@dataclass(frozen=True)
class Ways:
    """How crimes of a category go. Invented.

    Args:
        person: how many have a person as victim, and ``firm`` an organisation; the rest has none of its own.
        suspect: how many have a suspect named.
        charge: how likely those are charged, against other categories.
        withdraw: how likely their victims do not support action, likewise.
        call: how many came as an incident.
        domestic: how many are domestic abuse.
    """

    person: float
    firm: float
    suspect: float
    charge: float
    withdraw: float
    call: float
    domestic: float = 0.0


WAYS: Final = {
    C.VIOLENCE: Ways(0.97, 0.03, 0.78, 1.0, 3.0, 0.72, 0.40),
    C.ROBBERY: Ways(0.92, 0.08, 0.35, 1.3, 0.8, 0.92),
    C.BURGLARY: Ways(0.68, 0.32, 0.12, 0.9, 0.15, 0.85),
    C.VEHICLE: Ways(0.85, 0.15, 0.06, 0.7, 0.05, 0.50),
    C.SHOPLIFTING: Ways(0.0, 1.0, 0.55, 2.4, 0.0, 0.45),
    C.BICYCLE: Ways(0.97, 0.03, 0.04, 0.6, 0.05, 0.35),
    C.FROM_PERSON: Ways(1.0, 0.0, 0.06, 0.7, 0.1, 0.55),
    C.OTHER_THEFT: Ways(0.72, 0.28, 0.14, 0.6, 0.6, 0.50, 0.03),
    C.DAMAGE: Ways(0.74, 0.26, 0.26, 0.5, 1.2, 0.70, 0.13),
    C.DRUGS: Ways(0.0, 0.0, 0.98, 2.6, 0.0, 0.40),
    C.WEAPONS: Ways(0.0, 0.0, 0.92, 3.2, 0.0, 0.75),
    C.PUBLIC_ORDER: Ways(0.78, 0.02, 0.55, 0.9, 1.6, 0.80, 0.14),
    C.OTHER_CRIME: Ways(0.45, 0.30, 0.50, 0.8, 0.9, 0.50, 0.10),
}

_HOURS: Final = Lottery(tuple(range(24)), (4, 3, 3, 2, 2, 2, 2, 3, 4, 4, 5, 5, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 6, 5))
_SUSPECTED: Final = Lottery(("15", "8", "3", "10", "21", "20"), (58, 17, 10, 5, 6, 4))
_OF_DRUGS: Final = Lottery(("7", "6", "8", "3", "15"), (34, 14, 24, 16, 12))
_UNKNOWN: Final = Lottery(("18", "14", "20"), (90, 8, 2))
_FIRMS: Final = (
    "Threeway Stores", "Kiln Row Foods", "Saggar's Hardware", "Canalside Garage", "Copperyard Motors",
    "Moorgate Market", "Bottleoven Inn", "Lockside Pharmacy", "Farrowby Schools Trust", "Netherwyke Borough Council",
)  # fmt: skip


@dataclass(slots=True)
class Happened:
    """One crime: where, when and to whom it happened, how it came to the force and what became of it.

    Args:
        number: in its month, from 1 on.
        month: its place among the 24 months.
        offence: what it is.
        reported: when it was first reported, aware UTC.
        recorded: when it was recorded.
        victim: who suffered it; None where that is an organisation, or nobody.
        firm: the organisation.
        suspects: who is suspected.
        flags: what it also is.
        at_home: it happened where the victim lives.
        called: it came as an incident.
        code: its outcome; empty while it is investigated.
        ended: when that was entered.
        agreed: when it was agreed.
    """

    number: int
    month: int
    offence: Listed
    reported: datetime
    recorded: datetime
    victim: Resident | None
    firm: str
    suspects: tuple[Resident, ...]
    flags: tuple[Flag, ...]
    at_home: bool
    called: bool
    code: str = ""
    ended: datetime | None = None
    agreed: datetime | None = None
    stream: Stream = field(default_factory=lambda: Stream(0))

    @property
    def domestic(self) -> bool:
        """Whether it is domestic abuse."""
        return Flag.DOMESTIC_ABUSE in self.flags

    @property
    def given(self) -> datetime | None:
        """When its outcome was given."""
        return self.agreed or self.ended


def moment_in(month: date, stream: Stream) -> datetime:
    """Return a moment of a month, as likely by day and hour as the county is awake."""
    day = month + timedelta(days=stream.integer(0, volumes.days_of(month) - 1))
    seconds = stream.integer(0, 3599)
    return instant(day, _AN_HOUR[_HOURS.draw(stream)]) + timedelta(seconds=seconds)


_AN_HOUR: Final = tuple(time(hour) for hour in range(24))

END: Final = instant(date(2019, 7, 1), time(3))
"""Nothing in the two years is later: at three in the morning of 1 July 2019 they are brought over."""


def crimes(homes: Sequence[Home], year: Year, *, seed: str) -> list[Happened]:
    """Return the crimes of the two years in the order of their months.

    Args:
        homes: of the residents.
        year: what the last twelve months must come to.
        seed: of the whole population.
    """
    grown = [one for home in homes for one in home.residents if one.age >= 18]
    everybody = [one for home in homes for one in home.residents]
    before = round(year.crimes * volumes.YEAR_BEFORE)
    found: list[Happened] = []
    for month, count in enumerate(volumes.crimes_by_month(year.crimes, before)):
        stream = Stream(seed).of("crimes", month)
        found += [_one(stream, month, number, grown, everybody) for number in range(1, count + 1)]
    first = [one for one in found if one.month < 12]
    last = found[len(first) :]
    _end(first, round(volumes.CHARGED_BEFORE * len(first)), round(volumes.WITHDREW_BEFORE * len(first)), seed)
    _end(last, year.charged, year.withdrew, seed)
    return found


def _one(
    stream: Stream, month: int, number: int, grown: list[Resident], everybody: list[Resident]
) -> Happened:  # fmt: skip
    day = volumes.MONTHS[month]
    offence = volumes.offences_in(volumes.quarter_of(day)).draw(stream)
    ways = WAYS[offence.category]
    # A crime counts on the day on which it is recorded: within the same month, or the rates of a year were not its own.
    last = instant(day + timedelta(days=volumes.days_of(day)), _AN_HOUR[0])
    reported = min(moment_in(day, stream), last - timedelta(hours=2))
    hours = exp(stream.normal(log(6.5), 0.9))
    recorded = min(reported + timedelta(hours=hours), last - timedelta(minutes=stream.integer(1, 50)))
    recorded = max(recorded, reported + timedelta(minutes=1))
    whose = stream.random()
    domestic = stream.chance(ways.domestic)
    victim = None
    if whose < ways.person or domestic:
        children = offence.group is OffenceGroup.SEXUAL and "child" in offence.words.casefold()
        victim = stream.choice(everybody if children else grown)
    firm = stream.choice(_FIRMS) if victim is None and whose < ways.person + ways.firm else ""
    suspects: tuple[Resident, ...] = ()
    if domestic and victim is not None:
        others = [one for one in victim.home.residents if one is not victim and one.age >= 16]
        suspects = (others[0] if others else stream.choice(grown),)
    elif stream.chance(ways.suspect):
        suspects = (stream.choice(grown),)
    suspects = tuple(one for one in suspects if one is not victim)
    return Happened(
        number, month, offence, reported, recorded, victim, firm, suspects,
        _flags(stream, offence, domestic), domestic or offence.category is C.BURGLARY, stream.chance(ways.call),
    )  # fmt: skip


def _flags(stream: Stream, offence: Listed, domestic: bool) -> tuple[Flag, ...]:
    found = [Flag.DOMESTIC_ABUSE] if domestic else []
    if offence.category in (C.VIOLENCE, C.PUBLIC_ORDER) and not domestic and stream.chance(0.035):
        found.append(stream.choice((Flag.HATE_RACE, Flag.HATE_RACE, Flag.HATE_DISABILITY, Flag.HATE_ORIENTATION)))
    if offence.group is OffenceGroup.WEAPONS or (offence.category is C.ROBBERY and stream.chance(0.2)):
        found.append(Flag.KNIFE)
    return tuple(found)


# How they end


def _end(found: list[Happened], charged: int, withdrew: int, seed: str) -> None:
    """Let so many be charged, so many end with outcome 16, and the others as their kind does."""
    stream = Stream(seed).of("outcomes", found[0].month if found else 0)
    for one in found:
        one.stream = stream.of(one.month, one.number)
    named = [one for one in found if one.suspects]
    for one in _drawn(named, charged, lambda one: WAYS[one.offence.category].charge * _settled(one, 60)):
        _ends(one, "1", 20, 0.9)
    left = [one for one in named if not one.code and one.victim is not None]
    for one in _drawn(left, withdrew, _withdraws):
        _ends(one, "16", 13, 0.8)
    for one in found:
        if not one.code and not one.stream.chance(0.006):
            _otherwise(one)


def _withdraws(one: Happened) -> float:
    return WAYS[one.offence.category].withdraw * (2 if one.domestic else 1) * _settled(one, 40)


def _settled(one: Happened, days: float) -> float:
    """Return how much of the time that such a crime usually takes has passed, 0 to 1."""
    return max(0.02, min(1.0, (END - one.recorded) / timedelta(days=days)))


def _drawn(among: list[Happened], count: int, weight: Callable[[Happened], float]) -> list[Happened]:
    """Return so many of them, each as likely as its weight, none twice (Efraimidis and Spirakis)."""
    if count > len(among):
        raise ValueError(f"{count} cannot end so among {len(among)}")
    keys = [(one.stream.random() ** (1 / max(weight(one), 1e-6)), n) for n, one in enumerate(among)]
    return [among[n] for _key, n in sorted(keys, reverse=True)[:count]]


_SUPERVISED: Final = frozenset({"10", "14", "15", "16", "18", "20", "21"})
"""Outcomes that a supervisor of the invented force agrees."""


def _ends(one: Happened, code: str, days: float, spread: float) -> None:
    """Let one end with an outcome after about so many days, and sooner where that would be too late."""
    takes = timedelta(days=min(exp(one.stream.normal(log(days), spread)), 300))
    agrees = timedelta(hours=exp(one.stream.normal(log(20), 0.7))) if code in _SUPERVISED else timedelta(0)
    there_is = END - one.recorded - timedelta(minutes=10)
    if takes + agrees > there_is:
        share = 0.3 + 0.6 * one.stream.random()
        takes, agrees = there_is * share * 0.7, agrees and there_is * share * 0.3
    one.code, one.ended = code, one.recorded + takes
    one.agreed = one.ended + agrees if agrees else None


def _otherwise(one: Happened) -> None:
    """Let one end in another way, if by now it has."""
    if one.offence.category is C.DRUGS and one.suspects:
        code, days, spread = _OF_DRUGS.draw(one.stream), 14.0, 0.9
    elif one.suspects:
        code, days, spread = _SUSPECTED.draw(one.stream), 34.0, 0.9
    else:
        code, days, spread = _UNKNOWN.draw(one.stream), 7.0, 1.2
        if code == "14" and one.victim is None:
            code = "18"
    agrees = timedelta(hours=min(78, exp(one.stream.normal(log(20), 0.7)))) if code in _SUPERVISED else None
    takes = timedelta(days=min(exp(one.stream.normal(log(days), spread)), 300))
    if one.recorded + takes + (agrees or timedelta(0)) < END:
        one.code, one.ended = code, one.recorded + takes
        one.agreed = one.ended + agrees if agrees else None
