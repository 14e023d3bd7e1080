"""Bringing over what an earlier system kept of victims: what they need, what they were told and what they decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

from watchward.domains.crimes import queries as crimes
from watchward.domains.crimes.queries import Outcome, Party
from watchward.domains.crimes.vocabulary import OPEN
from watchward.domains.victims import chronicle, duties, queries, rules
from watchward.domains.victims.models import Contact, Decision, Needs, Offer, Reach, Statement
from watchward.domains.victims.vocabulary import EarlierVictim, Method, Permission, Result, Tells, Trigger
from watchward.foundation.access import queries as access
from watchward.foundation.access.context import as_engine
from watchward.foundation.acting import Acting
from watchward.foundation.bringing import Ended, Fresh, owe, plain, refuse_rows, tell, write
from watchward.foundation.commands import command, current
from watchward.foundation.duties.kinds import Due
from watchward.foundation.duties.models import State
from watchward.kernel.periods import local_day

AT_ONCE = 4_000
"""Victims that are read at once."""
_ENDS = ("asked", "expect", "support", "told", "offered")
NEVER_OFFERED = "Not offered when the statement was taken, by the earlier system"


@dataclass
class _Made:
    """What is written, table by table."""

    needs: list[Any] = field(default_factory=list)
    reaches: list[Any] = field(default_factory=list)
    contacts: list[Any] = field(default_factory=list)
    offers: list[Any] = field(default_factory=list)
    statements: list[Any] = field(default_factory=list)
    decisions: list[Any] = field(default_factory=list)
    ended: dict[str, dict[Any, Ended]] = field(default_factory=lambda: {name: {} for name in _ENDS})


@command(needs=Permission.LOAD, follows=False)
def bring_victims(acting: Acting, *, rows: Sequence[EarlierVictim]) -> int:
    """Bring over what an earlier system kept of victims whose crimes were brought over.

    Args:
        acting: who brings it over.
        rows: one for each victim; all of them, or none.

    Returns:
        How many victims.

    Raises:
        Refused: rows have faults, or name a crime that has no such victim; every one is named.
    """
    refuse_rows((place, words) for place, row in enumerate(rows) for words in row.faults(acting.at))
    fresh, made = Fresh(acting.at), _Made()
    with as_engine(acting, command=str(current().id)) as engine:
        parties = _parties(engine, [row.crime for row in rows])
        refuse_rows(
            (place, "That crime has no victim to whom the Code is owed.")
            for place, row in enumerate(rows)
            if row.crime not in parties
        )
        outcomes = _outcomes(engine, parties)
        who = {row.by for row in rows} | {one.by for row in rows for one in row.contacts}
        names = access.names_of(engine, who)
        for row in rows:
            _bring(fresh, made, row, parties[row.crime], outcomes.get(row.crime), names)
        tables: tuple[Sequence[Any], ...] = (
            made.needs, made.reaches, made.contacts, made.offers, made.statements, made.decisions
        )  # fmt: skip
        for table in tables:
            if table:
                write(table)
        _follow(engine, made, parties, outcomes)
    return len(rows)


def _parties(engine: Acting, ids: Sequence[UUID]) -> dict[UUID, Party]:
    found: dict[UUID, Party] = {}
    for start in range(0, len(ids), AT_ONCE):
        rows = queries.owed_the_code(engine).filter(crime_id__in=ids[start : start + AT_ONCE])
        found.update((row.crime_id, row) for row in rows)
    return found


def _outcomes(engine: Acting, parties: dict[UUID, Party]) -> dict[UUID, Outcome]:
    """Return the outcome of each crime that has one, with its crime and its victim."""
    found, ids = dict[UUID, Outcome](), list(parties)
    for start in range(0, len(ids), AT_ONCE):
        for row in crimes.outcomes_given(engine).filter(crime_id__in=ids[start : start + AT_ONCE]):
            row.crime._prefetched_objects_cache = {"parties": [parties[row.crime_id]]}  # type: ignore[attr-defined]
            for name in ("officer_id", "given_to_id", "reference"):
                setattr(row, name, getattr(row.crime, name))
            found[row.crime_id] = row
    return found


def _bring(
    fresh: Fresh, made: _Made, row: EarlierVictim, party: Party, outcome: Outcome | None, names: dict[UUID, str]
) -> None:  # fmt: skip
    def signed(at: Any, by: UUID) -> dict[str, Any]:
        return {
            "id": fresh(), "crime": party.crime, "party": party, "crime_id": party.crime_id, "party_id": party.pk,
            "handling": party.crime.handling, "team_id": party.crime.team_id, "at": at, "by": by,
            "by_name": names.get(by, ""),
        }  # fmt: skip

    end = made.ended
    made.needs.append(plain(Needs)(**signed(row.asked, row.by), words=row.needs))
    end["asked"][party.pk] = Ended(row.asked)
    verified = row.reached or row.asked
    for at in sorted({row.asked, verified}):
        made.reaches.append(
            plain(Reach)(**signed(at, row.by), method=row.method, to=row.to, source="As they said",
                  verified_on=local_day(at), replaced_at=verified if at < verified else None)
        )  # fmt: skip
    for one in row.contacts:
        told = [outcome.pk] if one.outcome and outcome is not None else []
        made.contacts.append(
            plain(Contact)(**signed(one.when, one.by), when=one.when, method=Method.TELEPHONE, result=Result.SPOKE,
                    reached=True, tells=sorted(each.value for each in one.tells), outcomes=told, consents=True,
                    words=one.words)
        )  # fmt: skip
        for tells in one.tells:
            end["expect" if tells is Tells.EXPECT else "support"].setdefault(party.pk, Ended(one.when))
        if told:
            end["told"].setdefault(told[0], Ended(one.when))
    if row.statement is not None:
        offer = plain(Offer)(**signed(row.statement, row.by), response=row.offered) if row.offered is not None else None
        taken = plain(Statement)(
            **signed(row.statement, row.by), taken_at=row.statement, offer_id=offer.pk if offer else None
        )
        made.offers += [offer] if offer else []
        made.statements.append(taken)
        end["offered"][taken.pk] = (
            Ended(row.statement) if offer else Ended(row.statement, State.RELEASED, NEVER_OFFERED, given=True)
        )
    if row.withdrew is not None and row.said_on is not None:
        said = signed(outcome.at if outcome is not None else row.asked, row.by)
        made.decisions.append(
            plain(Decision)(**said, supports=False, reason=row.withdrew, own_words=row.own_words,
                     said_on=row.said_on, support_told=True)
        )  # fmt: skip


def _follow(engine: Acting, made: _Made, parties: dict[UUID, Party], outcomes: dict[UUID, Outcome]) -> None:
    victims, end = list(parties.values()), made.ended
    reached = {row.party_id: Ended(row.at) for row in reversed(made.reaches)}
    owe(engine, duties.NEEDS, victims, end["asked"], alike=_whose)
    owe(engine, duties.REACHED, victims, reached, alike=_whose)
    owe(engine, duties.EXPECT, victims, end["expect"], alike=_whose, due=partial(_by_code, engine, Trigger.EXPECT))
    owe(engine, duties.SUPPORT, victims, end["support"], alike=_whose, due=partial(_by_code, engine, Trigger.SUPPORT))
    ended = list(outcomes.values())
    owe(engine, duties.TELL_OUTCOME, ended, end["told"], alike=_whose,
        due=lambda one: _outcome_by(engine, one, parties[one.crime_id]))  # fmt: skip
    for row in (*made.reaches, *made.statements):
        _name(row)
    again = {row.pk: gone for row in made.reaches if (gone := _replaced(row, outcomes.get(row.crime_id))) is not None}
    owe(engine, duties.REFRESH, made.reaches, again, alike=_whose)
    owe(engine, duties.OFFER, made.statements, end["offered"], alike=_whose)
    tell(engine, chronicle.CONTACT, made.contacts)
    tell(engine, chronicle.DECISION, made.decisions)


def _whose(record: Any) -> tuple[Any, Any]:
    return record.given_to_id, record.officer_id


def _name(row: Any) -> None:
    for name in ("officer_id", "given_to_id", "reference"):
        setattr(row, name, getattr(row.crime, name))


def _by_code(engine: Acting, trigger: Trigger, party: Party) -> Due:
    """Return by when a victim is told; no earlier system's own reasons of enhanced rights are brought over."""
    return duties.due_by(trigger, party.crime.reported_at, bool(queries.enhanced_by_itself(engine, party=party)))


def _outcome_by(engine: Acting, outcome: Outcome, party: Party) -> Due:
    assert outcome.given_at is not None  # noqa: S101 - only those that were given are read
    trigger = rules.trigger_of(outcome.code)
    return duties.due_by(trigger, outcome.given_at, bool(queries.enhanced_by_itself(engine, party=party)))


def _replaced(row: Any, outcome: Outcome | None) -> Ended | None:
    """Return how asking again for contact details ended: replaced, or no longer owed once the crime had ended."""
    if row.replaced_at is not None:
        return Ended(row.replaced_at)
    if row.crime.stage in OPEN or outcome is None or outcome.given_at is None:
        return None
    return Ended(max(outcome.given_at, row.at), State.RELEASED, duties.REFRESH.released)
