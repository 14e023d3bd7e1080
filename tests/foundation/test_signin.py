"""Signing in to a demonstration, going on, being signed out, and never anywhere else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.test import Client

from tests import factories
from watchward.foundation.access import commands as access
from watchward.foundation.access.context import within
from watchward.foundation.access.models import Account
from watchward.foundation.acting import Acting, real_now
from watchward.foundation.audit.models import CommandLog

MINE, OVERDUE = "/my-work/", "/my-work/overdue"

pytestmark = pytest.mark.django_db


def persona(role: str = "sergeant", name: str = "Sgt Moira Lowndes") -> Account:
    """Make an invented person whom anybody may be in a demonstration."""
    acting = factories.machinery()
    with within(acting):
        account = access.open_account(acting, username=name.lower().replace(" ", "."), display_name=name, persona=True)
        access.give_role(acting, account=account.pk, role=role, since=factories.START)
        team = factories.team("Response A")
        access.join_team(acting, account=account.pk, team=team.number, since=factories.START, supervises=True)
    return account


def signed_in(client: Client, account: Account) -> Any:
    """Sign in by the page, as a person does."""
    return client.post("/sign-in", {"persona": str(account.pk)})


def log_of(account: UUID) -> list[CommandLog]:
    """Return what the log says of this account, first to last."""
    acting = factories.machinery()
    with within(acting):
        return list(CommandLog.objects.filter(account_id=account).order_by("real_at"))


@pytest.fixture
def _demonstration(settings: Any) -> None:
    settings.DEMO = True


@pytest.mark.usefixtures("_demonstration")
class TestDemonstration:
    """Where the people are invented, anybody may be one of them."""

    def test_the_page_offers_personas_under_their_roles(self, client: Client) -> None:
        """A visitor sees each invented person, with their team, under their role; real accounts are not offered."""
        persona()
        factories.officer("call-handler", name="Real Person")
        page = client.get("/sign-in").content.decode()
        assert "<h2>Sergeant</h2>" in page
        assert "Sgt Moira Lowndes" in page
        assert "Response A" in page
        assert "Real Person" not in page

    def test_choosing_one_signs_in_under_a_fresh_session(self, client: Client) -> None:
        """The session's key changes when somebody signs in, so that a planted key is worth nothing."""
        account = persona()
        client.get(MINE)
        before = client.session.session_key
        answer = signed_in(client, account)
        assert answer.status_code == 302
        assert client.session.session_key != before
        assert client.session["_auth_user_id"] == str(account.pk)

    def test_it_is_in_the_log_at_the_true_time(self, client: Client) -> None:
        """The force's clock may be a demonstration's; the log of sign-ins also has the true time."""
        account = persona()
        started = real_now()
        signed_in(client, account)
        client.post("/sign-out")
        entries = log_of(account.pk)
        assert [entry.name for entry in entries] == [
            "foundation.access.commands.sign_in",
            "foundation.access.commands.sign_out",
        ]
        assert all(
            started - timedelta(seconds=5) <= entry.real_at <= real_now() + timedelta(seconds=5) for entry in entries
        )

    def test_only_a_persona_can_be_chosen(self, client: Client) -> None:
        """The id of a real account, or nonsense, signs nobody in."""
        real = factories.officer("sergeant")
        for chosen in (str(real.account), "nobody", ""):
            answer = client.post("/sign-in", {"persona": chosen})
            assert answer.status_code == 422
            assert "_auth_user_id" not in client.session

    def test_signing_out_ends_it_on_the_server(self, client: Client) -> None:
        """A copied cookie is worth nothing after its person has signed out."""
        account = persona()
        signed_in(client, account)
        copied = Client()
        copied.cookies.load(client.cookies.output(header=""))
        assert copied.get(MINE).status_code == 200
        client.post("/sign-out")
        assert copied.get(MINE).status_code == 302

    def test_coming_back_to_the_page_asked_for(self, client: Client) -> None:
        """Whoever asked for a page before signing in goes on to it."""
        account = persona()
        assert client.get(OVERDUE).headers["Location"] == "/sign-in"
        assert signed_in(client, account).headers["Location"] == OVERDUE

    def test_the_first_page_is_the_roles_home(self, client: Client) -> None:
        """Each role starts its day on its own page; a visitor on the page to sign in."""
        assert client.get("/").headers["Location"] == "/sign-in"
        signed_in(client, persona("auditor", "Ann Wedgwood"))
        assert client.get("/").headers["Location"] == "/audit/looks"

    @pytest.mark.parametrize("minutes", [29, 31])
    def test_nothing_done_for_half_an_hour_ends_it(self, client: Client, minutes: int) -> None:
        """Twenty-nine minutes of quiet go on; thirty-one end it on the server, and the log says why."""
        account = persona()
        start = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
        with time_machine.travel(start, tick=False) as clock:
            signed_in(client, account)
            clock.shift(timedelta(minutes=minutes))
            went_on = client.get(MINE).status_code == 200
        assert went_on == (minutes < 30)
        ended = [entry.purpose for entry in log_of(account.pk) if entry.name.endswith("sign_out")]
        assert ended == ([] if went_on else ["signed out: nothing done for 30 minutes"])

    def test_twelve_hours_end_it_whatever_is_done(self, client: Client) -> None:
        """Work every twenty minutes keeps it going through a shift and no longer."""
        account = persona()
        with time_machine.travel(datetime(2026, 3, 2, 7, 0, tzinfo=UTC), tick=False) as clock:
            signed_in(client, account)
            for _ in range(35):
                clock.shift(timedelta(minutes=20))
                assert client.get(MINE).status_code == 200
            clock.shift(timedelta(minutes=20))
            assert client.get(MINE).status_code == 302

    def test_a_disabled_account_is_out_at_its_next_request(self, client: Client) -> None:
        """Ending an account ends what it was doing everywhere."""
        account = persona()
        signed_in(client, account)
        acting = factories.machinery()
        with within(acting):
            access.disable_account(acting, account=account.pk, reason="Left the force")
        assert client.get(MINE).status_code == 302

    def test_a_role_taken_away_is_gone_at_the_next_request(self, client: Client) -> None:
        """Nothing of what somebody may do is kept in the session."""
        account = persona("auditor", "Ann Wedgwood")
        signed_in(client, account)
        assert client.get("/audit/looks").status_code == 200
        acting = factories.machinery()
        with within(acting):
            access.end_role(acting, account=account.pk, role="auditor", until=factories.START)
        assert client.get("/audit/looks").status_code == 403


def test_a_real_force_offers_nobody(client: Client, settings: Any) -> None:
    """Outside a demonstration the page says how sign-in is set up, and no post can sign anybody in."""
    account = persona()
    settings.DEMO = False
    page = client.get("/sign-in").content.decode()
    assert "passkey" in page
    assert "Moira" not in page
    assert signed_in(client, account).status_code == 404
    assert "_auth_user_id" not in client.session


def test_a_demonstrations_sign_in_ends_with_it(client: Client, settings: Any) -> None:
    """A session begun in a demonstration is worth nothing once the setting is off."""
    account = persona()
    settings.DEMO = True
    signed_in(client, account)
    settings.DEMO = False
    assert client.get(MINE).status_code == 302


def test_signing_in_is_a_command_of_its_own_person() -> None:
    """The log names who signed in, not the machinery that offered them."""
    someone: Acting = factories.officer("sergeant")
    with within(someone):
        access.sign_in(someone)
    assert [entry.account_name for entry in log_of(someone.account)] == [someone.name]
