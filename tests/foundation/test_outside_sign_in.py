"""The force's own identity provider: whom it lets in is let in here, and nothing that it did not sign for us is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import jwt
import pytest
import time_machine
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from tests import factories
from tests.foundation.coming_in import in_with_a_code
from tests.foundation.provider import CLIENT, Provider, running
from tests.foundation.test_ways_in import username_of
from watchward.config.outside import outside_sign_in
from watchward.foundation.access import commands
from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting, real_now
from watchward.foundation.audit.models import CommandLog
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db

MINE, GO = "/my-work/", "/sign-in/outside"


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    """A provider that the force has named."""
    with running() as started:
        settings.OUTSIDE_SIGN_IN = started.settings()
        yield started


@pytest.fixture
def officer(provider: Provider) -> Acting:
    """A sergeant, whom the provider knows as well."""
    who = factories.officer("sergeant")
    provider.people["lowe"] = {"sub": "s-1", "preferred_username": username_of(who.account)}
    return who


def visit(client: Client, provider: Provider, who: str = "lowe") -> str:
    """Go to the provider, sign in there, and return the address at which it sends the browser back."""
    gone = client.get(GO)
    assert gone.status_code == 302, gone.content
    assert gone.headers["Location"].startswith(f"{provider.address}/authorize?")
    back = provider.let_in(dict(parse_qsl(urlsplit(gone.headers["Location"]).query)), who)
    assert back is not None
    return back.removeprefix("http://testserver")


def come(client: Client, provider: Provider, who: str = "lowe") -> Any:
    """Go there and back."""
    return client.get(visit(client, provider, who))


def is_in(client: Client) -> bool:
    """Return whether somebody is signed in here."""
    return bool(client.get(MINE).status_code == 200)


def test_whom_the_provider_lets_in_is_in(client: Client, provider: Provider, officer: Acting) -> None:
    """By discovery, code, PKCE and a signed identity; under a fresh session, with its line in the log."""
    client.get(MINE)
    before = client.session.session_key
    assert come(client, provider).headers["Location"] == MINE
    assert is_in(client)
    assert client.session["way"] == "outside"
    assert client.session.session_key != before
    with within(factories.machinery()):
        line = CommandLog.objects.get(account_id=officer.account, name__endswith="sign_in")
        assert line.purpose == "signed in with the force's own sign-in"


def test_the_page_offers_it_only_where_there_is_one(client: Client, provider: Provider, settings: Any) -> None:
    """Without a provider its addresses are not there."""
    assert "Sign in with Force account" in client.get("/sign-in").content.decode()
    settings.OUTSIDE_SIGN_IN = {}
    assert "Force account" not in client.get("/sign-in").content.decode()
    assert client.get(GO).status_code == 404
    assert client.get("/sign-in/outside/back?code=x&state=y").status_code == 404


def _without(name: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda claims: {key: value for key, value in claims.items() if key != name}


def _with(**other: Any) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda claims: {**claims, **other}


@pytest.mark.parametrize(
    "twist",
    [
        pytest.param(_with(aud="somebody-else"), id="for another"),
        pytest.param(_with(aud=[CLIENT, "somebody-else"], azp="somebody-else"), id="asked for by another"),
        pytest.param(_with(iss="http://localhost:1"), id="from another"),
        pytest.param(_with(exp=1_500_000_000), id="over"),
        pytest.param(_with(nonce="planted"), id="of another visit"),
        pytest.param(_without("nonce"), id="of no visit"),
        pytest.param(_without("sub"), id="of nobody"),
        pytest.param(_without("exp"), id="for ever"),
    ],
)
def test_what_is_not_signed_for_this_visit_proves_nothing(
    client: Client, provider: Provider, officer: Acting, twist: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    """Core 1.0, 3.1.3.7: the page says so, nobody is in, and the log has the refusal."""
    provider.twist = twist
    answer = come(client, provider)
    assert answer.status_code == 403
    assert "does not prove who you are" in answer.content.decode()
    assert not is_in(client)
    with within(factories.machinery()):
        assert CommandLog.objects.get(name__endswith="come_from_outside").outcome == "refused"


def test_what_another_key_signed_proves_nothing(client: Client, provider: Provider, officer: Acting) -> None:
    """Though it came over the right line."""
    provider.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    assert come(client, provider).status_code == 403


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_what_no_private_key_signed_proves_nothing(
    client: Client, provider: Provider, officer: Acting, algorithm: str
) -> None:
    """Neither no signature, nor one made with what everybody can read (RFC 8725, 2.1)."""
    public = provider.published.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    provider.algorithm, provider.key = algorithm, None if algorithm == "none" else public
    assert come(client, provider).status_code == 403


def test_a_way_back_works_once_and_in_its_own_browser(client: Client, provider: Provider, officer: Acting) -> None:
    """An address that somebody was sent, or caught, signs nobody in."""
    back = visit(client, provider)
    stranger = Client()
    assert stranger.get(back).status_code == 403
    assert not is_in(stranger)
    assert client.get(back).status_code == 302
    client.post("/sign-out")
    assert client.get(back).status_code == 403


def test_somebody_who_goes_back_without_signing_in_is_told(client: Client, provider: Provider) -> None:
    """The provider sends them back with an error."""
    asked = dict(parse_qsl(urlsplit(client.get(GO).headers["Location"]).query))
    answer = client.get(f"/sign-in/outside/back?error=access_denied&state={asked['state']}")
    assert answer.status_code == 403
    assert "You are not signed in" in answer.content.decode()


def test_a_name_that_passes_to_another_there_does_not_pass_here(provider: Provider, officer: Acting) -> None:
    """The account is bound to the person there, and not to what they are called."""
    assert come(Client(), provider).status_code == 302
    provider.people["new"] = {**provider.people["lowe"], "sub": "s-2"}
    newcomer = Client()
    assert "Nobody here goes by that sign-in" in come(newcomer, provider, "new").content.decode()
    provider.people["lowe"]["preferred_username"] = "renamed.there"
    assert come(Client(), provider).status_code == 302


@pytest.mark.parametrize("claims", [{}, {"preferred_username": ""}, {"preferred_username": "nobody.here"}])
def test_whom_nobody_knows_here_is_not_let_in(client: Client, provider: Provider, claims: dict[str, str]) -> None:
    """No account is opened because a provider knows somebody."""
    provider.people["lowe"] = {"sub": "s-9", **claims}
    assert come(client, provider).status_code == 403


def test_somebody_disabled_is_not_let_in(client: Client, provider: Provider, officer: Acting) -> None:
    """Whatever the provider says, bound or not."""
    come(Client(), provider)
    with within(factories.machinery()) as acting:
        commands.disable_account(acting, account=officer.account, reason="Left")
    assert come(client, provider).status_code == 403


def test_an_invented_person_does_not_come_from_outside(client: Client, provider: Provider) -> None:
    """Personas are reached in a demonstration alone."""
    with within(factories.machinery()) as acting:
        commands.open_account(acting, username="moira", display_name="Moira", persona=True)
    provider.people["lowe"] = {"sub": "s-3", "preferred_username": "moira"}
    assert come(client, provider).status_code == 403


def test_a_provider_that_is_away_or_another_is_said_to_be(client: Client, provider: Provider, settings: Any) -> None:
    """The page says what still signs in."""
    provider.issuer_said = "http://localhost:1"
    assert client.get(GO).status_code == 502
    settings.OUTSIDE_SIGN_IN = {**provider.settings(), "issuer": "http://localhost:1"}
    answer = client.get(GO)
    assert answer.status_code == 502
    assert "No answer from Force account" in answer.content.decode()


def test_proving_again_there(client: Client, provider: Provider, officer: Acting) -> None:
    """The provider is asked to have them prove it now; that they were in since this morning is not enough."""
    come(client, provider)

    with time_machine.travel(real_now() + timedelta(minutes=20)):
        assert client.get("/ways").headers["Location"] == "/prove"
        assert "Prove it with Force account" in client.get("/prove").content.decode()
        provider.twist = _with(auth_time=int((real_now() - timedelta(hours=2)).timestamp()))
        assert come(client, provider).status_code == 403
        assert client.get("/ways").headers["Location"] == "/prove"
        provider.twist = lambda claims: claims
        assert come(client, provider).headers["Location"] == "/ways"
        assert client.get("/ways").status_code == 200


def test_another_persons_proof_is_not_ones_own(client: Client, provider: Provider, officer: Acting) -> None:
    """Whoever comes back as somebody else is signed in as that one, and the first is signed out."""
    first = factories.officer("auditor")
    in_with_a_code(first.account, client)
    come(client, provider)
    assert client.session["_auth_user_id"] == str(officer.account)
    with within(factories.machinery()):
        assert CommandLog.objects.filter(account_id=first.account, name__endswith="sign_out").count() == 1


def test_the_environment_names_it_whole_or_not_at_all(tmp_path: Path) -> None:
    """By half, without its secret, or in the clear: refused before anything starts."""
    file = tmp_path / "secret"
    file.write_text("a secret\n")
    whole = {
        "WATCHWARD_OIDC_ISSUER": "https://id.force.example/", "WATCHWARD_OIDC_CLIENT": "watchward",
        "WATCHWARD_OIDC_SECRET_FILE": str(file),
    }  # fmt: skip
    assert outside_sign_in({}) == {}
    said = outside_sign_in(whole)
    assert (said["issuer"], said["secret"]) == ("https://id.force.example", "a secret")
    for wrong in (
        {**whole, "WATCHWARD_OIDC_ISSUER": "http://id.force.example"},
        {**whole, "WATCHWARD_OIDC_CLIENT": ""},
        {**whole, "WATCHWARD_OIDC_SECRET_FILE": str(tmp_path / "none")},
    ):
        with pytest.raises(Refused):
            outside_sign_in(wrong)


def test_the_standards_own_library_reads_what_the_provider_signs(provider: Provider, officer: Acting) -> None:
    """The provider of these tests is no friend of ours: what it signs verifies by the key that it publishes."""
    client = Client()
    back = dict(parse_qsl(urlsplit(visit(client, provider)).query))
    kept = provider.known[back["code"]]
    assert kept["code_challenge_method"] == "S256"
    assert provider.token({"code": back["code"], "redirect_uri": kept["redirect_uri"]}, "") is None
    signed = jwt.encode({"sub": "s-1"}, provider.key, "RS256")
    assert jwt.decode(signed, provider.published, ["RS256"])["sub"] == "s-1"
