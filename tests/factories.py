"""Makes what tests need by calling commands, as people would."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count

from django.db import transaction

from watchward.foundation.access import commands as access
from watchward.foundation.access import queries
from watchward.foundation.access.context import within
from watchward.foundation.access.models import Team
from watchward.foundation.acting import Acting

START = date(2018, 7, 1)
NOW = datetime(2019, 7, 1, 6, 45, tzinfo=UTC)
"""Monday 1 July 2019, 07:45 in Stafford."""

_next = count(1)


def machinery(at: datetime = NOW) -> Acting:
    """Return the force's own machinery setting things up."""
    return queries.machinery(at, "setting up a test", channel="cli")


def team(name: str = "", *, parent: Team | None = None) -> Team:
    """Form a team."""
    number = next(_next)
    acting = machinery()
    with within(acting):
        return access.form_team(
            acting,
            key=f"team-{number}",
            name=name or f"Team {number}",
            since=START,
            parent=parent.number if parent else None,
        )


def officer(
    *roles: str, team: Team | None = None, supervises: bool = False, at: datetime = NOW, name: str = ""
) -> Acting:
    """Return somebody acting who holds these roles, in this team if one is given."""
    number = next(_next)
    acting = machinery()
    with within(acting):
        account = access.open_account(acting, username=f"u{number}", display_name=name or f"Officer {number}")
        for role in roles:
            access.give_role(acting, account=account.pk, role=role, since=START)
        if team is not None:
            access.join_team(acting, account=account.pk, team=team.number, since=START, supervises=supervises)
    with transaction.atomic():
        return queries.acting_as(account.pk, at=at, day_of=at)
