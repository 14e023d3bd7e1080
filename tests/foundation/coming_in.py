"""Codes that are handed out, and apps that show codes, as a person holds them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
from datetime import datetime
from typing import Any
from uuid import UUID

from django.test import Client

from tests import factories
from watchward.foundation.access import ceremonies, commands, signing
from watchward.foundation.access.context import within
from watchward.foundation.acting import real_now


def handed_out(account: UUID) -> str:
    """Return a code of somebody's, as it is printed."""
    shown, digest = signing.fresh_code()
    acting = factories.machinery()
    with within(acting):
        commands.give_code(acting, account=account, digest=digest, at=real_now(), lasts=signing.CODE_LASTS)
    return shown


def in_with_a_code(account: UUID, client: Client | None = None) -> Client:
    """Return a browser in which somebody has just signed in with a code."""
    browser = client or Client()
    answer = browser.post("/sign-in/code", {"code": handed_out(account)})
    assert answer.status_code == 302, answer.content
    return browser


def code_of(secret: str, at: datetime) -> str:
    """Return what an app shows that holds this secret, worked out as RFC 6238 says and not by what is tested."""
    step = struct.pack(">Q", int(at.timestamp()) // 30)
    digest = hmac.new(base64.b32decode(secret), step, hashlib.sha1).digest()
    at_byte = digest[-1] & 15
    number = struct.unpack(">I", digest[at_byte : at_byte + 4])[0] & 0x7FFF_FFFF
    return f"{number % 1_000_000:06}"


def with_an_app(client: Client) -> str:
    """Set up an app in a browser that is signed in, and return its secret."""
    client.get("/ways/app")
    secret = ceremonies.unsealed(client.session["new_app"])
    answer: Any = client.post("/ways/app", {"code": code_of(secret, real_now())})
    assert answer.status_code == 302, answer.content
    return secret


def recovery_codes(client: Client) -> list[str]:
    """Make recovery codes in a browser that is signed in, and return them as they are shown."""
    page = client.post("/ways/recovery").content.decode()
    return re.findall(r"<b>([A-Z2-9]{5}-[A-Z2-9]{5})</b>", page)
