"""What is done about places: recording them, marking them, loading many."""

from watchward.domains.places.commands.loading import load_places
from watchward.domains.places.commands.marking import approve_marker, mark_place, review_marker
from watchward.domains.places.commands.recording import assign_areas, record_place, set_handling, set_ward

__all__ = [
    "approve_marker",
    "assign_areas",
    "load_places",
    "mark_place",
    "record_place",
    "review_marker",
    "set_handling",
    "set_ward",
]
