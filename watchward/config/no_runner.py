"""Django's own test command is not used."""

from __future__ import annotations

import sys
from typing import Any


class UsePytest:
    """Stands where Django expects its runner, and names ours."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        pass

    def run_tests(self, *arguments: Any, **settings: Any) -> int:
        """Return a failure, because the tests need the database that pytest's configuration prepares."""
        print("Run `make test`, or pytest.", file=sys.stderr)
        return 1
