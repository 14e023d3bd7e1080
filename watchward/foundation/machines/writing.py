"""A route that writes: one command, once for each key, and on the version that was looked at."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from ninja import Schema

from watchward.foundation.acting import Acting
from watchward.foundation.commands import Command
from watchward.foundation.machines.answers import Mistyped
from watchward.foundation.machines.scopes import calls
from watchward.foundation.records import Record
from watchward.kernel.refusals import Refusal

KEY = "Idempotency-Key"
_KEY = re.compile(r"[\x21-\x7e]{1,120}", re.ASCII)
_VERSION = re.compile(r'(?:W/)?"(\d{1,9})"', re.ASCII)

_REPEATABLE = {
    "name": KEY, "in": "header", "required": False, "schema": {"type": "string", "minLength": 1, "maxLength": 120},
    "description": "Chosen by the caller. Sent again with the same body it answers the same, and nothing is done twice",
}  # fmt: skip
_ON_VERSION = {
    "name": "If-Match", "in": "header", "required": False, "schema": {"type": "string", "pattern": '^"[0-9]{1,9}"$'},
    "description": "The ETag of the record as it was read: refused as stale once somebody else changed it",
}  # fmt: skip

REPEATABLE = {"parameters": [_REPEATABLE]}
"""What the document says of a route that writes."""

VERSIONED = {"parameters": [_REPEATABLE, _ON_VERSION]}
"""And of one that may be asked to write on a version alone."""


class Done(Schema):
    """What was done, and on which record."""

    id: UUID


def carry_out(
    request: HttpRequest, response: HttpResponse, command: Command[..., Any], /, *,
    versioned: bool = False, stands: Callable[[Acting, Any], Schema] | None = None, **given: Any,
) -> Done:  # fmt: skip
    """Carry out a command once for the key of this call, and say which record it made or changed.

    Args:
        request: the call.
        response: of it, which is given the version of the record.
        command: the command.
        versioned: whether it takes the version that was looked at.
        stands: how the record is shown to a caller whose version is stale.
        given: what the command is given.

    Raises:
        Mistyped: a header is not of its form, or the key came before with another body.
        Refused: with every reason.
    """
    acting = calls(request)
    request.stands = stands  # type: ignore[attr-defined]
    if versioned:
        given["version"] = _version(request)
    key = request.headers.get(KEY)
    if key is None:
        made = command(acting, **given)
    else:
        if not _KEY.fullmatch(key):
            raise Mistyped(Refusal("A key has 1 to 120 printable characters without blanks.", field=KEY))
        said = hashlib.sha256(b"\0".join([request.method.encode(), request.path.encode(), request.body]))  # type: ignore[union-attr]
        made = command.once_said(acting, key, said.hexdigest(), **given)
    if isinstance(made, Record):
        response["ETag"] = f'"{made.version}"'
    if isinstance(made, UUID):
        response["Idempotency-Replayed"] = "true"
        return Done(id=made)
    return Done(id=made.pk if isinstance(made, Model) else acting.account)


def _version(request: HttpRequest) -> int | None:
    told = request.headers.get("If-Match")
    if told is None or told.strip() == "*":
        return None
    found = _VERSION.fullmatch(told.strip())
    if found is None:
        raise Mistyped(Refusal("Give the version as the ETag gave it.", field="If-Match", code="version"))
    return int(found[1])


def shown(response: HttpResponse, record: Record) -> None:
    """Say in an answer which version of a record it shows."""
    response["ETag"] = f'"{record.version}"'
