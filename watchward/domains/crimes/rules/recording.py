"""By when a report must be decided, when a crime is recorded, and what it takes not to record one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from watchward.domains.crimes.vocabulary import NotRecorded
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
            cite="Home Office Counting Rules for Recorded Crime, General Rules A, from April 2015",
        ),
    ),
)
"""The clock starts with the first report by any route: a call, a counter, online, a professional for somebody else."""

STANDARD = "National Crime Recording Standard: more likely than not a crime, and no credible evidence to the contrary"
N100 = "Home Office Counting Rules: a report of rape that is not recorded as a crime is kept as N100"

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
    """

    why: NotRecorded | None
    words: str
    may_be_rape: bool
    rape: bool | None
    recorded: bool


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
        found.append(Refusal("Say whether rape was reported.", cite=N100, field="rape"))
    return tuple(found)
