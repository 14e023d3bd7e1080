"""Where an incident stands, and who goes to it."""

from __future__ import annotations

from enum import StrEnum

from watchward.kernel.lifecycle import Lifecycle


class Stage(StrEnum):
    """Where an incident stands."""

    OPEN = "open"
    ASSIGNED = "assigned"
    AT_SCENE = "at scene"
    ATTENDED = "attended"
    DELAYED = "delayed"
    CLOSED = "closed"


SEND, ARRIVE, LEAVE, STAND_DOWN = "send a unit to", "arrive at", "leave", "stand down from"
DELAY, SET_ANEW, CLOSE = "delay", "set a new time for", "close"
REOPEN, TAKE_UP_AGAIN = "reopen", "take up again"

LIFE: Lifecycle[Stage] = Lifecycle(
    title="Incident",
    start=Stage.OPEN,
    moves=(
        (Stage.OPEN, SEND, Stage.ASSIGNED),
        (Stage.OPEN, ARRIVE, Stage.AT_SCENE),
        (Stage.OPEN, DELAY, Stage.DELAYED),
        (Stage.OPEN, CLOSE, Stage.CLOSED),
        (Stage.ASSIGNED, SEND, Stage.ASSIGNED),
        (Stage.ASSIGNED, ARRIVE, Stage.AT_SCENE),
        (Stage.ASSIGNED, STAND_DOWN, Stage.OPEN),
        (Stage.ASSIGNED, DELAY, Stage.DELAYED),
        (Stage.ASSIGNED, CLOSE, Stage.CLOSED),
        (Stage.DELAYED, SEND, Stage.DELAYED),
        (Stage.DELAYED, STAND_DOWN, Stage.DELAYED),
        (Stage.DELAYED, ARRIVE, Stage.AT_SCENE),
        (Stage.DELAYED, SET_ANEW, Stage.OPEN),
        (Stage.DELAYED, CLOSE, Stage.CLOSED),
        (Stage.AT_SCENE, SEND, Stage.AT_SCENE),
        (Stage.AT_SCENE, ARRIVE, Stage.AT_SCENE),
        (Stage.AT_SCENE, STAND_DOWN, Stage.AT_SCENE),
        (Stage.AT_SCENE, LEAVE, Stage.ATTENDED),
        (Stage.AT_SCENE, CLOSE, Stage.CLOSED),
        (Stage.ATTENDED, SEND, Stage.ATTENDED),
        (Stage.ATTENDED, STAND_DOWN, Stage.ATTENDED),
        (Stage.ATTENDED, ARRIVE, Stage.AT_SCENE),
        (Stage.ATTENDED, CLOSE, Stage.CLOSED),
        (Stage.CLOSED, REOPEN, Stage.OPEN),
        (Stage.CLOSED, TAKE_UP_AGAIN, Stage.ATTENDED),
    ),
)
"""The life of an incident. What nobody reached by its target is delayed until somebody is there or it is given a new
time for a reason; a unit on its way does not end the delay. What was closed is reopened where nobody had been there,
and is taken up again where somebody had."""


class UnitState(StrEnum):
    """What a unit is doing."""

    FREE = "free"
    ASSIGNED = "assigned"
    EN_ROUTE = "on the way"
    AT_SCENE = "at scene"
    OFF_ROAD = "off the road"

    @property
    def label(self) -> str:
        """Its words at the head of a line."""
        return self.value.capitalize()


class Skill(StrEnum):
    """What a unit can do that others cannot."""

    DOMESTIC_ABUSE = "domestic abuse"
    MENTAL_HEALTH = "mental health"
    DOG = "dog"
    FIREARMS = "firearms"
    ROADS = "roads"
    PUBLIC_ORDER = "public order"


class Reached(StrEnum):
    """What became of ringing somebody back."""

    SPOKE = "spoke"
    MESSAGE = "left a message"
    NO_ANSWER = "no answer"
    NOT_SAFE = "not safe to ring"
