"""Questionnaires never change once they are published, and answers are never overwritten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from tests import factories
from tests.domains.incidents.scenes import incident
from watchward.domains.incidents.queries import THRIVE
from watchward.foundation.access.context import within
from watchward.foundation.questions import commands, queries
from watchward.foundation.questions.declared import Answering, Declared, Question, declared, version_on
from watchward.foundation.questions.models import Answers, Questionnaire
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db

ASKED = (
    Question("hurt", "Is anybody hurt?", Answering.YES_NO),
    Question("words", "What happened?"),
    Question("how", "How bad is it?", Answering.LEVEL, (("some", "Some"), ("high", "High"))),
)


@pytest.fixture(autouse=True)
def _only_ours() -> Iterator[None]:
    """Leave no questionnaire of these tests behind."""
    before = dict(declared)
    yield
    declared.clear()
    declared.update(before)


def survey(version: int = 1, in_force: date = date(2019, 1, 1)) -> Declared:
    """Declare a questionnaire."""
    return Declared("tests.survey", version, "Survey", in_force, ASKED)


def test_publishing_twice_publishes_once() -> None:
    """Loading the declarations again changes nothing."""
    survey()
    acting = factories.machinery()
    with within(acting):
        assert commands.publish(acting) >= 2  # THRIVE is declared as well
        assert commands.publish(acting) == 0
        assert Questionnaire.objects.filter(key="tests.survey").count() == 1


def test_a_published_version_never_changes() -> None:
    """Other words under the same version are refused, and nothing is published or answered with them."""
    one = survey()
    acting = factories.machinery()
    made = incident(factories.officer("force-incident-manager"))
    with within(acting):
        commands.publish(acting)
        changed = replace_declared(one)
        with pytest.raises(Refused, match="Give it a new version"):
            commands.publish(acting)
        with pytest.raises(Refused, match="Give it a new version"):
            commands.answer(acting, questionnaire=changed, about=made, values={"words": "fell"})
        assert not Answers.objects.filter(about=made.pk).exists()


def replace_declared(one: Declared) -> Declared:
    """Declare the same version with other words, as a careless change of a source would."""
    del declared[(one.key, one.version)]
    return replace(one, questions=(replace(ASKED[0], words="Was anybody hurt?"), *ASKED[1:]))


def test_the_database_takes_no_change_of_what_is_published_or_answered() -> None:
    """Neither questions nor answers can be updated or deleted, command or no command."""
    boss = factories.officer("force-incident-manager")
    made = incident(boss)
    with within(boss):
        row = commands.answer(boss, questionnaire=survey(), about=made, values={"hurt": "no"})
        for table in (Questionnaire, Answers):
            with pytest.raises(DatabaseError), transaction.atomic():
                table.objects.all().delete()
        with pytest.raises(DatabaseError), transaction.atomic():
            Answers.objects.filter(pk=row.pk).update(values={"hurt": "yes"})


def test_answering_again_makes_another_row_and_the_first_stays() -> None:
    """Both stand, in order, with who and when; the latest is the last."""
    boss = factories.officer("force-incident-manager")
    made, one = incident(boss), survey()
    with within(boss):
        commands.answer(boss, questionnaire=one, about=made, values={"words": "fell ", "hurt": ""})
        commands.answer(boss, questionnaire=one, about=made, values={"words": "was pushed", "hurt": "declined"})
        rows = list(queries.all_about(boss, about=made.pk, key=one.key))
        last = queries.latest(boss, about=made.pk, key=one.key)
    assert [(row.time, row.values) for row in rows] == [
        (1, {"words": "fell"}), (2, {"words": "was pushed", "hurt": "declined"}),
    ]  # fmt: skip
    assert last == rows[1]
    assert rows[0].by_name == boss.name


def test_answers_to_no_question_are_refused_with_all_the_reasons() -> None:
    """An answer that its question does not accept and one to no question at all are both said."""
    boss = factories.officer("force-incident-manager")
    made = incident(boss)
    with within(boss), pytest.raises(Refused) as refused:
        commands.answer(boss, questionnaire=survey(), about=made, values={"hurt": "perhaps", "colour": "blue"})
    assert {reason.field for reason in refused.value.reasons} == {"hurt", "colour"}


def test_scores_of_two_versions_are_never_added_up() -> None:
    """Counting asks for one version by number."""
    boss = factories.officer("force-incident-manager")
    made = incident(boss)
    old, new = survey(), survey(2, date(2019, 4, 1))
    with within(boss):
        commands.answer(boss, questionnaire=old, about=made, values={"hurt": "no"})
        commands.answer(boss, questionnaire=new, about=made, values={"hurt": "yes"})
        counts = [queries.answered(boss, key=old.key, number=number).count() for number in (1, 2, 3)]
        asked = queries.asked_by(queries.all_about(boss, about=made.pk, key=old.key)[0])
    assert counts == [1, 1, 0]
    assert asked == old


def test_the_version_in_force_on_a_day() -> None:
    """The last day of the first version and the first day of the second; before either there is none."""
    old, new = survey(), survey(2, date(2019, 4, 1))
    assert version_on("tests.survey", date(2019, 3, 31)) == old
    assert version_on("tests.survey", date(2019, 4, 1)) == new
    with pytest.raises(LookupError):
        version_on("tests.survey", date(2018, 12, 31))


def test_what_was_not_asked_is_told_from_what_was_declined() -> None:
    """To decline is an answer; an empty box is none."""
    one = survey()
    assert [question.key for question in one.unanswered({"hurt": "declined", "words": " "})] == ["words", "how"]
    assert THRIVE.question("threat-level").accepts("high")
    assert not THRIVE.question("threat-level").accepts("enormous")
    with pytest.raises(ValueError, match="a text has no choices"):
        Question("odd", "Odd?", Answering.TEXT, (("a", "A"),))


def test_answers_about_a_sealed_record_are_sealed_with_it() -> None:
    """Whoever may not see the record may not see what was answered about it."""
    keeper = factories.officer("force-incident-manager", team=factories.team())
    other = factories.officer("force-incident-manager", team=factories.team())
    made = incident(keeper, handling=2)
    with within(keeper):
        commands.answer(keeper, questionnaire=survey(), about=made, values={"words": "hidden"})
        assert queries.all_about(keeper, about=made.pk).count() == 1
    with within(other):
        assert queries.all_about(other, about=made.pk).count() == 0
        assert Answers.objects.filter(about=made.pk).count() == 0  # the database's own policy, without the filter
