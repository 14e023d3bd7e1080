"""Reading answers: the latest, and all that were ever given."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from watchward.foundation.acting import Acting
from watchward.foundation.questions.declared import Declared, declared
from watchward.foundation.questions.models import Answers, Questionnaire


def all_about(acting: Acting, *, about: UUID, key: str = "") -> QuerySet[Answers]:
    """Return everything answered about a record, first to last.

    Args:
        acting: who looks.
        about: id of the record.
        key: one questionnaire only.
    """
    found = Answers.visible_to(acting).filter(about=about).select_related("questionnaire").order_by("at", "id")
    return found.filter(questionnaire__key=key) if key else found


def latest(acting: Acting, *, about: UUID, key: str) -> Answers | None:
    """Return what was last answered about a record to a questionnaire; None where nobody asked yet."""
    return all_about(acting, about=about, key=key).last()


def answered(acting: Acting, *, key: str, number: int) -> QuerySet[Answers]:
    """Return all answers to one version, for counting: scores of two versions are never added up."""
    return Answers.visible_to(acting).filter(questionnaire__key=key, questionnaire__number=number)


def published(acting: Acting) -> QuerySet[Questionnaire]:
    """Return every published version, by key and number."""
    return Questionnaire.visible_to(acting).order_by("key", "number")


def asked_by(answers: Answers) -> Declared:
    """Return the version of the questionnaire that these answers were given to.

    Raises:
        LookupError: no room declares it any more.
    """
    return declared[(answers.questionnaire.key, answers.questionnaire.number)]
