"""What must be true of who works where, and until when training counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import date

from watchward.domains.organisation.vocabulary import Function, Plan, Rank
from watchward.kernel.dated import UNSET, Dated, Version
from watchward.kernel.editions import Unreadable, edition, policies
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


KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,49}")
USERNAME = re.compile(r"^[a-z0-9][a-z0-9._-]{1,79}$")
DISTRICT = re.compile(r"[EW]\d{8}")


def why_not_found(plan: Plan, *, roles: Set[str], administers: Set[str], today: date) -> tuple[Refusal, ...]:
    """Return every reason why a force may not start so; the field of each is the place in the file.

    Args:
        plan: the force as it is to start.
        roles: keys of the roles that there are.
        administers: those of them that let somebody administer.
        today: the day on which it is founded.
    """
    early = (Refusal("The force starts today or has started.", field="force.since"),) if plan.since > today else ()
    return (
        *early,
        *_wrong_areas(plan), *_wrong_teams(plan), *_wrong_people(plan, roles), *_wrong_policies(plan),
        *_nobody_administers(plan, administers),
    )  # fmt: skip


def _twice(part: str, names: list[str], what: str) -> Iterator[Refusal]:
    count, seen = Counter(names), set[str]()
    for at, name in enumerate(names):
        if name and count[name] > 1 and name in seen:
            yield Refusal(f"{name} stands twice: each {what} has its own.", field=part.format(at))
        seen.add(name)


def _wrong_areas(plan: Plan) -> Iterator[Refusal]:
    keys = [area.key for area in plan.areas]
    yield from _twice("areas[{}].key", keys, "area")
    covered: dict[str, str] = {}
    for at, area in enumerate(plan.areas):
        if not KEY.fullmatch(area.key):
            yield Refusal("A key is small letters, digits and dashes.", field=f"areas[{at}].key")
        for code in area.districts:
            if not DISTRICT.fullmatch(code):
                yield Refusal(f"{code} is no code of a district, such as E07000197.", field=f"areas[{at}].districts")
            if code in covered:
                yield Refusal(f"{covered[code]} covers {code} already.", field=f"areas[{at}].districts")
            covered[code] = area.name


def _wrong_teams(plan: Plan) -> Iterator[Refusal]:
    keys, areas = [team.key for team in plan.teams], {area.key for area in plan.areas}
    yield from _twice("teams[{}].key", keys, "team")
    ordered = {team.key for team in plan.teams_in_order()}
    for at, team in enumerate(plan.teams):
        if not KEY.fullmatch(team.key):
            yield Refusal("A key is small letters, digits and dashes.", field=f"teams[{at}].key")
        if team.parent and team.parent not in keys:
            yield Refusal(f"There is no team {team.parent}.", field=f"teams[{at}].parent")
        elif team.key not in ordered and team.parent in keys:
            yield Refusal(f"{team.key} stands under itself, by way of {team.parent}.", field=f"teams[{at}].parent")
        if team.function and team.function not in list(Function):
            yield Refusal(f"A team is for one of: {', '.join(Function)}.", field=f"teams[{at}].function")
        if team.area and team.area not in areas:
            yield Refusal(f"There is no area {team.area}.", field=f"teams[{at}].area")
        if team.posts is not None and not 0 <= team.posts <= 2000:
            yield Refusal("A team has from 0 to 2,000 posts.", field=f"teams[{at}].posts")
        if team.posts is not None and not team.function:
            yield Refusal("Say what the team is for, beside its posts.", field=f"teams[{at}].function")


def _wrong_people(plan: Plan, roles: Set[str]) -> Iterator[Refusal]:
    yield from _twice("people[{}].username", [one.username for one in plan.people], "person")
    yield from _twice("people[{}].collar_number", [one.collar_number for one in plan.people], "person")
    teams, areas = {team.key for team in plan.teams}, {area.key for area in plan.areas}
    for at, one in enumerate(plan.people):
        if not USERNAME.fullmatch(one.username):
            yield Refusal("A user name is small letters, digits, dots and dashes.", field=f"people[{at}].username")
        if not one.collar_number or len(one.collar_number) > 12:
            yield Refusal("A collar number has 1 to 12 letters.", field=f"people[{at}].collar_number")
        if one.rank not in list(Rank):
            yield Refusal(f"A rank is one of: {', '.join(Rank)}.", field=f"people[{at}].rank")
        if one.area and one.area not in areas:
            yield Refusal(f"There is no area {one.area}.", field=f"people[{at}].area")
        for part, named, known in (("roles", one.roles, roles), ("teams", one.teams, teams),
                                   ("supervises", one.supervises, teams)):  # fmt: skip
            what = "role" if part == "roles" else "team"
            for name in named:
                if name not in known:
                    yield Refusal(f"There is no {what} {name}.", field=f"people[{at}].{part}")
            if len(set(named)) < len(named):
                yield Refusal(f"A {what} stands twice.", field=f"people[{at}].{part}")


def _wrong_policies(plan: Plan) -> Iterator[Refusal]:
    known = policies()
    first: dict[str, date] = {}
    for at, one in enumerate(plan.policies):
        table = known.get(one.title)
        if table is None:
            yield Refusal(f"There is no policy called {one.title}.", field=f"policies[{at}].title")
            continue
        try:
            edition(table, in_force=one.in_force, said=one.value, cite=one.cite)
        except Unreadable as wrong:
            yield Refusal(f"{one.title}: {wrong}.", field=f"policies[{at}].value")
        if one.title in first and one.in_force <= first[one.title]:
            yield Refusal("Its editions stand oldest first.", field=f"policies[{at}].in_force")
        first[one.title] = one.in_force


def _nobody_administers(plan: Plan, administers: Set[str]) -> Iterator[Refusal]:
    if not any(administers & set(one.roles) for one in plan.people):
        named = " or ".join(sorted(administers))
        yield Refusal(f"Nobody could administer the force: give somebody the role {named}.", field="people")
