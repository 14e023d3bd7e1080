"""Finding unusual looks, and saying what came of each."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from watchward.foundation.access import queries as access
from watchward.foundation.access.models import Team
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.foundation.duties.commands import PROVE
from watchward.foundation.linkage.addresses import taken_apart
from watchward.foundation.records import NotHere
from watchward.kernel.refusals import Refusal, Refused, refuse_if
from watchward.oversight.looking import queries, rules
from watchward.oversight.looking.models import Dwelling, Finding, WellKnown
from watchward.oversight.looking.vocabulary import TEAM, Home, Look, Outcome, Permission, Unusual

LOOKED_BACK = rules.AGAIN_WITHIN
WEEK = timedelta(days=7)
MOST_LOOKS = 500
"""Looks named in a finding of how many; the count says how many there were."""


@command(needs=PROVE)
def look_over(acting: Acting, *, since: datetime | None = None) -> list[Finding]:
    """Look over what was opened, and keep what somebody should be asked about; run each night.

    Looks that are in a finding already are not found again; new ones of the same pair make a finding of their own.

    Args:
        acting: the machinery, which sees all.
        since: from when on looks are looked over; two months back unless given.
    """
    begins = since or acting.at - LOOKED_BACK
    staff = queries.readers(acting)
    looks = queries.looks(acting, since=begins, until=acting.at)
    subjects = queries.subjects(acting, people_ids={look.person for look in looks})
    found = rules.unusual(looks, staff, subjects, queries.surnames(acting, of=staff.values()))
    weeks: dict[int, list[Look]] = {}
    for look in looks:
        weeks.setdefault(int((acting.at - look.at) / WEEK), []).append(look)
    for week in weeks.values():
        found += rules.volumes(week, staff)
    before = queries.last_found(acting, pairs=[(each.account, each.person) for each in found])
    team = Team.visible_to(acting).filter(key=TEAM).first()
    kept = []
    for each in sorted(found, key=lambda one: one.looks[-1].at):
        last = before.get((each.account, each.person))
        if last is None or each.looks[-1].at > last:
            kept.append(_keep(acting, each, after=last, team=team))
            before[each.account, each.person] = each.looks[-1].at
    return kept


def _keep(acting: Acting, found: Unusual, *, after: datetime | None, team: Team | None) -> Finding:
    looks = [look for look in found.looks if after is None or look.at > after]
    return Finding.objects.create(
        account_id=found.account,
        person=found.person,
        first_at=looks[0].at,
        last_at=looks[-1].at,
        looks=[str(look.id) for look in looks[:MOST_LOOKS]],
        grounds=[{"reason": ground.reason.value, "words": ground.words} for ground in found.grounds],
        weight=found.weight,
        found_at=acting.at,
        team=team,
    )


@command(needs=Permission.REVIEW)
def review(acting: Acting, *, finding: UUID, outcome: str, words: str) -> Finding:
    """Say what came of a finding, after asking.

    Raises:
        Refused: with every reason: no outcome, nothing said, reviewed already, or one's own looks.
        NotHere: there is none that they may see.
    """
    row = Finding.visible_to(acting).select_for_update().filter(pk=finding).first()
    if row is None:
        raise NotHere("no such finding")
    reasons = []
    if row.account_id == acting.account:
        reasons.append(Refusal("Somebody else reviews your own looks."))
    if row.reviewed_at is not None:
        reasons.append(Refusal("It has been reviewed already.", code="reviewed"))
    if outcome not in set(Outcome):
        reasons.append(Refusal("Choose what came of it.", field="outcome"))
    if len(words.split()) < 2:
        reasons.append(Refusal("Say whom you asked and what they said.", field="words"))
    if reasons:
        raise Refused(*reasons)
    row.reviewed_at, row.reviewed_by_id = acting.at, acting.account
    row.outcome, row.words = outcome, words.strip()
    row.save(update_fields=["reviewed_at", "reviewed_by", "outcome", "words"])
    return row


@command(needs=Permission.DECLARE)
def declare_dwelling(acting: Acting, *, account: UUID, line: str, postcode: str) -> Dwelling:
    """Record where somebody who works for the force lives; where they lived before ends.

    Raises:
        Refused: when it does not say which house of which street.
    """
    access.account(acting, id_=account)
    said = taken_apart(line, postcode)
    if not Home(said.house, said.street, said.postcode).whole:
        raise Refused(Refusal("Give the house, the street and the postcode.", field="line"))
    Dwelling.objects.filter(account_id=account, until__isnull=True).update(until=acting.at)
    return Dwelling.objects.create(account_id=account, line=line.strip(), postcode=postcode.strip(), since=acting.at)


@command(needs=Permission.DECLARE)
def mark_well_known(acting: Acting, *, person: UUID, words: str) -> WellKnown:
    """Record that somebody's record attracts looks, and why; where it is recorded already, the words are put right.

    Raises:
        Refused: without saying why.
    """
    if not words.strip():
        raise Refused(Refusal("Say why their record attracts looks.", field="words"))
    row = WellKnown.visible_to(acting).select_for_update(of=("self",)).filter(person=person, until__isnull=True).first()
    if row is None:
        return WellKnown.objects.create(person=person, words=words.strip(), since=acting.at)
    row.words = words.strip()
    row.save(update_fields=["words"])
    return row


@command(needs=Permission.DECLARE)
def end_well_known(acting: Acting, *, named: UUID, words: str) -> WellKnown:
    """Record that somebody's record attracts looks no longer, and why; looks before this are still asked about.

    Args:
        acting: who says so.
        named: id of what was recorded.
        words: why it does no longer.

    Raises:
        Refused: without saying why, or it has ended already.
        NotHere: there is none that they may see.
    """
    row = WellKnown.visible_to(acting).select_for_update(of=("self",)).filter(pk=named).first()
    if row is None:
        raise NotHere("nobody named so")
    reasons = []
    if row.until is not None:
        reasons.append(Refusal("It has ended already.", field="named", code="ended"))
    if len(words.split()) < 2:
        reasons.append(Refusal("Say why their record attracts looks no longer.", field="words"))
    refuse_if(reasons)
    row.until, row.ended_by_id, row.ended_words = acting.at, acting.account, words.strip()[:200]
    row.save(update_fields=["until", "ended_by", "ended_words"])
    return row
