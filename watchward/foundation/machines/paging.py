"""Lists a page at a time, by the key of the last row and not by counting rows."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

from watchward.foundation.machines.answers import Mistyped
from watchward.kernel.refusals import Refusal

MOST = 200
"""Rows of one page."""

USUAL = 50

M = TypeVar("M", bound=Model)


def written(values: Sequence[Any]) -> str:
    """Return a place in a list as it stands in an address: moments, numbers and identifiers alone."""
    told = json.dumps([None if value is None else str(value) for value in values], separators=(",", ":"))
    return base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")


def read(cursor: str, length: int) -> list[str]:
    """Return the values of a place that we had written.

    Raises:
        Mistyped: it is none of ours.
    """
    try:
        told = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError):
        told = None
    if not isinstance(told, list) or len(told) != length or not all(isinstance(each, str) for each in told):
        raise no_cursor()
    return told


def no_cursor() -> Mistyped:
    """Return the refusal of a place that is none of ours."""
    return Mistyped(Refusal("Give the cursor as it stood in `next`, or none.", field="after", code="cursor"))


def page_of(rows: QuerySet[M], *, by: Sequence[str], after: str, limit: int) -> tuple[list[M], str | None]:
    """Return one page of some rows, and the cursor of the next, None at the end.

    Args:
        rows: all of them, as their reader may see them.
        by: the fields that order them, none of which is ever empty; the last is unique. All upwards, or all downwards
            where the first begins with a minus.
        after: the cursor, empty for the first page.
        limit: most rows.

    Raises:
        Mistyped: the cursor is none of ours.
    """
    down = by[0].startswith("-")
    names = [name.removeprefix("-") for name in by]
    if after:
        rows = rows.filter(_beyond(rows, names, read(after, len(names)), down))
    found = list(rows.order_by(*(f"-{name}" if down else name for name in names))[: limit + 1])
    if len(found) <= limit:
        return found, None
    last = found[limit - 1]
    return found[:limit], written([getattr(last, name) for name in names])


def _beyond(rows: QuerySet[Any], names: Sequence[str], told: Sequence[str], down: bool) -> Q:
    meta = rows.model._meta
    try:
        values = [
            (meta.pk if name == "pk" else meta.get_field(name)).to_python(each)
            for name, each in zip(names, told, strict=True)
        ]
    except (ValidationError, ValueError, OverflowError) as wrong:
        raise no_cursor() from wrong
    beyond, equal = Q(), Q()
    for name, value in zip(names, values, strict=True):
        beyond |= equal & Q(**{f"{name}__{'lt' if down else 'gt'}": value})
        equal &= Q(**{name: value})
    return beyond
