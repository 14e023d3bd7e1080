"""Writing: opening, assessing, grading, sending, delaying and closing incidents, and the units that go."""

from watchward.domains.incidents.commands.grading import assess, give_grade, reassess
from watchward.domains.incidents.commands.opening import (
    add_log_line,
    close,
    involve,
    open_incident,
    open_locked,
    set_place,
)
from watchward.domains.incidents.commands.response import (
    clear,
    mark_at_scene,
    mark_en_route,
    read_briefing,
    record_recontact,
    send,
    watch,
)
from watchward.domains.incidents.commands.units import crew, leave_unit, make_unit, place_unit, set_unit_status

__all__ = [
    "add_log_line",
    "assess",
    "clear",
    "close",
    "crew",
    "give_grade",
    "involve",
    "leave_unit",
    "make_unit",
    "mark_at_scene",
    "mark_en_route",
    "open_incident",
    "open_locked",
    "place_unit",
    "read_briefing",
    "reassess",
    "record_recontact",
    "send",
    "set_place",
    "set_unit_status",
    "watch",
]
