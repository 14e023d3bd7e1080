"""What belongs to all records of one human being, in one statement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q

from watchward.domains.people.models import ContactNumber, IdentityDecision, Name, Residence
from watchward.domains.people.queries.identity import decided
from watchward.domains.people.queries.records import homes_seen
from watchward.foundation.acting import Acting
from watchward.foundation.together import together


@dataclass(frozen=True)
class Belonging:
    """What is recorded of somebody under any of their records, record by record.

    Args:
        homes: where they live and lived, the present first.
        numbers: those that stand first, each with the record of the number.
        names: other names, latest first.
        decisions: what was decided of these records and others, undone decisions too, latest first.
    """

    homes: tuple[Residence, ...]
    numbers: tuple[ContactNumber, ...]
    names: tuple[Name, ...]
    decisions: tuple[IdentityDecision, ...]


def belonging(acting: Acting, *, people: Iterable[UUID]) -> Belonging:
    """Return what belongs to these records, as far as this person may see; the caller leaves the trace.

    Args:
        acting: who asks.
        people: ids of the records, in the order in which what belongs to them is told.
    """
    ids = list(people)
    ending = (F("until").desc(nulls_first=True), "-pk")
    homes, numbers, names, decisions = together(
        homes_seen(acting).filter(person_id__in=ids).order_by(*ending),
        ContactNumber.visible_to(acting).filter(person_id__in=ids).select_related("number").order_by(*ending),
        Name.visible_to(acting).filter(person_id__in=ids).order_by(F("since").desc(nulls_last=True), "pk"),
        decided(acting).filter(Q(one_id__in=ids) | Q(other_id__in=ids)),
    )
    place = {id_: at for at, id_ in enumerate(ids)}
    for rows in (homes, numbers, names):
        rows.sort(key=lambda row: place[row.person_id])
    return Belonging(tuple(homes), tuple(numbers), tuple(names), tuple(decisions))
