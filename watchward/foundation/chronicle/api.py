"""Lines of the chronicle as the feed tells them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema

from watchward.foundation.acting import Acting
from watchward.foundation.chronicle import queries
from watchward.foundation.machines.feed import Told, told


class LineShown(Schema):
    """A line about a person, place, number or vehicle."""

    kind: str
    source: UUID
    reference: str
    about_kind: str
    about: UUID
    role: str
    since: datetime
    until: datetime | None
    stands: bool
    due: datetime | None
    headline: str
    detail: str
    state: str
    harm: int
    flags: list[str]


def _lines(acting: Acting, ids: Collection[UUID]) -> dict[UUID, Schema]:
    return {
        row.pk: LineShown(**{name: getattr(row, name) for name in LineShown.model_fields})
        for row in queries.lines(acting, ids=ids)
    }


def _about(row: Any) -> list[UUID]:
    return [row.about]


READ = "profile.read"
"""The scope of whoever may read a record across everything: its lines are what such a record is made of."""

told(Told(kind="line", table="chronicle_line", needs=READ, shows=_lines, about=_about))
