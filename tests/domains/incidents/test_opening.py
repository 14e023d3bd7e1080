"""An incident is graded the moment it is opened, by the policy or by a person who says why."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.domains.incidents.scenes import NOW, after, all_six, handler, incident, manager
from watchward.domains.incidents import commands, queries
from watchward.domains.incidents.models import Grading, LogLine
from watchward.domains.incidents.vocabulary import Element, Grade, Heard, Kind, Level, Qualifier, Sign, Stage
from watchward.foundation.access.context import within
from watchward.foundation.records import Stale
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db


def test_an_incident_is_graded_as_it_is_opened() -> None:
    """Violence now with the man still there is Immediate: 15 minutes from when it rang, not from when it was opened."""
    acting = after(handler(), 2)
    made = incident(acting, signs=(Sign.VIOLENCE_NOW, Sign.STILL_THERE), reported_at=NOW)
    assert (made.grade, made.stage) == (Grade.IMMEDIATE, Stage.OPEN)
    assert made.target_at == NOW + timedelta(minutes=15)
    assert made.reference.startswith("I-190701-")
    assert Qualifier.DOMESTIC_ABUSE in made.qualifiers
    with within(acting):
        (grading,) = queries.gradings(acting, incident=made)
        assert [rule for rule, _words, _grade in grading.reasons][:2] == ["1.2", "2.2"]


def test_an_incident_without_any_sign_still_has_a_grade_and_a_target() -> None:
    """Nothing can be opened that no clock watches."""
    acting = handler()
    made = incident(acting, signs=(), kind=Kind.DAMAGE)
    assert (made.grade, made.target_at) == (Grade.SCHEDULED, NOW + timedelta(hours=48))


def test_another_grade_needs_its_reason() -> None:
    """A call handler may give another grade than the policy's, and says why."""
    acting = handler()
    with pytest.raises(Refused) as refused:
        incident(acting, what=" ", grade=Grade.IMMEDIATE)
    assert {reason.field for reason in refused.value.reasons} == {"reason", "what"}
    made = incident(acting, grade=Grade.IMMEDIATE, reason="He is coming back with a key")
    with within(acting):
        grading = Grading.visible_to(acting).get(incident=made)
    assert (grading.suggested, grading.grade, grading.reason) == (2, 1, "He is coming back with a key")


@pytest.mark.report("CON-04", by="incidents.commands.assess")
@pytest.mark.report("CON-05", by="incidents.commands.assess")
def test_thrive_is_kept_each_time_and_raises_a_grade_by_itself() -> None:
    """High threat with likely harm makes a Priority incident Immediate; the first THRIVE stays as it was."""
    acting = handler()
    made = incident(acting)
    with within(acting):
        first = commands.assess(acting, incident=made.pk, answers={Element.THREAT: Heard("He has left", Level.SOME)})
        later = after(acting, 3)
        worse = {**all_six(), Element.THREAT: Heard("He is back", Level.HIGH), Element.RISK: Heard("", Level.HIGH)}
        second = commands.assess(later, incident=made.pk, answers=worse)
        made.refresh_from_db()
        kept = [a.answers.values["threat"] for a in queries.assessments(acting, incident=made)]
    assert kept == ["He has left", "He is back"]
    assert (first.finished, second.finished) == (False, True)
    assert made.grade == Grade.IMMEDIATE
    assert made.target_at == NOW + timedelta(minutes=3 + 15)


def test_thrive_never_lowers_a_grade_by_itself() -> None:
    """A person lowers it, by naming the grade."""
    acting = handler()
    made = incident(acting, signs=(Sign.VIOLENCE_NOW, Sign.STILL_THERE))
    calm = all_six(Level.NONE)
    with within(acting):
        commands.assess(acting, incident=made.pk, answers=calm, signs=(Sign.DOMESTIC_ABUSE,))
        made.refresh_from_db()
        assert made.grade == Grade.IMMEDIATE
        commands.assess(acting, incident=made.pk, answers=calm, signs=(Sign.DOMESTIC_ABUSE,), grade=Grade.PRIORITY)
        made.refresh_from_db()
    assert made.grade == Grade.PRIORITY
    assert made.target_at == NOW + timedelta(minutes=60)


@pytest.mark.report("DAB-01", by="incidents.commands.give_grade")
def test_each_grade_is_kept_with_who_gave_it_and_why() -> None:
    """The grade and the regrade of a domestic incident stand side by side."""
    acting = manager()
    made = incident(acting)
    with within(acting):
        commands.give_grade(acting, incident=made.pk, grade=Grade.IMMEDIATE, reason="Her sister rang: he has a knife")
        rows = list(queries.gradings(acting, incident=made))
    assert [(row.before, row.suggested, row.grade) for row in rows] == [(None, 2, 2), (2, 2, 1)]
    assert rows[1].reason == "Her sister rang: he has a knife"
    assert rows[1].by_name == acting.name


def test_two_people_cannot_grade_over_each_other() -> None:
    """Whoever looked at an older version is told, and both versions stand."""
    acting, other = manager(), manager()
    made = incident(acting)
    with within(other):
        commands.give_grade(other, incident=made.pk, grade=Grade.IMMEDIATE, reason="A neighbour heard it", version=1)
    with within(acting), pytest.raises(Stale) as stale:
        commands.give_grade(acting, incident=made.pk, grade=Grade.SCHEDULED, reason="She is at work now", version=1)
    assert stale.value.record.version == 2


def test_the_log_is_only_added_to() -> None:
    """Lines of people and of the system stand with their second, and the database takes no change of one."""
    from django.db import DatabaseError, transaction

    acting = handler()
    made = incident(acting)
    with within(acting):
        line = commands.add_log_line(acting, incident=made.pk, words="Baby crying in the background")
        lines = list(queries.log(acting, incident=made))
        assert [(row.automatic, row.words) for row in lines] == [
            (False, "Baby crying in the background"), (True, "Opened, 2 Priority"),
        ]  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            LogLine.objects.filter(pk=line.pk).update(words="Nothing heard")
