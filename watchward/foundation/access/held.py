"""Forms that were sent after a sign-in had ended: kept encrypted in the session until their person has them back."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest

from watchward.foundation.acting import fresh_id, real_now

HELD = "held"
SENT_AGAIN = "_held"
"""The hidden field of a form that is sent again; its value is the id of what was held."""

KEPT_SECONDS = 3600
MOST = 20
"""Forms of one session: more than anybody has open at once, and a bound on what a script could make us keep."""

NOT_TYPED = ("csrfmiddlewaretoken", SENT_AGAIN)


@dataclass(frozen=True)
class HeldForm:
    """A form as it was sent.

    Args:
        id: of this holding.
        path: where it was sent.
        pairs: names and values in the order in which they were sent.
        files: names of the files that were chosen; their contents are not kept.
        at: true time.
        partial: it asked for a part of a page, and is shown but not sent again.
        back: the page that it was on, when that is known.
    """

    id: UUID
    path: str
    pairs: tuple[tuple[str, str], ...]
    files: tuple[str, ...]
    at: datetime
    partial: bool
    back: str


def _box() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(settings.HELD_FORMS_KEY.encode()).digest()))


def hold(request: HttpRequest, *, account: UUID | None = None) -> bool:
    """Keep what somebody sent after their sign-in ended, for them alone, for an hour.

    Args:
        request: by which they sent it.
        account: who is signed in, where they are and must prove again that it is they.

    Returns:
        Whether it was kept: not for a visitor who had not signed in on this browser.
    """
    whose = str(account) if account else request.session.get("expired")
    if whose is None:
        return False
    content = {
        "path": request.get_full_path(),
        "pairs": [[name, value] for name, values in request.POST.lists() for value in values if name not in NOT_TYPED],
        "files": [file.name for _name, files in request.FILES.lists() for file in files],
        "partial": "HX-Request" in request.headers,
        "back": _path_of(request.headers.get("HX-Current-URL", "")),
    }
    at = int(real_now().timestamp())
    token = _box().encrypt_at_time(json.dumps(content).encode(), at).decode()
    forms: dict[str, dict[str, str]] = _alive(request)
    forms[str(fresh_id())] = {"account": whose, "token": token}
    request.session[HELD] = dict(list(forms.items())[-MOST:])
    return True


def _path_of(address: str) -> str:
    from urllib.parse import urlsplit

    path = urlsplit(address).path
    return path if path.startswith("/") and not path.startswith("//") else ""


def held_for(request: HttpRequest, account: UUID) -> list[HeldForm]:
    """Return what is held for this person in this session, oldest first."""
    return [
        opened
        for id_, form in _alive(request).items()
        if form["account"] == str(account) and (opened := _open(UUID(id_), form["token"])) is not None
    ]


def let_go(request: HttpRequest, account: UUID) -> None:
    """Forget a form that has been sent again and answered."""
    drop(request, account=str(account), id_=request.POST.get(SENT_AGAIN, ""))


def drop(request: HttpRequest, *, account: str | None, id_: str | None = None) -> None:
    """Forget one form of this person, or all of them; nobody can drop another's."""
    forms = request.session.get(HELD)
    if not forms:
        return
    left = {key: form for key, form in forms.items() if form["account"] != account or (id_ is not None and key != id_)}
    if len(left) == len(forms):
        return
    if left:
        request.session[HELD] = left
    else:
        del request.session[HELD]


def _open(id_: UUID, token: str) -> HeldForm | None:
    now = int(real_now().timestamp())
    try:
        content: dict[str, Any] = json.loads(_box().decrypt_at_time(token, KEPT_SECONDS, now))
    except InvalidToken:
        return None
    return HeldForm(
        id=id_,
        path=content["path"],
        pairs=tuple((name, value) for name, value in content["pairs"]),
        files=tuple(content["files"]),
        at=datetime.fromtimestamp(_box().extract_timestamp(token), UTC),
        partial=content["partial"],
        back=content["back"],
    )


def _alive(request: HttpRequest) -> dict[str, dict[str, str]]:
    """Return the forms whose hour has not passed."""
    forms: dict[str, dict[str, str]] = request.session.get(HELD, {})
    return {id_: form for id_, form in forms.items() if _open(UUID(id_), form["token"]) is not None}
