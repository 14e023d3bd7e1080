"""The words of this domain: reports, crimes, flags, how they are allocated and how they end."""

from watchward.domains.crimes.vocabulary.earlier import EarlierCrime, EarlierOutcome, EarlierRefusal
from watchward.domains.crimes.vocabulary.kinds import (
    CRIME_KINDS,
    LIKELY,
    N100,
    Cancel,
    NotRecorded,
    Offence,
    Part,
    Route,
)
from watchward.domains.crimes.vocabulary.life import (
    AGREE,
    ALLOCATE,
    CANCEL,
    FINISH,
    LIFE,
    OPEN,
    PROPOSE,
    REINSTATE,
    REOPEN,
    SEND_BACK,
    Stage,
)
from watchward.domains.crimes.vocabulary.outcomes import Demand, OutcomeState, Verdict
from watchward.domains.crimes.vocabulary.permissions import Permission

__all__ = [
    "AGREE",
    "ALLOCATE",
    "CANCEL",
    "CRIME_KINDS",
    "FINISH",
    "LIFE",
    "LIKELY",
    "N100",
    "OPEN",
    "PROPOSE",
    "REINSTATE",
    "REOPEN",
    "SEND_BACK",
    "Cancel",
    "Demand",
    "EarlierCrime",
    "EarlierOutcome",
    "EarlierRefusal",
    "NotRecorded",
    "Offence",
    "OutcomeState",
    "Part",
    "Permission",
    "Route",
    "Stage",
    "Verdict",
]
