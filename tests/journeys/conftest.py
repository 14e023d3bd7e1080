"""What every journey needs: a real browser, and the force's own pages served to it."""

from __future__ import annotations

from tests.demo.conftest import demonstration, loaded

__all__ = ["demonstration", "loaded"]
