"""The pages of crimes, used as a person uses them: nothing typed is lost, nothing known is asked again."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests import factories
from tests.domains.crimes.scenes import (
    NOW,
    SAID,
    crime,
    ended,
    handler,
    incident,
    investigators,
    report,
    somebody,
    suspected,
)
from tests.domains.signed_in import signed_in
from watchward.domains.crimes import commands, queries
from watchward.domains.crimes.models import Crime, Decision, Party
from watchward.domains.crimes.vocabulary import Demand, Part, Stage
from watchward.domains.incidents.vocabulary import Kind, Sign
from watchward.domains.incidents.vocabulary import Part as Involved
from watchward.foundation import acting as clock
from watchward.foundation.access.context import within

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages' clock stands at 07:45 on 1 July 2019."""
    monkeypatch.setattr(clock._offset, "read", lambda: (NOW - clock.real_now()).total_seconds())


def text(answer: Any) -> str:
    """Return what a page says, without its markup."""
    body = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", body)


def test_what_the_incident_says_is_not_asked_again(settings: Any) -> None:
    """The victim, what happened and domestic abuse are filled in; one press records the crime."""
    victim = somebody(handler())
    made = incident(Kind.VIOLENCE, people=[(victim.pk, Involved.VICTIM)], signs=(Sign.DOMESTIC_ABUSE,))
    client, acting = signed_in(settings, "crime-desk")
    page = client.get(f"/crimes/from-incident/{made.pk}")
    body = page.content.decode()
    assert page.status_code == 200
    assert re.search(rf'value="{victim.pk}" checked', body)
    assert "Struck him outside the shop" in body
    assert re.search(r'value="Domestic abuse" checked', body)
    assert body.index('optgroup label="Violence against the person"') < body.index('optgroup label="Theft offences"')
    sent = {
        "do": "record", "offence": "8N", "what": "Struck him outside the shop", "victims": [str(victim.pk)],
        "flags": ["Domestic abuse"],
    }  # fmt: skip
    answer = client.post(f"/crimes/from-incident/{made.pk}", sent)
    assert answer.status_code == 302, text(answer)
    with within(acting):
        row = Crime.visible_to(acting).get(incident=made)
        assert row.flags == ["Domestic abuse"]
        assert Party.visible_to(acting).get(crime=row, part=Part.VICTIM).person_id == victim.pk
    again = client.get(answer["Location"])
    assert "Kerry-Ann Machin" in text(again)
    assert "Nobody has it since" in text(again)


def test_all_that_is_wrong_is_said_at_its_field_and_kept(settings: Any) -> None:
    """An empty form comes back with every reason, and what was typed stands in it."""
    made = incident(hours_ago=30)
    client, _acting = signed_in(settings, "crime-desk")
    answer = client.post(f"/crimes/from-incident/{made.pk}", {"do": "record", "what": "", "organisation": ""})
    assert answer.status_code == 422
    said = text(answer)
    for words in ("Choose an offence of the list", "Say what happened", "Name the victim", "say why it is late"):
        assert words in said
    kept = client.post(f"/crimes/from-incident/{made.pk}", {"do": "record", "what": "A window was put in"})
    assert "A window was put in" in kept.content.decode()


def test_no_crime_is_recorded_with_its_evidence(settings: Any) -> None:
    """The reason and the evidence; the queue no longer asks."""
    made = report()
    client, acting = signed_in(settings, "crime-desk")
    assert "Her bicycle was taken" in text(client.get("/crimes/queue"))
    refused = client.post(f"/crimes/from-report/{made.pk}", {"do": "leave", "words": "It stood"})
    assert refused.status_code == 422
    assert "It stood" in refused.content.decode()
    done = client.post(
        f"/crimes/from-report/{made.pk}", {"do": "leave", "why": "contrary", "words": "It stood in her own shed"}
    )
    assert done.status_code == 302
    assert "Her bicycle was taken" not in text(client.get("/crimes/queue"))
    with within(acting):
        assert Decision.visible_to(acting).get(report=made).recorded is False


def test_a_report_is_written_down_and_leads_to_its_decision(settings: Any) -> None:
    """Whoever may decide goes on to the decision at once."""
    client, _acting = signed_in(settings, "crime-desk")
    sent = {
        "route": "front counter", "reported_at-day": "1", "reported_at-month": "7", "reported_at-year": "2019",
        "reported_at-time": "07:00", "what": "Purse taken from her bag",
    }  # fmt: skip
    answer = client.post("/crimes/report", sent)
    assert answer.status_code == 302, text(answer)
    assert "Purse taken from her bag" in text(client.get(answer["Location"]))


def test_a_crime_is_allocated_as_the_policy_advises_or_with_a_reason(settings: Any) -> None:
    """The page says the score and every factor; another team without a reason comes back with it."""
    team, _boss, one = investigators(skills=("pip-2",))
    other, _boss2, _one2 = investigators(skills=())
    made = crime(offence="34B")
    client, acting = signed_in(settings, "investigation-supervisor")
    page = client.get(f"/crimes/{made.pk}/allocate")
    assert f"Advised: {team.name}" in text(page) or f"Advised: {other.name}" in text(page)
    assert "Force crime allocation policy, 2 July 2018" in text(page)
    refused = client.post(
        f"/crimes/{made.pk}/allocate", {"do": "give", "team": "", "officer": "", "version": made.version}
    )
    assert "Choose a team" in text(refused)
    again = client.post(f"/crimes/{made.pk}/allocate", {"do": "again", "team": team.number, "version": made.version})
    assert one.name in text(again)
    done = client.post(
        f"/crimes/{made.pk}/allocate",
        {
            "do": "give",
            "team": team.number,
            "officer": str(one.account),
            "version": made.version,
            "reason": "It is his",
        },
    )
    assert done.status_code == 302, text(done)
    with within(acting):
        assert Crime.visible_to(acting).get(pk=made.pk).officer_id == one.account
    assert one.name in text(client.get(f"/crimes/{made.pk}"))


def in_hand(settings: Any) -> tuple[Any, Crime, Any]:
    """Return a client of an investigator with a crime in hand, and who that is."""
    team = factories.team()
    client, acting = signed_in(settings, "investigator", team=team)
    made, clerk = crime(), factories.officer("investigation-supervisor")
    with within(clerk):
        commands.allocate(clerk, crime=made.pk, team=team.number, officer=acting.account, reason="Hers by agreement")
    return client, made, acting


def test_an_outcome_asks_what_it_demands_and_no_more(settings: Any) -> None:
    """Outcome 1 asks how and whom, 4 for the court; without a suspect the page says so before anything is typed."""
    client, made, acting = in_hand(settings)
    bare = text(client.get(f"/crimes/{made.pk}/outcome?code=1"))
    assert "needs a named suspect" in bare
    suspected(made, acting)
    charge, court = (client.get(f"/crimes/{made.pk}/outcome?code={code}") for code in ("1", "4"))
    assert "charged_how" in charge.content.decode()
    assert 'name="court"' not in charge.content.decode()
    assert 'name="court"' in court.content.decode()
    assert "A supervisor agrees" not in text(charge)
    assert "A supervisor agrees" in text(client.get(f"/crimes/{made.pk}/outcome?code=15"))


def test_a_charge_is_given_from_the_page(settings: Any) -> None:
    """Refused with every field first, then given."""
    client, made, acting = in_hand(settings)
    party = suspected(made, acting)
    with within(acting):
        made.refresh_from_db()
    day = {"decided_on-day": "1", "decided_on-month": "7", "decided_on-year": "2019"}
    sent = {"code": "1", "version": made.version, **day}
    refused = client.post(f"/crimes/{made.pk}/outcome", sent)
    assert refused.status_code == 422
    assert "Choose which suspect" in text(refused)
    assert "Charged, summonsed or postal requisition: not filled in" in text(refused)
    done = client.post(f"/crimes/{made.pk}/outcome", {**sent, "suspect": str(party), "charged_how": "charged"})
    assert done.status_code == 302, text(done)
    shown = text(client.get(f"/crimes/{made.pk}"))
    assert "1 Charged, summonsed" in shown
    assert "1 July 2019" in shown


def test_a_sergeant_agrees_or_sends_back(settings: Any) -> None:
    """What was proposed stands with its evidence before whoever agrees it."""
    team, boss, one = investigators()
    made = crime()
    with within(boss):
        commands.allocate(boss, crime=made.pk, team=team.number, officer=one.account, reason="As agreed at the desk")
        made.refresh_from_db()
    row = ended(made, one, "18", said={**SAID, Demand.RATIONALE: "No camera, no witness, no trace"})
    client, acting = signed_in(settings, "investigation-supervisor", team=team, supervises=True)
    page = text(client.get(f"/crimes/proposed/{row.pk}"))
    assert "No camera, no witness, no trace" in page
    assert "Say what is to be done first" in text(client.post(f"/crimes/proposed/{row.pk}", {"do": "back"}))
    assert client.post(f"/crimes/proposed/{row.pk}", {"do": "agree"}).status_code == 302
    with within(acting):
        assert queries.crime(acting, id_=made.pk).stage == Stage.FINISHED


def test_parts_flags_and_offence_are_changed_from_their_pages(settings: Any) -> None:
    """Each page does one thing and leads back to the crime."""
    client, made, acting = in_hand(settings)
    him = somebody(handler(), "Craig")
    base = f"/crimes/{made.pk}"
    wrong = client.post(f"{base}/name", {"part": "suspect", "person": "P-000000-0000"})
    assert "No record of a person has this reference" in text(wrong)
    assert client.post(f"{base}/name", {"part": "suspect", "person": him.reference}).status_code == 302
    with within(acting):
        party = Party.visible_to(acting).get(crime=made, part=Part.SUSPECT)
        version = queries.crime(acting, id_=made.pk).version
    day = {"on-day": "1", "on-month": "7", "on-year": "2019"}
    assert client.post(f"/crimes/part/{party.pk}/interview", day).status_code == 302
    assert "Interviewed under caution 1 Jul 2019" in text(client.get(base))
    assert client.post(f"{base}/flags", {"version": version, "flags": ["Domestic abuse"]}).status_code == 302
    stale = client.post(f"{base}/reclassify", {"version": version, "offence": "5D", "words": "The jaw is broken"})
    assert stale.status_code == 409
    assert "It was" in text(stale)
    version += 1
    assert client.post(
        f"{base}/reclassify", {"version": version, "offence": "5D", "words": "The jaw is broken"}
    ).status_code == 302  # fmt: skip
    assert client.post(f"/crimes/part/{party.pk}/end", {"words": "He was at work"}).status_code == 302
    shown = text(client.get(base))
    assert "The jaw is broken" in shown
    assert "recorded as Assault with injury" in shown
    for page in ("reopen", "reinstate", "cancel", "allocate"):
        assert client.get(f"{base}/{page}").status_code == 403


def test_the_button_and_the_page_say_why_a_crime_may_not_be_cancelled(settings: Any) -> None:
    """Whoever recorded it sees why not on the button; another decision maker cancels and the registrar reinstates."""
    made = crime(incident=incident(Kind.SEXUAL).pk, offence="19C")
    client, _acting = signed_in(settings, "crime-desk")
    assert "registrar cancels a recorded rape" in text(client.get(f"/crimes/{made.pk}"))
    assert "It cannot be done by you" in text(client.get(f"/crimes/{made.pk}/cancel"))
    head, _acting = signed_in(settings, "crime-registrar")
    sent = {"version": made.version, "code": "C2", "words": "The recording shows nobody there"}
    assert head.post(f"/crimes/{made.pk}/cancel", sent).status_code == 302
    assert "Cancelled, C2" in text(head.get(f"/crimes/{made.pk}"))
    assert head.post(f"/crimes/{made.pk}/reinstate", {"words": "Another witness spoke"}).status_code == 302


def test_the_registrar_draws_and_checks_a_sample(settings: Any) -> None:
    """From the list to one crime's verdict and back, with what is left."""
    client, acting = signed_in(settings, "crime-registrar")
    team, boss, one = investigators()
    made = crime()
    with within(boss):
        commands.allocate(boss, crime=made.pk, team=team.number, officer=one.account, reason="As agreed at the desk")
        made.refresh_from_db()
    ended(made, one, "1", suspect=suspected(made, one))
    days = {f"{name}-{part}": value for name in ("since", "until")
            for part, value in (("day", "1"), ("month", "7"), ("year", "2019"))}  # fmt: skip
    drawn = client.post("/crimes/sample", {"seed": "plum", "code": "1", "size": "5", **days})
    assert drawn.status_code == 302, text(drawn)
    assert "1 of 1" in text(client.get(drawn["Location"]))
    with within(acting):
        (row,) = queries.checks(acting)
    assert "Say whether you agree" in text(client.post(f"/crimes/check/{row.pk}", {"words": ""}))
    assert client.post(f"/crimes/check/{row.pk}", {"verdict": "agree", "words": ""}).status_code == 302
    assert "borne out" in text(client.get(drawn["Location"]))
    assert "plum" in text(client.get("/crimes/registrar"))


def test_lists_are_narrowed_and_whoever_may_not_is_turned_away(settings: Any) -> None:
    """One's own first; the registrar's page is hers alone."""
    client, made, _acting = in_hand(settings)
    assert made.reference in text(client.get("/crimes/"))
    assert made.reference in text(client.get("/crimes/?show=team"))
    assert client.get("/crimes/registrar").status_code == 403
    viewer, _other = signed_in(settings, "auditor")
    assert viewer.get(f"/crimes/{made.pk}").status_code == 200
    assert viewer.post(f"/crimes/{made.pk}/name", {}).status_code == 403


def test_somebody_of_the_incident_is_named_without_typing_a_reference(settings: Any) -> None:
    """Those who had a part in the incident stand to choose from; nobody else need be looked up for them."""
    him = somebody(handler(), "Craig")
    made = crime(incident=incident(people=[(him.pk, Involved.SUSPECT)]).pk)
    client, acting = signed_in(settings, "investigator")
    address = f"/crimes/{made.pk}/name"
    assert re.search(rf'type="radio"[^>]*value="{him.pk}"', client.get(address).content.decode())
    assert client.post(address, {"part": "suspect", "known": str(him.pk)}).status_code == 302
    with within(acting):
        assert Party.visible_to(acting).get(crime=made, part=Part.SUSPECT).person_id == him.pk
    other = crime(incident=incident().pk)
    assert "Or by reference" not in text(client.get(f"/crimes/{other.pk}/name"))


def test_what_a_form_lacks_leads_to_where_it_is_put_right(settings: Any) -> None:
    """An outcome that needs a suspect leads to naming one; what was recorded is not called late; who has it is said."""
    client, made, _acting = in_hand(settings)
    page = client.get(f"/crimes/{made.pk}/outcome?code=1").content.decode()
    assert f'href="/crimes/{made.pk}/name">Name a suspect</a>' in page
    assert 'name="suspect"' not in page
    desk, _acting = signed_in(settings, "crime-desk")
    assert " has it now." in text(desk.get(f"/crimes/{made.pk}/allocate"))
    source = text(desk.get(f"/crimes/from-incident/{made.incident_id}"))
    assert "decided" in source
    assert "Record another crime from it" in source
    assert "No crime is recorded, say why" not in source
