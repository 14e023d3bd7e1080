"""By when somebody must be at scene, from when that counts, and what is owed once it has passed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from watchward.domains.incidents.vocabulary import Grade, Level, Target
from watchward.kernel.dated import Dated, Version
from watchward.kernel.periods import Hours, Minutes, local_day
from watchward.kernel.refusals import Refusal

Length = Minutes | Hours


class ClockStart(StrEnum):
    """From which moment a response counts."""

    RANG = "from when it rang"
    ANSWERED = "from when it was answered"
    OPENED = "from when it was opened"
    GRADED = "from when it was graded"


@dataclass(frozen=True)
class Response:
    """How soon somebody is to be at scene.

    Args:
        starts: from which moment it counts.
        urban: an Immediate one in a town.
        rural: an Immediate one elsewhere.
        priority: a Priority one.
        scheduled: a Scheduled one, where no other time was agreed.
    """

    starts: ClockStart
    urban: Length
    rural: Length
    priority: Length
    scheduled: Length

    def length(self, grade: Grade, *, urban: bool | None) -> Length | None:
        """Return how long it may take; None where nobody is to go. An unknown place takes the shorter."""
        match grade:
            case Grade.IMMEDIATE:
                if urban is None:
                    return min(self.urban, self.rural, key=lambda length: length.length)
                return self.urban if urban else self.rural
            case Grade.PRIORITY:
                return self.priority
            case Grade.SCHEDULED:
                return self.scheduled
            case Grade.RESOLVED:
                return None


RESPONSE: Dated[Response] = Dated(
    title="Time to be at scene",
    chosen_by="the day the incident was reported",
    policy=True,
    asks="within what time somebody is at scene, for each grade, and from when it counts",
    versions=(
        Version(
            in_force=date(2017, 4, 1),
            cite="Force response policy, 1 April 2017",
            value=Response(ClockStart.OPENED, Minutes(15), Minutes(20), Minutes(60), Hours(48)),
        ),
        Version(
            in_force=date(2019, 4, 1),
            cite="Force response policy, 1 April 2019",
            value=Response(ClockStart.RANG, Minutes(15), Minutes(20), Minutes(60), Hours(48)),
        ),
    ),
)


@dataclass(frozen=True)
class Moments:
    """When an incident came to the force; aware, UTC.

    Args:
        rang: when the call came, or whoever reported it did.
        answered: when somebody answered; None where it was not a call.
        opened: when the incident was opened.
        graded: when its first grade was given.
    """

    rang: datetime
    answered: datetime | None
    opened: datetime
    graded: datetime

    def start(self, of: ClockStart) -> datetime:
        """Return the moment from which a response counts."""
        match of:
            case ClockStart.RANG:
                return self.rang
            case ClockStart.ANSWERED:
                return self.answered or self.rang
            case ClockStart.OPENED:
                return self.opened
            case ClockStart.GRADED:
                return self.graded


def _short(length: Length) -> str:
    return str(length).replace(" minutes", " min").replace(" minute", " min")


def _place(grade: Grade, *, urban: bool | None) -> str:
    if grade is not Grade.IMMEDIATE:
        return ""
    return ", urban until known otherwise" if urban is None else ", urban" if urban else ", rural"


def target_for(grade: Grade, moments: Moments, *, urban: bool | None, agreed: datetime | None = None) -> Target:
    """Return by when somebody must be at scene.

    Args:
        grade: the grade given.
        moments: when the incident came to the force.
        urban: whether the place is urban; None takes the shorter target.
        agreed: a time agreed with the caller, for a Scheduled one.
    """
    policy = RESPONSE.value_on(local_day(moments.rang))
    starts, length = moments.start(policy.starts), policy.length(grade, urban=urban)
    if length is None:
        return Target(starts, None, "Nobody is to go")
    if grade is Grade.SCHEDULED and agreed is not None:
        return Target(starts, max(agreed, starts), "As agreed with them")
    words = f"{_short(length)}{_place(grade, urban=urban)}, {policy.starts}"
    return Target(starts, length.due(starts), words)


def target_after_change(
    stood: Target, before: Grade, grade: Grade, moments: Moments, *,
    at: datetime, urban: bool | None, agreed: datetime | None = None,
) -> Target:  # fmt: skip
    """Return by when somebody must be at scene once the grade is changed.

    A raised grade counts afresh from the moment it was raised, and never gives more time than stood before.
    A lowered one counts from when the incident came.

    Args:
        stood: the target until now.
        before: the grade until now.
        grade: the grade given.
        moments: when the incident came to the force.
        at: when the grade is changed.
        urban: whether the place is urban.
        agreed: a time agreed with the caller.
    """
    fresh = target_for(grade, moments, urban=urban, agreed=agreed)
    if grade >= before or fresh.by is None:
        return fresh
    length = RESPONSE.value_on(local_day(moments.rang)).length(grade, urban=urban)
    assert length is not None  # noqa: S101 - only a grade that sends nobody has none
    by = length.due(at)
    if stood.by is not None:
        by = min(by, stood.by)
    return Target(
        fresh.starts, max(by, fresh.starts), f"{_short(length)}{_place(grade, urban=urban)}, from when it was raised"
    )


def target_when_reopened(grade: Grade, moments: Moments, *, at: datetime, urban: bool | None) -> Target:
    """Return by when somebody must be at scene once an incident to which nobody went is reopened: counted afresh.

    Args:
        grade: its grade.
        moments: when the incident came to the force.
        at: when it is reopened.
        urban: whether the place is urban; None takes the shorter target.
    """
    length = RESPONSE.value_on(local_day(moments.rang)).length(grade, urban=urban)
    if length is None:
        return Target(at, None, "Nobody is to go")
    return Target(at, length.due(at), f"{_short(length)}{_place(grade, urban=urban)}, from when it was reopened")


AGREE: Dated[Hours] = Dated(
    title="A time agreed on every Scheduled incident",
    chosen_by="the day the incident was reported",
    policy=True,
    asks="within how many hours of opening a time is agreed with whoever waits for a Scheduled visit",
    versions=(Version(in_force=date(2018, 4, 1), cite="Force policy on appointments, 1 April 2018", value=Hours(24)),),
)


def agree_by(opened: datetime, rang: datetime) -> tuple[datetime, Version[Hours]]:
    """Return by when a time must be agreed on a Scheduled incident, and the policy.

    Raises:
        NotInForce: the incident was reported before there was a policy.
    """
    version = AGREE.on(local_day(rang))
    return version.value.due(opened), version


def why_not_agree(
    *, grade: Grade, closed: bool, there: bool, at: datetime, agreed: datetime, stands: datetime | None, words: str
) -> tuple[Refusal, ...]:
    """Return every reason why a time may not be agreed on an incident.

    Args:
        grade: its grade: only a Scheduled one has an agreed time.
        closed: whether it is closed.
        there: whether somebody is or was at scene.
        at: the moment at which it is agreed.
        agreed: the time agreed.
        stands: the time that was agreed before.
        words: with whom, and why then.
    """
    found = []
    if closed:
        found.append(Refusal("It is closed.", code="wrong-state"))
    elif there:
        found.append(Refusal("Somebody is or was at scene.", code="wrong-state"))
    if grade is not Grade.SCHEDULED:
        words_ = f"It is {grade.words}: only a Scheduled incident waits for an agreed time. Give that grade first."
        found.append(Refusal(words_, field="agreed", code="not-scheduled"))
    if agreed <= at:
        found.append(Refusal("Agree a time that is still to come.", field="agreed"))
    if agreed == stands:
        found.append(Refusal("This is the time that was agreed before.", field="agreed", code="same"))
    if len(words.split()) < 2:
        found.append(Refusal("Say with whom it was agreed.", field="words"))
    return tuple(found)


THRIVE_DUE: Dated[Minutes] = Dated(
    title="THRIVE on every incident",
    chosen_by="the day the incident was opened",
    policy=True,
    asks="how soon after it is opened an incident is assessed with THRIVE",
    versions=(Version(in_force=date(2017, 4, 1), cite="Force contact policy, 1 April 2017", value=Minutes(15)),),
)


def thrive_by(opened: datetime) -> tuple[datetime, Version[Minutes]]:
    """Return by when an incident must be assessed, and the version of the policy that says so."""
    version = THRIVE_DUE.on(local_day(opened))
    return version.value.due(opened), version


@dataclass(frozen=True)
class DelayPolicy:
    """How soon a delayed incident is assessed again, and whoever waits is rung, by how much harm waiting could do."""

    high: Minutes
    some: Minutes
    none: Minutes
    ring_high: Minutes
    ring_some: Minutes
    ring_none: Minutes

    def reassess(self, harm: Level) -> Minutes:
        """Return how soon it is assessed again, and again after that."""
        return {Level.HIGH: self.high, Level.SOME: self.some, Level.NONE: self.none}[harm]

    def recontact(self, harm: Level) -> Minutes:
        """Return how soon whoever waits is rung."""
        return {Level.HIGH: self.ring_high, Level.SOME: self.ring_some, Level.NONE: self.ring_none}[harm]


DELAY: Dated[DelayPolicy] = Dated(
    title="Delayed incidents",
    chosen_by="the day the target passed",
    policy=True,
    asks="how soon a delayed incident is assessed again, and whoever waits is rung",
    versions=(
        Version(
            in_force=date(2017, 4, 1),
            cite="Force response policy, 1 April 2017",
            value=DelayPolicy(Minutes(60), Minutes(60), Minutes(60), Minutes(60), Minutes(60), Minutes(60)),
        ),
        Version(
            in_force=date(2018, 4, 1),
            cite="Force policy on delayed incidents, 1 April 2018",
            value=DelayPolicy(Minutes(10), Minutes(30), Minutes(60), Minutes(20), Minutes(30), Minutes(60)),
        ),
    ),
)


def reassess_by(passed: datetime, harm: Level) -> tuple[datetime, Version[DelayPolicy]]:
    """Return by when an incident that passed its target must be assessed again, and the policy."""
    version = DELAY.on(local_day(passed))
    return version.value.reassess(harm).due(passed), version


def recontact_by(passed: datetime, harm: Level) -> tuple[datetime, Version[DelayPolicy]]:
    """Return by when whoever waits must be rung, and the policy."""
    version = DELAY.on(local_day(passed))
    return version.value.recontact(harm).due(passed), version


HOUSEHOLD: Dated[Hours] = Dated(
    title="The risk to each person of a household",
    chosen_by="the day the incident was reported",
    policy=True,
    asks="within how many hours of being there the risk to everybody who was there or lives there is judged",
    versions=(Version(in_force=date(2019, 7, 1), cite="Force policy on households, 1 July 2019", value=Hours(24)),),
)


def household_by(there: datetime, rang: datetime) -> tuple[datetime, Version[Hours]]:
    """Return by when the risk to everybody of a household must be judged, and the policy.

    Args:
        there: when somebody was first at scene, aware UTC.
        rang: when the incident was reported.

    Raises:
        NotInForce: the incident was reported before there was a policy.
    """
    version = HOUSEHOLD.on(local_day(rang))
    return version.value.deadline(there), version
