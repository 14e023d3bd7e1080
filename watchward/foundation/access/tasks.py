"""Periodic work on sign-ins, and on the clock of a demonstration."""

from __future__ import annotations

from watchward.foundation.access.sessions import SessionStore
from watchward.foundation.acting import Acting, keep_clock
from watchward.foundation.jobs import demonstration, every


@every("20 3 * * * 0", purpose="removing sessions that have ended")
def clear_sessions(_acting: Acting) -> None:
    """Remove sessions whose time is over, with whatever was held in them."""
    SessionStore.clear_expired()


if demonstration():

    @every("* * * * * */5", purpose="keeping the demonstration's clock")
    def note_the_time(_acting: Acting) -> None:
        """Note the force's time, so that after a stop its clock goes on from here."""
        keep_clock()
