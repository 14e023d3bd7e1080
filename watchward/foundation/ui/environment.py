"""The Jinja environment of every page: GOV.UK macros, our own parts, and words for times and counts."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from jinja2 import BaseLoader, ChainableUndefined, Environment, PackageLoader, PrefixLoader, StrictUndefined
from jinja2.runtime import Macro
from markupsafe import Markup, escape

from watchward.foundation.ui import words
from watchward.foundation.ui.parts import Link, Said, Soft, State, Strong

GOVUK = (
    "accordion", "back-link", "breadcrumbs", "button", "character-count", "checkboxes", "cookie-banner", "date-input",
    "details", "error-message", "error-summary", "exit-this-page", "fieldset", "file-upload", "footer",
    "generic-header", "header", "hint", "input", "inset-text", "label", "notification-banner", "pagination", "panel",
    "password-input", "phase-banner", "radios", "select", "service-navigation", "skip-link", "summary-list",
    "table", "tabs", "tag", "task-list", "textarea", "warning-text",
)  # fmt: skip
PARTS = {
    "people": ("guess", "why", "ident", "hand", "mark", "marks"),
    "response": ("thrive", "grade", "clock", "row", "log", "log_add", "tick", "sums"),
    "work": ("duty", "duties", "ledger", "line", "lines", "spark", "trend", "table"),
    "words": (
        "state",
        "key",
        "head",
        "matters",
        "button",
        "buttons",
        "empty",
        "shortcuts",
        "told",
        "tabs",
        "both",
        "more",
    ),
    "fields": ("field", "errors", "refused", "hidden"),
}


class LazyMacro:
    """A macro that is compiled when it is first called, so that starting a process costs nothing."""

    def __init__(self, environment: Environment, template: str, name: str) -> None:
        self._find: Callable[[], Macro] = cache(lambda: getattr(environment.get_template(template).module, name))

    def __call__(self, *args: Any, **kwargs: Any) -> Markup:
        return Markup(self._find()(*args, **kwargs))  # noqa: S704  a macro's own output, escaped where it was made


class Parts:
    """Our own parts by name, as ``ww.duty(row)``: one name, so that no part hides behind a variable of a page."""

    def __init__(self, macros: dict[str, LazyMacro]) -> None:
        self.__dict__.update(macros)


def _camel(name: str) -> str:
    return "govuk" + "".join(word.capitalize() for word in name.split("-"))


def said(sentence: Said) -> Markup:
    """Return a sentence with its pieces that stand out, everything in it escaped."""
    if isinstance(sentence, tuple):
        return Markup("").join(said(piece) for piece in sentence)
    if isinstance(sentence, Strong):
        return Markup("<b>{}</b>").format(sentence.words)
    if isinstance(sentence, Soft):
        return Markup('<span class="ww-soft">{}</span>').format(sentence.words)
    if isinstance(sentence, Link):
        besides = (
            Markup('<span class="govuk-visually-hidden">: {}</span>').format(sentence.about) if sentence.about else ""
        )
        return Markup('<a href="{}">{}{}</a>').format(sentence.url, sentence.words, besides)
    if isinstance(sentence, State):
        return Markup('<span class="ww-state ww-state--{} ww-state--small">{}</span>').format(
            sentence.tone, sentence.word
        )
    return escape(sentence)


_ACCESS_KEY = re.compile(r'\saccesskey="[^"]*"')


def without_keys(page: Markup) -> Markup:
    """Return part of a page without its access keys, for a person who has turned shortcuts off.

    What people typed cannot be touched by it: their quotation marks are escaped.
    """
    return Markup(_ACCESS_KEY.sub("", page))  # noqa: S704  only takes away


def static(path: str) -> str:
    """Return the address of one of our own files."""
    from django.templatetags.static import static as address

    return address(path)


def url(name: str, *args: object, **kwargs: object) -> str:
    """Return the address of a page by its name.

    Raises:
        NoReverseMatch: when no page has that name.
    """
    from django.urls import reverse

    return reverse(name, args=args, kwargs=kwargs)


def environment(*, loader: BaseLoader, **options: Any) -> Environment:
    """Return the environment, as Django's Jinja backend asks for it."""
    options["autoescape"] = True
    options["undefined"] = StrictUndefined  # a page that lacks a fact must fail in a test, not show a gap
    made = Environment(  # noqa: S701  set above
        loader=loader,
        trim_blocks=True,
        lstrip_blocks=True,
        **options,
    )
    # GOV.UK's macros ask for many things that nobody gave them, which only an environment of their own may forgive.
    govuk = Environment(
        loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        autoescape=True,
        undefined=ChainableUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    for name in GOVUK:
        macro = f"govuk_frontend_jinja/components/{name}/macro.html"
        made.globals[_camel(name)] = LazyMacro(govuk, macro, _camel(name))
    made.globals["ww"] = Parts(
        {name: LazyMacro(made, f"ui/parts/{file}.html", name) for file, names in PARTS.items() for name in names}
    )
    made.globals.update(static=static, url=url)
    shown: Sequence[Callable[..., str]] = (
        words.clock, words.hm, words.short_day, words.day, words.day_year, words.long_day, words.moment, words.stamp,
        words.recent, words.due, words.machine, words.lasting, words.running, words.since, words.left, words.ordinal,
        words.times, words.counted, words.listed, said, without_keys,
    )  # fmt: skip
    made.filters.update({each.__name__: each for each in shown})
    return made


def render_block(made: Environment, template: str, block: str, context: dict[str, Any]) -> str:
    """Return one block of a page, to replace a part of it without sending the rest.

    Raises:
        KeyError: when the page has no such block.
    """
    page = made.get_template(template)
    return "".join(page.blocks[block](page.new_context(context)))
