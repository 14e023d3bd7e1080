"""The role matrix: which role opens which page and runs which command."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from watchward.config.api import routes
from watchward.config.docs.tables import table
from watchward.foundation.access.roles import roles
from watchward.foundation.commands import all_commands
from watchward.foundation.ui.doors import OUTSIDE


@dataclass(frozen=True)
class Page:
    """One URL of the house."""

    name: str
    pattern: str
    view: Any

    @property
    def needs(self) -> str | None:
        """The permission that it takes, None where being signed in is enough.

        Raises:
            LookupError: nobody has said.
        """
        if not hasattr(self.view, "needs"):
            raise LookupError(f"{self.name or self.pattern} does not say who may open it")
        needs: str | None = self.view.needs
        return needs


def every_page() -> list[Page]:
    """Return every URL by name."""
    return sorted(_walk(get_resolver().url_patterns, "", ""), key=lambda page: (page.name, page.pattern))


def _walk(patterns: Any, prefix: str, space: str) -> Iterator[Page]:
    for entry in patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver) and entry.namespace == "api":
            continue  # its routes have scopes, and a list of their own
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry.url_patterns, pattern, inner)
        elif isinstance(entry, URLPattern):
            yield Page(f"{space}{entry.name or ''}", pattern, entry.callback)


def _may(needs: str | None) -> list[str]:
    if needs == OUTSIDE:
        return ["yes"] * len(roles())
    return ["yes" if needs is None or needs in role.permissions else "" for role in roles().values()]


def _lent(needs: tuple[str, ...]) -> list[str]:
    return ["yes" if role.permissions.issuperset(needs) else "" for role in roles().values()]


def pages() -> Iterator[tuple[str, str]]:
    """Return the matrix's page."""
    heads = tuple(role.name for role in roles().values())
    urls = [(page.name, f"`/{page.pattern}`", page.needs or "signed in", *_may(page.needs)) for page in every_page()]
    commands = [
        (name, (command.__doc__ or "").strip().split("\n")[0], command.needs or "signed in", *_may(command.needs))
        for name, command in sorted(all_commands.items())
    ]
    text = "# Who may do what\n\n## Pages\n\n" + table(("Page", "URL", "Needs", *heads), urls)
    machines = [
        (f"`{route.method} {route.path}`", route.says, ", ".join(route.needs) or "any client", *_lent(route.needs))
        for route in routes()
    ]
    text += "\n## Routes of the API\n\nA client of another system holds the scopes that its owner lent it, "
    text += "and no more than its owner holds that day. The columns say what each role can lend, "
    text += "where its holder may keep clients.\n\n"
    text += table(("Route", "What it does", "Scope", *heads), machines)
    text += "\n## Commands\n\n" + table(("Command", "What it does", "Needs", *heads), commands)
    yield "roles/matrix.md", text
