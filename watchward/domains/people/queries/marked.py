"""The markers on people: their tables, words and policy."""

from __future__ import annotations

from watchward.domains.people.models import Marker, MarkerReview
from watchward.domains.people.rules import APPROVAL, REVIEW
from watchward.domains.people.vocabulary import MarkerKind
from watchward.foundation.markers.room import Room

MARKERS = Room(
    app="people",
    subject="person",
    markers=Marker,
    looks=MarkerReview,
    kinds=MarkerKind,
    review=REVIEW,
    approval=APPROVAL,
    called=lambda marker: f"on {marker.person.name}, {marker.person.reference}",
    asks="Does what is marked on this person still hold?",
)
