"""The force's own sign-in by OpenID Connect, spoken by django-allauth; who it is here is looked up and bound by us.

Allauth reads the wall clock here, for how long a visit to the provider and what it signs are good; nothing else does.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import jwt
import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

PROVIDER = "force"
NONCE = "outside_nonce"
SECONDS = 5
SIGNED_BY = ("RS256", "PS256", "ES256")
"""What an identity may be signed with: a public key. A shared secret and no signature at all are refused."""


@dataclass(frozen=True)
class Identity:
    """Whom the provider has let in.

    Args:
        issuer: who says so.
        subject: its own name of the person, which never goes to another.
        username: the claim that the force has chosen, by which the account here is found the first time.
        proved_at: when the person last proved to the provider that it is they, where it says so.
    """

    issuer: str
    subject: str
    username: str
    proved_at: datetime | None


Answer = Callable[[Identity | None], HttpResponse]
"""What is answered to whom the provider has let in; to nobody, where what it sent proves nothing."""


class Unreachable(Exception):  # noqa: N818
    """The provider does not answer, or not as OpenID Connect Discovery says."""


def name() -> str:
    """Return what people call the force's own sign-in; empty where there is none."""
    return str(settings.OUTSIDE_SIGN_IN["name"]) if settings.OUTSIDE_SIGN_IN else ""


class Line(requests.Session):
    """A line to the provider, on which nothing of this machine's environment counts."""

    def __init__(self) -> None:
        super().__init__()
        self.trust_env = False

    def request(self, method: str, url: str | bytes, *given: Any, **named: Any) -> requests.Response:
        """Ask, and follow nobody elsewhere.

        Raises:
            requests.RequestException: no answer in time, or not over TLS.
        """
        if not str(url).startswith(("https://", "http://localhost:", "http://127.0.0.1:")):
            raise requests.exceptions.InvalidURL("not over TLS")
        return super().request(method, url, *given, **{**named, "timeout": SECONDS, "allow_redirects": False})


class Configured(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """The one provider of the settings, and none from a table (SOCIALACCOUNT_ADAPTER)."""

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[SocialApp]:
        """Return the provider of the settings."""
        said = settings.OUTSIDE_SIGN_IN
        if not said:
            return []
        how = {"server_url": said["issuer"], "oauth_pkce_enabled": True, "scope": ["openid", "profile"]}
        return [
            SocialApp(
                provider="openid_connect", provider_id=PROVIDER, name=said["name"], client_id=said["client"],
                secret=said["secret"], settings=how,
            )
        ]  # fmt: skip

    def get_requests_session(self) -> requests.Session:
        """Return what speaks with the provider: in seconds or not at all, and never in the clear to another machine."""
        return Line()

    def on_authentication_error(self, request: HttpRequest, provider: Any, **more: Any) -> None:
        """Answer in our own words, whatever went wrong."""
        answer: Answer = request.answer_outside  # type: ignore[attr-defined]
        raise ImmediateHttpResponse(answer(None))


class Provider(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """The provider's end of the line."""

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """Return where the provider sends people back."""
        return request.build_absolute_uri(reverse("access:outside-back"))

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider says of itself, once it says that it is whom the force has named (Discovery 1.0, 4.3).

        Raises:
            OAuth2Error: it names another.
        """
        said: dict[str, Any] = super().openid_config
        if str(said.get("issuer", "")).rstrip("/") != settings.OUTSIDE_SIGN_IN["issuer"].rstrip("/"):
            raise OAuth2Error("another issuer")
        return said

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **more: Any) -> None:
        """Check who the provider says that it is, signature included, and answer.

        Raises:
            OAuth2Error: it is not signed by the provider, for us, for now and for this visit (Core 1.0, 3.1.3.7).
        """
        claims = self._claims(app, more["response"].get("id_token") or "")
        asked = request.session.pop(NONCE, "")
        if not asked or not hmac.compare_digest(str(claims.get("nonce", "")), asked):
            raise OAuth2Error("another visit")
        if not claims.get("sub") or claims.get("azp", app.client_id) != app.client_id or "exp" not in claims:
            raise OAuth2Error("not for us, or for ever")
        since = claims.get("auth_time")
        identity = Identity(
            issuer=claims["iss"],
            subject=str(claims["sub"]),
            username=str(claims.get(settings.OUTSIDE_SIGN_IN["claim"], "")),
            proved_at=datetime.fromtimestamp(since, UTC) if isinstance(since, int | float) else None,
        )
        answer: Answer = request.answer_outside  # type: ignore[attr-defined]
        raise ImmediateHttpResponse(answer(identity))

    def _claims(self, app: SocialApp, signed: str) -> dict[str, Any]:
        try:
            if jwt.get_unverified_header(signed).get("alg") not in SIGNED_BY:
                raise OAuth2Error("not signed by a public key")
            claims: dict[str, Any] = jwtkit.verify_and_decode(
                credential=signed, keys_url=self.openid_config["jwks_uri"], issuer=self.openid_config["issuer"],
                audience=app.client_id, lookup_kid=jwtkit.lookup_kid_jwk,
            )  # fmt: skip
        except (jwt.PyJWTError, KeyError, ValueError, TypeError) as wrong:
            raise OAuth2Error("not an identity") from wrong
        return claims


def go(request: HttpRequest, *, again: bool) -> HttpResponse:
    """Send somebody to the provider.

    Args:
        request: of whom.
        again: whether they must prove there that it is still they.

    Raises:
        Unreachable: the provider does not answer.
    """
    provider = Configured(request).get_provider(request, PROVIDER)
    provider.oauth2_adapter_class = Provider
    nonce = secrets.token_urlsafe(24)
    request.session[NONCE] = nonce
    asks = {"nonce": nonce, **({"prompt": "login", "max_age": "0"} if again else {})}
    try:
        provider.get_oauth2_adapter(request).openid_config  # noqa: B018  asked once here, for its failures
        answer: HttpResponse = provider.redirect(request, "login", auth_params=asks)
    except (requests.RequestException, OAuth2Error, ImproperlyConfigured, ValueError, KeyError) as away:
        raise Unreachable from away
    return answer


def back(request: HttpRequest, answer: Answer) -> HttpResponse:
    """Take somebody back from the provider.

    Args:
        request: by which they come.
        answer: given who they are, or nobody where what the provider sent proves nothing.
    """
    request.answer_outside = answer  # type: ignore[attr-defined]
    found: HttpResponse = OAuth2CallbackView.adapter_view(Provider(request, PROVIDER))(request)
    return found
