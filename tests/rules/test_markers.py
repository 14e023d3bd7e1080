"""What a marker needs, and when it is looked at again: pure rules, every reason at once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from watchward.domains.people.vocabulary import MarkerKind
from watchward.foundation.markers import rules
from watchward.foundation.markers.rules import Said
from watchward.kernel.dated import UNSET, Dated, Version
from watchward.kernel.periods import Months
from watchward.kernel.refusals import Refusal

TODAY = date(2019, 7, 1)
GOOD = {
    "kind": "violent", "words": "Threw a chair", "grounds": "Arrest on 3 May", "source": "C-1",
    "review_on": date(2019, 12, 1), "until": None,
}  # fmt: skip


UNSET_YET: Dated[Months] = Dated(
    chosen_by="the day on which the review was set",
    versions=(Version(in_force=date(2018, 1, 1), value=UNSET, cite="Force policy on markers, to be set"),),
)
SIX: Dated[Months] = Dated(
    chosen_by="the day on which the review was set",
    versions=(Version(in_force=date(2018, 1, 1), value=Months(6), cite="Force policy on markers"),),
)


def refused(*, policy: Dated[Months] = UNSET_YET, **change: Any) -> tuple[Refusal, ...]:
    """Return why a good marker that is changed like this may not be put up."""
    return rules.why_not_mark(Said(**{**GOOD, **change}), kinds=list(MarkerKind), today=TODAY, policy=policy)


def codes(**change: Any) -> set[str]:
    """Return the fields refused when a good marker is changed like this."""
    return {reason.field for reason in refused(**change)}


def test_a_marker_with_all_it_needs_is_not_refused() -> None:
    """Kind, words, grounds, source and a day of review."""
    assert codes() == set()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "rude"}, "kind"),
        ({"words": " "}, "words"),
        ({"words": "x" * 301}, "words"),
        ({"grounds": "because"}, "grounds"),
        ({"source": ""}, "source"),
        ({"review_on": None}, "review_on"),
        ({"review_on": TODAY}, "review_on"),
        ({"until": TODAY}, "until"),
        ({"until": date(2019, 11, 1)}, "review_on"),
    ],
)
def test_a_marker_lacks_something(change: dict[str, object], field: str) -> None:
    """Each thing that may be wrong is named at its field."""
    assert field in codes(**change)


def test_all_that_is_wrong_with_a_marker_is_said_at_once() -> None:
    """Six reasons, not the first of them."""
    assert codes(kind="", words="", grounds="", source="", review_on=None, until=TODAY) == {
        "kind", "words", "grounds", "source", "review_on", "until",
    }  # fmt: skip


def test_the_force_s_longest_interval_bounds_a_review_once_it_is_set() -> None:
    """Unset it bounds nothing; set to six months, a review in seven is refused with the policy."""
    assert refused(review_on=date(2039, 1, 1)) == ()
    assert refused(review_on=date(2020, 1, 1), policy=SIX) == ()
    (reason,) = refused(review_on=date(2020, 2, 1), policy=SIX)
    assert reason.words == "The review comes within 6 months."
    assert reason.cite == "Force policy on markers"


def test_who_names_no_day_gets_the_earliest_that_is_known() -> None:
    """The day on which it ends, or the last that the policy allows, whichever comes first."""
    said = Said(kind="violent", words="x", grounds="x y", source="C-1", until=date(2020, 3, 1))
    assert said.review_day(today=TODAY, policy=UNSET_YET) == date(2020, 3, 1)
    assert said.review_day(today=TODAY, policy=SIX) == date(2020, 1, 1)
    assert (
        Said(kind="violent", words="x", grounds="x y", source="C-1").review_day(today=TODAY, policy=UNSET_YET) is None
    )


def test_what_came_of_a_look_is_said_in_full() -> None:
    """A look that keeps a marker names its next day after this one, and every look says why."""

    def wrong(**change: Any) -> set[str]:
        said = {"keep": True, "reason": "still so", "words": None, "review_on": date(2019, 12, 1), "until": None}
        return {one.field for one in rules.why_not_review(**{**said, **change}, today=TODAY, policy=SIX)}

    assert wrong() == set()
    assert wrong(keep=False, review_on=None) == set()
    assert wrong(reason="ok", review_on=None, words=" ") == {"reason", "review_on", "words"}
    assert wrong(until=date(2019, 11, 1)) == {"review_on"}
    assert wrong(until=TODAY, review_on=date(2020, 6, 1)) == {"until", "review_on"}


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("approved", [True, False])
@pytest.mark.parametrize("ended", [True, False])
def test_a_marker_is_approved_once_by_somebody_else_while_it_stands(own: bool, approved: bool, ended: bool) -> None:
    """Each reason against it is given, and with none it may be approved."""
    found = {reason.code for reason in rules.why_not_approve(own=own, approved=approved, ended=ended)}
    assert found == {code for code, so in (("own", own), ("approved", approved), ("ended", ended)) if so}
