"""Everybody of the demonstration is invited to try a few things, each on a record that is there."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

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


def looks(mark: str) -> bool:
    """Return whether a mark is of a look, and not of a command."""
    return mark.startswith(LOOKS)


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


def shows(text: str) -> bool:
    """Return whether a page leads to a record: a list on which nothing stands leaves no trace of a look."""
    main = text.partition("<main")[2].partition("</main>")[0]
    return re.search(r'href="[^"]*/[0-9a-f]{8}-[0-9a-f-]{27}', main) is not None


def state(text: str, step: Step) -> str:
    """Return what the tour's page says of a step."""
    found = re.search(re.escape(step.title) + r"</a>\s*<span[^>]*>([^<]*)</span>", html.unescape(text))
    assert found is not None, step.title
    return found[1]


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
    looked = []
    for step in steps:
        with within(who) as acting:
            address = step.where(acting)
        answer = client.get(address, headers=HOST, follow=True)
        assert answer.status_code == 200, (step.title, address)
        text = answer.content.decode()
        if any(mark.startswith("listed measures.") for mark in step.done):  # the figure's page leads to its rows
            rows = re.search(r'href="([^"]*/rows[^"]*)"', text)
            assert rows is not None
            text = client.get(rows[1].replace("&amp;", "&"), headers=HOST).content.decode()
        if all(map(looks, step.done)) and shows(text):
            looked.append(step)
    assert looked
    after = client.get("/tour/", headers=HOST).content.decode()
    assert {step.title: state(after, step) for step in looked} == dict.fromkeys((step.title for step in looked), "Done")
    assert all(state(after, step) == "Not yet" for step in steps if not any(map(looks, step.done)))


def test_a_step_is_done_by_what_its_command_left(demonstration: Demonstration) -> None:
    """What a story of the past tells of her does not count; reading guidance as herself does."""
    client, _start, _who = at_the_start(demonstration, "calder")
    title = TOURS["guidance-lead"][0].title
    page = re.escape(title) + r"</a>\s*<span[^>]*>{}</span>"
    assert re.search(page.format("Not yet"), client.get("/tour/", headers=HOST).content.decode())
    link = re.search(rf'href="([^"]+)">{re.escape(title)}', client.get("/tour/", headers=HOST).content.decode())
    assert link is not None
    edition = re.search(r'name="edition" value="([^"]+)"', client.get(link[1], headers=HOST).content.decode())
    assert edition is not None
    client.post(f"{link[1]}/read", {"edition": edition[1]}, headers=HOST)
    assert re.search(page.format("Done"), client.get("/tour/", headers=HOST).content.decode())


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
