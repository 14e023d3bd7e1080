"""The words of what is owed: what one may do about it, how it is handed over, and what one is told at once."""

from __future__ import annotations

from enum import StrEnum

DISCHARGE = "duties.discharge"
SUPERVISE = "duties.supervise"
PROVE = "duties.prove"

MOST_WORDS = 600
"""Characters of a question, an answer or a note: what needs more belongs on the record itself."""

MOST_AT_ONCE = 500
"""Duties that go to somebody else in one command."""


class Stage(StrEnum):
    """Where a hand-over stands; until it is accepted, everything in it stays with whoever gives it."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class News(StrEnum):
    """Why something is new for somebody; the value stands in the settings of what is said at once."""

    LATE = "late"
    UP = "up"
    RISK = "risk"
    HANDED = "handed"
    CAME = "came"
    ANSWERED = "answered"
    AWAY = "away"

    @property
    def words(self) -> str:
        """Return what it is, as a heading and in the settings."""
        return _WORDS[self]


_WORDS = {
    News.LATE: "Late now",
    News.UP: "Gone up to you",
    News.RISK: "Running out",
    News.HANDED: "Handed over",
    News.CAME: "Yours now",
    News.ANSWERED: "Answered",
    News.AWAY: "Away from your teams",
}
