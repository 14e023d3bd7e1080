"""Assessing an incident with THRIVE, again when it waits, and giving it a grade."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from watchward.domains.incidents import queries, rules
from watchward.domains.incidents.commands.records import begin_delay, end_delay, move, note, of, signed, taken
from watchward.domains.incidents.models import Assessment, Grading, Incident
from watchward.domains.incidents.vocabulary import (
    SEND,
    SET_ANEW,
    Element,
    Facts,
    Grade,
    Graded,
    Kind,
    Permission,
    Sign,
    Stage,
    Target,
    Thrive,
    values_of,
)
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.foundation.questions import commands as questions
from watchward.kernel.periods import local_day
from watchward.kernel.refusals import Refusal, refuse_if


def why_not_grade(acting: Acting, *, suggested: Grade, given: Grade, reason: str) -> tuple[Refusal, ...]:
    """Return every reason why somebody may not give this grade where the policy suggests that one."""
    if given == suggested:
        return ()
    found = []
    if not acting.may(Permission.GRADE):
        found.append(Refusal("None of your roles lets you give another grade than the policy's.", field="grade"))
    if len(reason.split()) < 2:
        found.append(Refusal(f"The policy gives {suggested.words}. Say why you give {given.words}.", field="reason"))
    return tuple(found)


def write_assessment(
    acting: Acting, incident: Incident, heard: Thrive, signs: Collection[Sign], *, words: str
) -> Assessment:
    """Write one THRIVE of an incident and set what follows from it; the caller saves the incident."""
    answers = questions.answer(acting, questionnaire=queries.THRIVE, about=incident, values=values_of(heard))
    finished = all(element in heard and heard[element].answered for element in Element)
    before = incident.assessments.count()
    facts = Facts.of(signs, heard, urban=incident.urban)
    incident.signs = sorted(sign.key for sign in signs)
    incident.harm = rules.harm_of(facts, Grade(incident.grade))
    incident.thrive_at = incident.thrive_at or acting.at
    if finished:
        incident.thrive_finished_at = incident.thrive_finished_at or acting.at
    return Assessment.objects.create(
        **of(incident),
        **signed(acting),
        answers=answers,
        number=before + 1,
        again=before > 0,
        signs=incident.signs,
        harm=incident.harm,
        finished=finished,
        words=words.strip(),
    )


def write_grading(
    acting: Acting, incident: Incident, graded: Graded, *,
    before: Grade | None, reason: str, assessment: Assessment | None,
) -> Grading:  # fmt: skip
    """Write which grade an incident was given, beside what the policy suggested."""
    return Grading.objects.create(
        **of(incident),
        **signed(acting),
        assessment=assessment,
        suggested=graded.grade,
        grade=incident.grade,
        before=before,
        reasons=[[one.rule, one.words, one.grade.value] for one in graded.reasons],
        policy_cite=graded.cite,
        policy_since=graded.since,
        reason=reason.strip() if graded.grade != incident.grade else "",
        target_at=incident.target_at,
        target_words=incident.target_words,
    )


def _change_grade(acting: Acting, incident: Incident, given: Grade, agreed: datetime | None) -> None:
    """Set another grade with its target; a delayed incident that is given time again is delayed no more."""
    before = Grade(incident.grade)
    moments = rules.Moments(incident.rang_at, incident.answered_at, incident.made_at, incident.graded_at)
    stood = Target(incident.clock_from, incident.target_at, incident.target_words)
    target = rules.target_after_change(
        stood, before, given, moments, at=acting.at, urban=incident.urban, agreed=agreed or incident.agreed_at
    )
    incident.grade, incident.clock_from = given, target.starts
    incident.target_at, incident.target_words = target.by, target.words
    incident.agreed_at = agreed or incident.agreed_at
    if incident.stage == Stage.DELAYED and (target.by is None or target.by > acting.at):
        move(incident, SET_ANEW)
        if incident.deployments.filter(cleared_at__isnull=True).exists():
            move(incident, SEND)
        end_delay(acting, incident)
    note(acting, incident, f"Grade {before.words} changed to {given.words}")


def _was_reassessed(incident: Incident) -> bool:
    return incident.delays.filter(reassessed_at__isnull=False).exists()


def _regrade(
    acting: Acting, incident: Incident, graded: Graded, given: Grade, *,
    reason: str, agreed: datetime | None, assessment: Assessment | None,
) -> None:  # fmt: skip
    before = Grade(incident.grade)
    if given != before or agreed is not None:
        _change_grade(acting, incident, given, agreed)
    incident.harm = rules.harm_of(_facts(acting, incident), given)
    incident.save()
    write_grading(acting, incident, graded, before=before, reason=reason, assessment=assessment)


def _facts(acting: Acting, incident: Incident) -> Facts:
    return queries.facts_about(acting, incident=incident)


def _assess(
    acting: Acting, incident: UUID, answers: Thrive, signs: Collection[Sign] | None, grade: Grade | None,
    reason: str, agreed: datetime | None, version: int | None, *, safeguarding: str | None,
) -> Assessment:  # fmt: skip
    row = taken(acting, incident, version)
    told = rules.signs_of(Kind(row.kind), signs if signs is not None else map(Sign.of, row.signs))
    graded = rules.grade_for(Facts.of(told, answers, urban=row.urban), on=local_day(row.rang_at))
    stands = Grade(row.grade)
    # A suggestion raises a grade by itself, and lowers it only when a person says so.
    given = grade if grade is not None else min(stands, graded.grade)
    reasons = list(_why_not_assess(row, answers, safeguarding))
    if grade is not None:
        reasons += why_not_grade(acting, suggested=graded.grade, given=given, reason=reason)
    if agreed is not None and agreed < acting.at:
        reasons.append(Refusal("Agree a time that is still to come.", field="agreed_at"))
    if given > stands and row.stage == Stage.DELAYED and safeguarding is None and not _was_reassessed(row):
        reasons.append(_not_before_reassessed())
    refuse_if(reasons)
    assessment = write_assessment(acting, row, answers, told, words=safeguarding or "")
    if safeguarding is not None:
        note(acting, row, f"Assessed again: {safeguarding.strip()}")
        _meet_delay(acting, row, assessment)
    if grade is not None or given != stands:
        _regrade(acting, row, graded, given, reason=reason, agreed=agreed, assessment=assessment)
    else:
        row.save()
    if safeguarding is not None and row.stage == Stage.DELAYED:
        begin_delay(acting, row, since=acting.at, ring=False)
    return assessment


def _why_not_assess(incident: Incident, answers: Thrive, safeguarding: str | None) -> tuple[Refusal, ...]:
    found = []
    if incident.stage == Stage.CLOSED:
        found.append(Refusal("It is closed.", code="wrong-state"))
    if not any(heard.answered for heard in answers.values()):
        found.append(Refusal("Say or judge at least one of the six words.", field="threat"))
    if safeguarding is not None and len(safeguarding.split()) < 2:
        found.append(Refusal("Say what keeps them safe while they wait.", field="safeguarding"))
    return tuple(found)


def _not_before_reassessed() -> Refusal:
    return Refusal(
        "It is delayed. Assess it again before its grade is lowered.",
        cite=rules.DELAY_POLICY, code="no-reassessment",
    )  # fmt: skip


def _meet_delay(acting: Acting, incident: Incident, assessment: Assessment) -> None:
    """Say of the delay that lasts that the incident was assessed again; it ends with that."""
    for delay in incident.delays.filter(ended_at__isnull=True):
        delay.reassessed_at, delay.assessment, delay.ended_at = acting.at, assessment, acting.at
        delay.save(update_fields=["reassessed_at", "assessment", "ended_at"])


@command(needs=Permission.ASSESS)
def assess(
    acting: Acting, *, incident: UUID, answers: Thrive, signs: Collection[Sign] | None = None,
    grade: Grade | None = None, reason: str = "", agreed_at: datetime | None = None, version: int | None = None,
) -> Assessment:  # fmt: skip
    """Assess an incident with THRIVE; what was heard before stays as it was.

    Args:
        acting: who assesses it.
        incident: its id.
        answers: what was heard under each word, those not asked yet left out.
        signs: what is so; as it stands when not given.
        grade: the grade to give; when not given, the policy's raises the grade that stands and never lowers it.
        reason: why another grade than the policy's.
        agreed_at: a time agreed with them, for a Scheduled one.
        version: the version that was looked at.

    Raises:
        Refused: nothing was heard; it is closed; another grade without a reason or the permission.
        NotHere: there is no such incident.
        Stale: it was changed since it was looked at.
    """
    return _assess(acting, incident, answers, signs, grade, reason, agreed_at, version, safeguarding=None)


@command(needs=Permission.ASSESS)
def reassess(
    acting: Acting, *, incident: UUID, answers: Thrive, safeguarding: str, signs: Collection[Sign] | None = None,
    grade: Grade | None = None, reason: str = "", agreed_at: datetime | None = None, version: int | None = None,
) -> Assessment:  # fmt: skip
    """Assess an incident again, because it waits or because something changed.

    Args:
        acting: who assesses it.
        incident: its id.
        answers: what is so now under each word.
        safeguarding: what keeps them safe while they wait.
        signs: what is so; as it stands when not given.
        grade: the grade to give; when not given, the policy's raises the grade that stands and never lowers it.
        reason: why another grade than the policy's.
        agreed_at: a time agreed with them, for a Scheduled one.
        version: the version that was looked at.

    Raises:
        Refused: as ``assess`` does, or nothing is said of what keeps them safe.
        NotHere: there is no such incident.
        Stale: it was changed since it was looked at.
    """
    return _assess(acting, incident, answers, signs, grade, reason, agreed_at, version, safeguarding=safeguarding)


@command(needs=Permission.GRADE)
def give_grade(
    acting: Acting, *, incident: UUID, grade: Grade, reason: str,
    agreed_at: datetime | None = None, version: int | None = None,
) -> Incident:  # fmt: skip
    """Give an incident another grade, saying why.

    Args:
        acting: who gives it.
        incident: its id.
        grade: the grade.
        reason: why; needed wherever the policy gives another one.
        agreed_at: a time agreed with them, for a Scheduled one.
        version: the version that was looked at.

    Raises:
        Refused: it has this grade already; no reason; it is closed; it is delayed and was not assessed again.
        NotHere: there is no such incident.
        Stale: it was changed since it was looked at.
    """
    row = taken(acting, incident, version)
    graded = queries.suggestion_for(acting, incident=row)
    reasons = list(why_not_grade(acting, suggested=graded.grade, given=grade, reason=reason))
    if row.stage == Stage.CLOSED:
        reasons.append(Refusal("It is closed.", code="wrong-state"))
    if grade == row.grade and agreed_at is None:
        reasons.append(Refusal(f"It is {Grade(row.grade).words} already.", field="grade"))
    if agreed_at is not None and agreed_at < acting.at:
        reasons.append(Refusal("Agree a time that is still to come.", field="agreed_at"))
    if grade > row.grade and row.stage == Stage.DELAYED and not _was_reassessed(row):
        reasons.append(_not_before_reassessed())
    refuse_if(reasons)
    _regrade(acting, row, graded, grade, reason=reason, agreed=agreed_at, assessment=None)
    return row
