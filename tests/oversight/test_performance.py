"""The pages of performance, the same figures for machines, and what is recorded of a measure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.domains.signed_in import signed_in
from tests.measures.town import Happened, found_areas, happens, moment, month_of, months
from watchward.config.static import BUILT
from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting
from watchward.foundation.audit.models import Trace
from watchward.foundation.measures import commands, queries
from watchward.foundation.measures.declared import measure
from watchward.foundation.measures.spans import Span
from watchward.foundation.records import Handling
from watchward.kernel.refusals import Refused

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not BUILT.is_dir(), reason="the pages' styles and scripts have not been built"),
]

ROOT = "/oversight/performance/"
KEY = "incidents.emergencies-in-time"
YEAR = Span(date(2018, 7, 1), date(2019, 6, 30))
OF_A_TRANSACTION = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")


def two_years(acting: Acting, *, falls: bool = False) -> None:
    """Write twenty emergencies a month for two years in two areas and none, eighteen or sixteen in time by turns.

    Args:
        acting: who writes.
        falls: from January 2019 on only eight are.
    """
    with within(acting):
        found_areas(acting, names=("north", "south"))
        rows: list[Happened] = []
        for n, month in enumerate(months(date(2017, 7, 1), 24)):
            in_time = 8 if falls and month >= date(2019, 1, 1) else 18 - 2 * (n % 2)
            rows += month_of(month, rows=12, in_time=min(12, in_time), area="north")
            rows += month_of(month, rows=8, in_time=max(0, in_time - 12), area="south")
        happens(acting, rows=rows)


def asked(captured: CaptureQueriesContext) -> int:
    """Return how many queries were asked."""
    return sum(not one["sql"].startswith(OF_A_TRANSACTION) for one in captured.captured_queries)


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    """It is 07:45 on Monday 1 July 2019 for whoever asks for a page."""
    with patch("watchward.foundation.access.middleware.now", return_value=factories.NOW):
        yield


@pytest.fixture
def manager(settings: Any) -> tuple[Client, Acting]:
    """A force incident manager, signed in."""
    return signed_in(settings, "force-incident-manager", team=factories.team())


@pytest.mark.report("GOV-25", by="foundation.measures.queries.tell_all")
def test_the_dashboard_says_first_what_needs_somebody(manager: tuple[Client, Acting]) -> None:
    """Every measure has its tile under its step with number, chart and words, in at most 20 queries."""
    client, who = manager
    two_years(who)
    with CaptureQueriesContext(connection) as captured:
        page = client.get(ROOT).content.decode()
    assert asked(captured) <= 20
    assert "show only ordinary variation" in page
    assert page.index("Contact</h2>") < page.index("Prevent</h2>")
    assert "Emergencies attended in time" in page
    assert page.count('class="ww-tile"') >= 8
    assert "1 July 2018 to 30 June 2019" in page
    assert "style=" not in page


def test_the_dashboard_of_one_area(manager: tuple[Client, Acting]) -> None:
    """North alone, with its own words for what is not counted by area."""
    client, who = manager
    two_years(who)
    page = client.get(f"{ROOT}?area=north").content.decode()
    assert "Not counted by area, and shown for the whole force: Duties met on time" in page
    assert "measures/incidents.emergencies-in-time?area=north" in page


@pytest.mark.report("OUT-03", by="foundation.measures.commands.enter_comparison")
def test_the_page_of_a_measure(manager: tuple[Client, Acting]) -> None:
    """Number, comparison, grey line, judgement, chart twice with its table, areas with words, the rows behind it."""
    client, who = manager
    two_years(who)
    machinery = factories.machinery()
    with within(machinery):
        commands.enter_comparison(
            machinery, measure=KEY, who="England and Wales", value=80.5, first=YEAR.first, last=YEAR.last,
            source="Published tables",
        )  # fmt: skip
    with CaptureQueriesContext(connection) as captured:
        page = client.get(f"{ROOT}measures/{KEY}").content.decode()
    assert asked(captured) <= 20
    assert '<span class="ww-fig__n">85.0<small> %</small></span>' in page
    assert "England and Wales 80.5 %" in page
    assert "4.5 points above, same period" in page
    assert (
        "204 of 240 incidents graded Immediate, reported 1 July 2018 to 30 June 2019. Counted 1 July 2019 07:45" in page
    )
    assert "Ordinary variation." in page
    assert page.count('<svg class="ww-svg" viewBox="0 0 1140 300" role="img"') == 1
    assert page.count('<svg class="ww-svg" viewBox="0 0 345 240" role="img"') == 1
    assert "July 2017 to June 2019" in page
    assert "above the force" in page
    assert "below the force" in page
    assert "Open 204 incidents" in page
    assert "Published tables" in page


def test_a_group_is_chosen_by_its_line(manager: tuple[Client, Acting]) -> None:
    """Each line of the parts leads to the same page of that part alone, and the period stays."""
    client, who = manager
    two_years(who)
    page = client.get(f"{ROOT}measures/{KEY}?from=2019-01-01&to=2019-03-31&area=south").content.decode()
    assert "Area: South" in page
    assert "1 January 2019 to 31 March 2019" in page
    assert "16 of 24" in page  # 6, 4 and 6 of 8 in January, February and March


@pytest.mark.parametrize(
    "query", ["?from=2019-02-30", "?from=2019-07-01&to=2019-01-01", "?from=soon", "?to=9999-99-99"]
)
def test_a_period_that_is_none_is_said_and_nothing_typed_is_lost(manager: tuple[Client, Acting], query: str) -> None:
    """The last twelve months are shown instead, with what was typed still in its box."""
    page = manager[0].get(f"{ROOT}measures/{KEY}{query}").content.decode()
    assert "Write days such as 2018-07-01" in page
    assert query.partition("=")[2].partition("&")[0] in page


def test_no_such_measure_is_no_page(manager: tuple[Client, Acting]) -> None:
    """And neither is a breakdown that it does not have."""
    client, _who = manager
    assert client.get(f"{ROOT}measures/nothing.at-all").status_code == 404
    assert client.get(f"{ROOT}measures/{KEY}?by=moon").status_code == 404


def test_a_call_handler_has_no_business_here(settings: Any) -> None:
    """Every page, file and answer of the room takes the permission."""
    client, _who = signed_in(settings, "call-handler")
    for path in ("", "measures", f"measures/{KEY}", f"measures/{KEY}/rows", f"measures/{KEY}/csv",
                 f"measures/{KEY}/json", f"measures/{KEY}/keep", "figures"):  # fmt: skip
        assert client.get(ROOT + path).status_code == 403, path


def test_the_rows_behind_it_are_those_that_the_reader_may_see(manager: tuple[Client, Acting]) -> None:
    """All are counted, the locked one is hidden and said to be, the sealed one is nowhere; what was shown is traced."""
    client, who = manager
    other = factories.team().number
    with within(who):
        at = moment(date(2019, 6, 10))
        opened, locked, sealed = happens(
            who,
            rows=[
                Happened(at),
                Happened(at, handling=Handling.LOCKED, team=other),
                Happened(at, handling=Handling.SEALED, team=other),
            ],
        )
    page = client.get(f"{ROOT}measures/{KEY}").content.decode()
    assert "Open 2 incidents" in page
    assert "You may open 1." in page
    assert "1 hidden: outside your access." in page
    rows = client.get(f"{ROOT}measures/{KEY}/rows").content.decode()
    assert opened.reference in rows
    assert locked.reference not in rows
    assert sealed.reference not in rows
    assert "2 incidents, 1 July 2018 to 30 June 2019. You may open 1." in rows
    with within(factories.machinery()):
        traces = Trace.objects.filter(account_id=who.account, what=f"measures.{KEY}")
        assert [trace.records for trace in traces] == [[str(opened.pk)]] * 2


def test_what_is_sealed_is_told_apart_to_its_own_team_alone(settings: Any) -> None:
    """Its team sees a sentence of its own; the figure is the same for everybody."""
    team = factories.team()
    keeper, who = signed_in(settings, "force-incident-manager", team=team)
    stranger, _other = signed_in(settings, "force-incident-manager", team=factories.team())
    with within(who):
        at = moment(date(2019, 6, 10))
        happens(who, rows=[Happened(at), Happened(at, minutes=30, handling=Handling.SEALED, team=team.number)])
    mine, theirs = (one.get(f"{ROOT}measures/{KEY}").content.decode() for one in (keeper, stranger))
    assert "Sealed to your team, and in no number on this page: 0 of 1" in mine
    assert "Sealed" not in theirs
    assert "1 of 1 incidents graded Immediate" in mine
    assert "1 of 1 incidents graded Immediate" in theirs


def test_many_rows_are_paged(manager: tuple[Client, Acting]) -> None:
    """Fifty a page, and the last page has the rest."""
    client, who = manager
    two_years(who)
    with CaptureQueriesContext(connection) as captured:
        page = client.get(f"{ROOT}measures/{KEY}/rows?which=all&page=5").content.decode()
    assert asked(captured) <= 20
    assert "Page 5 of 5" in page
    assert "240 incidents" in page
    assert page.count('<th scope="row">') == 40


def lines_of(answer: Any) -> list[dict[str, str]]:
    """Return a file's lines by their headings."""
    return list(csv.DictReader(io.StringIO(answer.content.decode(), newline="")))


def test_the_file_within_the_force_has_every_number(manager: tuple[Client, Acting]) -> None:
    """By area and by month the file has the lines of the page and their total."""
    client, who = manager
    two_years(who)
    answer = client.get(f"{ROOT}measures/{KEY}/csv?by=area")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "-inside.csv" in answer["Content-Disposition"]
    lines = lines_of(answer)
    assert [(line["Area"], line["Counted"], line["Rows"]) for line in lines] == [
        ("North", "144", "144"), ("South", "60", "96"), ("All", "204", "240"),
    ]  # fmt: skip
    by_month = lines_of(client.get(f"{ROOT}measures/{KEY}/csv?by=month"))
    assert len(by_month) == 13
    assert {line["From"] for line in by_month} >= {"2018-07-01", "2019-06-01"}


def test_small_numbers_do_not_leave_the_force(manager: tuple[Client, Acting]) -> None:
    """South's two are hidden, and North with them, because the total would give them back; the page shows both."""
    client, who = manager
    with within(who):
        found_areas(who, names=("north", "south", "east"))
        june = date(2019, 6, 1)
        happens(
            who,
            rows=[
                *month_of(june, rows=2, in_time=1, area="south"),
                *month_of(june, rows=20, in_time=10, area="north"),
                *month_of(june, rows=30, in_time=12, area="east"),
            ],
        )
    lines = lines_of(client.get(f"{ROOT}measures/{KEY}/csv?by=area&leaving=yes"))
    assert {line["Area"]: line["Counted"] for line in lines} == {
        "East": "12", "North": "hidden: small", "South": "hidden: small", "All": "23",
    }  # fmt: skip
    told = client.get(f"{ROOT}measures/{KEY}/json?by=area&leaving=yes").json()
    assert [line["counted"] for line in told["lines"]] == [12, None, None]
    assert told["judgement"] is None
    assert "1 of 2" in client.get(f"{ROOT}measures/{KEY}").content.decode()


def test_a_total_that_is_small_does_not_leave_either(manager: tuple[Client, Acting]) -> None:
    """Three incidents are three people's business."""
    client, who = manager
    with within(who):
        happens(who, rows=month_of(date(2019, 6, 1), rows=3, in_time=2))
    (line,) = lines_of(client.get(f"{ROOT}measures/{KEY}/csv?leaving=yes"))
    assert (line["Rows"], line["Counted"], line["Figure"]) == ("hidden: small", "hidden: small", "")
    told = client.get(f"{ROOT}measures/{KEY}/json?leaving=yes").json()
    assert (told["rows"], told["counted"], told["value"]) == (None, None, None)
    assert lines_of(client.get(f"{ROOT}measures/{KEY}/csv"))[0]["Counted"] == "2"


def test_the_answer_for_machines(manager: tuple[Client, Acting]) -> None:
    """One object: the declaration, the figure, its judgement, and its lines."""
    client, who = manager
    two_years(who)
    told = client.get(f"{ROOT}measures/{KEY}/json?by=area").json()
    assert (told["counted"], told["rows"], told["value"]) == (204, 240, 85.0)
    assert told["period"] == ["2018-07-01", "2019-06-30"]
    assert told["measure"]["key"] == KEY
    assert told["judgement"] == "Ordinary variation"
    assert [line["names"] for line in told["lines"]] == [["North"], ["South"]]
    assert client.get(f"{ROOT}measures/{KEY}/json?by=moon").status_code == 400
    assert client.get(f"{ROOT}measures/{KEY}/json?from=soon").status_code == 409


# What is recorded of a measure


def test_a_published_figure_stays_as_it_was(settings: Any) -> None:
    """What is entered after it moves the live figure, and the page says by how much."""
    client, who = signed_in(settings, "administrator", team=factories.team())
    two_years(who)
    acting = factories.machinery()
    with within(acting):
        frozen = commands.publish(acting, measure=KEY, first=YEAR.first, last=YEAR.last)
    assert (frozen.counted, frozen.rows, frozen.value) == (204, 240, 85.0)
    assert [part["counted"] for part in frozen.parts["area"]] == [144, 60]
    assert len(frozen.parts["month"]) == 12
    address = f"{ROOT}measures/{KEY}"
    assert "Counted now it is the same." in client.get(address).content.decode()
    with within(who):
        happens(who, rows=month_of(date(2019, 5, 1), rows=60, in_time=0))
    page = client.get(address).content.decode()
    assert "Published 85.0 % (204 of 240" in page
    assert "Counted now: 68.0 % (204 of 300), 17.0 lower." in page


def test_a_period_that_is_not_over_is_not_published() -> None:
    """Nor a measure that there is not: all the reasons at once."""
    acting = factories.machinery()
    with within(acting), pytest.raises(Refused) as refused:
        commands.publish(acting, measure="no.such", first=date(2019, 6, 1), last=date(2019, 7, 1))
    assert [reason.field for reason in refused.value.reasons] == ["keys", "last"]


def test_a_change_is_recorded_marked_and_withdrawn(settings: Any) -> None:
    """Its letter stands on the charts of the measure that it names, or of all; withdrawn, on none."""
    client, who = signed_in(settings, "administrator", team=factories.team())
    two_years(who)
    keep = f"{ROOT}measures/{KEY}/keep"
    sent = client.post(keep, {
        "do": "change", "change-day-day": "1", "change-day-month": "7", "change-day-year": "2018",
        "change-words": "New policing model", "change-source": "Order 12", "change-keys": KEY,
    })  # fmt: skip
    assert sent.status_code == 302, sent.content.decode()[:2000]
    page = client.get(f"{ROOT}measures/{KEY}").content.decode()
    assert "<b>A</b> 1 July 2018: New policing model (Order 12). The average before and after it" in page
    assert "New policing model" not in client.get(f"{ROOT}measures/incidents.reported").content.decode()
    with within(who):
        (row,) = queries.changes(who, key=KEY)
    withdrawn = client.post(keep, {
        "do": "withdraw", "withdraw-which": f"change:{row.pk}", "withdraw-reason": "It was in August",
    })  # fmt: skip
    assert withdrawn.status_code == 302, withdrawn.content.decode()[:2000]
    assert "New policing model" not in client.get(f"{ROOT}measures/{KEY}").content.decode()


def test_a_change_of_a_day_to_come_is_refused_at_its_field(settings: Any) -> None:
    """And what was typed stands."""
    client, _who = signed_in(settings, "administrator")
    sent = client.post(f"{ROOT}measures/{KEY}/keep", {
        "do": "change", "change-day-day": "1", "change-day-month": "7", "change-day-year": "2030",
        "change-words": "Something", "change-source": "Order 12", "change-keys": "",
    })  # fmt: skip
    assert sent.status_code == 422
    assert "A change is recorded once it has happened." in sent.content.decode()
    assert 'value="Something"' in sent.content.decode()


def test_two_figures_of_theirs_for_one_period_are_refused() -> None:
    """One is withdrawn first."""
    acting = factories.machinery()
    given: dict[str, Any] = {"measure": KEY, "who": "England and Wales", "first": YEAR.first, "last": YEAR.last}
    with within(acting):
        one = commands.enter_comparison(acting, value=80, source="Tables", **given)
        with pytest.raises(Refused, match="Withdraw it first"):
            commands.enter_comparison(acting, value=81, source="Tables", **given)
        commands.withdraw_comparison(acting, comparison=one.pk, reason="Read from the wrong line")
        commands.enter_comparison(acting, value=81, source="Tables", **given)
        told = queries.tell(acting, measure(KEY), span=YEAR)
    assert [each.value for each in told.others] == [81]


def test_of_several_figures_of_theirs_the_nearest_period_stands_beside_ours() -> None:
    """This year's beside this year's."""
    acting = factories.machinery()
    before = queries.year_before(YEAR)
    with within(acting):
        for span, value in ((YEAR, 80.0), (before, 70.0)):
            commands.enter_comparison(
                acting, measure=KEY, who="England and Wales", value=value, first=span.first, last=span.last, source="T"
            )
        assert [one.value for one in queries.tell(acting, measure(KEY), span=YEAR).others] == [80.0]
        assert [one.value for one in queries.tell(acting, measure(KEY), span=before).others] == [70.0]
    assert YEAR.last - before.last == timedelta(days=365)
