"""Reading crimes, reports and who had a part in them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from watchward.domains.crimes.models import (
    Allocation,
    Check,
    Classification,
    Crime,
    Decision,
    KeptCheck,
    Outcome,
    Party,
    Report,
    Sample,
)
from watchward.domains.crimes.rules import SERIES_WITHIN
from watchward.domains.crimes.vocabulary import CRIME_KINDS, OPEN, NotRecorded, OutcomeState, Part, Stage, Verdict
from watchward.domains.incidents.queries import Incident
from watchward.foundation import reading
from watchward.foundation.acting import Acting
from watchward.foundation.records import NotHere, get


def crime(acting: Acting, *, id_: UUID) -> Crime:
    """Return one crime.

    Raises:
        NotHere: there is none that they may see.
    """
    return get(acting, Crime, id_)


def report(acting: Acting, *, id_: UUID) -> Report:
    """Return one report.

    Raises:
        NotHere: there is none that they may see.
    """
    return get(acting, Report, id_)


def crimes(acting: Acting) -> QuerySet[Crime]:
    """Return every crime, latest recorded first."""
    return Crime.visible_to(acting).order_by("-recorded_at", "-id")


def crimes_of(acting: Acting, *, incident: UUID) -> QuerySet[Crime]:
    """Return the crimes recorded from an incident."""
    return Crime.visible_to(acting).filter(incident_id=incident).order_by("recorded_at")


def parties(acting: Acting, *, crimes: Iterable[UUID]) -> QuerySet[Party]:
    """Return who has a part in these crimes now, in the order in which they were named."""
    return Party.visible_to(acting).filter(crime_id__in=list(crimes), ended_at__isnull=True).order_by("at", "id")


def party(acting: Acting, *, id_: UUID) -> Party:
    """Return one part in a crime, with the crime.

    Raises:
        NotHere: there is none that they may see.
    """
    found = Party.visible_to(acting).select_related("crime").filter(pk=id_).first()
    if found is None:
        raise NotHere("nobody has this part")
    return found


def victims(acting: Acting) -> QuerySet[Party]:
    """Return every victim of a crime that was not cancelled, with the crime: to whom the Victims' Code is owed."""
    standing = Party.visible_to(acting).filter(part=Part.VICTIM, ended_at__isnull=True)
    return standing.exclude(crime__stage=Stage.CANCELLED).select_related("crime", "person")


def victim_of(acting: Acting, *, crime: UUID) -> Party | None:
    """Return the victim of a crime; None where it has none of its own."""
    return Party.visible_to(acting).filter(crime_id=crime, part=Part.VICTIM, ended_at__isnull=True).first()


def outcomes_given(acting: Acting) -> QuerySet[Outcome]:
    """Return every outcome that was given, those of crimes since reopened among them, with the crime."""
    return Outcome.visible_to(acting).filter(given_at__isnull=False).select_related("crime")


def outcome(acting: Acting, *, id_: UUID) -> Outcome:
    """Return one outcome, with its crime.

    Raises:
        NotHere: there is none that they may see.
    """
    found = Outcome.visible_to(acting).select_related("crime").filter(pk=id_).first()
    if found is None:
        raise NotHere("no such outcome")
    return found


def proposed(acting: Acting) -> QuerySet[Outcome]:
    """Return the outcomes that wait for a supervisor, with the crime, those due first."""
    rows = Outcome.visible_to(acting).filter(state=OutcomeState.PROPOSED)
    return rows.select_related("crime").order_by("agree_by", "id")


def incidents_of_crime(acting: Acting) -> QuerySet[Incident]:
    """Return the incidents that owe a recording decision, done or not.

    Those opened or closed as a crime, and any other from which one was decided on.
    """
    kinds = sorted(kind.value for kind in CRIME_KINDS)
    decided = Decision.visible_to(acting).filter(incident__isnull=False).values("incident_id")
    return Incident.visible_to(acting).filter(Q(kind__in=kinds) | Q(closed_as__in=kinds) | Q(pk__in=decided))


def decided_incidents(acting: Acting) -> QuerySet[Incident]:
    """Return the incidents of which it was decided whether a crime is recorded."""
    decided = Decision.visible_to(acting).filter(incident__isnull=False).values("incident_id")
    return Incident.visible_to(acting).filter(pk__in=decided)


def undecided_incidents(acting: Acting) -> QuerySet[Incident]:
    """Return the incidents that still owe a recording decision, first reported first."""
    decided = Decision.visible_to(acting).filter(incident__isnull=False).values("incident_id")
    kinds = sorted(kind.value for kind in CRIME_KINDS)
    owing = Incident.visible_to(acting).filter(Q(kind__in=kinds) | Q(closed_as__in=kinds)).exclude(pk__in=decided)
    return owing.order_by("rang_at", "id")


def reports(acting: Acting) -> QuerySet[Report]:
    """Return every report that came by another way than an incident."""
    return Report.visible_to(acting).order_by("reported_at", "id")


def undecided_reports(acting: Acting) -> QuerySet[Report]:
    """Return the reports of which nothing was decided yet."""
    return reports(acting).exclude(pk__in=decided_of(acting))


def decided_of(acting: Acting) -> QuerySet[Decision, UUID]:
    """Return the ids of all that was decided on."""
    return Decision.visible_to(acting).values_list("of", flat=True)


def decisions(acting: Acting, *, of: UUID) -> QuerySet[Decision]:
    """Return what was decided of a report or an incident, first to last."""
    return Decision.visible_to(acting).filter(of=of).order_by("at", "id")


def kept_as_n100(acting: Acting) -> QuerySet[Decision]:
    """Return the reports of rape that were kept without a crime, latest first."""
    rows = Decision.visible_to(acting).filter(recorded=False, rape=True)
    return rows.exclude(why=NotRecorded.ALREADY).order_by("-at", "-id")


def checked_n100(acting: Acting) -> QuerySet[Decision]:
    """Return those that the registrar found to be rightly kept, and those of which a crime was recorded since."""
    borne_out = KeptCheck.visible_to(acting).filter(verdict=Verdict.AGREE).values("decision_id")
    since = Decision.visible_to(acting).filter(of=OuterRef("of"), recorded=True, at__gt=OuterRef("at"))
    return kept_as_n100(acting).filter(Q(pk__in=borne_out) | Exists(since))


def n100(acting: Acting, *, id_: UUID) -> Decision:
    """Return one report of rape that is kept without a crime.

    Raises:
        NotHere: there is none that they may see.
    """
    found = kept_as_n100(acting).select_related("incident", "report").filter(pk=id_).first()
    if found is None:
        raise NotHere("no such report of rape")
    return found


def n100_checks(acting: Acting, *, decision: UUID) -> QuerySet[KeptCheck]:
    """Return what the registrar found of a report of rape without a crime, first to last."""
    return KeptCheck.visible_to(acting).filter(decision_id=decision).order_by("at", "id")


def to_allocate(acting: Acting) -> QuerySet[Crime]:
    """Return the crimes that nobody has yet, first recorded first."""
    return Crime.visible_to(acting).filter(stage=Stage.RECORDED).order_by("recorded_at", "id")


def allocations(acting: Acting, *, crime: UUID) -> QuerySet[Allocation]:
    """Return to whom a crime was given, first to last."""
    rows = Allocation.visible_to(acting).filter(crime_id=crime)
    return rows.select_related("given_to", "officer", "advised").order_by("at", "id")


def loads(acting: Acting, *, accounts: Iterable[UUID]) -> dict[UUID, int]:
    """Return how many open crimes each of these people has."""
    rows = Crime.visible_to(acting).filter(officer_id__in=list(accounts), stage__in=OPEN)
    return dict(rows.values_list("officer_id").annotate(n=Count("pk")).order_by())


def alike(acting: Acting, *, crime: Crime, at: datetime) -> int:
    """Return how many other crimes of the same offence were recorded in the same area not long before."""
    if crime.area_id is None:
        return 0
    rows = Crime.visible_to(acting).filter(offence=crime.offence, area_id=crime.area_id)
    return rows.filter(recorded_at__gt=at - SERIES_WITHIN).exclude(pk=crime.pk).exclude(stage=Stage.CANCELLED).count()


def sample(acting: Acting, *, id_: UUID) -> Sample:
    """Return one sample of outcomes.

    Raises:
        NotHere: there is none.
    """
    return get(acting, Sample, id_)


def samples(acting: Acting) -> QuerySet[Sample]:
    """Return the samples that were drawn, latest first."""
    return Sample.visible_to(acting).order_by("-at", "-id")


def checks(acting: Acting, *, sample: UUID | None = None) -> QuerySet[Check]:
    """Return the outcomes to check, those of one sample where one is given, in the order of the draw."""
    rows = Check.visible_to(acting).select_related("crime", "outcome", "sample", "checked_by")
    return (rows.filter(sample_id=sample) if sample else rows).order_by("sample_id", "number")


def sampled_from(acting: Acting, *, code: str, since: datetime, until: datetime) -> QuerySet[Outcome]:
    """Return the outcomes of one kind that were given in a time, by the crime's reference: what a sample is drawn from.

    Args:
        acting: who asks.
        code: which outcome; every one where it is empty.
        since: from when, aware UTC.
        until: before when.
    """
    rows = outcomes_given(acting).filter(given_at__gte=since, given_at__lt=until)
    return (rows.filter(code=code) if code else rows).order_by("crime__reference", "given_at")


def by_reference(acting: Acting, *, reference: str) -> Crime | None:
    """Return the crime of this reference, if this person may see it."""
    return Crime.visible_to(acting).filter(reference=reference.strip().upper()).first()


def classifications(acting: Acting, *, crime: UUID) -> QuerySet[Classification]:
    """Return what a crime was said to be, first to last."""
    return Classification.visible_to(acting).filter(crime_id=crime).order_by("number")


def stands_on(acting: Acting, *, party: UUID) -> bool:
    """Return whether the outcome that stands or is proposed is this suspect's."""
    standing = [OutcomeState.PROPOSED, OutcomeState.GIVEN]
    return Outcome.visible_to(acting).filter(suspect_id=party, state__in=standing).exists()


def recorded_twice(acting: Acting, *, of: UUID, offence: str, victims: Collection[tuple[UUID | None, str]]) -> str:
    """Return the reference of a crime of this offence that was recorded from this source for one of these victims.

    Args:
        acting: who asks.
        of: id of the incident or report.
        offence: Home Office code.
        victims: person or organisation of each; none where it has no victim of its own.
    """
    same = Crime.visible_to(acting).filter(decision__of=of, offence=offence).exclude(stage=Stage.CANCELLED)
    whose = Q(pk__in=[])
    standing = Party.visible_to(acting).filter(part=Part.VICTIM, ended_at__isnull=True)
    for person, organisation in victims:
        hers = standing.filter(person_id=person) if person else standing.filter(organisation=organisation)
        whose |= Q(pk__in=hers.values("crime_id"))
    if not victims:
        whose = Q(victimless=True)
    return same.filter(whose).values_list("reference", flat=True).first() or ""


def is_locked(acting: Acting, *, id_: UUID) -> bool:
    """Return whether a crime that cannot be read exists and is locked."""
    return reading.is_locked(Crime, id_)


def check(acting: Acting, *, id_: UUID) -> Check:
    """Return one check of an outcome, with the crime.

    Raises:
        NotHere: there is no such check.
    """
    found = checks(acting).filter(pk=id_).first()
    if found is None:
        raise NotHere("no such check")
    return found


def recorded_late(acting: Acting, *, since: datetime) -> tuple[list[Crime], int, int]:
    """Return the latest crimes recorded late since a moment, how many were recorded since then, and how many late."""
    rows = Crime.visible_to(acting).filter(recorded_at__gte=since)
    late = Q(recorded_at__gt=F("limit_at"))
    counts = rows.aggregate(all=Count("pk"), late=Count("pk", filter=late))
    return list(rows.filter(late).order_by("-recorded_at")[:50]), counts["all"], counts["late"]


def samples_counted(acting: Acting) -> list[tuple[UUID, str, str, datetime, int, int, int, int]]:
    """Return the samples, latest first: id, seed, outcome, when, size, among how many, checked, not borne out."""
    rows = samples(acting).annotate(
        done=Count("checks", filter=~Q(checks__verdict="")),
        wrong=Count("checks", filter=Q(checks__verdict=Verdict.DISAGREE)),
    )
    return [(r.pk, r.seed, r.code, r.at, r.size, r.among, r.done, r.wrong) for r in rows[:50]]
