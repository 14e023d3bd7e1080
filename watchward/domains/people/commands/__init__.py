"""Writing people: recording them, what is known of them, markers, decisions of identity, and how they are kept."""

from __future__ import annotations

from watchward.domains.people.commands.bulk import SEXES, load_people
from watchward.domains.people.commands.handling import keep_as
from watchward.domains.people.commands.identity import decide_identity, undo_decision
from watchward.domains.people.commands.lasting import correct_days, end_number, move_out, unrelate
from watchward.domains.people.commands.markers import approve_marker, end_marker, mark_person, review_marker
from watchward.domains.people.commands.records import (
    add_detail,
    add_name,
    add_number,
    check_number,
    live_at,
    record_person,
    relate,
    see_at_home,
    update_person,
)
from watchward.domains.people.commands.sealed import alert_keepers, see_ask
from watchward.domains.people.commands.settling import settle_people

__all__ = [
    "SEXES",
    "add_detail",
    "add_name",
    "add_number",
    "alert_keepers",
    "approve_marker",
    "check_number",
    "correct_days",
    "decide_identity",
    "end_marker",
    "end_number",
    "keep_as",
    "live_at",
    "load_people",
    "mark_person",
    "move_out",
    "record_person",
    "relate",
    "review_marker",
    "see_ask",
    "see_at_home",
    "settle_people",
    "undo_decision",
    "unrelate",
    "update_person",
]
