"""A telephone number is on record once, however it is written."""

from __future__ import annotations

import pytest

from tests.factories import officer
from watchward.domains.objects import commands, queries, vocabulary
from watchward.foundation.access.context import within
from watchward.foundation.commands import Denied
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.mark.report("CON-07", by="objects.commands.record_number")
def test_recorded_once_however_written() -> None:
    """The second writing of a number gives back the first record."""
    handler = officer("call-handler")
    with within(handler):
        first = commands.record_number(handler, typed="07700 900123")
        assert first.normal == "+447700900123"
        assert first.kind == vocabulary.NumberKind.MOBILE
        again = commands.record_number(handler, typed="+44 (0)7700-900-123")
        assert again.pk == first.pk
        found = queries.number(handler, typed="00447700900123")
        assert found is not None
        assert found.pk == first.pk
        assert queries.shown(handler, ids=[first.pk]) == {first.pk: "07700 900123"}
        assert queries.number(handler, typed="07700 900124") is None


@pytest.mark.parametrize(
    ("typed", "words"),
    [("withheld", "The number was withheld."), ("", "Give a telephone number."), ("hello", "no telephone number")],
)
def test_what_is_no_number_is_refused(typed: str, words: str) -> None:
    """A withheld number, a blank and a word are each refused in their own words, at their field."""
    handler = officer("call-handler")
    with within(handler), pytest.raises(Refused, match=words) as refused:
        commands.record_number(handler, typed=typed)
    assert [reason.field for reason in refused.value.reasons] == ["number"]


def test_many_at_once() -> None:
    """Bulk work records each number once and says which text became which."""
    handler = officer("call-handler")
    with within(handler):
        first = commands.record_number(handler, typed="01632 960001")
        ids = commands.record_numbers(handler, typed=["01632960001", "01632 960002", "withheld", "01632-960002"])
        assert set(ids) == {"01632960001", "01632 960002", "01632-960002"}
        assert ids["01632960001"] == first.pk
        assert ids["01632 960002"] == ids["01632-960002"]
        assert queries.ids_of(handler, typed=["01632 960 002", "01632 960 003"]) == {
            "01632 960 002": ids["01632 960002"]
        }


def test_a_shared_number_says_whose() -> None:
    """A payphone is said to be one, and can be said not to be after all."""
    handler = officer("call-handler")
    with within(handler):
        number = commands.record_number(handler, typed="01632 960010")
        with pytest.raises(Refused, match="Say what shares it"):
            commands.say_shared(handler, number=number.pk, words=" ")
        commands.say_shared(handler, number=number.pk, words="Payphone, Market Place")
        assert queries.number_of(handler, id_=number.pk).shared
        commands.say_shared(handler, number=number.pk, words="", shared=False)
        assert queries.number_of(handler, id_=number.pk).shared_words == ""


def test_an_auditor_records_nothing() -> None:
    """Whoever only reads cannot record a number."""
    auditor = officer("auditor")
    with within(auditor), pytest.raises(Denied):
        commands.record_number(auditor, typed="01632 960011")
