"""Reading incidents, the board, units and response times."""

from watchward.domains.incidents.queries.incidents import (
    about,
    closing,
    deployments,
    facts_about,
    incident,
    involved,
    log,
    opened_from,
    suggest_grade,
    suggestion_for,
    waiting,
    why_not_close,
)
from watchward.domains.incidents.queries.thrive import THRIVE, assessments, gradings, heard, last_assessment
from watchward.domains.incidents.queries.where import Where, addresses, where

__all__ = [
    "THRIVE",
    "Where",
    "about",
    "addresses",
    "assessments",
    "closing",
    "deployments",
    "facts_about",
    "gradings",
    "heard",
    "incident",
    "involved",
    "last_assessment",
    "log",
    "opened_from",
    "suggest_grade",
    "suggestion_for",
    "waiting",
    "where",
    "why_not_close",
]
