"""Proof within minutes that it is still the person: before locked records, grants, erasure and files that leave."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from tests import factories
from tests.foundation.coming_in import code_of, in_with_a_code, with_an_app
from watchward.config.docs.roles import every_page
from watchward.foundation.acting import Acting, real_now

pytestmark = pytest.mark.django_db

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> Iterator[Any]:
    """Nine in the morning, until it is moved."""
    with time_machine.travel(START, tick=False) as moved:
        yield moved


@pytest.fixture
def saltram() -> Acting:
    """An administrator."""
    return factories.officer("administrator", name="Derek Saltram")


@pytest.fixture
def other() -> Acting:
    """Somebody else."""
    return factories.officer("call-handler")


@pytest.mark.parametrize(("minutes", "opens"), [(9, True), (10, False)])
def test_a_sign_in_is_proof_for_ten_minutes(
    clock: Any, saltram: Acting, other: Acting, minutes: int, opens: bool
) -> None:
    """Whoever has just signed in is not asked again at once."""
    client = in_with_a_code(saltram.account)
    clock.shift(timedelta(minutes=minutes))
    answer = client.get(f"/force/staff/{other.account}")
    assert answer.status_code == (200 if opens else 302)
    assert client.get("/my-work/").status_code == 200


def test_the_code_of_an_app_proves_it_and_leads_back(clock: Any, saltram: Acting, other: Acting) -> None:
    """Under a fresh key of the session, for ten more minutes, and with its line in the log."""
    page = f"/force/staff/{other.account}"
    client = in_with_a_code(saltram.account)
    secret = with_an_app(client)
    clock.shift(timedelta(minutes=20))
    assert client.get(page).headers["Location"] == "/prove"
    before = client.session.session_key
    assert client.post("/prove", {"code": "000000"}).status_code == 422
    answer = client.post("/prove", {"code": code_of(secret, real_now())})
    assert answer.headers["Location"] == page
    assert client.session.session_key != before
    assert client.get(page).status_code == 200
    clock.shift(timedelta(minutes=10))
    assert client.get(page).status_code == 302


def test_what_was_typed_waits(clock: Any, saltram: Acting, other: Acting) -> None:
    """A form that was open too long is kept, shown after the proof, and sent again by one button."""
    client = in_with_a_code(saltram.account)
    secret = with_an_app(client)
    clock.shift(timedelta(minutes=20))
    sent = client.post(f"/force/staff/{other.account}/disable", {"sign-in-reason": "Left the force"})
    assert sent.headers["Location"] == "/prove"
    after = client.post("/prove", {"code": code_of(secret, real_now())})
    assert after.headers["Location"] == "/sign-in/kept"
    page = client.get("/sign-in/kept").content.decode()
    assert "Left the force" in page
    assert "asked whether it is still you" in page


def test_a_form_of_another_is_not_shown(clock: Any, saltram: Acting, other: Acting) -> None:
    """Whoever signs in next in this browser does not see what somebody had typed."""
    client = in_with_a_code(saltram.account)
    clock.shift(timedelta(minutes=20))
    client.post(f"/force/staff/{other.account}/disable", {"sign-in-reason": "Left the force"})
    in_with_a_code(other.account, client)
    assert client.get("/sign-in/kept").status_code == 302


def test_without_passkey_and_app_one_signs_in_again(clock: Any, saltram: Acting, other: Acting) -> None:
    """The page says so, and no code that is sent proves anything."""
    client = in_with_a_code(saltram.account)
    clock.shift(timedelta(minutes=20))
    assert client.get(f"/force/staff/{other.account}").status_code == 302
    assert "Sign in again" in client.get("/prove").content.decode()
    assert client.post("/prove", {"code": "123456"}).status_code == 422
    assert client.get("/ways").headers["Location"] == "/prove"


def test_an_invented_person_is_asked_in_no_demonstration(settings: Any, clock: Any, other: Acting) -> None:
    """Whoever chooses them is them."""
    from tests.domains.signed_in import signed_in

    client, _who = signed_in(settings, "administrator")
    clock.shift(timedelta(minutes=20))
    assert client.get(f"/force/staff/{other.account}").status_code == 200


def test_every_door_that_must_ask_does() -> None:
    """A new page that grants, or changes how somebody signs in, fails until somebody has thought."""
    asked = {page.name for page in every_page() if getattr(page.view, "proven", False)}
    grants = {
        "force:open-account", "force:member", "force:give-role", "force:end-role", "force:join-team",
        "force:leave-team", "force:disable", "force:enable", "force:end-ways", "machines:new", "machines:rotate",
    }  # fmt: skip
    own = {"access:ways", "access:add-passkey", "access:new-passkey-question", "access:app", "access:recovery-codes"}
    leaves = {"audit:erase", "documents:print", "incidents:deployments-csv"}
    goes = {"retention:agree"}
    assert asked == grants | own | leaves | goes | {"access:end-way", "access:locked"}
    staff = {page.name for page in every_page() if page.pattern.startswith("force/staff/")}
    assert staff <= grants


def test_nobody_signed_in_is_sent_to_sign_in_first() -> None:
    """Not to the proof."""
    assert Client().get("/ways").headers["Location"] == "/sign-in"
