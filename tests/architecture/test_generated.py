"""Generated pages are those of today's house, and every URL, command and mark stands in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from watchward.config.docs.cli import DOCS, generated
from watchward.config.docs.coverage import coverage
from watchward.config.docs.law import every_lifecycle
from watchward.config.docs.roles import every_page
from watchward.foundation.access.roles import every_permission, roles
from watchward.foundation.commands import all_commands
from watchward.foundation.ui.doors import OUTSIDE
from watchward.kernel.refusals import Refused


def test_what_is_generated_is_what_is_committed() -> None:
    """Run `watchward docs` after a change of law, roles, tables, pages or marks."""
    stale = [path for path, text in generated().items() if not _same(DOCS / path, text)]
    assert not stale


def _same(path: Path, text: str) -> bool:
    return path.exists() and path.read_text() == text


def test_every_url_is_in_the_role_matrix() -> None:
    """Each page says who may open it, and some role may."""
    for page in every_page():
        assert page.needs in (None, OUTSIDE) or page.needs in every_permission(), page


def test_some_role_may_run_every_command() -> None:
    """A command that nobody may run is a promise that nobody can keep."""
    for name, command in all_commands.items():
        assert command.needs is None or command.needs in every_permission(), name


def test_every_role_has_its_home() -> None:
    """Each role starts its day on a page that it may open."""
    pages = {page.name: page for page in every_page()}
    for role in roles().values():
        if role.key != "machinery":
            needs = pages[role.home].needs
            assert needs is None or needs in role.permissions, role.key


def test_the_coverage_names_all_309_rows() -> None:
    """The requirements are carried in whole, and each mark names a row."""
    rows = coverage()
    assert len(rows) == len({row.id for row in rows}) == 309


@pytest.mark.parametrize("cycle", every_lifecycle(), ids=lambda cycle: cycle.title)
def test_every_lifecycle_from_every_state(cycle) -> None:  # type: ignore[no-untyped-def]
    """From each state, each verb either leads somewhere or is refused in words."""
    verbs = {verb for _before, verb, _after in cycle.moves}
    for state in cycle.states:
        for verb in verbs:
            reasons = cycle.why_not(state, verb)
            if reasons:
                assert all(reason.words for reason in reasons)
                with pytest.raises(Refused):
                    cycle.after(state, verb)
            else:
                assert cycle.after(state, verb) in cycle.states
