"""Lists of codes: what may be chosen depends on the day, and loading twice is loading once."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories import machinery, officer
from watchward.foundation.access.context import within
from watchward.foundation.commands import Denied
from watchward.foundation.records import NotHere
from watchward.foundation.reference import queries
from watchward.foundation.reference.commands import CodeRow, LoadedCodes, load_codes
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db

OLD, NEW = date(2015, 4, 1), date(2019, 4, 1)
ROWS = (
    CodeRow("8", "Further investigation not in the public interest", OLD),
    CodeRow("1", "Charged", OLD, NEW),
    CodeRow("1", "Charged or summonsed", NEW),
)


def _load(rows: tuple[CodeRow, ...]) -> LoadedCodes:
    acting = machinery()
    with within(acting):
        return load_codes(acting, list_="outcomes", title="Outcomes", source="Counting rules, 2019", rows=rows)


def test_loading_twice_is_loading_once() -> None:
    """The second run finds all there; a changed word is a change, and what is left out stays."""
    assert _load(ROWS) == LoadedCodes(added=3, changed=0, already=0)
    assert _load(ROWS) == LoadedCodes(added=0, changed=0, already=3)
    assert _load((*ROWS[:2], CodeRow("1", "Charged, or summonsed", NEW))) == LoadedCodes(0, 1, 2)
    assert _load(ROWS[1:2]).added == 0
    acting = officer("call-handler")
    with within(acting):
        assert len(queries.codes(acting, list_="outcomes", on=NEW)) == 2


def test_a_code_that_ends_makes_room_for_the_next() -> None:
    """A list that stood open is loaded again with the day on which one meaning gave way to another."""
    _load((CodeRow("1", "Charged", OLD),))
    assert _load(ROWS[1:]) == LoadedCodes(added=1, changed=1, already=0)


def test_what_may_be_chosen_on_a_day() -> None:
    """The day of the fact picks the meaning, in the order of the list; before the first day there is none."""
    _load(ROWS)
    acting = officer("call-handler")
    with within(acting):
        before = [row.words for row in queries.codes(acting, list_="outcomes", on=date(2019, 3, 31))]
        after = [row.words for row in queries.codes(acting, list_="outcomes", on=NEW)]
        assert before == ["Further investigation not in the public interest", "Charged"]
        assert after == ["Further investigation not in the public interest", "Charged or summonsed"]
        assert not queries.codes(acting, list_="outcomes", on=date(2015, 3, 31))
        assert queries.words_of(acting, list_="outcomes", code="1", on=date(2018, 1, 1)) == "Charged"
        assert queries.words_of(acting, list_="outcomes", code="99", on=NEW) == ""
        with pytest.raises(NotHere):
            queries.codes(acting, list_="outcome", on=NEW)
        assert [row.key for row in queries.code_lists(acting)] == ["outcomes"]


def test_every_fault_of_a_list_at_once() -> None:
    """An overlap, an end before the start and missing words are all named."""
    with pytest.raises(Refused) as refused:
        _load((CodeRow("1", "Charged", OLD), CodeRow("1", "Summonsed", NEW), CodeRow("2", " ", NEW, OLD)))
    assert len(refused.value.reasons) == 3
    with pytest.raises(Refused, match="no codes"):
        _load(())


def test_who_loads() -> None:
    """Only an administrator, or the machinery, loads a list."""
    acting = officer("sergeant")
    with within(acting), pytest.raises(Denied):
        load_codes(acting, list_="x", title="X", source="X", rows=ROWS)
