"""By when a report must be decided, when a crime is recorded, and what it takes not to record one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from watchward.domains.crimes.vocabulary import N100, NotRecorded
from watchward.domains.offences.vocabulary import Flag
from watchward.kernel.dated import UNSET, Dated, Version
from watchward.kernel.periods import Hours, local_day
from watchward.kernel.refusals import Refusal

RECORD_BY: Dated[Hours] = Dated(
    title="Recording a crime after the first report",
    chosen_by="the day of the first report",
    versions=(
        Version(
            in_force=date(2002, 4, 1),
            value=Hours(72),
            cite="Home Office Counting Rules for Recorded Crime and National Crime Recording Standard, April 2002",
        ),
        Version(
            in_force=date(2015, 4, 1),
            value=Hours(24),
            cite="Home Office Counting Rules for Recorded Crime, General Rules A",
        ),
    ),
)
"""The clock starts with the first report by any route: a call, a counter, online, a professional for somebody else."""

STANDARD = "National Crime Recording Standard: more likely than not a crime, and no credible evidence to the contrary"
KEPT = "Home Office Counting Rules: a report of rape that is not recorded as a crime is kept as N100"

N100_CLASSES: Dated[Mapping[NotRecorded, N100]] = Dated(
    title="Reports of rape that are kept without a crime",
    chosen_by="the day on which it was decided",
    versions=(
        Version(
            in_force=date(2015, 4, 1),
            value={
                NotRecorded.UNCONFIRMED: N100.UNCONFIRMED,
                NotRecorded.CONTRARY: N100.CONTRARY,
                NotRecorded.ELSEWHERE: N100.ELSEWHERE,
            },
            cite="Home Office Counting Rules, reported incidents of rape (N100)",
        ),
    ),
)
"""One that is part of a recorded crime is none of these: that crime is recorded."""

N100_CHECK: Dated[Hours] = Dated(
    title="The registrar's check of a report of rape without a crime",
    chosen_by="the day on which it was decided",
    policy=True,
    asks="within how many hours the registrar checks a report of rape that is kept as N100",
    versions=(Version(in_force=date(2015, 4, 1), value=UNSET, cite="Force policy on N100, to be set by the force"),),
)


def n100_of(why: NotRecorded, *, on: date) -> N100 | None:
    """Return as what a report of rape is kept that is not recorded for this reason; None where it is none of these."""
    return N100_CLASSES.value_on(on).get(why) if N100_CLASSES.is_set_on(on) else None


def check_n100_by(decided: datetime) -> tuple[datetime, str, date]:
    """Return by when the registrar checks an N100, by which rule and since when that rule is.

    While the force has not set a time, it is checked within the time in which a crime must be recorded.
    """
    day = local_day(decided)
    if N100_CHECK.is_set_on(day):
        policy = N100_CHECK.on(day)
        return policy.value.deadline(decided), policy.cite, policy.in_force
    version = RECORD_BY.on(day)
    return version.value.deadline(decided), f"{KEPT}: checked as soon as it would be recorded", version.in_force


LISTED_ASSAULTS: Dated[frozenset[str]] = Dated(
    title="Assaults that self-defence may cancel",
    chosen_by="the day the crime was recorded",
    policy=True,
    asks="for which offence codes cancellation C5, self-defence, may be used",
    versions=(
        Version(
            in_force=date(2015, 4, 1),
            value=frozenset({"8N", "8P", "105A", "105B"}),
            cite="Home Office Counting Rules, C5, as this force reads it: assault with and without injury",
        ),
    ),
)

SEPARATE_HARASSMENT: Dated[bool] = Dated(
    title="Stalking, harassment and coercive control recorded beside the principal crime",
    chosen_by="the day the crime was recorded",
    policy=True,
    asks="from which day stalking, harassment and controlling behaviour are no longer recorded as a crime of their own",
    versions=(
        Version(
            in_force=date(2002, 4, 1), value=False, cite="Home Office Counting Rules, principal crime rule, before 2018"
        ),
        Version(in_force=date(2018, 4, 1), value=True, cite="Home Office Counting Rules, April 2018"),
        Version(
            in_force=date(2023, 4, 1), value=UNSET, cite="Home Office Counting Rules, spring 2023: to be confirmed"
        ),
    ),
)


def record_by(reported: datetime) -> tuple[datetime, Version[Hours]]:
    """Return by when a report must be decided, with the rule that says so.

    Args:
        reported: the first report, by any route, aware UTC.
    """
    version = RECORD_BY.on(local_day(reported))
    return version.value.deadline(reported), version


@dataclass(frozen=True)
class Recording:
    """What stands when somebody wants to record a crime.

    Args:
        reported: the first report.
        at: now.
        offence_known: whether the offence stands in the list of that day.
        what: what happened.
        victims: how many victims are named.
        victimless: whether the offence has no victim of its own.
        late_reason: why it is late, where it is.
        committed: since when it happened, as far as it is known.
        committed_to: until when.
        strange_flags: flags that are not in the list of that day.
        recorded_as: reference of the same crime against the same victim, recorded from this report already.
    """

    reported: datetime
    at: datetime
    offence_known: bool
    what: str
    victims: int
    victimless: bool
    late_reason: str = ""
    committed: datetime | None = None
    committed_to: datetime | None = None
    strange_flags: tuple[Flag, ...] = ()
    recorded_as: str = ""


def why_not_record(facts: Recording) -> tuple[Refusal, ...]:
    """Return every reason why a crime may not be recorded like this; being late is no reason, only to be explained."""
    found: list[Refusal] = []
    if facts.reported > facts.at:
        found.append(Refusal("It cannot have been reported in the future.", field="reported_at"))
        return tuple(found)
    by, version = record_by(facts.reported)
    if facts.recorded_as:
        found.append(Refusal(f"That is recorded already: {facts.recorded_as}.", code="twice"))
    if not facts.offence_known:
        found.append(Refusal("Choose an offence of the list as it stood on that day.", field="offence"))
    if not facts.what.strip():
        found.append(Refusal("Say what happened.", field="what"))
    if not facts.victims and not facts.victimless:
        found.append(
            Refusal(
                "Name the victim, a person or an organisation, or say that there is none of its own.",
                cite="Home Office Counting Rules: one crime for each victim", field="victim",
            )
        )  # fmt: skip
    if facts.victims and facts.victimless:
        found.append(Refusal("It has a victim or it has none, not both.", field="victim"))
    if facts.at > by and len(facts.late_reason.split()) < 2:
        words = f"It should have been recorded within {version.value}. Record it, and say why it is late."
        found.append(Refusal(words, cite=version.cite, field="late_reason", code="late"))
    if facts.committed is not None and facts.committed > facts.at:
        found.append(Refusal("It cannot have happened in the future.", field="committed"))
    if facts.committed and facts.committed_to and facts.committed_to < facts.committed:
        found.append(Refusal("It cannot have ended before it began.", field="committed_to"))
    found += [
        Refusal(f"{flag.value} was no flag of crimes recorded on that day.", field="flags")
        for flag in facts.strange_flags
    ]
    return tuple(found)


@dataclass(frozen=True)
class Leaving:
    """What stands when somebody wants to record no crime.

    Args:
        why: the reason.
        words: the evidence for it.
        may_be_rape: whether the report is of a sexual offence, so that it must be said whether it is of rape.
        rape: whether it is a report of rape; None where nobody has said.
        recorded: whether a crime is recorded from it already.
        on: the day.
    """

    why: NotRecorded | None
    words: str
    may_be_rape: bool
    rape: bool | None
    recorded: bool
    on: date


def why_not_leave(facts: Leaving) -> tuple[Refusal, ...]:
    """Return every reason why a report may not be left without a crime."""
    found: list[Refusal] = []
    if facts.recorded:
        found.append(Refusal("A crime is recorded from it: cancel that crime instead.", code="recorded"))
    if facts.why is None:
        found.append(Refusal("Choose why no crime is recorded.", cite=STANDARD, field="why"))
    if len(facts.words.split()) < 3:
        found.append(
            Refusal("Write down the evidence: what was seen or said, and by whom.", cite=STANDARD, field="words")
        )
    if facts.may_be_rape and facts.rape is None:
        found.append(Refusal("Say whether rape was reported.", cite=KEPT, field="rape"))
    kept = facts.why in (None, NotRecorded.ALREADY) or not N100_CLASSES.is_set_on(facts.on)
    if facts.rape and not kept and facts.why is not None and n100_of(facts.why, on=facts.on) is None:
        words = (
            "A report of rape stands without a crime only where the victim has not confirmed it, there is credible "
            "evidence to the contrary, or it happened in another force's area."
        )
        found.append(Refusal(words, cite=KEPT, field="why", code="n100"))
    return tuple(found)
