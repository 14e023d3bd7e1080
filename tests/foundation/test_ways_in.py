"""Apps and recovery codes: both together let somebody in who has lost their passkey, each code once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests import factories
from tests.foundation.coming_in import code_of, in_with_a_code, recovery_codes, with_an_app
from watchward.foundation.access import ceremonies, commands, queries, ways
from watchward.foundation.access.context import within
from watchward.foundation.access.models import WayIn
from watchward.foundation.acting import Acting, real_now
from watchward.foundation.audit.models import Change, CommandLog

pytestmark = pytest.mark.django_db

MINE, PAGE = "/my-work/", "/sign-in/recover"
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NEXT = timedelta(seconds=30)


def username_of(account: UUID) -> str:
    """Return by what somebody signs in."""
    with within(factories.machinery()) as acting:
        return queries.account(acting, id_=account).username


@pytest.fixture
def officer() -> Acting:
    """A sergeant."""
    return factories.officer("sergeant")


class Kept:
    """Somebody with an app and recovery codes."""

    def __init__(self, who: Acting) -> None:
        self.username = username_of(who.account)
        client = in_with_a_code(who.account)
        self.secret = with_an_app(client)
        self.codes = recovery_codes(client)

    def typed(self, recovery: str, at: datetime) -> dict[str, str]:
        """Return what they type with this recovery code at this moment."""
        return {"username": self.username, "recovery": recovery, "code": code_of(self.secret, at)}


def test_both_codes_let_in_and_each_works_once(officer: Acting) -> None:
    """The recovery code is used up; the app's code counts once, though its half minute goes on."""
    with time_machine.travel(START, tick=False) as clock:
        kept = Kept(officer)
        clock.shift(2 * NEXT)
        client = Client()
        assert client.post(PAGE, kept.typed(kept.codes[0], clock_now())).status_code == 302
        assert client.get(MINE).status_code == 200
        assert client.session["way"] == "recovery"
        again = Client().post(PAGE, kept.typed(kept.codes[1], clock_now()))
        assert again.status_code == 422  # the app's code was used
        clock.shift(2 * NEXT)
        assert Client().post(PAGE, kept.typed(kept.codes[0], clock_now())).status_code == 422  # the recovery code was
        assert Client().post(PAGE, kept.typed(kept.codes[1], clock_now())).status_code == 302


def clock_now() -> datetime:
    """Return true time, as it stands in a test."""
    return real_now()


def test_one_of_them_is_not_enough(officer: Acting) -> None:
    """Neither the app alone nor the paper alone lets anybody in, and the words are the same."""
    with time_machine.travel(START, tick=False) as clock:
        kept = Kept(officer)
        clock.shift(2 * NEXT)
        without_paper = Client().post(PAGE, kept.typed("AAAAA-AAAAA", clock_now())).content.decode()
        typed = {**kept.typed(kept.codes[0], clock_now()), "code": "123456"}
        without_app = Client().post(PAGE, typed).content.decode()
        nobody = Client().post(PAGE, {**typed, "username": "nobody.here"}).content.decode()
    for page in (without_paper, without_app, nobody):
        assert "do not belong together" in page


def test_a_wrong_app_code_does_not_use_the_recovery_code_up(officer: Acting) -> None:
    """A slip of the finger costs nothing."""
    with time_machine.travel(START, tick=False) as clock:
        kept = Kept(officer)
        clock.shift(2 * NEXT)
        typed = kept.typed(kept.codes[0], clock_now())
        assert Client().post(PAGE, {**typed, "code": "000000"}).status_code == 422
        assert Client().post(PAGE, typed).status_code == 302


def test_new_recovery_codes_end_those_from_before(officer: Acting) -> None:
    """A sheet that was lost is worth nothing once another was made."""
    with time_machine.travel(START, tick=False) as clock:
        client = in_with_a_code(officer.account)
        secret = with_an_app(client)
        old, new = recovery_codes(client), recovery_codes(client)
        clock.shift(2 * NEXT)
        typed = {"username": username_of(officer.account), "code": code_of(secret, clock_now())}
        assert len(set(old) | set(new)) == 20
        assert Client().post(PAGE, {**typed, "recovery": old[0]}).status_code == 422
        assert Client().post(PAGE, {**typed, "recovery": new[0]}).status_code == 302


def test_somebody_disabled_recovers_nothing(officer: Acting) -> None:
    """Refused with the same words."""
    with time_machine.travel(START, tick=False) as clock:
        kept = Kept(officer)
        clock.shift(2 * NEXT)
        with within(factories.machinery()) as acting:
            commands.disable_account(acting, account=officer.account, reason="Left")
        assert Client().post(PAGE, kept.typed(kept.codes[0], clock_now())).status_code == 422


def test_nothing_that_is_kept_lets_anybody_in(officer: Acting) -> None:
    """Neither tables, history, log nor the session's row has the secret or a code, and nobody else sees the rows."""
    client = in_with_a_code(officer.account)
    client.get("/ways/app")
    assert ceremonies.unsealed(client.session["new_app"]) not in str(dict(client.session))
    secret, codes = with_an_app(client), recovery_codes(client)
    with within(factories.machinery()):
        text = str(list(Change.objects.values_list("row", flat=True)))
        text += str(list(CommandLog.objects.values_list("name", "purpose", "reasons")))
    assert not [each for each in (secret, *codes) if each in text or each.replace("-", "") in text]
    other = factories.officer("administrator")
    with within(other):
        assert not WayIn.objects.exists()
        assert not ways.own(other)


def test_a_suspension_ends_every_sign_in_for_good(officer: Acting) -> None:
    """A browser that asked for nothing meanwhile is out as well, once they are let in again."""
    client = in_with_a_code(officer.account)
    assert client.get(MINE).status_code == 200
    with within(factories.machinery()) as acting:
        commands.disable_account(acting, account=officer.account, reason="Suspended pending an inquiry")
        other = factories.officer("administrator")
    with within(other):
        commands.enable_account(other, account=officer.account, reason="Nothing was found")
    assert client.get(MINE).headers["Location"] == "/sign-in"
    with within(factories.machinery()):
        line = CommandLog.objects.get(account_id=officer.account, name__endswith="sign_out")
        assert line.purpose == "signed out: all their sign-ins were ended"
    assert in_with_a_code(officer.account).get(MINE).status_code == 200


def test_what_was_lost_is_ended_by_an_administrator(officer: Acting) -> None:
    """Every way and every sign-in of theirs, wherever it is; not one.s own."""
    with time_machine.travel(START, tick=False) as clock:
        kept = Kept(officer)
        first = in_with_a_code(officer.account)
        saltram = factories.officer("administrator")
        desk = in_with_a_code(saltram.account)
        assert desk.post(f"/force/staff/{officer.account}/end-ways").status_code == 302
        assert first.get(MINE).status_code == 302
        clock.shift(2 * NEXT)
        assert Client().post(PAGE, kept.typed(kept.codes[0], clock_now())).status_code == 422
        assert "End what they sign in by" in desk.get(f"/force/staff/{officer.account}").content.decode()
        assert desk.post(f"/force/staff/{saltram.account}/end-ways").status_code == 422
        assert "End what they sign in by" not in desk.get(f"/force/staff/{saltram.account}").content.decode()
        assert desk.get(MINE).status_code == 200


def test_an_invented_person_sets_nothing_up(settings: Any) -> None:
    """What proved them would outlive the demonstration: refused, and the page offers nothing."""
    settings.DEMO = True
    with within(factories.machinery()) as acting:
        account = commands.open_account(acting, username="moira", display_name="Sgt Moira Lowndes", persona=True)
        commands.give_role(acting, account=account.pk, role="sergeant", since=factories.START)
    client = Client()
    assert client.post("/sign-in", {"persona": str(account.pk)}).status_code == 302
    assert "nothing to set up" in client.get("/ways").content.decode()
    assert client.post("/ways/recovery").status_code == 409
    client.get("/ways/app")
    secret = ceremonies.unsealed(client.session["new_app"])
    assert client.post("/ways/app", {"code": code_of(secret, real_now())}).status_code == 422
    with within(factories.machinery()):
        assert not WayIn.objects.filter(account=account).exists()


def test_a_key_that_was_made_anew_opens_no_app(officer: Acting, settings: Any) -> None:
    """After a restore the home's key is another: the app's codes are refused, not a page that breaks."""
    with time_machine.travel(START, tick=False) as clock:
        kept = Kept(officer)
        clock.shift(2 * NEXT)
        settings.WAYS_IN_KEY = "another home"
        assert Client().post(PAGE, kept.typed(kept.codes[0], clock_now())).status_code == 422


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(59, "94287082"), (1111111109, "07081804"), (1111111111, "14050471"), (1234567890, "89005924")],
)
def test_the_standards_own_examples(seconds: int, shown: str) -> None:
    """RFC 6238, appendix B, SHA-1, of which six digits are shown."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    at = datetime.fromtimestamp(seconds, UTC)
    assert ceremonies.step_of(secret, shown[2:], at=at, after=0) == seconds // 30
    assert ceremonies.step_of(secret, f"{shown[2:5]} {shown[5:]}", at=at, after=0) == seconds // 30
    assert ceremonies.step_of(secret, shown[2:], at=at, after=seconds // 30) is None


@given(st.integers(10, 60_000_000), st.integers(-5, 5))
def test_a_code_counts_for_a_minute_and_a_half(step: int, away: int) -> None:
    """The half minute before and the one after are taken, for clocks that differ; no other."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    typed = code_of(secret, datetime.fromtimestamp(step * 30, UTC))
    at = datetime.fromtimestamp((step + away) * 30 + 7, UTC)
    found = ceremonies.step_of(secret, typed, at=at, after=0)
    if abs(away) <= 1:
        assert found is not None
    elif found is not None:  # one in a million looks alike
        assert code_of(secret, datetime.fromtimestamp(found * 30, UTC)) == typed
