"""Which chapters of the demonstration stand: asked at every start, so this room loads little."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from watchward.foundation.access import queries as access
from watchward.foundation.access.context import within
from watchward.foundation.acting import SYSTEM, Acting
from watchward.foundation.audit.models import Repeat

STORIES: Final = "the stories"
CHAPTERS: Final = ("the force", "the crowd", "the open data", STORIES, "the two years")
"""In their order. The two years come last: the stories are told among few records, which is quicker."""
KEY: Final = "demonstration: "
"""Begins the key under which the finishing of a chapter is run once."""
PARTS: Final = "demonstration in parts: "
"""Begins the key of a part of a chapter that is loaded in several transactions."""
CHANNEL: Final = "demo"


def machinery(at: datetime) -> Acting:
    """Return the force's own machinery loading the demonstration."""
    return access.machinery(at, "loading the demonstration", channel=CHANNEL)


def finished(key: str = KEY) -> frozenset[str]:
    """Return the chapters that stand; to be asked within a transaction.

    Args:
        key: stands before their names; another for parts of chapters.
    """
    keys = Repeat.objects.filter(account_id=SYSTEM, key__startswith=key).values_list("key", flat=True)
    return frozenset(each.removeprefix(key) for each in keys)


def told_until() -> datetime | None:
    """Return the moment up to which the stories are told, None while they are not; asked within a transaction."""
    return Repeat.objects.filter(account_id=SYSTEM, key=KEY + STORIES).values_list("at", flat=True).first()


def is_loaded(at: datetime) -> bool:
    """Return whether every chapter stands.

    Args:
        at: the present moment.
    """
    with within(machinery(at)):
        return finished() >= set(CHAPTERS)
