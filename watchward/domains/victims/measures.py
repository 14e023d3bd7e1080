"""What is counted of victims: whether they are told in time, and offered a personal statement."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from watchward.domains.crimes.queries import Party
from watchward.domains.organisation import queries as organisation
from watchward.domains.victims import queries, rules
from watchward.domains.victims.models import Offer, Statement
from watchward.domains.victims.vocabulary import Permission
from watchward.foundation.access import queries as access
from watchward.foundation.acting import Acting
from watchward.foundation.duties.kinds import kinds
from watchward.foundation.duties.models import Duty, State
from watchward.foundation.measures.declared import Dimension, Share, Tell, Wanted
from watchward.foundation.ui.words import stamp


def _areas(acting: Acting) -> Mapping[str, str]:
    return organisation.area_titles(acting)


def _teams(acting: Acting) -> Mapping[str, str]:
    return {str(team.number): team.name for team in access.teams(acting)}


def _entitlements(_acting: Acting) -> Mapping[str, str]:
    return {key: kind.asks for key, kind in kinds.items() if key.startswith("victims.")}


def _told(acting: Acting) -> QuerySet[Duty]:
    """Return what victims had to be told: each of the Code's own times once, without what was released."""
    keys = ("victims.expect", "victims.support", "victims.tell", "victims.tell-outcome")
    return Duty.visible_to(acting).filter(kind__in=keys).exclude(state=State.RELEASED)


TOLD_IN_TIME = Share(
    key="victims.told-in-time",
    title="Victims told within the time of the Code",
    asks="Of what victims had to be told by the Victims' Code, how much were they told in time?",
    source="Victims' Code; report lines 8, 28 and 29",
    theme="Solve",
    rows=_told,
    date="due_at",
    basis="entitlements of victims to be told, by when they were due",
    noun=("entitlement", "entitlements"),
    breakdowns=(
        Dimension(key="entitlement", title="Entitlement", of="kind", words=_entitlements),
        Dimension(key="team", title="Team", of="owed_by_team_id", words=_teams, missing="No team"),
    ),
    counted=Q(state=State.DISCHARGED, closed_at__lte=F("due_at")),
    law=rules.TIMERS,
    open=lambda acting: Q(state=State.OPEN, due_at__gt=acting.at),
    still_open="not due yet",
    wanted=Wanted.HIGHER,
    counts=(
        "Each victim and each entitlement by itself, not the crime.",
        "Kept only by contact that reached them: an attempt keeps nothing.",
        "What was released with a reason is in neither number.",
    ),
    needs=Permission.READ,
    columns=(
        Tell("Owed", lambda row: row.what),
        Tell("Due", lambda row: stamp(row.due_at)),
        Tell("Done", lambda row: stamp(row.closed_at) if row.closed_at else "not yet"),
    ),
    url="work:duty",
)


def _eligible(acting: Acting) -> QuerySet[Party]:
    """Return the victims from whom a witness statement was taken: to each a personal statement is to be offered."""
    taken = Statement.visible_to(acting).filter(party=OuterRef("pk"))
    return queries.owed_the_code(acting).filter(Exists(taken))


OFFERED = Share(
    key="victims.statement-offered",
    title="Victims offered a personal statement",
    asks="Of the victims who gave a witness statement, how many were offered a personal statement?",
    source="Victims' Code; report line 29: about 70 percent",
    theme="Solve",
    rows=_eligible,
    date="crime__recorded_on",
    basis="victims who gave a witness statement, by the day their crime was recorded",
    noun=("victim", "victims"),
    breakdowns=(Dimension(key="area", title="Area", of="crime__area__key", words=_areas, missing="Area not recorded"),),
    law=rules.OFFER_BY,
    counted=lambda acting: Exists(Offer.visible_to(acting).filter(party=OuterRef("pk"))),
    wanted=Wanted.HIGHER,
    counts=("Victims, not crimes.", "An offer counts whatever they answered."),
    needs=Permission.READ,
    joins=("crime",),
    columns=(
        Tell("Recorded", lambda row: stamp(row.crime.recorded_at)),
        Tell("Offence", lambda row: row.crime.offence_words),
    ),
    record=lambda row: row.crime_id,
    reference=lambda row: row.crime.reference,
    url="crimes:one",
)
