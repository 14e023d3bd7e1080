"""The offence list as it is loaded, read and shown."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.domains.signed_in import signed_in
from tests.factories import machinery, officer
from watchward.domains.offences import commands, queries, rules
from watchward.domains.offences.commands import Loaded
from watchward.domains.offences.models import HarmWeight, ListedOffence
from watchward.domains.offences.vocabulary import NotListed, OffenceGroup, OffenceList, Weight
from watchward.foundation.access.context import within
from watchward.foundation.audit.models import CommandLog
from watchward.foundation.commands import Denied
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db

TODAY = date(2019, 7, 1)


def test_a_migrated_home_has_the_list() -> None:
    """`watchward migrate` loads what is carried: nobody can forget it, and it was done by a command."""
    acting = officer("call-handler")
    with within(acting):
        list_ = queries.offence_list(acting)
        assert (len(list_.offences), len(list_.weights)) == (132, 133)
        assert queries.group_of(acting, code="8N", on=TODAY) is OffenceGroup.VIOLENCE
        assert queries.weight_of(acting, code="56A", on=TODAY) == Decimal("826.190061")
        assert queries.weight_of(acting, code="AF", on=TODAY) is None
        assert queries.offence(acting, code="28E", on=TODAY).words == "Burglary Residential"
        with pytest.raises(NotListed):
            queries.offence(acting, code="8N", on=date(2017, 3, 31))
    with within(officer("auditor")):
        assert CommandLog.objects.filter(name="offences.commands.load_list", outcome="done").count() == 1


def test_loading_again_changes_nothing() -> None:
    """What stands already is left alone, without so much as a line in the log."""
    acting = machinery()
    edition = rules.carried()
    with within(acting):
        assert commands.bring_up_to_date(acting) is None
        again = commands.load_list(
            acting, list_=edition.list, source=edition.source, weights_source=edition.weights_source
        )
        assert again == Loaded(already=265)


def test_a_later_edition_ends_what_stood_before() -> None:
    """From April 2020 a code has other words and another weight; before it, the old ones."""
    acting = officer("administrator")
    since = date(2020, 4, 1)
    with within(acting):
        old = queries.offence(acting, code="49", on=TODAY)
        later = OffenceList(
            (replace(old, words="Other theft, as of 2020", since=since),), (Weight("49", Decimal(30), since),)
        )
        edition = queries.edition(acting)
        assert edition
        assert commands.load_list(acting, list_=later, source="The list of 2020/21") == Loaded(added=2)
        assert queries.edition(acting) > edition
        assert queries.offence(acting, code="49", on=date(2020, 3, 31)).words == old.words
        assert queries.offence(acting, code="49", on=since).words == "Other theft, as of 2020"
        assert queries.weight_of(acting, code="49", on=since) == 30
        assert ListedOffence.objects.get(code="49", since=old.since).until == since
        assert HarmWeight.objects.filter(code="49").count() == 2
        assert commands.bring_up_to_date(machinery()) is None
        assert queries.offence(acting, code="49", on=since).words == "Other theft, as of 2020"


def test_who_loads_and_what_is_refused() -> None:
    """An administrator loads a list, a sergeant does not; a list with faults is refused with all of them."""
    edition = rules.carried()
    acting = officer("sergeant")
    with within(acting), pytest.raises(Denied):
        commands.load_list(acting, list_=edition.list, source="x")
    acting = officer("administrator")
    with within(acting), pytest.raises(Refused, match="no codes"):
        commands.load_list(acting, list_=OffenceList(()), source="x")


def test_what_is_found() -> None:
    """By code, by words in any order, by group."""
    acting = officer("call-handler")
    with within(acting):
        assert [row.code for row in queries.offences_on(acting, on=TODAY, typed="8n")] == ["8N"]
        assert {row.code for row in queries.offences_on(acting, on=TODAY, typed="dwelling damage")} == {"58A", "58B"}
        assert len(queries.offences_on(acting, on=TODAY, group=OffenceGroup.ROBBERY)) == 2
        assert queries.offences_on(acting, on=date(2017, 3, 31)) == []


def test_the_page_and_its_files(settings: Any) -> None:
    """What is searched for stands on the page and in the file, which opens in a spreadsheet as text."""
    client, _who = signed_in(settings, "call-handler")
    page = client.get("/offences/?q=stalking&day=2019-07-01")
    assert page.status_code == 200
    text = page.content.decode()
    assert "4 of 132" in text
    assert "8Q" in text
    assert "The force has not set whether modern slavery" in text
    whole = client.get("/offences/offences.csv?day=2019-07-01")
    rows = list(csv.DictReader(io.StringIO(whole.content.decode())))
    assert len(rows) == 132
    assert rows[0]["Group"] == "Sexual offences"
    outcomes = list(csv.DictReader(io.StringIO(client.get("/offences/outcomes.csv?day=2019-03-31").content.decode())))
    assert [row["Code"] for row in outcomes][-1] == "21"
    assert next(row for row in outcomes if row["Code"] == "16")["Suspect"] == "named"


def test_a_day_before_the_list_and_one_that_is_none(settings: Any) -> None:
    """The page says which day the list begins on, and what it could not understand."""
    client, _who = signed_in(settings, "auditor")
    before = client.get("/offences/?day=2010-01-01").content.decode()
    assert "the first begins on 1 April 2017" in before
    assert "The outcomes framework begins on 1 April 2014" in before
    wrong = client.get("/offences/?day=yesterday")
    assert wrong.status_code == 422
    assert "Give the day as 2019-07-01" in wrong.content.decode()
    assert client.get("/offences/outcomes.csv?day=2010-01-01").content.decode().count("\r\n") == 1
