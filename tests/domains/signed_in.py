"""Browsers without a screen, signed in."""

from __future__ import annotations

from itertools import count
from typing import Any

from django.conf import settings as force
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from tests.factories import NOW, START, machinery
from watchward.foundation.access import commands as access
from watchward.foundation.access import queries
from watchward.foundation.access.context import within
from watchward.foundation.access.models import Team
from watchward.foundation.access.signing import BEGAN, ENDED, SEEN, WAY
from watchward.foundation.acting import Acting, real_now

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


def session_of(acting: Acting) -> str:
    """Begin a sign-in of this person and return the key of its session, for a client or a browser."""
    session = SessionStore()
    at = real_now().isoformat()
    session[SESSION_KEY], session[WAY], session[BEGAN], session[SEEN] = str(acting.account), "passkey", at, at
    with within(machinery()) as looking:
        session[ENDED] = queries.account(looking, id_=acting.account).sign_ins_ended
    session.save()
    assert session.session_key
    return session.session_key


def client_of(acting: Acting) -> Client:
    """Return a client in which this person is signed in."""
    client = Client()
    client.cookies[force.SESSION_COOKIE_NAME] = session_of(acting)
    return client


def key_of(client: Client) -> str:
    """Return the key of the session in which a client is signed in, for a browser."""
    return client.cookies[force.SESSION_COOKIE_NAME].value
