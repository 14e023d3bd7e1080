"""Where a crime stands, from its recording to its outcome."""

from __future__ import annotations

from enum import StrEnum

from watchward.kernel.lifecycle import Lifecycle


class Stage(StrEnum):
    """Where a crime stands."""

    RECORDED = "to allocate"
    ALLOCATED = "under investigation"
    PROPOSED = "outcome proposed"
    FINISHED = "finished"
    CANCELLED = "cancelled"


ALLOCATE, PROPOSE, FINISH = "allocate", "propose an outcome for", "give an outcome to"
AGREE, SEND_BACK, REOPEN, CANCEL, REINSTATE = "agree the outcome of", "send back", "reopen", "cancel", "reinstate"

LIFE: Lifecycle[Stage] = Lifecycle(
    title="Crime",
    start=Stage.RECORDED,
    moves=(
        (Stage.RECORDED, ALLOCATE, Stage.ALLOCATED),
        (Stage.RECORDED, CANCEL, Stage.CANCELLED),
        (Stage.ALLOCATED, ALLOCATE, Stage.ALLOCATED),
        (Stage.ALLOCATED, PROPOSE, Stage.PROPOSED),
        (Stage.ALLOCATED, FINISH, Stage.FINISHED),
        (Stage.ALLOCATED, CANCEL, Stage.CANCELLED),
        (Stage.PROPOSED, AGREE, Stage.FINISHED),
        (Stage.PROPOSED, SEND_BACK, Stage.ALLOCATED),
        (Stage.PROPOSED, CANCEL, Stage.CANCELLED),
        (Stage.FINISHED, REOPEN, Stage.ALLOCATED),
        (Stage.FINISHED, CANCEL, Stage.CANCELLED),
        (Stage.CANCELLED, REINSTATE, Stage.RECORDED),
    ),
)
"""The life of a crime. An outcome that a supervisor must agree is proposed first; any other finishes it at once."""

OPEN = (Stage.RECORDED, Stage.ALLOCATED, Stage.PROPOSED)
"""Stages in which somebody still has something to do."""
