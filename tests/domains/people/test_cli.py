"""`watchward recognise ask`: who somebody might be, from the command line."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import Any

import pytest

from tests import factories
from tests.domains.people import world
from watchward.config import cli as whole
from watchward.domains.people import cli
from watchward.foundation.access.context import within
from watchward.foundation.audit.models import Trace
from watchward.kernel.refusals import Refused

LINES = """name: Kez Sharples
phone: 07700 900123

Date of birth: 09/03/1988
address: 27 Kilncroft Street
postcode: ST6 5QX
"""


def test_lines_become_a_question() -> None:
    """In any order, with the common words for each field."""
    asked = cli.asked_of(LINES.splitlines())
    assert (asked.name, asked.number, asked.date_of_birth) == ("Kez Sharples", "07700 900123", date(1988, 3, 9))
    assert asked.address == "27 Kilncroft Street, ST6 5QX"
    assert cli.asked_of(["postcode: ST6 5QX"]).address == "ST6 5QX"


def test_lines_that_mean_nothing_are_all_refused_at_once() -> None:
    """Each with its number; and so is an empty question."""
    with pytest.raises(Refused) as found:
        cli.asked_of(["shoe: 5", "Kerry", "dob: yesterday"])
    assert [reason.words.split(":")[0].split(" begins")[0] for reason in found.value.reasons] == [
        "Line 1", "Line 2", "Line 3",
    ]  # fmt: skip
    with pytest.raises(Refused, match="Nothing was asked"):
        cli.asked_of(["name:", ""])


@pytest.mark.django_db
def test_it_says_who_this_might_be_and_leaves_its_trace(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In words, or as one object; by the machinery, and the trace says whose home this is."""
    person = world.kerry(factories.machinery())

    def run(*arguments: str) -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO(LINES))
        asked = whole.parser().parse_args(["recognise", "ask", *arguments])
        assert asked.run(asked) == 0
        return capsys.readouterr().out

    said = run("--purpose", "a letter to answer")
    assert said.startswith(f"Strong fit: Kerry Ann Sharples, {person.reference}.")
    assert said.splitlines()[0].endswith("born 9 March 1988")
    lines = [" ".join(line.split()) for line in said.splitlines()]
    assert "Strong: Born 9 March 1988" in lines
    assert "Missing: No address recorded" in lines
    shape: dict[str, Any] = json.loads(run("--json"))
    assert [one["reference"] for one in shape["candidates"]] == [person.reference]
    assert shape["candidates"][0]["probability"] is None
    assert shape["locked"] == 0
    with within(factories.machinery()):
        traces = Trace.objects.filter(what="people.recognise").order_by("id")
        assert [trace.purpose for trace in traces] == [
            "a letter to answer, by whoever runs this home", "asked from the command line, by whoever runs this home",
        ]  # fmt: skip
