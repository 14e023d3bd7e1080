"""The toolkit through its doors: published by its lead, found and read by everybody, shown where it is needed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests import factories
from tests.domains.contact import world
from tests.domains.incidents.scenes import incident, manager
from tests.domains.incidents.visits import text
from tests.domains.signed_in import client_of, signed_in
from tests.foundation.test_guidance import begun, published
from watchward.domains.incidents.vocabulary import Kind, Sign
from watchward.domains.partners import commands as partners
from watchward.domains.partners import queries as directory
from watchward.domains.people import commands as people
from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting
from watchward.foundation.duties.models import Duty, State
from watchward.foundation.guidance import queries
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def first_of_july(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is Monday 1 July 2019, 07:45 for whoever asks for a page."""
    monkeypatch.setattr("watchward.foundation.access.middleware.now", lambda: factories.NOW)


LEAD = "Child in the home: what to look for"
ADDRESS = "/toolkit/guidance/child-in-home"
DRAFT = {
    "kind": "policy", "slug": "child-in-home", "title": "A child in the home", "lead": LEAD,
    "text": "## See\n- every **child**\n\n<script>alert(1)</script> [them](/partners/)", "groups": ["children"],
    "topics": ["A child at risk", "Domestic abuse"],
}  # fmt: skip


def _day(name: str, day: date) -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def _page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content[:500]
    return answer.content.decode()


@pytest.mark.report("GOV-27", by="foundation.guidance.commands.begin")
def test_guidance_from_its_draft_to_its_readers(settings: Any) -> None:
    """Drafted, refused with nothing lost, published to a team, read by one of two, and the lead sees who has not."""
    response = factories.team("Response A")
    lead, _who = signed_in(settings, "guidance-lead", team=factories.team("Public protection"))
    reader, who = signed_in(settings, "response-officer", team=response)
    signed_in(settings, "response-officer", team=response)
    refused = lead.post("/toolkit/new", {**DRAFT, "slug": "Child in Home", "text": "[x](https://a.example)"})
    assert refused.status_code == 422
    for words in ("small letters, digits", "no page of Watchward", "A child in the home"):
        assert words in refused.content.decode(), words
    assert lead.post("/toolkit/new", DRAFT).status_code == 302
    assert "A child in the home" in _page(lead, "/toolkit/")
    assert "A child in the home" not in _page(reader, "/toolkit/")
    assert reader.get(ADDRESS).status_code == 404
    assert lead.post(f"{ADDRESS}/publish", {"teams": [str(response.number)]}).status_code == 422  # no day is named
    publish = {"teams": [str(response.number)], **_day("review_on", date(2040, 7, 1))}
    assert lead.post(f"{ADDRESS}/publish", publish).status_code == 302
    assert "For you to read" in _page(reader, "/toolkit/")
    shown = _page(reader, ADDRESS)
    for words in ("<h2>See</h2>", "<li>every <b>child</b></li>", "&lt;script&gt;", '<a href="/partners/">them</a>'):
        assert words in shown, words
    assert "Keeping it" not in shown
    with within(who):
        edition = queries.whole(who, slug="child-in-home").shown
        assert edition is not None
    told = reader.post(f"{ADDRESS}/read", {"edition": str(edition.pk)}, follow=True).content.decode()
    assert "It is recorded that you have read this." in told
    assert "I have read this" not in told
    assert reader.post(f"{ADDRESS}/read", {"edition": "none"}).status_code == 404
    assert "For you to read" not in _page(reader, "/toolkit/")
    readers = _page(lead, f"{ADDRESS}/readers")
    assert "50% have read it" in readers
    assert "1 of 2 people asked" in readers
    assert reader.get(f"{ADDRESS}/readers").status_code == 403


def test_the_next_version_review_and_end(settings: Any) -> None:
    """A second version says what changed, the first stays readable; it is looked over, handed over and withdrawn."""
    lead, who = signed_in(settings, "guidance-lead", team=factories.team("Public protection"))
    item = begun(who)
    published(who, item, review_on=date(2040, 7, 1))
    other = factories.officer("guidance-lead")
    assert 'value="A child in the home"' in _page(lead, f"{ADDRESS}/draft")
    changed = {"title": "A child in the home", "text": "Other words."}
    assert lead.post(f"{ADDRESS}/draft", changed).status_code == 302
    assert "Version 2 is drafted" in _page(lead, ADDRESS)
    again = _day("review_on", date(2040, 8, 1))
    assert lead.post(f"{ADDRESS}/publish", again).status_code == 422
    assert lead.post(f"{ADDRESS}/publish", {**again, "changed": "Other words altogether"}).status_code == 302
    now = _page(lead, ADDRESS)
    for words in ("Other words.", "Other words altogether", "The first version", "1 Aug 2040"):
        assert words in now, words
    before = _page(lead, f"{ADDRESS}/version/1")
    assert "See <b>every</b> child." in before
    assert "A later version has taken its place" in before
    assert lead.get(f"{ADDRESS}/publish").status_code == 302  # no draft waits
    with within(who):
        waits = queries.whole(who, slug="child-in-home").review
        assert waits is not None
    assert "The force has not set the longest time" in _page(lead, f"/toolkit/review/{waits.pk}")
    looked = {"words": "Read it with children's services", **_day("review_on", date(2041, 8, 1))}
    assert lead.post(f"/toolkit/review/{waits.pk}", looked).status_code == 302
    assert lead.get(f"/toolkit/review/{waits.pk}").status_code == 302  # it has been had
    assert lead.post(f"{ADDRESS}/hand-over", {"owner": str(other.account)}).status_code == 302
    assert lead.post(f"{ADDRESS}/withdraw", {"words": "No"}).status_code == 422
    assert lead.post(f"{ADDRESS}/withdraw", {"words": "The law has changed"}).status_code == 302
    assert "The law has changed" in _page(lead, "/toolkit/")
    gone = _page(lead, ADDRESS)
    assert "Withdrawn" in gone
    assert "Draft a new version" not in gone


@pytest.mark.report("VUL-12", by="partners.commands.check_service")
def test_the_toolkit_holds_local_services_that_somebody_checks(settings: Any) -> None:
    """What it helps with, for whom, where, how to reach it and when, who checked it last; and a check that is owed."""
    keeper, who = signed_in(settings, "guidance-lead", team=factories.team("Public protection"))
    published(who, begun(who), review_on=date(2040, 7, 1))
    with within(who):
        agency = partners.add_agency(who, name="Open Door", kind="Voluntary organisation", since=factories.START)
        partners.add_route(
            who, agency=agency.pk, kind="Telephone", words="Night desk", to="01632 960194", since=factories.START,
            hours="19:00 to 07:00",
        )  # fmt: skip
        with pytest.raises(Refused, match="after today"):
            partners.add_service(
                who, agency=agency.pk, name="A bed", needs=["Homelessness"], how="Ring", since=factories.START,
                check_on=date(2019, 7, 1),
            )  # fmt: skip
        service = partners.add_service(
            who, agency=agency.pk, name="A bed for the night", needs=["Homelessness", "A child at risk"],
            how="Ring before you bring them", since=factories.START, groups=["young-people"], districts=["E06000021"],
            check_on=date(2019, 12, 2),
        )  # fmt: skip
    reader, _reads = signed_in(settings, "call-handler")
    listed = _page(reader, "/toolkit/?q=bed+NIGHT+desk")
    for words in (
        "A bed for the night", "Young people", "01632 960194", "19:00 to 07:00", "Ring before you bring them",
        "Stoke-on-Trent", "Checked 1 Jul 2019, Browser",
    ):  # fmt: skip
        assert words in listed, words
    assert "None found" in listed  # no guidance has these words
    assert "A bed for the night" not in _page(reader, "/toolkit/?topic=Hate")
    assert "A bed for the night" in _page(reader, ADDRESS)  # by the topic that both name
    duties = Duty.objects.filter(kind="partners.service-check")
    with within(who):
        [owed] = duties
        assert (owed.owed_by_id, owed.state) == (who.account, State.OPEN)
    leads = keeper.get(f"/partners/check/{owed.about}")
    assert leads.status_code == 302
    assert "The force has not set the longest time" in _page(keeper, leads["Location"])
    assert keeper.post(leads["Location"], {"words": ""}).status_code == 422
    assert (
        keeper.post(leads["Location"], {"words": "Rang them", **_day("check_on", date(2040, 6, 1))}).status_code == 302
    )
    with within(who):
        assert sorted(duties.values_list("state", flat=True)) == sorted([State.DISCHARGED, State.OPEN])
        [one] = directory.directory(who, on=date(2019, 7, 1), needs=["Homelessness"])
        assert one.checked is not None
        assert one.again is not None
        assert (one.checked.words, one.again.due_on) == ("Rang them", date(2040, 6, 1))
        partners.end_entry(who, what="service", entry=service.pk, until=date(2019, 8, 1))
        assert State.OPEN not in duties.values_list("state", flat=True)


@pytest.fixture
def guided() -> Acting:
    """A force with guidance on a child in the home, and on each of the three groups."""
    lead = factories.officer("guidance-lead")
    published(lead, begun(lead, topics=["A child at risk", "Domestic abuse"], groups=["children", "young-people"]))
    for group in ("children", "young-people", "adults"):
        published(lead, begun(lead, f"for-{group}", title=group, lead=f"For {group}", groups=[group], topics=[]))
    return lead


@pytest.mark.report("VUL-11", by="incidents.queries.whole")
def test_an_incident_leads_to_the_guidance_that_fits(guided: Acting) -> None:
    """A child at a domestic incident: its page says what to look for; another incident leads nowhere."""
    boss = manager()
    client = client_of(boss)
    there = incident(boss, signs=(Sign.CHILD_THERE, Sign.DOMESTIC_ABUSE))
    page = text(client, f"/incidents/{there.pk}", 1)
    assert LEAD in page
    assert f'href="{ADDRESS}"' in page
    assert LEAD not in text(client, f"/incidents/{incident(boss, signs=(), kind=Kind.ALARM).pk}", 2)


@pytest.mark.report("VUL-11", by="contact.queries.look_up")
def test_a_call_leads_to_the_guidance_that_fits_as_it_is_typed(guided: Acting) -> None:
    """Once the matter is chosen, the look that follows each pause brings the line with it."""
    handler = world.handler()
    client = client_of(handler)
    call = world.call(handler)
    assert LEAD not in _page(client, f"/calls/{call.pk}")
    looked = client.post(f"/calls/{call.pk}/look", {"what": "domestic-now"}, headers={"HX-Request": "true"})
    assert LEAD in looked.content.decode()


@pytest.mark.report("VUL-03", by="oversight.profile.queries.gather")
@pytest.mark.parametrize(
    ("born", "group"),
    [(date(2010, 5, 1), "children"), (date(2003, 5, 1), "young-people"), (date(1980, 5, 1), "adults")],
)
def test_a_record_of_a_person_leads_to_the_guidance_for_their_age(guided: Acting, born: date, group: str) -> None:
    """A child, a young person and an adult: each record leads to its own group's guidance and to no other's."""
    reader = factories.officer("response-officer")
    with within(reader):
        person = people.record_person(reader, forenames="Robin", surname="Vale", date_of_birth=born)
    page = _page(client_of(reader), f"/records/people/{person.pk}")
    for each in ("children", "young-people", "adults"):
        assert (f"For {each}" in page) == (each == group), each


def test_the_toolkit_is_two_keys_away_until_they_are_turned_off(settings: Any) -> None:
    """Alt and K on every page, said among the shortcuts; turned off, no page has it."""
    reader, _who = signed_in(settings, "call-handler")
    assert '<a href="/toolkit/" data-goes="t" accesskey="k">Toolkit</a>' in _page(reader, "/my-work/")
    assert "Alt + K" in _page(reader, "/shortcuts")
    assert reader.post("/shortcuts", {"on": "no"}).status_code == 302
    assert 'accesskey="k"' not in _page(reader, "/my-work/")
