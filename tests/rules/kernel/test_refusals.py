"""Refusals say everything at once, in words."""

from __future__ import annotations

import pickle

import pytest

from watchward.kernel.refusals import Refusal, Refused, refuse_if

LATE = Refusal("The limit passed yesterday.", cite="PACE 1984 s 47ZD", field="until", code="too-late")


def test_all_the_reasons_are_given_at_once() -> None:
    """Bare words become a refusal; the order is kept."""
    with pytest.raises(Refused) as caught:
        refuse_if([LATE, "An inspector must decide."])
    assert caught.value.reasons == (LATE, Refusal("An inspector must decide."))
    assert str(caught.value) == "The limit passed yesterday. An inspector must decide."
    assert caught.value.about("until") == (LATE,)
    assert caught.value.about("") == (Refusal("An inspector must decide."),)


def test_no_reason_is_no_refusal() -> None:
    """Empty means yes; and nobody can refuse without saying why."""
    refuse_if(())
    with pytest.raises(ValueError, match="at least one reason"):
        Refused()
    with pytest.raises(ValueError, match="needs words"):
        Refusal("  ")
    with pytest.raises(TypeError, match="not one string"):
        refuse_if("one string is not a list of reasons")


def test_reasons_from_a_generator_are_read_once_and_all_kept() -> None:
    """Rules may yield their reasons."""
    with pytest.raises(Refused) as caught:
        refuse_if(Refusal(f"Reason {n}.") for n in range(3))
    assert len(caught.value.reasons) == 3


def test_a_refusal_survives_another_process() -> None:
    """The worker's refusal reads the same in the queue."""
    again = pickle.loads(pickle.dumps(Refused(LATE, "And more.")))  # noqa: S301
    assert again.reasons == (LATE, Refusal("And more."))
