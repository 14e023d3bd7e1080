"""How often somebody may be wrong when they sign in: counted so that no stranger can keep anybody out.

A passkey is never among these: it cannot be guessed, so nothing that others do stands in its way. What can be tried by
typing is limited for the address from which it is tried, and for the person at that address. Somebody on a browser in
which they signed in before is counted by that browser alone, whatever others do to their name or at their address.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from watchward.foundation.access.models import KnownDevice, WrongTry
from watchward.foundation.acting import Acting
from watchward.kernel.refusals import Refusal

WINDOW = timedelta(minutes=15)
"""How long a wrong try counts (force setting)."""

OF_ONE = 5
"""Wrong tries at one person from one address or one known browser, in the window (force setting; ASVS 5.0 6.3.1)."""

OF_AN_ADDRESS = 20
"""Wrong tries from one address at whomever, in the window (force setting): a station's people may share one."""

COOKIE_DAYS = 180
MARK_LENGTH = 43


@dataclass(frozen=True)
class Source:
    """From where somebody tries: keyed digests, which say nothing to whoever reads them without this home's key.

    Args:
        address: of the address; of the last one that the proxy added, where one stands in front.
        device: of what the browser carries; empty where it carries nothing.
    """

    address: str
    device: str


def source_of(request: HttpRequest) -> Source:
    """Return from where a request comes."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:  # a proxy of the force's stands in front, and adds whom it speaks with
        address = request.headers.get("X-Forwarded-For", address).rpartition(",")[2].strip()
    carried = request.COOKIES.get(_cookie(), "")
    return Source(_digest("address", address), digest_of(carried) if carried else "")


def _digest(of: str, value: str) -> str:
    return salted_hmac(f"watchward.sign-in.{of}", value, secret=settings.WAYS_IN_KEY, algorithm="sha256").hexdigest()


def _cookie() -> str:
    return f"{settings.SESSION_COOKIE_NAME}_device"


def mark_of(request: HttpRequest) -> str:
    """Return the random mark by which a browser is known again: the one that it carries, or a fresh one."""
    carried = request.COOKIES.get(_cookie(), "")
    return carried if len(carried) == MARK_LENGTH else secrets.token_urlsafe(32)


def digest_of(mark: str) -> str:
    """Return what is kept of a mark."""
    return _digest("device", mark)


def carry(answer: HttpResponse, mark: str) -> None:
    """Let a browser carry its mark."""
    answer.set_cookie(
        _cookie(), mark, max_age=COOKIE_DAYS * 86_400, httponly=True, samesite="Lax",
        secure=bool(settings.SESSION_COOKIE_SECURE),
    )  # fmt: skip


def is_known(engine: Acting, *, account: UUID, source: Source) -> bool:
    """Return whether somebody signed in before in this browser."""
    known = KnownDevice.visible_to(engine).filter(account_id=account, digest=source.device)
    return bool(source.device) and known.exists()


def why_not_try(engine: Acting, *, account: UUID | None, source: Source, at: datetime) -> tuple[Refusal, ...]:
    """Return why nothing more may be tried for now; the same words whether the person exists or not.

    Args:
        engine: the machinery, in whose sight all tries are.
        account: whom they say that they are; None where nobody is named, or nobody is called so.
        source: from where.
        at: true time.
    """
    tries = WrongTry.visible_to(engine).filter(at__gt=at - WINDOW)
    if account is not None and is_known(engine, account=account, source=source):
        wrong = tries.filter(account_id=account, device=source.device).count()
        return (TOO_MANY,) if wrong >= OF_ONE else ()
    here = tries.filter(source=source.address)
    if account is not None and here.filter(account_id=account).count() >= OF_ONE:
        return (TOO_MANY,)
    return (TOO_MANY,) if here.count() >= OF_AN_ADDRESS else ()


def why_not_prove(engine: Acting, *, account: UUID, at: datetime) -> tuple[Refusal, ...]:
    """Return why somebody who is signed in may not try another code of their app for now.

    Only whoever holds their sign-in can be wrong here, so that it counts wherever they are: nobody is kept out by a
    stranger, and a stolen sign-in does not guess on from another address.
    """
    tries = WrongTry.visible_to(engine).filter(at__gt=at - WINDOW, account_id=account, way="app")
    return (TOO_MANY,) if tries.count() >= OF_ONE else ()


TOO_MANY = Refusal(
    "Too many wrong tries from here. Wait 15 minutes. A passkey still signs in at once.", code="too-many"
)
