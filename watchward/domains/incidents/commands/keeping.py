"""How an incident is kept: open, locked or sealed, with all that belongs to it; and opening a locked one."""

from __future__ import annotations

from uuid import UUID

from watchward.domains.incidents.commands.records import note, taken
from watchward.domains.incidents.models import Incident
from watchward.domains.incidents.vocabulary import Permission
from watchward.foundation import reading
from watchward.foundation.access.models import Opening
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.foundation.keeping import keep, why_not_keep
from watchward.foundation.records import Handling
from watchward.kernel.refusals import refuse_if

_SAID = {Handling.OPEN: "open to all", Handling.LOCKED: "locked", Handling.SEALED: "sealed"}


@command(needs=Permission.HANDLE)
def keep_as(
    acting: Acting, *, incident: UUID, handling: int, reason: str, team: int | None = None, version: int | None = None
) -> Incident:
    """Keep an incident open, locked or sealed, with its log, its assessments and everything else that belongs to it.

    The call that it was opened from is a record of its own and is kept as it is.

    Args:
        acting: who decides.
        incident: its id.
        handling: 0 open, 1 locked, 2 sealed.
        reason: why, kept in its log.
        team: number of the team that keeps it; the team that has it where nothing is said.
        version: the version that was looked at.

    Raises:
        Refused: with every reason.
        NotHere: there is no such incident.
        Stale: it was changed since it was looked at.
    """
    row = taken(acting, incident, version)
    keeper = team if team is not None else row.team_id
    refuse_if(why_not_keep(acting, handling=handling, keeper=keeper, reason=reason))
    note(acting, row, f"Kept {_SAID[Handling(handling)]}: {reason.strip()}")
    keep(row, handling=handling, keeper=keeper)
    return row


@command(needs=reading.OPEN_LOCKED)
def open_locked(acting: Acting, *, incident: UUID, reason: str) -> Opening:
    """Open a locked incident for the rest of the shift, saying why; its team reviews this the next day.

    Raises:
        Refused: without a reason.
        NotHere: there is no such locked incident.
    """
    return reading.open_locked(acting, table=Incident, record=incident, reason=reason)
