"""How the installation runs: alive, ready, how long its pages take, and what somebody must see to."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import ceil
from pathlib import Path

import pytest
from django.db import connection, connections
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

from tests import factories
from tests.domains.signed_in import client_of
from watchward.foundation.access.context import within
from watchward.foundation.running import health, pages, queries, timing
from watchward.foundation.running.standing import Queue, Standing
from watchward.foundation.running.timing import Page, Timing


def asked(path: str, *, method: str = "GET") -> tuple[str, dict[str, object]] | None:
    """Ask as a watcher does, without a host, a cookie or a database of ours."""
    said: list[str] = []
    body = health.answer({"PATH_INFO": path, "REQUEST_METHOD": method}, lambda status, _headers: said.append(status))
    return None if body is None else (said[0], json.loads(b"".join(body) or b"{}"))


@pytest.fixture
def away(tmp_path: Path, django_db_blocker: DjangoDbBlocker, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let every connection fail, as it does when no server listens."""
    with django_db_blocker.unblock():
        connections["default"].close()
        monkeypatch.setitem(connections["default"].settings_dict, "HOST", str(tmp_path))
        yield
        connections["default"].close()


class TestWatchers:
    """What a load balancer or a watchman is told."""

    def test_alive_without_a_database(self, away: None) -> None:
        """A process lives even where its database is away, and is not ready."""
        assert asked("/health") == ("200 OK", {"health": True, "reasons": []})
        assert asked("/ready") == (
            "503 Service Unavailable", {"ready": False, "reasons": ["The database does not answer."]}
        )  # fmt: skip

    @pytest.mark.django_db
    def test_ready(self) -> None:
        """With its database and its tables it is ready; a HEAD is answered without a body."""
        assert asked("/ready") == ("200 OK", {"ready": True, "reasons": []})
        assert asked("/ready", method="HEAD") == ("200 OK", {})
        assert asked("/my-work/") is None
        assert asked("/ready", method="POST") is None

    @pytest.mark.django_db
    def test_tables_that_are_not_up_to_date(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A process of a newer version than the tables says what to do."""
        monkeypatch.setattr(health, "_migrated", False)
        with connection.cursor() as cursor:
            cursor.execute("select set_config('search_path', 'pg_temp', true)")
        assert asked("/ready") == (
            "503 Service Unavailable",
            {"ready": False, "reasons": ["The tables are not up to date: run `watchward migrate`."]},
        )


class TestTiming:
    """How long pages take, whatever process answered."""

    @given(st.lists(st.floats(0.0001, 100), min_size=1, max_size=200), st.floats(0.01, 1))
    def test_a_centile_is_right_to_within_one_class(self, durations: list[float], share: float) -> None:
        """It is not less than the true one, and not more than a fifth above it."""
        page = Page(0, 0, 0.0, 0.0, {})
        for seconds in durations:
            page.add(Page(1, 0, seconds, seconds, {timing.class_of(seconds): 1}))
        true = sorted(durations)[max(0, ceil(share * len(durations)) - 1)]
        assert true * (1 - 1e-6) <= page.centile(share) <= max(true, timing.SHORTEST) * timing.STEP * (1 + 1e-6)
        assert (page.looks, page.longest) == (len(durations), max(durations))

    def test_processes_are_read_together_and_the_dead_are_forgotten(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Two that live are added up; the file of one that has ended goes."""
        monkeypatch.setattr(timing, "EVERY", 0.0)
        mine = Timing(tmp_path)
        for seconds, failed in ((0.010, False), (0.020, False), (0.500, True)):
            mine.count("work:mine", seconds, failed=failed)
        other = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
        folder = tmp_path / timing.FOLDER
        (folder / f"{other.pid}.json").write_text((folder / f"{os.getpid()}.json").read_text())
        found = timing.pages(tmp_path)["work:mine"]
        assert (found.looks, found.failed, found.longest) == (6, 2, 0.5)
        other.communicate(b"\n")
        found = timing.pages(tmp_path)["work:mine"]
        assert (found.looks, found.failed) == (3, 1)
        assert [path.stem for path in folder.iterdir()] == [str(os.getpid())]

    def test_a_disk_that_is_full_fails_no_page(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where the file cannot be written the look is counted, and nobody notices."""
        monkeypatch.setattr(timing, "EVERY", 0.0)
        (tmp_path / timing.FOLDER).write_text("in the way")
        Timing(tmp_path).count("work:mine", 0.01, failed=False)


@pytest.mark.django_db
class TestThePage:
    """What an administrator is told, and nobody else."""

    def test_who_may_see_it(self) -> None:
        """It is for whoever keeps it running; names of pages and of work, and nobody's."""
        assert client_of(factories.officer("sergeant")).get("/running/").status_code == 403
        answer = client_of(factories.officer("administrator")).get("/running/")
        assert answer.status_code == 200
        text = answer.content.decode()
        assert "The slowest pages" in text
        assert "No worker has given a sign of life" in text

    def test_what_needs_somebody(self) -> None:
        """Each thing that is amiss is said in words; where nothing is, nothing is said."""
        acting = factories.officer("administrator")
        with within(acting):
            found = queries.running(acting)
        at = datetime(2026, 1, 5, 12, tzinfo=UTC)
        stands = Standing(at, Queue(0, None, 1, (), 1), (at - timedelta(seconds=2), 9), 1, (5, 100), (50, 100))
        well = replace(found, stands=stands)
        assert pages.status(well).wrong == ()
        for change, words in (
            ({"queue": Queue(0, None, 0, (), 0)}, "No worker has given a sign of life"),
            ({"queue": Queue(3, at - timedelta(minutes=7), 0, (), 1)}, "Background work has waited for 7 min"),
            ({"queue": Queue(0, None, 0, (("duties.count", 2),), 1)}, "2 jobs of the background failed"),
            ({"sealed": (at - timedelta(minutes=6), 9)}, "The log has not been sealed"),
            ({"sealed": None}, "The log has not been sealed"),
            ({"free_bytes": (9, 100)}, "Less than 10% of the disk is free"),
            ({"connections": (95, 100)}, "95 of 100 connections"),
        ):
            (said,) = pages.status(replace(well, stands=replace(stands, **change))).wrong
            assert said.startswith(words), said
