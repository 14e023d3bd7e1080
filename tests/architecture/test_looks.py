"""Every kind of list or search that leaves a trace has words of its own, for whoever reads who looked at what."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.urls import get_resolver

import watchward
from watchward.foundation import reading
from watchward.foundation.audit import saying
from watchward.foundation.duties import views
from watchward.foundation.measures.declared import measures

HOUSE = Path(watchward.__file__).parent
LEAVE = ("listed", "searched")


def _module(path: Path) -> str:
    return ".".join(path.relative_to(HOUSE.parent).with_suffix("").parts).removesuffix(".__init__")


def _said(node: ast.expr, module: str) -> str | None:
    """Return which kind of look an argument names: a text, a name of the module, or the beginning of a made text."""
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.JoinedStr(values=[ast.Constant(value=str() as begins), *_]):
            return f"{begins}*"
        case ast.Name(id=name):
            value = getattr(import_module(module), name, None)
            return value if isinstance(value, str) else None
    return None


def looks_left() -> Iterator[tuple[str, str | None]]:
    """Yield where a look at a list or a search is left, and which kind it is; none where it is passed on."""
    for path in sorted(HOUSE.rglob("*.py")):
        text = path.read_text()
        if "reading" not in text or path == HOUSE / "foundation" / "reading.py":
            continue
        for node in ast.walk(ast.parse(text)):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name(id="reading"), attr=attr), args=[_, what, *_]) if (
                    attr in LEAVE
                ):
                    yield f"{path.relative_to(HOUSE)}:{node.lineno}", _said(what, _module(path))


MADE_OF: dict[str, tuple[str, ...]] = {"duties.*": tuple(views._LISTS), "measures.*": tuple(measures)}
"""What the second half of a kind can be, where it is made of two."""

PASSED_ON = {"foundation/backups/cli.py"}
"""Where the kind of look is an argument: which ones, its callers say."""


@pytest.fixture(scope="module", autouse=True)
def loaded() -> None:
    """Let every room be loaded, as a process that answers requests has them."""
    assert get_resolver().url_patterns


def test_every_look_that_is_left_has_words() -> None:
    """A new list fails until somebody says what it is called; so does one whose kind cannot be told from its code."""
    left = list(looks_left())
    assert len(left) > 30
    passed = {place.partition(":")[0] for place, what in left if what is None}
    assert passed <= PASSED_ON
    nameless = [(place, what) for place, what in left if what is not None and not all(map(reading.words_of, _of(what)))]
    assert nameless == []


def _of(what: str) -> list[str]:
    """Return the kinds of look that one is, or of which it is made."""
    return [f"{what[:-1]}{rest}" for rest in MADE_OF[what]] if what.endswith("*") else [what]


def test_no_two_kinds_of_look_are_called_the_same() -> None:
    """What an auditor reads tells one list from another."""
    kinds = [*reading.WORDS, *(f"measures.{key}" for key in measures)]
    words = [saying.look("listed", what) for what in kinds]
    assert len(set(words)) == len(words)
    assert saying.look("searched", "people.recognise") == "Who somebody might be"
    assert saying.look("listed", "measures.crimes.charged") == "The rows behind “Crimes that led to a charge”"


def test_what_was_read_once_and_is_no_more_is_still_told() -> None:
    """An old trace of a list that nobody shows any longer says what its key says."""
    assert saying.look("listed", "people.whereabouts") == "People: whereabouts"
    assert saying.look("listed", "measures.crimes.gone") == "Measures: crimes.gone"


def test_nothing_is_called_twice() -> None:
    """Two rooms that call one kind of look differently are found out when they are loaded."""
    with pytest.raises(ValueError, match=r"people\.gaps"):
        reading.called({"people.gaps": "Something else"})
