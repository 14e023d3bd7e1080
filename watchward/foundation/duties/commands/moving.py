"""Giving many duties to somebody else at once, and handing over what one holds to whoever comes next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from watchward.foundation.access import queries as access
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.foundation.duties import queries
from watchward.foundation.duties.models import Duty, Handed, HandOver, State
from watchward.foundation.duties.vocabulary import DISCHARGE, MOST_AT_ONCE, MOST_WORDS, SUPERVISE, Stage
from watchward.foundation.records import NotHere
from watchward.foundation.statements import change, insert
from watchward.kernel.refusals import Refusal, refuse_if

MOVED = ("owed_by_id", "owed_by_team_id", "given", "given_why", "stands_in_for_id", "came_at", "came_by_id")
"""What changes of a duty that goes to somebody else; not when it is due."""


@command(needs=SUPERVISE)
def reassign(
    acting: Acting, *, duties: Collection[UUID], reason: str, to: UUID | None = None, team: int | None = None
) -> int:
    """Give duties of one's teams to somebody or to a team, all of them or none; when each is due stays.

    Args:
        acting: who supervises the teams that owe them.
        duties: their ids, 500 at most.
        reason: why, said once for all; it stands in the history of each.
        to: who is to hold them.
        team: number of the team that is to hold them, where nobody is named.

    Returns:
        How many went to somebody else: not those that are theirs already.

    Raises:
        Refused: with every reason, each with the duties that it is about.
    """
    rows, reasons = _chosen(acting, duties)
    others = [row for row in rows if row.owed_by_team_id not in acting.supervises and row.owed_by_id != acting.account]
    if others:
        reasons.append(Refusal(f"Other teams owe these: {_named(others)}.", code="not-theirs"))
    if len(reason.split()) < 2:
        reasons.append(Refusal("Say why they go to somebody else.", field="reason"))
    if len(reason) > 300:
        reasons.append(Refusal("Say why in at most 300 characters.", field="reason"))
    person, against = queries.why_not_hold(acting, duties=rows, to=to, team=team)
    refuse_if([*reasons, *against])
    moving = [row for row in rows if not _is_with(row, person, team)]
    if not moving:
        refuse_if([Refusal("All of these are theirs already.", field="to")])
    _move(acting, moving, person, team, reason.strip())
    return len(moving)


def _chosen(acting: Acting, duties: Collection[UUID]) -> tuple[list[Duty], list[Refusal]]:
    """Return the open duties among these, locked, and what stands against the choice itself."""
    ids = set(duties)
    if not ids:
        return [], [Refusal("Choose at least one.", field="duties")]
    if len(ids) > MOST_AT_ONCE:
        return [], [Refusal(f"Choose at most {MOST_AT_ONCE} at once; {len(ids):,} are chosen.", field="duties")]
    rows = list(Duty.visible_to(acting).select_for_update().filter(pk__in=ids).order_by("due_at", "id"))
    reasons = []
    if len(rows) < len(ids):
        reasons.append(Refusal(f"{len(ids) - len(rows)} of these are no longer here.", field="duties"))
    ended = [row for row in rows if row.state != State.OPEN]
    if ended:
        reasons.append(Refusal(f"These have ended meanwhile: {_named(ended)}.", field="duties"))
    return [row for row in rows if row.state == State.OPEN], reasons


def _is_with(row: Duty, person: access.Works | None, team: int | None) -> bool:
    if person is not None:
        return row.owed_by_id == person.account
    return row.owed_by_id is None and row.owed_by_team_id == team


def _move(
    acting: Acting, rows: Sequence[Duty], person: access.Works | None, team: int | None, why: str
) -> None:  # fmt: skip
    """Give duties to somebody, in the team where they work, or to a team with nobody named; in one statement."""
    for row in rows:
        if person is None:
            row.owed_by_id, row.owed_by_team_id = None, team
        else:
            row.owed_by_id = person.account
            if row.owed_by_team_id not in person.teams:
                row.owed_by_team_id = person.team or row.owed_by_team_id
        row.given, row.given_why, row.stands_in_for_id = True, why, None
        row.came_at, row.came_by_id = acting.at, acting.account
    if rows:
        change(rows, MOVED)


def _named(rows: Sequence[Duty], most: int = 5) -> str:
    said = [row.reference or row.what for row in rows[:most]]
    return ", ".join(said) + (f" and {len(rows) - most} more" if len(rows) > most else "")


@command(needs=DISCHARGE)
def hand_over(
    acting: Acting, *, duties: Collection[UUID], words: str, accept_by: datetime | None, to: UUID | None = None,
    team: int | None = None, notes: Mapping[UUID, str] | None = None,
) -> HandOver:  # fmt: skip
    """Hand over what one holds to the next person or team; it stays where it is until they accept.

    Args:
        acting: who holds them, or supervises the teams that do.
        duties: ids of what is handed over, 500 at most.
        words: the note for all of it.
        accept_by: by when it must be accepted or refused, aware UTC.
        to: who takes over.
        team: number of the team that takes over, where nobody is named.
        notes: for single ones, by id.

    Raises:
        Refused: with every reason.
    """
    notes = notes or {}
    rows, reasons = _chosen(acting, duties)
    others = [row for row in rows if not _holds(acting, row)]
    if others:
        reasons.append(Refusal(f"These are not yours to hand over: {_named(others)}.", code="not-theirs"))
    if any(row.kind == queries.TAKE_OVER for row in rows):
        reasons.append(Refusal("What was handed to you is accepted or refused first.", field="duties"))
    if waits := queries.in_a_hand_over(acting, duties=[row.pk for row in rows]):
        twice = [row for row in rows if row.pk in waits]
        reasons.append(Refusal(f"These wait in another hand-over: {_named(twice)}.", field="duties"))
    if accept_by is None or accept_by <= acting.at:
        reasons.append(Refusal("Say by when it must be accepted: a time to come.", field="accept_by"))
    if any(len(each) > MOST_WORDS for each in (words, *notes.values())):
        reasons.append(Refusal(f"Write each note in at most {MOST_WORDS} characters.", field="words"))
    if to == acting.account:
        reasons.append(Refusal("Hand over to somebody else than yourself.", field="to"))
    person, against = queries.why_not_hold(acting, duties=rows, to=to, team=team)
    refuse_if([*reasons, *against])
    assert accept_by is not None  # noqa: S101 - refused otherwise
    made = HandOver.objects.create(
        by_id=acting.account, team_id=acting.team, to_id=to, to_team_id=person.team if person else team,
        words=words.strip(), count=len(rows), at=acting.at, accept_by=accept_by,
    )  # fmt: skip
    insert(
        [
            Handed(
                hand_over=made,
                duty=row,
                about=row.about,
                held_by_id=row.owed_by_id,
                note=notes.get(row.pk, "").strip(),
                handling=row.handling,
                team_id=row.team_id,
            )
            for row in rows
        ]
    )
    return made


def _holds(acting: Acting, row: Duty) -> bool:
    if row.owed_by_id == acting.account or row.owed_by_team_id in acting.supervises:
        return True
    return row.owed_by_id is None and row.owed_by_team_id == acting.team


def _unanswered(acting: Acting, id_: UUID) -> HandOver:
    row = queries.hand_overs(acting).select_for_update(of=("self",)).filter(pk=id_).first()
    if row is None:
        raise NotHere("no such hand-over")
    if row.stage != Stage.WAITING:
        refuse_if([Refusal(f"This was {row.stage} already.", code=row.stage)])
    return row


@command(needs=DISCHARGE)
def accept(acting: Acting, *, hand_over: UUID) -> HandOver:
    """Take over what was handed over: all that is still open and still with whom it was, in one's own name.

    Raises:
        Refused: it was handed to somebody else, was answered already, or holds what one may not hold.
        NotHere: there is none that they may see.
    """
    row = _unanswered(acting, hand_over)
    reasons = [] if queries.may_take(acting, row) else [NOT_THEIRS]
    inside = list(queries.handed(acting, hand_over=row.pk).select_for_update(of=("self", "duty")))
    moving = [one for one in inside if one.duty.state == State.OPEN and one.duty.owed_by_id == one.held_by_id]
    person, against = queries.why_not_hold(acting, duties=[one.duty for one in moving], to=acting.account, team=None)
    against = [each for each in against if each.code != "away"]  # whoever accepts is here
    refuse_if([*reasons, *against])
    _answer(acting, row, Stage.ACCEPTED, "")
    _move(acting, [one.duty for one in moving], person, None, f"Taken over from {row.by.display_name}")
    for one in moving:
        one.taken = True
    if moving:
        change(moving, ("taken",))
    return row


NOT_THEIRS = Refusal("It was handed to somebody else.", code="not-theirs")


@command(needs=DISCHARGE)
def refuse(acting: Acting, *, hand_over: UUID, words: str) -> HandOver:
    """Refuse what was handed over, saying why: all of it stays with whoever held it, who is told.

    Raises:
        Refused: without a reason, or it was handed to somebody else, or was answered already.
        NotHere: there is none that they may see.
    """
    row = _unanswered(acting, hand_over)
    reasons = [] if queries.may_take(acting, row) else [NOT_THEIRS]
    reasons += _why_not_say(words)
    refuse_if(reasons)
    return _answer(acting, row, Stage.REFUSED, words)


@command(needs=DISCHARGE)
def take_back(acting: Acting, *, hand_over: UUID) -> HandOver:
    """Take back what one handed over and nobody has accepted yet.

    Raises:
        Refused: somebody else handed it over, or it was answered already.
        NotHere: there is none that they may see.
    """
    row = _unanswered(acting, hand_over)
    if row.by_id != acting.account:
        refuse_if([Refusal("Whoever handed it over takes it back.", code="not-theirs")])
    return _answer(acting, row, Stage.WITHDRAWN, "")


def _why_not_say(words: str) -> Iterable[Refusal]:
    if len(words.split()) < 2:
        yield Refusal("Say why not: whoever handed it over keeps it, and is told.", field="words")
    if len(words) > MOST_WORDS:
        yield Refusal(f"Say why in at most {MOST_WORDS} characters.", field="words")


def _answer(acting: Acting, row: HandOver, stage: Stage, words: str) -> HandOver:
    row.stage, row.answer = stage, words.strip()
    row.answered_at, row.answered_by_id = acting.at, acting.account
    row.save(update_fields=["stage", "answer", "answered_at", "answered_by"])
    return row
