"""What others may be told of crimes: a line about each of its people and its place, which stands until it is ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from watchward.domains.crimes.models import Crime, Party
from watchward.domains.crimes.vocabulary import OPEN, Part, Stage
from watchward.domains.offences.vocabulary import Flag
from watchward.domains.offences.vocabulary import outcome as outcome_type
from watchward.foundation.acting import Acting
from watchward.foundation.chronicle.kinds import About, ChronicleKind, Follows, Says
from watchward.kernel.periods import local_day


def _live(acting: Acting) -> QuerySet[Crime]:
    return Crime.visible_to(acting).exclude(stage=Stage.CANCELLED).prefetch_related("parties")


def _detail(crime: Crime) -> str:
    if crime.outcome and crime.outcome_recorded_at:
        said = outcome_type(crime.outcome, local_day(crime.outcome_recorded_at))
        return f"Outcome {said}"
    return "Nobody has it yet" if crime.stage == Stage.RECORDED else "Under investigation"


def _says(_acting: Acting, crimes: Sequence[Crime]) -> Iterable[Says]:
    for crime in crimes:
        about = [
            About("person", row.person_id, row.part)
            for row in crime.parties.all()
            if row.person_id is not None and row.ended_at is None
        ]
        if crime.place_id:
            about.append(About("place", crime.place_id, "where"))
        is_open = Stage(crime.stage) in OPEN
        flags = ["domestic-abuse"] if Flag.DOMESTIC_ABUSE in crime.flags else []
        yield Says(
            source=crime.pk,
            about=about,
            since=crime.committed_at or crime.reported_at,
            until=None if is_open else crime.outcome_recorded_at,
            stands=is_open,
            headline=f"Crime: {crime.offence_words}",
            detail=_detail(crime),
            state=crime.stage,
            harm=1 if is_open and any(row.part == Part.VICTIM for row in crime.parties.all()) else 0,
            flags=flags,
            reference=crime.reference,
            handling=crime.handling,
            team=crime.team_id,
        )


CRIME = ChronicleKind(
    key="crimes.crime",
    title="Recorded crimes in which somebody had a part, or at a place",
    source=Crime,
    live=_live,
    says=_says,
    follows=(Follows(Party, "crime_id"),),
    url="crimes:one",
)
