"""The import contract holds, and each of its parts is seen to fail when the house is broken on purpose."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent

BREACHES = {
    "The bands are layered": ("watchward/kernel/breach.py", "import watchward.foundation.acting\n"),
    "The domains stand in their order": (
        "watchward/domains/places/queries.py",
        "import watchward.domains.contact.vocabulary\n",
    ),
    "Every domain is built the same way": ("watchward/domains/places/utils.py", "HELPS = True\n"),
    "Kernel, rules and words are pure": ("watchward/domains/places/vocabulary.py", "import django.db\n"),
    "Only queries, chronicle, duties, measures, commands and gates touch models": (
        "watchward/domains/places/urls.py",
        "import watchward.domains.places.models\n",
    ),
    "A domain's insides are its own": (
        "watchward/domains/contact/queries.py",
        "import watchward.domains.places.models\n",
    ),
}


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    """Run the contracts over a tree."""
    return subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"],
        cwd=root,
        env={"PYTHONPATH": str(root), "PATH": "/usr/bin:/bin", "NO_COLOR": "1", "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the house to break."""
    root = tmp_path_factory.mktemp("house")
    ignore = shutil.ignore_patterns("__pycache__", "node_modules")
    shutil.copytree(ROOT / "watchward", root / "watchward", ignore=ignore)
    (root / "tests" / "architecture").mkdir(parents=True)
    for name in ("tests/__init__.py", "tests/architecture/__init__.py", "tests/architecture/insides.py"):
        shutil.copy(ROOT / name, root / name)
    shutil.copy(ROOT / "pyproject.toml", root / "pyproject.toml")
    return root


def test_the_house_keeps_its_contracts() -> None:
    """Imports run downwards, domains keep their order, and nobody reaches into a domain."""
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("contract", BREACHES)
def test_a_breach_is_seen(contract: str, copy: Path) -> None:
    """Each contract fails, and by its name, when something is put where it must not be."""
    place, text = BREACHES[contract]
    path = copy / place
    before = path.read_text() if path.exists() else None
    path.write_text((before or "") + text)
    try:
        done = lint(copy)
        assert done.returncode == 1, done.stdout + done.stderr
        assert f"{contract} BROKEN" in done.stdout
    finally:
        path.write_text(before) if before is not None else path.unlink()
