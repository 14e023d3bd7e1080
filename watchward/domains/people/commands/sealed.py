"""Telling the keepers of a sealed record that somebody asked for what fits it; whoever asked is told nothing."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from watchward.domains.people.models import SealedAsk
from watchward.domains.people.queries.comparable import known
from watchward.domains.people.queries.recognition import STATED, holders, prepared
from watchward.domains.people.queries.records import people
from watchward.domains.people.vocabulary import Permission
from watchward.foundation.access.context import as_engine
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command, current
from watchward.foundation.linkage.keys import lookups
from watchward.foundation.linkage.vocabulary import Asked, Standing
from watchward.foundation.records import Handling, NotHere
from watchward.kernel.refusals import Refusal, Refused

SAME_ASK = timedelta(hours=1)
"""Within it, the same person asking again for the same record is one ask."""
FETCHED = 200


@command(needs=Permission.READ)
def alert_keepers(acting: Acting, *, asked: Asked, how: str) -> None:
    """Tell the keepers of every sealed record that fits well that somebody asked; run it when an ask is kept.

    It is run for every ask, whether or not a sealed record fits, answers nothing and takes the same way through the
    log, so that it tells nothing. The look-up lifts the reader's scope within this command alone (`as_engine`): the
    rows that it finds stay inside it, and the rows that it writes are sealed to the keepers.

    Args:
        acting: who asked.
        asked: what they asked.
        how: where: a search, a call.
    """
    wanted = prepared(acting, asked=asked)
    with as_engine(acting, command=str(current().id)) as engine:
        found, _dropped = holders(engine, looked_up=lookups(wanted), fetched=FETCHED)
        sealed = [id_ for id_, (handling, _places) in found.items() if handling == Handling.SEALED]
        if not sealed:
            return
        records = list(known(engine, ids=sealed).values())
        fitting = {
            record.person: score.fits
            for record, score in zip(records, STATED.scores(wanted, records), strict=True)
            if score.standing in (Standing.STRONG, Standing.FAIR)
        }
        if fitting:
            tell_keepers(engine, fitting=fitting, how=how, own=acting.teams)


@command(needs=Permission.READ)
def tell_keepers(acting: Acting, *, fitting: dict[UUID, str], how: str, own: frozenset[int]) -> None:
    """Tell the keepers of these sealed records; a command of its own, so that their duty follows unseen by the asker.

    Args:
        acting: who asked, with their scope lifted.
        fitting: what fits, by the record.
        how: where they asked.
        own: numbers of the asker's teams, which are not told of their own.
    """
    since = acting.at - SAME_ASK
    told = set(
        SealedAsk.objects.filter(
            person_id__in=list(fitting), asked_by_id=acting.account, at__gt=since, seen_at__isnull=True
        ).values_list("person_id", flat=True)
    )
    SealedAsk.objects.bulk_create(
        [
            SealedAsk(
                person=row, at=acting.at, asked_by_id=acting.account, how=how[:120], fits=fitting[id_][:120],
                handling=Handling.SEALED, team_id=row.team_id,
            )
            for id_, row in people(acting, ids=fitting).items()
            if id_ not in told and row.team_id not in own
        ]
    )  # fmt: skip


@command(needs=Permission.READ)
def see_ask(acting: Acting, *, ask: UUID) -> SealedAsk:
    """Say that one saw who asked for a sealed record of one's team.

    Raises:
        Refused: it was seen already, or by whoever asked.
    """
    row = SealedAsk.visible_to(acting).select_for_update().filter(pk=ask).first()
    if row is None:
        raise NotHere("no such ask")
    reasons = []
    if row.seen_at is not None:
        reasons.append(Refusal("This was seen already."))
    if row.asked_by_id == acting.account:
        reasons.append(Refusal("Somebody else sees that you asked."))
    if reasons:
        raise Refused(*reasons)
    row.seen_at, row.seen_by_id = acting.at, acting.account
    row.save(update_fields=["seen_at", "seen_by"])
    return row
