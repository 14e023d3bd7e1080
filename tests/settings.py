"""The settings of the tests: those of the force, in a home of their own.

pytest reads the settings before any conftest.py, so the environment is set here.
"""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TEST_HOME = Path(os.environ.get("WATCHWARD_TEST_HOME") or ROOT / "var" / "test").absolute()

for _name in [name for name in os.environ if name.startswith("WATCHWARD_") and not name.startswith("WATCHWARD_TEST_")]:
    del os.environ[_name]  # what a developer's shell says about the force's own home must not reach the tests
os.environ["WATCHWARD_HOME"] = str(TEST_HOME)
os.environ["WATCHWARD_ROLE"] = "app"

from watchward.config.settings import *  # noqa: E402, F403
from watchward.config.settings import STATICFILES_DIRS, STORAGES  # noqa: E402
from watchward.config.static import BUILT  # noqa: E402

if not BUILT.is_dir():  # rules and commands can be tested before `make assets`; a page's own test needs them
    STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    STATICFILES_DIRS = []
    (TEST_HOME / "static").mkdir(parents=True, exist_ok=True)
