"""Reading lists of codes as they stood on a day."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from watchward.foundation.acting import Acting
from watchward.foundation.records import NotHere, standing
from watchward.foundation.reference.models import Code, CodeList


def code_lists(acting: Acting) -> QuerySet[CodeList]:
    """Return every list of codes, by title."""
    return CodeList.visible_to(acting).order_by("title")


def codes(acting: Acting, *, list_: str, on: date) -> QuerySet[Code]:
    """Return the codes of a list that may be chosen on a day, in its order.

    Args:
        acting: who asks.
        list_: key of the list.
        on: the day of the fact that is being coded, which need not be today.

    Raises:
        NotHere: there is no such list; a misspelt key must not look like an empty list.
    """
    if not CodeList.visible_to(acting).filter(key=list_).exists():
        raise NotHere(f"no list of codes is called {list_}")
    return Code.visible_to(acting).filter(standing(on), list__key=list_).order_by("order", "code")


def words_of(acting: Acting, *, list_: str, code: str, on: date) -> str:
    """Return what a code says on a day, or said when it last stood before it; empty where it never did."""
    rows = Code.visible_to(acting).filter(list__key=list_, code=code, since__lte=on)
    return rows.order_by("-since").values_list("words", flat=True).first() or ""
