"""What an installation is told by its environment: everything that is wrong with it is said at once, in words."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

import watchward
from tests.foundation.test_cli import watchward as run
from watchward.config import environment
from watchward.config.environment import SETTINGS, faults, in_force

HOUSE = Path(watchward.__file__).parent


def test_every_setting_that_is_read_is_told() -> None:
    """No line of ours reads a setting that the table does not name, and the table names none that nobody reads."""
    texts = [path.read_text() for path in HOUSE.rglob("*.py") if path != Path(environment.__file__)]
    read = {name for text in texts for name in re.findall(r"\bWATCHWARD_[A-Z][A-Z_]*[A-Z]\b", text)}
    told = {setting.name for setting in SETTINGS}
    passwords = {name for name in told if name.startswith("WATCHWARD_DATABASE_PASSWORD_")}
    of_django = {name for name in dir(settings) if name.startswith("WATCHWARD_")}
    assert read - told - environment._OURS - of_django <= {"WATCHWARD_DATABASE_PASSWORD"}
    assert told - passwords <= read


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("WATCHWARD_PORT", "eighty", "a whole number from 1 to 65535"),
        ("WATCHWARD_PORT", "٨٠", "a whole number"),
        ("WATCHWARD_PORTAL_PORT", "70000", "a whole number from 1 to 65535"),
        ("WATCHWARD_IDLE_MINUTES", "0", "a whole number from 1 to 1440"),
        ("WATCHWARD_TLS", "yes", "must be 0 or 1"),
        ("WATCHWARD_LOG", "loud", "DEBUG or INFO"),
        ("WATCHWARD_LOG_FORM", "xml", "plain or json"),
        ("WATCHWARD_HOSTS", "https://force.example", "without https://"),
        ("WATCHWARD_HOSTS", "force.example,,other.example", "names of hosts alone"),
        ("WATCHWARD_DATABASE_URL", "mysql://force.example/x", "must begin with postgresql:// or postgres://"),
        ("WATCHWARD_DATABASE_URL", "postgresql://[::1", "cannot be read as an address"),
        ("WATCHWARD_BACKUP_PASSPHRASE_FILE", "no-such-file-anywhere", "names no file"),
        ("WATCHWARD_TELEMETRY", "otlp,statsd", "takes otlp and prometheus"),
    ],
)
def test_a_fault_says_what_is_taken(name: str, value: str, words: str) -> None:
    """Each fault names its setting and says what would do."""
    (fault,) = faults({name: value})
    assert fault.startswith(name)
    assert words in fault


def test_all_faults_at_once() -> None:
    """Whoever set three things wrongly is told of three, not of the first."""
    wrong = faults({"WATCHWARD_PORT": "x", "WATCHWARD_TLS": "on", "WATCHWARD_TSL": "1"})
    assert [words.split()[0] for words in wrong] == ["WATCHWARD_PORT", "WATCHWARD_TLS", "WATCHWARD_TSL"]
    assert wrong[2] == "WATCHWARD_TSL is no setting: is WATCHWARD_TLS meant?"


def test_a_name_that_is_like_none_of_ours_is_left_alone() -> None:
    """What another tool keeps under our prefix is no fault, nor are our own words between processes."""
    assert faults({"WATCHWARD_DEPLOYED_BY_TICKET": "7", "WATCHWARD_ROLE": "owner", "WATCHWARD_RESTORING": "1"}) == []


@pytest.mark.parametrize("name", [setting.name for setting in SETTINGS])
def test_an_empty_value_is_as_good_as_none(name: str) -> None:
    """A line of a settings file with nothing after its sign leaves what holds otherwise."""
    assert faults({name: ""}) == []


@given(
    st.sampled_from([s.name for s in SETTINGS if s.secret]),
    st.sampled_from(
        ["{}", "postgresql://force:{}@db.example/watchward", "postgresql://force:{}\u2100@db.example/watchward"]
    ),
    st.from_regex(r"[a-zA-Z0-9%]{8,40}", fullmatch=True).map("Qx9{}7zK".format),
)
def test_a_secret_is_never_shown(name: str, form: str, secret: str) -> None:
    """Neither the list of settings nor a fault repeats what is secret, even where it stands within an address."""
    value = form.format(secret)
    assert secret not in " ".join(faults({name: value}))
    assert secret not in " ".join(shown for _setting, shown, _given in in_force({name: value}))
    assert (name, "given") in [(setting.name, shown) for setting, shown, _given in in_force({name: value})]


def test_the_command_line_says_what_is_wrong_before_anything_is_begun(tmp_path: Path) -> None:
    """A command is refused with every fault; the list of settings is shown all the same, for whoever mends them."""
    wrong = {"WATCHWARD_HOME": str(tmp_path), "WATCHWARD_PORT": "x", "WATCHWARD_LOG_FORM": "xml"}
    done = run("migrate", **wrong)
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "watchward: WATCHWARD_PORT must be a whole number from 1 to 65535; it is 'x'.",
        "watchward: WATCHWARD_LOG_FORM must be plain or json; it is 'xml'.",
    ]
    assert not list(tmp_path.iterdir())
    listed = run("settings", "--json", **wrong)
    assert listed.returncode == 1
    said = json.loads(listed.stdout)
    assert len(said["faults"]) == 2
    assert {"name": "WATCHWARD_PORT", "value": "x", "given": True} in [
        {key: each[key] for key in ("name", "value", "given")} for each in said["settings"]
    ]
