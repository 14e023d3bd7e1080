"""What is owed because of crimes: decisions, an owner, an agreed outcome, a check; and how long they are kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import F, Prefetch, Q, QuerySet

from watchward.domains.crimes import queries, rules
from watchward.domains.crimes.models import Check, Crime, Decision, KeptCheck, Outcome, Party, Report
from watchward.domains.crimes.vocabulary import OPEN, NotRecorded, OutcomeState, Part, Stage
from watchward.domains.incidents.queries import Incident
from watchward.domains.incidents.vocabulary import Kind
from watchward.domains.offences.vocabulary import Flag
from watchward.domains.people import queries as people
from watchward.domains.people.vocabulary import under_ten
from watchward.foundation.access.models import Team
from watchward.foundation.access.owners import Owed, SupervisorOf, supervisors_of
from watchward.foundation.acting import Acting
from watchward.foundation.chronicle.kinds import About, Follows
from watchward.foundation.duties.kinds import Due, DutyKind, Step
from watchward.foundation.retention.declared import Bears, Event, Kept
from watchward.foundation.retention.vocabulary import Group
from watchward.kernel.periods import day_ends, local_day

CRIME_DESK = "crime-desk"
"""Key of the team that records and allocates crimes."""
REGISTRAR = "crime-registrar"
"""Key of the team of the force crime registrar."""


class _TeamOr:
    """One team of the force by its key with whoever supervises it, or else the team that the record names."""

    def __init__(self, key: str, *, otherwise: str = "team_id", supervisor: bool = False) -> None:
        self.key, self.otherwise, self.supervisor = key, otherwise, supervisor

    def of(self, acting: Acting, record: object) -> Owed:
        number = Team.visible_to(acting).filter(key=self.key).values_list("number", flat=True).first()
        team = number or getattr(record, self.otherwise, None)
        found = supervisors_of(acting, team) if self.supervisor else []
        return Owed(team, found[0] if found else None)


UP = (
    Step(timedelta(hours=1), SupervisorOf("owed_by_team_id")),
    Step(timedelta(hours=24), _TeamOr(REGISTRAR, otherwise="owed_by_team_id", supervisor=True)),
)


# A recording decision on every report


def _record_due(reported: datetime) -> Due:
    by, version = rules.record_by(reported)
    return Due(reported, by, version.cite, version.in_force)


def _incidents(acting: Acting) -> QuerySet[Incident]:
    return queries.incidents_of_crime(acting).prefetch_related("involved")


def _of_incident(incident: Incident) -> Sequence[About]:
    people = [About("person", row.person_id, row.part) for row in incident.involved.all()]
    return [*people, About("place", incident.place_id, "where")] if incident.place_id else people


RECORD_INCIDENT = DutyKind(
    key="crimes.record-incident",
    asks="Has it been decided whether this incident is recorded as a crime?",
    about=Incident,
    population=_incidents,
    met=queries.decided_incidents,
    due=lambda incident: _record_due(incident.rang_at),
    owed_by=_TeamOr(CRIME_DESK, otherwise="answers_to_id"),
    says=lambda incident: f"{Kind(incident.closed_as or incident.kind).label}: {incident.what}",
    rules=(rules.RECORD_BY,),
    subjects=_of_incident,
    harm=lambda incident: 3 if Kind.SEXUAL in (incident.kind, incident.closed_as) else 2,
    follows=(Follows(Decision, "incident_id"),),
    escalates=UP,
    verb="Decide",
    url="crimes:from-incident",
)


def _decided_reports(acting: Acting) -> QuerySet[Report]:
    return queries.reports(acting).filter(pk__in=queries.decided_of(acting))


def _of_report(report: Report) -> Sequence[About]:
    found = [About("person", report.person_id, Part.REPORTER)] if report.person_id else []
    return [*found, About("place", report.place_id, "where")] if report.place_id else found


RECORD_REPORT = DutyKind(
    key="crimes.record-report",
    asks="Has it been decided whether this report is recorded as a crime?",
    about=Report,
    population=queries.reports,
    met=_decided_reports,
    due=lambda report: _record_due(report.reported_at),
    owed_by=_TeamOr(CRIME_DESK),
    says=lambda report: f"{report.route.capitalize()}: {report.what}",
    rules=(rules.RECORD_BY,),
    subjects=_of_report,
    harm=lambda report: 3 if report.sexual else 2,
    follows=(Follows(Decision, "report_id"),),
    escalates=UP,
    verb="Decide",
    url="crimes:from-report",
)


# The registrar's check of every report of rape that is kept without a crime


def _says_kept(decision: Decision) -> str:
    kept = rules.n100_of(NotRecorded(decision.why), on=local_day(decision.at))
    return f"{kept or 'N100'}, {NotRecorded(decision.why).label}: {decision.words}"


N100_KEPT = DutyKind(
    key="crimes.n100",
    asks="Does this report of rape rightly stand without a crime?",
    about=Decision,
    population=queries.kept_as_n100,
    met=queries.checked_n100,
    due=lambda decision: Due(decision.at, *rules.check_n100_by(decision.at)),
    owed_by=_TeamOr(REGISTRAR),
    says=_says_kept,
    rules=(rules.N100_CHECK, rules.N100_CLASSES),
    harm=lambda _decision: 3,
    follows=(
        Follows(KeptCheck, "decision_id"),
        Follows(Decision, "incident__crime_decisions__pk"),
        Follows(Decision, "report__decisions__pk"),
    ),
    escalates=(Step(timedelta(hours=24), SupervisorOf("owed_by_team_id")),),
    verb="Check",
    url="crimes:n100",
)


# An owner for every crime


def _weight(crime: Crime) -> int:
    heavy = Flag.DOMESTIC_ABUSE in crime.flags or any(Flag(flag).is_hate for flag in crime.flags)
    return min(3, (1 if (crime.weight or 0) < 100 else 2 if (crime.weight or 0) < 1000 else 3) + heavy)


def _subjects(crime: Crime) -> Sequence[About]:
    people = [
        About("person", row.person_id, row.part)
        for row in crime.parties.all()
        if row.person_id is not None and row.ended_at is None
    ]
    return [*people, About("place", crime.place_id, "where")] if crime.place_id else people


def _says(crime: Crime) -> str:
    return f"{crime.offence_words}: {crime.what}"


def _to_allocate(acting: Acting) -> QuerySet[Crime]:
    """Return the crimes that owe an owner: those that had one, and those that wait for one."""
    owing = Q(allocated_at__isnull=False) | Q(stage=Stage.RECORDED)
    return Crime.visible_to(acting).filter(owing).prefetch_related("parties")


def _allocate_due(crime: Crime) -> Due:
    by, version = rules.allocate_by(crime.recorded_at)
    return Due(crime.recorded_at, by, version.cite, version.in_force)


ALLOCATE = DutyKind(
    key="crimes.allocate",
    asks="Has this crime been allocated to somebody with the skill for it?",
    about=Crime,
    population=_to_allocate,
    met=lambda acting: Crime.visible_to(acting).filter(allocated_at__isnull=False),
    due=_allocate_due,
    owed_by=_TeamOr(CRIME_DESK, supervisor=True),
    says=_says,
    rules=(rules.ALLOCATE_BY, rules.ALLOCATION),
    subjects=_subjects,
    harm=_weight,
    follows=(Follows(Party, "crime_id"),),
    escalates=UP,
    released="The crime was cancelled before it was allocated",
    verb="Allocate",
    url="crimes:allocate",
)


# An outcome agreed


def _to_agree(acting: Acting) -> QuerySet[Outcome]:
    """Return the outcomes that a supervisor agrees: those that were answered, and those that wait."""
    answered = Q(agreed_at__isnull=False) | Q(state=OutcomeState.SENT_BACK)
    rows = Outcome.visible_to(acting).filter(answered | Q(state=OutcomeState.PROPOSED), agree_by__isnull=False)
    return rows.select_related("crime").prefetch_related("crime__parties").annotate(given_to_id=F("crime__given_to_id"))


def _answered(acting: Acting) -> QuerySet[Outcome]:
    return Outcome.visible_to(acting).filter(Q(agreed_at__isnull=False) | Q(state=OutcomeState.SENT_BACK))


def _agree_due(outcome: Outcome) -> Due:
    version = rules.AGREE_BY.on(local_day(outcome.at))
    return Due(outcome.at, outcome.agree_by or version.value.deadline(outcome.at), version.cite, version.in_force)


AGREE = DutyKind(
    key="crimes.agree-outcome",
    asks="Do you agree with ending this crime so?",
    about=Outcome,
    population=_to_agree,
    met=_answered,
    due=_agree_due,
    owed_by=SupervisorOf("given_to_id"),
    says=lambda outcome: f"Outcome {outcome.code}, {outcome.words}. {_says(outcome.crime)}",
    rules=(rules.AGREE_BY, rules.SUPERVISED),
    subjects=lambda outcome: _subjects(outcome.crime),
    harm=lambda outcome: _weight(outcome.crime),
    follows=(Follows(Crime, "outcomes__pk"),),
    escalates=(Step(timedelta(hours=24), SupervisorOf("owed_by_team_id")),),
    released="The crime was cancelled before anybody agreed",
    verb="Agree or send back",
    url="crimes:proposed",
)


# The registrar's check


def _checks(acting: Acting) -> QuerySet[Check]:
    return Check.visible_to(acting).select_related("outcome", "crime")


def _check_due(check: Check) -> Due:
    version = rules.CHECK_BY.on(local_day(check.due_at))
    arose = check.due_at - timedelta(days=version.value.n)
    return Due(arose, check.due_at, version.cite, version.in_force)


CHECK = DutyKind(
    key="crimes.check-outcome",
    asks="Does the file bear out this outcome?",
    about=Check,
    population=_checks,
    met=lambda acting: Check.visible_to(acting).exclude(verdict=""),
    due=_check_due,
    owed_by=_TeamOr(REGISTRAR),
    says=lambda check: f"Outcome {check.outcome.code}, {check.crime.reference}: {check.crime.offence_words}",
    rules=(rules.CHECK_BY,),
    verb="Check",
    url="crimes:check",
)


# How long crimes are kept, and what they mean for how long the people and incidents in them are


def _crimes_before(acting: Acting, day: date) -> QuerySet[Crime]:
    return Crime.visible_to(acting).filter(recorded_on__lte=day)


def _kept_event(acting: Acting, crime: Crime, record: UUID, *, group: int = 0) -> Event:
    parties = list(crime.parties.all())
    ended = [at for at in (crime.outcome_recorded_at, crime.cancelled_at) if at is not None]
    reported = local_day(crime.reported_at)
    asked = rules.review_group(
        offence_group=crime.offence_group, subgroup=crime.offence_subgroup, on=local_day(acting.at),
        suspected=any(party.part == Part.SUSPECT for party in parties),
    )  # fmt: skip
    return Event(
        record=record, of=crime.pk, on=max([crime.recorded_on, *map(local_day, ended)]),
        group=Group(group or asked), says=f"{crime.offence_words}, crime {crime.reference}",
        open=Stage(crime.stage).value if Stage(crime.stage) in OPEN else "",
        child=any(party.person and under_ten(party.person.date_of_birth, reported) for party in parties),
    )  # fmt: skip


def _with_parties(rows: QuerySet[Crime]) -> QuerySet[Crime]:
    return rows.prefetch_related(Prefetch("parties", Party.objects.select_related("person")))


def _of_crimes(acting: Acting, ids: Collection[UUID]) -> Iterable[Event]:
    for crime in _with_parties(Crime.objects.filter(pk__in=ids)):
        yield _kept_event(acting, crime, crime.pk)


def _of_people(acting: Acting, ids: Collection[UUID]) -> Iterable[Event]:
    """A crime asks for its own group of whoever was suspected of it; of everybody else it asks for the last."""
    wanted = set(ids)
    for crime in _with_parties(Crime.objects.filter(parties__person__in=wanted).distinct()):
        for party in crime.parties.all():
            if party.person_id in wanted:
                yield _kept_event(acting, crime, party.person_id, group=0 if party.part == Part.SUSPECT else Group.FOUR)


def _of_incidents(acting: Acting, ids: Collection[UUID]) -> Iterable[Event]:
    for crime in _with_parties(Crime.objects.filter(incident__in=ids)):
        if crime.incident_id is not None:
            yield _kept_event(acting, crime, crime.incident_id)


def _of_reports(acting: Acting, ids: Collection[UUID]) -> Iterable[Event]:
    for report in Report.objects.filter(pk__in=ids).prefetch_related("decisions"):
        yield Event(
            record=report.pk, of=report.pk, on=local_day(report.reported_at), group=Group.FOUR,
            says=f"Report {report.reference}", open="" if report.decisions.all() else "nothing was decided of it",
        )  # fmt: skip
    for crime in _with_parties(Crime.objects.filter(report__in=ids)):
        if crime.report_id is not None:
            yield _kept_event(acting, crime, crime.report_id)


def _reports_before(acting: Acting, day: date) -> QuerySet[Report]:
    return Report.visible_to(acting).filter(reported_at__lt=day_ends(day))


CRIMES = Kept(table=Crime, called="Crime", before=_crimes_before, events=_of_crimes, url="crimes:one")
REPORTS = Kept(table=Report, called="Report", before=_reports_before, events=_of_reports)
BEARING = (
    Bears(on=people.Person, events=_of_people),
    Bears(on=Incident, events=_of_incidents),
)
