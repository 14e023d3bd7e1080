"""Who calls: tokens, scopes, rotation, disabling, and what is never told to whoever is not known."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client as Browser

from tests import factories
from tests.api.clients import HOST, machine, rotated, told
from tests.foundation import scene
from watchward.domains.contact.vocabulary import Permission as Contact
from watchward.domains.incidents.vocabulary import Permission as Incidents
from watchward.domains.objects.vocabulary import Permission as Objects
from watchward.foundation.access import commands as access
from watchward.foundation.access import queries as accounts
from watchward.foundation.access.context import engine_of, within
from watchward.foundation.acting import Acting, now, real_now
from watchward.foundation.audit.models import Change, CommandLog, Trace
from watchward.foundation.duties import commands as duties
from watchward.foundation.duties.models import Duty
from watchward.foundation.machines import commands, queries
from watchward.foundation.machines.models import Client, Secret
from watchward.foundation.machines.secrets import fresh_token, read_token
from watchward.foundation.machines.vocabulary import NEVER_LENT, OVERLAP, SECRET_LASTS
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db

NOT_KNOWN = ("", "Bearer", "Bearer x", "Basic {0}", "{0}", "Bearer {0}x", "Bearer ww1.{1}.{2}")
READS = frozenset({Contact.READ, Contact.TAKE, Objects.RECORD})


def made(owner: Acting, *, scopes: frozenset[str] = READS, name: str = "Switch") -> Client:
    """Make a client."""
    with within(owner) as acting:
        return commands.make_client(acting, name=name, purpose="calls", scopes=scopes)


class TestWhoCalls:
    """A client is known by its token in one header, and by nothing else."""

    def test_it_acts_as_its_own_account_and_its_command_is_in_the_log(self) -> None:
        """A call is answered, and the log says which system did it, over which channel."""
        switch = machine(scopes=READS)
        answer = switch.post("/calls", {"line": "999", "number": "07700 900123"})
        assert answer.status_code == 201, answer.content
        with within(factories.machinery()):
            done = CommandLog.objects.get(name="contact.commands.taking.take_call")
        assert (done.account_id, done.channel, done.outcome) == (switch.client.account_id, "api", "done")
        assert done.account_name == switch.client.name
        assert done.purpose == "calls from the switch"

    def test_a_look_leaves_its_trace_with_the_purpose(self) -> None:
        """What a system reads is traced as what a person reads."""
        switch = machine(scopes=READS)
        id_ = told(switch.post("/calls", {"line": "101"}))["id"]
        assert switch.get(f"/calls/{id_}").status_code == 200
        with within(factories.machinery()):
            look = Trace.objects.get(account_id=switch.client.account_id, kind="opened")
        assert (str(look.about), look.channel) == (id_, "api")
        assert look.purpose.startswith("calls from the switch")

    def test_it_is_nobody_who_works_here(self) -> None:
        """Another system stands in no list of people, and nothing is given to it to do."""
        switch = machine(scopes=READS)
        keeper = factories.officer("sergeant")
        with within(keeper):
            for people in (accounts.accounts(keeper), accounts.everybody(keeper)):
                ids = {account.pk for account in people}
                assert keeper.account in ids
                assert switch.client.account_id not in ids
        with scene.visits_owed(by_words=True), within(keeper):
            scene.write_place(keeper, owes=True, team=keeper.team)
            duty = Duty.visible_to(keeper).get()
            with pytest.raises(Refused, match="Choose somebody who works here"):
                duties.give(keeper, duty=duty.pk, to=switch.client.account_id)

    @pytest.mark.parametrize("header", NOT_KNOWN)
    def test_whoever_is_not_known_is_told_nothing(self, header: str) -> None:
        """No token, a broken one and one of another secret are answered in the same words."""
        switch = machine(scopes=READS)
        wrong = header.format(switch.token, switch.client.account_id.hex, "A" * 43)
        answer = replace(switch, token="").get("/calls", Authorization=wrong)
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"].startswith("Bearer")
        assert answer["Content-Type"] == "application/problem+json"
        assert told(answer) == {"type": "about:blank", "title": "Say who calls", "status": 401}

    def test_a_session_is_no_way_in(self, client: Browser, settings: object) -> None:
        """A page in somebody's browser cannot call for them: their sign-in is worth nothing here."""
        settings.DEMO = True  # type: ignore[attr-defined]
        acting = factories.machinery()
        with within(acting):
            account = access.open_account(acting, username="p", display_name="Sgt Marian Lowe", persona=True)
            access.give_role(acting, account=account.pk, role="sergeant", since=factories.START)
        client.post("/sign-in", {"persona": str(account.pk)}, headers={"Host": HOST})
        assert client.get("/my-work/", headers={"Host": HOST}).status_code == 200
        assert client.get("/api/v1/calls", headers={"Host": HOST}).status_code == 401

    def test_a_token_opens_no_page(self) -> None:
        """What is for people asks for a sign-in, whatever a system sends."""
        switch = machine()
        answer = Browser().get("/my-work/", headers={"Host": HOST, "Authorization": f"Bearer {switch.token}"})
        assert (answer.status_code, answer["Location"]) == (302, "/sign-in")

    def test_without_the_scope_it_is_told_only_that(self) -> None:
        """403 names neither the scope that is missing nor whether there is such a record."""
        reader = machine(scopes=frozenset({Contact.READ}))
        answer = reader.post("/calls", {"line": "999"})
        assert answer.status_code == 403
        assert "reasons" not in told(answer)
        assert reader.get("/calls").status_code == 200


class TestScopes:
    """A client never holds more than whoever made it."""

    def test_what_the_maker_does_not_hold_is_refused_by_name(self) -> None:
        """Every scope that is not theirs is named, at its field."""
        owner = factories.officer("administrator")
        with pytest.raises(Refused) as refused:
            made(owner, scopes=frozenset({Incidents.READ, Contact.TAKE}))
        assert [reason.field for reason in refused.value.reasons] == ["scopes", "scopes"]
        assert "contact.take" in str(refused.value)

    @pytest.mark.parametrize("never", sorted(NEVER_LENT))
    def test_what_asks_for_a_person_is_never_lent(self, never: str) -> None:
        """Not even by the machinery's word."""
        owner = factories.officer("force-incident-manager", "sergeant", "data-protection-officer")
        with pytest.raises(Refused, match="never lent"):
            made(owner, scopes=frozenset({never}))

    def test_what_the_owner_loses_the_client_loses(self) -> None:
        """A role that ends takes its scopes from the client with the next call."""
        switch = machine("force-incident-manager", scopes=READS)
        assert switch.get("/calls").status_code == 200
        with within(factories.machinery(now())) as acting:
            today = now().date()
            access.end_role(acting, account=switch.owner.account, role="force-incident-manager", until=today)
        assert switch.get("/calls").status_code == 403

    def test_an_owner_who_is_disabled_takes_the_client_along(self) -> None:
        """Nobody answers for it any more, so it is not known any more."""
        switch = machine(scopes=READS)
        factories.officer("administrator")
        with within(factories.machinery()) as acting:
            access.disable_account(acting, account=switch.owner.account, reason="left the force")
        assert switch.get("/calls").status_code == 401

    def test_nobody_lends_what_another_holds(self) -> None:
        """An administrator cannot make a client in the name of somebody who may read more."""
        owner, other = factories.officer("force-incident-manager"), factories.officer("administrator")
        with pytest.raises(Refused, match="nobody lends"), within(other) as acting:
            commands.make_client(acting, name="Theirs", purpose="x", scopes=READS, owner=owner.account)


class TestSecrets:
    """Shown once, kept as a digest, two good for a day."""

    def test_the_secret_stands_nowhere_in_the_database(self) -> None:
        """Neither the row nor its history holds what is sent."""
        switch = machine(scopes=READS)
        secret = switch.token.rpartition(".")[2]
        found = read_token(f"Bearer {switch.token}")
        assert found is not None
        with within(engine_of(factories.machinery())):
            assert Secret.objects.get(account_id=switch.client.account_id).digest == found.digest != secret
            assert all(secret not in str(row) for row in Change.objects.values_list("row", flat=True))

    def test_the_one_before_goes_on_and_the_one_before_that_ends(self) -> None:
        """Two are good at once, so that the other system changes over without a gap."""
        switch = machine(scopes=READS)
        second = replace(switch, token=rotated(switch.owner, switch.client.pk))
        assert [each.get("/calls").status_code for each in (switch, second)] == [200, 200]
        third = replace(switch, token=rotated(switch.owner, switch.client.pk))
        assert [each.get("/calls").status_code for each in (switch, second, third)] == [401, 200, 200]

    def test_one_that_has_become_known_ends_at_once(self) -> None:
        """With no overlap the one before is worth nothing from now on."""
        switch = machine(scopes=READS)
        second = replace(switch, token=rotated(switch.owner, switch.client.pk, overlap=timedelta(0)))
        assert [each.get("/calls").status_code for each in (switch, second)] == [401, 200]

    def test_both_end_by_themselves(self) -> None:
        """The old one after a day, the new one after its year: asked just before and just after."""
        switch = machine(scopes=READS)
        token, digest = fresh_token(switch.client.account_id)
        at = real_now()
        with within(switch.owner) as acting:
            commands.rotate_secret(acting, client=switch.client.pk, digest=digest, at=at)
        ends = ((switch.token, OVERLAP), (token, SECRET_LASTS))
        for each, lasts in ends:
            read = read_token(f"Bearer {each}")
            assert read is not None
            for moment, known in ((at + lasts - timedelta(seconds=1), True), (at + lasts, False)):
                assert (queries.caller(read, at=now(), real=moment) is not None) == known

    def test_another_does_not_rotate_it(self) -> None:
        """Only whoever answers for a client is shown its secret."""
        switch, other = machine(scopes=READS), factories.officer("force-incident-manager")
        with pytest.raises(Refused, match="answers for"):
            rotated(other, switch.client.pk)

    def test_disabling_ends_it_at_once_and_enabling_asks_for_a_new_secret(self) -> None:
        """An administrator who is not its owner stops it, and says why."""
        switch, other = machine(scopes=READS), factories.officer("administrator")
        with within(other) as acting:
            commands.disable_client(acting, client=switch.client.pk, reason="found on a shared drive", at=real_now())
        assert switch.get("/calls").status_code == 401
        with pytest.raises(Refused, match="disabled"):
            rotated(switch.owner, switch.client.pk)
        with within(switch.owner) as acting:
            commands.enable_client(acting, client=switch.client.pk, reason="taken off the drive")
        assert switch.get("/calls").status_code == 401
        again = replace(switch, token=rotated(switch.owner, switch.client.pk))
        assert again.get("/calls").status_code == 200


class TestLimits:
    """So many calls a minute, counted in the database, for every process at once."""

    def test_the_call_that_is_too_many_is_told_when_to_come_again(self) -> None:
        """429 with the seconds that are left of this minute; the count stands in one row."""
        switch = machine(scopes=READS, a_minute=3)
        with time_machine.travel("2026-07-01T10:00:15Z", tick=False):
            answers = [switch.get("/calls") for _ in range(4)]
            assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
            assert answers[0]["RateLimit-Remaining"] == "2"
            assert answers[3]["Retry-After"] == "45"
            assert answers[3]["Content-Type"] == "application/problem+json"
        with time_machine.travel("2026-07-01T10:01:00Z", tick=False):
            assert switch.get("/calls").status_code == 200

    def test_a_wrong_secret_takes_nothing_from_the_client(self) -> None:
        """Whoever knows only the account cannot use up its calls."""
        switch = machine(scopes=READS, a_minute=2)
        wrong = replace(switch, token=switch.token[:-43] + "A" * 43)
        assert [wrong.get("/calls").status_code for _ in range(5)] == [401] * 5
        assert switch.get("/calls").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_calls_are_counted_once_each_however_many_come_at_once() -> None:
    """Four connections call at once, as four processes would: not one call is lost and not one counted twice."""
    switch = machine(scopes=READS)
    token = read_token(f"Bearer {switch.token}")
    assert token is not None
    moment, found = real_now(), []

    def call() -> None:
        try:
            for _ in range(25):
                known = queries.caller(token, at=now(), real=moment)
                assert known is not None
                found.append(known.calls)
        finally:
            connection.close()

    callers = [threading.Thread(target=call) for _ in range(4)]
    for each in callers:
        each.start()
    for each in callers:
        each.join(30)
    assert sorted(found) == list(range(1, 101))
