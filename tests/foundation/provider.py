"""An identity provider on this machine that speaks OpenID Connect, and can be made to speak it wrongly.

Discovery 1.0; Core 1.0, authorization code flow; RFC 7636 (S256); RFC 7517. It keeps its side strictly: a visit that it
was not asked for, an address that it does not know, a code used twice or without its verifier get nothing.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "watchward", "a secret between the two"


@cache
def _first_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider:
    """The provider.

    Args:
        people: claims of each person by the name under which they sign in there.
        twist: changes the claims before they are signed, as a provider that is wrong or not the force's would.
        key: what it signs with; another than it publishes, to be caught.
        algorithm: by which it signs.
        issuer_said: what Discovery says in place of its own address.
    """

    def __init__(self, port: int) -> None:
        self.address = f"http://localhost:{port}"
        self.key: Any = _first_key()
        self.published = self.key.public_key()
        self.people: dict[str, dict[str, Any]] = {}
        self.twist: Callable[[dict[str, Any]], dict[str, Any]] = lambda claims: claims
        self.algorithm, self.issuer_said = "RS256", ""
        self.known: dict[str, dict[str, str]] = {}
        self.signed_in_since: int | None = None

    def settings(self) -> dict[str, str]:
        """Return what the force is told of it."""
        return {
            "issuer": self.address, "client": CLIENT, "secret": SECRET, "name": "Force account",
            "claim": "preferred_username",
        }  # fmt: skip

    def about(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer_said or self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "jwks_uri": f"{self.address}/keys",
            "response_types_supported": ["code"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def keys(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.published))
        return {"keys": [{**public, "kid": "one", "alg": "RS256", "use": "sig"}]}

    def let_in(self, asked: dict[str, str], who: str) -> str | None:
        """Return where somebody who has signed in is sent, or nothing where the visit is not as it must be."""
        right = (
            asked.get("client_id") == CLIENT
            and asked.get("response_type") == "code"
            and "openid" in asked.get("scope", "").split()
            and asked.get("code_challenge_method") == "S256"
            and asked.get("code_challenge")
            and asked.get("state")
            and urlsplit(asked.get("redirect_uri", "")).path == "/sign-in/outside/back"
        )
        if not right or who not in self.people:
            return None
        code = secrets.token_urlsafe(16)
        self.known[code] = {**asked, "who": who}
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, sent: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """Return what a code is exchanged for, once."""
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        visit = self.known.pop(sent.get("code", ""), None)
        if visit is None or authorization != f"Basic {basic}" or sent.get("redirect_uri") != visit["redirect_uri"]:
            return None
        verifier = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(verifier).decode().rstrip("=") != visit["code_challenge"]:
            return None
        now = int(time.time())
        since = now if "max_age" in visit or self.signed_in_since is None else self.signed_in_since
        claims = {
            "iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 300, "auth_time": since,
            **({"nonce": visit["nonce"]} if "nonce" in visit else {}), **self.people[visit["who"]],
        }  # fmt: skip
        signed = jwt.encode(self.twist(claims), self.key, self.algorithm, headers={"kid": "one"})
        return {"access_token": secrets.token_urlsafe(16), "token_type": "Bearer", "id_token": signed}


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            at = urlsplit(self.path)
            asked = {name: values[0] for name, values in parse_qs(at.query).items()}
            match at.path:
                case "/.well-known/openid-configuration":
                    self._json(provider.about())
                case "/keys":
                    self._json(provider.keys())
                case "/authorize":
                    page = "".join(
                        f'<button name="who" value="{escape(who)}">{escape(who)}</button>' for who in provider.people
                    )
                    hidden = "".join(
                        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
                        for name, value in asked.items()
                    )
                    self._answer(
                        200, "text/html",
                        f'<!DOCTYPE html><html lang="en"><title>Who</title><link rel="icon" href="data:,">'
                        f'<form method="post">{hidden}{page}</form></html>'.encode(),
                    )  # fmt: skip
                case _:
                    self._answer(404, "text/plain", b"")

        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
            sent = {name: values[0] for name, values in parse_qs(text).items()}
            if urlsplit(self.path).path == "/authorize":
                where = provider.let_in(sent, sent.pop("who", ""))
                self._answer(302 if where else 400, "text/plain", b"", where)
                return
            given = provider.token(sent, self.headers.get("Authorization", ""))
            self._json(given or {"error": "invalid_grant"}, 200 if given else 400)

        def _json(self, said: dict[str, Any], status: int = 200) -> None:
            self._answer(status, "application/json", json.dumps(said).encode())

        def _answer(self, status: int, kind: str, body: bytes, where: str | None = None) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            if where:
                self.send_header("Location", where)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class names it
            """Say nothing."""

    return Handler


@contextmanager
def running() -> Iterator[Provider]:
    """Run a provider on this machine for as long as this lasts."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    provider = Provider(server.server_port)
    server.RequestHandlerClass = _handler(provider)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
