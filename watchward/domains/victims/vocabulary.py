"""The words of this domain: contact, what a victim is told, who has enhanced rights, and why somebody withdraws."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """What roles let people do here.

    READ: see what is owed to a victim and what they were told.
    CARE: record contact, needs, how they are reached, offers and decisions.
    """

    READ = "victims.read"
    CARE = "victims.care"


class Method(StrEnum):
    """How somebody is reached."""

    PERSON = "in person"
    TELEPHONE = "telephone"
    LETTER = "letter"
    MAIL = "mail"
    TEXT = "text message"
    SUPPORTER = "through a supporter"

    @property
    def label(self) -> str:
        """Its words."""
        return self.value[:1].upper() + self.value[1:]


class Result(StrEnum):
    """What became of contact; only the first two tell them anything."""

    SPOKE = "spoke"
    SENT = "sent in writing"
    MESSAGE = "message left"
    NO_ANSWER = "no answer"
    DECLINED = "would not speak"

    @property
    def is_contact(self) -> bool:
        """Whether they were told: an attempt keeps no promise."""
        return self in (Result.SPOKE, Result.SENT)

    @property
    def label(self) -> str:
        """Its words."""
        return self.value[:1].upper() + self.value[1:]


class Tells(StrEnum):
    """What contact told beside what happened in the case."""

    EXPECT = "expect"
    SUPPORT = "support"

    @property
    def label(self) -> str:
        """Its words."""
        return {
            "expect": "What to expect, in writing, with the crime number and who investigates",
            "support": "Referred to the support service",
        }[self.value]


class Trigger(StrEnum):
    """What the Code says a victim is told, and within what time."""

    EXPECT = "written information on what to expect"
    SUPPORT = "referral to a support service"
    NOT_INVESTIGATED = "decision not to investigate"
    ARREST = "suspect arrested"
    INTERVIEW = "suspect interviewed under caution"
    RELEASED = "suspect released without charge"
    BAIL = "suspect bailed, or bail changed"
    UNDER_INVESTIGATION = "suspect released under investigation"
    CHARGED = "suspect charged"
    NOT_CHARGED = "suspect not charged"
    OUT_OF_COURT = "caution or other disposal out of court"
    HEARING = "first hearing"
    BAIL_HEARING = "outcome of a bail hearing"
    WARRANT = "warrant for failure to appear"
    COURT = "outcome of a later hearing, trial or sentence"
    CLOSED = "investigation concluded without a charge"

    @property
    def label(self) -> str:
        """Its words."""
        return self.value[:1].upper() + self.value[1:]


NOTED = tuple(
    trigger
    for trigger in Trigger
    if trigger not in (Trigger.EXPECT, Trigger.SUPPORT, Trigger.CHARGED, Trigger.NOT_CHARGED, Trigger.OUT_OF_COURT,
                       Trigger.CLOSED)
)  # fmt: skip
"""What is noted as it happens; the rest follows from the crime's own report and outcome."""


class Category(StrEnum):
    """Why a victim has enhanced rights."""

    MOST_SERIOUS = "most serious crime"
    PERSISTENT = "persistently targeted"
    VULNERABLE = "vulnerable"
    INTIMIDATED = "intimidated"
    DISCRETION = "given at discretion"

    @property
    def label(self) -> str:
        """Its words."""
        return self.value[:1].upper() + self.value[1:]


class Withdraws(StrEnum):
    """Why a victim does not support police action, as a reason that can be counted."""

    REPRISAL = "afraid of what would follow"
    RELATIONSHIP = "the relationship goes on"
    FAMILY = "for the sake of children or family"
    MOVED_ON = "wants to put it behind them"
    NOT_PROSECUTED = "does not want them prosecuted"
    COURT = "does not want to go to court"
    DELAY = "it took too long"
    CONFIDENCE = "does not believe that it would help"
    SETTLED = "it is settled otherwise"
    NOT_VICTIM = "does not see it as a crime"
    OTHER = "another reason"
    NOT_SAID = "would not say"

    @property
    def label(self) -> str:
        """Its words."""
        return self.value[:1].upper() + self.value[1:]


class Response(StrEnum):
    """What somebody said when a personal statement was offered."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    LATER = "later"

    @property
    def label(self) -> str:
        """Its words."""
        return self.value[:1].upper() + self.value[1:]
