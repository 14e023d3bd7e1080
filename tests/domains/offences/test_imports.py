"""`watchward import offences`: the carried lists again, or a later list, each from its day."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.domains.people.test_imports import run
from tests.factories import machinery, officer
from watchward.domains.offences import imports, queries, rules
from watchward.domains.offences.models import ListedOffence
from watchward.foundation.access.context import within
from watchward.foundation.commands import Denied
from watchward.foundation.intake import commands as intake
from watchward.foundation.intake.vocabulary import FileRefused, Outcome
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db

HEADER = "Offence_Code,Offence_Description,Offence_Group,Offence_Subgroup,Police.uk_Cat,since,until"
LATER = f"""{HEADER}
8N,Assault with any injury,Violence against the person,Violence with injury,Violence and sexual offences,2020-04-01,
8Z,A new assault,Violence against the person,Violence with injury,Violence and sexual offences,2020-04-01,
"""


def load(path: Path, *, mapping: Path | None = None) -> Outcome:
    """Load a list as the force's own machinery, what is refused in the outcome."""
    acting, prepared = machinery(), intake.prepare(path, imports.OFFENCES, mapping)
    with within(acting):
        try:
            return intake.load_file(acting, kind=imports.OFFENCES, prepared=prepared)
        except Refused as refused:
            if not prepared.outcome.rows:
                prepared.outcome.whole += [reason.words for reason in refused.reasons]
            return prepared.outcome


def sums(outcome: Outcome) -> tuple[int, int, int, int]:
    """Return read, loaded, already there and refused, which must add up."""
    assert outcome.reconciles
    return outcome.read, outcome.loaded, outcome.already, outcome.refused


def later(folder: Path, text: str = LATER) -> Path:
    """Write a later list."""
    path = folder / "later.csv"
    path.write_text(text)
    return path


def test_the_carried_lists_again_change_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """Without naming a file the carried ones are loaded: 132 offences and 134 weights, all there already."""
    for _ in range(2):
        assert run("offences", "--json") == 0
        found = json.loads(capsys.readouterr().out)["files"]
        assert [(one["read"], one["loaded"], one["already"], one["refused"]) for one in found] == [
            (132, 0, 132, 0), (134, 0, 134, 0),
        ]  # fmt: skip


def test_a_later_list_ends_what_stood_before_it_on_its_day(tmp_path: Path) -> None:
    """Before April 2020 the code means what it did; loaded twice it changes nothing; other codes stay."""
    path = later(tmp_path)
    outcome = load(path)
    assert sums(outcome) == (2, 2, 0, 0)
    assert "2 added, 0 changed" in outcome.said
    acting = officer("call-handler")
    with within(acting):
        before = queries.offence(acting, code="8N", on=date(2020, 3, 31)).words
        after = queries.offence(acting, code="8N", on=date(2020, 4, 1)).words
        assert (before, after) == ("Assault with injury", "Assault with any injury")
        assert queries.offence(acting, code="28E", on=date(2020, 4, 1)).words == "Burglary Residential"
    assert sums(load(path)) == (2, 0, 2, 0)
    corrected = load(later(tmp_path, LATER.replace("A new assault", "A newer assault")))
    assert sums(corrected) == (2, 1, 1, 0)
    assert "0 added, 1 changed" in corrected.said


def test_a_list_without_days_takes_them_from_its_mapping(tmp_path: Path) -> None:
    """Harm weights from a day that the mapping names; without one every row is refused and says what is missing."""
    path = tmp_path / "weights.csv"
    path.write_text("code_original,weight\n56A,900.5\n")
    refused = load(path)
    assert sums(refused) == (1, 0, 0, 1)
    assert "from which day" in refused.rows[0].words
    mapping = tmp_path / "map.toml"
    columns = '[columns]\ncode_original = "code"\nweight = "weight"\n'
    mapping.write_text(f'since = "2021-04-01"\nsource = "A later score"\n{columns}')
    assert sums(load(path, mapping=mapping)) == (1, 1, 0, 0)
    acting = officer("call-handler")
    with within(acting):
        assert queries.weight_of(acting, code="56A", on=date(2021, 3, 31)) == Decimal("826.190061")
        assert queries.weight_of(acting, code="56A", on=date(2021, 4, 1)) == Decimal("900.5")
    mapping.write_text(f'since = "April"\n{columns}')
    with pytest.raises(FileRefused, match="no day written as"):
        load(path, mapping=mapping)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ("8Y,,,,,2020-04-01,", "It has neither words nor a weight"),
        ("8Y,A new one,Wizardry,,Burglary,2020-04-01,", "Its group is none of recorded crime"),
        ("8Y,A new one,Robbery,,Wizardry,2020-04-01,", "Its category is none"),
        (",A new one,Robbery,,Robbery,2020-04-01,", "It has no code"),
    ],
)
def test_a_bad_row_is_refused_with_its_line(cells: str, words: str, tmp_path: Path) -> None:
    """Nothing of the list is loaded."""
    outcome = load(later(tmp_path, f"{LATER}{cells}\n"))
    assert sums(outcome) == (3, 0, 0, 3)
    assert [(row.line, row.words) for row in outcome.rows] == [(4, words)]
    acting = machinery()
    with within(acting):
        assert not ListedOffence.visible_to(acting).filter(code="8Z").exists()


def test_a_list_with_two_meanings_at_once_is_none(tmp_path: Path) -> None:
    """The list as a whole is refused, with the code."""
    twice = "8Z,Another assault,Violence against the person,,Violence and sexual offences,2020-04-01,\n"
    outcome = load(later(tmp_path, LATER + twice))
    assert outcome.whole == ["Code 8Z has two meanings on 2020-04-01."]


def test_who_may_load(tmp_path: Path) -> None:
    """An administrator; not a sergeant."""
    sergeant = officer("sergeant")
    prepared = intake.prepare(later(tmp_path), imports.OFFENCES, None)
    with within(sergeant), pytest.raises(Denied):
        intake.load_file(sergeant, kind=imports.OFFENCES, prepared=prepared)
    assert date(2017, 4, 1) == rules.SINCE
