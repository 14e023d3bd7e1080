"""Which guidance fits a record, what a version must have, when it is looked over, and what its text may hold."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from uuid import UUID, uuid4

import pytest
from django.template.loader import get_template
from hypothesis import example, given
from hypothesis import strategies as st

from watchward.domains.partners import rules as partners
from watchward.domains.partners.vocabulary import ForWhom
from watchward.foundation.guidance import rules
from watchward.foundation.guidance.rules import Draft
from watchward.foundation.guidance.text import Block, is_own, links, pieces, taken_apart
from watchward.foundation.guidance.vocabulary import Fits, Group, Kind, Standing
from watchward.foundation.ui.parts import Link, Strong
from watchward.kernel.dated import Dated, NotInForce, Version
from watchward.kernel.periods import Months

TODAY = date(2019, 7, 1)
NOW = datetime(2019, 7, 1, 6, 45, tzinfo=UTC)


def _standing(
    title: str, *topics: str, groups: tuple[Group, ...] = (), kind: Kind = Kind.POLICY, lead: str = "Look"
) -> Standing:
    return Standing(uuid4(), title.lower(), kind, title, lead, frozenset(topics), frozenset(groups))


CHILD = _standing("Child", "abuse", groups=(Group.CHILDREN, Group.YOUNG_PEOPLE))
ADULT = _standing("Adult", "abuse", groups=(Group.ADULTS,))
ANY = _standing("Any", "abuse", "drugs", kind=Kind.PRACTICE)
EVERY_CHILD = _standing("Every child", groups=(Group.CHILDREN,))
SILENT = _standing("Silent", "abuse", lead="")


@pytest.mark.parametrize(
    ("age", "groups"),
    [
        (None, set()), (0, {Group.CHILDREN}), (13, {Group.CHILDREN}), (14, {Group.YOUNG_PEOPLE}),
        (17, {Group.YOUNG_PEOPLE}), (18, {Group.ADULTS}), (90, {Group.ADULTS}),
    ],
)  # fmt: skip
def test_whom_guidance_is_about_by_age(age: int | None, groups: set[Group]) -> None:
    """A child is under 14, a young person from 14 and under 18, an adult from 18; nobody is guessed."""
    assert rules.group_of(age, on=TODAY) == groups


def test_no_age_is_worked_out_before_the_policy_stands() -> None:
    """The ages are the force's policy from its first day on; before it there are none."""
    [version] = rules.AGES.versions
    assert rules.group_of(15, on=version.in_force) == {Group.YOUNG_PEOPLE}
    with pytest.raises(NotInForce):
        rules.group_of(15, on=version.in_force - timedelta(days=1))


def test_the_guidance_that_fits() -> None:
    """It fits by a topic and by the group; what is about another group, or leads with no line, is not shown."""
    every = (CHILD, ADULT, ANY, EVERY_CHILD, SILENT)

    def titles(topics: tuple[str, ...], *groups: Group) -> list[str]:
        return [one.title for one in rules.fitting(every, Fits.of(topics, groups))]

    assert titles(("abuse",), Group.CHILDREN) == ["Child", "Any", "Every child"]
    assert titles(("abuse",), Group.ADULTS) == ["Adult", "Any"]
    assert titles(("abuse",)) == ["Adult", "Child", "Any"]
    assert titles(("abuse", "drugs"), Group.ADULTS) == ["Any", "Adult"]
    assert titles((), Group.CHILDREN) == ["Every child"]
    assert titles(("fraud",)) == titles(()) == []


_GROUPS = st.frozensets(st.sampled_from(Group))
_TOPICS = st.frozensets(st.sampled_from(("abuse", "drugs", "fraud")))


@given(of=_GROUPS, about=_TOPICS, groups=_GROUPS, topics=_TOPICS)
def test_nobody_is_shown_guidance_about_somebody_else(
    of: frozenset[Group], about: frozenset[str], groups: frozenset[Group], topics: frozenset[str]
) -> None:
    """Whatever is known of a page: what is shown shares a group or a topic with it, and never contradicts the group."""
    one = Standing(uuid4(), "one", Kind.POLICY, "One", "Look", about, of)
    if rules.does_fit(one, Fits(topics, groups)):
        assert about & topics or (not about and of & groups)
        assert not (of and groups) or of & groups


def test_no_page_shows_more_than_three() -> None:
    """Of many that fit, three lead; of equals policy first."""
    many = [_standing(f"Case {number}", "abuse", kind=Kind.CASE) for number in range(9)]
    shown = rules.fitting([*many, ANY], Fits.of(("abuse",)))
    assert [one.title for one in shown] == ["Any", "Case 0", "Case 1"]


def test_all_that_a_draft_lacks_is_said_at_once() -> None:
    """Every reason at its field: no title, a lead too long, a link to nowhere, no such topic or group."""
    wrong = Draft("", "x" * 91, "See [there](//evil.example).", ("infants",), ("chess",))
    found = rules.why_not_draft(wrong, topics=("abuse",), lost=("//evil.example",))
    assert [reason.field for reason in found] == ["lead", "title", "text", "groups", "topics"]
    assert rules.why_not_draft(Draft("T", "", "Words", ("adults",), ("abuse",)), topics=("abuse",)) == ()
    assert [reason.field for reason in rules.why_not_draft(Draft("T", "", " "), topics=())] == ["text"]


@pytest.mark.parametrize("slug", ["", "Child", "a b", "a--b", "-a", "a" * 61, "ä", "a/b"])
def test_a_short_name_is_an_address(slug: str) -> None:
    """Small letters, digits and single dashes."""
    assert [reason.field for reason in rules.why_not_begin(slug=slug, kind="policy", taken=False)] == ["slug"]


def test_a_short_name_is_taken_once() -> None:
    """Another with the same name is refused, and so is what is of no kind; at once."""
    found = rules.why_not_begin(slug="child-in-home", kind="poem", taken=True)
    assert [(reason.field, reason.code) for reason in found] == [("slug", "taken"), ("kind", "")]


def _why_not_publish(**more: object) -> list[str]:
    said: dict[str, object] = {
        "number": 2, "changed": "The number to ring", "since": NOW, "at": NOW, "review_on": date(2020, 7, 1),
        "asks": False, "asked": 0, **more,
    }  # fmt: skip
    return [reason.field for reason in rules.why_not_publish(**said)]  # type: ignore[arg-type]


def test_what_publishing_takes() -> None:
    """A second version says what changed; none stands from before now; each is looked over; somebody is asked."""
    assert _why_not_publish() == []
    assert _why_not_publish(number=1, changed="") == []
    assert _why_not_publish(changed="") == _why_not_publish(changed="More") == _why_not_publish(changed="x y" * 150)
    assert _why_not_publish(changed="") == ["changed"]
    assert _why_not_publish(since=NOW - timedelta(seconds=1)) == ["since"]
    assert _why_not_publish(since=NOW + timedelta(days=1)) == []
    assert _why_not_publish(review_on=None) == ["review_on"]
    assert _why_not_publish(review_on=TODAY) == ["review_on"]
    assert _why_not_publish(since=NOW + timedelta(days=9), review_on=TODAY + timedelta(days=9)) == ["review_on"]
    assert _why_not_publish(asks=True) == ["teams"]
    assert _why_not_publish(asks=True, asked=1) == []


def _set(table: Dated[Months], monkeypatch: pytest.MonkeyPatch, months: int) -> None:
    own = Version(in_force=date(2019, 1, 1), value=Months(months), cite="Force policy, tried out")
    monkeypatch.setattr("watchward.kernel.dated._CONFIRMED", {table.title: (own,)})


def test_the_review_is_the_forces_own_policy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unset, a day must be named; set, it is the day where none is named and the latest that may be."""
    assert rules.review_day(None, today=TODAY) is None
    assert rules.review_day(date(2021, 1, 1), today=TODAY) == date(2021, 1, 1)
    _set(rules.REVIEW, monkeypatch, 12)
    assert rules.review_day(None, today=TODAY) == date(2020, 7, 1)
    assert rules.review_day(None, today=date(2018, 12, 31)) is None  # it does not stand yet
    assert rules.why_not_review_on(date(2020, 7, 1), today=TODAY, since=TODAY) == ()
    [late] = rules.why_not_review_on(date(2020, 7, 2), today=TODAY, since=TODAY)
    assert (late.field, late.cite) == ("review_on", "Force policy, tried out")


def test_a_service_is_checked_by_the_forces_own_policy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unset and unnamed, no check is owed and the page says so; set, it is owed, and no later than policy says."""
    assert partners.check_day(None, today=TODAY) is None
    assert partners.why_not_check_on(None, today=TODAY) == ()
    assert [one.field for one in partners.why_not_check_on(TODAY, today=TODAY)] == ["check_on"]
    _set(partners.CHECK, monkeypatch, 6)
    assert partners.check_day(None, today=TODAY) == date(2020, 1, 1)
    assert partners.why_not_check_on(date(2020, 1, 1), today=TODAY) == ()
    assert [one.field for one in partners.why_not_check_on(date(2020, 1, 2), today=TODAY)] == ["check_on"]


def test_the_groups_of_services_are_those_of_guidance() -> None:
    """A service says for whom it is in the words of the toolkit."""
    assert [(group.value, group.words) for group in ForWhom] == [(group.value, group.words) for group in Group]


ANNE, BETH, CARL = (UUID(int=number) for number in (1, 2, 3))


@pytest.mark.parametrize(
    ("teams", "roles", "who"),
    [
        ((1,), (), {ANNE, BETH}), ((), ("officer",), {BETH, CARL}), ((1,), ("officer",), {BETH}), ((), (), set()),
        ((9,), (), set()), ((1,), ("judge",), set()),
    ],
)  # fmt: skip
def test_who_is_asked_to_read(teams: tuple[int, ...], roles: tuple[str, ...], who: set[UUID]) -> None:
    """Everybody of the teams, every holder of the roles; where both are named, who is in a team and holds a role."""
    members = [(1, ANNE), (1, BETH), (2, CARL)]
    holders = [("officer", BETH), ("officer", CARL), ("handler", ANNE)]
    assert rules.who_reads(members=members, holders=holders, teams=teams, roles=roles) == who


class TestText:
    """A few marks of authors, and nothing else."""

    def test_the_marks_that_there_are(self) -> None:
        """Headings, paragraphs, both lists, strong words and links to pages of the force."""
        blocks = taken_apart(
            "## First\n\nSee **every** child.\nAlone.\n### Then\n- one\n- [two](/partners/)\n\n1. a\n2) b\n- c"
        )
        assert blocks == (
            Block("heading", (("First",),)),
            Block("paragraph", (("See ", Strong("every"), " child. Alone."),)),
            Block("smaller", (("Then",),)),
            Block("list", (("one",), (Link("two", "/partners/"),))),
            Block("numbered", (("a",), ("b",))),
            Block("list", (("c",),)),
        )

    def test_what_is_no_mark_stays_as_it_was_written(self) -> None:
        """Stars alone, brackets alone, a link to elsewhere: they are words."""
        for line in ("2 ** 3", "[sic]", "[x](javascript:alert(1))", "[x](//a.example)", "[x](https://a.example)"):
            assert "".join(str(piece) for piece in pieces(line)) == line
            assert not [piece for piece in pieces(line) if not isinstance(piece, str)]

    @pytest.mark.parametrize(
        "address",
        ["", "//a", "/a//b", "https://a.example", "javascript:x", "/\\a", "/a b", "/a?b=c", "/Ä", "a/b", "/%2f", "\t/"],
    )
    def test_no_address_but_a_path_of_this_site(self, address: str) -> None:
        """No scheme, no host, nothing that a browser might read as one."""
        assert not is_own(address)

    def test_a_path_of_this_site(self) -> None:
        """With a place on the page or without."""
        assert all(is_own(path) for path in ("/", "/partners/", "/toolkit/guidance/child-in-home#h-read"))

    @given(text=st.text(max_size=400) | st.text(alphabet="#*[]()<>&\"'/-1. \nab:", max_size=400))
    @example(text="<script>alert(1)</script>")
    @example(text="**<b onclick=x>**\n- <img src=x onerror=y>\n## </h2><style>")
    @example(text='[<i>a</i>](/a"onmouseover="x)')
    @example(text="[a](/partners/)**b**[c](javascript:x)")
    def test_no_tag_of_an_author_gets_through(self, text: str) -> None:
        """Whatever is typed, the page holds the tags of the marks alone, links lead to this site, no word is lost."""
        shown = _Shown()
        shown.feed(get_template("guidance/text.html").template.module.text(taken_apart(text)))  # type: ignore[attr-defined]
        assert shown.tags <= {"div", "h2", "h3", "p", "ul", "ol", "li", "b", "a"}
        assert shown.attributes <= {("div", "class"), ("a", "href")}
        assert all(is_own(address) for address in shown.addresses)
        for word in "".join(each if each.isalnum() else " " for each in text).split():
            if not word.isdigit():
                assert word in shown.said or word in "".join(links(text)), (word, shown.said)


class _Shown(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()
        self.addresses: list[str] = []
        self.said = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag with its attributes."""
        self.tags.add(tag)
        self.attributes |= {(tag, name) for name, _value in attrs}
        self.addresses += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        """Note what is read."""
        self.said += data
