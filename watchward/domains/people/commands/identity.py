"""Deciding that two records are the same person, or not: nothing is merged, and every decision can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from watchward.domains.people.commands.upkeep import more_guarded
from watchward.domains.people.models import IdentityDecision, Person
from watchward.domains.people.queries.identity import conflicts, same_people, standing
from watchward.domains.people.vocabulary import Decision, Permission
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.foundation.records import NotHere, take
from watchward.kernel.refusals import Refusal, Refused, refuse_if

_ONE_AT_A_TIME = 471_201
"""Advisory lock: two decisions at once could each be right and together contradict a third."""


@command(needs=Permission.LINK)
def decide_identity(
    acting: Acting, *, one: UUID, other: UUID, decision: str, reason: str, evidence: Sequence[str] = ()
) -> IdentityDecision:
    """Decide whether two records are the same person, not the same, or unsure.

    A decision that stands about the two is replaced where it was unsure; any other must be undone first.

    Args:
        acting: who decides.
        one: id of a record.
        other: id of another.
        decision: same, not same or unsure.
        reason: why, in words.
        evidence: the lines that were shown to whoever decides.

    Raises:
        Refused: with every reason, each decision that it would contradict among them.
    """
    reasons = []
    if one == other:
        reasons.append(Refusal("These are one and the same record.", field="other", code="same-record"))
    if decision not in tuple(Decision):
        reasons.append(Refusal("Say whether they are the same or not, or that you are not sure.", field="decision"))
    if len(reason.split()) < 2:
        reasons.append(Refusal("Say what makes you sure, or unsure.", field="reason", code="no-reason"))
    refuse_if(reasons)
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
    first_id, second_id = sorted((one, other))
    first, second = take(acting, Person, first_id), take(acting, Person, second_id)
    before = standing(acting).select_for_update(of=("self",)).filter(one_id=first_id, other_id=second_id).first()
    if before is not None and before.decision != Decision.UNSURE:
        said = Decision(before.decision).says.lower()
        raise Refused(Refusal(f"It was decided that these are {said}. Undo that first.", code="decided"))
    refuse_if(_contradictions(acting, first, second, decision))
    kept = more_guarded(first, second)
    row = IdentityDecision(
        one=first,
        other=second,
        decision=decision,
        reason=reason.strip()[:300],
        evidence=list(evidence),
        by_id=acting.account,
        at=acting.at,
        kept_with=kept.pk,
        handling=kept.handling,
        team_id=kept.team_id,
    )
    if before is not None:  # it makes room first: one decision stands about two records
        before.undone_at, before.undone_by_id, before.undone_reason = acting.at, acting.account, "replaced"
        before.save(update_fields=["undone_at", "undone_by", "undone_reason"])
        row.save()
        before.undone_at, before.undone_by_id, before.undone_reason, before.replaced_by = None, None, "", row
        before.save(update_fields=["undone_at", "undone_by", "undone_reason", "replaced_by"])
    else:
        row.save()
    return row


def _contradictions(acting: Acting, first: Person, second: Person, decision: str) -> list[Refusal]:
    groups = same_people(acting, ids=[first.pk, second.pk])
    if decision == Decision.SAME:
        return [
            Refusal(
                f"{row.one.reference} and {row.other.reference} were decided not to be the same person "
                f"({row.by.display_name}: {row.reason}), and this would make them one.",
                code="contradiction",
            )
            for row in conflicts(acting, members=groups[first.pk] | groups[second.pk])
        ]
    if decision == Decision.NOT_SAME and second.pk in groups[first.pk]:
        return [
            Refusal(
                f"{first.reference} and {second.reference} are one person through other decisions. "
                "Undo one of those first.",
                code="contradiction",
            )
        ]
    return []


@command(needs=Permission.LINK)
def undo_decision(acting: Acting, *, decision: UUID, reason: str) -> IdentityDecision:
    """Undo a decision: what stood before it stands again, exactly.

    Raises:
        Refused: without a reason, when it is undone already or another took its place, or when what it replaced
            cannot stand again.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
    row = IdentityDecision.visible_to(acting).select_for_update().filter(pk=decision).first()
    if row is None:
        raise NotHere("no such decision")
    reasons = []
    if len(reason.split()) < 2:
        reasons.append(Refusal("Say why it is undone.", field="reason", code="no-reason"))
    if row.undone_at is not None:
        reasons.append(Refusal("This decision is undone already.", code="undone"))
    if row.replaced_by_id is not None:
        reasons.append(Refusal("Another decision took its place. Undo that one.", code="replaced"))
    refuse_if(reasons)
    row.undone_at, row.undone_by_id, row.undone_reason = acting.at, acting.account, reason.strip()[:300]
    row.save(update_fields=["undone_at", "undone_by", "undone_reason"])
    before = IdentityDecision.visible_to(acting).select_for_update().filter(replaced_by=row).first()
    if before is not None:
        before.replaced_by = None
        before.save(update_fields=["replaced_by"])
    return row
