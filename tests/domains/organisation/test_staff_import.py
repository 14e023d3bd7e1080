"""`watchward import staff`: people with their posts, teams and roles; refused by line; twice changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.utils.module_loading import autodiscover_modules

from tests import factories
from tests.domains.signed_in import client_of
from watchward.domains.organisation import commands, queries
from watchward.foundation.access import queries as access
from watchward.foundation.access.context import within
from watchward.foundation.access.models import Suspension
from watchward.foundation.audit.models import Change
from watchward.foundation.commands import Denied
from watchward.foundation.intake import commands as intake
from watchward.foundation.intake.vocabulary import Outcome, kinds
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db

HEAD = "username,name,collar number,rank,post,area,team,supervises,roles,since,until\n"
LOWE = "m.lowe,Sgt Marian Lowe,1127,Sergeant,,city,response,yes,sergeant,2019-04-01,\n"
DHILLON = "j.dhillon,PC Jas Dhillon,4471,Constable,Response officer,city,response,,response-officer,2019-04-01,\n"
BHATT = "m.bhatt,Meena Bhatt,7102,Police staff,,,control-room,no,call-handler; auditor,2019-06-03,\n"

Load = Callable[..., Outcome]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Load a file of these rows, where two teams and an area stand."""
    autodiscover_modules("imports")
    acting = factories.machinery()
    with within(acting):
        from watchward.foundation.access import commands as accounts

        commands.open_area(acting, key="city", name="The city", districts=["E06000021"], since=factories.START)
        for key in ("response", "control-room"):
            accounts.form_team(acting, key=key, name=key.capitalize(), since=factories.START)

    def load(*rows: str, accept: bool = False) -> Outcome:
        path = tmp_path / "staff.csv"
        path.write_text(HEAD + "".join(rows))
        prepared = intake.prepare(path, kinds["staff"], None)
        with within(factories.machinery()) as machine:
            return intake.load_file(machine, kind=kinds["staff"], prepared=prepared, accept_refusals=accept)

    return load


def test_staff_come_with_everything_about_them(load: Load) -> None:
    """Account, number, rank, post, area, team, whom they supervise and each of their roles, from their first day."""
    outcome = load(LOWE, DHILLON, BHATT)
    assert (outcome.read, outcome.loaded, outcome.refused) == (3, 3, 0)
    with within(factories.machinery()) as acting:
        people = {one.username: one for one in access.accounts(acting)}
        lowe = access.acting_as(people["m.lowe"].pk, at=factories.NOW)
        assert lowe.roles == {"sergeant"}
        assert lowe.supervises == lowe.teams == {access.team(acting, key="response").number}
        assert access.acting_as(people["m.bhatt"].pk, at=factories.NOW).roles == {"auditor", "call-handler"}
        held = queries.officer_of(acting, account=people["j.dhillon"].pk, on=date(2019, 7, 1))
        assert held is not None
        assert (held.collar_number, held.post, held.since) == ("4471", "Response officer", date(2019, 4, 1))


def test_twice_changes_nothing(load: Load) -> None:
    """The rows are known again, and not one row of staff is written."""
    load(LOWE, DHILLON)
    with within(factories.machinery()):
        before = Change.objects.filter(table__startswith="access_").count()
    again = load(LOWE, DHILLON, BHATT)
    assert (again.loaded, again.already) == (1, 2)
    same = load(LOWE, DHILLON, BHATT)
    assert (same.loaded, same.already) == (0, 3)
    with within(factories.machinery()):
        assert Change.objects.filter(table__startswith="access_").count() == before + 4  # Bhatt: account, team, 2 roles


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (LOWE.replace("Sergeant,,", "Commodore,,"), "A rank is one of"),
        (LOWE.replace("m.lowe", "Marian Lowe"), "A user name is small letters"),
        (LOWE.replace("yes", "perhaps"), "Whether they supervise is yes or no"),
        (LOWE.replace(",1127,", ",,"), "It has no collar number"),
        (LOWE.replace("2019-04-01,\n", ",\n"), "It does not say from which day"),
        (LOWE.replace("sergeant,2019", ",2019"), "It has no role"),
        (LOWE.replace("2019-04-01,\n", "2019-04-01,2019-03-01\n"), "They left before they began"),
    ],
)
def test_a_row_that_cannot_be_is_refused_by_its_line(load: Load, row: str, words: str) -> None:
    """Line 3 of the file, with why; nothing of the file is loaded."""
    path_refused = load(DHILLON, accept=True)
    assert path_refused.loaded == 1
    with pytest.raises(Refused, match=words):
        load(BHATT, row)
    with within(factories.machinery()) as acting:
        assert {one.username for one in access.accounts(acting)} == {"j.dhillon"}


def test_what_is_not_on_record_is_refused_by_its_line_all_at_once(load: Load) -> None:
    """No such team, area or role; another's number or name; the good row alone is loaded where that was accepted."""
    load(LOWE)
    rows = (
        DHILLON.replace(",response,", ",responce,"),
        BHATT.replace("call-handler;", "call-taker;").replace(",,control", ",nowhere,control"),
        DHILLON.replace("j.dhillon", "p.other").replace("4471", "1127"),
        LOWE.replace("Marian", "Marion"),
        "g.gone,,,,,,,,,2019-01-01,2019-06-30\n",
        LOWE.replace("m.lowe", "k.good").replace("1127", "1128"),
    )
    with pytest.raises(Refused, match="5 of 6 rows were refused, so nothing was loaded"):
        load(*rows)
    outcome = load(*rows, accept=True)
    assert [(row.line, row.column, row.words.partition(":")[0]) for row in outcome.rows] == [
        (2, "team", "There is no such team"),
        (3, "area", "There is no such area"),
        (3, "roles", "There is no such role"),
        (4, "collar_number", "This collar number is somebody else's"),
        (5, "name", "This user name is somebody else's on record"),
        (6, "username", "They have left, and there is no such account"),
    ]
    assert (outcome.loaded, outcome.refused, outcome.reconciles) == (1, 5, True)


def test_only_a_row_that_says_so_disables_somebody(load: Load) -> None:
    """Whoever is absent from a file stays; whoever has left is out at once, with the reason, and their post ends."""
    load(LOWE, DHILLON)
    with within(factories.machinery()) as acting:
        people = {one.username: one.pk for one in access.accounts(acting)}
        dhillon = access.acting_as(people["j.dhillon"], at=factories.NOW)
    theirs = client_of(dhillon)
    load(BHATT)
    assert theirs.get("/my-work/").status_code == 200
    gone = DHILLON.replace("2019-04-01,\n", "2019-04-01,2019-06-30\n")
    assert load(LOWE, gone).loaded == 1
    assert theirs.get("/my-work/").headers["Location"] == "/sign-in"
    with within(factories.machinery()) as acting:
        assert {one.username for one in access.accounts(acting)} == {"m.lowe", "m.bhatt"}
        assert (
            Suspension.objects.get(account_id=people["j.dhillon"]).reason == "Left on 30 June 2019, by a file of staff"
        )
        assert queries.officer_of(acting, account=people["j.dhillon"], on=date(2019, 7, 1)) is None
        assert queries.officer_of(acting, account=people["j.dhillon"], on=date(2019, 6, 29)) is not None


def test_somebody_who_leaves_tomorrow_is_not_out_today(load: Load) -> None:
    """A file cannot take away work that is still to be done."""
    load(DHILLON)
    with pytest.raises(Refused, match="have not left yet"):
        load(DHILLON.replace("2019-04-01,\n", "2019-04-01,2019-07-02\n"))


def test_only_an_administrator_loads_staff(load: Load, tmp_path: Path) -> None:
    """A sergeant's own file is refused, and that is logged."""
    path = tmp_path / "mine.csv"
    path.write_text(HEAD + BHATT)
    prepared = intake.prepare(path, kinds["staff"], None)
    sergeant = factories.officer("sergeant")
    with within(sergeant), pytest.raises(Denied):
        intake.load_file(sergeant, kind=kinds["staff"], prepared=prepared)
