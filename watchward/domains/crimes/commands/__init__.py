"""Writing: reports, recorded crimes, who had a part in them, to whom they are given and how they end."""

from watchward.domains.crimes.commands.bringing import bring_crimes
from watchward.domains.crimes.commands.ending import (
    agree_outcome,
    check_n100,
    check_outcome,
    draw_sample,
    give_outcome,
    reopen,
    send_back,
)
from watchward.domains.crimes.commands.investigating import allocate, cancel, reclassify, reinstate, set_flags
from watchward.domains.crimes.commands.recording import (
    Named,
    decide_no_crime,
    end_part,
    name,
    note_interview,
    record,
    write_report,
)

__all__ = [
    "Named",
    "agree_outcome",
    "allocate",
    "bring_crimes",
    "cancel",
    "check_n100",
    "check_outcome",
    "decide_no_crime",
    "draw_sample",
    "end_part",
    "give_outcome",
    "name",
    "note_interview",
    "reclassify",
    "record",
    "reinstate",
    "reopen",
    "send_back",
    "set_flags",
    "write_report",
]
