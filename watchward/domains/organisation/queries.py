"""Reading the force as it was on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

# Named again for the pages, which show what these queries give back and know no tables.
from watchward.domains.organisation.models import Accreditation as Accreditation
from watchward.domains.organisation.models import Area as Area
from watchward.domains.organisation.models import Coverage, Establishment, Force, Policy, Training
from watchward.domains.organisation.models import Officer as Officer
from watchward.domains.organisation.vocabulary import Portfolio
from watchward.foundation.access.models import Membership, Team
from watchward.foundation.acting import Acting
from watchward.foundation.records import NotHere, get, standing
from watchward.kernel.dated import Version
from watchward.kernel.editions import Unreadable, edition, policies
from watchward.kernel.periods import local_day


def force(acting: Acting) -> Force | None:
    """Return the force of this home; None where none was founded, as in a demonstration."""
    return Force.visible_to(acting).first()


def has_confirmed(acting: Acting) -> bool:
    """Return whether the force has confirmed any of its policies."""
    return Policy.visible_to(acting).exists()


def confirmed(acting: Acting) -> dict[str, tuple[Version[Any], ...]]:
    """Return the force's own editions of its policies, by the title of the table and oldest first.

    Raises:
        Unreadable: a table has changed since, so that it cannot take what was confirmed.
    """
    found: dict[str, tuple[Version[Any], ...]] = {}
    for row in Policy.visible_to(acting).order_by("title", "in_force"):
        table = policies().get(row.title)
        if table is None:
            raise Unreadable(f"there is no policy called {row.title} any more")
        version = edition(table, in_force=row.in_force, said=row.value, cite=row.cite)
        found[row.title] = (*found.get(row.title, ()), version)
    return found


def areas(acting: Acting, *, on: date) -> QuerySet[Area]:
    """Return the areas that stand on a day, by name."""
    return Area.visible_to(acting).filter(standing(on)).order_by("name")


def area(acting: Acting, *, id_: UUID) -> Area:
    """Return one area.

    Raises:
        NotHere: there is none.
    """
    return get(acting, Area, id_)


def area_names(acting: Acting, *, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the names of these areas, by id."""
    wanted = set(ids)
    return dict(Area.visible_to(acting).filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def area_titles(acting: Acting) -> dict[str, str]:
    """Return the latest name of every area that there is or was, by its key."""
    return dict(Area.visible_to(acting).order_by("since").values_list("key", "name"))


def area_of(acting: Acting, *, district: str, on: date) -> Area | None:
    """Return the area that covers a district on a day; None where none does.

    Args:
        acting: who asks.
        district: code of a local authority district, such as E06000021.
        on: the day.
    """
    return areas_of_districts(acting, on=on).get(district)


def areas_of_districts(acting: Acting, *, on: date) -> dict[str, Area]:
    """Return the area of every district that is covered on a day, by the district's code."""
    covers = Coverage.visible_to(acting).filter(standing(on)).select_related("area")
    return {row.district: row.area for row in covers}


def officer_of(acting: Acting, *, account: UUID, on: date | None = None) -> Officer | None:
    """Return the post that somebody holds on a day, the acting day when none is given; None where they hold none."""
    day = on or local_day(acting.at)
    return Officer.visible_to(acting).filter(standing(day), account_id=account).select_related("area").first()


@dataclass(frozen=True)
class TeamThen:
    """A team as it was on a day.

    Args:
        number: its number.
        name: as people say it.
        above: number of the team above it.
        function: what it is for; empty where nobody has said.
        area: id of the area that it serves; None for the whole force.
        posts: how many posts it has; None where nobody has said.
        strength: how many people work there.
        supervisors: names of those who supervise it.
    """

    number: int
    name: str
    above: int | None
    function: str
    area: UUID | None
    posts: int | None
    strength: int
    supervisors: tuple[str, ...]

    @property
    def vacant(self) -> int | None:
        """How many posts are not filled: posts less people, below nought where there are more people than posts."""
        return None if self.posts is None else self.posts - self.strength


def teams(acting: Acting, *, on: date) -> list[TeamThen]:
    """Return the teams that stand on a day with their posts and people, by name."""
    stood = {row.team_id: row for row in Establishment.visible_to(acting).filter(standing(on))}
    people: dict[int, list[Membership]] = {}
    for place in Membership.visible_to(acting).filter(standing(on)).select_related("account"):
        people.setdefault(place.team_id, []).append(place)
    found = []
    for team in Team.visible_to(acting).filter(standing(on)).order_by("name"):
        row, members = stood.get(team.number), people.get(team.number, [])
        leads = tuple(sorted(place.account.display_name for place in members if place.supervises))
        found.append(
            TeamThen(
                team.number, team.name, team.parent_id, row.function if row else "", row.area_id if row else None,
                row.posts if row else None, len(members), leads,
            )
        )  # fmt: skip
    return found


def team(acting: Acting, *, number: int, on: date) -> TeamThen:
    """Return one team as it was on a day.

    Raises:
        NotHere: there was none.
    """
    for found in teams(acting, on=on):
        if found.number == number:
            return found
    raise NotHere(f"no team {number} on {on}")


@dataclass(frozen=True)
class Works:
    """Somebody in a team on a day.

    Args:
        account: their id.
        name: as shown.
        supervises: whether they supervise the team.
        since: their first day in it.
        officer: the post that they hold; None where none is entered.
        trained: the courses that count for them on that day, with the day on which each ends.
    """

    account: UUID
    name: str
    supervises: bool
    since: date
    officer: Officer | None
    trained: dict[str, date | None]


def people_of(acting: Acting, *, team: int, on: date) -> list[Works]:
    """Return who works in a team on a day, supervisors first."""
    rows = Membership.visible_to(acting).filter(standing(on), team__number=team).select_related("account")
    places = list(rows.order_by("-supervises", "account__display_name"))
    ids = {place.account_id for place in places}
    posts = {row.account_id: row for row in Officer.visible_to(acting).filter(standing(on), account_id__in=ids)}
    trained = training_of(acting, accounts=ids, on=on)
    return [
        Works(
            place.account_id, place.account.display_name, place.supervises, place.since, posts.get(place.account_id),
            trained.get(place.account_id, {}),
        )
        for place in places
    ]  # fmt: skip


def teams_of(acting: Acting, *, account: UUID, on: date) -> list[tuple[str, bool]]:
    """Return the names of the teams that somebody works in on a day, and whether they supervise each."""
    rows = Membership.visible_to(acting).filter(standing(on), account_id=account)
    return list(rows.order_by("team__name").values_list("team__name", "supervises"))


def training_of(acting: Acting, *, accounts: Iterable[UUID], on: date) -> dict[UUID, dict[str, date | None]]:
    """Return the courses that count for these people on a day, with the day on which each no longer does."""
    counts = Q(passed_on__lte=on) & (Q(expires_on__isnull=True) | Q(expires_on__gt=on))
    found: dict[UUID, dict[str, date | None]] = {}
    rows = Training.visible_to(acting).filter(counts, account_id__in=set(accounts)).order_by("passed_on")
    for row in rows:
        found.setdefault(row.account_id, {})[row.course] = row.expires_on
    return found


@dataclass(frozen=True)
class Trained:
    """How many of a team's people a course counts for on a day."""

    team: str
    people: int
    trained: int


def training_coverage(acting: Acting, *, course: str, on: date) -> list[Trained]:
    """Return for each team with people how many of them a course counts for on a day, by the team's name."""
    rows = Membership.visible_to(acting).filter(standing(on)).select_related("team")
    members: dict[str, set[UUID]] = {}
    for place in rows:
        members.setdefault(place.team.name, set()).add(place.account_id)
    trained = training_of(acting, accounts={one for ids in members.values() for one in ids}, on=on)
    return [
        Trained(name, len(ids), sum(course in trained.get(one, {}) for one in ids))
        for name, ids in sorted(members.items())
    ]


def accreditations_of(acting: Acting, *, account: UUID) -> QuerySet[Accreditation]:
    """Return how far somebody is with each accreditation."""
    return Accreditation.visible_to(acting).filter(account_id=account).order_by("scheme")


def accredited(acting: Acting, *, accounts: Iterable[UUID], on: date) -> dict[UUID, set[str]]:
    """Return the keys of the accreditations that these people hold on a day, those that have expired left out."""
    counts = Q(since__lte=on) & (Q(expires_on__isnull=True) | Q(expires_on__gt=on))
    rows = Accreditation.visible_to(acting).filter(counts, portfolio=Portfolio.HELD, account_id__in=set(accounts))
    found: dict[UUID, set[str]] = {}
    for account, scheme in rows.values_list("account_id", "scheme"):
        found.setdefault(account, set()).add(scheme)
    return found
