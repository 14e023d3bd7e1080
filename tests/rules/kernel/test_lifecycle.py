"""Lifecycles know every state, every move, and why a move is refused."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import pytest

from watchward.kernel.lifecycle import Lifecycle
from watchward.kernel.refusals import Refused


class Wanted(StrEnum):
    """States of a small register."""

    IDENTIFIED = "identified"
    CIRCULATED = "circulated"
    IN_PRISON = "in_prison"
    CANCELLED = "cancelled"


LIFE = Lifecycle(
    "Wanted person",
    Wanted.IDENTIFIED,
    (
        (Wanted.IDENTIFIED, "circulate", Wanted.CIRCULATED),
        (Wanted.CIRCULATED, "suspend", Wanted.IN_PRISON),
        (Wanted.IN_PRISON, "circulate", Wanted.CIRCULATED),
        (Wanted.CIRCULATED, "cancel", Wanted.CANCELLED),
        (Wanted.IDENTIFIED, "cancel", Wanted.CANCELLED),
    ),
)


@pytest.mark.parametrize("state", Wanted)
@pytest.mark.parametrize("verb", ["circulate", "suspend", "cancel"])
def test_every_move_from_every_state_is_either_made_or_refused_with_words(state: Wanted, verb: str) -> None:
    """The reasons and the move never disagree."""
    table = {(before, name): after for before, name, after in LIFE.moves}
    if (state, verb) in table:
        assert LIFE.why_not(state, verb) == ()
        assert LIFE.after(state, verb) is table[state, verb]
        assert verb in LIFE.moves_from(state)
    else:
        (reason,) = LIFE.why_not(state, verb)
        assert reason.code == "wrong-state"
        assert state.value.replace("_", " ") in reason.words
        with pytest.raises(Refused):
            LIFE.after(state, verb)


def test_the_words_say_what_can_be_done_instead() -> None:
    """Or that nothing can."""
    (reason,) = LIFE.why_not(Wanted.IN_PRISON, "cancel")
    assert reason.words == "You cannot cancel this wanted person: it is in prison. You can: circulate."
    (reason,) = LIFE.why_not(Wanted.CANCELLED, "cancel")
    assert reason.words.endswith("Nothing more can be done with it.")


def test_states_are_the_whole_enum_and_final_ones_lead_nowhere() -> None:
    """In the order of the enum."""
    assert LIFE.states == tuple(Wanted)
    assert LIFE.final == (Wanted.CANCELLED,)
    assert LIFE.verbs == ("circulate", "suspend", "cancel")
    assert LIFE.moves_from(Wanted.IDENTIFIED) == ("circulate", "cancel")


def test_a_verb_that_the_lifecycle_does_not_have_is_a_fault_of_the_program() -> None:
    """It is not a refusal to a person."""
    with pytest.raises(LookupError, match="has no move 'fly'"):
        LIFE.why_not(Wanted.IDENTIFIED, "fly")


def test_a_lifecycle_with_a_hole_is_refused_when_made() -> None:
    """A state that nothing leads to, a verb with two ends, a move without a verb, a stranger, no title."""
    only = ((Wanted.IDENTIFIED, "circulate", Wanted.CIRCULATED),)
    with pytest.raises(ValueError, match="nothing leads to IN_PRISON, CANCELLED"):
        Lifecycle("Wanted person", Wanted.IDENTIFIED, only)
    with pytest.raises(ValueError, match="leads to two states"):
        Lifecycle("Wanted person", LIFE.start, (*LIFE.moves, (Wanted.IDENTIFIED, "cancel", Wanted.IN_PRISON)))
    with pytest.raises(ValueError, match="has no verb"):
        Lifecycle("Wanted person", LIFE.start, (*LIFE.moves, (Wanted.IDENTIFIED, " ", Wanted.IN_PRISON)))
    with pytest.raises(ValueError, match="is not of Wanted"):
        Lifecycle[Any]("Wanted person", LIFE.start, (*LIFE.moves, ("lost", "find", Wanted.CANCELLED)))
    with pytest.raises(ValueError, match="needs a title"):
        Lifecycle(" ", LIFE.start, LIFE.moves)


def test_it_draws_itself() -> None:
    """As the text of a Mermaid state diagram, final states leading out."""
    assert LIFE.mermaid() == (
        "stateDiagram-v2\n"
        '    state "Identified" as identified\n'
        '    state "Circulated" as circulated\n'
        '    state "In prison" as in_prison\n'
        '    state "Cancelled" as cancelled\n'
        "    [*] --> identified\n"
        "    identified --> circulated : circulate\n"
        "    circulated --> in_prison : suspend\n"
        "    in_prison --> circulated : circulate\n"
        "    circulated --> cancelled : cancel\n"
        "    identified --> cancelled : cancel\n"
        "    cancelled --> [*]\n"
    )
