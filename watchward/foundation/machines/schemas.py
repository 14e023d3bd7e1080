"""What every route shares of what is sent and shown: bodies that hold nothing unknown, moments, pages of a list."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Query, Schema
from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field

from watchward.foundation.machines.paging import MOST, USUAL


def _plain(words: str) -> str:
    if "\x00" in words:
        raise ValueError("No text holds the character 0.")
    return words


Text = Annotated[str, AfterValidator(_plain), Field(max_length=10_000)]
"""Words as they are sent, of a length that a log line may have."""


class Body(Schema):
    """What is sent: a member that is not known is refused, so that nothing sent is silently lost."""

    model_config = ConfigDict(extra="forbid")


Moment = AwareDatetime
"""A moment with its time zone; answered in UTC."""

After = Annotated[
    str, Query("", max_length=600, description="The cursor that stood in `next`; empty for the first page")
]
Limit = Annotated[int, Query(USUAL, ge=1, le=MOST, description="Most rows of the page")]


def words(*, most: int, least: int = 0) -> Any:
    """Return the type of words that have at most so many characters."""
    return Annotated[str, AfterValidator(_plain), Field(min_length=least, max_length=most)]
