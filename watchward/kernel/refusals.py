"""Why something may not be done, in words for the person who asked, with the rule it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Refusal:
    """One reason why something may not be done.

    Args:
        words: the reason as the person should read it, one plain sentence.
        cite: the law or policy it comes from, empty when it is only a matter of form.
        field: the name of the form field it belongs to, empty when it belongs to no single one.
        code: a stable name for machines, such as ``too-late``.

    Raises:
        ValueError: when there are no words, since a refusal that says nothing helps nobody.
    """

    words: str
    cite: str = ""
    field: str = ""
    code: str = ""

    def __post_init__(self) -> None:
        if not self.words.strip():
            raise ValueError("A refusal needs words that a person can act on.")

    def __str__(self) -> str:
        return self.words


class Refused(Exception):  # noqa: N818
    """Something was refused; ``reasons`` holds every reason at once, in the order they were found.

    Args:
        reasons: refusals, or bare words that become refusals without a citation.

    Raises:
        ValueError: when no reason is given.
    """

    reasons: tuple[Refusal, ...]

    def __init__(self, *reasons: Refusal | str) -> None:
        if not reasons:
            raise ValueError("To refuse is to say why: give at least one reason.")
        self.reasons = tuple(Refusal(reason) if isinstance(reason, str) else reason for reason in reasons)
        # The arguments are the reasons themselves so that the exception can be pickled and raised in another process.
        super().__init__(*self.reasons)

    def __str__(self) -> str:
        return " ".join(reason.words for reason in self.reasons)

    def about(self, field: str) -> tuple[Refusal, ...]:
        """Return the reasons that belong to one form field (``""`` for those that belong to none)."""
        return tuple(reason for reason in self.reasons if reason.field == field)


def refuse_if(reasons: Iterable[Refusal | str]) -> None:
    """Raise ``Refused`` with all the reasons when there are any; return quietly when there are none."""
    if isinstance(reasons, str):
        raise TypeError("Give a collection of reasons, not one string.")
    found = tuple(reasons)
    if found:
        raise Refused(*found)
