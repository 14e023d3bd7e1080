"""Publishing questionnaires and answering them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol
from uuid import UUID

from django.db.models import Max

from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.foundation.questions.declared import Declared, declared
from watchward.foundation.questions.models import Answers, Questionnaire
from watchward.kernel.refusals import Refusal, Refused, refuse_if

PUBLISH = "access.administer"


class About(Protocol):
    """A record that answers can be about."""

    @property
    def pk(self) -> UUID: ...
    @property
    def handling(self) -> int: ...
    @property
    def team_id(self) -> int | None: ...


@command(needs=PUBLISH)
def publish(acting: Acting) -> int:
    """Publish every version of every questionnaire that is declared and not yet published.

    Returns:
        How many were new.

    Raises:
        Refused: a published version is declared with other words; it needs a new version.
    """
    stood = {(row.key, row.number): row.digest for row in Questionnaire.visible_to(acting)}
    refuse_if(_changed(one) for place, one in sorted(declared.items()) if stood.get(place, one.digest) != one.digest)
    fresh = [_row(acting, one) for place, one in sorted(declared.items()) if place not in stood]
    Questionnaire.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


def _changed(one: Declared) -> Refusal:
    return Refusal(
        f"Version {one.version} of {one.title} was published with other words. Give it a new version.",
        code="published",
    )


def _row(acting: Acting, one: Declared) -> Questionnaire:
    content = one.content
    return Questionnaire(
        key=one.key,
        number=one.version,
        title=one.title,
        in_force=one.in_force,
        cite=one.cite,
        questions=content["questions"],
        digest=one.digest,
        published_at=acting.at,
    )


def _published(acting: Acting, one: Declared) -> Questionnaire:
    """Return the published version, published now if this is the first answer to it."""
    rows = Questionnaire.visible_to(acting).filter(key=one.key, number=one.version)
    found = rows.first()
    if found is None:
        Questionnaire.objects.bulk_create([_row(acting, one)], ignore_conflicts=True)
        found = rows.get()
    if found.digest != one.digest:
        raise Refused(_changed(one))
    return found


@command(needs=None)
def answer(acting: Acting, *, questionnaire: Declared, about: About, values: Mapping[str, str]) -> Answers:
    """Keep what was answered about a record; what was answered before stays as it was.

    Args:
        acting: who asked; the command that calls this one has checked that they may.
        questionnaire: the version that was put.
        about: the record.
        values: answers by the key of their question; those not asked are left out.

    Raises:
        Refused: an answer to no question, or one that its question does not accept; all of them at once.
    """
    known = {question.key: question for question in questionnaire.questions}
    kept = {key: value.strip() for key, value in values.items() if value.strip()}
    reasons = [Refusal(f"{questionnaire.title} does not ask {key}.", field=key) for key in kept if key not in known]
    reasons += [
        Refusal(f"{known[key].words}: choose one of the answers.", field=key)
        for key, value in kept.items()
        if key in known and not known[key].accepts(value)
    ]
    refuse_if(reasons)
    row = _published(acting, questionnaire)
    before = Answers.visible_to(acting).filter(questionnaire=row, about=about.pk).aggregate(last=Max("time"))["last"]
    return Answers.objects.create(
        questionnaire=row,
        about=about.pk,
        time=(before or 0) + 1,
        values=kept,
        at=acting.at,
        by=acting.account,
        by_name=acting.name,
        handling=about.handling,
        team_id=about.team_id,
    )
