"""What a call handler sent with the page of a call, taken apart; no law."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from django.http import QueryDict

from watchward.domains.contact.vocabulary import Answer, How, Part, Typed, Which
from watchward.domains.incidents.vocabulary import Element, Heard, Level, Sign
from watchward.foundation.records import NotHere


@dataclass(frozen=True)
class Sent:
    """A page sent: what stands in its boxes, and what was pressed.

    Args:
        typed: the boxes.
        version: of the call that the page was made from.
        key: of the form, the same however often it is sent.
        line: words for the log.
        raw: everything, to be carried along when nothing of it may be lost.
    """

    typed: Typed
    version: int | None
    key: str
    line: str
    raw: QueryDict = field(repr=False)

    def id_of(self, name: str) -> UUID:
        """Return the id that a pressed button names.

        Raises:
            NotHere: it names none.
        """
        try:
            return UUID(self.raw.get(name, "").partition(":")[0])
        except ValueError as wrong:
            raise NotHere("no such record") from wrong

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return every name and value, but the token and the version, to carry along on another page."""
        left = {"csrfmiddlewaretoken", "version"}
        return tuple((name, value) for name, values in self.raw.lists() if name not in left for value in values)


def sent(post: QueryDict) -> Sent:
    """Return what was sent; what the page did not hold stays unsaid."""
    version = post.get("version", "")
    return Sent(
        typed=typed(post),
        version=int(version) if version.isdecimal() else None,
        key=post.get("key", "")[:40],
        line=post.get("line", ""),
        raw=post,
    )


def typed(post: QueryDict) -> Typed:
    """Return the boxes of a page."""
    shown_ticks = "ticks" in post
    return Typed(
        number=post.get("number"),
        caller=post.get("caller"),
        part=_one_of(post.get("part"), [each.value for each in Part]),
        place=post.get("place"),
        others=post.get("others"),
        what=post.get("what"),
        signs=frozenset(_signs(post.getlist("signs"))) if shown_ticks else None,
        draft=post.get("line"),
        thrive={element: _heard(post, element) for element in Element if element.value in post},
        identified={
            which: Answer(answer)
            for which in Which
            if (answer := _one_of(post.get(which.value), [each.value for each in Answer]))
        },
        recognised=dict(_recognised(post)),
        said=frozenset(post.getlist("advice")),
        shown_said=frozenset(post.getlist("shown-said")),
        grade=_one_of(post.get("grade"), ["", "1", "2", "3", "4"]),
        grade_reason=post.get("grade-reason"),
    )


def _one_of(value: str | None, allowed: list[str]) -> str | None:
    return value if value in allowed else None


def _signs(keys: list[str]) -> list[Sign]:
    return [sign for sign in Sign if sign.key in keys]


def _heard(post: QueryDict, element: Element) -> Heard:
    level = _one_of(post.get(f"{element.value}-level"), [each.value for each in Level])
    return Heard(post.get(element.value, "").strip(), Level(level) if level else None)


def _recognised(post: QueryDict) -> list[tuple[Which, tuple[Answer, How]]]:
    found = []
    for which in Which:
        answer, _colon, how = post.get(f"recognised-{which.value}", "").partition(":")
        if answer in [each.value for each in Answer] and how in (How.RECOGNISED, How.MARKER):
            found.append((which, (Answer(answer), How(how))))
    return found
