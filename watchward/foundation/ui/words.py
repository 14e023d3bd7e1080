"""Words for times, lengths and counts, as people read them: 24-hour clock, Europe/London."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from watchward.kernel.periods import local_day, london, utc

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONG_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

Moment = date | datetime


def _calendar(when: Moment) -> date:
    return local_day(when) if isinstance(when, datetime) else when


def clock(at: datetime) -> str:
    """Return the time of day with seconds: 07:43:41."""
    return f"{london(at):%H:%M:%S}"


def hm(at: datetime) -> str:
    """Return the time of day: 07:43."""
    return f"{london(at):%H:%M}"


def short_day(when: Moment) -> str:
    """Return the day without its weekday or year: 28 Jun."""
    on = _calendar(when)
    return f"{on.day} {_MONTHS[on.month - 1]}"


def day(when: Moment) -> str:
    """Return the day with its weekday: Fri 28 Jun."""
    return f"{_DAYS[_calendar(when).weekday()]} {short_day(when)}"


def day_year(when: Moment) -> str:
    """Return the day with its year: 28 Jun 2019."""
    return f"{short_day(when)} {_calendar(when).year}"


def long_day(when: Moment) -> str:
    """Return the day in full: 28 June 2019."""
    on = _calendar(when)
    return f"{on.day} {_LONG_MONTHS[on.month - 1]} {on.year}"


def moment(at: datetime) -> str:
    """Return day and time: Mon 1 Jul 2019, 07:45."""
    return f"{day(at)} {_calendar(at).year}, {hm(at)}"


def stamp(when: Moment) -> str:
    """Return a line's own date: 28 Jun 23:14 for an instant, 30 May for a day."""
    return f"{short_day(when)} {hm(when)}" if isinstance(when, datetime) else short_day(when)


def recent(when: Moment, now: datetime) -> str:
    """Return the date with as much as a reader needs: Fri 28 Jun (within 30 days), 12 Mar, 4 Nov 2018."""
    on, today = _calendar(when), _calendar(now)
    if timedelta(0) <= today - on <= timedelta(days=30):
        return day(on)
    return short_day(on) if on.year == today.year else day_year(on)


def due(at: datetime, now: datetime) -> str:
    """Return when something is due: 17:00 today, Sat 23:14 within six days, else Thu 4 Jul."""
    away = abs((_calendar(at) - _calendar(now)).days)
    if away == 0:
        return hm(at)
    return f"{_DAYS[_calendar(at).weekday()]} {hm(at)}" if away <= 6 else day(at)


def machine(when: Moment) -> str:
    """Return the date or UTC instant for a ``datetime`` attribute."""
    if isinstance(when, datetime):
        return utc(when).isoformat(timespec="seconds").replace("+00:00", "Z")
    return when.isoformat()


def lasting(span: timedelta) -> str:
    """Return a length of time: 40 s, 45 min (up to 90), 2 h 15 (up to 6 hours), 32 h (up to 48), 3 days."""
    seconds = int(abs(span.total_seconds()))
    minutes, hours = seconds // 60, seconds // 3600
    if seconds < 60:
        return f"{seconds} s"
    if minutes <= 90:
        return f"{minutes} min"
    if hours < 6:
        return f"{hours} h {minutes % 60:02d}" if minutes % 60 else f"{hours} h"
    if hours < 48:
        return f"{hours} h"
    return f"{hours // 24} days"


def running(span: timedelta) -> str:
    """Return a running time as the page's own clock counts it: 12 s, 1 min 11 s, 1 h 5 min."""
    seconds = max(0, int(span.total_seconds()))
    if seconds < 60:
        return f"{seconds} s"
    if seconds < 3600:
        return f"{seconds // 60} min {seconds % 60} s"
    return f"{seconds // 3600} h {seconds % 3600 // 60} min"


def since(at: datetime, now: datetime) -> str:
    """Return how long ago: 6 min ago."""
    return f"{lasting(now - at)} ago"


def left(at: datetime, now: datetime) -> str:
    """Return how long until a time, or how late it is: 9 h left, 32 h late."""
    return f"{lasting(at - now)} left" if at > now else f"{lasting(now - at)} late"


def ordinal(number: int) -> str:
    """Return the place in an order: 1st, 2nd, 3rd, 4th, 11th."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{ending}"


def times(number: int) -> str:
    """Return how often: once, twice, 3 times."""
    return {0: "never", 1: "once", 2: "twice"}.get(number, f"{number:,} times")


def counted(number: int, one: str, many: str = "") -> str:
    """Return a count with its noun: 1 child, 2 children, 3 duties."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(words: list[str] | tuple[str, ...]) -> str:
    """Return a list as a sentence has it: a, b and c."""
    return ", ".join(words[:-1]) + f" and {words[-1]}" if len(words) > 1 else "".join(words)
