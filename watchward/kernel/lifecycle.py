"""States and the moves between them as one table, which says why a move is refused and draws itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from watchward.kernel.refusals import Refusal, Refused

S = TypeVar("S", bound=StrEnum)


@dataclass(frozen=True)
class Lifecycle(Generic[S]):
    """The life of one kind of record.

    Args:
        title: what it is the life of, as a person would say it: "release under investigation".
        start: the state in which it begins.
        moves: rows of (from, verb, to); a verb leads to one state only from each state.

    Raises:
        ValueError: when a member of the enum cannot be reached, a verb is ambiguous or a name is empty.
    """

    title: str
    start: S
    moves: tuple[tuple[S, str, S], ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "moves", tuple((before, verb, after) for before, verb, after in self.moves))
        if not self.title.strip():
            raise ValueError("A lifecycle needs a title.")
        seen: set[tuple[S, str]] = set()
        for before, verb, after in self.moves:
            if not isinstance(before, type(self.start)) or not isinstance(after, type(self.start)):
                raise ValueError(f"{self.title}: {before!r} to {after!r} is not of {type(self.start).__name__}.")
            if not verb.strip():
                raise ValueError(f"{self.title}: a move from {before!r} has no verb.")
            if (before, verb) in seen:
                raise ValueError(f"{self.title}: {verb!r} from {before!r} leads to two states.")
            seen.add((before, verb))
        stranded = [state.name for state in self.states if state not in self._reached()]
        if stranded:
            raise ValueError(f"{self.title}: nothing leads to {', '.join(stranded)}.")

    def _reached(self) -> set[S]:
        reached, waiting = {self.start}, [self.start]
        while waiting:
            here = waiting.pop()
            for before, _, after in self.moves:
                if before is here and after not in reached:
                    reached.add(after)
                    waiting.append(after)
        return reached

    @property
    def states(self) -> tuple[S, ...]:
        """Every state, in the order of the enum."""
        return tuple(type(self.start))

    @property
    def final(self) -> tuple[S, ...]:
        """The states that nothing leads out of."""
        return tuple(state for state in self.states if not self.moves_from(state))

    @property
    def verbs(self) -> tuple[str, ...]:
        """Every verb once, in the order of the table."""
        return tuple(dict.fromkeys(verb for _, verb, _ in self.moves))

    def moves_from(self, state: S) -> tuple[str, ...]:
        """Return the verbs that can be done in a state, in the order of the table."""
        return tuple(verb for before, verb, _ in self.moves if before is type(self.start)(state))

    def why_not(self, state: S, move: str) -> tuple[Refusal, ...]:
        """Return why a verb cannot be done in a state; empty means that it can.

        Raises:
            LookupError: when the lifecycle has no such verb, which is a fault of the program.
        """
        if move not in self.verbs:
            raise LookupError(f"{self.title} has no move {move!r}; it has {', '.join(self.verbs)}.")
        if move in self.moves_from(state):
            return ()
        others = self.moves_from(state)
        instead = f" You can: {', '.join(others)}." if others else " Nothing more can be done with it."
        return (
            Refusal(
                f"You cannot {move} this {_inside(self.title)}: it is {_label(state)}.{instead}", code="wrong-state"
            ),
        )

    def after(self, state: S, move: str) -> S:
        """Return the state that a verb leads to.

        Raises:
            Refused: when it cannot be done in this state.
            LookupError: when the lifecycle has no such verb.
        """
        reasons = self.why_not(state, move)
        if reasons:
            raise Refused(*reasons)
        return next(after for before, verb, after in self.moves if before == state and verb == move)

    def mermaid(self) -> str:
        """Return the lifecycle as the text of a Mermaid state diagram."""
        lines = ["stateDiagram-v2"]
        lines += [f'    state "{_capital(_label(state))}" as {state.name.lower()}' for state in self.states]
        lines.append(f"    [*] --> {self.start.name.lower()}")
        lines += [f"    {before.name.lower()} --> {after.name.lower()} : {verb}" for before, verb, after in self.moves]
        lines += [f"    {state.name.lower()} --> [*]" for state in self.final]
        return "\n".join(lines) + "\n"


def _label(state: StrEnum) -> str:
    return state.value.replace("_", " ").replace("-", " ")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _inside(title: str) -> str:
    """Lower the first letter of a title inside a sentence, unless it opens an abbreviation."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]
