"""Notices that must reach a court within 48 hours, with some days disregarded."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.rules.times import bst, gmt
from watchward.kernel.periods import BANK_HOLIDAYS, CHRISTMAS_DAY, GOOD_FRIDAY, SUNDAYS, HoursDisregarding

DISREGARDED = SUNDAYS | CHRISTMAS_DAY | GOOD_FRIDAY | BANK_HOLIDAYS

SERVED = [
    pytest.param(bst("2019-06-11 15:30"), bst("2019-06-13 15:30"), id="Tuesday: Thursday"),
    pytest.param(bst("2019-06-14 18:00"), bst("2019-06-17 18:00"), id="Friday: Saturday counts, Sunday does not"),
    pytest.param(bst("2019-06-15 20:00"), bst("2019-06-18 20:00"), id="Saturday evening: Tuesday evening"),
    pytest.param(bst("2019-06-16 03:00"), bst("2019-06-19 00:00"), id="on a Sunday: all of Monday and Tuesday"),
    pytest.param(bst("2019-06-14 00:00"), bst("2019-06-16 00:00"), id="run out as Sunday begins: not carried over"),
    pytest.param(gmt("2019-12-24 16:00"), gmt("2019-12-28 16:00"), id="Christmas Eve 2019, a Tuesday"),
    pytest.param(bst("2019-04-18 10:00"), bst("2019-04-23 10:00"), id="Maundy Thursday: the Tuesday after Easter"),
    pytest.param(bst("2019-04-19 12:00"), bst("2019-04-24 00:00"), id="on Good Friday: Saturday and Tuesday"),
    pytest.param(gmt("2015-12-24 16:00"), gmt("2015-12-30 16:00"), id="Christmas Eve 2015: Saturday 26th a holiday"),
    pytest.param(gmt("2020-12-24 16:00"), gmt("2020-12-30 16:00"), id="Christmas Eve 2020: 25 to 28 December out"),
    pytest.param(gmt("2020-12-26 09:00"), gmt("2020-12-31 00:00"), id="on Saturday 26 December 2020"),
    pytest.param(gmt("2020-12-28 09:00"), gmt("2020-12-31 00:00"), id="on Monday 28 December 2020"),
    pytest.param(gmt("2021-12-24 16:00"), gmt("2021-12-30 16:00"), id="Christmas Eve 2021: 27 and 28 December out"),
    pytest.param(gmt("2022-12-24 16:00"), gmt("2022-12-29 16:00"), id="Christmas Eve 2022: 26 and 27 December out"),
    pytest.param(gmt("2026-12-24 16:00"), gmt("2026-12-30 16:00"), id="Christmas Eve 2026: 25 to 28 December out"),
    pytest.param(gmt("2021-12-31 18:00"), gmt("2022-01-04 18:00"), id="Saturday 1 January 2022 counts, Monday not"),
    pytest.param(gmt("2022-12-31 12:00"), gmt("2023-01-04 12:00"), id="New Year 2023: Monday 2 January out"),
    pytest.param(bst("2011-04-28 12:00"), bst("2011-05-03 12:00"), id="royal wedding, Friday 29 April 2011"),
    pytest.param(bst("2012-06-02 12:00"), bst("2012-06-07 12:00"), id="Diamond Jubilee, 4 and 5 June 2012"),
    pytest.param(bst("2020-05-07 11:00"), bst("2020-05-11 11:00"), id="VE Day, Friday 8 May 2020"),
    pytest.param(bst("2020-05-01 11:00"), bst("2020-05-04 11:00"), id="Monday 4 May 2020 was an ordinary day"),
    pytest.param(bst("2022-05-28 11:00"), bst("2022-05-31 11:00"), id="Monday 30 May 2022 was an ordinary day"),
    pytest.param(bst("2022-06-01 09:00"), bst("2022-06-06 09:00"), id="Platinum Jubilee, 2 and 3 June 2022"),
    pytest.param(bst("2022-09-16 12:00"), bst("2022-09-20 12:00"), id="state funeral, Monday 19 September 2022"),
    pytest.param(bst("2023-05-06 10:00"), bst("2023-05-10 10:00"), id="coronation, Monday 8 May 2023"),
    pytest.param(gmt("2019-03-30 20:00"), bst("2019-04-02 20:00"), id="the skipped hour lies in a disregarded Sunday"),
    pytest.param(bst("2019-10-26 20:00"), gmt("2019-10-29 20:00"), id="the repeated hour lies in a disregarded Sunday"),
]


@pytest.mark.parametrize(("served", "latest"), SERVED)
def test_a_domestic_violence_protection_order_is_heard_within_48_hours_of_service(
    served: datetime, latest: datetime
) -> None:
    """Crime and Security Act 2010 s 27(2)-(3): Sundays, Christmas Day, Good Friday and bank holidays do not count."""
    assert HoursDisregarding(48, DISREGARDED).due(served) == latest


BREACHED = [
    pytest.param(bst("2019-06-12 07:00"), bst("2019-06-13 07:00"), id="Wednesday: Thursday"),
    pytest.param(bst("2019-06-15 20:00"), bst("2019-06-17 20:00"), id="Saturday: Monday"),
    pytest.param(gmt("2019-12-24 20:00"), gmt("2019-12-27 20:00"), id="Christmas Eve: the 27th"),
]


@pytest.mark.parametrize(("arrested", "latest"), BREACHED)
def test_a_person_who_broke_the_notice_is_before_the_court_within_24_hours(
    arrested: datetime, latest: datetime
) -> None:
    """Crime and Security Act 2010 s 26: the same days are disregarded."""
    assert HoursDisregarding(24, DISREGARDED).due(arrested) == latest


CLOSED = [
    pytest.param(bst("2019-06-14 18:00"), bst("2019-06-16 18:00"), id="Friday: Sunday counts"),
    pytest.param(bst("2019-04-18 10:00"), bst("2019-04-20 10:00"), id="Good Friday counts"),
    pytest.param(gmt("2019-12-24 16:00"), gmt("2019-12-27 16:00"), id="Christmas Day does not, the 26th does"),
    pytest.param(gmt("2019-12-25 10:00"), gmt("2019-12-28 00:00"), id="served on Christmas Day"),
    pytest.param(gmt("2019-03-30 20:00"), bst("2019-04-01 21:00"), id="48 hours pass while the clocks go forward"),
    pytest.param(bst("2019-10-26 20:00"), gmt("2019-10-28 19:00"), id="48 hours pass while the clocks go back"),
]


@pytest.mark.parametrize(("served", "latest"), CLOSED)
def test_a_closure_order_is_heard_within_48_hours_of_service(served: datetime, latest: datetime) -> None:
    """Anti-social Behaviour, Crime and Policing Act 2014 s 80(3)-(4): only Christmas Day is disregarded."""
    assert HoursDisregarding(48, CHRISTMAS_DAY).due(served) == latest
