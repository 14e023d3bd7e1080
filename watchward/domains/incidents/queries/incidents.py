"""Reading incidents, one at a time and about a person or a place."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from django.db.models import Q, QuerySet

from watchward.domains.incidents import rules
from watchward.domains.incidents.models import Delay, Deployment, Incident, Involvement, LogLine
from watchward.domains.incidents.queries.thrive import heard
from watchward.domains.incidents.vocabulary import (
    Element,
    Facts,
    Grade,
    Graded,
    Kind,
    Level,
    Sign,
    Stage,
    Target,
    Thrive,
)
from watchward.foundation.acting import Acting
from watchward.foundation.records import get
from watchward.kernel.periods import local_day
from watchward.kernel.refusals import Refusal


def incident(acting: Acting, *, id_: UUID) -> Incident:
    """Return one incident.

    Raises:
        NotHere: there is none that they may see.
    """
    return get(acting, Incident, id_)


def opened_from(acting: Acting, *, source: UUID) -> QuerySet[Incident]:
    """Return the incidents that were opened from a record, such as a call."""
    return Incident.visible_to(acting).filter(source=source).order_by("made_at")


def about(acting: Acting, *, people: Iterable[UUID] = (), places: Iterable[UUID] = ()) -> QuerySet[Incident]:
    """Return incidents in which these people had a part or that happened at these places, latest first."""
    parts = Involvement.visible_to(acting).filter(person_id__in=list(people)).values("incident_id")
    return Incident.visible_to(acting).filter(Q(pk__in=parts) | Q(place_id__in=list(places))).order_by("-rang_at", "id")


def waiting(acting: Acting, *, area: UUID | None = None) -> QuerySet[Incident]:
    """Return the incidents that are not closed, by target; of one area where it is named."""
    rows = Incident.visible_to(acting).exclude(stage=Stage.CLOSED).order_by("target_at", "rang_at")
    return rows if area is None else rows.filter(area_id=area)


def log(acting: Acting, *, incident: Incident) -> QuerySet[LogLine]:
    """Return the log of an incident, newest line first."""
    return LogLine.visible_to(acting).filter(incident=incident).order_by("-at", "-id")


def involved(acting: Acting, *, incident: Incident) -> QuerySet[Involvement]:
    """Return who had a part in an incident, in the order in which they were named."""
    return Involvement.visible_to(acting).filter(incident=incident).order_by("at", "id")


def deployments(acting: Acting, *, incident: Incident) -> QuerySet[Deployment]:
    """Return the units that were sent to an incident, first to last."""
    return Deployment.visible_to(acting).filter(incident=incident).select_related("unit").order_by("sent_at", "id")


def suggest_grade(acting: Acting, *, facts: Facts, kind: Kind | None = None) -> tuple[Graded, Level, Target]:
    """Return the grade that the policy gives if it rang now, how much harm waiting could do, and the target.

    Args:
        acting: who asks, and when it is.
        facts: what is so.
        kind: what it is, for the signs that it always has.
    """
    if kind is not None:
        facts = Facts(rules.signs_of(kind, facts.signs), facts.levels, facts.urban)
    graded = rules.grade_for(facts, on=local_day(acting.at))
    moments = rules.Moments(rang=acting.at, answered=None, opened=acting.at, graded=acting.at)
    return graded, rules.harm_of(facts, graded.grade), rules.target_for(graded.grade, moments, urban=facts.urban)


def suggestion_for(acting: Acting, *, incident: Incident, said: Thrive | None = None) -> Graded:
    """Return the grade that the policy gives for what is known of an incident now.

    Args:
        acting: who asks.
        incident: which.
        said: what was heard under each word of THRIVE, where it has been read already.
    """
    return rules.grade_for(facts_about(acting, incident=incident, said=said), on=local_day(incident.rang_at))


def facts_about(acting: Acting, *, incident: Incident, said: Thrive | None = None) -> Facts:
    """Return what the grading policy looks at, as it is known now; what was heard is read where it is not given."""
    said = heard(acting, incident=incident) if said is None else said
    signs = rules.signs_of(Kind(incident.kind), (Sign.of(key) for key in incident.signs))
    return Facts.of(signs, said, urban=incident.urban)


def closing(acting: Acting, *, incident: Incident, outcome: str = "", why_nobody_went: str = "") -> rules.Closing:
    """Return what the rules look at when an incident is to be closed."""
    return closed_by(
        acting,
        incident,
        said=heard(acting, incident=incident),
        delays=list(incident.delays.all()),
        sent=deployments(acting, incident=incident),
        outcome=outcome,
        why_nobody_went=why_nobody_went,
    )


def closed_by(
    acting: Acting, incident: Incident, *, said: Collection[Element], delays: Sequence[Delay],
    sent: Iterable[Deployment], outcome: str = "", why_nobody_went: str = "",
) -> rules.Closing:  # fmt: skip
    """Return the same of what has been read already: which words were heard, every delay and every unit sent."""
    lasting = [delay for delay in delays if delay.ended_at is None]
    unmet = bool(lasting) and (not any(delay.reassessed_at for delay in delays) or lasting[0].reassess_by < acting.at)
    attended = incident.at_scene_at is not None
    return rules.Closing(
        stage=Stage(incident.stage),
        unasked=tuple(element for element in Element if element not in said),
        outcome=outcome,
        to_attend=Grade(incident.grade).sends,
        attended=attended,
        why_nobody_went=why_nobody_went,
        units=tuple(deployment.unit.call_sign for deployment in sent if deployment.cleared_at is None),
        reassessments=int(unmet),
        recontacts=sum(1 for delay in delays if delay.recontact_by and not delay.recontacted_at and not attended),
    )


def why_not_close(
    acting: Acting, *, incident: Incident, outcome: str = "", why_nobody_went: str = ""
) -> tuple[Refusal, ...]:
    """Return every reason of this domain's own why an incident may not be closed yet."""
    return rules.why_not_close(closing(acting, incident=incident, outcome=outcome, why_nobody_went=why_nobody_went))
