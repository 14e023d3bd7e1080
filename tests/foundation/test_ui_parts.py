"""The parts of pages: what they must never show wrongly."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from tests.foundation.ui_gallery.alone import Why
from tests.foundation.ui_gallery.pages import made, pages
from watchward.foundation.ui.environment import GOVUK, PARTS, render_block, said, without_keys
from watchward.foundation.ui.frame import Frame
from watchward.foundation.ui.parts import Button, Clock, Evidence, Hand, Ledger, Link, Soft, Spark, State, Strong

NOW = datetime(2019, 7, 1, 6, 45, tzinfo=UTC)


def shown(template: str, **context: object) -> str:
    """Return a scrap of a template, rendered."""
    return made().from_string(template).render(context)


def test_everything_in_a_sentence_is_escaped() -> None:
    """Whatever people typed stays words, in every kind of piece."""
    nasty = "<script>&"
    whole = said((nasty, Strong(nasty), Soft(nasty), Link(nasty, '"><b>'), State(nasty, "late")))
    assert "<script>" not in whole
    assert '"><b>' not in whole
    assert whole.count("&lt;script&gt;&amp;") == 5


def test_every_part_and_every_macro_exists() -> None:
    """Each name that the environment promises is there to be called."""
    using = made()
    for file, names in PARTS.items():
        module = using.get_template(f"ui/parts/{file}.html").module
        assert all(hasattr(module, name) for name in names)
    for name in GOVUK:
        camel = "govuk" + name.title().replace("-", "")
        assert using.globals[camel]._find().name == camel  # type: ignore[attr-defined]


def test_the_gallery_shows_every_part() -> None:
    """A part that no page of the gallery uses would be checked by nobody."""
    calls: set[str] = set()
    using = made()
    parts = using.globals["ww"].__dict__

    def noting(name: str, find: Callable[[], object]) -> Callable[[], object]:
        def noted() -> object:
            calls.add(name)
            return find()

        return noted

    for name, macro in parts.items():
        macro._find = noting(name, macro._find)
    pages(using)
    assert set(parts) == calls


def test_a_ledger_that_does_not_balance_says_so() -> None:
    """Both sums are proved where they are shown, not by whoever fills them in."""
    true = Ledger(64, 47, 2, 15, 3, 4, 8, "Response A", "Mon 24 June", NOW)
    false = Ledger(64, 47, 2, 13, 3, 4, 6, "Response A", "Mon 24 June", NOW, hidden=3)
    assert "✓ adds up" in shown("{{ ww.ledger(l) }}", l=true)
    wrong = shown("{{ ww.ledger(l) }}", l=false)
    assert "does not add up: 2 missing" in wrong
    assert "adds up" not in wrong.replace("does not add up", "")
    assert "3 you may not see" in wrong


def test_a_button_that_may_not_be_pressed_says_every_reason() -> None:
    """It cannot be pressed, and all its reasons stand beside it with their source."""
    why = (Why("It ended on 27 June.", "PACE 1984 s 47ZD"), Why("An inspector decides."))
    text = shown("{{ ww.button(b) }}", b=Button("Extend", "do", "extend", key="s", why_not=why))
    assert "disabled" in text
    assert "accesskey" not in text
    assert "It ended on 27 June. (PACE 1984 s 47ZD)" in text
    assert "An inspector decides." in text


def test_evidence_against_is_marked_in_more_than_colour() -> None:
    """Against has its word and its class; nothing is left out."""
    text = shown("{{ ww.why(e) }}", e=(Evidence("strong", "a"), Evidence("against", "b"), Evidence("missing", "c")))
    assert 'class="ww-why__against"><dt>Against</dt><dd>b' in text
    assert text.count("<dt>") == 3


def test_handling_never_says_open_alone() -> None:
    """An incident is open; a record is an open record."""
    assert Hand("open").shown == "Open record"
    assert Hand("locked").shown == "Locked"


def test_a_clock_shows_no_more_than_its_target() -> None:
    """Its bar ends at the target however late it is."""
    with pytest.raises(ValueError):
        Clock("8 min over", "late", 140, "due 07:37")


def test_small_columns_keep_to_their_box() -> None:
    """However many are counted, each column stands within 104 by 32, a count of none as a low line."""
    columns = Spark((0, 40, 3, 1), "four months").columns()
    assert [column[2] for column in columns] == [2, 29, 4, 4]
    assert [column[3] for column in columns] == [False, False, True, True]
    assert all(0 <= x <= 98 and y + high == 32 for x, y, high, _ in columns)


def test_a_page_fails_rather_than_show_a_gap() -> None:
    """A fact that a page forgot is an error in a test, not a hole in front of a call handler."""
    with pytest.raises(UndefinedError):
        shown("{{ ww.matters(none_such) }}")


def test_shortcuts_that_are_off_leave_no_access_key() -> None:
    """Off takes every access key and the strip out of the page, and leaves what people typed as it was."""
    context = {"frame": Frame(now=NOW, shortcuts_on=False), "reasons": (Why('accesskey="q"'),)}
    text = made().get_template("ui/refused.html").render(context)
    assert ' accesskey="' not in text
    assert "accesskey=&#34;q&#34;" in text
    assert 'data-shortcuts="off"' in text
    assert without_keys(Markup('<b accesskey="x">y</b>')) == "<b>y</b>"


def test_no_page_styles_or_scripts_itself() -> None:
    """No inline style, script or handler: the content policy would refuse it."""
    for name, page in pages().items():
        assert " style=" not in page, name
        assert "<script>" not in page, name
        assert " onclick=" not in page, name


def test_a_block_can_be_sent_alone() -> None:
    """Part of a page is replaced without sending the rest, with the same macros."""
    text = render_block(made(), "ui/refused.html", "words", {"reasons": (Why("Not now."),)})
    assert text.strip().startswith("<h1>")
    assert "Not now." in text


def test_the_environment_costs_a_process_little() -> None:
    """Making it compiles nothing: a command line that shows no page does not pay for pages."""
    before = time.perf_counter()
    made()
    assert time.perf_counter() - before < 0.1
