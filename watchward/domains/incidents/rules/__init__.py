"""How urgent an incident is, by when somebody must be there, and what is owed when nobody is.

No time is laid down nationally for any grade; each is the force's own policy. Right Care Right Person (the national
agreement of 26 July 2023) came after the period that these policies cover and is not among them.
"""

from watchward.domains.incidents.rules.asking import ARRIVAL, to_ask
from watchward.domains.incidents.rules.bringing import why_not_bring
from watchward.domains.incidents.rules.closing import DELAY_POLICY, Closing, why_not_close
from watchward.domains.incidents.rules.cover import (
    TRIAGE,
    Advice,
    Cover,
    Planned,
    Triage,
    Window,
    cover_at,
    covers,
)
from watchward.domains.incidents.rules.demand import SURGE, Demand, Trigger, surge
from watchward.domains.incidents.rules.grading import GRADING, IMPLIED, GradeRule, grade_for, harm_of, signs_of
from watchward.domains.incidents.rules.response import (
    AGREE,
    DELAY,
    HOUSEHOLD,
    RESPONSE,
    THRIVE_DUE,
    ClockStart,
    DelayPolicy,
    Length,
    Moments,
    Response,
    agree_by,
    household_by,
    reassess_by,
    recontact_by,
    target_after_change,
    target_for,
    target_when_reopened,
    thrive_by,
    why_not_agree,
)

__all__ = [
    "AGREE",
    "ARRIVAL",
    "DELAY",
    "DELAY_POLICY",
    "GRADING",
    "HOUSEHOLD",
    "IMPLIED",
    "RESPONSE",
    "SURGE",
    "THRIVE_DUE",
    "TRIAGE",
    "Advice",
    "ClockStart",
    "Closing",
    "Cover",
    "DelayPolicy",
    "Demand",
    "GradeRule",
    "Length",
    "Moments",
    "Planned",
    "Response",
    "Triage",
    "Trigger",
    "Window",
    "agree_by",
    "cover_at",
    "covers",
    "grade_for",
    "harm_of",
    "household_by",
    "reassess_by",
    "recontact_by",
    "signs_of",
    "surge",
    "target_after_change",
    "target_for",
    "target_when_reopened",
    "thrive_by",
    "to_ask",
    "why_not_agree",
    "why_not_bring",
    "why_not_close",
]
