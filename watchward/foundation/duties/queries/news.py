"""What is new for somebody since they last looked: counted in one statement for every page, read in full on one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import (
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    Model,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from watchward.foundation.access.models import Absence
from watchward.foundation.acting import Acting
from watchward.foundation.duties.models import Ask, Attention, Duty, Escalation, HandOver, State
from watchward.foundation.duties.queries.handing import TAKE_OVER
from watchward.foundation.duties.vocabulary import News

NEVER_LOOKED = timedelta(hours=24)
"""How far back what is new reaches for whoever has never looked."""

AT_ONCE = (News.LATE, News.UP)
"""Of what somebody is told at once who has not chosen."""

RUNS_OUT = 4
"""A duty runs out when this part of its time is left: the last quarter."""


@dataclass(frozen=True)
class Fresh:
    """How much is new for somebody.

    Args:
        count: records about which something is new; each once.
        of: how many, for each reason: a record counts under the first of them.
        at_once: the reasons of which they want to be told at once.
    """

    count: int
    of: Mapping[News, int]
    at_once: tuple[News, ...]

    @property
    def said_at_once(self) -> tuple[tuple[News, int], ...]:
        """Return what stands at the top of every page: reasons with how many."""
        return tuple((each, number) for each, number in self.of.items() if number and each in self.at_once)


def attention(acting: Acting) -> Attention:
    """Return when this person last looked and what they chose; a new row where they did neither."""
    row = Attention.visible_to(acting).filter(account_id=acting.account).first()
    return row or Attention(
        account_id=acting.account, looked_at=acting.at - NEVER_LOOKED, at_once=[each.value for each in AT_ONCE]
    )


def _looked(acting: Acting) -> Coalesce:
    last = Attention.visible_to(acting).filter(account_id=acting.account).values("looked_at")[:1]
    return Coalesce(Subquery(last), Value(acting.at - NEVER_LOOKED, output_field=DateTimeField()))


def _runs_out() -> ExpressionWrapper[Any]:
    left = ExpressionWrapper((F("due_at") - F("arose_at")) / Value(RUNS_OUT), output_field=DurationField())
    return ExpressionWrapper(F("due_at") - left, output_field=DateTimeField())


def news(acting: Acting) -> dict[News, tuple[QuerySet[Any], ...]]:
    """Return what is new for this person, by reason: nothing of what they did themselves.

    Duties that became late, ran into their last quarter, or came to them by another; what went up to them; what was
    handed to them or their team; what they asked or handed over and another answered; who of their teams is away.
    """
    looked = _looked(acting)
    mine = Duty.visible_to(acting).filter(state=State.OPEN, owed_by_id=acting.account)
    others = ~Q(came_by_id=acting.account)
    to_team = Q(owed_by__isnull=True, owed_by_team_id=acting.team)
    to_take = Duty.visible_to(acting).filter(Q(owed_by_id=acting.account) | to_team, state=State.OPEN, kind=TAKE_OVER)
    up = Escalation.visible_to(acting).filter(to_id=acting.account, seen_at__isnull=True, duty__state=State.OPEN)
    asked = Ask.visible_to(acting).filter(by_id=acting.account).exclude(answered_by_id=acting.account)
    gave = HandOver.visible_to(acting).filter(by_id=acting.account).exclude(answered_by_id=acting.account)
    gone = Absence.visible_to(acting).filter(team_id__in=sorted(acting.supervises), until_at__gt=acting.at)
    gone = gone.exclude(account_id=acting.account)
    return {
        News.LATE: (mine.filter(due_at__gt=looked, due_at__lt=acting.at),),
        News.UP: (up.filter(at__gt=looked, at__lte=acting.at),),
        News.RISK: (
            mine.filter(due_at__gte=acting.at).alias(out=_runs_out()).filter(out__gt=looked, out__lte=acting.at),
        ),
        News.HANDED: (to_take.filter(others, came_at__gt=looked),),
        News.CAME: (mine.filter(others, came_at__gt=looked).exclude(kind=TAKE_OVER),),
        News.ANSWERED: (asked.filter(answered_at__gt=looked), gave.filter(answered_at__gt=looked)),
        News.AWAY: (gone.filter(at__gt=looked).exclude(by_id=acting.account),),
    }


_ABOUT: Mapping[type[Model], str] = {
    Duty: "about",
    Ask: "about",
    Escalation: "duty__about",
    HandOver: "pk",
    Absence: "pk",
}
"""The record that a row is about: something new is told once a record."""


def fresh(acting: Acting) -> Fresh:
    """Return how much is new for this person, each record once; one statement, for the bar of every page."""
    parts: list[tuple[str, Sequence[Any]]] = []
    order = {each: place for place, each in enumerate(News)}
    for reason, found in news(acting).items():
        for rows in found:
            about = rows.order_by().values_list(_ABOUT[rows.model])
            try:
                sql, given = about.query.sql_with_params()
            except EmptyResultSet:
                continue
            parts.append((f"select {order[reason]}, each.id from ({sql}) each(id)", given))  # noqa: S608 - our own
    chosen, values = (
        Attention.visible_to(acting).filter(account_id=acting.account).values("at_once").query.sql_with_params()
    )
    every = " union all ".join(sql for sql, _given in parts)
    once = f"select min(reason) reason from ({every}) every(reason, about) group by about"  # noqa: S608
    counted = (
        f"select json_agg(json_build_array(reason, n)) from (select reason, count(*) n from ({once}) r group by 1) c"  # noqa: S608
    )
    statement = f"select ({chosen})::text, coalesce(({counted})::text, '[]')"
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, *(value for _sql, given in parts for value in given)])
        chose, told = cursor.fetchone()
    of = {list(News)[place]: number for place, number in sorted(json.loads(told))}
    at_once = AT_ONCE if chose is None else tuple(News(each) for each in json.loads(chose))
    return Fresh(sum(of.values()), of, at_once)
