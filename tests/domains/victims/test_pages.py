"""The pages of victims: what is owed stands first, what is not safe stands on every form, nothing typed is lost."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.domains.crimes.scenes import NOW, allocated, ended, suspected
from tests.domains.crimes.test_pages import in_hand, text
from tests.domains.signed_in import signed_in
from tests.domains.victims.test_caring import victim_of
from watchward.domains.victims import commands, queries
from watchward.domains.victims.models import Decision, Plan, Reach, Turn, Update
from watchward.domains.victims.vocabulary import Trigger
from watchward.foundation import acting as clock
from watchward.foundation.access.context import within

pytestmark = pytest.mark.django_db

DAY = {"day": "1", "month": "7", "year": "2019"}


@pytest.fixture(autouse=True)
def _at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages' clock stands at 07:45 on 1 July 2019."""
    monkeypatch.setattr(clock._offset, "read", lambda: (NOW - clock.real_now()).total_seconds())


def on(name: str, time: str = "") -> dict[str, str]:
    """Return the boxes of a day, and of a time of day."""
    return {f"{name}-{part}": value for part, value in {**DAY, **({"time": time} if time else {})}.items()}


def test_what_is_owed_to_a_victim_stands_on_their_page_and_on_the_crimes(settings: Any) -> None:
    """Four things are owed from the report; each has its button, and leads to its form."""
    client, made, _acting = in_hand(settings)
    party = victim_of(made)
    shown = text(client.get(f"/victims/{party}"))
    for asks in ("asked what they need", "reached safely", "what to expect", "referred to support"):
        assert asks in shown
    assert "Victims’ Code 2015" in shown
    assert "Has this victim been asked what they need?" in text(client.get(f"/crimes/{made.pk}"))


def test_contact_and_an_attempt_are_recorded_from_the_page(settings: Any) -> None:
    """An attempt with something told is refused with what was typed; without it, it stands as an attempt."""
    client, made, acting = in_hand(settings)
    party = victim_of(made)
    url = f"/victims/{party}/contact"
    sent = {**on("when", "07:30"), "method": "telephone", "result": "no answer", "words": "Rang out twice"}
    refused = client.post(url, {**sent, "told": ["expect"]})
    assert refused.status_code == 422
    assert "told nothing" in text(refused)
    assert "Rang out twice" in refused.content.decode()
    assert client.post(url, sent).status_code == 302
    both = {
        **sent,
        "result": "spoke",
        "words": "She knows what follows",
        "told": ["expect", "support"],
        "consents": "yes",
    }
    assert client.post(url, both).status_code == 302
    shown = text(client.get(f"/victims/{party}"))
    assert "1 contact, 1 attempt" in shown
    assert "what to expect?" not in shown
    assert "Rang out twice" in text(client.get(f"/crimes/{made.pk}"))
    with within(acting):
        assert queries.contacts(acting, party=party).count() == 2


def test_how_it_ended_is_ticked_with_the_right_to_a_review(settings: Any) -> None:
    """The form offers what she was not told yet, and the review only where there is one."""
    client, made, acting = in_hand(settings)
    party, him = victim_of(made), suspected(made, acting)
    assert "told_review" not in client.get(f"/victims/{party}/contact").content.decode()
    outcome = ended(made, acting, "1", suspect=him)
    page = client.get(f"/victims/tell-outcome/{outcome.pk}")
    assert page["Location"] == f"/victims/{party}/contact"
    body = client.get(page["Location"]).content.decode()
    assert f"outcome:{outcome.pk}" in body


def test_what_is_not_safe_stands_first(settings: Any) -> None:
    """On the victim's page it is the first thing said, and it stands beside every form."""
    client, made, acting = in_hand(settings)
    party = victim_of(made)
    wrong = client.post(f"/victims/{party}/reach", {**on("verified_on"), "method": "telephone", "version": "0"})
    assert "Give the number or address" in text(wrong)
    sent = {
        **on("verified_on"), "method": "telephone", "to": "07700 900412", "source": "As she said",
        "safe": "Never after six", "wants_updates": "on", "version": "0",
    }  # fmt: skip
    assert client.post(f"/victims/{party}/reach", sent).status_code == 302
    shown = text(client.get(f"/victims/{party}"))
    assert re.search(r"Not safe: Never after six", shown)
    assert "Never after six" in text(client.get(f"/victims/{party}/contact"))
    with within(acting):
        row = Reach.visible_to(acting).get(party=party, replaced_at__isnull=True)
        assert row.wants_updates
    again = client.get(f"/victims/{party}/reach").content.decode()
    assert "07700 900412" in again
    assert client.get(f"/victims/reach-again/{row.pk}")["Location"].endswith("/reach")


def test_needs_rights_plan_news_and_statements_each_have_their_form(settings: Any) -> None:
    """Each keeps what was typed and leads back to the victim."""
    client, made, acting = in_hand(settings)
    party = victim_of(made)
    base = f"/victims/{party}"
    for page, sent in (
        ("needs", {"words": "A lock for the back door", "interpreter": "Polish"}),
        ("entitle", {"category": "intimidated", "words": "Afraid to give evidence"}),
        ("plan", {"every": "14", "method": "telephone", "words": "After four", "version": "0"}),
        ("update", {"trigger": "suspect arrested", **on("learned_at", "07:00"), "words": "At his mother's"}),
        ("statement", on("taken_at", "07:10")),
        ("offer", {"response": "later", "words": "When the boys are at school"}),
    ):
        empty = client.post(f"{base}/{page}", {})
        assert empty.status_code == 422, page
        done = client.post(f"{base}/{page}", sent)
        assert done.status_code == 302, (page, text(done))
    shown = text(client.get(base))
    for words in ("A lock for the back door", "Polish", "Afraid to give evidence", "Every 14 days", "When the boys are",
                  "Has the victim been told what happened?"):  # fmt: skip
        assert words in shown, words
    with within(acting):
        turn = Turn.visible_to(acting).get(plan__in=Plan.visible_to(acting).filter(party=party))
        news = Update.visible_to(acting).get(party=party)
        (right,) = queries.whole(acting, party=party).entitlements
    assert client.get(f"/victims/turn/{turn.pk}")["Location"] == f"{base}/contact"
    assert client.get(f"/victims/tell/{news.pk}")["Location"] == f"{base}/contact"
    assert client.post(f"/victims/entitlement/{right.pk}/end", {"words": "They have moved"}).status_code == 302
    assert "They have moved" in text(client.get(base))


def test_a_decision_leads_back_to_the_outcome_that_asked_for_it(settings: Any) -> None:
    """From outcome 16 to her words and back, without a second search; a foreign address is never followed."""
    client, made, acting = in_hand(settings)
    suspected(made, acting)
    party = victim_of(made)
    page = client.get(f"/crimes/{made.pk}/outcome?code=16").content.decode()
    assert "recorded decision, in their own words" in page
    link = re.search(r'href="(/victims/[^"]+/decision\?back=[^"]+)"', page)
    assert link
    refused = client.post(link[1], {**on("said_on"), "supports": "no"})
    assert refused.status_code == 422
    assert "Choose their reason" in text(refused)
    sent = {
        **on("said_on"), "supports": "no", "reason": "afraid of what would follow", "support_told": "on",
        "own_words": "He will only come back worse",
    }  # fmt: skip
    done = client.post(link[1], sent)
    assert done["Location"] == f"/crimes/{made.pk}/outcome?code=16"
    assert "recorded decision, in their own words" not in client.get(done["Location"]).content.decode()
    astray = client.post(f"/victims/{party}/decision?back=//elsewhere.example/", sent)
    assert astray["Location"] == f"/victims/{party}"
    with within(acting):
        assert Decision.visible_to(acting).filter(party=party).count() == 2


@pytest.mark.report("VIC-03", by="victims.queries.owed_to_victims")
def test_a_supervisor_sees_what_the_team_owes_to_victims(settings: Any) -> None:
    """Open and late across the team, with who owes it; another team's is not among it."""
    made, _boss, one = allocated()
    with within(one):
        commands.note_update(one, party=victim_of(made), trigger=Trigger.ARREST, learned_at=NOW)
        team = made.given_to
    client, _acting = signed_in(settings, "investigation-supervisor", team=team, supervises=True)
    shown = text(client.get("/victims/"))
    assert "5 things owed, 0 late" in shown
    assert one.name in shown
    other, _acting = signed_in(settings, "auditor")
    assert "by the force: 5 things owed" in text(other.get("/victims/"))
    assert other.get(f"/victims/{victim_of(made)}/contact").status_code == 403


def test_what_a_colleague_recorded_meanwhile_stands_beside_what_was_typed(settings: Any) -> None:
    """How she is reached, and how often she hears: both versions are shown, and one press saves what was typed."""
    client, made, acting = in_hand(settings)
    party = victim_of(made)
    ways = {
        "reach": ({"to": "07700 900412", "source": "As she said", **on("verified_on")},
                  {"to": "07700 900413", "source": "Her mother", **on("verified_on")}, "07700 900412", "07700 900413"),
        "plan": ({"every": "14"}, {"every": "7"}, "14", "7"),
    }  # fmt: skip
    for page, (theirs, mine, stands, typed) in ways.items():
        address = f"/victims/{party}/{page}"
        assert 'name="version" value="0"' in client.get(address).content.decode()
        assert client.post(address, {**theirs, "method": "telephone", "version": "0"}).status_code == 302
        both = client.post(address, {**mine, "method": "letter", "version": "0"})
        assert both.status_code == 409, page
        said = text(both)
        assert re.search(rf"differs\s*{typed}\s*{stands}", said), (page, said)
        assert re.search(r"How differs Letter Telephone", said), said
        assert f"{acting.name} changed" in said
        kept = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', both.content.decode()))
        assert kept["version"] == "1"
        kept.pop("csrfmiddlewaretoken", None)
        assert client.post(address, kept).status_code == 302, page
        assert typed in text(client.get(f"/victims/{party}"))
