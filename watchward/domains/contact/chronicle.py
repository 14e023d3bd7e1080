"""What others may be told of a call: who rang, from which number and where, about what, and how it ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from watchward.domains.contact.models import Call, Identification, Involved
from watchward.domains.contact.vocabulary import BY_KEY, OPENED_AS, Answer, Line, Part, State, Which
from watchward.foundation.acting import Acting
from watchward.foundation.chronicle.kinds import About, ChronicleKind, Follows, Says

_FLAGS = {
    Which.REPEAT_VICTIM: "repeat",
    Which.DOMESTIC_ABUSE: "domestic-abuse",
    Which.MENTAL_ILL_HEALTH: "mental-ill-health",
}


def _live(acting: Acting) -> QuerySet[Call]:
    """Return the calls that have something to say, with who else is named and what was answered with yes."""
    flagged = Identification.visible_to(acting).filter(call=OuterRef("pk"), answer=Answer.YES).order_by("which")
    named = Involved.visible_to(acting).filter(call=OuterRef("pk")).order_by("id")
    people = named.values(named=JSONObject(person="person_id", part="part"))
    return (
        Call.visible_to(acting)
        .filter(Q(telephone__isnull=False) | Q(caller_person__isnull=False) | Q(place__isnull=False))
        .annotate(_flagged=ArraySubquery(flagged.values("which")), _others=ArraySubquery(people))
    )


def _says(_acting: Acting, calls: Sequence[Any]) -> Iterable[Says]:
    for call in calls:
        yield Says(
            source=call.pk,
            about=_about(call, call._others),
            since=call.rang_at,
            headline=_headline(call),
            detail=f"{Line(call.line).words} {call.reference}",
            state="rang off" if call.abandoned else State(call.state).value,
            flags=_counted(call, {_FLAGS[Which(which)] for which in call._flagged}),
            reference=call.reference,
            handling=call.handling,
            team=call.team_id,
        )


def _about(call: Call, others: Sequence[dict[str, str]]) -> list[About]:
    found = [About("person", UUID(one["person"]), one["part"]) for one in others]
    if call.caller_person_id:
        found.append(About("person", call.caller_person_id, "victim" if call.part == Part.VICTIM else "caller"))
    if call.telephone_id:
        found.append(About("number", call.telephone_id, "rang from"))
    if call.place_id:
        found.append(About("place", call.place_id, "where"))
    return found


def _headline(call: Call) -> str:
    if call.abandoned:
        return f"{call.line} rang off before it was answered"
    return BY_KEY[call.what].words if call.what else f"{Line(call.line).words}, not yet said about what"


def _counted(call: Call, flags: set[str]) -> list[str]:
    found = set(flags)
    if call.what and BY_KEY[call.what].domestic:
        found.add("domestic-abuse")
    if call.incident_id:
        found.add(f"{OPENED_AS}{call.incident_id}")
    return sorted(found)


CALL = ChronicleKind(
    key="contact.call",
    title="Calls",
    source=Call,
    live=_live,
    says=_says,
    follows=(Follows(Identification, "call_id"), Follows(Involved, "call_id")),
    url="contact:call",
)
