"""Incidents, how each was assessed and graded, who went, what was logged, what waiting owed; units and demand."""

from watchward.domains.incidents.models.incident import (
    Appointment,
    Assessment,
    BriefingRead,
    Delay,
    Deployment,
    Grading,
    Incident,
    Involvement,
    LogLine,
    NurseAdvice,
    PersonRisk,
    Recontact,
    Reopening,
)
from watchward.domains.incidents.models.units import Crew, Surge, Unit

__all__ = [
    "Appointment",
    "Assessment",
    "BriefingRead",
    "Crew",
    "Delay",
    "Deployment",
    "Grading",
    "Incident",
    "Involvement",
    "LogLine",
    "NurseAdvice",
    "PersonRisk",
    "Recontact",
    "Reopening",
    "Surge",
    "Unit",
]
