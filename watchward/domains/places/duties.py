"""What is owed because of places: a marker is approved, and looked at again on its day."""

from __future__ import annotations

from watchward.domains.places.queries import MARKERS
from watchward.foundation.markers.duties import approval_duty, review_duty

MARKER_REVIEW = review_duty(MARKERS)
MARKER_APPROVAL = approval_duty(MARKERS)
