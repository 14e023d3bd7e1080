"""The pages of the force: everybody reads them, an administrator changes what they say."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.domains.signed_in import signed_in
from tests.factories import START, officer, team
from watchward.domains.organisation import commands, queries
from watchward.foundation.access.context import within

pytestmark = pytest.mark.django_db


def _day(name: str, day: date) -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def test_everybody_reads_the_force(settings: Any) -> None:
    """Areas, districts that none covers, teams and who supervises them stand on one page, for any day."""
    room = team("Control room North")
    officer("sergeant", team=room, supervises=True, name="Moira Lowndes")
    administrator = officer("administrator")
    with within(administrator):
        commands.open_area(administrator, key="city", name="The city", districts=["E06000021"], since=date(2019, 4, 1))
        commands.establish_team(administrator, team=room.number, function="Control room", posts=30, since=START)
    client, _who = signed_in(settings, "call-handler")
    page = client.get("/force/").content.decode()
    for words in (
        "The city",
        "Stoke-on-Trent",
        "Covered by none",
        "Control room North",
        "Moira Lowndes",
        "1 person, 30 posts",
    ):
        assert words in page, words
    assert "Open an area" not in page
    before = client.get("/force/?on=2019-03-31").content.decode()
    assert "No areas on this day" in before
    assert client.get("/force/?on=nonsense").status_code == 200
    shown = client.get(f"/force/teams/{room.number}").content.decode()
    assert "Moira Lowndes" in shown
    assert "1 person, 30 posts" in shown
    assert client.get("/force/teams/99999").status_code == 404
    assert client.get("/force/areas/open").status_code == 403


def test_an_administrator_opens_an_area(settings: Any) -> None:
    """A form that lacks something comes back with all of it said and nothing lost; then it is done and told."""
    client, who = signed_in(settings, "administrator")
    wrong = client.post("/force/areas/open", {"key": "city", "name": "The city"})
    assert wrong.status_code == 422
    said = wrong.content.decode()
    assert "Districts: not filled in" in said
    assert "From: not filled in" in said
    assert 'value="The city"' in said
    typed = {"key": "city", "name": "The city", "districts": ["E06000021"], **_day("since", date(2019, 4, 1))}
    assert client.post("/force/areas/open", typed).status_code == 302
    assert "The area is open." in client.get("/force/").content.decode()
    again = client.post("/force/areas/open", typed)
    assert "There is already an area called city." in again.content.decode()
    with within(who):
        assert [area.name for area in queries.areas(who, on=date(2019, 4, 1))] == ["The city"]


def test_an_administrator_posts_and_trains_somebody(settings: Any) -> None:
    """Post and training are typed, and stand on the person's page."""
    room = team("Control room")
    handler = officer("call-handler", team=room, name="Dev Okafor")
    client, _who = signed_in(settings, "administrator")
    post = {"collar_number": "7102", "rank": "Police staff", "post": "Call handler", "area": ""}
    assert client.post(f"/force/people/{handler.account}/post", {**post, **_day("since", START)}).status_code == 302
    typed = {"course": "thrive", **_day("passed_on", date(2019, 1, 8)), **_day("expires_on", date(2099, 1, 8))}
    assert client.post(f"/force/people/{handler.account}/training", typed).status_code == 302
    page = client.get(f"/force/people/{handler.account}").content.decode()
    for words in ("Dev Okafor", "7102", "Call handler", "THRIVE for call handlers", "until 8 Jan 2099"):
        assert words in page, words
    establish = {"function": "Control room", "area": "", "posts": "4", **_day("since", START)}
    assert client.post(f"/force/teams/{room.number}/establish", establish).status_code == 302
    assert "1 person, 4 posts" in client.get(f"/force/teams/{room.number}").content.decode()
