"""Wrong tries are limited for person and address together, and nobody can keep anybody else out by being wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client, RequestFactory

from tests import factories
from tests.foundation.coming_in import code_of, handed_out, in_with_a_code
from tests.foundation.test_ways_in import Kept
from watchward.foundation.access import tries, ways
from watchward.foundation.access.ceremonies import NewPasskey
from watchward.foundation.access.context import as_engine, within
from watchward.foundation.access.models import WrongTry
from watchward.foundation.acting import Acting, real_now
from watchward.foundation.audit.models import CommandLog

pytestmark = pytest.mark.django_db

RECOVER, CODE = "/sign-in/recover", "/sign-in/code"
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER = timedelta(minutes=1)
STRANGER, OWN = "192.0.2.66", "198.51.100.7"


@pytest.fixture
def officer() -> Acting:
    """A sergeant."""
    return factories.officer("sergeant")


def counted() -> list[WrongTry]:
    """Return every try that counts, as the machinery sees them."""
    with within(factories.machinery()) as acting, as_engine(acting):
        return list(WrongTry.objects.all())


def wrong(kept: Kept, *, times: int, address: str, client: Client | None = None) -> list[Any]:
    """Type wrong codes at somebody's name from an address."""
    browser = client or Client()
    typed = {"username": kept.username, "recovery": "AAAAA-AAAAA", "code": "000000"}
    return [browser.post(RECOVER, typed, REMOTE_ADDR=address) for _ in range(times)]


def right(kept: Kept, code: int, *, address: str, client: Client | None = None) -> int:
    """Type the right codes, and return the answer's status."""
    typed = kept.typed(kept.codes[code], real_now())
    return (client or Client()).post(RECOVER, typed, REMOTE_ADDR=address).status_code


def test_five_wrong_tries_and_the_sixth_is_not_looked_at(officer: Acting) -> None:
    """Right codes too, from there; after fifteen minutes they count again."""
    with time_machine.travel(START, tick=False) as clock:
        kept = Kept(officer)
        clock.shift(LATER)
        assert [each.status_code for each in wrong(kept, times=5, address=STRANGER)] == [422] * 5
        typed = kept.typed(kept.codes[0], real_now())
        refused = Client().post(RECOVER, typed, REMOTE_ADDR=STRANGER)
        assert "Too many wrong tries" in refused.content.decode()
        clock.shift(timedelta(minutes=16))
        assert right(kept, 0, address=STRANGER) == 302


def test_a_stranger_elsewhere_keeps_nobody_out(officer: Acting) -> None:
    """However often they are wrong at somebody's name, that person comes in from where they are."""
    with time_machine.travel(START, tick=False) as clock:
        kept = Kept(officer)
        clock.shift(LATER)
        wrong(kept, times=25, address=STRANGER)
        assert right(kept, 0, address=OWN) == 302


def test_a_stranger_at_the_same_address_keeps_no_known_browser_out(officer: Acting) -> None:
    """Behind one address stand a station's people; whoever signed in here before is counted by their browser alone."""
    with time_machine.travel(START, tick=False) as clock:
        own = Client()
        in_with_a_code(officer.account, own)
        kept = Kept(officer)
        clock.shift(LATER)
        wrong(kept, times=25, address=OWN)
        assert right(kept, 0, address=OWN) == 422  # in a browser that nobody knows
        own.post("/sign-out")
        clock.shift(timedelta(seconds=30))
        assert right(kept, 1, address=OWN, client=own) == 302


def test_a_known_browser_is_limited_as_well(officer: Acting) -> None:
    """A stolen laptop is known: five wrong tries there, and no more."""
    with time_machine.travel(START, tick=False) as clock:
        own = in_with_a_code(officer.account)
        kept = Kept(officer)
        own.post("/sign-out")
        clock.shift(LATER)
        wrong(kept, times=5, address=OWN, client=own)
        assert right(kept, 0, address=OWN, client=own) == 422


def test_a_passkey_is_never_locked(officer: Acting) -> None:
    """It cannot be guessed, so no number of wrong tries stands in its way."""
    with time_machine.travel(START, tick=False) as clock:
        kept = Kept(officer)
        with within(officer):
            ways.keep_passkey(officer, name="Key", made=NewPasskey("handle", {"data": ""}, 0), at=real_now())
        clock.shift(LATER)
        wrong(kept, times=30, address=STRANGER)
        machinery = factories.machinery()
        with within(machinery):
            assert ways.show_passkey(machinery, handle="handle", check=lambda row: 0, at=real_now()) == officer.account


def test_one_time_codes_are_limited_by_address(officer: Acting) -> None:
    """Twenty wrong ones from an address, and the next is not looked at there; elsewhere it signs in."""
    with time_machine.travel(START, tick=False):
        for _ in range(tries.OF_AN_ADDRESS):
            assert Client().post(CODE, {"code": "nonsense"}, REMOTE_ADDR=STRANGER).status_code == 422
        code = handed_out(officer.account)
        page = Client().post(CODE, {"code": code}, REMOTE_ADDR=STRANGER).content.decode()
        assert "Too many wrong tries" in page
        assert Client().post(CODE, {"code": code}, REMOTE_ADDR=OWN).status_code == 302


def test_what_is_not_looked_at_is_not_counted(officer: Acting) -> None:
    """A limit ends fifteen minutes after the last wrong try that counted, however often somebody tries on."""
    with time_machine.travel(START, tick=False) as clock:
        kept = Kept(officer)
        wrong(kept, times=5, address=STRANGER)
        for _ in range(5):
            clock.shift(timedelta(minutes=2))
            wrong(kept, times=1, address=STRANGER)
        assert len(counted()) == 5
        clock.shift(timedelta(minutes=6))
        assert right(kept, 0, address=STRANGER) == 302


def test_every_try_leaves_its_line(officer: Acting) -> None:
    """What was refused stands in the log, without what was typed; what is counted names no address."""
    kept = Kept(officer)
    wrong(kept, times=2, address=STRANGER)
    with within(factories.machinery()):
        lines = CommandLog.objects.filter(name__endswith="ways.recover")
        assert [each.outcome for each in lines] == ["refused", "refused"]
        assert "AAAAA" not in str([each.reasons for each in lines])
    assert [row.account_id for row in counted()] == [officer.account] * 2
    assert not [row for row in counted() if STRANGER in row.source]
    with within(factories.officer("administrator")):
        assert not WrongTry.objects.exists()


def test_the_app_is_limited_where_it_proves_again(officer: Acting, settings: Any) -> None:
    """Whoever holds the sign-in guesses five times, from wherever; a passkey still proves it."""
    client = in_with_a_code(officer.account)
    from tests.foundation.coming_in import with_an_app

    secret = with_an_app(client)
    settings.PROVEN_MINUTES = 0
    for number in range(5):
        assert client.post("/prove", {"code": "000000"}, REMOTE_ADDR=f"192.0.2.{number}").status_code == 422
    with time_machine.travel(real_now() + timedelta(seconds=60), tick=False):
        refused = client.post("/prove", {"code": code_of(secret, real_now())})
    assert "Too many wrong tries" in refused.content.decode()


def test_behind_a_proxy_it_is_the_address_that_the_proxy_saw(settings: Any) -> None:
    """What the browser wrote before it is not believed; without a proxy the header is not looked at."""
    ask = RequestFactory()
    forged = ask.get("/", headers={"X-Forwarded-For": f"203.0.113.9, {OWN}"}, REMOTE_ADDR="127.0.0.1")
    plain = ask.get("/", REMOTE_ADDR=OWN)
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    behind = tries.source_of(forged).address
    settings.SECURE_PROXY_SSL_HEADER = None
    assert behind == tries.source_of(plain).address
    assert behind != tries.source_of(forged).address
