"""Finding telephone numbers by their normal form, and what is marked on them."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from watchward.domains.objects import vocabulary
from watchward.domains.objects.models import MarkerReview, NumberMarker
from watchward.domains.objects.models import TelephoneNumber as TelephoneNumber
from watchward.domains.objects.rules import APPROVAL, REVIEW
from watchward.domains.objects.vocabulary import MarkerKind
from watchward.foundation.acting import Acting
from watchward.foundation.markers.room import Room
from watchward.foundation.records import get

MARKERS = Room(
    app="objects",
    subject="number",
    markers=NumberMarker,
    looks=MarkerReview,
    kinds=MarkerKind,
    review=REVIEW,
    approval=APPROVAL,
    called=lambda marker: f"on {vocabulary.shown(marker.number.normal)}",
    asks="Does what is marked on this telephone number still hold?",
)


def number(acting: Acting, *, typed: str) -> TelephoneNumber | None:
    """Return the number that somebody typed or that the exchange sent, if it is on record."""
    normal = vocabulary.normal_number(typed)
    return TelephoneNumber.visible_to(acting).filter(normal=normal).first() if normal else None


def number_of(acting: Acting, *, id_: UUID) -> TelephoneNumber:
    """Return one number.

    Raises:
        NotHere: there is none.
    """
    return get(acting, TelephoneNumber, id_)


def shown(acting: Acting, *, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return these numbers as people write them, by id."""
    found = TelephoneNumber.visible_to(acting).filter(pk__in=list(ids)).values_list("pk", "normal")
    return {id_: vocabulary.shown(normal) for id_, normal in found}


def ids_of(acting: Acting, *, typed: Iterable[str]) -> dict[str, UUID]:
    """Return the ids of many numbers at once, by what was typed; those not on record are absent."""
    wanted = {text: normal for text in set(typed) if (normal := vocabulary.normal_number(text))}
    found = dict(TelephoneNumber.visible_to(acting).filter(normal__in=set(wanted.values())).values_list("normal", "pk"))
    return {text: found[normal] for text, normal in wanted.items() if normal in found}
