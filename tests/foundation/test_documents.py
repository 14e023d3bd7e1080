"""What leaves on paper says what the page says, who took it out and how it is to be handled; and it is found again."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from tests import factories
from tests.domains.signed_in import client_of
from tests.foundation import scene
from watchward.foundation.access import middleware
from watchward.foundation.access.context import as_engine, within
from watchward.foundation.audit.models import Trace
from watchward.foundation.documents import typesetting
from watchward.foundation.documents.out_of_page import read
from watchward.foundation.documents.typesetting import typeset
from watchward.foundation.documents.vocabulary import Block, Document, Facts, Grid, Heading, Items, Words
from watchward.foundation.records import Handling

AT = datetime(2019, 7, 1, 6, 45, tzinfo=UTC)


def page(main: str) -> str:
    """Return a page of the force with this in its main part."""
    return f"<html><head><title>T – Watchward</title></head><body><nav>Menu</nav><main>{main}</main></body></html>"


def test_a_page_is_read_as_it_stands() -> None:
    """Headings, paragraphs, lists, pairs and tables, in their order; badges stand apart from what they stand beside."""
    title, blocks = read(page(
        "<h1>14 Tarrowby Street</h1><span class='ww-state'>delayed</span><span>I-190701-0001</span>"
        "<section><h2>Who goes</h2><ul><li class='ww-mark'><span>FC02</span><div><p>on the way</p><p>sent 07:24</p>"
        "</div></li></ul></section>"
        "<h2>Why</h2><ul><li>Life at risk</li><li>High <b>threat</b></li></ul>"
        "<table><caption>Units</caption><thead><tr><th>Unit</th><th class='ww-num'>Min</th></tr></thead>"
        "<tbody><tr><th scope='row'>FC02</th><td class='ww-num'>12</td></tr></tbody></table>"
        "<dl><div><dt>Strong</dt><dd>Same number</dd></div></dl>"
    ))  # fmt: skip
    assert title == "14 Tarrowby Street"
    assert blocks == (
        Words("delayed I-190701-0001"),
        Heading(2, "Who goes"),
        Facts((("FC02", ("on the way", "sent 07:24")),)),
        Heading(2, "Why"),
        Items((("Life at risk",), ("High threat",))),
        Grid("Units", ("Unit", "Min"), (("FC02", "12"),), (False, True)),
        Facts((("Strong", ("Same number",)),)),
    )


def test_what_only_does_something_stays_on_the_screen() -> None:
    """Buttons, keys, folded forms, hidden words and headings over nothing are left; what a form holds is not."""
    _title, blocks = read(page(
        "<h1>Call</h1><form><label for=a>Caller</label><input id=a value='Kez Machin'><input type=hidden value=x>"
        "<label for=b>Place</label><input id=b value=''>"
        "<label for=w>What</label><select id=w><option value=''>Choose</option>"
        "<option value=d selected>Domestic</option></select>"
        "<fieldset><legend>Repeat victim</legend><label for=y><input type=radio id=y checked> Yes</label>"
        "<label for=n><input type=radio id=n> No</label></fieldset>"
        "<textarea id=t aria-label='Said'>He is\n back</textarea><button>Save <kbd>S</kbd></button></form>"
        "<details><summary>Another grade</summary><form><label for=g>Why</label><input id=g value=old></form></details>"
        "<details><summary>3 more</summary><p>Earlier call</p></details>"
        "<p hidden>no</p><span class='govuk-visually-hidden'>no</span><script>no</script>"
        "<h2>Change</h2><div class='ww-buttons'><a href=/x>Change it</a></div>"
    ))  # fmt: skip
    assert blocks == (
        Facts((
            ("Caller", ("Kez Machin",)),
            ("What", ("Domestic",)),
            ("Repeat victim", ("Yes",)),
            ("Said", ("He is back",)),
        )),
        Words("3 more"),
        Words("Earlier call"),
    )  # fmt: skip


def test_what_is_no_page_is_refused() -> None:
    """Something without a main part is not printed as if it were a page."""
    with pytest.raises(ValueError, match="main"):
        read("<p>Part of a page</p>")


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=60) | st.sampled_from(
    ["#panic()", "$x$", "*", "= Title", "#read(\"/etc/passwd\")", "\\", "@ref", "<label>", "//", "[", "{", "`raw"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(WORDS, st.lists(st.tuples(st.integers(1, 6), WORDS), max_size=4), st.lists(st.tuples(WORDS, WORDS), max_size=4))
def test_words_are_only_ever_words(said: str, headings: list[tuple[int, str]], rows: list[tuple[str, str]]) -> None:
    """Nothing that somebody typed is an instruction to what sets the type; whatever it is, it makes a readable file."""
    blocks: list[Block] = [
        Words(said),
        *(Heading(level, words) for level, words in headings),
        Items(((said, said),)),
        Facts(((said, (said,)),)),
        Grid(said, ("A", "B"), tuple(rows), (False, True)),
    ]
    made = Document(said or "A record", tuple(blocks), "OFFICIAL", "Sgt Lowe", "1 July 2019", "K7M2-9QXA", "/x")
    paper = PdfReader(BytesIO(typeset(made, at=AT)))
    assert "9QXA" in paper.pages[0].extract_text()


@pytest.mark.parametrize("words", ["#panic()", '#read("/etc/passwd")', "*not strong*", "$x + y$", "= Not a heading"])
def test_signs_of_the_typesetter_stand_as_they_were_typed(words: str) -> None:
    """An address typed with a # is the same address on paper."""
    made = Document("A record", (Words(words),), "OFFICIAL", "Sgt Marian Lowe", "1 July 2019", "K7M2-9QXA", "/x")
    said = " ".join(PdfReader(BytesIO(typeset(made, at=AT))).pages[0].extract_text().split())
    assert words in said


def test_a_script_that_no_font_has_is_said_and_never_stops_the_printing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name in a script for which the machine has no font: the sheet comes and says what it cannot show."""
    made = Document("A record", (Words("\u674e\u5a1c"),), "OFFICIAL", "PC Dhillon", "1 July 2019", "K7M2-9QXA", "/x")
    monkeypatch.setattr(typesetting, "_fonts", lambda: typst.Fonts(include_system_fonts=False))
    paper = PdfReader(BytesIO(typeset(made, at=AT)))
    assert "stand as boxes" in " ".join(paper.pages[0].extract_text().split())
    assert "/StructTreeRoot" in paper.root_object


@pytest.mark.django_db
class TestTakingOut:
    """A page is taken out by whoever may see it, and by nobody without a trace."""

    @pytest.fixture(autouse=True)
    def _at_the_tests_own_time(self, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
        settings.DEMO = True
        monkeypatch.setattr(middleware, "now", lambda: factories.NOW)

    def test_who_took_it_out_is_told_by_the_number_on_the_sheet(self) -> None:
        """A sheet is found on a bus: its number tells the auditor who printed it, when, and from which record."""
        sergeant, auditor = factories.officer("sergeant", name="Sgt Lowndes"), factories.officer("auditor")
        with within(sergeant):
            place = scene.write_place(sergeant)
        answer = client_of(sergeant).post("/print", {"page": f"/places/{place.pk}"})
        said = PdfReader(BytesIO(answer.content)).pages[0].extract_text()
        found = re.search(r"Copy ([0-9A-Z]{4}-[0-9A-Z]{4})", said)
        assert found
        assert answer["Content-Disposition"] == f'attachment; filename="copy-{found[1]}.pdf"'
        assert "Sgt Lowndes" in said
        assert place.line in said
        with as_engine(sergeant):
            looks = list(Trace.objects.filter(account_id=sergeant.account).order_by("id"))
        assert [look.kind for look in looks] == ["opened", "printed"]
        assert looks[1].about == place.pk
        asks = client_of(auditor)
        sent = asks.post("/audit/looks", {"record": found[1].lower()})
        page = asks.get(sent.headers["Location"]).content.decode()
        assert f"On paper, copy {found[1]}: Place {place.reference}" in page
        assert page.count("Sgt Lowndes") == 1
        assert "Sgt Lowndes" not in asks.get("/audit/looks?copy=0000-0000").content.decode()

    def test_what_may_not_be_seen_is_not_printed(self) -> None:
        """A page that no role opens, a record that is not there, and addresses that are no pages of the force."""
        officer = factories.officer("response-officer")
        client = client_of(officer)
        assert client.post("/print", {"page": "/audit/looks"}).status_code == 403
        for nowhere in (f"/places/{uuid4()}", "/nowhere", "", "/sign-in", "/print", "https://elsewhere.example/"):
            assert client.post("/print", {"page": nowhere}).status_code in (302, 404), nowhere
        with as_engine(officer):
            assert not Trace.objects.filter(account_id=officer.account, kind="printed").exists()

    def test_a_sealed_record_is_as_absent_on_paper_as_on_the_screen(self) -> None:
        """Another team's sealed place answers 404, and its locked one asks for a reason first."""
        team = factories.team()
        owner, other = factories.officer("sergeant", team=team), factories.officer("sergeant", team=factories.team())
        with within(owner):
            sealed, locked = (
                scene.write_place(owner, line=line, handling=handling, team=team.number)
                for line, handling in (("5 Sealed Street", Handling.SEALED), ("4 Locked Street", Handling.LOCKED))
            )
        client = client_of(other)
        assert client.post("/print", {"page": f"/places/{sealed.pk}"}).status_code == 404
        assert "/locked/" in client.post("/print", {"page": f"/places/{locked.pk}"}).get("Location", "")

    def test_it_is_asked_for_by_whoever_proved_who_they_are(self, settings: Any) -> None:
        """A file of records that leaves: whoever has not proved for some minutes that it is they does so first."""
        sergeant = factories.officer("sergeant")
        client = client_of(sergeant)
        settings.PROVEN_MINUTES = 0
        answer = client.post("/print", {"page": "/my-work/"})
        assert (answer.status_code, answer.headers["Location"]) == (302, "/prove")
