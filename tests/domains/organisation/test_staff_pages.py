"""An administrator gives and ends roles and teams, disables and lets in; each counts at that person's next request."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from tests.domains.signed_in import client_of, signed_in
from tests.factories import START, machinery, officer, team
from watchward.domains.organisation.commands import load_staff
from watchward.foundation.access import commands, queries
from watchward.foundation.access.context import within
from watchward.foundation.access.models import Account, Suspension
from watchward.foundation.acting import Acting
from watchward.foundation.audit.models import CommandLog
from watchward.foundation.commands import Denied
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db

LOOKS, MINE = "/audit/looks", "/my-work/"


def day(prefix: str, when: date) -> dict[str, str]:
    """Return a day as it is typed."""
    return {f"{prefix}-day": str(when.day), f"{prefix}-month": str(when.month), f"{prefix}-year": str(when.year)}


@pytest.fixture
def two(settings: Any) -> tuple[Client, Acting, Acting]:
    """Two administrators, one of them with a browser: the browser, its owner, and the other."""
    client, who = signed_in(settings, "administrator")
    return client, who, officer("administrator", name="Derek Saltram")


def test_staff_are_found_by_name_and_the_name_stands_in_no_address(two: tuple[Client, Acting, Acting]) -> None:
    """What is sought is sent; the list shows roles and who is disabled; the look is traced."""
    client, _who, _other = two
    officer("sergeant", name="Sgt Marian Lowe")
    answer = client.post("/force/staff", {"typed": "marian"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/force/staff")
    page = client.get("/force/staff").content.decode()
    assert "Sgt Marian Lowe" in page
    assert "Derek Saltram" not in page
    assert "Sergeant" in page
    client.post("/force/staff", {"typed": "watchward"})
    assert "Nobody is called that" in client.get("/force/staff").content.decode()  # the machinery is no colleague
    client.post("/force/staff", {"typed": "nobody of this name"})
    assert "Nobody is called that" in client.get("/force/staff").content.decode()


def test_somebody_new_gets_an_account_and_then_what_they_may_do(two: tuple[Client, Acting, Acting]) -> None:
    """Their page comes next; a name that is taken, or none, is refused at its field with nothing lost."""
    client, _who, _other = two
    answer = client.post("/force/staff/open", {"username": "m.lowe", "display_name": "Sgt Marian Lowe"})
    assert answer.status_code == 302
    page = client.get(answer.headers["Location"]).content.decode()
    assert "Sgt Marian Lowe" in page
    assert "Give them their roles, teams and post." in page
    for username, words in (("m.lowe", "already an account"), ("Marian Lowe", "small letters"), ("", "not filled in")):
        wrong = client.post("/force/staff/open", {"username": username, "display_name": "Somebody Else"})
        assert wrong.status_code == 422
        assert words in wrong.content.decode()
        assert "Somebody Else" in wrong.content.decode()


def test_a_team_is_formed_under_another(two: tuple[Client, Acting, Acting]) -> None:
    """Whoever supervises the one above supervises it; a short name that is taken is refused."""
    client, _who, _other = two
    above = team("Response")
    typed = {"key": "response-city", "name": "Response, the city", "parent": str(above.number), **day("since", START)}
    assert client.post("/force/teams/form", typed).status_code == 302
    assert "Response, the city" in client.get("/force/").content.decode()
    with within(machinery()) as acting:
        assert queries.team(acting, key="response-city").parent_id == above.number
    again = client.post("/force/teams/form", typed)
    assert "There is already a team called response-city." in again.content.decode()


@pytest.mark.parametrize("role", ["sergeant", "auditor", "force-incident-manager"])
def test_nobody_else_administers(settings: Any, role: str) -> None:
    """The pages are closed to every other role, and so are the commands behind them."""
    client, who = signed_in(settings, role)
    other = officer("call-handler")
    for page in ("/force/staff", "/force/staff/open", "/force/teams/form"):
        assert client.get(page).status_code == 403
    for path in ("", "/role", "/role/end", "/team", "/team/leave", "/disable", "/enable"):
        page = f"/force/staff/{other.account}{path}"
        assert (client.post(page, {"reason": "x"}) if path else client.get(page)).status_code == 403
    with within(who), pytest.raises(Denied):
        commands.give_role(who, account=other.account, role="auditor", since=START)


def test_a_role_counts_from_the_next_page_on_and_ends_with_it(two: tuple[Client, Acting, Acting]) -> None:
    """Given at one browser, it opens a page in another that was refused a moment ago; ended, it is closed again."""
    client, _who, _other = two
    handler = officer("call-handler", name="Meena Bhatt")
    theirs = client_of(handler)
    assert theirs.get(LOOKS).status_code == 403
    typed = {"role-role": "auditor", **day("role-since", date(2019, 7, 1))}
    answer = client.post(f"/force/staff/{handler.account}/role", typed)
    assert answer.status_code == 302, answer.content.decode()
    assert theirs.get(LOOKS).status_code == 200
    again = client.post(f"/force/staff/{handler.account}/role", typed)
    assert again.status_code == 422
    assert "They hold this role already." in again.content.decode()
    assert client.post(f"/force/staff/{handler.account}/role/end", {"end": "auditor"}).status_code == 302
    assert theirs.get(LOOKS).status_code == 403
    page = client.get(f"/force/staff/{handler.account}").content.decode()
    assert "since 1 Jul 2018" in page  # call handler still
    assert "ended" in page


def test_a_role_that_is_still_to_come_can_be_taken_back(two: tuple[Client, Acting, Acting]) -> None:
    """Given from a day in the future by mistake: ended today, it never counts, and no day stands before its first."""
    client, _who, _other = two
    handler = officer("call-handler")
    typed = {"role-role": "auditor", **day("role-since", date(2099, 1, 1))}
    client.post(f"/force/staff/{handler.account}/role", typed)
    assert client_of(handler).get(LOOKS).status_code == 403
    assert client.post(f"/force/staff/{handler.account}/role/end", {"end": "auditor"}).status_code == 302
    with within(machinery()) as acting:
        (ended,) = [one for one in queries.roles_of(acting, account=handler.account) if one.role == "auditor"]
        assert ended.until == ended.since == date(2099, 1, 1)


def test_a_team_counts_from_the_next_page_on(two: tuple[Client, Acting, Acting]) -> None:
    """Whoever comes to supervise a team sees what it owes; whoever leaves it no longer does."""
    client, _who, _other = two
    room = team("Response, the city")
    sergeant = officer("sergeant", name="Sgt Marian Lowe")
    typed = {"team-team": str(room.number), "team-supervises": "on", **day("team-since", START)}
    assert client.post(f"/force/staff/{sergeant.account}/team", typed).status_code == 302
    with transaction.atomic():
        assert queries.acting_as(sergeant.account, at=sergeant.at).supervises == {room.number}
    assert (
        "They are in this team already." in client.post(f"/force/staff/{sergeant.account}/team", typed).content.decode()
    )
    answer = client.post(f"/force/staff/{sergeant.account}/team/leave", {"end": str(room.number)})
    assert answer.status_code == 302
    wrong = client.post(f"/force/staff/{sergeant.account}/team/leave", {"end": "none"})
    assert wrong.status_code == 422
    assert "They are not in this team." in wrong.content.decode()


def test_a_disabled_person_is_out_at_the_next_request(two: tuple[Client, Acting, Acting]) -> None:
    """In the midst of their work; let in again, they sign in anew, and both reasons stand with who gave them."""
    client, _who, _other = two
    dhillon = officer("response-officer", name="PC Jas Dhillon")
    theirs = client_of(dhillon)
    assert theirs.get(MINE).status_code == 200
    without = client.post(f"/force/staff/{dhillon.account}/disable", {"sign-in-reason": " "})
    assert without.status_code == 422
    assert theirs.get(MINE).status_code == 200
    answer = client.post(f"/force/staff/{dhillon.account}/disable", {"sign-in-reason": "Suspended on 1 July"})
    assert answer.status_code == 302
    assert theirs.get(MINE).headers["Location"] == "/sign-in"
    twice = client.post(f"/force/staff/{dhillon.account}/disable", {"sign-in-reason": "Again"})
    assert "is disabled already" in twice.content.decode()
    answer = client.post(f"/force/staff/{dhillon.account}/enable", {"sign-in-reason": "Returned"})
    assert answer.status_code == 302
    assert theirs.get(MINE).status_code == 302  # the old sign-in stays ended
    assert client_of(dhillon).get(MINE).status_code == 200
    page = client.get(f"/force/staff/{dhillon.account}").content.decode()
    assert "Suspended on 1 July" in page
    assert "Returned" in page


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("role", {"role-role": "sergeant", **day("role-since", START)}),
        ("team", {"team-team": "", **day("team-since", START)}),
    ],
)
def test_nobody_grants_themselves(two: tuple[Client, Acting, Acting], path: str, typed: dict[str, str]) -> None:
    """Neither a role nor a team: the page offers none, and what is sent all the same is refused and logged."""
    client, who, _other = two
    room = team("Anywhere")
    typed = {name: value or str(room.number) for name, value in typed.items()}
    page = client.get(f"/force/staff/{who.account}").content.decode()
    assert "Another administrator gives you roles and teams." in page
    assert "Give the role" not in page
    answer = client.post(f"/force/staff/{who.account}/{path}", typed)
    assert answer.status_code == 422
    assert "Nobody gives themselves a role or a team" in answer.content.decode()
    with within(machinery()):
        refused = CommandLog.objects.filter(account_id=who.account, outcome="refused")
        assert [entry.name.rpartition(".")[2] for entry in refused] == ["give_role" if path == "role" else "join_team"]


def test_nobody_lifts_their_own_suspension() -> None:
    """Not by the command while their request is on its way, and not in the database."""
    first, second = officer("administrator"), officer("administrator")
    with within(second):
        commands.disable_account(second, account=first.account, reason="An inquiry")
    with within(first), pytest.raises(Refused, match="Somebody else lifts what was laid on you"):
        commands.enable_account(first, account=first.account, reason="It is over")
    with within(machinery()):
        laid = Suspension.objects.get(account_id=first.account)
        laid.lifted_at, laid.lifted_by_id = first.at, first.account
        with pytest.raises(IntegrityError, match="lifted_by_another"):
            _written_by_hand(laid)


def _written_by_hand(row: Suspension) -> None:
    from watchward.foundation.commands import command

    command(needs=None)(lambda acting: row.save())(machinery())


def test_the_last_administrator_stays(two: tuple[Client, Acting, Acting]) -> None:
    """Neither disabled nor relieved, by another or by themselves, until somebody else could administer."""
    client, who, other = two
    assert client.post(f"/force/staff/{other.account}/disable", {"sign-in-reason": "Left"}).status_code == 302
    for path, typed in (("role/end", {"end": "administrator"}), ("disable", {"sign-in-reason": "I leave"})):
        answer = client.post(f"/force/staff/{who.account}/{path}", typed)
        assert answer.status_code == 422
        assert "Nobody else could administer the force" in answer.content.decode()
    client.post(f"/force/staff/{other.account}/enable", {"sign-in-reason": "Back"})
    assert client.post(f"/force/staff/{who.account}/role/end", {"end": "administrator"}).status_code == 302
    assert client.get("/force/staff").status_code == 403


def test_somebody_who_is_not_yet_an_administrator_does_not_count(two: tuple[Client, Acting, Acting]) -> None:
    """A role from a day to come cannot let the last administrator go."""
    client, who, other = two
    later = officer("sergeant")
    with within(machinery()) as acting:
        commands.give_role(acting, account=later.account, role="administrator", since=date(2099, 1, 1))
        commands.disable_account(acting, account=other.account, reason="Left")
    assert client.post(f"/force/staff/{who.account}/role/end", {"end": "administrator"}).status_code == 422


def test_a_file_of_staff_gives_its_loader_nothing() -> None:
    """Nobody brings a row of their own, with or without a page."""
    import polars as pl

    administrator = officer("administrator", name="Derek Saltram")
    with within(administrator):
        username = Account.objects.get(pk=administrator.account).username
        row = {
            "@line": 2, "username": username, "name": "Derek Saltram", "collar_number": "1", "rank": "Police staff",
            "post": "", "area": "", "team": team("Anywhere").key, "supervises": "", "roles": "auditor", "since": START,
            "until": None,
        }  # fmt: skip
        with pytest.raises(Refused, match="This is yourself"):
            load_staff(administrator, rows=pl.DataFrame([row]), source="", options={})
