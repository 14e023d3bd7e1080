"""What policy asks of every call: what is identified by when, who is a repeat victim, whether contact is rising."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from math import comb

from watchward.domains.contact.vocabulary import BY_KEY, Answer, How, Part, Previous, Which
from watchward.domains.incidents.vocabulary import Element, Heard, Sign
from watchward.kernel.dated import Dated, Version
from watchward.kernel.periods import Hours, Minutes, Months, day_starts, local_day

FROM = date(2017, 4, 1)
"""First day of the policies here: before the first call that the force's figures reach back to."""


@dataclass(frozen=True)
class IdentifyBy:
    """When the three identifications are due: after the line closed, and at the latest after it was answered."""

    after_end: Minutes
    at_latest: Hours


IDENTIFY = Dated(
    title="Three identifications on every call",
    chosen_by="the day on which the call was answered",
    policy=True,
    versions=(
        Version(
            in_force=FROM,
            value=IdentifyBy(after_end=Minutes(10), at_latest=Hours(1)),
            cite="Force contact policy: repeat victim, domestic abuse and mental ill health on every call",
        ),
    ),
)

COMPLETE = Dated(
    title="Completing the record of a call",
    chosen_by="the day on which the call was answered",
    policy=True,
    versions=(Version(in_force=FROM, value=Hours(8), cite="Force contact policy: complete by the end of the shift"),),
)


@dataclass(frozen=True)
class Repeat:
    """Who is a repeat victim.

    Args:
        within: how far back counts.
        at_least: how many contacts before this one.
    """

    within: Months
    at_least: int


REPEAT_VICTIM = Dated(
    title="Repeat victim",
    chosen_by="the day of the call",
    policy=True,
    versions=(
        Version(
            in_force=FROM,
            value=Repeat(within=Months(12), at_least=1),
            cite="Force contact policy: victim of any crime or incident once or more in the 12 months before;"
            " there is no single national definition",
        ),
    ),
)

DOMESTIC_REPEAT = Dated(
    title="Previous domestic abuse",
    chosen_by="the day of the call",
    policy=True,
    versions=(
        Version(
            in_force=FROM,
            value=Repeat(within=Months(12), at_least=1),
            cite="Force contact policy: any report of domestic abuse in the 12 months before (MARAC has its own rule)",
        ),
    ),
)


def identified_by(answered: datetime, ended: datetime | None) -> datetime:
    """Return by when the three identifications of a call are due, aware UTC."""
    policy = IDENTIFY.value_on(local_day(answered))
    latest = policy.at_latest.due(answered)
    return latest if ended is None else min(max(policy.after_end.due(ended), answered), max(latest, ended))


def complete_by(answered: datetime) -> datetime:
    """Return by when the record of a call must be complete, aware UTC."""
    return COMPLETE.value_on(local_day(answered)).due(answered)


def missing(
    *, number: str, caller: str, place: str, what: str, said: bool, thrive: Mapping[Element, Heard]
) -> tuple[str, ...]:
    """Return what the record of a call still lacks, in the order of the page; empty means complete.

    Args:
        number: as typed.
        caller: as typed; either of the two says who rang.
        place: as typed.
        what: what it is about.
        said: whether the log holds a line of a person.
        thrive: the elements so far (report line 72: THRIVE on every call).
    """
    lacks = [
        words
        for words, there in (
            ("who rang", number or caller),
            ("place", place),
            ("what", what),
            ("what was said", said),
        )
        if not there
    ]
    blank = [element.value for element in Element if not thrive.get(element, Heard()).answered]
    if len(blank) == len(Element):
        lacks.append("THRIVE")
    elif blank:
        lacks.append("THRIVE: " + ", ".join(blank))
    return tuple(lacks)


# Three identifications


@dataclass(frozen=True)
class Suggested:
    """An identification that the force's own records answer: shown as recognised, never as asked."""

    answer: Answer
    how: How
    words: str


def _since(policy: Repeat, at: datetime) -> datetime:
    """Return the first instant that counts: the same day so many months before."""
    day = local_day(at)
    months = day.year * 12 + day.month - 1 - policy.within.n
    year, month = divmod(months, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return day_starts(date(year, month + 1, min(day.day, last)))


def suggested(
    which: Which, *, before: Iterable[Previous], marked: Collection[str], known: bool, told: bool, at: datetime
) -> Suggested | None:
    """Return what the records say of one of the three; None where it must be asked.

    Args:
        which: of the three.
        before: contacts before this one about the person suggested or confirmed.
        marked: flags of the markers that stand about that person.
        known: the call handler has said who the caller is; only then does an empty record speak for "no".
        told: this call is itself of that kind (domestic abuse told to the call handler).
        at: the moment of the call.

    Mental ill health is never answered "no" from records: their silence says nothing.
    """
    hers = [one for one in before if one.about_person]
    if which is Which.REPEAT_VICTIM:
        policy = REPEAT_VICTIM.value_on(local_day(at))
        since = _since(policy, at)
        count = sum(1 for one in hers if one.victim and since <= one.at < at)
        if count >= policy.at_least:
            return Suggested(Answer.YES, How.RECOGNISED, f"victim {_times(count)} in {policy.within.n} months")
        return Suggested(Answer.NO, How.RECOGNISED, f"not a victim since {_day(since)}") if known else None
    if which is Which.DOMESTIC_ABUSE:
        policy = DOMESTIC_REPEAT.value_on(local_day(at))
        since = _since(policy, at)
        count = sum(1 for one in hers if which.value in one.flags and since <= one.at < at)
        if count >= policy.at_least:
            words = f"{_counted(count, 'report')} in {policy.within.n} months"
            return Suggested(Answer.YES, How.RECOGNISED, f"told now, and {words}" if told else words)
        if which.value in marked:
            return Suggested(Answer.YES, How.MARKER, "marked")
        if told:
            return None  # the call handler heard it: they say so themselves
        return Suggested(Answer.NO, How.RECOGNISED, f"no report since {_day(since)}") if known else None
    if which.value in marked:
        return Suggested(Answer.YES, How.MARKER, "marked")
    count = sum(1 for one in hers if which.value in one.flags)
    if count:
        return Suggested(Answer.YES, How.RECOGNISED, f"identified on {_counted(count, 'call')} before")
    return None


def signs_heard(keys: Iterable[str], *, what: str, part: Part, identified: Mapping[Which, Answer]) -> frozenset[Sign]:
    """Return what speaks for going faster, as it was heard on a call and identified on it.

    Args:
        keys: signs that the call handler noted, by key.
        what: key of the matter; empty while it is not said.
        part: the caller's part; who only rings for another is no repeat victim by it.
        identified: the answers so far to the three identifications.
    """
    found = {Sign.of(key) for key in keys} | (BY_KEY[what].signs if what else frozenset())
    if identified.get(Which.REPEAT_VICTIM) is Answer.YES and part in (Part.VICTIM, Part.NOT_KNOWN):
        found.add(Sign.REPEAT_VICTIM)
    if identified.get(Which.DOMESTIC_ABUSE) is Answer.YES:
        found.add(Sign.DOMESTIC_ABUSE)
    return frozenset(found)


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _day(moment: datetime) -> str:
    day = local_day(moment)
    return f"{day.day} {day:%b %Y}"


# Trend

RECENT = 30
QUARTER = 90
YEAR = 365
ENOUGH = 2
"""Contacts in the recent span, besides the present one, below which no chance is worked out."""
UNLIKELY = Fraction(1, 20)


@dataclass(frozen=True)
class Trend:
    """How contact has moved, the present contact counted.

    Args:
        month: contacts within 30 days.
        quarter: within 90.
        year: within 365.
        chance: how often chance alone would give this many, at one steady rate; None where numbers are too small.
        worse: graded more urgent in the last 30 days than any in the 335 before.
        months: contacts in each of the last 13 spans of 28 days, oldest first, for the small columns.
    """

    month: int
    quarter: int
    year: int
    chance: Fraction | None = None
    worse: bool = False
    months: tuple[int, ...] = ()

    @property
    def rising(self) -> bool:
        """Return whether chance would give this less than once in twenty."""
        return self.chance is not None and self.chance <= UNLIKELY

    @property
    def too_few(self) -> bool:
        """Return whether there was contact lately, but too little to say that it rises."""
        return self.month > 1 and self.chance is None


FIRST = Trend(1, 1, 1)
"""The trend of a first contact."""


def chance_of(recent: int, earlier: int, *, span: int = RECENT, of: int = YEAR) -> Fraction:
    """Return how likely at least this many of the contacts fall in the recent span, if the rate never changed.

    Args:
        recent: contacts in the last ``span`` days, without the one that makes us look.
        earlier: contacts in the days before, within ``of`` days in all.
        span: days of the recent span.
        of: days of both spans together.

    Two Poisson rates compared exactly: given their sum, the recent count is binomial with the share of the time
    (Przyborowski and Wilenski 1940). The present contact is left out because it is why we look: given that somebody
    rings, a Poisson process is otherwise unchanged (Slivnyak 1962), and counting it would cry wolf.
    """
    if recent < 0 or earlier < 0 or not 0 < span < of:
        raise ValueError("Counts are not negative, and the recent span is a part of the whole.")
    total, share = recent + earlier, Fraction(span, of)
    return sum(
        (comb(total, k) * share**k * (1 - share) ** (total - k) for k in range(recent, total + 1)), start=Fraction(0)
    )


def trend(before: Iterable[Previous], at: datetime) -> Trend:
    """Return how contact has moved up to a contact at this moment, that one counted."""
    ages = [(at - one.at, one.severity) for one in before if one.at <= at]
    days = [(age.days, urgent) for age, urgent in ages if age.days < YEAR]
    recent = sum(1 for age, _ in days if age < RECENT)
    earlier = len(days) - recent
    months = [0] * 13
    for age, _ in days:
        if age < 13 * 28:
            months[12 - age // 28] += 1
    months[12] += 1
    worst_now = max((urgent for age, urgent in days if age < RECENT), default=0)
    worst_then = max((urgent for age, urgent in days if age >= RECENT), default=0)
    return Trend(
        month=recent + 1,
        quarter=sum(1 for age, _ in days if age < QUARTER) + 1,
        year=len(days) + 1,
        chance=chance_of(recent, earlier) if recent >= ENOUGH and earlier else None,
        worse=bool(earlier) and worst_now > worst_then,
        months=tuple(months),
    )


def once_in(chance: Fraction) -> str:
    """Return a chance as "about once in 800": one figure that counts, since more would pretend to be exact."""
    if chance <= 0 or chance > 1:
        raise ValueError("A chance lies above none and not above certain.")
    n = 1 / chance
    if n > 1_000_000:
        return "less than once in a million"
    size = 10 ** (len(str(int(n))) - 1)
    return f"about once in {int((n + Fraction(size, 2)) // size) * size:,}"


# Advice


@dataclass(frozen=True)
class Spoken:
    """Safety advice that a call handler says aloud.

    Args:
        key: stable name: what was said on a call is kept by it.
        words: as they are said.
        short: as they stand in the log.
        matters: keys of the matters in which it is offered.
    """

    key: str
    words: str
    short: str
    matters: frozenset[str]


_NOW = frozenset({"domestic-now", "violence-now", "burglary-now"})
_HOME = frozenset({"domestic-now", "domestic-over", "domestic-threat"})
_HURT = frozenset({"domestic-now", "domestic-over", "violence-now", "violence-over", "collision-hurt", "robbery"})
_SCENE = frozenset({"burglary", "robbery", "sexual", "damage", "vehicle"})

ADVICE = Dated(
    title="Advice given by telephone",
    chosen_by="the day of the call",
    policy=True,
    versions=(
        Version(
            in_force=FROM,
            value=(
                Spoken("line-open", "Leave the line open. Put the phone down out of sight", "leave the line open",
                       _NOW),
                Spoken("way-out", "Stay where there is a way out, away from the kitchen", "stay near a way out",
                       frozenset({"domestic-now", "domestic-threat"})),
                Spoken("leave", "If you and any children can leave safely, go to a neighbour", "leave if it is safe",
                       _HOME),
                Spoken("quiet", "Do not tell them police are coming", "do not say police are coming", _NOW),
                Spoken("silent", "If you cannot speak, cough or press 55", "press 55", frozenset({"cut-off"})),
                Spoken("wound", "Press firmly on anything that bleeds and keep still", "press on the wound", _HURT),
                Spoken("stay-with", "Stay with them if you are safe, and move medicines and blades away",
                       "stay with them", frozenset({"crisis", "concern"})),
                Spoken("off-road", "Get off the carriageway and behind the barrier", "get off the road",
                       frozenset({"collision-hurt", "collision", "road"})),
                Spoken("touch", "Touch nothing and let nobody in until we have been", "touch nothing", _SCENE),
                Spoken("wash", "Do not wash, change or drink before you have seen us, if you can bear to",
                       "do not wash or change", frozenset({"sexual"})),
                Spoken("keep", "Keep messages and pictures. Change nothing on the phone", "keep messages",
                       frozenset({"domestic-over", "domestic-threat", "domestic-other", "fraud", "asb-personal"})),
                Spoken("bank", "Ring your bank on the number on your card now", "ring the bank", frozenset({"fraud"})),
                Spoken("back", "If it starts again or anything changes, ring 999 at once", "ring again if it changes",
                       _HOME | {"domestic-other", "violence-over", "asb-personal", "concern", "missing"}),
            ),
            cite="Force contact policy: safeguarding advice by telephone (report line 77)",
        ),
    ),
)  # fmt: skip


def advice_for(what: str, day: date) -> tuple[Spoken, ...]:
    """Return the advice to offer in this matter on a day, in the order in which it is said."""
    return tuple(one for one in ADVICE.value_on(day) if what in one.matters)


def advice_called(keys: Collection[str], day: date) -> dict[str, Spoken]:
    """Return advice of a day by key, of these keys alone."""
    return {one.key: one for one in ADVICE.value_on(day) if one.key in keys}
