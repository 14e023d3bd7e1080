"""Reading what is owed: one's own, a team's, all that is late, and one duty."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from watchward.foundation import reading
from watchward.foundation.access.context import as_engine
from watchward.foundation.acting import Acting
from watchward.foundation.audit.models import CommandLog
from watchward.foundation.chronicle import queries as chronicle
from watchward.foundation.chronicle.models import Line
from watchward.foundation.chronicle.queries import LockedLine
from watchward.foundation.duties.kinds import kinds
from watchward.foundation.duties.models import Duty, Escalation, State
from watchward.foundation.records import Handling, NotHere
from watchward.kernel.periods import day_ends, instant, local_day

reading.called(
    {
        "duties.work": "What somebody or a team owes",
        "duties.late": "What somebody or a team owes: late",
        "duties.today": "What somebody or a team owes: due today",
        "duties.later": "What somebody or a team owes: due later",
        "duties.overdue": "All that is overdue",
        "duties.one": "One duty",
        "duties.ledger": "The duties of a ledger",
        "duties.ask": "A question about a duty",
        "duties.cli": "What is owed, on the command line",
        "duties.board": "The board of one's teams: what is oldest of each",
        "duties.to-move": "What somebody or a team owes: to be given to others",
        "duties.to-hand-over": "What somebody holds: to be handed over",
        "duties.handed": "A hand-over",
        "duties.news": "What is new for somebody",
    }
)

AT_RISK_WITHIN = timedelta(days=7)
"""How far ahead something that is in time can be said to be at risk."""

OWED = "duties.owed"
"""The kind of the chronicle's lines that say what is owed."""

PROVE_COMMAND = "foundation.duties.commands.prove"


def owed(acting: Acting) -> QuerySet[Duty]:
    """Return all that is open and visible, soonest first."""
    return (
        Duty.visible_to(acting)
        .filter(state=State.OPEN)
        .select_related("owed_by", "owed_by_team")
        .order_by("due_at", "id")
    )


def mine(acting: Acting) -> QuerySet[Duty]:
    """Return what this person owes: given to them, or owed by their team with nobody named, or gone up to them."""
    return owed(acting).filter(
        Q(owed_by_id=acting.account)
        | Q(owed_by__isnull=True, owed_by_team_id=acting.team)
        | Q(pk__in=Escalation.visible_to(acting).filter(to_id=acting.account).values("duty_id"))
    )


def of_teams(acting: Acting, *, teams: frozenset[int]) -> QuerySet[Duty]:
    """Return what these teams owe."""
    return owed(acting).filter(owed_by_team_id__in=sorted(teams))


def overdue(acting: Acting) -> QuerySet[Duty]:
    """Return all that is late, worst harm first."""
    return owed(acting).filter(due_at__lt=acting.at).order_by("-harm", "due_at", "id")


def to_send_up(acting: Acting) -> QuerySet[Duty]:
    """Return what is late by so much that it must go up a further step."""
    due = Q(pk__in=[])
    for kind in kinds.values():
        for passed, step in enumerate(kind.escalates):
            due |= Q(kind=kind.key, escalated=passed, due_at__lte=acting.at - step.after)
    return Duty.visible_to(acting).filter(due, state=State.OPEN)


PROVED_AT = time(2, 0)


def proved_tonight(acting: Acting) -> bool:
    """Return whether it has been proved since two this morning, by the force's clock, that no duty is missing."""
    today = local_day(acting.at)
    since = instant(today, PROVED_AT)
    if since > acting.at:
        since = instant(today - timedelta(days=1), PROVED_AT)
    return CommandLog.objects.filter(name=PROVE_COMMAND, outcome="done", at__range=(since, acting.at)).exists()


def duty(acting: Acting, *, id_: UUID) -> Duty:
    """Return one duty.

    Raises:
        NotHere: there is none that they may see.
    """
    found = Duty.visible_to(acting).select_related("owed_by", "owed_by_team", "closed_by").filter(pk=id_).first()
    if found is None:
        raise NotHere("no such duty")
    return found


@dataclass(frozen=True)
class Told:
    """What the chronicle tells of some subjects.

    Args:
        lines: what stands, what happened and what is owed, latest first.
        locked: that a line is there and locked.
        owners: who owes what is owed among the lines, by duty: somebody's name, or their team's.
    """

    lines: tuple[Line, ...]
    locked: tuple[LockedLine, ...]
    owners: dict[UUID, str]


def told(acting: Acting, *, lines: Iterable[UUID], locked: Iterable[UUID]) -> Told:
    """Return what the chronicle tells, with who owes what is owed, in one statement; the caller leaves the trace.

    Args:
        acting: who reads.
        lines: of whom and what the lines are told.
        locked: of whom and what it is said that something is locked.
    """
    subjects = list(lines)
    owing = chronicle.about(acting, subjects).filter(kind=OWED).order_by().values("source")
    duties = Duty.visible_to(acting).filter(pk__in=owing).select_related("owed_by", "owed_by_team")
    found, shut, (owed_,) = chronicle.told(acting, lines=subjects, locked=locked, beside=(duties,))
    return Told(tuple(found), tuple(shut), {row.pk: owner_of(acting, row) for row in owed_})


def owner_of(acting: Acting, duty: Duty) -> str:
    """Return who owes a duty, in words for the reader: a person, or the team where nobody is named."""
    if duty.owed_by is not None and duty.owed_by_id == acting.account:
        return "You"
    if duty.owed_by is not None:
        return duty.owed_by.display_name
    return f"{duty.owed_by_team.name}, nobody named" if duty.owed_by_team is not None else "Nobody named"


def gone_up_to(acting: Acting) -> QuerySet[Escalation]:
    """Return what went up to this person and is still open."""
    return (
        Escalation.visible_to(acting)
        .filter(to_id=acting.account, duty__state=State.OPEN)
        .select_related("duty")
        .order_by("at")
    )


def gone_up(acting: Acting, *, teams: frozenset[int]) -> QuerySet[Escalation]:
    """Return what went up to this person, or from these teams to anybody, and is still open."""
    return (
        Escalation.visible_to(acting)
        .filter(Q(to_id=acting.account) | Q(duty__owed_by_team_id__in=sorted(teams)), duty__state=State.OPEN)
        .select_related("duty", "to", "to_team")
        .order_by("-at", "-id")
    )


def released(acting: Acting, scope: Scope, *, since: datetime) -> QuerySet[Duty]:
    """Return what a scope was released from since then, with the reasons."""
    return (
        Duty.visible_to(acting)
        .filter(scope.rows, state=State.RELEASED, closed_at__gte=since)
        .select_related("closed_by")
        .order_by("-closed_at")
    )


@dataclass(frozen=True)
class Sums:
    """Two true sums: owed = done + released + open, and open = late + today + later.

    Args:
        hidden: rows within these sums that the reader may not see.
    """

    owed: int
    done: int
    on_time: int
    released: int
    open: int
    late: int
    today: int
    later: int
    hidden: int
    since: datetime | None
    at: datetime

    @property
    def adds_up(self) -> bool:
        """Return whether both sums hold."""
        return self.owed == self.done + self.released + self.open and self.open == self.late + self.today + self.later


@dataclass(frozen=True)
class Scope:
    """Whose duties are looked at.

    Args:
        teams: numbers of teams, with all that their people owe.
        person: one person, with what their team owes and nobody is named for.
        team: that person's team.
    """

    teams: frozenset[int] = frozenset()
    person: UUID | None = None
    team: int | None = None

    @property
    def rows(self) -> Q:
        """Return the condition on a duty."""
        if self.person is None:
            return Q(owed_by_team_id__in=sorted(self.teams))
        named = Q(owed_by_id=self.person)
        return named if self.team is None else named | Q(owed_by__isnull=True, owed_by_team_id=self.team)


def parts(acting: Acting) -> dict[str, Q]:
    """Return what parts the open duties by their due time: each is in exactly one."""
    end = max(day_ends(local_day(acting.at)), acting.at)
    return {
        "late": Q(state=State.OPEN, due_at__lt=acting.at),
        "today": Q(state=State.OPEN, due_at__gte=acting.at, due_at__lt=end),
        "later": Q(state=State.OPEN, due_at__gte=end),
    }


def late(acting: Acting, scope: Scope) -> QuerySet[Duty]:
    """Return the late duties of a scope, worst harm first."""
    return overdue(acting).filter(scope.rows)


def ahead(acting: Acting, scope: Scope) -> QuerySet[Duty]:
    """Return the duties of a scope that are in time, soonest first."""
    return owed(acting).filter(scope.rows, due_at__gte=acting.at)


def of_list(acting: Acting, scope: Scope, name: str) -> QuerySet[Duty]:
    """Return all duties of a scope that are late, due today or due later: each in the order of its list."""
    if name == "late":
        return late(acting, scope)
    return ahead(acting, scope).filter(parts(acting)[name])


def by_person(acting: Acting, scope: Scope) -> dict[UUID | None, dict[str, int]]:
    """Return how many duties each person of a scope has late, today and later, as far as the reader may see."""
    counts = {name: Count("id", filter=rows) for name, rows in parts(acting).items()}
    found = (
        Duty.visible_to(acting).filter(scope.rows, state=State.OPEN).values("owed_by_id").annotate(**counts).order_by()
    )
    return {row["owed_by_id"]: {name: row[name] for name in counts} for row in found}


def by_team(acting: Acting) -> list[tuple[int | None, str, int]]:
    """Return how many duties of each team are late, as far as the reader may see: number, name, count."""
    found = (
        Duty.visible_to(acting)
        .filter(parts(acting)["late"])
        .values_list("owed_by_team_id", "owed_by_team__name")
        .annotate(late=Count("id"))
        .order_by("owed_by_team__name")
    )
    return [(number, name or "No team", late) for number, name, late in found]


def sums(acting: Acting, scope: Scope, *, since: datetime | None = None) -> Sums:
    """Return the ledger of a scope: counted over every row, and how many of them the reader may not see.

    Sealed rows of teams that are not the reader's are in neither: that they exist cannot be told from the sums.

    Args:
        acting: the reader.
        scope: whose duties.
        since: count what arose from then on, and all that is still open; everything when empty.
    """
    rows = scope.rows & (Q(handling__lt=Handling.SEALED) | Q(team_id__in=sorted(acting.teams)))
    if since is not None:
        rows &= Q(arose_at__gte=since) | Q(state=State.OPEN)
    counts = {
        "owed": Count("id"),
        "done": Count("id", filter=Q(state=State.DISCHARGED)),
        "on_time": Count("id", filter=Q(state=State.DISCHARGED, closed_at__lte=F("due_at"))),
        "released": Count("id", filter=Q(state=State.RELEASED)),
        "open": Count("id", filter=Q(state=State.OPEN)),
        **{name: Count("id", filter=which) for name, which in parts(acting).items()},
    }
    counts["seen"] = Count("id", filter=Duty.policy.visible_to(acting))
    with as_engine(acting) as engine:
        found = Duty.visible_to(engine).filter(rows).aggregate(**counts)
    seen = found.pop("seen")
    return Sums(**found, hidden=found["owed"] - seen, since=since, at=acting.at)
