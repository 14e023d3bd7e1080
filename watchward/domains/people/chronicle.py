"""What may be told of people: the markers that stand on them."""

from __future__ import annotations

from watchward.domains.people.queries import MARKERS
from watchward.foundation.markers.chronicle import standing_markers

MARKER = standing_markers(MARKERS, "Markers that stand on people")
