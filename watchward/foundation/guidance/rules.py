"""What guidance must have before it stands, which of it fits, and how long it stands unread and unreviewed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from watchward.foundation.guidance.vocabulary import Fits, Group, Kind, Standing
from watchward.kernel.dated import UNSET, Dated, Version
from watchward.kernel.periods import Days, Months, local_day
from watchward.kernel.refusals import Refusal

REVIEW: Final[Dated[Months]] = Dated(
    chosen_by="the day on which the review was set",
    versions=(
        Version(in_force=date(2016, 4, 1), value=UNSET, cite="Force policy on its guidance, to be set by the force"),
    ),
    policy=True,
    title="Review of guidance",
    asks="the longest time for which guidance may stand before it is looked over",
)
"""When guidance is looked over: on the day that whoever publishes it sets, within the force's longest interval."""

READ_WITHIN: Final[Dated[Days]] = Dated(
    chosen_by="the day on which somebody was asked to read it",
    versions=(
        Version(in_force=date(2016, 4, 1), value=Days(14), cite="Force policy on its guidance: read within 14 days"),
    ),
    policy=True,
    title="Reading of guidance",
    asks="within how many days somebody reads the guidance that they are asked to read",
)


@dataclass(frozen=True)
class Ages:
    """From what ages on guidance for young people and for adults fits, in whole years."""

    young_from: int
    adult_from: int


AGES: Final[Dated[Ages]] = Dated(
    chosen_by="the day on which guidance is looked for",
    versions=(
        Version(
            in_force=date(2016, 4, 1),
            value=Ages(young_from=14, adult_from=18),
            cite="Force policy on its guidance, with the ages of the Children and Young Persons Act 1933 s.107(1)",
        ),
    ),
    policy=True,
    title="Children, young people and adults in guidance",
    asks="from what ages guidance for young people and for adults fits",
)

SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_SLUG: Final = 60
LONGEST_TITLE: Final = 120
LONGEST_LEAD: Final = 90
LONGEST_TEXT: Final = 20_000
LONGEST_CHANGED: Final = 300
SHOWN: Final = 3
"""Leads that stand on one page: more would be read by nobody."""


def group_of(age: int | None, *, on: date) -> frozenset[Group]:
    """Return whom guidance fits that is about somebody of this age; none where nobody knows it.

    Args:
        age: in whole years.
        on: the day on which it is looked for.
    """
    if age is None:
        return frozenset()
    ages = AGES.value_on(on)
    if age >= ages.adult_from:
        return frozenset({Group.ADULTS})
    return frozenset({Group.YOUNG_PEOPLE if age >= ages.young_from else Group.CHILDREN})


def does_fit(one: Standing, asked: Fits) -> bool:
    """Return whether guidance fits what a page knows.

    It fits by a topic that both name; guidance of no topic fits by the group alone. It does not fit another group
    than the page is about, where that is known.
    """
    if one.groups and asked.groups and not one.groups & asked.groups:
        return False
    if one.topics:
        return bool(one.topics & asked.topics)
    return bool(one.groups & asked.groups)


def fitting(standing: Iterable[Standing], asked: Fits, *, most: int = SHOWN) -> tuple[Standing, ...]:
    """Return the guidance that leads from a page: what shares most topics first, policy before the rest.

    Args:
        standing: every version that stands.
        asked: what the page knows.
        most: how many at the most.
    """
    order = list(Kind)
    found = [one for one in standing if one.lead and does_fit(one, asked)]
    found.sort(key=lambda one: (-len(one.topics & asked.topics), order.index(one.kind), one.title))
    return tuple(found[:most])


def why_not_begin(*, slug: str, kind: str, taken: bool) -> tuple[Refusal, ...]:
    """Return every reason why a piece of guidance may not be begun.

    Args:
        slug: its stable name in addresses.
        kind: what it is.
        taken: whether another has this name.
    """
    found = []
    if len(slug) > LONGEST_SLUG or not SLUG.fullmatch(slug):
        found.append(Refusal("Its short name is small letters, digits and dashes, as in child-in-home.", field="slug"))
    elif taken:
        found.append(Refusal(f"There is guidance called {slug} already.", field="slug", code="taken"))
    if kind not in list(Kind):
        found.append(Refusal("Choose what it is.", field="kind"))
    return tuple(found)


@dataclass(frozen=True)
class Draft:
    """A version as somebody drafts it.

    Args:
        title: its heading.
        lead: one line for pages where it is needed.
        text: in the few marks that are shown.
        groups: values of whom it is about.
        topics: keys of what it is about.
    """

    title: str
    lead: str
    text: str
    groups: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


def why_not_draft(draft: Draft, *, topics: Collection[str], lost: Iterable[str] = ()) -> tuple[Refusal, ...]:
    """Return every reason why a version may not be kept as drafted.

    Args:
        draft: the version.
        topics: keys of the topics that there are.
        lost: addresses in its text that lead to no page of the force.
    """
    return tuple(_why_not_draft(draft, topics, lost))


def _why_not_draft(draft: Draft, topics: Collection[str], lost: Iterable[str]) -> Iterator[Refusal]:
    for field, said, longest in (
        ("title", draft.title, LONGEST_TITLE), ("lead", draft.lead, LONGEST_LEAD), ("text", draft.text, LONGEST_TEXT),
    ):  # fmt: skip
        if len(said) > longest:
            yield Refusal(f"Keep this to {longest:,} characters: it has {len(said):,}.", field=field)
    if not draft.title.strip():
        yield Refusal("Give it a title.", field="title")
    if not draft.text.strip():
        yield Refusal("Write what it says.", field="text")
    for address in lost:
        yield Refusal(f"{address} is no page of Watchward: a link leads to one, as in /partners/.", field="text")
    if set(draft.groups) - set(Group):
        yield Refusal("Choose among children, young people and adults.", field="groups")
    if set(draft.topics) - set(topics):
        yield Refusal("Choose among the topics.", field="topics")


def why_not_publish(
    *, number: int, changed: str, since: datetime, at: datetime, review_on: date | None, asks: bool, asked: int
) -> tuple[Refusal, ...]:
    """Return every reason why a version may not be published.

    Args:
        number: of the version, from 1.
        changed: what it changes, in words.
        since: the moment from which it stands.
        at: now.
        review_on: the day on which it is looked over; None where nobody named one and the force has set no period.
        asks: whether people are asked to read it.
        asked: how many these are.
    """
    found = []
    if number > 1 and len(changed.split()) < 2:
        found.append(Refusal("Say what changed since the version before.", field="changed"))
    if len(changed) > LONGEST_CHANGED:
        found.append(Refusal(f"Keep this to {LONGEST_CHANGED} characters.", field="changed"))
    if since < at:
        found.append(Refusal("It stands from now or later.", field="since"))
    found += why_not_review_on(review_on, today=local_day(at), since=local_day(since))
    if asks and not asked:
        found.append(Refusal("Nobody works in these teams or holds these roles.", field="teams", code="nobody"))
    return tuple(found)


def review_day(named: date | None, *, today: date) -> date | None:
    """Return the day on which guidance is looked over: the one named, else as the force's policy says."""
    if named is not None:
        return named
    return REVIEW.value_on(today).due(today) if REVIEW.is_set_on(today) else None


def why_not_review_on(review_on: date | None, *, today: date, since: date) -> tuple[Refusal, ...]:
    """Return every reason why guidance may not be looked over on a day.

    Args:
        review_on: the day; None where nobody named one and the force has set no period.
        today: the day on which it is set.
        since: the day from which the guidance stands.
    """
    if review_on is None:
        return (Refusal("Name the day on which it is looked over.", field="review_on", code="no-review"),)
    found = []
    if review_on <= max(today, since):
        found.append(Refusal("It is looked over after it begins to stand.", field="review_on"))
    version = REVIEW.standing_on(today)
    if version.is_set and review_on > version.value.due(today):
        found.append(Refusal(f"It is looked over within {version.value}.", cite=version.cite, field="review_on"))
    return tuple(found)


def who_reads(
    *, members: Iterable[tuple[int, UUID]], holders: Iterable[tuple[str, UUID]], teams: Collection[int],
    roles: Collection[str],
) -> frozenset[UUID]:  # fmt: skip
    """Return whom a version is to be read by: everybody of the teams, of them those of the roles where both are named.

    Args:
        members: team and account of everybody who works in a team.
        holders: role and account of everybody who holds a role.
        teams: numbers of the teams chosen.
        roles: keys of the roles chosen.
    """
    of_teams = {account for team, account in members if team in teams}
    of_roles = {account for role, account in holders if role in roles}
    if teams and roles:
        return frozenset(of_teams & of_roles)
    return frozenset(of_teams if teams else of_roles)
