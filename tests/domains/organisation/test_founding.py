"""A real force's start: one file, every fault at once with its line, nothing half done, and twice changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.settings import ROOT
from watchward.config.cli import parser
from watchward.config.door import Door
from watchward.config.start import keep_up_policies, take_up_policies
from watchward.domains.organisation import commands, queries
from watchward.domains.organisation.forms import read_plan, where_in
from watchward.domains.organisation.rules import THRIVE_COUNTS_FOR, expires_on
from watchward.domains.organisation.vocabulary import Plan
from watchward.foundation import confirming
from watchward.foundation.access import queries as access
from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting
from watchward.foundation.audit.models import Change
from watchward.foundation.jobs import carry_out
from watchward.kernel.dated import confirm
from watchward.kernel.periods import Months
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db

EXAMPLE = ROOT / "docs" / "examples" / "marlshire.toml"
ON = date(2019, 7, 1)


@pytest.fixture(autouse=True)
def _no_policies_stay() -> Iterator[None]:
    yield
    confirm({})


def plan_of(text: str) -> Plan:
    """Return the plan of a file without faults of form."""
    plan, faults = read_plan(text)
    assert not faults
    return plan


def faults_of(text: str, acting: Acting) -> dict[str, str]:
    """Return what is wrong with a file: where, and the words."""
    plan, faults = read_plan(text)
    found = (*faults, *commands.why_not_found(acting, plan=plan))
    return {where_in(plan, fault.field): fault.words for fault in reversed(found)}


def test_the_worked_example_founds_a_force() -> None:
    """Areas, teams with those above them, people with posts and roles, and policies stand as the file says."""
    with within(factories.machinery()) as acting:
        commands.found(acting, plan=plan_of(EXAMPLE.read_text()))
        force = queries.force(acting)
        assert force is not None
        assert force.name == "Marlshire Constabulary"
        assert [area.key for area in queries.areas(acting, on=ON)] == ["moorlands", "city"]
        teams = {team.name: team for team in queries.teams(acting, on=ON)}
        assert teams["Response, the city"].above == teams["Response"].number
        assert teams["Response, the city"].supervisors == ("Sgt Marian Lowe",)
        assert teams["Control room"].posts == 40
        people = {one.username: one for one in access.accounts(acting)}
        okafor = access.acting_as(people["g.okafor"].pk, at=factories.NOW)
        assert okafor.roles == {"administrator", "force-incident-manager"}
        assert teams["Response, the city"].number in okafor.supervises  # by way of the team above it
        held = queries.officer_of(acting, account=people["m.lowe"].pk, on=ON)
        assert held is not None
        assert (held.rank, held.collar_number, held.area and held.area.key) == ("Sergeant", "1127", "city")


def test_the_same_file_again_changes_nothing() -> None:
    """Not one row is written the second time, remarks and blanks in the file or not."""
    with within(factories.machinery()) as acting:
        commands.found(acting, plan=plan_of(EXAMPLE.read_text()))
    with within(factories.machinery()) as acting:
        before = Change.objects.count()
        commands.found(acting, plan=plan_of("# a remark\n\n" + EXAMPLE.read_text()))
        assert Change.objects.count() == before


def test_another_file_is_refused_where_a_force_stands() -> None:
    """What has changed since the start is changed on the pages: a second start would undo it."""
    text = EXAMPLE.read_text()
    with within(factories.machinery()) as acting:
        commands.found(acting, plan=plan_of(text))
        with pytest.raises(Refused, match="holds Marlshire Constabulary, founded on 1 July 2019 from another file"):
            commands.found(acting, plan=plan_of(text.replace("posts = 40", "posts = 41")))
        team = queries.team(acting, number=access.team(acting, key="control-room").number, on=ON)
        assert team.posts == 40


def test_a_home_with_accounts_of_another_kind_is_refused() -> None:
    """The demonstration, or whatever else stands there, is not mixed with a real force."""
    factories.officer("sergeant")
    with within(factories.machinery()) as acting:
        with pytest.raises(Refused, match="such as the demonstration"):
            commands.found(acting, plan=plan_of(EXAMPLE.read_text()))
        assert queries.force(acting) is None


FAULTS = (
    ('name = "Marlshire Constabulary"', "", "line 4, force.name", "It needs its name."),
    ("since = 2019-04-01 ", 'since = "April" ', "line 6, force.since", "Write a day such as 2026-04-01"),
    ('["E06000021"]', '["Stoke"]', "line 12, areas[0].districts", "Stoke is no code of a district"),
    ('parent = "response"', 'parent = "respons"', "line 33, teams[2].parent", "There is no team respons."),
    ('area = "city"\nposts', 'ares = "city"\nposts', "line 35, teams[2].ares", "It has no word ares; its words are"),
    ("posts = 24", 'posts = "many"', "line 36, teams[2].posts", "This is a whole number."),
    ('rank = "Inspector"', 'rank = "Commodore"', "line 67, people[2].rank", "A rank is one of"),
    ('"1127"', '"2214"', "line 74, people[3].collar_number", "2214 stands twice"),
    ('["sergeant"]', '["sargeant"]', "line 77, people[3].roles", "There is no role sargeant."),
    ('"24 months"', '"two years"', "line 85, policies[0].value", "How long THRIVE training counts: it takes a length"),
    ('"Review of markers on people"', '"Review of all"', "line 89, policies[1].title", "There is no policy called"),
)
"""What is written otherwise in the example; then on which line and at which place that is said, and how it begins."""


def test_every_fault_is_said_at_once_with_its_line() -> None:
    """Eleven mistakes in one file are eleven lines of the answer, and nothing is founded."""
    text = EXAMPLE.read_text()
    for right, wrong, _where, _words in FAULTS:
        assert right in text, right
        text = text.replace(right, wrong, 1)
    with within(factories.machinery()) as acting:
        found = faults_of(text, acting)
        for _right, _wrong, where, words in FAULTS:
            assert found.get(where, "").startswith(words), (where, found)
        assert not access.accounts(acting).exists()


@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        ('key = "response"\n', 'key = "response"\nparent = "response-city"\n', "stands under itself"),
        ('"administrator"', '"sergeant"', "Nobody could administer the force"),
        ("since = 2019-04-01 ", "since = 2031-04-01 ", "The force starts today or has started."),
        ('["E07000198", "E07000195"]', '["E07000198", "E06000021"]', "The city covers E06000021 already."),
        ('username = "i.kerr"', 'username = "d.saltram"', "d.saltram stands twice"),
        (
            'value = { urban = "15 minutes"',
            'value = { urban = "15 days"',
            "Time to be at scene: urban: it takes a length",
        ),
        ('supervises = ["standards"]', 'supervises = ["standards", "standards"]', "A team stands twice."),
        ('function = "Control room"\n', "", "Say what the team is for, beside its posts."),
    ],
)
def test_what_does_not_fit_together_is_refused(right: str, wrong: str, words: str) -> None:
    """Circles, nobody to administer, a start to come, and one thing said of two."""
    text = EXAMPLE.read_text()
    assert right in text
    with within(factories.machinery()) as acting:
        said = faults_of(text.replace(right, wrong), acting).values()
    assert any(words in each for each in said), said


def test_a_file_that_is_no_toml_says_its_line() -> None:
    """A quotation mark that is not closed."""
    with pytest.raises(Refused, match=r"This is no TOML: .*line 2"):
        read_plan('[force]\nname = "Marlshire\n')


def test_a_failure_in_the_midst_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of it is one command: whatever goes wrong at the last person, no area stands."""

    def fails(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr("watchward.foundation.access.commands.join_team", fails)
    with within(factories.machinery()) as acting:
        with pytest.raises(RuntimeError):
            commands.found(acting, plan=plan_of(EXAMPLE.read_text()))
        assert not list(queries.areas(acting, on=ON))
        assert not access.accounts(acting).exists()


def test_confirmed_policies_stand_in_every_process_that_starts_after() -> None:
    """What was not set is worked out from the force's own value from its first day on, and not before it."""
    day = date(2019, 4, 1)
    assert expires_on("thrive", passed_on=day, asked=None) is None
    with within(factories.machinery()) as acting:
        commands.found(acting, plan=plan_of(EXAMPLE.read_text()))
    take_up_policies()
    assert THRIVE_COUNTS_FOR.value_on(day) == Months(24)
    assert expires_on("thrive", passed_on=day, asked=None) == date(2021, 4, 1)
    assert not THRIVE_COUNTS_FOR.is_set_on(date(2019, 3, 31))
    assert "Training policy 12" in THRIVE_COUNTS_FOR.on(day).cite


def test_a_process_that_works_takes_up_what_is_confirmed_and_asks_for_it_without_the_database(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The web goes by a new policy from its next request on and the worker from its next job, at no statement each."""

    monkeypatch.setenv("WATCHWARD_HOME", str(tmp_path))
    monkeypatch.setattr("watchward.foundation.jobs.before_work", [keep_up_policies])
    day, seen = date(2019, 4, 1), list[bool]()

    def answers(_environ: object, _start: object) -> list[bytes]:
        seen.append(THRIVE_COUNTS_FOR.is_set_on(day))
        return []

    door = Door(lambda: None, each=keep_up_policies)
    monkeypatch.setattr(door, "_answer", answers)
    keep_up_policies()
    with within(factories.machinery()) as acting:
        commands.found(acting, plan=plan_of(EXAMPLE.read_text()))
    door({}, None)  # founded and not yet said: as the moment before the founding is committed
    confirming.mark()
    door({}, None)
    with CaptureQueriesContext(connection) as asked:
        door({}, None)
    assert (seen, len(asked)) == ([False, True, True], 0)
    confirm({})
    confirming.mark()
    carry_out(lambda _acting: seen.append(THRIVE_COUNTS_FOR.is_set_on(day)), "a job of a test")
    assert seen[-1]


def test_the_command_says_from_when_its_policies_count_and_lets_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Founding leaves the mark that processes look at; looking at the file first does not, nor does a second time."""
    monkeypatch.setenv("WATCHWARD_HOME", str(tmp_path))

    def init(*options: str) -> str:
        asked = parser().parse_args(["force", "init", str(EXAMPLE), *options])
        assert asked.run(asked) == 0
        return capsys.readouterr().out

    init("--check")
    assert confirming.marked() is None
    assert "goes by its policies from now on" in init()
    first = confirming.marked()
    assert first is not None
    assert "nothing was changed" in init()
    assert confirming.marked() == first


def test_the_force_bears_its_name(client: object, settings: object) -> None:
    """Its page says whose it is."""
    from tests.domains.signed_in import signed_in

    with within(factories.machinery()) as acting:
        commands.found(acting, plan=plan_of(EXAMPLE.read_text()))
    browser, _who = signed_in(settings, "sergeant")
    assert re.search(r"<h1>Marlshire Constabulary</h1>", browser.get("/force/").content.decode())


def test_the_example_is_the_one_that_the_pages_name() -> None:
    """The how-to tells of this file."""
    assert "docs/examples/marlshire.toml" in (ROOT / "docs" / "how-to" / "start-a-force.md").read_text()
    assert isinstance(EXAMPLE, Path)
