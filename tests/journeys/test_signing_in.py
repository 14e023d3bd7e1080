"""Somebody comes in with a code, sets up a passkey, and from then on it signs them in and proves that it is they."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import CDPSession, Page

from tests.factories import machinery, officer
from tests.foundation.coming_in import code_of, handed_out
from tests.foundation.provider import running
from tests.journeys.conftest import Opens, looked_at, picture
from tests.journeys.looks import assert_accessible, nothing_in_the_console
from watchward.foundation.access import queries
from watchward.foundation.access.context import as_engine, within
from watchward.foundation.access.models import WayIn
from watchward.foundation.acting import Acting, real_now
from watchward.foundation.audit.models import CommandLog

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("first_of_july")]


class Key:
    """A security key that Chromium plays: it holds passkeys and touches itself."""

    def __init__(self, page: Page) -> None:
        self.line: CDPSession = page.context.new_cdp_session(page)
        self.line.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
            "isUserVerified": True, "automaticPresenceSimulation": True,
        }  # fmt: skip
        self.id = self.line.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]

    def held(self) -> list[dict[str, Any]]:
        """Return the passkeys that it holds."""
        found: list[dict[str, Any]] = self.line.send("WebAuthn.getCredentials", {"authenticatorId": self.id})[
            "credentials"
        ]
        return found

    def put_in(self, credential: dict[str, Any]) -> None:
        """Put a passkey in it, as a thief does who has copied one."""
        self.line.send("WebAuthn.addCredential", {"authenticatorId": self.id, "credential": credential})

    def refuses(self) -> None:
        """Let it verify its person no more, as with a wrong finger."""
        self.line.send("WebAuthn.setUserVerified", {"authenticatorId": self.id, "isUserVerified": False})


@pytest.fixture
def desk(opens: Opens) -> Iterator[Page]:
    """A browser at a desk, in whose console nothing is said."""
    page = opens()
    page.set_default_timeout(10_000)
    with nothing_in_the_console(page):
        yield page


def in_with_a_code(page: Page, who: Acting) -> None:
    """Sign in with a code that was handed out."""
    page.goto("/sign-in/code")
    page.get_by_label("Code", exact=True).fill(handed_out(who.account))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/ways")


def with_a_passkey(page: Page, who: Acting) -> Key:
    """Come in with a code and set up a passkey."""
    key = Key(page)
    in_with_a_code(page, who)
    page.get_by_label("What you call it").fill("Desk in the report room")
    page.get_by_role("button", name="Set up a passkey").click()
    page.get_by_text("The passkey is set up.").wait_for()
    return key


def said_in_the_log(who: Acting, name: str) -> list[tuple[str, str]]:
    """Return how each of somebody's commands of a name ended, and for what purpose it was."""
    with within(machinery()):
        found = CommandLog.objects.filter(account_id=who.account, name__endswith=name).order_by("real_at")
        return [(each.outcome, each.purpose) for each in found]


def test_a_passkey_is_set_up_and_signs_in(desk: Page) -> None:
    """A code once; then one touch, under the strict content policy, and the log says how."""
    bhatt = officer("call-handler", name="Meena Bhatt")
    key = with_a_passkey(desk, bhatt)
    assert len(key.held()) == 1
    assert "Desk in the report room" in desk.inner_text("main")
    desk.get_by_role("navigation", name="Menu").get_by_role("button", name="Sign out").click()
    desk.wait_for_url("**/sign-in")
    desk.get_by_role("button", name="Sign in with a passkey").click()
    desk.wait_for_url("**/calls/**")
    assert "Meena Bhatt" in desk.inner_text("body")
    assert [purpose for _outcome, purpose in said_in_the_log(bhatt, "sign_in")] == [
        "signed in with a code",
        "signed in with a passkey",
    ]


def test_the_same_device_makes_no_second_passkey(desk: Page) -> None:
    """It says so at the button, and nothing is sent."""
    with_a_passkey(desk, officer("call-handler"))
    desk.get_by_label("What you call it").fill("Again")
    desk.get_by_role("button", name="Set up a passkey").click()
    desk.get_by_text("This device has a passkey of yours already.").wait_for()


def test_a_finger_that_is_not_theirs_signs_nobody_in(desk: Page) -> None:
    """The device must verify its person; the page says what to do instead."""
    key = with_a_passkey(desk, officer("call-handler"))
    desk.get_by_role("navigation", name="Menu").get_by_role("button", name="Sign out").click()
    key.refuses()
    desk.get_by_role("button", name="Sign in with a passkey").click()
    desk.get_by_text("No passkey was used.").wait_for()
    desk.goto("/my-work/")
    assert desk.url.endswith("/sign-in")


def test_a_copy_of_a_passkey_is_worth_nothing(desk: Page, opens: Opens) -> None:
    """Whoever counts fewer signatures than the last one seen holds a copy (WebAuthn 6.1.1)."""
    dhillon = officer("response-officer", name="PC Jas Dhillon")
    key = with_a_passkey(desk, dhillon)
    copied = key.held()[0]
    desk.get_by_role("navigation", name="Menu").get_by_role("button", name="Sign out").click()
    desk.get_by_role("button", name="Sign in with a passkey").click()
    desk.wait_for_url("**/my-work/**")
    thief = opens()
    Key(thief).put_in({**copied, "signCount": 0})
    thief.goto("/sign-in")
    thief.get_by_role("button", name="Sign in with a passkey").click()
    thief.get_by_text("This passkey does not sign anybody in here.").wait_for()
    with within(machinery()):
        assert CommandLog.objects.filter(name__endswith="show_passkey", outcome="refused").count() == 1


def test_proving_again_before_a_locked_door(desk: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """After minutes, the administrator's page asks whether it is still they; one touch, and they are on it."""
    saltram = officer("administrator", name="Derek Saltram")
    other = officer("call-handler")
    with_a_passkey(desk, saltram)
    monkeypatch.setattr(settings, "PROVEN_MINUTES", 0)
    desk.goto(f"/force/staff/{other.account}")
    assert desk.url.endswith("/prove")
    monkeypatch.setattr(settings, "PROVEN_MINUTES", 10)
    desk.get_by_role("button", name="Use your passkey").click()
    desk.wait_for_url(f"**/force/staff/{other.account}")
    assert said_in_the_log(saltram, "show_passkey")[-1][0] == "done"


def test_an_ended_passkey_signs_nobody_in(opens: Opens) -> None:
    """Its row stays on record."""
    desk = opens()
    bhatt = officer("call-handler", name="Meena Bhatt")
    with_a_passkey(desk, bhatt)
    desk.get_by_role("button", name=re.compile("End it ?: Desk in the report room")).click()
    desk.get_by_text("It is worth nothing any more.").wait_for()
    desk.get_by_role("navigation", name="Menu").get_by_role("button", name="Sign out").click()
    desk.get_by_role("button", name="Sign in with a passkey").click()
    desk.get_by_text("This passkey does not sign anybody in here.").wait_for()
    with within(machinery()) as acting, as_engine(acting):
        assert WayIn.objects.get(account_id=bhatt.account).ended_at is not None


def test_an_app_and_a_recovery_code_without_scripts(opens: Opens) -> None:
    """A lost passkey on a browser that runs nothing: typed and sent, and in."""
    bhatt = officer("call-handler", name="Meena Bhatt")
    page = opens(scripts=False)
    in_with_a_code(page, bhatt)
    page.get_by_role("link", name="Set up an app").click()
    secret = page.locator(".ww-letters").inner_text().replace(" ", "")
    page.get_by_label("Code of your app").fill(code_of(secret, real_now()))
    page.get_by_role("button", name="Set it up").press("Enter")
    page.get_by_role("button", name="Make ten recovery codes").press("Enter")
    codes = page.locator("main ol li").all_inner_texts()
    assert len(codes) == 10
    page.get_by_role("link", name="I have them").click()
    assert "10 recovery codes are left" in page.inner_text("main")
    page.get_by_role("navigation", name="Menu").get_by_role("button", name="Sign out").press("Enter")
    page.get_by_role("link", name="I have lost my passkey").click()
    with within(machinery()) as acting:
        page.get_by_label("User name").fill(queries.account(acting, id_=bhatt.account).username)
    page.get_by_label("Recovery code").fill(codes[3].lower())
    page.get_by_label("Code of your app").fill("000000")
    page.get_by_role("button", name="Sign in").press("Enter")
    assert "do not belong together" in page.inner_text("main")
    # The code that set it up is used; the app shows the next one in less than half a minute.
    page.get_by_label("Code of your app").fill(code_of(secret, real_now() + timedelta(seconds=30)))
    page.get_by_role("button", name="Sign in").press("Enter")
    assert "9 recovery codes are left" in page.inner_text("main")


def test_the_forces_own_sign_in_without_scripts(opens: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two buttons, and in; links and forms alone, under the strict content policy."""
    lowe = officer("sergeant", name="Sgt Marian Lowe")
    with running() as provider:
        monkeypatch.setattr(settings, "OUTSIDE_SIGN_IN", provider.settings())
        with within(machinery()) as acting:
            name = queries.account(acting, id_=lowe.account).username
        provider.people["Marian Lowe"] = {"sub": "s-1", "preferred_username": name}
        page = opens(scripts=False)
        with nothing_in_the_console(page):
            page.goto("/sign-in")
            page.get_by_role("link", name="Sign in with Force account").click()
            page.get_by_role("button", name="Marian Lowe").click()
            page.wait_for_url("**/my-work/**")
        assert "Sgt Marian Lowe" in page.inner_text("body")


def test_every_page_can_be_used_by_everybody(desk: Page, opens: Opens) -> None:
    """Nothing for axe at any width, no sideways scroll, nothing in the console; with mistakes as well."""
    saltram = officer("administrator", name="Derek Saltram")
    looked_at(desk, "/sign-in", "sign-in")
    looked_at(desk, "/sign-in/recover", "recover")
    with_a_passkey(desk, saltram)
    looked_at(desk, "/ways", "ways")
    looked_at(desk, "/ways/app", "app")
    looked_at(desk, "/prove", "prove")
    desk.goto("/ways")
    desk.get_by_role("button", name="Make ten recovery codes").click()
    assert_accessible(desk)
    picture(desk, "recovery-codes")
    mistaken = opens()
    in_with_a_code(mistaken, officer("call-handler"))
    mistaken.get_by_role("button", name="Set up a passkey").click()
    assert "What you call it: not filled in" in mistaken.inner_text("main")
    assert_accessible(mistaken)
