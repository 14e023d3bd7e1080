"""The tests' own Monday, in a demonstration."""

from __future__ import annotations

from typing import Any

import pytest

from tests import factories
from watchward.foundation.access import middleware


@pytest.fixture(autouse=True)
def _at_the_tests_own_time(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.DEMO = True
    monkeypatch.setattr(middleware, "now", lambda: factories.NOW)
