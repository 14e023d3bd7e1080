"""Bringing over finished calls of an earlier system: how soon they were answered, and what was identified on each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from watchward.domains.contact import chronicle, duties
from watchward.domains.contact.models import Call, Identification
from watchward.domains.contact.vocabulary import Answer, EarlierCall, How, Permission, State, Which
from watchward.foundation.access.context import as_engine
from watchward.foundation.acting import Acting
from watchward.foundation.bringing import Ended, Fresh, owe, plain, refuse_rows, tell, write
from watchward.foundation.commands import command, current
from watchward.foundation.duties.models import State as Owed

NOT_ASKED = "Not asked on the call, by the earlier system: nobody can ask it any more"


@command(needs=Permission.LOAD, follows=False)
def bring_calls(acting: Acting, *, rows: Sequence[EarlierCall]) -> int:
    """Bring over finished calls of an earlier system, those that nobody answered among them.

    Args:
        acting: who brings them over; they belong to their team.
        rows: the calls; all of them, or none.

    Returns:
        How many were brought over.

    Raises:
        Refused: rows have faults; every one is named.
    """
    refuse_rows((place, words) for place, row in enumerate(rows) for words in row.faults(acting.at))
    fresh = Fresh(acting.at)
    made = [_call(acting, row) for row in rows]
    said = [
        plain(Identification)(
            id=fresh(), call_id=row.id, at=row.ended, handling=0, team_id=acting.team, which=which,
            answer=answer, how=How.ASKED,
        )
        for row in rows
        for which, answer in row.identified
    ]  # fmt: skip
    for table in (made, said):
        if table:
            write(table)
    answered = [(row, call) for row, call in zip(rows, made, strict=True) if not call.abandoned]
    known = [one for one in made if one.caller_person_id or one.place_id]
    flagged = {row.id: [which for which, answer in row.identified if answer is Answer.YES] for row in rows}
    for one in known:
        one._flagged, one._others = flagged[one.id], ()
    with as_engine(acting, command=str(current().id)) as engine:
        calls = [call for _row, call in answered]
        owe(engine, duties.IDENTIFY, calls, {row.id: _identified(row) for row, _call in answered})
        owe(engine, duties.COMPLETE, calls, {row.id: Ended(row.completed or row.ended) for row, _call in answered})
        tell(engine, chronicle.CALL, known)
    return len(made)


def _identified(row: EarlierCall) -> Ended:
    if len(row.identified) == len(Which):
        return Ended(row.ended)
    return Ended(row.ended, Owed.RELEASED, NOT_ASKED, given=True)


def _call(acting: Acting, row: EarlierCall) -> Any:
    abandoned = row.answered is None
    return plain(Call)(
        id=row.id, reference=row.reference, version=1, handling=0, team_id=acting.team, made_at=row.rang,
        line=row.line, rang_at=row.rang, answered_at=row.answered, ended_at=row.ended, abandoned=abandoned,
        state=State.CLOSED, taken_by_id=row.taken_by, saved_at=row.ended,
        caller_person_id=row.person, part=row.part, place_id=row.place, place_words=row.place_words,
        place_chosen=row.place is not None, what=row.what, incident_id=row.incident,
    )  # fmt: skip
