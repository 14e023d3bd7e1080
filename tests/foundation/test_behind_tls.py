"""Behind a proxy that speaks TLS: secure cookies and HSTS; its header is believed only where the force said so."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from watchward.foundation.database.home import ROOT

pytestmark = pytest.mark.django_db(transaction=True)

ASKS = """
import json, sys, django
django.setup()
from django.test import Client
for headers in json.loads(sys.argv[1]):
    answer = Client(headers=headers).get("/my-work/")
    cookies = {name: [bool(one["secure"]), bool(one["httponly"]), one["samesite"], one["path"], one["domain"]]
               for name, one in answer.cookies.items()}
    print(json.dumps({"status": answer.status_code, "headers": dict(answer.headers), "cookies": cookies}))
"""


def asked(*headers: dict[str, str], **environment: str) -> list[dict[str, Any]]:
    """Return what a process with this environment answers to requests with these headers, one after the other."""
    given = {**os.environ, **environment, "DJANGO_SETTINGS_MODULE": "watchward.config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", ASKS, json.dumps(headers)],
        cwd=ROOT, env=given, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_behind_tls() -> None:
    """Over it, a year of HSTS and a cookie of the host alone, out of scripts' reach; without it, only the way to it.

    A name that is not the force's gets no page, and leads nowhere.
    """
    secure, plain, other = asked(
        {"Host": "watchward.example", "X-Forwarded-Proto": "https"},
        {"Host": "watchward.example"},
        {"Host": "other.example", "X-Forwarded-Proto": "https"},
        WATCHWARD_TLS="1",
        WATCHWARD_HOSTS="watchward.example",
    )
    assert (secure["status"], secure["headers"]["Location"]) == (302, "/sign-in")
    assert secure["headers"]["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert secure["cookies"] == {"__Host-watchward": [True, True, "Lax", "/", ""]}
    assert (plain["status"], plain["headers"]["Location"]) == (301, "https://watchward.example/my-work/")
    assert plain["cookies"] == {}
    assert other["status"] == 400


def test_a_header_is_not_believed_where_nobody_said_so() -> None:
    """Anybody can write X-Forwarded-Proto: without WATCHWARD_TLS=1 it makes nothing secure."""
    (answer,) = asked({"Host": "localhost", "X-Forwarded-Proto": "https"})
    assert answer["status"] == 302
    assert "Strict-Transport-Security" not in answer["headers"]
    assert not any(secure for secure, *_rest in answer["cookies"].values())


def test_tls_without_a_host_is_refused(home: Path) -> None:
    """Behind TLS every request would be turned away: `up` says so instead of starting."""
    done = subprocess.run(
        [sys.executable, "-m", "watchward.config.cli", "up"], cwd=ROOT, capture_output=True, text=True, timeout=60,
        env={**os.environ, "WATCHWARD_HOME": str(home), "WATCHWARD_TLS": "1"}, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "WATCHWARD_HOSTS" in done.stderr
    assert not (home / "postgres").exists()


def test_every_setting_that_the_pages_name_is_one() -> None:
    """What a how-to, an example or the README tells people to set is read somewhere in the code."""
    named = re.compile(r"WATCHWARD_[A-Z_]+[A-Z]")
    texts = [ROOT / "README.md", *(ROOT / "docs" / "how-to").glob("*.md"), *(ROOT / "docs" / "examples").rglob("*.*")]
    code = "\n".join(path.read_text() for path in (ROOT / "watchward").rglob("*.py"))
    read = set(named.findall(code))
    told = {name for path in texts for name in named.findall(path.read_text())}
    assert {"WATCHWARD_TLS", "WATCHWARD_BACKUP_PASSPHRASE_FILE", "WATCHWARD_POSTGRES_BIN"} <= told
    assert not {name for name in told if name not in read and not any(each.startswith(name) for each in read)}
