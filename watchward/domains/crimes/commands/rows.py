"""What every command on a crime shares: rows in its name, and moving it along its life."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from watchward.domains.crimes.models import Crime
from watchward.domains.crimes.vocabulary import LIFE, Stage
from watchward.foundation.acting import Acting
from watchward.foundation.records import take


def of(crime: Crime) -> dict[str, Any]:
    """Return what a row takes from the crime that it belongs to."""
    return {"crime": crime, "handling": crime.handling, "team_id": crime.team_id}


def signed(acting: Acting) -> dict[str, Any]:
    """Return who wrote a row, and when."""
    return {"at": acting.at, "by": acting.account, "by_name": acting.name}


def move(crime: Crime, verb: str) -> None:
    """Move a crime along its life.

    Raises:
        Refused: it cannot be done where it stands.
    """
    crime.stage = LIFE.after(Stage(crime.stage), verb)


def taken(acting: Acting, crime: UUID, version: int | None = None) -> Crime:
    """Return a crime locked for a command.

    Raises:
        NotHere: there is none.
        Stale: it was changed since it was looked at.
    """
    return take(acting, Crime, crime, version=version)
