"""A client of another system for tests, with the scopes of a role, and calls of it without a server."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.test import Client as Browser

from tests import factories
from watchward.foundation.access.context import within
from watchward.foundation.access.models import Team
from watchward.foundation.access.roles import roles as every_role
from watchward.foundation.acting import Acting, now, real_now
from watchward.foundation.machines import commands
from watchward.foundation.machines.models import Client
from watchward.foundation.machines.secrets import fresh_token
from watchward.foundation.machines.vocabulary import KEEP, NEVER_LENT, OVERLAP

HOST = "localhost"
ROLES = every_role()


@dataclass
class Machine:
    """Another system that calls.

    Args:
        client: its row.
        owner: who answers for it.
        token: that it sends; empty sends none.
    """

    client: Client
    owner: Acting
    token: str

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        """Call a route; names of headers have underscores."""
        sent = {"Host": HOST, **{name.replace("_", "-"): value for name, value in headers.items()}}
        if self.token:
            sent.setdefault("Authorization", f"Bearer {self.token}")
        data = b"" if body is None else json.dumps(body).encode()
        browser = Browser(raise_request_exception=True)
        answer: Any = browser.generic(method, f"/api/v1{path}", data, content_type="application/json", headers=sent)
        return answer  # type: ignore[no-any-return]

    def get(self, path: str, **headers: str) -> HttpResponse:
        """Read a route."""
        return self.call("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> HttpResponse:
        """Send to a route."""
        return self.call("POST", path, body, **headers)


def told(answer: HttpResponse) -> Any:
    """Return what an answer says."""
    return json.loads(answer.content)


def rotated(owner: Acting, client: UUID, *, overlap: timedelta = OVERLAP) -> str:
    """Give a client a new secret, and return its token."""
    with within(owner.at_time(now())) as acting:
        row = Client.visible_to(acting).get(pk=client)
        token, digest = fresh_token(row.account_id)
        commands.rotate_secret(acting, client=client, digest=digest, at=real_now(), overlap=overlap)
    return token


def machine(
    *roles: str, scopes: frozenset[str] | None = None, a_minute: int = 6_000, team: Team | None = None
) -> Machine:
    """Make a client whose owner holds these roles, with these scopes or with all that may be lent."""
    held = list(roles or ("force-incident-manager",))
    if not any(KEEP in ROLES[role].permissions for role in held):
        held.append("crime-registrar")  # who may keep clients
    owner = factories.officer(*held, team=team)
    lent = owner.permissions - NEVER_LENT if scopes is None else scopes
    with within(owner.at_time(now())) as acting:
        made = commands.make_client(
            acting, name=f"Telephone system {owner.account}", purpose="calls from the switch", scopes=lent,
            a_minute=a_minute,
        )  # fmt: skip
    return Machine(made, owner, rotated(owner, made.pk))
