"""Writing: opening, assessing, grading, sending, delaying and closing incidents, and the units that go."""

from watchward.domains.incidents.commands.again import agree_time, reopen
from watchward.domains.incidents.commands.bringing import bring_incidents
from watchward.domains.incidents.commands.care import judge_risk, record_advice
from watchward.domains.incidents.commands.grading import assess, give_grade, reassess
from watchward.domains.incidents.commands.keeping import keep_as, open_locked
from watchward.domains.incidents.commands.opening import (
    add_log_line,
    close,
    involve,
    open_incident,
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
from watchward.domains.incidents.commands.surge import answer_surge, watch_demand
from watchward.domains.incidents.commands.units import crew, leave_unit, make_unit, place_unit, set_unit_status

__all__ = [
    "add_log_line",
    "agree_time",
    "answer_surge",
    "assess",
    "bring_incidents",
    "clear",
    "close",
    "crew",
    "give_grade",
    "involve",
    "judge_risk",
    "keep_as",
    "leave_unit",
    "make_unit",
    "mark_at_scene",
    "mark_en_route",
    "open_incident",
    "open_locked",
    "place_unit",
    "read_briefing",
    "reassess",
    "record_advice",
    "record_recontact",
    "reopen",
    "send",
    "set_place",
    "set_unit_status",
    "watch",
    "watch_demand",
]
