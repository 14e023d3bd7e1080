"""What matters is written from facts in one order: trend, danger, children, instruction, what is late."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest

from watchward.domains.contact.models import Call
from watchward.domains.contact.pages.telling import matters, trend_words
from watchward.domains.contact.queries import Looked, Owes, Resident, Shown, Stands, Whole
from watchward.domains.contact.rules import Trend
from watchward.foundation.linkage.vocabulary import Standing
from watchward.foundation.ui.parts import Said

NOW = datetime(2019, 7, 1, 6, 45, tzinfo=UTC)
KERRY, DEAN, PLACE = UUID(int=1), UUID(int=2), UUID(int=3)


def plain(said: Said) -> str:
    """Return a sentence without what stands out in it."""
    pieces = said if isinstance(said, tuple) else (said,)
    return "".join(piece if isinstance(piece, str) else getattr(piece, "words", "") for piece in pieces)


def looked(what: str = "domestic-now", **facts: Any) -> Looked:
    """Return a call looked up, with these facts."""
    call = Call(line="999", what=what, caller="Kez Machin", rang_at=NOW, made_at=NOW)
    her = Shown(KERRY, "Kerry-Ann Machin", "Adult, 31", None, "F", Standing.STRONG, "her", ())
    return replace(Looked(Whole(call), NOW, guesses=(her,)), **facts)


def child(name: str) -> Resident:
    """Return a child of the house."""
    return Resident(UUID(int=9), name, "Child, 7", True, None, "")


DEAN_LIVES = Resident(DEAN, "Dean Salt", "Adult, 34", False, None, "")
KNIFE = Stands(
    DEAN, "person", "Violent: carried a knife", "", datetime(2017, 5, 2, tzinfo=UTC), None, frozenset({"warning"}),
    "warning",
)  # fmt: skip
URGENT = Stands(PLACE, "place", "Treat calls as urgent", "", NOW, None, frozenset({"treat-as-urgent"}), "marked")
DOG = Stands(PLACE, "place", "Dangerous dog: two loose in the yard", "", NOW, None, frozenset({"warning"}), "marked")
DIAL = Owes("Was she assessed?", "Risk assessment (DIAL) of 28 June.", NOW - timedelta(hours=32), KERRY)
SOON = Owes("Was she told?", "Update on the stolen bank card", NOW + timedelta(hours=3), KERRY)
RISING = Trend(4, 4, 7, Fraction(1, 784))


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (
            {
                "trend": replace(RISING, worse=True), "residents": (DEAN_LIVES, child("Ellie"), child("Jack")),
                "stands": (URGENT, KNIFE), "owed": (SOON, DIAL),
            },
            "4th contact in 30 days, rising and getting worse. Dean Salt lives here: violent, carried a knife (2017)."
            " 2 children in the house. Place marked treat as urgent."
            " Risk assessment (DIAL) of 28 June: 32 h late.",
        ),
        ({"trend": RISING}, "4th contact in 30 days, rising."),
        ({"trend": Trend(1, 2, 4, worse=True)}, "4th contact in a year, getting worse."),
        ({"residents": (child("Ellie"),)}, "1 child in the house."),
        ({"trend": Trend(1, 1, 2), "stands": (URGENT,)}, "2nd contact in a year. Place marked treat as urgent."),
        ({"stands": (DOG,)}, "At the place: dangerous dog: two loose in the yard."),
        ({"stands": (KNIFE,)}, "Somebody involved: violent, carried a knife (2017)."),
        ({"owed": (DIAL, replace(DIAL, due=NOW - timedelta(days=9)))},
         "Risk assessment (DIAL) of 28 June: 32 h late, 1 more late."),
    ],
)  # fmt: skip
def test_the_order_is_fixed(facts: dict[str, Any], words: str) -> None:
    """However the facts arrive, the sentence tells trend, danger, children, instruction and what is late."""
    told = matters(looked(**facts))
    assert plain(told.words) == words
    assert not told.calm


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"trend": Trend(1, 1, 2)}, "2nd contact in a year, not rising. No markers, nothing owed."),
        ({"trend": Trend(2, 2, 2)}, "2nd contact in 30 days, too few to say if rising. No markers, nothing owed."),
        ({}, "First contact in a year. No markers, nothing owed."),
        ({"residents": (child("Ellie"),)}, "First contact in a year. No markers, nothing owed."),
        ({"owed": (SOON,)}, "First contact in a year. No markers."),
    ],
)
def test_a_routine_call_is_calm(facts: dict[str, Any], words: str) -> None:
    """Found property: nothing is shouted, not even that children live there."""
    told = matters(looked("found", **facts))
    assert (plain(told.words), told.calm) == (words, True)


def test_a_blank_call_says_what_to_do() -> None:
    """With nothing typed there is nothing to say but how to begin."""
    blank = replace(looked(""), held=Whole(Call(line="999", rang_at=NOW)), guesses=())
    assert plain(matters(blank).words).startswith("Type a number, a name or a place")


@pytest.mark.parametrize(
    ("trend", "words"),
    [
        (RISING,
         "4 in 30 days, 4 in 90, 7 in a year. Rising: at the earlier rate, chance gives this about once in 800."),
        (Trend(1, 1, 2), "1 in 30 days, 1 in 90, 2 in a year. Not rising."),
        (Trend(2, 3, 5), "2 in 30 days, 3 in 90, 5 in a year. Too few to say if rising."),
        (Trend(1, 1, 1), "No contact before this in a year."),
        (Trend(3, 4, 9, Fraction(1, 4), worse=True),
         "3 in 30 days, 4 in 90, 9 in a year. Not rising. More urgent than any before."),
    ],
)  # fmt: skip
def test_the_trend_in_words(trend: Trend, words: str) -> None:
    """Counts with their periods; a chance only where there are enough to compare."""
    assert plain(trend_words(trend)) == words
