"""Passkeys and one-time codes of an app, spoken by django-allauth and fido2; what comes out is ours to keep.

The libraries are met here and in `outside.py` alone. Nothing here reads or writes a table.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from allauth.core import context
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.internal import auth as app
from allauth.mfa.webauthn.internal import auth as passkeys
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticatorData,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

NAME = "Watchward"
ASKED = "passkey_asked"
LASTS = timedelta(minutes=5)
"""How long a question put to a passkey may be answered."""


class Party(DefaultMFAAdapter):  # type: ignore[misc]
    """Who asks for a passkey: this host, under the house's name (MFA_ADAPTER)."""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return the host without its port: a passkey made for it answers no other."""
        return {"id": context.request.get_host().partition(":")[0], "name": NAME}


class Unproven(Exception):  # noqa: N818
    """What was sent does not prove who it is; the reason is not told to whoever sent it."""


@dataclass(frozen=True)
class NewPasskey:
    """A passkey as it was made.

    Args:
        handle: its own id, base64url.
        public: its attested credential data, base64url: id and public key.
        count: how often it says that it has signed; 0 for one that does not count.
    """

    handle: str
    public: dict[str, str]
    count: int


@contextmanager
def _asking(request: HttpRequest, at: datetime) -> Iterator[None]:
    """Let the libraries find the request, and the question put to a passkey last for minutes and be answered once."""
    since = request.session.pop(ASKED, "")
    if not since or at - datetime.fromisoformat(since) > LASTS:
        request.session.pop(passkeys.STATE_SESSION_KEY, None)
    with context.request_context(request):
        yield


def ask_to_make(
    request: HttpRequest, *, account: UUID, username: str, name: str, known: list[str], at: datetime
) -> dict[str, Any]:
    """Return what a browser is asked to make a passkey, and keep the question in the session.

    Args:
        request: of whose session.
        account: whose; the only thing of theirs that the passkey carries besides its names.
        username: shown by the browser.
        name: shown by the browser.
        known: credential data of those that they have: none is made twice on one device.
        at: true time.
    """
    with _asking(request, at):
        options, state = passkeys.get_server().register_begin(
            user=PublicKeyCredentialUserEntity(id=account.bytes, name=username, display_name=name),
            credentials=[AttestedCredentialData(base64.urlsafe_b64decode(each)) for each in known],
            resident_key_requirement=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        )
        passkeys.set_state(state)
    request.session[ASKED] = at.isoformat()
    return dict(options)


def made(request: HttpRequest, answer: Any, *, at: datetime) -> NewPasskey:
    """Return the passkey that a browser made.

    Raises:
        Unproven: it answers another question, another host, or none.
    """
    with _asking(request, at):
        try:
            data: AuthenticatorData = passkeys.complete_registration(RegistrationResponse.from_dict(answer))
        except Exception as wrong:  # the libraries raise many kinds at a malformed answer; all mean the same
            raise Unproven from wrong
        finally:
            passkeys.clear_state()
    found = data.credential_data
    if found is None:
        raise Unproven
    public = {"data": base64.urlsafe_b64encode(bytes(found)).decode()}
    return NewPasskey(websafe_encode(found.credential_id), public, data.counter)


def ask_to_show(request: HttpRequest, *, at: datetime) -> dict[str, Any]:
    """Return what a browser is asked to show a passkey of whomever it has, and keep the question in the session."""
    with _asking(request, at):
        options: dict[str, Any] = passkeys.begin_authentication(None)
    request.session[ASKED] = at.isoformat()
    return options


def handle_in(answer: Any) -> str:
    """Return which passkey an answer says that it comes from, to look it up; nothing is proved by it."""
    found = answer.get("id") if isinstance(answer, dict) else None
    return found if isinstance(found, str) else ""


def shown(request: HttpRequest, answer: Any, *, public: dict[str, str], at: datetime) -> int:
    """Check the answer of a passkey, and return how often it says that it has signed.

    Raises:
        Unproven: it answers another question, another host, or is not signed by this passkey.
    """
    known = AttestedCredentialData(base64.urlsafe_b64decode(public["data"]))
    with _asking(request, at):
        try:
            response = passkeys.parse_authentication_response(answer)
            passkeys.get_server().authenticate_complete(passkeys.get_state() or {}, [known], response)
            count: int = response.response.authenticator_data.counter
        except Exception as wrong:
            raise Unproven from wrong
        finally:
            passkeys.clear_state()
    return count


# Codes of an app (RFC 6238)


def fresh_secret() -> str:
    """Return a new secret of an app: 160 bits in base32."""
    secret: str = app.generate_totp_secret()
    return secret


def step_of(secret: str, code: str, *, at: datetime, after: int) -> int | None:
    """Return the half minute whose code was typed, or nothing where it is none of these.

    Args:
        secret: base32.
        code: as typed; blanks do not matter.
        at: true time.
        after: the last half minute whose code was used: neither it nor one before it counts again.
    """
    now = int(at.timestamp()) // app_settings.TOTP_PERIOD
    typed = "".join(code.split())
    for step in range(now - 1, now + 2):
        right = app.format_hotp_value(app.hotp_value(secret, step))
        if compare_user_code(actual=typed, expected=right) and step > after:
            return step
    return None


def link_of(secret: str, username: str) -> str:
    """Return what an app reads from the square."""
    from urllib.parse import quote

    return f"otpauth://totp/{quote(f'{NAME}:{username}')}?secret={secret}&issuer={quote(NAME)}"


def square_of(link: str) -> str:
    """Return the square of a link as an address that holds the picture itself: a secret is asked for at no address."""
    svg: str = Party().build_totp_svg(link)
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def _box() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(settings.WAYS_IN_KEY.encode()).digest()))


def sealed(secret: str) -> str:
    """Return a secret under the key of this home, as it is kept."""
    return _box().encrypt(secret.encode()).decode()


def unsealed(kept: str) -> str:
    """Return a secret that was kept.

    Raises:
        Unproven: it was kept under another home's key.
    """
    try:
        return _box().decrypt(kept.encode()).decode()
    except InvalidToken as wrong:
        raise Unproven from wrong
