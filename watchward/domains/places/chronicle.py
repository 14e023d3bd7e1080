"""What others are told of places: the markers that stand on them."""

from __future__ import annotations

from watchward.domains.places.queries import MARKERS
from watchward.foundation.markers.chronicle import standing_markers

MARKER = standing_markers(MARKERS, "What is marked at a place")
