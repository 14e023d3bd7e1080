"""A measure that gets worse by more than it does by itself owes an explanation, by itself."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests import factories
from tests.domains.signed_in import signed_in
from tests.measures.town import happens, month_of, months
from tests.oversight.test_performance import KEY, ROOT, monday, two_years
from watchward.foundation.access import commands as access
from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting
from watchward.foundation.duties.models import Duty, State
from watchward.foundation.ledgers import counted
from watchward.kernel.refusals import Refused
from watchward.oversight.performance import commands, queries, tasks
from watchward.oversight.performance.models import Signal

pytestmark = pytest.mark.django_db

PAST = factories.START
__all__ = ["monday"]  # a fixture for every test here as well


@pytest.fixture
def owner(settings: Any) -> Acting:
    """Whoever supervises the team that answers for the control room's measures."""
    machinery = factories.machinery()
    with within(machinery):
        team = access.form_team(machinery, key="force-incident-manager", name="Incident managers", since=PAST)
    return factories.officer("force-incident-manager", team=team, supervises=True)


def noticed(acting: Acting) -> list[Signal]:
    """Look for signals, and return those of the emergencies."""
    machinery = factories.machinery(acting.at)
    with within(machinery):
        commands.notice(machinery)
        return list(queries.signals(machinery, keys=[KEY]))


@pytest.mark.report("GOV-15", by="oversight.performance.commands.notice")
def test_a_fall_owes_an_explanation_to_whoever_owns_the_measure(owner: Acting) -> None:
    """From January only 8 of 20 are in time: noticed once, owed by the supervisor within ten working days."""
    two_years(owner, falls=True)
    (row,) = noticed(owner)
    assert (row.side, row.since, row.last, row.value) == ("lower", date(2019, 1, 1), date(2019, 6, 1), 40.0)
    assert [each.pk for each in noticed(owner)] == [row.pk]
    with within(owner):
        duty = Duty.visible_to(owner).get(kind="performance.explain", about=row.pk)
    assert duty.owed_by_id == owner.account
    assert f"{duty.due_at:%d %B %Y}" == "15 July 2019"
    assert duty.rule.startswith("Force performance policy")
    assert "lower since January 2019, 40.0 % in June 2019 against an average of 85.0 %" in duty.what


def test_ordinary_variation_owes_nothing(owner: Acting) -> None:
    """Eighteen and sixteen by turns are what the measure does by itself."""
    two_years(owner)
    assert noticed(owner) == []


def test_a_rise_is_no_cause_to_explain(owner: Acting) -> None:
    """Twenty of twenty is better, and better is not asked about."""
    with within(owner):
        rows = [each for month in months(date(2017, 7, 1), 18) for each in month_of(month, rows=20, in_time=12)]
        rows += [each for month in months(date(2019, 1, 1), 6) for each in month_of(month, rows=20, in_time=20)]
        happens(owner, rows=rows)
    assert noticed(owner) == []


@pytest.mark.report("GOV-15", by="oversight.performance.commands.explain")
def test_an_explanation_discharges_it_and_stays_with_its_date(owner: Acting, settings: Any) -> None:
    """Why, and what is done about it; said once, shown on the measure's page, and the ledger balances."""
    two_years(owner, falls=True)
    (row,) = noticed(owner)
    client, reader = signed_in(settings, "force-incident-manager", team=factories.team())
    address = f"{ROOT}signals/{row.pk}"
    page = client.get(f"{ROOT}measures/{KEY}").content.decode()
    assert "Signal: lower." in page
    assert "An explanation is owed by 15 July 2019." in page
    short = client.post(address, {"explanation": "No idea", "follows": ""})
    assert short.status_code == 422
    assert "No idea" in short.content.decode()
    sent = client.post(address, {
        "explanation": "Two crews were moved to the south in January", "follows": "They come back in August",
    })  # fmt: skip
    assert sent.status_code == 302, sent.content.decode()[:2000]
    with within(owner):
        duty = Duty.visible_to(owner).get(kind="performance.explain", about=row.pk)
        row.refresh_from_db()
    assert (duty.state, duty.closed_by_id) == (State.DISCHARGED, reader.account)
    assert row.explained_at is not None
    assert "Two crews were moved to the south" in client.get(f"{ROOT}measures/{KEY}").content.decode()
    with within(reader), pytest.raises(Refused, match="explained already"):
        commands.explain(reader, signal=row.pk, explanation="Something else again", follows="Nothing more")
    machinery = factories.machinery()
    with within(machinery):
        (balance,) = [each for each in counted(machinery) if each.key == "duties.performance.explain"]
    assert balance.balances


def test_the_worker_looks_once_a_day(owner: Acting) -> None:
    """At six by the force's clock; it does not look again until the next morning."""
    two_years(owner, falls=True)
    machinery = factories.machinery()
    with within(machinery):
        assert not queries.noticed_today(machinery)
        tasks.notice(machinery)
        assert queries.noticed_today(machinery)
        assert queries.signals(machinery, keys=[KEY]).count() == 1
    tomorrow = factories.machinery(factories.NOW.replace(day=2))
    with within(tomorrow):
        assert not queries.noticed_today(tomorrow)
