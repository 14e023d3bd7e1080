"""Allocating a crime, saying that it was another one, what it also is, and cancelling it."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from watchward.domains.crimes import queries, rules
from watchward.domains.crimes.commands.rows import move, of, signed, taken
from watchward.domains.crimes.models import Allocation, Cancellation, Classification, Crime, Outcome
from watchward.domains.crimes.vocabulary import (
    ALLOCATE,
    CANCEL,
    REINSTATE,
    Cancel,
    OutcomeState,
    Permission,
    Stage,
)
from watchward.domains.offences.vocabulary import Flag, flags_in_force
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.foundation.records import NotHere
from watchward.kernel.refusals import Refusal, refuse_if


@command(needs=Permission.ALLOCATE)
def allocate(
    acting: Acting, *, crime: UUID, team: int | None = None, officer: UUID | None = None, series: bool = False,
    local: bool = False, reason: str = "", as_advised: bool = False, version: int | None = None,
) -> Allocation:  # fmt: skip
    """Give a crime to a team and an officer, as the allocation policy advises or otherwise with a reason.

    Args:
        acting: who allocates it.
        crime: which.
        team: number of the team.
        officer: who of it; None for the team as a whole.
        series: whether it is one of a series.
        local: whether a neighbourhood is affected.
        reason: why not as the policy advises.
        as_advised: take the team and the officer that the policy advises.
        version: the version that was looked at.

    Raises:
        Refused: another team, or somebody without the skill, and no reason; it is finished or cancelled.
        NotHere: there is no such crime.
        Stale: it was changed since it was looked at.
    """
    row = taken(acting, crime, version)
    found = queries.advised(acting, crime=row, series=series, local=local)
    advice = found.advice
    if as_advised:
        team = found.team.number if found.team else None
        officer = found.officer.account if found.officer else None
    pool = (
        found.candidates
        if found.team is not None and team == found.team.number
        else queries.candidates_of(acting, team=team, skill=advice.skill)
        if team is not None
        else ()
    )
    chosen = next((each for each in pool if each.account == officer), None)
    facts = rules.Allocating(
        stage=Stage(row.stage),
        advised=found.team.number if found.team else None,
        team=team,
        officer=officer,
        in_team=officer is None or chosen is not None,
        skilled=chosen.skilled if chosen else None,
        skill=advice.skill,
        reason=reason,
    )
    refuse_if(rules.why_not_allocate(facts, cite=advice.cite))
    assert team is not None  # noqa: S101 - the rules refused it otherwise
    move(row, ALLOCATE)
    row.given_to_id, row.officer_id, row.allocated_at, row.score = team, officer, acting.at, advice.score
    row.save(update_fields=["stage", "given_to", "officer", "allocated_at", "score"])
    return Allocation.objects.create(
        **of(row), **signed(acting), score=advice.score, series=series, local=local, skill=advice.skill,
        factors=[[factor.factor, factor.words, factor.points] for factor in advice.factors],
        skilled=facts.skilled, advised_function=advice.function, advised_id=facts.advised,
        advised_officer_id=found.officer.account if found.officer else None, given_to_id=team, officer_id=officer,
        reason=reason.strip(), cite=advice.cite, policy_since=advice.since,
    )  # fmt: skip


@command(needs=Permission.INVESTIGATE)
def reclassify(
    acting: Acting, *, crime: UUID, offence: str, words: str, version: int | None = None
) -> Classification:  # fmt: skip
    """Say that a crime was another one than it is recorded as; the first stays on the file.

    Raises:
        Refused: no reason, no such offence when it was recorded, or a recorded rape by another than the registrar.
        NotHere: there is no such crime.
        Stale: it was changed since it was looked at.
    """
    row = taken(acting, crime, version)
    found = queries.offence(acting, code=offence, on=row.recorded_on)
    before = queries.offence_of(acting, crime=row)
    refuse_if(
        rules.why_not_reclassify(
            rules.Reclassifying(
                stage=Stage(row.stage), same=offence == row.offence, known=found is not None, words=words,
                leaves_rape=before.is_rape and (found is None or not found.is_rape),
                registrar=acting.may(Permission.REGISTER),
            )
        )
    )  # fmt: skip
    assert found is not None  # noqa: S101 - the rules refused it otherwise
    row.offence, row.offence_words, row.weight = found.code, found.words, found.weight
    row.offence_group, row.offence_subgroup = found.group, found.subgroup
    row.save(update_fields=["offence", "offence_words", "offence_group", "offence_subgroup", "weight"])
    number = queries.classifications(acting, crime=crime).count() + 1
    return Classification.objects.create(
        **of(row), **signed(acting), number=number, offence=found.code, offence_words=found.words, words=words.strip()
    )


@command(needs=Permission.INVESTIGATE)
def set_flags(acting: Acting, *, crime: UUID, flags: Collection[Flag], version: int | None = None) -> Crime:
    """Say what a crime also is, as the Home Office counts it.

    Raises:
        Refused: a flag that was none when the crime was recorded.
        NotHere: there is no such crime.
        Stale: it was changed since it was looked at.
    """
    row = taken(acting, crime, version)
    listed = flags_in_force(row.recorded_on)
    refuse_if(
        Refusal(f"{flag.value} was no flag of crimes recorded on that day.", field="flags")
        for flag in flags
        if flag not in listed
    )
    row.flags = sorted(flag.value for flag in set(flags))
    row.save(update_fields=["flags"])
    return row


@command(needs=Permission.CANCEL)
def cancel(
    acting: Acting, *, crime: UUID, code: Cancel | None, words: str, other: str = "", force: str = "",
    version: int | None = None,
) -> Cancellation:  # fmt: skip
    """Cancel a recorded crime, as somebody who had no part in its recording or investigation.

    Args:
        acting: the designated decision maker, or the registrar.
        crime: which.
        code: under which letter.
        words: the evidence.
        other: reference of the crime of which it is part, for C3.
        force: the force that was told, for C1.
        version: the version that was looked at.

    Raises:
        Refused: with every reason.
        NotHere: there is no such crime.
        Stale: it was changed since it was looked at.
    """
    row = taken(acting, crime, version)
    same = queries.by_reference(acting, reference=other) if other.strip() else None
    if same is not None and same.pk == row.pk:
        same = None
    facts = queries.cancelling(
        acting, crime=row, registrar=acting.may(Permission.REGISTER), code=code, words=words, other=same is not None,
        force=force,
    )  # fmt: skip
    refuse_if(rules.why_not_cancel(facts))
    assert code is not None  # noqa: S101 - the rules refused it otherwise
    move(row, CANCEL)
    standing = Outcome.objects.filter(crime=row, state__in=[OutcomeState.PROPOSED, OutcomeState.GIVEN])
    for outcome in standing:
        outcome.state, outcome.ended_at, outcome.ended_words = OutcomeState.ENDED, acting.at, "The crime was cancelled"
        outcome.save(update_fields=["state", "ended_at", "ended_words"])
    row.outcome, row.outcome_on, row.outcome_recorded_at = "", None, None
    row.cancelled_at, row.cancelled_as = acting.at, code
    row.save()
    return Cancellation.objects.create(
        **of(row), **signed(acting), code=code, words=words.strip(), other=same if code is Cancel.C3 else None,
        force=force.strip()[:120] if code is Cancel.C1 else "",
    )  # fmt: skip


@command(needs=Permission.REGISTER)
def reinstate(acting: Acting, *, crime: UUID, words: str, version: int | None = None) -> Crime:
    """Reinstate a cancelled crime: it is to be allocated again.

    Raises:
        Refused: without a reason; it is not cancelled.
        NotHere: there is no such crime.
        Stale: it was changed since it was looked at.
    """
    row = taken(acting, crime, version)
    if len(words.split()) < 2:
        refuse_if([Refusal("Say why it is reinstated.", field="words")])
    move(row, REINSTATE)
    row.cancelled_at, row.cancelled_as = None, ""
    row.save()
    last = Cancellation.objects.filter(crime=row, reinstated_at__isnull=True).order_by("-at").first()
    if last is None:
        raise NotHere("it was not cancelled")
    last.reinstated_at, last.reinstated_words = acting.at, words.strip()
    last.save(update_fields=["reinstated_at", "reinstated_words"])
    return row
