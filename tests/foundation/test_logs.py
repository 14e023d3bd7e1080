"""What stands in the log: where a fault happened and of what kind it was, and nothing that anybody typed."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from watchward.foundation.running.logs import Lines, Plain

TYPED = "kerry.machin@mail.example"


def record_of(error: BaseException) -> logging.LogRecord:
    """Return the record that a handler of requests writes of an error."""
    return logging.LogRecord(
        "django.request", logging.ERROR, __file__, 1, "Internal Server Error: %s", ("/people/",),
        (type(error), error, error.__traceback__),
    )  # fmt: skip


def fail_twice() -> BaseException:
    """Fail in handling a failure, each with what was typed in its words."""
    try:
        try:
            raise KeyError(TYPED)
        except KeyError as first:
            raise ValueError(f"{TYPED} is no name") from first
    except ValueError as second:
        return second


def test_where_and_what_kind_and_no_words() -> None:
    """The cause comes first, each with the line and the function, none with its words."""
    said = Plain().format(record_of(fail_twice()))
    assert TYPED not in said
    assert said.index("KeyError") < said.index("ValueError")
    assert "test_logs.py" in said
    assert "fail_twice" in said
    assert said.startswith("ERROR django.request Internal Server Error: /people/")


def test_a_line_for_machines_is_one_object() -> None:
    """Time in UTC, level, logger, words, and the kinds of fault in their order."""
    (line,) = Lines().format(record_of(fail_twice())).splitlines()
    said = json.loads(line)
    assert TYPED not in line
    assert said["fault"] == ["KeyError", "ValueError"]
    assert (said["level"], said["logger"]) == ("error", "django.request")
    assert said["at"].endswith("+00:00")
    assert json.loads(Lines().format(logging.LogRecord("x", logging.INFO, "", 1, "well", (), None))).keys() == {
        "at", "level", "logger", "process", "words"
    }  # fmt: skip


@pytest.mark.django_db
def test_a_value_that_the_database_names_is_not_logged() -> None:
    """The database says which value was there already: the log has its code and the names of what was concerned."""
    with connection.cursor() as cursor:
        cursor.execute("create temp table typed (mail text constraint once unique)")
        cursor.execute("insert into typed values (%s)", [TYPED])
        with pytest.raises(IntegrityError, match=TYPED) as raised, transaction.atomic():
            cursor.execute("insert into typed values (%s)", [TYPED])
    for form in (Plain(), Lines()):
        said = form.format(record_of(raised.value))
        assert TYPED not in said
        assert "code 23505, table typed, constraint once" in said


def test_the_force_logs_so() -> None:
    """These forms are those of every process: no other formatter, and no other handler."""
    logging_: Any = settings.LOGGING
    made = {name: each["()"] for name, each in logging_["formatters"].items()}
    assert made == {
        "plain": "watchward.foundation.running.logs.Plain", "json": "watchward.foundation.running.logs.Lines"
    }  # fmt: skip
    assert [each["formatter"] for each in logging_["handlers"].values()] == ["plain"]
