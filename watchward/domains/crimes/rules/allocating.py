"""To which team a crime goes and what skill it needs, by the force's dated allocation policy."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from watchward.domains.crimes.vocabulary import ALLOCATE, LIFE, Offence, Stage
from watchward.domains.offences.vocabulary import Flag
from watchward.domains.organisation.vocabulary import Function
from watchward.kernel.dated import Dated, Version
from watchward.kernel.periods import Hours, local_day
from watchward.kernel.refusals import Refusal

SERIES_WITHIN = timedelta(days=28)
"""How far back crimes of one offence in one area are counted as one series (force policy on allocation)."""

PIP_1, PIP_2, CHILD = "pip-1", "pip-2", "scaidp"
SKILLS = {PIP_1: "PIP 1", PIP_2: "PIP 2", CHILD: "child abuse investigation (SCAIDP)"}
"""Accreditations by the key under which the force holds them, with the words of the policy."""

_ENOUGH = {PIP_1: {PIP_1, PIP_2, "pip-3"}, PIP_2: {PIP_2, "pip-3"}, CHILD: {CHILD}}


def holds(skill: str, held: Collection[str]) -> bool:
    """Return whether these accreditations are enough for a skill: a higher level of PIP holds the lower."""
    return bool(_ENOUGH[skill] & set(held))


@dataclass(frozen=True)
class Band:
    """Crimes of at least so much severity, and the points that this gives."""

    least: float
    points: int


@dataclass(frozen=True)
class Policy:
    """How the force allocates crimes.

    Args:
        harm: points for severity, most severe first.
        types: points for a kind of crime, by the beginning of its group or its subgroup.
        domestic: points for domestic abuse.
        hate: points for a hate crime.
        series: points for one of a series.
        local: points for what a neighbourhood is afraid of.
        detective: from this score on, a detective (PIP 2).
        investigator: from this score on, a local investigation team; below it, a resolution centre.
        desk: whether there are resolution centres.
    """

    harm: tuple[Band, ...]
    types: tuple[tuple[str, int], ...]
    domestic: int
    hate: int
    series: int
    local: int
    detective: int
    investigator: int
    desk: bool


_HARM = (Band(1000, 50), Band(300, 35), Band(100, 20), Band(20, 10))
_TYPES = (
    ("Homicide", 50), ("Sexual offences", 30), ("Stalking", 20), ("Robbery", 20), ("Domestic burglary", 15),
    ("Violence with injury", 10),
)  # fmt: skip

ALLOCATION: Dated[Policy] = Dated(
    title="Crime allocation policy",
    chosen_by="the day the crime is allocated",
    policy=True,
    asks="how a crime is scored from harm, type, skill, series and local impact, and which team each score goes to",
    versions=(
        Version(
            in_force=date(2016, 4, 1),
            cite="Force crime allocation policy, 1 April 2016",
            value=Policy(_HARM, _TYPES, 15, 15, 10, 10, detective=65, investigator=30, desk=False),
        ),
        Version(
            in_force=date(2018, 7, 2),
            cite="Force crime allocation policy, 2 July 2018, with the new policing model",
            value=Policy(_HARM, _TYPES, 20, 15, 15, 15, detective=60, investigator=25, desk=True),
        ),
    ),
)

ALLOCATE_BY: Dated[Hours] = Dated(
    title="Allocating a recorded crime",
    chosen_by="the day the crime was recorded",
    policy=True,
    versions=(
        Version(in_force=date(2016, 4, 1), value=Hours(24), cite="Force crime allocation policy: within 24 hours"),
    ),
)


@dataclass(frozen=True)
class Facts:
    """What the allocation policy looks at.

    Args:
        offence: what it is.
        flags: what it also is.
        child: whether its victim is under 18.
        suspect: whether somebody is suspected.
        series: whether it is one of a series.
        local: whether a neighbourhood is afraid or angry because of it.
    """

    offence: Offence
    flags: frozenset[Flag] = frozenset()
    child: bool = False
    suspect: bool = False
    series: bool = False
    local: bool = False


@dataclass(frozen=True)
class Factor:
    """One reason of a score: which of the five factors, its words and its points."""

    factor: str
    words: str
    points: int


@dataclass(frozen=True)
class Advice:
    """What the policy says.

    Args:
        score: all points together.
        factors: what gave them, in the order of the policy.
        function: what kind of team.
        skill: key of the accreditation that whoever investigates needs.
        because: why this team, in words.
        cite: the policy.
        since: first day of its version.
    """

    score: int
    factors: tuple[Factor, ...]
    function: Function
    skill: str
    because: str
    cite: str
    since: date


def advise(facts: Facts, *, on: date) -> Advice:
    """Return where the policy of a day sends a crime, with every reason."""
    version = ALLOCATION.on(on)
    policy, factors = version.value, list(_factors(facts, version.value))
    score = sum(factor.points for factor in factors)
    function, skill, because = _route(facts, policy, score)
    factors.append(Factor("Skill", f"needs {SKILLS[skill]}", 0))
    return Advice(score, tuple(factors), function, skill, because, version.cite, version.in_force)


def _factors(facts: Facts, policy: Policy) -> list[Factor]:
    found, weight = [], facts.offence.weight
    if weight is None:
        found.append(Factor("Harm", "no severity weight: judge it by hand", 0))
    else:
        points = next((band.points for band in policy.harm if weight >= band.least), 0)
        found.append(Factor("Harm", f"severity {weight:,.0f}", points))
    names = (facts.offence.group, facts.offence.subgroup)
    points = max((p for name, p in policy.types if any(each.startswith(name) for each in names)), default=0)
    found.append(Factor("Crime type", facts.offence.subgroup or facts.offence.group, points))
    if Flag.DOMESTIC_ABUSE in facts.flags:
        found.append(Factor("Crime type", "domestic abuse", policy.domestic))
    if any(flag.is_hate for flag in facts.flags):
        found.append(Factor("Crime type", "hate crime", policy.hate))
    if facts.series:
        found.append(Factor("Series", "one of a series", policy.series))
    if facts.local:
        found.append(Factor("Local impact", "a neighbourhood is affected", policy.local))
    return found


_OF_CHILDREN = {Flag.CHILD_SEXUAL_ABUSE, Flag.CHILD_SEXUAL_EXPLOITATION}


def _route(facts: Facts, policy: Policy, score: int) -> tuple[Function, str, str]:
    if facts.flags & _OF_CHILDREN or (facts.child and facts.offence.is_sexual):
        return Function.CHILD_PROTECTION, CHILD, "sexual offence against a child"
    if facts.offence.is_sexual:
        return Function.PUBLIC_PROTECTION, PIP_2, "sexual offence"
    if Flag.DOMESTIC_ABUSE in facts.flags and score >= policy.detective:
        return Function.PUBLIC_PROTECTION, PIP_2, f"domestic abuse, score {policy.detective} or more"
    if score >= policy.detective:
        return Function.INVESTIGATION, PIP_2, f"score {policy.detective} or more"
    if score >= policy.investigator or facts.suspect or not policy.desk:
        why = "a suspect is named" if score < policy.investigator and facts.suspect else "its score"
        return Function.INVESTIGATION, PIP_1, why
    return Function.RESOLUTION, PIP_1, f"score under {policy.investigator} and no suspect named"


@dataclass(frozen=True)
class Allocating:
    """What stands when somebody wants to allocate a crime.

    Args:
        stage: where it stands.
        advised: number of the team that the policy gives; None where the force has none like it.
        team: the one chosen.
        officer: the one chosen; None for the team as a whole.
        in_team: whether the officer works in that team.
        skilled: whether the officer holds the skill needed; None where nobody is named.
        reason: why not as the policy gives it.
    """

    stage: Stage
    advised: int | None
    team: int | None
    officer: UUID | None
    in_team: bool
    skilled: bool | None
    skill: str
    reason: str


def why_not_allocate(facts: Allocating, *, cite: str) -> tuple[Refusal, ...]:
    """Return every reason why a crime may not be allocated like this; another team or skill takes a reason."""
    if reasons := LIFE.why_not(facts.stage, ALLOCATE):
        return reasons
    found: list[Refusal] = []
    if facts.team is None:
        found.append(Refusal("Choose a team.", field="team"))
        return tuple(found)
    if facts.officer is not None and not facts.in_team:
        found.append(Refusal("That officer does not work in that team.", field="officer"))
    if len(facts.reason.split()) < 2:
        if facts.team != facts.advised:
            words = "The policy gives another team. Say why not that one."
            found.append(Refusal(words, cite=cite, field="reason", code="other-team"))
        if facts.skilled is False:
            words = f"That officer is not accredited in {SKILLS[facts.skill]}. Say why they take it."
            found.append(Refusal(words, cite=cite, field="reason", code="skill"))
    return tuple(found)


def allocate_by(recorded: datetime) -> tuple[datetime, Version[Hours]]:
    """Return by when a crime must be allocated, with the policy that says so."""
    version = ALLOCATE_BY.on(local_day(recorded))
    return version.value.deadline(recorded), version


def fewest(candidates: Sequence[tuple[int, str, UUID]]) -> UUID | None:
    """Return who of these has least to do: load, name and id of each, ties by name."""
    return min(candidates)[2] if candidates else None
