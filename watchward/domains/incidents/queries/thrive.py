"""THRIVE as a questionnaire, and what was heard each time an incident was assessed."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from watchward.domains.incidents.models import Assessment, Grading, Incident
from watchward.domains.incidents.vocabulary import Element, Heard, Level, heard_from
from watchward.foundation.acting import Acting
from watchward.foundation.questions.declared import Answering, Declared, Question

_LEVELS = tuple((level.value, level.label) for level in Level)


def _questions() -> tuple[Question, ...]:
    pairs = (
        (
            Question(element.value, element.label, help=element.asks),
            Question(f"{element.value}-level", f"{element.label}, level", Answering.LEVEL, _LEVELS),
        )
        for element in Element
    )
    return tuple(question for pair in pairs for question in pair)


THRIVE = Declared(
    key="incidents.thrive",
    version=1,
    title="THRIVE",
    in_force=date(2014, 4, 1),
    questions=_questions(),
    cite="THRIVE, endorsed by the National Police Chiefs' Council",
)


def assessments(acting: Acting, *, incident: Incident) -> QuerySet[Assessment]:
    """Return every time an incident was assessed, first to last, with what was heard."""
    return Assessment.visible_to(acting).filter(incident=incident).select_related("answers").order_by("number")


def last_assessment(acting: Acting, *, incident: Incident) -> Assessment | None:
    """Return how an incident was last assessed; None where it never was."""
    return assessments(acting, incident=incident).last()


def heard(acting: Acting, *, incident: Incident) -> dict[Element, Heard]:
    """Return what was heard under each word when an incident was last assessed."""
    found = last_assessment(acting, incident=incident)
    return heard_from(found.answers.values) if found else {}


def gradings(acting: Acting, *, incident: Incident) -> QuerySet[Grading]:
    """Return every grade that an incident was given, first to last."""
    return Grading.visible_to(acting).filter(incident=incident).order_by("at", "id")
