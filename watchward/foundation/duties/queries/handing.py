"""Reading hand-overs: one with all that is in it, those that wait, and what somebody could hand over."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from watchward.foundation.acting import Acting
from watchward.foundation.duties.models import Duty, Handed, HandOver, State
from watchward.foundation.duties.queries.lists import owed
from watchward.foundation.duties.vocabulary import Stage
from watchward.foundation.records import NotHere

TAKE_OVER = "duties.take-over"
"""The kind of duty to accept or refuse what is handed over."""


def hand_overs(acting: Acting) -> QuerySet[HandOver]:
    """Return hand-overs, latest first, each with whether a supervisor gave the answering of it to this person."""
    given = Duty.visible_to(acting).filter(kind=TAKE_OVER, about=OuterRef("pk"), owed_by_id=acting.account)
    rows = HandOver.visible_to(acting).annotate(given_to_me=Exists(given))
    return rows.select_related("by", "to", "to_team", "answered_by").order_by("-at", "-id")


def hand_over(acting: Acting, *, id_: UUID) -> HandOver:
    """Return one hand-over.

    Raises:
        NotHere: there is none that they may see.
    """
    found = hand_overs(acting).filter(pk=id_).first()
    if found is None:
        raise NotHere("no such hand-over")
    return found


def waiting(acting: Acting) -> QuerySet[HandOver]:
    """Return what waits to be accepted: handed over by this person, or to them or their team."""
    to_me = Q(to_id=acting.account) | Q(to__isnull=True, to_team_id__in=sorted(acting.teams))
    return hand_overs(acting).filter(Q(by_id=acting.account) | to_me, stage=Stage.WAITING)


def may_take(acting: Acting, row: HandOver) -> bool:
    """Return whether this person accepts or refuses a hand-over.

    Args:
        acting: the reader.
        row: one of ``hand_overs``.
    """
    mine = row.to_id == acting.account or (row.to_id is None and row.to_team_id in acting.teams)
    return mine or bool(row.given_to_me)  # type: ignore[attr-defined]


def handed(acting: Acting, *, hand_over: UUID) -> QuerySet[Handed]:
    """Return what is in a hand-over, as far as the reader may see, soonest first."""
    rows = Handed.visible_to(acting).filter(hand_over_id=hand_over)
    return rows.select_related("duty", "duty__owed_by", "duty__owed_by_team", "held_by").order_by("duty__due_at", "id")


def to_hand_over(acting: Acting, *, of: frozenset[int]) -> QuerySet[Duty]:
    """Return what somebody could hand over: theirs, what nobody is named for in their team, and what these teams hold.

    Args:
        acting: the reader.
        of: numbers of teams that they supervise, with all that is held there; none for their own alone.
    """
    own = Q(owed_by_id=acting.account) | Q(owed_by__isnull=True, owed_by_team_id=acting.team)
    rows = owed(acting).filter(own | Q(owed_by_team_id__in=sorted(of & acting.supervises)))
    waits = Handed.visible_to(acting).filter(duty=OuterRef("pk"), hand_over__stage=Stage.WAITING)
    return rows.exclude(kind=TAKE_OVER).exclude(Exists(waits)).filter(state=State.OPEN)


def in_a_hand_over(acting: Acting, *, duties: Collection[UUID]) -> set[UUID]:
    """Return which of these duties are in a hand-over that waits."""
    rows = Handed.visible_to(acting).filter(duty_id__in=duties, hand_over__stage=Stage.WAITING)
    return set(rows.values_list("duty_id", flat=True))
