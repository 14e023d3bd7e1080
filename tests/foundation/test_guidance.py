"""Guidance in versions: drafted, published, read, looked over, withdrawn; and what that owes whom."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.factories import NOW, START, machinery, officer, team
from watchward.foundation.access import commands as access
from watchward.foundation.access.context import within
from watchward.foundation.access.models import Team
from watchward.foundation.acting import Acting
from watchward.foundation.commands import Denied
from watchward.foundation.duties.models import Duty, State
from watchward.foundation.guidance import commands, queries
from watchward.foundation.guidance.models import Edition, Item, Receipt
from watchward.foundation.guidance.offers import Wanted
from watchward.foundation.guidance.vocabulary import Fits, Group
from watchward.foundation.ledgers import ledgers
from watchward.foundation.records import NotHere
from watchward.kernel.periods import day_ends
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db

REVIEW_ON = date(2020, 7, 1)


@pytest.fixture
def response() -> Team:
    return team("Response")


@pytest.fixture
def lead() -> Acting:
    return officer("guidance-lead", team=team("Public protection"), name="Ruth Calder")


def begun(acting: Acting, slug: str = "child-in-home", **more: Any) -> Item:
    """Draft the first version of a piece of guidance."""
    said: dict[str, Any] = {
        "kind": "policy", "title": "A child in the home", "lead": "Child in the home: what to look for",
        "text": "See **every** child.", "groups": ["children"], "topics": ["A child at risk"], **more,
    }  # fmt: skip
    with within(acting):
        return commands.begin(acting, slug=slug, **said)


def published(acting: Acting, item: Item, **more: Any) -> Edition:
    """Publish the draft that waits."""
    with within(acting):
        return commands.publish(acting, item=item.pk, **{"review_on": REVIEW_ON, **more})


def redrafted(acting: Acting, item: Item, text: str) -> Edition:
    """Draft the next version with other words."""
    with within(acting):
        return commands.draft(acting, item=item.pk, title="A child in the home", text=text)


def _balance(acting: Acting) -> None:
    with within(machinery()) as sees:
        counted = [ledger(sees) for key, ledger in ledgers.items() if key.startswith("duties.guidance.")]
        assert counted
        assert [one for one in counted if not one.balances] == []


class TestVersions:
    """What was published never changes; the next version takes its place from a moment."""

    @pytest.mark.report("GOV-27", by="foundation.guidance.commands.publish")
    def test_a_draft_is_nobody_elses_until_it_is_published(self, lead: Acting) -> None:
        """A call handler finds nothing of a draft, and all of it once it stands."""
        item = begun(lead, kind="case", title="The third call, nobody named")
        reader = officer("call-handler")
        with within(reader):
            assert queries.found(reader, wanted=Wanted()) == []
            with pytest.raises(NotHere):
                queries.whole(reader, slug="child-in-home")
        published(lead, item)
        with within(reader):
            [shown] = queries.found(reader, wanted=Wanted())
            assert (shown.title, shown.item.kind) == ("The third call, nobody named", "case")

    @pytest.mark.report("VUL-03", by="foundation.guidance.queries.whole")
    def test_every_version_stays_readable_with_what_changed(self, lead: Acting) -> None:
        """The second stands, the first is read as it was, and the second says what it changed."""
        item = begun(lead)
        published(lead, item)
        later = lead.at_time(NOW + timedelta(days=30))
        redrafted(later, item, "See every child, **awake**.")
        with pytest.raises(Refused, match="what changed"):
            published(later, item, review_on=date(2020, 8, 1))
        published(later, item, changed="Says that a child is seen awake", review_on=date(2020, 8, 1))
        reader = officer("response-officer").at_time(later.at)
        with within(reader):
            found = queries.whole(reader, slug="child-in-home")
            assert found.shown is not None
            assert (found.shown.number, found.shown.changed) == (2, "Says that a child is seen awake")
            first = queries.whole(reader, slug="child-in-home", number=1).shown
            assert first is not None
            assert (first.text, first.until) == ("See **every** child.", later.at)
            with pytest.raises(NotHere):
                queries.whole(reader, slug="child-in-home", number=3)

    def test_a_version_stands_from_its_moment(self, lead: Acting) -> None:
        """Published for next Monday, it is read by nobody else before, and the one before it stands until then."""
        item = begun(lead)
        published(lead, item)
        redrafted(lead, item, "Other words.")
        monday = NOW + timedelta(days=7)
        published(lead, item, since=monday, changed="Other words altogether")
        reader = officer("call-handler")
        with within(reader):
            assert [row.number for row in queries.standing(reader)] == [1]
            seen = queries.whole(reader, slug="child-in-home").shown
            assert seen is not None
            assert seen.number == 1
            assert [row.number for row in queries.standing(reader.at_time(monday))] == [2]
        redrafted(lead, item, "Yet others.")
        with pytest.raises(Refused, match="begins to stand later"):
            published(lead, item, changed="Yet other words", since=NOW)

    def test_withdrawn_it_is_shown_nowhere_and_stays_readable(self, lead: Acting) -> None:
        """It says why; its look is owed no more; it cannot be drafted, published or withdrawn again."""
        item = begun(lead)
        published(lead, item)
        with within(lead):
            with pytest.raises(Refused, match="why it stands no more"):
                commands.withdraw(lead, item=item.pk, words="Wrong")
            commands.withdraw(lead, item=item.pk, words="The toolkit took its place")
            assert Duty.objects.get(kind="guidance.review").state == State.RELEASED
            for again in (
                lambda: commands.withdraw(lead, item=item.pk, words="The toolkit took its place"),
                lambda: commands.draft(lead, item=item.pk, title="A", text="B"),
                lambda: commands.publish(lead, item=item.pk),
            ):
                with pytest.raises(Refused, match="withdrawn"):
                    again()
        later = officer("call-handler").at_time(NOW + timedelta(hours=1))
        with within(later):
            assert queries.found(later, wanted=Wanted()) == []
            assert queries.whole(later, slug="child-in-home").item.withdrawn_words == "The toolkit took its place"
        _balance(lead)

    def test_who_writes_and_who_reads(self, lead: Acting) -> None:
        """Everybody reads; only whoever may write drafts, publishes and answers for guidance."""
        item = begun(lead)
        reader = officer("sergeant")
        with within(reader), pytest.raises(Denied):
            commands.publish(reader, item=item.pk, review_on=REVIEW_ON)
        with within(reader), pytest.raises(Denied):
            commands.draft(reader, item=item.pk, title="A", text="B")
        with within(lead), pytest.raises(Refused, match="No role of theirs"):
            commands.hand_over(lead, item=item.pk, owner=reader.account)
        with within(lead), pytest.raises(Refused) as refused:
            commands.begin(lead, slug="child-in-home", kind="policy", title="", text="", owner=reader.account)
        assert [reason.field for reason in refused.value.reasons] == ["slug", "title", "text", "owner"]

    def test_a_link_leads_to_a_page_of_the_force(self, lead: Acting) -> None:
        """Another host, a page that is not there and a route of the API are refused where they are typed."""
        for address in ("https://a.example", "/no/such/page", "/api/v1/people", "//a.example", "javascript:x"):
            with pytest.raises(Refused, match="no page of Watchward"):
                begun(lead, text=f"See [there]({address}).")
        begun(lead, text="See [the directory](/partners/) and [yourself](/my-work/#h-late).")


class TestReading:
    """Who has read which version, and who was asked to."""

    @pytest.mark.report("GOV-28", by="foundation.guidance.commands.mark_read")
    def test_whoever_was_asked_owes_it_until_they_read_it(self, lead: Acting, response: Team) -> None:
        """Each of the team owes reading within the policy's fortnight; who reads has met it, with its moment."""
        anne, beth = officer("response-officer", team=response), officer("response-officer", team=response)
        outside = officer("response-officer")
        edition = published(lead, begun(lead), teams=[response.number])
        duties = Duty.objects.filter(kind="guidance.read")
        with within(machinery()):
            assert {duty.owed_by_id for duty in duties} == {anne.account, beth.account}
            assert {duty.due_at for duty in duties} == {NOW + timedelta(days=14)}
        later = anne.at_time(NOW + timedelta(days=2))
        with within(later):
            assert [row.edition_id for row in queries.to_read(later)] == [edition.pk]
            first = commands.mark_read(later, edition=edition.pk)
            again = commands.mark_read(later.at_time(NOW + timedelta(days=3)), edition=edition.pk)
            assert (first.pk, again.read_at) == (again.pk, later.at)
            assert list(queries.to_read(later)) == []
        with within(outside):
            commands.mark_read(outside, edition=edition.pk)
        with within(lead):
            rows = queries.readers(lead, edition=edition.pk)
            assert [(row.account_id, row.asked_at is not None, row.read_at is not None) for row in rows] == [
                (beth.account, True, False), (anne.account, True, True), (outside.account, False, True),
            ]  # fmt: skip
            assert {duty.state for duty in duties.filter(owed_by_id=anne.account)} == {State.DISCHARGED}
            assert {duty.state for duty in duties.filter(owed_by_id=beth.account)} == {State.OPEN}
        _balance(lead)

    def test_the_next_version_takes_the_reading_with_it(self, lead: Acting, response: Team) -> None:
        """What nobody read of the first is owed no more once the second is published; the first cannot be read now."""
        officer("response-officer", team=response)
        item = begun(lead)
        first = published(lead, item, teams=[response.number])
        redrafted(lead, item, "Other words.")
        second = published(lead, item, changed="Other words altogether", teams=[response.number])
        with within(lead):
            states = dict(Duty.objects.filter(kind="guidance.read").values_list("what", "state"))
            assert states == {
                "A child in the home, version 1": State.RELEASED, "A child in the home, version 2": State.OPEN,
            }  # fmt: skip
            with pytest.raises(Refused, match="does not stand now"):
                commands.mark_read(lead, edition=first.pk)
            commands.mark_read(lead, edition=second.pk)
        _balance(lead)

    def test_roles_within_teams(self, lead: Acting, response: Team) -> None:
        """A team and a role: those of the team who hold it. Nobody: it is refused, and nothing is published."""
        sergeant = officer("sergeant", team=response)
        officer("response-officer", team=response)
        officer("sergeant")
        item = begun(lead)
        with pytest.raises(Refused, match="Nobody works"):
            published(lead, item, teams=[response.number], roles=["investigator"])
        edition = published(lead, item, teams=[response.number], roles=["sergeant"])
        with within(lead):
            assert [row.account_id for row in queries.readers(lead, edition=edition.pk)] == [sergeant.account]

    def test_newcomers_are_asked_the_night_after(self, lead: Acting, response: Team) -> None:
        """Somebody who joins the team is asked too, once; who was asked before is not asked again."""
        officer("response-officer", team=response)
        published(lead, begun(lead), teams=[response.number])
        newcomer = officer("response-officer")
        night = machinery(NOW + timedelta(days=1))
        with within(night):
            assert commands.ask_newcomers(night) == 0
            access.join_team(night, account=newcomer.account, team=response.number, since=START)
            assert commands.ask_newcomers(night) == 1
            assert commands.ask_newcomers(night) == 0
            row = Receipt.objects.get(account_id=newcomer.account)
            assert (row.asked_at, row.team_id) == (night.at, response.number)


class TestLookingOver:
    """Guidance that nobody looks over becomes a duty of whoever answers for it."""

    @pytest.mark.report("VUL-12", by="foundation.guidance.commands.look_over")
    def test_its_owner_owes_a_look_by_its_day(self, lead: Acting) -> None:
        """Owed to the end of the day, met by looking, and owed again by the next day."""
        item = begun(lead)
        published(lead, item)
        with within(lead):
            [duty] = Duty.objects.filter(kind="guidance.review")
            assert (duty.owed_by_id, duty.due_at) == (lead.account, day_ends(REVIEW_ON))
            waits = queries.whole(lead, slug="child-in-home").review
            assert waits is not None
            with pytest.raises(Refused) as refused:
                commands.look_over(lead, review=waits.pk, words="Fine")
            assert [reason.field for reason in refused.value.reasons] == ["review_on", "words"]
            commands.look_over(lead, review=waits.pk, words="Read it against the statute", review_on=date(2021, 7, 1))
            with pytest.raises(Refused, match="already"):
                commands.look_over(lead, review=waits.pk, words="Once more", review_on=date(2021, 7, 1))
            states = list(
                Duty.objects.filter(kind="guidance.review").order_by("due_at").values_list("state", flat=True)
            )
            assert states == [State.DISCHARGED, State.OPEN]
        _balance(lead)

    def test_it_goes_to_whoever_answers_for_it_next(self, lead: Acting) -> None:
        """Handed over, the look is the new owner's, in the team in which they work."""
        item = begun(lead)
        published(lead, item)
        other = officer("guidance-lead", team=team("Learning"))
        with within(lead):
            commands.hand_over(lead, item=item.pk, owner=other.account)
            [duty] = Duty.objects.filter(kind="guidance.review")
            assert (duty.owed_by_id, duty.owed_by_team_id) == (other.account, other.team)
            with pytest.raises(Refused, match="answer for it already"):
                commands.hand_over(lead, item=item.pk, owner=other.account)


@pytest.mark.report("VUL-11", by="foundation.guidance.queries.leads_for")
def test_what_leads_from_a_record_is_what_stands_and_fits(lead: Acting) -> None:
    """Asked for in one statement; the same of rows that another statement brought, and of JSON within one."""
    published(lead, begun(lead))
    published(lead, begun(lead, "adult", title="Adults", lead="Adult", groups=["adults"], topics=["An adult at risk"]))
    begun(lead, "draft", lead="A draft leads nowhere", topics=[])
    published(lead, begun(lead, "silent", lead=""))
    reader = officer("call-handler")
    asked = Fits.of(["A child at risk", "An adult at risk"], [Group.CHILDREN])
    with within(reader):
        shown = queries.leads_for(reader, asked=asked)
        assert [(one.words, one.kind, one.url) for one in shown] == [
            ("Child in the home: what to look for", "Policy guidance", "/toolkit/guidance/child-in-home")
        ]
        assert queries.leads(queries.leading(reader), asked) == shown
        rows = queries.from_json(row["made"] for row in queries.leading_as_json(reader))
        assert queries.leads(rows, asked) == shown
        assert queries.leads_for(reader, asked=Fits()) == ()


@pytest.mark.report("VUL-08", by="foundation.guidance.queries.found")
def test_search_within_the_toolkit(lead: Acting) -> None:
    """All words must be in it, in any case, in its title, lead, text or topic; by topic and group too."""
    published(lead, begun(lead))
    published(lead, begun(lead, "look-twice", kind="campaign", title="Look twice", lead="", groups=[], topics=[]))
    reader = officer("call-handler")

    def titles(*words: str, group: str = "", topics: tuple[str, ...] = ()) -> list[str]:
        with within(reader):
            rows = queries.found(reader, wanted=Wanted(words, frozenset(topics)), group=group)
        return [row.title for row in rows]

    assert titles() == ["A child in the home", "Look twice"]
    assert titles("every", "home") == ["A child in the home"]
    assert titles("at risk") == ["A child in the home"]
    assert titles("every", "twice") == ["Look twice"]
    assert titles("nothing") == []
    assert titles(group="adults") == ["Look twice"]
    assert titles(topics=("A child at risk", "Hate")) == ["A child in the home"]
