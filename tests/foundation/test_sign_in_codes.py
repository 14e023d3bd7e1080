"""A code signs one person in once within the hour; nothing of it can be guessed from what is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from tests import factories
from tests.foundation.coming_in import handed_out
from watchward.foundation.access import commands, queries, signing
from watchward.foundation.access.context import within
from watchward.foundation.access.models import SignInCode
from watchward.foundation.acting import real_now
from watchward.foundation.audit.models import Change, CommandLog
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db

PAGE, MINE = "/sign-in/code", "/my-work/"


def test_a_code_signs_in_once(client: Client) -> None:
    """However it is typed; a second time, by whomever, it is worth nothing."""
    who = factories.officer("sergeant")
    code = handed_out(who.account)
    assert client.get(PAGE).status_code == 200
    answer = client.post(PAGE, {"code": f" {code.lower().replace('-', ' ')} "})
    assert answer.status_code == 302
    assert client.get(MINE).status_code == 200
    assert client.session["way"] == "code"
    second = Client()
    refused = second.post(PAGE, {"code": code})
    assert refused.status_code == 422
    assert "mistyped, used or over" in refused.content.decode()
    assert second.get(MINE).status_code == 302


def test_it_is_the_persons_own_sign_in_that_is_logged(client: Client) -> None:
    """The log names who came in; that somebody tried a wrong code is in it too."""
    who = factories.officer("sergeant")
    client.post(PAGE, {"code": handed_out(who.account)})
    client.post("/sign-out")
    Client().post(PAGE, {"code": "AAAAA-AAAAA-AAAAA-AAAAA"})
    with within(factories.machinery()):
        names = CommandLog.objects.filter(account_id=who.account, name__endswith="sign_in")
        assert [entry.purpose for entry in names] == ["signed in with a code"]
        wrong = CommandLog.objects.get(name__endswith="redeem_code", outcome="refused")
        assert "AAAAA" not in str(wrong.reasons)


@pytest.mark.parametrize(("minutes", "lets_in"), [(59, True), (61, False)])
def test_it_lasts_an_hour_by_true_time(client: Client, minutes: int, lets_in: bool) -> None:
    """Whatever the force's own clock says."""
    code = handed_out(factories.officer("sergeant").account)
    with time_machine.travel(real_now() + timedelta(minutes=minutes), tick=False):
        assert client.post(PAGE, {"code": code}).status_code == (302 if lets_in else 422)


def test_a_new_code_ends_the_one_before(client: Client) -> None:
    """A slip of paper that was lost is worth nothing once another was printed."""
    who = factories.officer("sergeant")
    lost, found = handed_out(who.account), handed_out(who.account)
    assert client.post(PAGE, {"code": lost}).status_code == 422
    assert client.post(PAGE, {"code": found}).status_code == 302


def test_a_disabled_person_has_no_use_for_a_code(client: Client) -> None:
    """Printed before: refused with the same words. Afterwards none is printed."""
    who = factories.officer("sergeant")
    code = handed_out(who.account)
    acting = factories.machinery()
    with within(acting):
        commands.disable_account(acting, account=who.account, reason="Left")
    assert "mistyped, used or over" in client.post(PAGE, {"code": code}).content.decode()
    with pytest.raises(Refused, match="is disabled"):
        handed_out(who.account)


def test_an_invented_person_has_no_use_for_a_code(client: Client) -> None:
    """They are reached in a demonstration, by choosing them, and nowhere else."""
    acting = factories.machinery()
    with within(acting):
        moira = commands.open_account(acting, username="moira", display_name="Sgt Moira Lowndes", persona=True)
    assert client.post(PAGE, {"code": handed_out(moira.pk)}).status_code == 422


@pytest.mark.parametrize("typed", ["", "x" * 41, "nonsense"])
def test_nonsense_is_refused_at_its_field(client: Client, typed: str) -> None:
    """An empty box, too much, or what is no code."""
    answer = client.post(PAGE, {"code": typed})
    assert answer.status_code == 422
    assert 'id="id_code-wrong1"' in answer.content.decode()


def test_only_the_digest_is_kept() -> None:
    """Neither the table nor its history has the code, and nobody else reads the row."""
    who, other = factories.officer("sergeant"), factories.officer("administrator")
    code = handed_out(who.account)
    with within(factories.machinery()):
        assert not any(code.replace("-", "") in str(row) for row in Change.objects.values_list("row", flat=True))
    with within(other):
        assert not SignInCode.objects.exists()
        assert not SignInCode.visible_to(other).exists()


def test_a_code_cannot_be_come_upon() -> None:
    """Twenty letters of thirty: more than ninety bits, none that is taken for another, and no two alike."""
    codes = {signing.fresh_code()[0] for _ in range(200)}
    assert len(codes) == 200
    assert all(len(code.replace("-", "")) == 20 for code in codes)
    assert not set("".join(codes)) & set("01ILO")
    assert len(signing.CODE_LETTERS) ** 20 > 2**98


def test_whoever_was_signed_in_before_is_signed_out(client: Client) -> None:
    """On a shared machine nobody goes on as somebody else."""
    first, second = factories.officer("sergeant"), factories.officer("auditor")
    client.post(PAGE, {"code": handed_out(first.account)})
    client.post(PAGE, {"code": handed_out(second.account)})
    assert client.session["_auth_user_id"] == str(second.account)
    with within(factories.machinery()) as acting:
        assert CommandLog.objects.filter(account_id=first.account, name__endswith="sign_out").count() == 1
        assert queries.account(acting, id_=second.account).is_active
