"""The files that browsers fetch: collected under hashed names whenever what was built has changed."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from watchward.foundation.database import home_directory
from watchward.foundation.database.home import ROOT
from watchward.kernel.refusals import Refused

BUILT = ROOT / "build" / "assets"


def collect(home: Path | None = None) -> bool:
    """Collect the built files into the home if they have changed, and say whether they had.

    Raises Refused when nothing has been built.
    """
    into = (home or home_directory()) / "static"
    if not BUILT.is_dir():
        raise Refused("The pages' styles and scripts have not been built. Run `make assets`.")
    digest, stamp = _digest(), into.with_name("static.of")
    if into.is_dir() and stamp.exists() and stamp.read_text() == digest:
        return False
    shutil.rmtree(into, ignore_errors=True)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "watchward.config.settings",
        "WATCHWARD_HOME": str(into.parent),
    }
    django = [sys.executable, "-m", "django", "collectstatic", "--noinput", "-v0"]
    collected = subprocess.run(django, env=environment, cwd=ROOT, check=False, capture_output=True, text=True)
    if collected.returncode != 0:
        raise Refused(f"The pages' styles and scripts could not be collected. {collected.stderr[-2000:].strip()}")
    stamp.write_text(digest)
    return True


def _digest() -> str:
    whole = hashlib.sha256()
    for file in sorted(BUILT.rglob("*")):
        if file.is_file():
            whole.update(f"{file.relative_to(BUILT)}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()
