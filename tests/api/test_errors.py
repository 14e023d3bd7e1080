"""How a call is answered that was not carried out, and one that is sent again."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client as Browser

from tests import factories
from tests.api.clients import HOST, Machine, machine, told
from watchward.domains.contact import commands as contact
from watchward.domains.contact.models import Call
from watchward.domains.contact.vocabulary import Line, Typed
from watchward.domains.incidents import commands as incidents
from watchward.domains.incidents.models import Incident
from watchward.domains.incidents.vocabulary import Grade, Kind
from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting, now
from watchward.foundation.audit.models import CommandLog
from watchward.foundation.records import Handling

pytestmark = pytest.mark.django_db


@pytest.fixture
def system() -> Machine:
    """A client with all that a force incident manager may lend."""
    return machine()


def manager() -> Acting:
    """Somebody who may do all of it by hand, in a team of their own."""
    return factories.officer("force-incident-manager", team=factories.team(), at=now())


def incident(acting: Acting, *, handling: int = Handling.OPEN, kind: Kind = Kind.CONCERN) -> Incident:
    """Open an incident."""
    with within(acting):
        return incidents.open_incident(acting, kind=kind, what="A door left open since Friday", handling=handling)


class TestRefusals:
    """409 with every reason, its field and its citation."""

    def test_every_reason_comes_at_once_with_its_field(self, system: Machine) -> None:
        """An incident opened from a call that says neither what nor where is refused for both."""
        id_ = told(system.post("/calls", {"line": "999"}))["id"]
        answer = system.post(f"/calls/{id_}/incident")
        assert answer.status_code == 409
        assert answer["Content-Type"] == "application/problem+json"
        assert {reason["field"] for reason in told(answer)["reasons"]} >= {"what", "place"}
        assert told(answer)["title"] == "Refused"

    def test_the_policy_behind_a_refusal_is_cited(self, system: Machine) -> None:
        """A slower grade without a reason is refused with what the policy says and where it stands."""
        row = incident(manager(), kind=Kind.DOMESTIC)
        answer = system.post(f"/incidents/{row.pk}/grade", {"grade": 4, "reason": ""})
        assert answer.status_code == 409, answer.content
        (reason,) = [one for one in told(answer)["reasons"] if one["field"] == "reason"]
        assert reason["words"]

    def test_a_refusal_is_in_the_log(self, system: Machine) -> None:
        """It survives though nothing else of the call does."""
        id_ = told(system.post("/calls", {"line": "999"}))["id"]
        system.post(f"/calls/{id_}/incident")
        with within(factories.machinery()):
            row = CommandLog.objects.get(name="contact.commands.ending.open_incident")
        assert (row.outcome, row.channel) == ("refused", "api")

    def test_what_is_not_of_its_form_is_422_with_each_field(self, system: Machine) -> None:
        """Two mistakes in one body are both said, each at its field; a member that is not known is one too."""
        answer = system.post("/calls", {"line": "998", "nummber": "07700 900123"})
        assert answer.status_code == 422
        assert {reason["field"] for reason in told(answer)["reasons"]} == {"line", "nummber"}

    def test_text_that_no_database_holds_is_a_mistake_and_no_fault(self, system: Machine) -> None:
        """The character 0 is refused at its field."""
        answer = system.post("/calls", {"line": "999", "number": "0770\u0000"})
        assert answer.status_code == 422
        assert told(answer)["reasons"][0]["field"] == "number"

    def test_a_body_that_is_no_json_is_400(self, system: Machine) -> None:
        """Said as a problem as well."""
        answer: Any = Browser().generic(
            "POST", "/api/v1/calls", b"{", content_type="application/json",
            headers={"Host": HOST, "Authorization": f"Bearer {system.token}"},
        )  # fmt: skip
        assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


class TestWhatMayNotBeSeen:
    """404 for what is absent and for what is not theirs, in the same words."""

    def test_a_sealed_record_and_none_at_all_are_answered_alike(self, system: Machine) -> None:
        """Nobody can tell from the answer that there is a sealed incident."""
        sealed = incident(manager(), handling=Handling.SEALED)
        answers = [system.get(f"/incidents/{id_}") for id_ in (sealed.pk, uuid4())]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].content == answers[1].content
        assert str(sealed.pk) not in str(told(system.get("/incidents"))["items"])

    def test_writing_on_it_is_answered_alike_too(self, system: Machine) -> None:
        """And the try is in the log."""
        locked = incident(manager(), handling=Handling.LOCKED)
        answer = system.post(f"/incidents/{locked.pk}/grade", {"grade": 1, "reason": "somebody is hurt"})
        assert answer.status_code == 404
        with within(factories.machinery()):
            assert CommandLog.objects.get(name="incidents.commands.grading.give_grade").outcome == "not found"

    @pytest.mark.parametrize("path", ["/nothing", "/calls/no-uuid", "/incidents/deployments/1/en-route", "/../x"])
    def test_an_address_that_is_none_is_a_problem_and_no_page(self, system: Machine, path: str) -> None:
        """Machines are not shown a page."""
        answer = system.get(path)
        assert answer.status_code == 404
        assert answer["Content-Type"] == "application/problem+json"

    def test_another_method_is_405(self, system: Machine) -> None:
        """With what is allowed."""
        answer = system.call("DELETE", "/calls")
        assert (answer.status_code, answer["Content-Type"]) == (405, "application/problem+json")


class TestSentAgain:
    """One effect for one key."""

    def test_the_same_key_and_body_answers_the_same_and_does_it_once(self, system: Machine) -> None:
        """A switch that lost the answer sends its call again."""
        first, again = (system.post("/calls", {"line": "999"}, Idempotency_Key="switch-1-77") for _ in range(2))
        assert first.status_code == again.status_code == 201
        assert first.content == again.content
        assert again["Idempotency-Replayed"] == "true"
        assert "Idempotency-Replayed" not in first
        with within(factories.machinery()):
            assert Call.objects.count() == 1

    def test_the_same_key_with_another_body_is_422_in_words(self, system: Machine) -> None:
        """Nothing is done."""
        system.post("/calls", {"line": "999"}, Idempotency_Key="k")
        answer = system.post("/calls", {"line": "101"}, Idempotency_Key="k")
        assert answer.status_code == 422
        assert told(answer)["reasons"][0]["words"] == "This key was used before for something else."

    def test_the_same_key_of_another_client_is_another(self, system: Machine) -> None:
        """Keys belong to whoever chose them."""
        other = machine()
        ids = {told(each.post("/calls", {"line": "999"}, Idempotency_Key="k"))["id"] for each in (system, other)}
        assert len(ids) == 2

    def test_what_was_refused_may_be_sent_again_once_it_is_right(self, system: Machine) -> None:
        """A refusal uses up no key."""
        id_ = told(system.post("/calls", {"line": "999"}))["id"]
        assert system.post(f"/calls/{id_}/incident", Idempotency_Key="k").status_code == 409
        said = {"what": "concern", "place": "4 Once Street, Stafford"}
        known = system.post(f"/calls/{id_}", said)
        assert known.status_code == 200, known.content
        assert system.post(f"/calls/{id_}/incident", Idempotency_Key="k").status_code == 200

    @pytest.mark.parametrize("key", ["", "x" * 121, "a b"])
    def test_a_key_that_is_none_is_said(self, system: Machine, key: str) -> None:
        """422 at the header."""
        answer = system.post("/calls", {"line": "999"}, Idempotency_Key=key)
        assert answer.status_code == 422
        assert told(answer)["reasons"][0]["field"] == "Idempotency-Key"


class TestVersions:
    """Nobody writes over what they have not seen."""

    def test_the_version_that_was_read_may_be_written_on(self, system: Machine) -> None:
        """The ETag of the read is the If-Match of the write, and the write answers the next one."""
        row = incident(manager())
        read = system.get(f"/incidents/{row.pk}")
        assert read["ETag"] == f'"{told(read)["version"]}"'
        faster = {"grade": 1, "reason": "somebody is inside after all"}
        answer = system.post(f"/incidents/{row.pk}/grade", faster, If_Match=read["ETag"])
        assert answer.status_code == 200, answer.content
        assert answer["ETag"] == system.get(f"/incidents/{row.pk}")["ETag"] != read["ETag"]

    def test_a_stale_one_is_409_with_both(self, system: Machine) -> None:
        """What was sent on which version, and the record as it stands, which is as the route shows it."""
        by_hand = manager()
        row = incident(by_hand)
        read = system.get(f"/incidents/{row.pk}")
        with within(by_hand):
            incidents.give_grade(by_hand, incident=row.pk, grade=Grade.IMMEDIATE, reason="smoke was seen")
        sent = {"grade": 2, "reason": "a neighbour is worried"}
        answer = system.post(f"/incidents/{row.pk}/grade", sent, If_Match=read["ETag"])
        assert answer.status_code == 409
        said = told(answer)
        assert said["reasons"][0]["code"] == "stale"
        assert said["yours"] == {"version": read["ETag"], "sent": sent}
        assert said["stands"]["record"] == told(system.get(f"/incidents/{row.pk}"))
        assert said["stands"]["record"]["grade"] == 1

    def test_a_call_that_a_person_saved_meanwhile_is_not_written_over(self, system: Machine) -> None:
        """The same of a call."""
        handler = factories.officer("call-handler", at=now())
        with within(handler):
            call = contact.take_call(handler, line=Line.EMERGENCY)
        read = system.get(f"/calls/{call.pk}")
        with within(handler):
            contact.record_call(handler, call=call.pk, typed=Typed(caller="Meena Bhatt"))
        answer = system.post(f"/calls/{call.pk}", {"caller": "M Bhatt"}, If_Match=read["ETag"])
        assert answer.status_code == 409
        assert told(answer)["stands"]["record"]["caller"] == "Meena Bhatt"

    def test_a_version_that_is_none_is_said(self, system: Machine) -> None:
        """422 at the header."""
        row = incident(manager())
        answer = system.post(f"/incidents/{row.pk}/grade", {"grade": 1, "reason": "x y"}, If_Match="three")
        assert (answer.status_code, told(answer)["reasons"][0]["field"]) == (422, "If-Match")


class TestPages:
    """A page at a time, by the key of the last row."""

    def test_every_row_comes_once_though_others_arrive_meanwhile(self, system: Machine) -> None:
        """Five calls in pages of two; a call that rings between two pages moves nothing."""
        made = [told(system.post("/calls", {"line": "101"}))["id"] for _ in range(5)]
        seen: list[str] = []
        after = ""
        while True:
            page = told(system.get(f"/calls?limit=2&after={after}"))
            seen += [row["id"] for row in page["items"]]
            if page["next"] is None:
                break
            after = page["next"]
            system.post("/calls", {"line": "101"})
        assert seen == made[::-1]

    @pytest.mark.parametrize("after", ["x", "W10", "WyIxIiwiMiJd", "%FF", "WzEsMl0"])
    def test_a_cursor_that_is_none_of_ours_is_said(self, system: Machine, after: str) -> None:
        """422 at the parameter, and nothing worse."""
        answer = system.get(f"/calls?after={after}")
        assert (answer.status_code, told(answer)["reasons"][0]["field"]) == (422, "after")


class TestIncidents:
    """What a mobile data terminal asks for."""

    def test_a_unit_goes_and_arrives(self, system: Machine) -> None:
        """On the way, at scene; the incident then says when, and each is said once."""
        acting = manager()
        row = incident(acting)
        with within(acting):
            unit = incidents.make_unit(acting, call_sign="SA11", area=None, base=None, skills=())
            incidents.set_unit_status(acting, unit=unit.pk, on_duty=True)
            sent = incidents.send(acting, incident=row.pk, unit=unit.pk)
        for step in ("en-route", "at-scene"):
            answer = system.post(f"/incidents/deployments/{sent.pk}/{step}")
            assert answer.status_code == 200, answer.content
        said = told(system.get(f"/incidents/{row.pk}"))
        assert said["stage"] == "at scene"
        assert said["sent"][0]["en_route_at"] is not None
        assert said["sent"][0]["unit"] == "SA11"
        assert system.post(f"/incidents/deployments/{sent.pk}/at-scene").status_code == 409

    def test_the_list_is_of_one_area_where_one_is_named(self, system: Machine) -> None:
        """An area that there is not is no area with nothing in it."""
        incident(manager())
        assert len(told(system.get("/incidents"))["items"]) == 1
        assert system.get("/incidents?area=nowhere").status_code == 404


def test_ids_in_answers_are_identifiers(system: Machine) -> None:
    """What is made is named by its id."""
    assert UUID(told(system.post("/calls", {"line": "other"}))["id"])
