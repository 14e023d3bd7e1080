"""What others are told of telephone numbers: the markers that stand on them."""

from __future__ import annotations

from watchward.domains.objects.queries import MARKERS
from watchward.foundation.markers.chronicle import standing_markers

MARKER = standing_markers(MARKERS, "What is marked on a telephone number")
