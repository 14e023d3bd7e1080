"""Who acts, when and why; and the force's clock, which runs, stops and goes on."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import RFC_4122, uuid4

import pytest
import time_machine

from watchward.foundation import acting
from watchward.foundation.acting import Acting, Task

START = datetime(2019, 7, 1, 6, 45, tzinfo=UTC)
TRUE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def _own_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = acting._Offset()
    fresh.path = tmp_path / "clock.json"
    monkeypatch.setattr(acting, "_offset", fresh)


@pytest.mark.usefixtures("_own_clock")
class TestTheClock:
    """The force's time is true time, or a demonstration's that runs from where it was set."""

    def test_without_a_demonstration_it_is_true_time(self) -> None:
        """Nothing noted: the force's clock is the true one."""
        with time_machine.travel(TRUE, tick=False):
            assert acting.now() == acting.real_now() == TRUE

    def test_set_it_runs_on(self) -> None:
        """Set to a Monday morning in 2019 it goes on second by second; true time is untouched."""
        with time_machine.travel(TRUE, tick=False) as clock:
            acting.set_clock(START)
            clock.shift(timedelta(minutes=90))
            assert acting.now() == START + timedelta(minutes=90)
            assert acting.real_now() == TRUE + timedelta(minutes=90)

    def test_stopped_for_a_week_it_goes_on_where_it_was(self) -> None:
        """The last note before the stop is where it goes on: a week away is no week in the story."""
        with time_machine.travel(TRUE, tick=False) as clock:
            acting.set_clock(START)
            clock.shift(timedelta(hours=2))
            acting.keep_clock()
            clock.shift(timedelta(days=7))
            acting.resume_clock()
            assert acting.now() == START + timedelta(hours=2)
            clock.shift(timedelta(minutes=1))
            assert acting.now() == START + timedelta(hours=2, minutes=1)

    def test_keeping_and_resuming_begin_nothing(self) -> None:
        """Where no demonstration was set, neither makes one."""
        acting.keep_clock()
        acting.resume_clock()
        assert not acting._offset.path.exists()

    def test_a_note_that_is_being_written_does_not_stop_the_clock(self) -> None:
        """Half a file keeps the last good value."""
        with time_machine.travel(TRUE, tick=False):
            acting.set_clock(START)
            assert acting.now() == START
            acting._offset.path.write_text('{"offs')
            assert acting.now() == START

    def test_all_processes_agree(self, tmp_path: Path) -> None:
        """Another process reads the same time from the same home."""
        acting.set_clock(START)
        code = (
            "from pathlib import Path; import sys; from watchward.foundation import acting\n"
            "acting._offset.path = Path(sys.argv[1]); print(acting.now().isoformat())"
        )
        root = Path(__file__).resolve().parents[2]
        asked = [sys.executable, "-c", code, str(tmp_path / "clock.json")]
        said = subprocess.run(asked, cwd=root, capture_output=True, text=True, check=True)
        there = datetime.fromisoformat(said.stdout.strip())
        assert abs(there - acting.now()) < timedelta(seconds=10)


def test_a_moment_needs_its_zone() -> None:
    """A naive time is refused at the edge."""
    with pytest.raises(ValueError, match="time zone"):
        Acting(account=uuid4(), name="x", at=datetime(2019, 7, 1, 7, 45))  # noqa: DTZ001


def test_the_purpose_in_words() -> None:
    """The task in hand, the purpose given, or both."""
    someone = Acting(account=uuid4(), name="x", at=START)
    task = Task("call", uuid4(), "taking call C-190701-0112")
    assert someone.why() == ""
    assert someone.with_task(task).why() == "taking call C-190701-0112"
    assert someone.for_purpose("looking for her").with_task(task).why() == "looking for her: taking call C-190701-0112"


def test_identifiers_sort_by_time_and_do_not_meet() -> None:
    """Version 7 of RFC 9562: later ones sort later, and ten thousand of one moment are all different."""
    with time_machine.travel(TRUE, tick=False) as clock:
        first = {acting.fresh_id() for _ in range(10_000)}
        clock.shift(timedelta(milliseconds=1))
        later = acting.fresh_id()
    assert len(first) == 10_000
    assert max(first) < later
    assert {(one.version, one.variant) for one in first} == {(7, RFC_4122)}
