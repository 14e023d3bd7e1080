"""The door of a route: who calls must have proved who they are, and hold the scope that it takes."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest
from ninja.security import HttpBearer

from watchward.foundation.acting import Acting
from watchward.foundation.commands import Denied
from watchward.kernel.refusals import Refusal


class Scope(HttpBearer):
    """The scopes that a route takes, all of them; none where being a client is enough.

    Args:
        needs: the permission of its command or query, and those of the commands that it carries out in turn.
    """

    def __init__(self, *needs: str) -> None:
        super().__init__()
        self.needs = tuple(map(str, needs))

    def __call__(self, request: HttpRequest) -> Acting | None:
        """Return who calls; None, which answers 401, where nobody has proved who they are.

        Raises:
            Denied: the client was not lent these scopes, or its owner does not hold them today.
        """
        acting: Acting | None = getattr(request, "acting", None)
        if acting is None or acting.channel != "api":
            return None
        if not all(map(acting.may, self.needs)):
            raise Denied(Refusal("None of this client's scopes lets it do this.", code="denied"))
        return acting

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """Not asked: who calls was proved before the transaction began."""
        raise NotImplementedError


def calls(request: HttpRequest) -> Acting:
    """Return who calls, in a route behind its scope."""
    return cast(Acting, request.acting)  # type: ignore[attr-defined]
