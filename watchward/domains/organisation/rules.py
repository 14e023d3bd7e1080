"""What must be true of who works where, and until when training counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from watchward.kernel.dated import UNSET, Dated, Version
from watchward.kernel.periods import Months
from watchward.kernel.refusals import Refusal

THRIVE_COUNTS_FOR: Dated[Months] = Dated(
    title="How long THRIVE training counts",
    chosen_by="the day on which the course was passed",
    policy=True,
    asks="how many months THRIVE training counts before it must be taken again",
    versions=(
        Version(in_force=date(2014, 4, 1), value=UNSET, cite="Force policy on training, to be set by the force"),
    ),
)
"""Every call handler is trained in THRIVE (the report, line 72); for how long that counts is the force's to say."""

COURSES: dict[str, tuple[str, Dated[Months] | None]] = {
    "thrive": ("THRIVE for call handlers", THRIVE_COUNTS_FOR),
    "vulnerability": ("Vulnerability and hidden harm", None),
    "domestic-abuse": ("Domestic abuse: risk assessment and coercive control", None),
    "mental-health": ("Mental health and crisis", None),
    "abe": ("Achieving Best Evidence interviews", None),
    "public-protection-cpd": ("Continuing development, public protection", None),
    "disclosure": ("Disclosure of relevant material", None),
    "bail": ("Pre-charge bail and release under investigation", None),
    "early-intervention": ("Early intervention, enhanced", None),
}
"""Courses by key: their name, and for how long they count where that is a matter of policy."""

SCHEMES: dict[str, str] = {
    "pip-1": "Professionalising Investigation Programme, level 1",
    "pip-2": "Professionalising Investigation Programme, level 2",
    "pip-3": "Professionalising Investigation Programme, level 3",
    "scaidp": "Specialist Child Abuse Investigator Development Programme",
}
"""Accreditations by key (College of Policing)."""


@dataclass(frozen=True)
class Span:
    """From a day until a day; without an end until further notice."""

    since: date
    until: date | None = None

    def meets(self, other: Span) -> bool:
        """Return whether the two share a day."""
        return (other.until is None or self.since < other.until) and (self.until is None or other.since < self.until)


def expires_on(course: str, *, passed_on: date, asked: date | None) -> date | None:
    """Return the day on which training no longer counts: as on its certificate, else as policy says, else never."""
    policy = COURSES[course][1]
    if asked is None and policy is not None and policy.is_set_on(passed_on):
        return policy.value_on(passed_on).due(passed_on)
    return asked


def why_not_train(*, course: str, passed_on: date, expires: date | None, today: date) -> tuple[Refusal, ...]:
    """Return every reason why a course may not be entered as passed."""
    reasons = []
    if course not in COURSES:
        reasons.append(Refusal("Choose a course.", field="course"))
    if passed_on > today:
        reasons.append(Refusal("A course is entered once it is passed.", field="passed_on"))
    if expires is not None and expires <= passed_on:
        reasons.append(Refusal("It must count for at least a day.", field="expires_on"))
    return tuple(reasons)


def why_not_post(*, collar_number: str, since: date, standing: Iterable[Span]) -> tuple[Refusal, ...]:
    """Return every reason why somebody may not be given a post: no number, or another post on the same days."""
    reasons = []
    if not collar_number.strip():
        reasons.append(Refusal("Give the collar number.", field="collar_number"))
    if any(Span(since).meets(span) for span in standing if span.since >= since):
        reasons.append(Refusal("They hold a post from that day or a later one already.", field="since"))
    return tuple(reasons)
