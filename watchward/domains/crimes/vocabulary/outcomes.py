"""What an outcome demands before it is given, and how far a given one has come."""

from __future__ import annotations

from enum import StrEnum


class OutcomeState(StrEnum):
    """How far an outcome has come."""

    PROPOSED = "proposed"
    GIVEN = "given"
    SENT_BACK = "sent back"
    ENDED = "ended"


class Demand(StrEnum):
    """What must be on file for an outcome; the name of its field on the form."""

    SUSPECT = "suspect"
    NO_SUSPECT = "no_suspect"
    VICTIM_DECISION = "victim_decision"
    RATIONALE = "rationale"
    CHARGED_HOW = "charged_how"
    ALTERNATE = "alternate"
    ADMISSION = "admission"
    CONSULTED = "consulted"
    YOUTH = "youth"
    ADULT = "adult"
    UNDER_TEN = "under_ten"
    COURT = "court"
    DIED = "died"
    ILLNESS = "illness"
    WITNESS = "witness"
    PROSECUTOR = "prosecutor"
    LIMIT = "limit"
    FRAUD = "fraud"
    AGENCY = "agency"
    ACTIVITY = "activity"

    @property
    def asks(self) -> str:
        """What the form asks for; empty where the file itself must say it."""
        return _ASKS.get(self, "")


_ASKS = {
    Demand.RATIONALE: "Why, and what was done to get there",
    Demand.CHARGED_HOW: "Charged, summonsed or postal requisition",
    Demand.ALTERNATE: "The offence charged instead",
    Demand.ADMISSION: "The suspect's admission, and where it is kept",
    Demand.CONSULTED: "What the victim said when asked",
    Demand.COURT: "Court, and the day on which it was taken into consideration",
    Demand.DIED: "How it is known that they died",
    Demand.ILLNESS: "Who says that they are too ill, and from what evidence",
    Demand.WITNESS: "Who has died or is too ill: victim or key witness, and how it is known",
    Demand.PROSECUTOR: "Prosecutor who decided, and their reference",
    Demand.LIMIT: "The last day on which a prosecution could begin",
    Demand.AGENCY: "The body that deals with it, and its reference",
    Demand.ACTIVITY: "The activity, and who gives it",
}


class Verdict(StrEnum):
    """What the registrar found when an outcome was checked against the file."""

    AGREE = "agree"
    DISAGREE = "disagree"
