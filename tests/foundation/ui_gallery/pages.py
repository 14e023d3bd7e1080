"""Every invented page, rendered without a database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from tests.foundation.ui_gallery import board, contact, forms, work
from tests.foundation.ui_gallery.alone import alone
from watchward.foundation.ui.environment import environment

HERE = Path(__file__).parent
TEMPLATES = HERE.parent.parent.parent / "watchward" / "foundation" / "ui" / "templates"


def made() -> Environment:
    """Return the real environment over the real templates and the gallery's own, with plain addresses for files."""
    environment_ = environment(loader=FileSystemLoader([TEMPLATES, HERE / "templates"]))
    environment_.globals["static"] = lambda path: f"/static/{path}"
    return environment_


def pages(using: Environment | None = None) -> dict[str, str]:
    """Return every page by the name of its address."""
    shown: dict[str, tuple[str, dict[str, Any]]] = {
        "contact": ("gallery/contact.html", contact.busy()),
        "contact-quiet": ("gallery/contact.html", contact.quiet()),
        "my-work": ("gallery/my_work.html", work.my_work()),
        "board": ("gallery/board.html", board.board()),
        "profile": ("gallery/profile.html", work.profile()),
        "briefing": ("gallery/briefing.html", work.briefing()),
        "form": ("gallery/form.html", forms.wrong()),
        "form-portal": ("gallery/form.html", forms.portal()),
        **alone(),
    }
    using = using or made()
    return {name: using.get_template(template).render(context) for name, (template, context) in shown.items()}
