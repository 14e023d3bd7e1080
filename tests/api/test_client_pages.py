"""Clients as whoever answers for them keeps them: on the pages and on the command line."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client as Browser

from tests import factories
from tests.api.clients import HOST, Machine, machine
from watchward.config.cli import parser
from watchward.foundation.access import commands as access
from watchward.foundation.access.context import within
from watchward.foundation.access.queries import account
from watchward.foundation.machines.models import Client
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r"ww1\.[0-9a-f]{32}\.[A-Za-z0-9_-]{43}")


@pytest.fixture
def browser(settings: Any) -> Browser:
    """Force incident manager Grace Okafor, signed in."""
    settings.DEMO = True
    with within(factories.machinery()) as acting:
        okafor = access.open_account(acting, username="okafor", display_name="Insp Grace Okafor", persona=True)
        access.give_role(acting, account=okafor.pk, role="force-incident-manager", since=date(2018, 7, 1))
    browser = Browser(headers={"Host": HOST})
    assert browser.post("/sign-in", {"persona": str(okafor.pk)}).status_code == 302
    return browser


def only_client() -> Client:
    """Return the one client that there is."""
    with within(factories.machinery()):
        return Client.objects.select_related("account").get()


def made(browser: Browser) -> Client:
    """Make a client by the page."""
    sent = {"name": "Switch", "purpose": "calls", "scopes": ["contact.read", "contact.take"], "a_minute": "60"}
    answer = browser.post("/machines/new", sent)
    assert answer.status_code == 302, answer.content
    return only_client()


def text(answer: Any) -> str:
    """Return a page."""
    return str(answer.content.decode())


class TestPages:
    """Made, given a secret that is shown once, and stopped."""

    def test_one_is_lowewith_what_one_holds(self, browser: Browser) -> None:
        """What the manager does not hold is not offered, nor what is never lent."""
        page = text(browser.get("/machines/new"))
        assert 'value="contact.take"' in page
        assert 'value="people.load"' not in page
        assert 'value="machines.keep"' not in page
        row = made(browser)
        assert row.scopes == ["contact.read", "contact.take"]
        assert "Switch" in text(browser.get("/machines/"))
        assert "it cannot call" in text(browser.get(f"/machines/{row.pk}"))

    def test_what_is_sent_all_the_same_is_refused(self, browser: Browser) -> None:
        """A form that was changed on its way offers nothing that the page did not."""
        sent = {"name": "Switch", "purpose": "calls", "scopes": ["people.load"], "a_minute": "60"}
        assert browser.post("/machines/new", sent).status_code == 422

    def test_the_secret_is_shown_once_and_works(self, browser: Browser) -> None:
        """On the answer to the button, and on no page after it."""
        row = made(browser)
        page = browser.post(f"/machines/{row.pk}/secret", {})
        token = TOKEN.search(text(page))
        assert token is not None
        assert page["Cache-Control"] == "no-store"
        assert Machine(row, None, token[0]).get("/calls").status_code == 200  # type: ignore[arg-type]
        for path in (f"/machines/{row.pk}", f"/machines/{row.pk}/secret", "/machines/"):
            assert token[0].rpartition(".")[2] not in text(browser.get(path))

    def test_it_is_stopped_with_a_reason_and_may_call_again(self, browser: Browser) -> None:
        """Without a reason it goes on; then the page says that it is disabled."""
        row = made(browser)
        assert browser.post(f"/machines/{row.pk}/disable", {"reason": ""}).status_code == 422
        assert browser.post(f"/machines/{row.pk}/disable", {"reason": "lost"}).status_code == 302
        assert "Disabled" in text(browser.get(f"/machines/{row.pk}"))
        assert browser.post(f"/machines/{row.pk}/secret", {}).status_code == 422
        assert browser.post(f"/machines/{row.pk}/enable", {"reason": "found"}).status_code == 302
        assert "Disabled" not in text(browser.get(f"/machines/{row.pk}"))

    def test_anothers_client_is_seen_and_its_secret_is_not_given(self, browser: Browser) -> None:
        """The page says who alone is shown it, and the form refuses."""
        other = machine()
        page = text(browser.get(f"/machines/{other.client.pk}"))
        assert "alone is shown its secret" in page
        answer = browser.post(f"/machines/{other.client.pk}/secret", {})
        assert (answer.status_code, TOKEN.search(text(answer))) == (422, None)

    def test_the_reference_names_every_route_with_its_scope(self, browser: Browser) -> None:
        """The page says what the document says, by our own template."""
        page = text(browser.get("/machines/reference"))
        document = browser.get("/api/v1/openapi.json").json()
        assert document["openapi"].startswith("3.1")
        for path, methods in document["paths"].items():
            assert path in page
            for told in methods.values():
                assert set(told["x-scopes"]) <= set(re.findall(r"[a-z_]+\.[a-z_]+", page))
        assert "<script" not in re.sub(r'<script[^>]+src="/static/[^"]+"[^>]*></script>', "", page)


def test_whoever_may_not_keep_clients_sees_none(settings: Any) -> None:
    """A sergeant is refused each page of them."""
    settings.DEMO = True
    with within(factories.machinery()) as acting:
        lowe = access.open_account(acting, username="lowe", display_name="Sgt Marian Lowe", persona=True)
        access.give_role(acting, account=lowe.pk, role="sergeant", since=date(2018, 7, 1))
    browser = Browser(headers={"Host": HOST})
    browser.post("/sign-in", {"persona": str(lowe.pk)})
    row = machine().client
    for path in ("", "new", f"{row.pk}", f"{row.pk}/secret", f"{row.pk}/disable", f"{row.pk}/enable"):
        assert browser.get(f"/machines/{path}").status_code == 403


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Run the command line in this process, and return its status and what it printed."""
    asked = parser().parse_args(["clients", *arguments])
    try:
        status = asked.run(asked)
    except Refused as refused:
        return 2, "", str(refused)
    out = capsys.readouterr()
    return status, out.out, out.err


class TestCommandLine:
    """`watchward clients` does the same."""

    def test_lowerotated_and_disabled(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The token stands on the terminal and works; after it is disabled it does not."""
        owner = factories.officer("force-incident-manager")
        with within(factories.machinery()) as acting:
            username = account(acting, id_=owner.account).username
        status, token, _err = run(
            capsys, "make", "Switch", "--owner", username, "--purpose", "calls", "--scope", "contact.read"
        )
        assert (status, bool(TOKEN.fullmatch(token.strip()))) == (0, True)
        first = Machine(only_client(), owner, token.strip())
        assert first.get("/calls").status_code == 200
        _status, second, _err = run(capsys, "rotate", "Switch", "--known")
        assert [Machine(first.client, owner, each.strip()).get("/calls").status_code for each in (token, second)] == [
            401, 200,
        ]  # fmt: skip
        assert '"name": "Switch"' in run(capsys, "list", "--json")[1]
        assert run(capsys, "disable", "Switch", "--reason", "lost")[0] == 0
        assert Machine(first.client, owner, second.strip()).get("/calls").status_code == 401

    def test_what_the_owner_does_not_hold_is_refused(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Whoever runs the home lends nothing that the named owner does not hold."""
        owner = factories.officer("administrator")
        with within(factories.machinery()) as acting:
            username = account(acting, id_=owner.account).username
        status, _out, err = run(
            capsys, "make", "Switch", "--owner", username, "--purpose", "calls", "--scope", "contact.take"
        )
        assert (status, "does not hold contact.take" in err) == (2, True)
