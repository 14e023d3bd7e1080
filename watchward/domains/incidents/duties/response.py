"""What is owed because of incidents: THRIVE on each, somebody there in time, and care for those who wait."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate

from watchward.domains.incidents import rules
from watchward.domains.incidents.models import Delay, Incident, Involvement, PersonRisk, Surge
from watchward.domains.incidents.vocabulary import Grade, Kind, Level, Part, Qualifier, Stage
from watchward.domains.people import queries as people
from watchward.foundation.access.models import Team
from watchward.foundation.access.owners import Owed, SupervisorOf, TeamOf, supervisors_of
from watchward.foundation.acting import Acting
from watchward.foundation.chronicle.kinds import About, Follows
from watchward.foundation.duties.kinds import Due, DutyKind, Step
from watchward.foundation.duties.models import Duty, State
from watchward.foundation.ui.words import moment
from watchward.kernel.periods import LONDON, day_starts, local_day

INCIDENT_MANAGER = "force-incident-manager"
"""Key of the team whose supervisor is the force incident manager on duty."""


class _Manager:
    """The force incident manager: who supervises their team, or else the team that owes it."""

    def of(self, acting: Acting, record: object) -> Owed:
        number = Team.visible_to(acting).filter(key=INCIDENT_MANAGER).values_list("number", flat=True).first()
        team = number or getattr(record, "owed_by_team_id", None)
        found = supervisors_of(acting, team)
        return Owed(team, found[0] if found else None)


UP = Step(timedelta(minutes=5), _Manager())


def _subjects(incident: Incident) -> Sequence[About]:
    """Return whom and where an incident is about."""
    people = [About("person", row.person_id, row.part) for row in incident.involved.all() if row.part != Part.CALLER]
    callers = [About("person", row.person_id, row.part) for row in incident.involved.all() if row.part == Part.CALLER]
    place = [About("place", incident.place_id, "where")] if incident.place_id else []
    return [*people, *callers, *place]


def _says(incident: Incident) -> str:
    return f"{Grade(incident.grade).words}. {Kind(incident.kind).label}: {incident.what}"


def _weight(incident: Incident) -> int:
    heavy = {Qualifier.DOMESTIC_ABUSE, Qualifier.CHILD, Qualifier.VULNERABLE} & set(incident.qualifiers)
    return min(3, {Level.NONE: 0, Level.SOME: 1, Level.HIGH: 2}[Level(incident.harm)] + bool(heavy))


def _incidents(acting: Acting) -> QuerySet[Incident]:
    return Incident.visible_to(acting).prefetch_related("involved")


# The shape that two kinds each share: what is owed about an incident, and about a delay of one

ABOUT_INCIDENT: dict[str, Any] = {
    "about": Incident,
    "owed_by": TeamOf("answers_to_id"),
    "says": _says,
    "subjects": _subjects,
    "harm": _weight,
    "follows": (Follows(Involvement, "incident_id"),),
    "escalates": (UP,),
    "url": "incidents:one",
}
ABOUT_DELAY: dict[str, Any] = {
    "about": Delay,
    "owed_by": TeamOf("answers_to_id"),
    "says": lambda delay: _says(delay.incident),
    "rules": (rules.DELAY,),
    "subjects": lambda delay: _subjects(delay.incident),
    "harm": lambda delay: max(1, _weight(delay.incident)),
    "follows": (Follows(Incident, "delays"), Follows(Involvement, "incident__delays")),
    "escalates": (UP,),
    "url": "incidents:delay",
}

# THRIVE on every incident


def _thrive_due(incident: Incident) -> Due:
    by, version = rules.thrive_by(incident.made_at)
    return Due(incident.made_at, by, version.cite, version.in_force)


def _assessed(acting: Acting) -> QuerySet[Incident]:
    return Incident.visible_to(acting).filter(thrive_at__isnull=False)


ASSESS = DutyKind(
    key="incidents.assess",
    asks="Has this incident been assessed with THRIVE?",
    **ABOUT_INCIDENT,
    population=_incidents,
    met=_assessed,
    due=_thrive_due,
    rules=(rules.THRIVE_DUE,),
    verb="Assess it",
)


# Somebody there by the target


def _to_attend(acting: Acting) -> QuerySet[Incident]:
    """Return incidents to which somebody must go: those that were reached, and those that still wait."""
    return _incidents(acting).filter(
        Q(at_scene_at__isnull=False) | (Q(grade__lt=Grade.RESOLVED) & ~Q(stage=Stage.CLOSED)), target_at__isnull=False
    )


def _attended(acting: Acting) -> QuerySet[Incident]:
    return Incident.visible_to(acting).filter(at_scene_at__isnull=False)


def _attend_due(incident: Incident) -> Due:
    version = rules.RESPONSE.on(local_day(incident.rang_at))
    assert incident.target_at is not None  # noqa: S101 - the population has only those with a target
    return Due(incident.clock_from, incident.target_at, version.cite, version.in_force)


ATTEND = DutyKind(
    key="incidents.attend",
    asks="Was somebody at scene in time?",
    **ABOUT_INCIDENT,
    population=_to_attend,
    met=_attended,
    due=_attend_due,
    rules=(rules.RESPONSE, rules.GRADING),
    released="Closed, or graded so that nobody need go: the incident says why",
    verb="Send a unit",
)


HOMES = Follows(people.Residence, "place__incidents__pk")
"""Whoever begins or ceases to live where an incident was concerns it."""

# The risk to everybody there, and to everybody who lives there


def _households(acting: Acting) -> QuerySet[Incident]:
    """Return the incidents of domestic abuse at which somebody was, since there is a policy."""
    since = day_starts(rules.HOUSEHOLD.versions[0].in_force)
    there = _incidents(acting).filter(at_scene_at__isnull=False, rang_at__gte=since)
    return there.filter(qualifiers__contains=[Qualifier.DOMESTIC_ABUSE.value])


def _judged(acting: Acting) -> QuerySet[Incident]:
    """Return those of which the risk to everybody named, and to everybody who lives there, has been judged."""
    risks = PersonRisk.visible_to(acting)
    named = Involvement.visible_to(acting).filter(incident=OuterRef("pk"))
    home = people.living_at(acting, place=OuterRef("place"))
    return Incident.visible_to(acting).filter(
        Exists(risks.filter(incident=OuterRef("pk"))),
        ~Exists(named.filter(~Exists(risks.filter(incident=OuterRef("incident"), person=OuterRef("person"))))),
        ~Exists(home.filter(~Exists(risks.filter(incident=OuterRef(OuterRef("pk")), person=OuterRef("person"))))),
    )


def _household_due(incident: Incident) -> Due:
    assert incident.at_scene_at is not None  # noqa: S101 - the population has only those that were reached
    by, version = rules.household_by(incident.at_scene_at, incident.rang_at)
    return Due(incident.at_scene_at, by, version.cite, version.in_force)


HOUSEHOLD = DutyKind(
    key="incidents.household",
    asks="Has the risk to everybody of this household been judged?",
    **{**ABOUT_INCIDENT, "follows": (Follows(Involvement, "incident_id"), Follows(PersonRisk, "incident_id"), HOMES)},
    population=_households,
    met=_judged,
    due=_household_due,
    rules=(rules.HOUSEHOLD,),
    released="It was found to be no domestic abuse",
    verb="Judge the risk",
)


# The risk to those of whom it is recorded only then that they live there


RANG_ON = TruncDate("rang_at", tzinfo=LONDON)


def _recorded_later(acting: Acting) -> QuerySet[Any]:
    """Return the homes at an outer incident's place that were recorded after the risk to everybody there was judged.

    Of those who lived there by then, as far as is known; whoever was judged before all the same is left out.
    """
    incident, home = OuterRef(OuterRef("pk")), OuterRef("made_at")
    judged = Duty.visible_to(acting).filter(
        kind=HOUSEHOLD.key, about=incident, state=State.DISCHARGED, closed_at__lte=home
    )
    before = PersonRisk.visible_to(acting).filter(incident=incident, person=OuterRef("person"), at__lte=home)
    lived = Q(since__isnull=True) | Q(since__lte=OuterRef("rang_on"))
    return people.living_at(acting, place=OuterRef("place")).filter(lived, Exists(judged), ~Exists(before))


def _still_unjudged(acting: Acting) -> QuerySet[Any]:
    risks = PersonRisk.visible_to(acting).filter(incident=OuterRef(OuterRef("pk")), person=OuterRef("person"))
    return _recorded_later(acting).filter(~Exists(risks))


def _with_later(acting: Acting) -> QuerySet[Incident]:
    """Return the incidents of domestic abuse of which somebody was recorded as living there later."""
    waits = _still_unjudged(acting).order_by("made_at").values("made_at")[:1]
    last = _recorded_later(acting).order_by("-made_at").values("made_at")[:1]
    rows = _households(acting).alias(rang_on=RANG_ON).filter(Exists(_recorded_later(acting)))
    return rows.annotate(later_at=Coalesce(Subquery(waits), Subquery(last)))


def _later_judged(acting: Acting) -> QuerySet[Incident]:
    return Incident.visible_to(acting).alias(rang_on=RANG_ON).filter(~Exists(_still_unjudged(acting)))


def _later_due(incident: Any) -> Due:
    by, version = rules.household_by(incident.later_at, incident.rang_at)
    return Due(incident.later_at, by, version.cite, version.in_force)


LATER = DutyKind(
    key="incidents.household-later",
    asks="Has the risk to whoever was recorded at this address later been judged?",
    **{**ABOUT_INCIDENT, "follows": (Follows(PersonRisk, "incident_id"), HOMES)},
    population=_with_later,
    met=_later_judged,
    due=_later_due,
    rules=(rules.HOUSEHOLD,),
    released="They live there no longer, by their record",
    verb="Judge the risk",
    again=True,
)


# Care for those who wait


def _delays(acting: Acting) -> QuerySet[Delay]:
    return (
        Delay.visible_to(acting)
        .select_related("incident")
        .prefetch_related("incident__involved")
        .annotate(answers_to_id=F("incident__answers_to_id"), reference=F("incident__reference"))
    )


def _to_reassess(acting: Acting) -> QuerySet[Delay]:
    return _delays(acting).filter(Q(reassessed_at__isnull=False) | Q(ended_at__isnull=True))


def _reassessed(acting: Acting) -> QuerySet[Delay]:
    return Delay.visible_to(acting).filter(reassessed_at__isnull=False)


def _reassess_due(delay: Delay) -> Due:
    _by, version = rules.reassess_by(delay.since, Level(delay.harm))
    return Due(delay.since, delay.reassess_by, version.cite, version.in_force)


REASSESS = DutyKind(
    key="incidents.reassess",
    asks="Has the risk been assessed again since it was delayed?",
    **ABOUT_DELAY,
    population=_to_reassess,
    met=_reassessed,
    due=_reassess_due,
    released="It no longer waits: somebody is there, it has a new time or it is closed",
    verb="Assess it again",
)


def _to_ring(acting: Acting) -> QuerySet[Delay]:
    """Return delays that ask for ringing back: those in which they were rung, and those that still wait."""
    waits = Q(incident__at_scene_at__isnull=True) & ~Q(incident__stage=Stage.CLOSED)
    return _delays(acting).filter(Q(recontacted_at__isnull=False) | waits, recontact_by__isnull=False)


def _rung(acting: Acting) -> QuerySet[Delay]:
    return Delay.visible_to(acting).filter(recontacted_at__isnull=False)


def _ring_due(delay: Delay) -> Due:
    by, version = rules.recontact_by(delay.since, Level(delay.harm))
    return Due(delay.since, delay.recontact_by or by, version.cite, version.in_force)


RECONTACT = DutyKind(
    key="incidents.recontact",
    asks="Has whoever waits been rung back?",
    **ABOUT_DELAY,
    population=_to_ring,
    met=_rung,
    due=_ring_due,
    released="It no longer waits: somebody is there or it is closed",
    verb="Ring them back",
    promised=True,
)


# A time agreed with whoever waits for a Scheduled visit


def _to_agree(acting: Acting) -> QuerySet[Incident]:
    """Return incidents on which a time was agreed, and the Scheduled ones that still wait for one."""
    waits = Q(grade=Grade.SCHEDULED, at_scene_at__isnull=True) & ~Q(stage=Stage.CLOSED)
    since = day_starts(rules.AGREE.versions[0].in_force)
    return _incidents(acting).filter(Q(agreed_at__isnull=False) | waits, rang_at__gte=since)


def _agreed(acting: Acting) -> QuerySet[Incident]:
    return Incident.visible_to(acting).filter(agreed_at__isnull=False)


def _agree_due(incident: Incident) -> Due:
    by, version = rules.agree_by(incident.made_at, incident.rang_at)
    return Due(incident.made_at, by, version.cite, version.in_force)


AGREE = DutyKind(
    key="incidents.agree-time",
    asks="Has a time been agreed with whoever waits?",
    **ABOUT_INCIDENT,
    population=_to_agree,
    met=_agreed,
    due=_agree_due,
    rules=(rules.AGREE,),
    released="Somebody was there, it was closed, or its grade was changed",
    verb="Agree a time",
)


# An answer to every surge of demand


def _surges(acting: Acting) -> QuerySet[Surge]:
    return Surge.visible_to(acting)


def _answered(acting: Acting) -> QuerySet[Surge]:
    return Surge.visible_to(acting).filter(answered_at__isnull=False)


SURGE = DutyKind(
    key="incidents.surge",
    asks="What was done about the surge of demand?",
    about=Surge,
    population=_surges,
    met=_answered,
    due=lambda surge: Due(surge.began_at, surge.answer_by, surge.cite, surge.since),
    owed_by=_Manager(),
    says=lambda surge: f"Since {moment(surge.began_at)}: {'; '.join(surge.reasons)}",
    rules=(rules.SURGE,),
    harm=lambda _surge: 2,
    escalates=(Step(timedelta(hours=1), SupervisorOf("owed_by_team_id")),),
    verb="Say what was done",
    url="incidents:surge",
)
