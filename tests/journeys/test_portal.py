"""Somebody outside the force comes to the portal's host, on a desk or a phone, with scripts or without."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import picture
from tests.journeys.looks import assert_accessible, assert_fits, nothing_in_the_console
from tests.settings import TEST_HOME
from watchward.foundation.database.home import ROOT
from watchward.foundation.supervisor import die_with

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def address(django_db_setup: None) -> Iterator[str]:
    """The portal's process, as the supervisor starts it; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "watchward.config.portal", "WATCHWARD_ROLE": "portal",
        "WATCHWARD_HOME": str(TEST_HOME),
    }  # fmt: skip
    gunicorn = ["-m", "gunicorn", "watchward.config.portal_wsgi", "--bind", f"127.0.0.1:{port}", "--no-control-socket"]
    process = subprocess.Popen(
        [sys.executable, *gunicorn], cwd=ROOT, env=environment, preexec_fn=die_with(os.getpid()),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        limit = time.monotonic() + 120
        while not _answers(port):
            assert process.poll() is None
            assert time.monotonic() < limit
            time.sleep(0.1)
        yield f"http://portal.localhost:{port}"
    finally:
        process.terminate()
        process.wait()


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/", headers={"Host": "portal.localhost"})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def test_the_front_page_can_be_read_by_everybody(browser: Browser, address: str) -> None:
    """Nothing for axe, no sideways scroll, nothing in the console, and no cookie."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    with nothing_in_the_console(page):
        page.goto(f"{address}/")
        assert page.get_by_role("heading", level=1).inner_text() == "For the public and partners"
        assert_accessible(page)
        assert_fits(page, widths=(320, 375, 801, 1280))
    picture(page, "portal")
    assert context.cookies() == []
    context.close()
