"""When the applicable bail period ends: PACE 1984 ss 47ZB-47ZF, by the date of arrest."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from watchward.kernel.dated import Dated, NotInForce, Version
from watchward.kernel.periods import DaysBeginningWith, DaySpan, MonthsBeginningWith, carried_over

Step = DaysBeginningWith | MonthsBeginningWith

STEPS: Dated[tuple[Step, ...]] = Dated(
    chosen_by="the date of arrest",
    versions=(
        Version(
            in_force=date(2017, 4, 3),
            value=(DaysBeginningWith(28), MonthsBeginningWith(3), MonthsBeginningWith(6)),
            cite="PACE 1984 ss 47ZB, 47ZD, 47ZE (Policing and Crime Act 2017 s 63)",
        ),
        Version(
            in_force=date(2022, 10, 28),
            value=(MonthsBeginningWith(3), MonthsBeginningWith(6), MonthsBeginningWith(9), MonthsBeginningWith(12)),
            cite="PACE 1984 ss 47ZB, 47ZD, 47ZDA, 47ZF (Police, Crime, Sentencing and Courts Act 2022 Sch 4)",
        ),
    ),
)


def last_days(arrested: date) -> tuple[str, ...]:
    """Return the last day of each step for a standard case, from the bail start date: the day after arrest."""
    return tuple(str(step.last_day(arrested + timedelta(days=1))) for step in STEPS.value_on(arrested))


BY_ARREST = [
    pytest.param(date(2017, 4, 3), ("2017-05-01", "2017-07-03", "2017-10-03"), id="first day of the 2017 limits"),
    pytest.param(date(2019, 1, 31), ("2019-02-28", "2019-04-30", "2019-07-31"), id="from 1 February"),
    pytest.param(date(2020, 2, 1), ("2020-02-29", "2020-05-01", "2020-08-01"), id="28 days in a leap year's February"),
    pytest.param(date(2022, 10, 27), ("2022-11-24", "2023-01-27", "2023-04-27"), id="last day of the 2017 limits"),
    pytest.param(
        date(2022, 10, 28),
        ("2023-01-28", "2023-04-28", "2023-07-28", "2023-10-28"),
        id="first day of the 2022 limits",
    ),
    pytest.param(
        date(2022, 11, 27),
        ("2023-02-27", "2023-05-27", "2023-08-27", "2023-11-27"),
        id="from 28 November: the day before 28 February",
    ),
    pytest.param(
        date(2022, 11, 28),
        ("2023-02-28", "2023-05-28", "2023-08-28", "2023-11-28"),
        id="from 29 November: there is no 29 February",
    ),
    pytest.param(
        date(2022, 11, 29),
        ("2023-02-28", "2023-05-29", "2023-08-29", "2023-11-29"),
        id="from 30 November: there is no 30 February",
    ),
    pytest.param(
        date(2022, 11, 30),
        ("2023-02-28", "2023-05-31", "2023-08-31", "2023-11-30"),
        id="from 1 December: whole months",
    ),
    pytest.param(
        date(2023, 11, 28),
        ("2024-02-28", "2024-05-28", "2024-08-28", "2024-11-28"),
        id="from 29 November before a leap year: the day before 29 February",
    ),
    pytest.param(
        date(2023, 11, 29),
        ("2024-02-29", "2024-05-29", "2024-08-29", "2024-11-29"),
        id="from 30 November before a leap year: there is no 30 February",
    ),
    pytest.param(
        date(2023, 2, 28),
        ("2023-05-31", "2023-08-31", "2023-11-30", "2024-02-29"),
        id="arrested on 28 February: from 1 March",
    ),
    pytest.param(
        date(2024, 2, 28),
        ("2024-05-28", "2024-08-28", "2024-11-28", "2025-02-28"),
        id="arrested on 28 February of a leap year: from 29 February",
    ),
    pytest.param(
        date(2024, 2, 29),
        ("2024-05-31", "2024-08-31", "2024-11-30", "2025-02-28"),
        id="arrested on 29 February: from 1 March",
    ),
    pytest.param(
        date(2023, 8, 30),
        ("2023-11-30", "2024-02-29", "2024-05-30", "2024-08-30"),
        id="from 31 August: no 31 November, no 31 February",
    ),
    pytest.param(
        date(2022, 12, 31),
        ("2023-03-31", "2023-06-30", "2023-09-30", "2023-12-31"),
        id="from 1 January: quarters of the year",
    ),
]


@pytest.mark.parametrize(("arrested", "ends"), BY_ARREST)
def test_each_step_ends_on_the_day_the_law_at_arrest_says(arrested: date, ends: tuple[str, ...]) -> None:
    """28 days then 3 and 6 months for arrests before 28 October 2022; 3, 6, 9 and 12 months from then on."""
    assert last_days(arrested) == ends


def test_an_arrest_before_april_2017_has_no_limit_in_this_table() -> None:
    """The table never falls back to a law that came later."""
    with pytest.raises(NotInForce):
        last_days(date(2017, 4, 2))


def test_a_case_of_the_serious_fraud_office_had_three_months_from_the_start_in_2017() -> None:
    """Section 47ZB(1)(a) as it stood: arrested 1 March 2018, bail from 2 March, three months end on 1 June."""
    assert MonthsBeginningWith(3).last_day(date(2018, 3, 2)) == date(2018, 6, 1)


@pytest.mark.parametrize(("months", "ends"), [(6, date(2023, 8, 31)), (12, date(2024, 2, 29)), (18, date(2024, 8, 31))])
def test_agencies_with_longer_limits_count_their_months_alike(months: int, ends: date) -> None:
    """Sections 47ZB(1)(a), 47ZDB and 47ZF: arrested 28 February 2023, six, twelve and eighteen months."""
    assert MonthsBeginningWith(months).last_day(date(2023, 3, 1)) == ends


def test_days_with_the_prosecutor_move_the_end_on() -> None:
    """Section 47ZL suspends the period: ten days with the prosecutor move 31 May to 10 June, later ones nothing."""
    with_the_prosecutor = DaySpan(date(2023, 5, 10), date(2023, 5, 19))
    assert carried_over(date(2023, 5, 31), [with_the_prosecutor]) == date(2023, 6, 10)
    assert carried_over(date(2023, 5, 31), [DaySpan(date(2023, 6, 1), date(2023, 6, 9))]) == date(2023, 5, 31)
    # The second pause starts after 31 May but before the end as the first has moved it.
    both = [with_the_prosecutor, DaySpan(date(2023, 6, 5), date(2023, 6, 6))]
    assert carried_over(date(2023, 5, 31), both) == date(2023, 6, 12)
