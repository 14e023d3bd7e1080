"""Bringing over crimes of an earlier system with their people, to whom they were given and how they ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from watchward.domains.crimes import chronicle, duties, rules
from watchward.domains.crimes.models import Allocation, Classification, Crime, Decision, Outcome, Party, Report
from watchward.domains.crimes.vocabulary import (
    Demand,
    EarlierCrime,
    EarlierRefusal,
    Offence,
    OutcomeState,
    Part,
    Permission,
    Stage,
)
from watchward.domains.incidents.queries import Incident
from watchward.domains.offences import queries as listed
from watchward.domains.offences.vocabulary import NotListed, outcome
from watchward.domains.organisation import queries as organisation
from watchward.foundation.access import queries as access
from watchward.foundation.access.context import as_engine
from watchward.foundation.acting import Acting
from watchward.foundation.bringing import Beside, Ended, Fresh, owe, plain, refuse_rows, tell, write
from watchward.foundation.commands import command, current
from watchward.kernel.periods import local_day
from watchward.kernel.refusals import Refusal, Refused

AT_ONCE = 4_000
"""Incidents that are read at once."""


@dataclass
class _Made:
    """What is written, table by table; each only while its rows fit the others."""

    reports: list[Any] = field(default_factory=list)
    decisions: list[Any] = field(default_factory=list)
    crimes: list[Any] = field(default_factory=list)
    parties: list[Any] = field(default_factory=list)
    classified: list[Any] = field(default_factory=list)
    allocated: list[Any] = field(default_factory=list)
    outcomes: list[Any] = field(default_factory=list)


@command(needs=Permission.LOAD, follows=False)
def bring_crimes(acting: Acting, *, rows: Sequence[EarlierCrime], refused: Sequence[EarlierRefusal] = ()) -> int:
    """Bring over crimes of an earlier system, and the incidents from which it recorded none.

    Args:
        acting: who brings them over; they belong to their team.
        rows: the crimes; all of them, or none.
        refused: incidents from which no crime was recorded, and why.

    Returns:
        How many crimes were brought over.

    Raises:
        Refused: rows have faults; every one is named.
    """
    refuse_rows((place, words) for place, row in enumerate(rows) for words in row.faults(acting.at))
    about = _Known(acting, rows, refused)
    made = _Made()
    for row in rows:
        _bring(about, made, row)
    for one in refused:
        made.decisions.append(about.left(one))
    tables: tuple[Sequence[Any], ...] = (
        made.reports, made.decisions, made.crimes, made.parties, made.classified, made.allocated, made.outcomes
    )  # fmt: skip
    for table in tables:
        if table:
            write(table)
    with as_engine(acting, command=str(current().id)) as engine:
        _follow(engine, about, made)
    return len(made.crimes)


class _Known:
    """What the rows name: incidents, offences, teams and people of the force, each read once."""

    def __init__(self, acting: Acting, rows: Sequence[EarlierCrime], refused: Sequence[EarlierRefusal]) -> None:
        self.acting, self.fresh = acting, Fresh(acting.at)
        self.kept = {"handling": 0, "team_id": acting.team}
        wanted = [row.incident for row in rows if row.incident is not None] + [one.incident for one in refused]
        self.incidents: dict[UUID, Incident] = {}
        for start in range(0, len(wanted), AT_ONCE):
            found = Incident.visible_to(acting).filter(pk__in=wanted[start : start + AT_ONCE])
            self.incidents.update((one.pk, one) for one in found.prefetch_related("involved"))
        refuse_rows(
            (place, "There is no such incident.")
            for place, incident in enumerate([*(row.incident for row in rows), *(one.incident for one in refused)])
            if incident is not None and incident not in self.incidents
        )
        self._list = listed.offence_list(acting)
        self._offences: dict[tuple[str, date], Offence] = {}
        refuse_rows((place, words) for place, row in enumerate(rows) if (words := self._strange(row)))
        who = {row.recorded_by for row in rows} | {row.outcome.by for row in rows if row.outcome is not None}
        self.names = access.names_of(acting, who | {one.by for one in refused})
        self._teams: dict[date, dict[str, int]] = {}

    def _strange(self, row: EarlierCrime) -> str:
        try:
            self.offence(row)
        except NotListed as unknown:
            return str(unknown)
        late = row.recorded > rules.record_by(row.reported)[0]
        return "It was recorded late: say why." if late and len(row.late_reason.split()) < 2 else ""

    def offence(self, row: EarlierCrime) -> Offence:
        """Return the offence of a crime, of the list as it stood when it was recorded."""
        day = local_day(row.recorded)
        found = self._offences.get((row.offence, day))
        if found is None:
            one, weight = self._list.offence(row.offence, day), self._list.weight_of(row.offence, day)
            weighed = float(weight) if weight is not None else None
            found = Offence(one.code, one.words, one.group, one.subgroup, weighed)
            self._offences[row.offence, day] = found
        return found

    def team(self, function: str, day: date) -> int | None:
        """Return the first team of the force that is for this, as it stood on the first day of that month."""
        month = day.replace(day=1)
        if month not in self._teams:
            stand = sorted(organisation.teams(self.acting, on=month), key=lambda one: (one.area is not None, one.name))
            self._teams[month] = {one.function: one.number for one in reversed(stand)}
        return self._teams[month].get(function)

    def signed(self, at: datetime, by: UUID) -> dict[str, Any]:
        """Return who wrote a row, and when."""
        return {**self.kept, "at": at, "by": by, "by_name": self.names.get(by, "")}

    def recorded(self, row: EarlierCrime, report: Any) -> Any:
        """Return that a crime was recorded from an incident or a report."""
        said = {**self.signed(row.recorded, row.recorded_by), "recorded": True, "late_reason": row.late_reason}
        if report is not None:
            return self._decision(report.pk, report.reported_at, report_id=report.pk, **said)
        incident = self.incidents[row.incident]  # type: ignore[index]
        return self._decision(incident.pk, incident.rang_at, incident_id=incident.pk, **said)

    def left(self, one: EarlierRefusal) -> Any:
        """Return that no crime was recorded from an incident."""
        said = {**self.signed(one.at, one.by), "recorded": False, "why": one.why, "words": one.words}
        return self._decision(one.incident, self.incidents[one.incident].rang_at, incident_id=one.incident, **said)

    def _decision(self, of: UUID, reported: datetime, **said: Any) -> Any:
        limit, version = rules.record_by(reported)
        return plain(Decision)(id=self.fresh(), of=of, reported_at=reported, limit_at=limit, cite=version.cite, **said)


def _bring(about: _Known, made: _Made, row: EarlierCrime) -> None:
    report = None
    if row.route is not None:
        report = plain(Report)(
            id=about.fresh(), **about.kept, reference=f"R-{row.reference}", version=1, made_at=row.reported,
            route=row.route, reported_at=row.reported, what=row.what, place_id=row.place, place_words=row.place_words,
            sexual=about.offence(row).is_sexual,
        )  # fmt: skip
        made.reports.append(report)
    decision = about.recorded(row, report)
    made.decisions.append(decision)
    offence, of = about.offence(row), about.signed(row.recorded, row.recorded_by)
    crime = plain(Crime)(
        id=row.id, **about.kept, reference=row.reference, version=1, made_at=row.recorded, incident_id=row.incident,
        report_id=report.pk if report else None, decision_id=decision.pk, reported_at=decision.reported_at,
        recorded_at=row.recorded, recorded_on=local_day(row.recorded), recorded_by_id=row.recorded_by,
        limit_at=decision.limit_at, late_reason=row.late_reason, offence=offence.code, offence_words=offence.words,
        offence_group=offence.group, offence_subgroup=offence.subgroup, weight=offence.weight,
        first_offence=offence.code, flags=sorted(flag.value for flag in row.flags), what=row.what,
        committed_at=row.committed, committed_to=row.committed_to, place_id=row.place, place_words=row.place_words,
        area_id=row.area, victimless=row.victim is None and not row.organisation, stage=Stage.ALLOCATED,
        officer_id=row.officer, allocated_at=row.allocated,
    )  # fmt: skip
    made.crimes.append(crime)
    made.classified.append(
        plain(Classification)(id=about.fresh(), **of, crime_id=row.id, number=1, offence=offence.code,
                       offence_words=offence.words)
    )  # fmt: skip
    parties = [Party(id=about.fresh(), **of, crime_id=row.id, part=Part.SUSPECT, person_id=one) for one in row.suspects]
    if parties:
        parties[0].interviewed_on = row.interviewed
    if not crime.victimless:
        parties.append(
            plain(Party)(id=about.fresh(), **of, crime_id=row.id, part=Part.VICTIM, person_id=row.victim,
                  organisation=row.organisation)
        )  # fmt: skip
    made.parties += parties
    crime.parties = Beside(parties)
    _allocate(about, made, row, crime, offence)
    if row.outcome is not None:
        _end(about, made, row, crime, parties)


def _allocate(about: _Known, made: _Made, row: EarlierCrime, crime: Any, offence: Offence) -> None:
    day = local_day(row.allocated)
    facts = rules.Facts(offence, frozenset(row.flags), row.child, bool(row.suspects))
    advice = rules.advise(facts, on=day)
    team = about.team(advice.function, day)
    if team is None:
        raise Refused(Refusal(f"No team of the force is for this: {advice.function}.", cite=advice.cite))
    crime.given_to_id, crime.score = team, advice.score
    made.allocated.append(
        plain(Allocation)(
            id=about.fresh(), **about.signed(row.allocated, row.recorded_by), crime_id=row.id, score=advice.score,
            factors=[[each.factor, each.words, each.points] for each in advice.factors], skill=advice.skill,
            advised_function=advice.function, advised_id=team, given_to_id=team, officer_id=row.officer,
            cite=advice.cite, policy_since=advice.since,
        )
    )  # fmt: skip


def _end(about: _Known, made: _Made, row: EarlierCrime, crime: Any, parties: list[Any]) -> None:
    end = row.outcome
    assert end is not None  # noqa: S101 - only those that ended come here
    entered = local_day(end.at)
    supervised = rules.is_supervised(end.code, on=entered)
    demands = rules.DEMANDS[end.code]
    suspect = parties[0] if Demand.SUSPECT in demands and parties and parties[0].part == Part.SUSPECT else None
    given = plain(Outcome)(
        id=about.fresh(), **about.signed(end.at, end.by), crime_id=row.id, code=end.code,
        words=outcome(end.code, entered).words, decided_on=end.decided_on, state=OutcomeState.GIVEN,
        suspect_id=suspect.pk if suspect else None, said={key.value: words for key, words in end.said.items()},
        agree_by=rules.AGREE_BY.value_on(entered).deadline(end.at) if supervised else None,
        agreed_at=end.agreed if supervised else None, agreed_by_id=end.agreed_by if supervised else None,
        given_at=end.given,
    )  # fmt: skip
    given.crime = crime
    made.outcomes.append(given)
    crime.stage, crime.outcome, crime.outcome_on = Stage.FINISHED, end.code, end.decided_on
    crime.outcome_recorded_at = end.given


def _follow(engine: Acting, about: _Known, made: _Made) -> None:
    decided = _first(made.decisions)
    owe(engine, duties.RECORD_INCIDENT, about.incidents.values(), decided, alike=lambda one: one.answers_to_id)
    owe(engine, duties.RECORD_REPORT, made.reports, decided, alike=lambda one: one.team_id)
    given = {crime.pk: Ended(crime.allocated_at) for crime in made.crimes if crime.allocated_at is not None}
    owe(engine, duties.ALLOCATE, made.crimes, given, alike=lambda one: one.team_id)
    agreed = [one for one in made.outcomes if one.agree_by is not None]
    for one in agreed:
        one.given_to_id = one.crime.given_to_id
    ended = {one.pk: Ended(one.agreed_at) for one in agreed if one.agreed_at is not None}
    owe(engine, duties.AGREE, agreed, ended, alike=lambda one: one.given_to_id)
    tell(engine, chronicle.CRIME, made.crimes)


def _first(decisions: Iterable[Any]) -> dict[UUID, Ended]:
    """Return when it was first decided of each incident and report."""
    found: dict[UUID, datetime] = {}
    for row in decisions:
        found[row.of] = min(found.get(row.of, row.at), row.at)
    return {id_: Ended(at) for id_, at in found.items()}
