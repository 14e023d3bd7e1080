"""Everybody of the demonstration is invited to try a few things, each on a record that is there."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from markupsafe import escape

from tests.domains.signed_in import client_of
from tests.pages.conftest import Demonstration
from tests.pages.routes import HOST
from watchward.config.static import BUILT
from watchward.demo.force import PERSONAS
from watchward.demo.tours import TOURS, Step
from watchward.foundation import reading
from watchward.foundation.access import queries
from watchward.foundation.access.context import within
from watchward.foundation.access.queries import machinery
from watchward.foundation.acting import Acting, now
from watchward.foundation.commands import all_commands
from watchward.foundation.records import Record, guarded_tables

pytestmark = pytest.mark.skipif(not BUILT.is_dir(), reason="the pages' styles and scripts have not been built")

LOOKS = ("opened", "listed", "searched")
INVITED = "Put this away"


def at_the_start(demonstration: Demonstration, username: str) -> tuple[Client, str, Acting]:
    """Sign in as somebody; their browser, the page on which they start, and who they are."""
    with within(machinery(now(), "a test", channel="cli")) as asking:
        account = queries.accounts(asking).get(username=username).pk
    assert account in demonstration.may
    client = Client(raise_request_exception=True)
    client.post("/sign-in", {"persona": str(account)}, headers=HOST)
    with within(machinery(now(), "a test", channel="cli")):
        who = queries.acting_as(account, at=now())
    return client, reverse(queries.home_of(who)), who


def done(step: Step) -> bool:
    """Return whether a step is done by a look alone."""
    return any(mark.startswith(LOOKS) for mark in step.done)


def is_done(page: str, step: Step) -> bool:
    """Return what the page of the tour says of a step."""
    said = re.search(rf"{re.escape(str(escape(step.title)))}</a>\s*<span[^>]*>([^<]*)</span>", page)
    assert said is not None, step.title
    return said[1] == "Done"


@pytest.mark.parametrize("username", [post.username for post in PERSONAS])
def test_everybody_has_something_to_try(demonstration: Demonstration, username: str) -> None:
    """Where they start they are invited; each step leads to a page that is open to them; looking is noticed."""
    client, start, who = at_the_start(demonstration, username)
    role = next(post.role for post in PERSONAS if post.username == username)
    steps = TOURS[role]
    assert 0 < len(steps) <= 5
    before = client.get("/tour/", headers=HOST).content.decode()
    assert f"<b>0</b> of {len(steps)} done" in before
    assert INVITED in client.get(start, headers=HOST).content.decode()
    for step in steps:
        with within(who) as acting:
            address = step.where(acting)
        answer = client.get(address, headers=HOST, follow=True)
        assert answer.status_code == 200, (step.title, address)
        if any(mark.startswith("listed measures.") for mark in step.done):  # the figure's page leads to its rows
            rows = re.search(r'href="([^"]*/rows[^"]*)"', answer.content.decode())
            assert rows is not None
            assert client.get(rows[1].replace("&amp;", "&"), headers=HOST).status_code == 200
    after = client.get("/tour/", headers=HOST).content.decode()
    undone = [step.title for step in steps if done(step) and not is_done(after, step)]
    assert undone == []
    assert f"<b>{sum(map(done, steps))}</b> of {len(steps)} done" in after


def test_a_step_is_done_by_what_its_command_left(demonstration: Demonstration) -> None:
    """Looking at guidance is not yet reading it: only what she says at its foot is."""
    client, _start, who = at_the_start(demonstration, "calder")
    step = TOURS["guidance-lead"][0]
    with within(who) as acting:
        address = step.where(acting)
    page = client.get(address, headers=HOST).content.decode()
    assert not is_done(client.get("/tour/", headers=HOST).content.decode(), step)
    edition = re.search(r'name="edition" value="([^"]+)"', page)
    assert edition is not None
    assert client.post(f"{address}/read", {"edition": edition[1]}, headers=HOST).status_code == 302
    assert is_done(client.get("/tour/", headers=HOST).content.decode(), step)


def test_the_invitation_is_put_away_and_taken_back(demonstration: Demonstration) -> None:
    """It is not shown again until it is asked for; the tour itself stays in the menu."""
    client, start, _who = at_the_start(demonstration, "lowe")
    assert client.post("/tour/", {"do": "away"}, headers=HOST, follow=True).status_code == 200
    shown = client.get(start, headers=HOST).content.decode()
    assert INVITED not in shown
    assert 'href="/tour/"' in shown
    client.post("/tour/", {"do": "back"}, headers=HOST)
    assert INVITED in client.get(start, headers=HOST).content.decode()
    assert INVITED not in client.get("/my-work/overdue", headers=HOST).content.decode()


def test_there_is_no_tour_in_a_real_force(demonstration: Demonstration, monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside a demonstration nobody is invited, and the page is not there."""
    _client, start, who = at_the_start(demonstration, "kerr")
    monkeypatch.setattr(settings, "DEMO", False)
    client = client_of(who)  # in a real force nobody is signed in by choosing a name
    assert client.get("/tour/", headers=HOST).status_code == 404
    shown = client.get(start, headers=HOST).content.decode()
    assert INVITED not in shown
    assert "/tour/" not in shown


@pytest.mark.parametrize("mark", sorted({mark for steps in TOURS.values() for step in steps for mark in step.done}))
def test_what_a_step_waits_for_can_be_in_the_log(mark: str) -> None:
    """Each is a command of the house, or a look at a list that has a name or at a table of records."""
    kind, _, what = mark.partition(" ")
    if kind not in LOOKS:
        assert mark in all_commands
    elif kind == "opened":
        assert what in {model._meta.label for model in guarded_tables() if issubclass(model, Record)}
    else:
        assert reading.words_of(what)
