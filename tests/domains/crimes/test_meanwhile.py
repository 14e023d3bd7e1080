"""A crime that somebody else changed meanwhile: both versions stand side by side, and nothing typed is lost."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from tests.domains.crimes.scenes import NOW, allocated, crime, ended, registrar, suspected
from tests.domains.signed_in import client_of, signed_in
from watchward.domains.crimes import commands, queries
from watchward.domains.crimes.vocabulary import Cancel
from watchward.domains.offences.vocabulary import Flag, flags_in_force
from watchward.foundation import acting as clock
from watchward.foundation.access.context import within

pytestmark = pytest.mark.django_db

OTHER = next(flag for flag in flags_in_force(date(2019, 7, 1)) if flag is not Flag.DOMESTIC_ABUSE)


@pytest.fixture(autouse=True)
def _at_the_start(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.DEMO = True
    monkeypatch.setattr(clock._offset, "read", lambda: (NOW - clock.real_now()).total_seconds())


def text(answer: Any) -> str:
    """Return what a page says, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def carried(answer: Any) -> dict[str, list[str]]:
    """Return what the page of both versions sends when what was typed is to be saved."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', answer.content.decode()):
        if name != "csrfmiddlewaretoken":
            found.setdefault(name, []).append(value)
    return found


def test_flags_that_a_colleague_set_meanwhile() -> None:
    """Mine and theirs, with who and when; saving mine replaces theirs, and the history has both."""
    made, boss, one = allocated()
    client, address = client_of(one), f"/crimes/{made.pk}/flags"
    version = made.version
    with within(boss):
        commands.set_flags(boss, crime=made.pk, flags=[OTHER])
    both = client.post(address, {"version": version, "flags": [Flag.DOMESTIC_ABUSE.value]})
    assert both.status_code == 409
    said = text(both)
    assert f"{boss.name} changed crime {made.reference}" in said
    assert f"differs {Flag.DOMESTIC_ABUSE.value} {OTHER.value}" in said
    sent = carried(both)
    assert sent["flags"] == [Flag.DOMESTIC_ABUSE.value]
    assert client.post(address, sent).status_code == 302
    with within(one):
        assert queries.crime(one, id_=made.pk).flags == [Flag.DOMESTIC_ABUSE.value]


def test_another_offence_and_another_team() -> None:
    """Each form shows what stands of its own boxes by then."""
    made, boss, one = allocated()
    version = made.version
    with within(boss):
        commands.reclassify(boss, crime=made.pk, offence="5D", words="The jaw is broken")
    both = client_of(one).post(
        f"/crimes/{made.pk}/reclassify", {"version": version, "offence": "105A", "words": "There was no injury"}
    )
    assert both.status_code == 409
    said = text(both)
    assert re.search(r"It was differs Assault without injury \(105A\) .*\(5D\)", said), said
    assert carried(both)["words"] == ["There was no injury"]
    again = client_of(boss).post(
        f"/crimes/{made.pk}/allocate",
        {"do": "give", "version": version, "team": str(made.given_to_id), "officer": "", "reason": "He is away"},
    )
    assert again.status_code == 409
    assert re.search(rf"Officer\s+differs The team as a whole {one.name}", text(again)), text(again)


def test_a_cancellation_that_was_decided_meanwhile(settings: Any) -> None:
    """The registrar sees under which letter a colleague cancelled it."""
    made = crime()
    client, _registrar = signed_in(settings, "crime-registrar")
    colleague = registrar()
    with within(colleague):
        commands.cancel(colleague, crime=made.pk, code=Cancel.C4, words="Entered twice by mistake")
    sent = {"version": made.version, "code": "C2", "words": "The camera shows nobody there"}
    both = client.post(f"/crimes/{made.pk}/cancel", sent)
    assert both.status_code == 409
    said = text(both)
    assert re.search(rf"Under differs {re.escape(Cancel.C2.label)} {re.escape(Cancel.C4.label)}", said), said
    assert f"{colleague.name} changed crime {made.reference}" in said
    assert carried(both)["words"] == ["The camera shows nobody there"]


def test_an_outcome_that_was_given_meanwhile() -> None:
    """What was typed stands beside the outcome that a colleague gave, day and words."""
    made, boss, one = allocated()
    party = suspected(made, one)
    with within(one):
        version = queries.crime(one, id_=made.pk).version
    ended(made, boss, "1", suspect=party)
    sent = {
        "version": version, "code": "18", "decided_on-day": "1", "decided_on-month": "7", "decided_on-year": "2019",
        "rationale": "No line is left to follow",
    }  # fmt: skip
    both = client_of(one).post(f"/crimes/{made.pk}/outcome", sent)
    assert both.status_code == 409
    said = text(both)
    assert re.search(r"Outcome differs .*18.* 1 Charged", said), said
    assert carried(both)["rationale"] == ["No line is left to follow"]
