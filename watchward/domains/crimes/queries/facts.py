"""What the rules look at, gathered from the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from watchward.domains.crimes import rules
from watchward.domains.crimes.models import Allocation, Crime, Party, Report
from watchward.domains.crimes.queries.crimes import crime as one
from watchward.domains.crimes.queries.crimes import decisions, loads, parties
from watchward.domains.crimes.vocabulary import Cancel, Demand, NotRecorded, Offence, Part, Stage
from watchward.domains.incidents.queries import Incident
from watchward.domains.incidents.vocabulary import Kind
from watchward.domains.offences.vocabulary import Flag, outcomes_in_force
from watchward.domains.organisation import queries as organisation
from watchward.domains.organisation.queries import TeamThen, Works
from watchward.domains.organisation.vocabulary import Function
from watchward.domains.people import queries as people
from watchward.domains.people.vocabulary import ADULT, age_on
from watchward.foundation.acting import Acting
from watchward.foundation.records import NotHere
from watchward.kernel.periods import local_day
from watchward.kernel.refusals import Refusal

COMMON_ASSAULT = "105A"
"""Assault without injury, among which is common assault."""


def offence_of(acting: Acting, *, crime: Crime) -> Offence:
    """Return the offence as a crime is recorded now."""
    return Offence(crime.offence, crime.offence_words, crime.offence_group, crime.offence_subgroup, crime.weight)


def _flags_of(crime: Crime) -> frozenset[Flag]:
    """Return what a crime also is."""
    return frozenset(Flag(flag) for flag in crime.flags)


@dataclass(frozen=True)
class Source:
    """What a crime is recorded from, or not recorded from.

    Args:
        incident: the incident, where it is one.
        report: the report, where it is one.
    """

    incident: Incident | None
    report: Report | None

    @property
    def id(self) -> UUID:
        """The id of whichever it is."""
        found = self.incident or self.report
        assert found is not None  # noqa: S101 - made with one of them
        return found.pk

    @property
    def record(self) -> Incident | Report:
        """Whichever it is."""
        found = self.incident or self.report
        assert found is not None  # noqa: S101 - made with one of them
        return found

    @property
    def place(self) -> UUID | None:
        """Id of the place that it names."""
        return self.incident.place_id if self.incident is not None else self.report.place_id if self.report else None

    @property
    def place_words(self) -> str:
        """The place, as it was given."""
        return (
            self.incident.place_words if self.incident is not None else self.report.place_words if self.report else ""
        )

    @property
    def reported_at(self) -> datetime:
        """When it was first reported, by whichever way."""
        return self.incident.rang_at if self.incident is not None else self._report.reported_at

    @property
    def _report(self) -> Report:
        assert self.report is not None  # noqa: S101 - made with one of them
        return self.report

    @property
    def sexual(self) -> bool:
        """Whether it reports a sexual offence."""
        if self.incident is not None:
            return Kind.SEXUAL in (self.incident.kind, self.incident.closed_as)
        return self.report is not None and self.report.sexual


def source(
    acting: Acting, *, incident: UUID | None = None, report: UUID | None = None, lock: bool = False
) -> Source:  # fmt: skip
    """Return what a crime is to be recorded from; locked, so that two people do not decide on it at once.

    Raises:
        NotHere: there is none that they may see.
    """
    table: type[Incident] | type[Report] = Incident if incident is not None else Report
    rows: QuerySet[Any] = table.visible_to(acting).filter(pk__in=[incident or report])
    found = (rows.select_for_update() if lock else rows).first()
    if found is None:
        raise NotHere("no such incident or report")
    return Source(found, None) if incident is not None else Source(None, found)


def leaving(
    acting: Acting, *, source: Source, why: NotRecorded | None, words: str, rape: bool | None
) -> tuple[Refusal, ...]:
    """Return every reason why a report may not be left without a crime."""
    recorded = any(row.recorded for row in decisions(acting, of=source.id))
    return rules.why_not_leave(rules.Leaving(why, words, source.sexual, rape, recorded, local_day(acting.at)))


def took_part(acting: Acting, *, crime: Crime) -> bool:
    """Return whether this person recorded a crime, investigates it, did so, or supervises those who do."""
    if acting.account in (crime.recorded_by_id, crime.officer_id):
        return True
    if crime.given_to_id is not None and crime.given_to_id in acting.teams:
        return True
    return Allocation.visible_to(acting).filter(crime=crime, officer_id=acting.account).exists()


def cancelling(
    acting: Acting, *, crime: Crime, registrar: bool, code: Cancel | None = None, words: str = "",
    other: bool = False, force: str = "",
) -> rules.Cancelling:  # fmt: skip
    """Return what the rules look at when a crime is to be cancelled."""
    return rules.Cancelling(
        stage=Stage(crime.stage),
        code=code,
        words=words,
        rape=offence_of(acting, crime=crime).is_rape,
        registrar=registrar,
        offence=crime.offence,
        recorded=crime.recorded_on,
        took_part=took_part(acting, crime=crime),
        other=other,
        force=force,
    )


# Outcomes


def _suspects(rows: Sequence[Party]) -> list[Party]:
    return [row for row in rows if row.part == Part.SUSPECT]


def ending(
    acting: Acting, *, crime: Crime, code: str, decided: date | None, suspect: UUID | None,
    said: Mapping[Demand, str], limit: date | None, statement: date | None = None,
) -> tuple[rules.Ending, Party | None]:  # fmt: skip
    """Return what the rules look at when an outcome is to be given, and the suspect who was chosen."""
    suspects = _suspects(list(parties(acting, crimes=[crime.pk])))
    chosen = next((row for row in suspects if row.pk == suspect), None)
    known = people.people(acting, ids=[row.person_id for row in suspects if row.person_id])
    names = {row.pk: known[row.person_id].name if row.person_id in known else "a locked record" for row in suspects}
    offence_day = local_day(crime.committed_at or crime.reported_at)
    born = known[chosen.person_id].date_of_birth if chosen and chosen.person_id in known else None
    today = local_day(acting.at)
    by_statute = None
    if crime.offence == COMMON_ASSAULT:
        abuse = Flag.DOMESTIC_ABUSE in _flags_of(crime)
        by_statute = rules.last_day_to_charge(offence=offence_day, statement=statement, assault_in_abuse=abuse)
    facts = rules.Ending(
        stage=Stage(crime.stage),
        code=code,
        in_force=frozenset(one.code.value for one in outcomes_in_force(today)),
        today=today,
        decided=decided,
        reported=crime.reported_at,
        suspects=tuple(names[row.pk] for row in suspects),
        suspect=names[chosen.pk] if chosen else "",
        suspect_age=age_on(born, offence_day) if born else None,
        fraud=offence_of(acting, crime=crime).is_fraud,
        said=said,
        limit=limit,
        by_statute=by_statute,
    )
    return facts, chosen


# Allocation


@dataclass(frozen=True)
class Candidate:
    """Somebody of a team who could take a crime."""

    account: UUID
    name: str
    skilled: bool
    load: int


@dataclass(frozen=True)
class Advised:
    """What the policy advises on one crime, in terms of the teams and people of the force today.

    Args:
        advice: what the policy says.
        team: the team that it means; None where the force has none like it.
        officer: who of it has the skill and the fewest crimes; None where nobody has the skill.
        candidates: who works in that team.
        teams: every team that investigates.
    """

    advice: rules.Advice
    team: TeamThen | None
    officer: Candidate | None
    candidates: tuple[Candidate, ...]
    teams: tuple[TeamThen, ...]


def allocation_facts(acting: Acting, *, crime: Crime, series: bool, local: bool) -> rules.Facts:
    """Return what the allocation policy looks at."""
    rows = list(parties(acting, crimes=[crime.pk]))
    victim = next((row for row in rows if row.part == Part.VICTIM and row.person_id), None)
    child = False
    if victim is not None and victim.person_id is not None:
        found = people.people(acting, ids=[victim.person_id]).get(victim.person_id)
        day = local_day(crime.committed_at or crime.reported_at)
        child = bool(found and found.date_of_birth and age_on(found.date_of_birth, day) < ADULT)
    return rules.Facts(offence_of(acting, crime=crime), _flags_of(crime), child, bool(_suspects(rows)), series, local)


def advised(acting: Acting, *, crime: UUID | Crime, series: bool = False, local: bool = False) -> Advised:
    """Return where the allocation policy sends a crime, and who of that team should take it.

    Args:
        acting: who asks, and on which day.
        crime: which.
        series: whether it is one of a series.
        local: whether a neighbourhood is affected.

    Raises:
        NotHere: there is no such crime.
    """
    row = crime if isinstance(crime, Crime) else one(acting, id_=crime)
    today = local_day(acting.at)
    advice = rules.advise(allocation_facts(acting, crime=row, series=series, local=local), on=today)
    every = organisation.teams(acting, on=today)
    team = next(iter(sorted((t for t in every if t.function == advice.function), key=lambda t: _fit(t, row))), None)
    candidates = candidates_of(acting, team=team.number, skill=advice.skill) if team else ()
    able = [(each.load, each.name, each.account) for each in candidates if each.skilled]
    best = rules.fewest(able)
    return Advised(
        advice=advice,
        team=team,
        officer=next((each for each in candidates if each.account == best), None),
        candidates=candidates,
        teams=tuple(each for each in every if each.function and each.function in INVESTIGATE),
    )


INVESTIGATE = frozenset(
    {Function.RESPONSE, Function.NEIGHBOURHOOD, Function.INVESTIGATION, Function.RESOLUTION,
     Function.PUBLIC_PROTECTION, Function.CHILD_PROTECTION}
)  # fmt: skip
"""What teams that investigate crimes are for."""


def _fit(team: TeamThen, crime: Crime) -> tuple[bool, bool, str]:
    """Return how badly a team fits: that of the crime's own area first, then one for the whole force."""
    return team.area != crime.area_id, team.area is not None, team.name


def candidates_of(acting: Acting, *, team: int, skill: str) -> tuple[Candidate, ...]:
    """Return who works in a team, those with the skill first, then those with the fewest crimes."""
    today = local_day(acting.at)
    works: list[Works] = organisation.people_of(acting, team=team, on=today)
    ids = [each.account for each in works]
    held, busy = organisation.accredited(acting, accounts=ids, on=today), loads(acting, accounts=ids)
    found = [
        Candidate(w.account, w.name, rules.holds(skill, held.get(w.account, ())), busy.get(w.account, 0)) for w in works
    ]
    return tuple(sorted(found, key=lambda each: (not each.skilled, each.load, each.name)))


def why_not_end(
    acting: Acting, *, crime: Crime, code: str, decided: date | None = None, suspect: UUID | None = None,
    said: Mapping[Demand, str] | None = None, limit: date | None = None,
) -> tuple[Refusal, ...]:  # fmt: skip
    """Return every reason of this domain's own why an outcome may not be given yet."""
    facts, _chosen = ending(
        acting, crime=crime, code=code, decided=decided, suspect=suspect, said=said or {}, limit=limit
    )
    return rules.why_not_end(facts)


def why_not_cancel(acting: Acting, *, crime: Crime, registrar: bool) -> tuple[Refusal, ...]:
    """Return why this person may not decide on the cancellation of a crime, before anything is typed."""
    return rules.why_not_decide(cancelling(acting, crime=crime, registrar=registrar))
