"""A sign-in as the session keeps it: its beginning, what lets it go on, and its end on the server's own clock."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest

from watchward.foundation.access import held
from watchward.foundation.acting import Acting, real_now

BEGAN, SEEN, WAY, EXPIRED, AFTER = "began", "seen", "way", "expired", "after_sign_in"
PROVEN, TO_PROVE, ENDED = "proven", "to_prove", "ended_before"

NOTED_EVERY = timedelta(minutes=1)
"""How finely the last sign of life is kept: each note writes the session."""


CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Letters and digits that nobody takes for one another."""

CODE_LENGTH = 20
"""Letters of a code: some 99 bits, so that nobody comes upon one by trying."""

RECOVERY_LENGTH, RECOVERY_CODES = 10, 10
"""Letters of a recovery code, some 49 bits, which counts with the code of an app alone; and how many are made."""

CODE_LASTS = timedelta(minutes=60)
"""From its printing to its use; it signs in once."""


def fresh_code(*, letters: int = CODE_LENGTH) -> tuple[str, str]:
    """Return a new sign-in code in groups of five letters, and its digest, which alone is kept."""
    drawn = "".join(secrets.choice(CODE_LETTERS) for _ in range(letters))
    shown = "-".join(drawn[at : at + 5] for at in range(0, letters, 5))
    return shown, digest_of(shown)


def digest_of(code: str) -> str:
    """Return the digest of a code as it was typed: small letters, blanks and dashes make no difference."""
    return hashlib.sha256(re.sub(r"[\s-]+", "", code).upper().encode()).hexdigest()


def begin(request: HttpRequest, account: UUID, *, way: str, ended: int) -> str:
    """Begin a sign-in under a fresh session key, and return the page that they had asked for, if any.

    Whoever signs in again after their own sign-in ended goes on where they were: their other open pages still send.
    Anybody else begins with an empty session; forms held for another person stay held, and out of sight.

    Args:
        request: of the page on which they signed in.
        account: whose.
        way: how they proved it: persona, code, passkey, recovery, outside.
        ended: how often all their sign-ins were ended before this one began.
    """
    session = request.session
    ended_for = session.get(EXPIRED)
    after: str = session.get(AFTER, "") if ended_for in (None, str(account)) else ""
    if ended_for == str(account):
        session.cycle_key()
        session.pop(EXPIRED, None)
        session.pop(AFTER, None)
    else:
        _empty(request)
    at = real_now().isoformat()
    session[SESSION_KEY], session[WAY], session[BEGAN], session[SEEN] = str(account), way, at, at
    session[ENDED] = ended
    session.pop(PROVEN, None)
    return after


def prove(request: HttpRequest) -> str:
    """Note that whoever is signed in has just proved again that it is they, and return the page that asked for it."""
    request.session.cycle_key()  # what could do less is worth nothing for what may do more
    request.session[PROVEN] = real_now().isoformat()
    return str(request.session.pop(TO_PROVE, ""))


def is_proven(request: HttpRequest) -> bool:
    """Return whether somebody proved within minutes that it is they: before what must not be done at a desk left open.

    Signing in proves it. An invented person is whoever chooses them, and has nothing to prove.
    """
    if request.session.get(WAY) == "persona":
        return settings.DEMO
    last = _time(request, PROVEN if PROVEN in request.session else BEGAN)
    return real_now() - last < timedelta(minutes=settings.PROVEN_MINUTES)


def going_on(request: HttpRequest) -> tuple[UUID | None, str]:
    """Return whose sign-in this request goes on with, or why the one it had has ended.

    Returns:
        The account and no words; or the account and why its sign-in ends now; or nobody and no words.
    """
    account = request.session.get(SESSION_KEY)
    if account is None:
        return None, ""
    at = real_now()
    if why := _why_ended(request, at):
        return UUID(account), why
    if at - _time(request, SEEN) >= NOTED_EVERY:
        request.session[SEEN] = at.isoformat()
    return UUID(account), ""


def is_over(request: HttpRequest, acting: Acting) -> bool:
    """Return whether all of somebody's sign-ins were ended since this one began."""
    return bool(request.session.get(ENDED, 0) != acting.sign_ins_ended)


def _why_ended(request: HttpRequest, at: datetime) -> str:
    idle, whole = timedelta(minutes=settings.SIGN_IN_IDLE_MINUTES), timedelta(hours=settings.SIGN_IN_HOURS)
    if request.session.get(WAY) == "persona" and not settings.DEMO:
        return "signed out: this is no longer a demonstration"
    if at - _time(request, SEEN) >= idle:
        return f"signed out: nothing done for {settings.SIGN_IN_IDLE_MINUTES} minutes"
    if at - _time(request, BEGAN) >= whole:
        return f"signed out: {settings.SIGN_IN_HOURS} hours after signing in"
    return ""


def _time(request: HttpRequest, name: str) -> datetime:
    kept: str = request.session.get(name, "1970-01-01T00:00:00+00:00")
    return datetime.fromisoformat(kept)


def expire(request: HttpRequest) -> None:
    """End a sign-in that has lasted long enough; the session stays, and knows whose it was."""
    session = request.session
    session[EXPIRED] = session.pop(SESSION_KEY)
    for name in (BEGAN, SEEN, WAY, PROVEN, TO_PROVE, ENDED):
        session.pop(name, None)


def end(request: HttpRequest) -> None:
    """End a sign-in because its person says so; nothing of theirs stays in the session."""
    held.drop(request, account=request.session.get(SESSION_KEY))
    _empty(request)


def _empty(request: HttpRequest) -> None:
    kept = request.session.get(held.HELD)
    request.session.flush()
    if kept:
        request.session[held.HELD] = kept
