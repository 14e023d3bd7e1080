"""Who is on the stage, and who of them acts at the present moment of the play."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from watchward.demo.chapters import CHANNEL
from watchward.foundation.access import queries as access
from watchward.foundation.access.context import tell_database, told
from watchward.foundation.acting import Acting


@dataclass
class Cast:
    """Who and what stands on this stage, by name: filled by the loading of the force, read by the stories."""

    accounts: dict[str, UUID] = field(default_factory=dict)
    teams: dict[str, int] = field(default_factory=dict)
    units: dict[str, UUID] = field(default_factory=dict)


class Company:
    """The force at the present moment of the play.

    Args:
        cast: the force.
        now: the moment at which the play stands, aware UTC.
    """

    def __init__(self, cast: Cast, now: datetime) -> None:
        self.cast = cast
        self.now = now
        self._known: dict[str, Acting] = {}
        self.busy: dict[str, UUID] = {}

    def of(self, username: str, *, after: float = 0) -> Acting:
        """Return somebody of the force acting now.

        Args:
            username: theirs.
            after: seconds after the present moment.
        """
        if username not in self._known:
            account = self.cast.accounts[username]
            self._known[username] = access.acting_as(account, at=self.now, channel=CHANNEL, purpose="Their own work")
        return self._known[username].at_time(self.now + timedelta(seconds=after))

    def machinery(self) -> Acting:
        """Return the force's own machinery acting now."""
        return access.machinery(self.now, "the demonstration", channel=CHANNEL)

    @contextmanager
    def looking(self, username: str) -> Iterator[Acting]:
        """Let somebody of the force look at what they may see, between two acts."""
        acting, around = self.of(username), told()
        tell_database(acting)
        try:
            yield acting
        finally:
            if around is not None:
                tell_database(around)
