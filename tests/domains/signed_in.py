"""A browser without a screen, signed in as a person signs in."""

from __future__ import annotations

from itertools import count
from typing import Any

from django.test import Client

from tests.factories import NOW, START, machinery
from watchward.foundation.access import commands as access
from watchward.foundation.access import queries
from watchward.foundation.access.context import within
from watchward.foundation.access.models import Team
from watchward.foundation.acting import Acting

_next = count(1)


def signed_in(settings: Any, role: str, *, team: Team | None = None, supervises: bool = False) -> tuple[Client, Acting]:
    """Return a client signed in to a demonstration with this role, and who that is."""
    settings.DEMO = True
    acting = machinery()
    with within(acting):
        number = next(_next)
        account = access.open_account(
            acting, username=f"browser{number}", display_name=f"Browser {number}", persona=True
        )
        access.give_role(acting, account=account.pk, role=role, since=START)
        if team is not None:
            access.join_team(acting, account=account.pk, team=team.number, since=START, supervises=supervises)
        who = queries.acting_as(account.pk, at=NOW)
    client = Client()
    answer = client.post("/sign-in", {"persona": str(account.pk)})
    assert answer.status_code == 302, answer.content
    return client, who
