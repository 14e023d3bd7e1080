"""What somebody typed while their sign-in ended is kept for them, for them alone, and for an hour."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests import factories
from tests.foundation.test_signin import MINE, persona, signed_in
from watchward.foundation.access import held
from watchward.foundation.access.context import within
from watchward.foundation.access.models import Account, Opening

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_demonstration")]

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
OPENING = "/openings/01890000-0000-7000-8000-000000000001"


@pytest.fixture
def _demonstration(settings: Any) -> None:
    settings.DEMO = True


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(START, tick=False) as travelling:
        yield travelling


def pairs_on(page: str) -> list[tuple[str, str]]:
    """Return the hidden fields that the page carries along, as a browser would send them."""
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page)
    return [(unescape(name), unescape(value)) for name, value in found]


def typed_after_the_end(
    client: Client, account: Account, clock: Any, fields: dict[str, Any], path: str = OPENING
) -> Any:
    """Sign in, let the sign-in end, and send a form."""
    signed_in(client, account)
    clock.shift(timedelta(minutes=45))
    return client.post(path, fields)


def test_what_was_typed_waits_on_its_own_page(client: Client, clock: Any) -> None:
    """The form is asked to sign in; after that its words are all there, with one button that sends it again."""
    account = persona()
    answer = typed_after_the_end(
        client, account, clock, {"finding": "Good reason,\nsaid “twice” & <again>", "x": ["1", "2"]}
    )
    assert answer.headers["Location"] == "/sign-in"
    assert "What you typed is kept" in client.get("/sign-in").content.decode()
    assert signed_in(client, account).headers["Location"] == "/sign-in/kept"
    page = client.get("/sign-in/kept").content.decode()
    pairs = [pair for pair in pairs_on(page) if pair[0] in ("finding", "x")]
    assert pairs == [("finding", "Good reason,\nsaid “twice” & <again>"), ("x", "1"), ("x", "2")]
    assert f'action="{OPENING}"' in page
    assert "Send it again" in page


def test_sent_again_it_is_done_and_forgotten(client: Client, clock: Any) -> None:
    """Sending it again does what it would have done, once, and then nothing of it is kept."""
    account = persona()
    acting = factories.machinery()
    other = factories.officer("response-officer", name="PC Dawes")
    with within(acting):
        team = account.memberships.get().team_id
    opening = an_opening(team, other.account)
    typed_after_the_end(client, account, clock, {"finding": "He was sent there"}, f"/openings/{opening.pk}")
    signed_in(client, account)
    page = client.get("/sign-in/kept").content.decode()
    fields = {name: value for name, value in pairs_on(page) if name in ("finding", held.SENT_AGAIN)}
    assert client.post(f"/openings/{opening.pk}", fields).status_code == 302
    with within(acting):
        assert Opening.objects.get(pk=opening.pk).finding == "He was sent there"
    assert held.HELD not in client.session
    assert client.get("/sign-in/kept").headers["Location"] == "/"


def an_opening(team: int, account: Any) -> Opening:
    """Make an opening of a locked record of a team, as `reading.open_locked` leaves it."""
    from watchward.foundation.acting import fresh_id
    from watchward.foundation.commands import command

    @command(needs=None)
    def open_for_test(acting: Any) -> Opening:
        return Opening.objects.create(
            account_id=account, team_id=team, table="people.person", record=fresh_id(), words="a locked person",
            reason="In hand", at=acting.at, until=acting.at + timedelta(hours=12),
        )  # fmt: skip

    acting = factories.machinery()
    with within(acting):
        return open_for_test(acting)


def test_refused_again_it_stays_kept(client: Client, clock: Any) -> None:
    """A form that is refused when it is sent again is still there to be sent."""
    account = persona()
    typed_after_the_end(client, account, clock, {"finding": "There is no such opening"})
    signed_in(client, account)
    fields = dict(pairs_on(client.get("/sign-in/kept").content.decode()))
    assert (
        client.post(OPENING, {"finding": fields["finding"], held.SENT_AGAIN: fields[held.SENT_AGAIN]}).status_code
        == 404
    )
    assert "There is no such opening" in client.get("/sign-in/kept").content.decode()


def test_nobody_else_on_this_browser_sees_it(client: Client, clock: Any) -> None:
    """A colleague who signs in on the same machine sees nothing of it; its person still does afterwards."""
    account, colleague = persona(), persona(name="Sgt Ida Brindley")
    typed_after_the_end(client, account, clock, {"finding": "Between me and the record"})
    assert signed_in(client, colleague).headers["Location"] == "/"
    assert client.get("/sign-in/kept").headers["Location"] == "/"
    client.post("/sign-in/kept", {"drop": "", held.SENT_AGAIN: "anything"})
    client.post("/sign-out")
    assert signed_in(client, account).headers["Location"] == "/sign-in/kept"
    assert "Between me and the record" in client.get("/sign-in/kept").content.decode()


def test_after_an_hour_it_is_gone(client: Client, clock: Any) -> None:
    """Nothing typed lies about for longer than an hour."""
    account = persona()
    typed_after_the_end(client, account, clock, {"finding": "An hour is enough"})
    clock.shift(timedelta(minutes=61))
    assert signed_in(client, account).headers["Location"] == "/"
    assert client.get("/sign-in/kept").headers["Location"] == "/"


def test_the_database_cannot_read_it(client: Client, clock: Any) -> None:
    """The session's row decodes to ciphertext: neither the words nor the path stand in it."""
    account = persona()
    typed_after_the_end(client, account, clock, {"finding": "Kilncroft Street secret words"})
    kept = [row.get_decoded() for row in Session.objects.all()]
    assert any(held.HELD in content for content in kept)
    assert "Kilncroft" not in str(kept)
    assert OPENING not in str(kept)


def test_a_stranger_can_make_us_keep_nothing(client: Client) -> None:
    """A form sent by somebody who never signed in on this browser is not kept."""
    client.get("/sign-in")
    client.post(OPENING, {"finding": "x" * 1000})
    assert held.HELD not in client.session


def test_another_page_of_the_same_person_still_sends(clock: Any) -> None:
    """After signing in again, a page that was open in another tab sends with the token that it has."""
    account = persona()
    client = Client(enforce_csrf_checks=True)
    token = token_on(client.get("/sign-in").content.decode())
    client.post("/sign-in", {"persona": str(account.pk), "csrfmiddlewaretoken": token})
    other_tab = token_on(client.get(MINE).content.decode())
    clock.shift(timedelta(minutes=45))
    client.get(MINE)
    token = token_on(client.get("/sign-in").content.decode())
    client.post("/sign-in", {"persona": str(account.pk), "csrfmiddlewaretoken": token})
    assert client.post("/sign-in/kept", {"csrfmiddlewaretoken": other_tab}).status_code == 302


def token_on(page: str) -> str:
    """Return the token of the page's forms."""
    found = re.search(r'name="csrf-token" content="([^"]+)"', page)
    assert found
    return found[1]


@hypothesis_settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    fields=st.dictionaries(
        st.text("abcdefgh_", min_size=1, max_size=8),
        st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60), min_size=1, max_size=3),
        max_size=4,
    )
)
def test_nothing_typed_is_lost(fields: dict[str, list[str]], rf: Any) -> None:
    """Whatever was typed comes back, character for character, in the order in which it was sent."""
    from django.contrib.sessions.backends.db import SessionStore

    account = persona_once()
    request = rf.post(OPENING, fields)
    request.session = SessionStore()
    request.session["expired"] = str(account.pk)
    assert held.hold(request)
    (form,) = held.held_for(request, account.pk)
    sent = [(name, value) for name, values in request.POST.lists() for value in values if name not in held.NOT_TYPED]
    assert list(form.pairs) == sent
    assert sorted(sent) == sorted((name, value) for name, values in fields.items() for value in values)


def persona_once() -> Account:
    """Return an account with an id; it need not be in the database."""
    return Account(username="held", display_name="Held")
