"""What the Victims' Code owes: by when a victim is told, who has enhanced rights, who may ask for a review."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from watchward.domains.offences.vocabulary import Flag, OffenceGroup
from watchward.domains.victims.vocabulary import Category, Response, Result, Tells, Trigger, Withdraws
from watchward.kernel.dated import UNSET, Dated, Version
from watchward.kernel.periods import Days, Hours, WorkingDays, local_day
from watchward.kernel.refusals import Refusal

LAW = "Domestic Violence, Crime and Victims Act 2004 ss.32-33"


@dataclass(frozen=True)
class Timer:
    """Within how many working days a victim is told; ``enhanced`` for those with enhanced rights."""

    standard: WorkingDays
    enhanced: WorkingDays

    def __str__(self) -> str:
        return str(self.standard) if self.standard == self.enhanced else f"{self.standard}, enhanced {self.enhanced}"


_FIVE_ONE = Timer(WorkingDays(5), WorkingDays(1))
_FIVE = Timer(WorkingDays(5), WorkingDays(5))
_TWO = Timer(WorkingDays(2), WorkingDays(2))
_SLOW = {Trigger.EXPECT: _FIVE, Trigger.SUPPORT: _TWO}
_TIMERS_2015 = {trigger: _SLOW.get(trigger, _FIVE_ONE) for trigger in Trigger} | {Trigger.NOT_INVESTIGATED: _FIVE}
_TIMERS_2021 = {trigger: _SLOW.get(trigger, _FIVE_ONE) for trigger in Trigger}

TIMERS: Dated[Mapping[Trigger, Timer]] = Dated(
    title="Victims' Code: within what time a victim is told",
    chosen_by="the day the force learned of the event",
    asks="the times of the 2006 and 2013 editions, for events before 16 November 2015",
    versions=(
        Version(in_force=date(2006, 4, 3), value=UNSET, cite=f"Victims' Code 2006 ({LAW}): times to be confirmed"),
        Version(in_force=date(2013, 12, 10), value=UNSET, cite=f"Victims' Code 2013 ({LAW}): times to be confirmed"),
        Version(in_force=date(2015, 11, 16), value=_TIMERS_2015, cite=f"Victims' Code 2015 ({LAW})"),
        Version(
            in_force=date(2021, 4, 1),
            value=_TIMERS_2021,
            cite=f"Victims' Code 2020, in force 1 April 2021 ({LAW}; Victims and Prisoners Act 2024 s.5)",
        ),
    ),
)
"""The Code that stands when the event happens decides; a new edition under the Act of 2024 has no day yet."""

COUNTED_FROM = date(2015, 11, 16)
"""First day whose times are settled: for what was reported before, a force must confirm the times of its edition."""

EDITIONS: Dated[str] = Dated(
    title="Victims' Code: editions",
    chosen_by="the day of the event",
    versions=(
        Version(in_force=date(2006, 4, 3), value="2006", cite=f"Code of Practice for Victims of Crime 2006, {LAW}"),
        Version(in_force=date(2013, 12, 10), value="2013", cite=f"Code of Practice for Victims of Crime 2013, {LAW}"),
        Version(in_force=date(2015, 11, 16), value="2015", cite=f"Code of Practice for Victims of Crime 2015, {LAW}"),
        Version(in_force=date(2021, 4, 1), value="2020", cite="Victims' Code of November 2020, from 1 April 2021"),
    ),
)

SERIOUS: Dated[frozenset[str]] = Dated(
    title="Victims' Code: offences whose victims have enhanced rights, beside domestic abuse, hate and sexual offences",
    chosen_by="the day of the event",
    policy=True,
    asks="which offence codes are a most serious crime of the Code in force",
    versions=(
        Version(
            in_force=date(2013, 12, 10),
            value=frozenset({"1/4.1/4.10/4.2", "2", "5D", "36", "56A", "72"}),
            cite="Victims' Code, enhanced entitlements: bereaved, attempted murder, wounding with intent, kidnap and "
            "false imprisonment, arson with intent, trafficking; by offence code as this force reads it",
        ),
        Version(
            in_force=date(2021, 4, 1),
            value=frozenset({"1/4.1/4.10/4.2", "2", "5D", "36", "56A", "72", "106"}),
            cite="Victims' Code 2020, enhanced rights, with modern slavery; by offence code as this force reads it",
        ),
    ),
)

NEEDS_BY: Dated[Hours] = Dated(
    title="Asking a victim what they need and how to reach them",
    chosen_by="the day the crime was recorded",
    policy=True,
    versions=(
        Version(
            in_force=date(2015, 11, 16),
            value=Hours(48),
            cite="Force policy on victims; needs assessment, Victims' Code",
        ),
    ),
)

FRESH: Dated[Days] = Dated(
    title="Asking again whether contact details are right",
    chosen_by="the day they were last verified",
    policy=True,
    versions=(Version(in_force=date(2015, 11, 16), value=Days(90), cite="Force policy on victims: every 90 days"),),
)

OFFER_BY: Dated[Hours] = Dated(
    title="Offering a victim personal statement",
    chosen_by="the day the witness statement was taken",
    versions=(
        Version(in_force=date(2013, 12, 10), value=Hours(24), cite="Victims' Code: offered when a statement is taken"),
    ),
)

REVIEW: Dated[frozenset[str]] = Dated(
    title="Victims' right to review of police decisions: outcomes",
    chosen_by="the day of the decision",
    versions=(
        Version(
            in_force=date(2015, 4, 1),
            value=frozenset({"10", "12", "13", "15", "17", "21"}),
            cite="NPCC Victims' Right to Review scheme, decisions from 1 April 2015: suspect interviewed under "
            "caution, not prosecuted or not sent to the CPS",
        ),
    ),
)


def tell_by(
    trigger: Trigger, learned: datetime, *, enhanced: bool
) -> tuple[datetime, Version[Mapping[Trigger, Timer]]]:
    """Return by when a victim must be told of an event, with the edition of the Code that says so.

    Args:
        trigger: what happened.
        learned: when the force learned of it, aware UTC.
        enhanced: whether they have enhanced rights.
    """
    version = TIMERS.on(local_day(learned))
    timer = version.value[trigger]
    return (timer.enhanced if enhanced else timer.standard).deadline(learned), version


@dataclass(frozen=True)
class About:
    """What decides of itself whether a victim has enhanced rights.

    Args:
        offence: its code.
        group: its group.
        flags: what the crime also is.
        age: the victim's age on the day of the event; None where it is not known.
    """

    offence: str
    group: str
    flags: frozenset[str] = frozenset()
    age: int | None = None


def enhanced_by_itself(about: About, *, on: date) -> tuple[tuple[Category, str], ...]:
    """Return why a victim has enhanced rights whatever anybody records, each category with its words."""
    found = []
    if about.group == OffenceGroup.SEXUAL:
        found.append((Category.MOST_SERIOUS, "sexual offence"))
    if Flag.DOMESTIC_ABUSE in about.flags:
        found.append((Category.MOST_SERIOUS, "domestic abuse"))
    if any(Flag(flag).is_hate for flag in about.flags):
        found.append((Category.MOST_SERIOUS, "hate crime"))
    if SERIOUS.is_set_on(on) and about.offence in SERIOUS.value_on(on):
        found.append((Category.MOST_SERIOUS, "offence of the list"))
    if about.age is not None and about.age < 18:
        found.append((Category.VULNERABLE, "under 18"))
    return tuple(found)


def trigger_of(outcome: str) -> Trigger:
    """Return of what a victim is told when a crime ends in an outcome."""
    if outcome in ("1", "1A"):
        return Trigger.CHARGED
    if outcome in ("2", "2A", "3", "3A", "6", "7", "8", "22"):
        return Trigger.OUT_OF_COURT
    return Trigger.CLOSED if outcome in ("14", "18", "19", "20", "4") else Trigger.NOT_CHARGED


def may_review(outcome: str, *, decided: date, interviewed: bool) -> bool:
    """Return whether the victim may ask for a review of a police decision not to prosecute."""
    return interviewed and REVIEW.is_set_on(decided) and outcome in REVIEW.value_on(decided)


@dataclass(frozen=True)
class Contacting:
    """What stands when contact, or an attempt at it, is recorded.

    Args:
        result: what became of it.
        words: what was said.
        when: when it was.
        at: now.
        tells: what it told beside the case.
        news: how many things that happened in the case it told.
        consents: whether they agreed to a referral; None where nobody asked.
        asks_consent: whether a referral needs it.
        review: whether they may ask for a review of what they were told.
        told_review: whether they were told so.
    """

    result: Result | None
    words: str
    when: datetime
    at: datetime
    tells: Collection[Tells] = ()
    news: int = 0
    consents: bool | None = None
    asks_consent: bool = False
    review: bool = False
    told_review: bool = False


def why_not_contact(facts: Contacting) -> tuple[Refusal, ...]:
    """Return every reason why contact may not be recorded like this; an attempt tells nothing."""
    found = []
    if facts.result is None:
        found.append(Refusal("Say whether you reached them.", field="result"))
    if len(facts.words.split()) < 2:
        found.append(Refusal("Write down what was said, or what you tried.", field="words"))
    if facts.when > facts.at:
        found.append(Refusal("Contact is recorded once it was made.", field="when"))
    if facts.result is not None and not facts.result.is_contact and (facts.tells or facts.news):
        words = "They were not reached, so they were told nothing: leave what they were told empty."
        found.append(Refusal(words, cite="Victims' Code", field="told", code="attempt"))
    if Tells.SUPPORT in facts.tells and facts.asks_consent and not facts.consents:
        words = "After domestic abuse, a sexual offence or a death, they are referred only if they agree."
        found.append(Refusal(words, cite="Victims' Code: referral with consent", field="consents"))
    if facts.review and not facts.told_review:
        words = "They may ask for a review of this decision: tell them, and say that you did."
        found.append(Refusal(words, cite="NPCC Victims' Right to Review scheme", field="told_review"))
    return tuple(found)


@dataclass(frozen=True)
class Deciding:
    """What a victim decided, as somebody wants to record it.

    Args:
        supports: whether they support police action; None where nobody said.
        reason: why not, to be counted.
        own_words: what they said.
        said_on: the day on which they said it.
        today: today.
        support_told: whether they were told of the support there is.
    """

    supports: bool | None
    reason: Withdraws | None
    own_words: str
    said_on: date | None
    today: date
    support_told: bool


def why_not_decide(facts: Deciding) -> tuple[Refusal, ...]:
    """Return every reason why a victim's decision may not be recorded like this."""
    cite = "Home Office Counting Rules, section H: outcomes 14 and 16"
    found = []
    if facts.supports is None:
        found.append(Refusal("Say whether they support police action.", field="supports"))
    if facts.said_on is None:
        found.append(Refusal("Give the day on which they said it.", field="said_on"))
    elif facts.said_on > facts.today:
        found.append(Refusal("They cannot have said it in the future.", field="said_on"))
    if facts.supports is False:
        if facts.reason is None:
            found.append(Refusal("Choose their reason.", cite=cite, field="reason"))
        if len(facts.own_words.split()) < 3:
            found.append(Refusal("Write down what they said, in their own words.", cite=cite, field="own_words"))
        if not facts.support_told:
            found.append(Refusal("Tell them of the support there is, and say so.", cite=cite, field="support_told"))
    return tuple(found)


def why_not_offer(*, response: Response | None, words: str) -> tuple[Refusal, ...]:
    """Return every reason why an offer of a personal statement may not be recorded like this."""
    found = []
    if response is None:
        found.append(Refusal("Say what they answered.", field="response"))
    if response in (Response.DECLINED, Response.LATER) and len(words.split()) < 2:
        found.append(Refusal("Write down why not, or when.", cite="Victims' Code: personal statement", field="words"))
    return tuple(found)


def categories(by_itself: Iterable[tuple[Category, str]], recorded: Iterable[Category]) -> tuple[Category, ...]:
    """Return every category of enhanced rights once, in the order of the Code."""
    held = {category for category, _words in by_itself} | set(recorded)
    return tuple(category for category in Category if category in held)
