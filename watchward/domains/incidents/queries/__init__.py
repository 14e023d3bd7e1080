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
from watchward.domains.incidents.queries.where import Where, said_where, where, where_all

__all__ = [
    "THRIVE",
    "Where",
    "about",
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
    "said_where",
    "suggest_grade",
    "suggestion_for",
    "waiting",
    "where",
    "where_all",
    "why_not_close",
]
