"""Reading calls, and everything that a call handler must be told at once about who rings, from where."""

from watchward.domains.contact.models import Call
from watchward.domains.contact.queries.calls import (
    Whole,
    drafts,
    identified,
    nurse_unanswered,
    opening_words,
    recent,
    whole,
)
from watchward.domains.contact.queries.looked import Contact, Found, Looked, Owes, Resident, Shown, Stands
from watchward.domains.contact.queries.looking import asked_of, look_up

__all__ = [
    "Call",
    "Contact",
    "Found",
    "Looked",
    "Owes",
    "Resident",
    "Shown",
    "Stands",
    "Whole",
    "asked_of",
    "drafts",
    "identified",
    "look_up",
    "nurse_unanswered",
    "opening_words",
    "recent",
    "whole",
]
