"""The page that a call handler starts from: take a call, what I still owe on mine, what I took lately."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from watchward.domains.contact.vocabulary import BY_KEY, Line
from watchward.foundation.ui import parts, words
from watchward.foundation.ui.frame import Shortcut


@dataclass(frozen=True)
class ListPage:
    """Recent calls and those still to complete."""

    at: datetime
    lines: tuple[tuple[str, str], ...]
    drafts: tuple[parts.Line, ...]
    recent: tuple[parts.Line, ...]
    shown: tuple[UUID, ...]
    may_take: bool
    matters: parts.Matters
    keys: tuple[Shortcut, ...]


def list_page(*, at: datetime, drafts: Sequence[Any], recent: Iterable[Any], may_take: bool) -> ListPage:
    """Return the page from these calls.

    Args:
        at: now.
        drafts: calls that still lack something, oldest first.
        recent: calls, latest first.
        may_take: whether this person takes calls.
    """
    later = [call for call in recent if call.pk not in {draft.pk for draft in drafts}]
    told = (
        parts.Matters((parts.Strong(words.counted(len(drafts), "call")), " of yours still to complete."))
        if drafts
        else parts.Matters("Nothing of yours is left to complete.", calm=True)
    )
    return ListPage(
        at=at,
        lines=tuple((line.value, line.words) for line in Line),
        drafts=tuple(_line(call, at, missing=True) for call in drafts),
        recent=tuple(_line(call, at) for call in later),
        shown=tuple(call.pk for call in (*drafts, *later)),
        may_take=may_take,
        matters=told,
        keys=(Shortcut("N", "take a 999 call"), Shortcut("S", "take a 101 call")) if may_take else (),
    )


def _line(call: Any, at: datetime, *, missing: bool = False) -> parts.Line:
    what = BY_KEY[call.what].words if call.what else "Not yet said about what"
    who = ", ".join(part for part in (call.caller or call.number, call.place_words) if part) or "Nothing typed"
    beneath = f"Missing: {', '.join(call.missing)}" if missing else ""
    incident = f", {call.incident.reference}" if call.incident else ""
    return parts.Line(
        when=call.rang_at,
        what=f"{Line(call.line).words}: {what}",
        url=reverse("contact:call", args=[call.pk]),
        beneath=f"{who}. {call.reference}{incident}" + (f". {beneath}" if beneath else ""),
        state=parts.State(
            call.state if not call.abandoned else "rang off", "done" if call.state == "closed" else "none"
        ),
    )
