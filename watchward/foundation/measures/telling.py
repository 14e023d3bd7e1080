"""What a chart says, in words: always from the chart's own signals, never from a hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from watchward.foundation.measures.counting import Figure
from watchward.foundation.measures.declared import Measure, Rate, Unit, Wanted
from watchward.foundation.measures.judging import NEEDED, Chart, Side, Stretch
from watchward.foundation.measures.spans import Span
from watchward.foundation.ui.words import hm, long_day


class Tone(StrEnum):
    """How a judgement stands: one that is better or worse only where one way is wanted."""

    ORDINARY = "ordinary"
    BETTER = "better"
    WORSE = "worse"
    SIGNAL = "signal"
    TOO_NEW = "too new"


@dataclass(frozen=True)
class Judgement:
    """What is said of a figure.

    Args:
        tone: how it stands.
        short: for a tile: "Signal: better since September 2018".
        lead: the first words on its page: "Signal: higher."
        rest: the sentences after them.
        since: the month since which it signals; None where it does not.
    """

    tone: Tone
    short: str
    lead: str
    rest: str
    since: date | None = None


def month(day: date) -> str:
    """Return a month as people write it: July 2018."""
    return long_day(day).split(" ", 1)[1]


def number(value: float | None, unit: Unit, *, places: int | None = None) -> str:
    """Return a figure without its unit: 8.9; 1,204; a dash where there is none."""
    if value is None:
        return "–"
    if places is None:
        places = 1 if unit is not Unit.A_DAY else 2 if abs(value) < 1 else 1 if abs(value) < 100 else 0
    return f"{value:,.{places}f}"


def figure(value: float | None, unit: Unit) -> str:
    """Return a figure with its unit: "8.9 %", "12.4 min", "3.1 a day"."""
    return number(value, unit) if value is None else f"{number(value, unit)} {unit.value}"


def span_words(span: Span) -> str:
    """Return a period as people write it: "1 July 2018 to 30 June 2019"."""
    return f"{long_day(span.first)} to {long_day(span.last)}"


def of_words(measure: Measure, counted: Figure) -> str:
    """Return what a figure is of: "7,455 of 83,768 crimes recorded"; a rate is of its rows alone."""
    if isinstance(measure, Rate):
        return f"{counted.rows:,} {measure.basis}"
    return f"{counted.counted:,} of {counted.rows:,} {measure.basis}"


def basis_line(measure: Measure, counted: Figure, span: Span, at: datetime) -> str:
    """Return the grey line under a figure: what it is of, the period, when it was counted, and what is still open."""
    words = f"{of_words(measure, counted)} {span_words(span)}. Counted {long_day(at)} {hm(at)}."
    if measure.open is not None:
        share = f"{100 * counted.open_share:.1f} % ({counted.open:,})" if counted.open else "None"
        words += f" {share} {measure.still_open}."
    return words


def tone_of(measure: Measure, side: Side) -> Tone:
    """Return whether a signal on this side is better, worse, or neither."""
    if measure.wanted is Wanted.NEITHER:
        return Tone.SIGNAL
    return Tone.BETTER if measure.wanted.value == side.value else Tone.WORSE


def judgement(measure: Measure, chart: Chart) -> Judgement:
    """Return what a chart says of its measure."""
    if not chart.limits:
        return _too_new(chart)
    going = chart.now
    if going is None:
        return _ordinary(chart)
    tone = tone_of(measure, going.side)
    word = {Tone.BETTER: "better", Tone.WORSE: "worse"}.get(tone, going.side.value)
    since = going.outside_since or going.since
    when = f"in {month(since)}" if since == going.last else f"since {month(since)}"
    return Judgement(
        tone=tone, short=f"Signal: {word} {when}", lead=f"Signal: {going.side.value}.",
        rest=" ".join((_how(chart, going), "That is more than this measure moves by itself.", *_young(chart))),
        since=since,
    )  # fmt: skip


def _too_new(chart: Chart) -> Judgement:
    if not chart.settled:
        return Judgement(Tone.TOO_NEW, "Nothing to judge yet", "Nothing to judge yet.", "No month has settled.")
    months = "month" if chart.settled == 1 else "months"
    rest = (
        f"{chart.settled} settled {months} of the {NEEDED} from which a chart learns what this measure does by itself."
    )
    words = f"Too new to judge: {chart.settled} {months} of the {NEEDED} needed"
    return Judgement(Tone.TOO_NEW, words, "Too new to judge.", rest)


def _ordinary(chart: Chart) -> Judgement:
    since = month(chart.limits[-1].since)
    past = [each for each in chart.stretches if each.since >= chart.limits[-1].since]
    if not past:
        rest = f"No settled month since {since} is outside what this measure does by itself."
    else:
        last = past[-1]
        when = f"in {month(last.last)}" if last.points == 1 else f"from {month(last.since)} to {month(last.last)}"
        rest = f"It was {last.side.value} {when}; since then it is within what it does by itself."
    short = "Ordinary variation"
    young = _young(chart)
    if young:
        short += f". Last {_months(chart.unsettled)} not yet settled"
    return Judgement(Tone.ORDINARY, short, "Ordinary variation.", " ".join((rest, *young)))


def _how(chart: Chart, going: Stretch) -> str:
    limits = chart.limits[-1]
    limit = "above the upper limit" if going.side is Side.HIGHER else "below the lower limit"
    side = "above" if going.side is Side.HIGHER else "below"
    base = f"set by {month(limits.first)} to {month(limits.last)}"
    if going.outside_since == going.last:
        return f"{month(going.last)} is {limit} {base}."
    if going.outside_since is not None:
        return f"Every settled month since {month(going.outside_since)} is {limit} {base}."
    words = f"{going.points} settled months in a row, since {month(going.since)}, are {side} the average {base}"
    return f"{words}; {going.outside} of them {limit}." if going.outside else f"{words}."


def _young(chart: Chart) -> tuple[str, ...]:
    if not chart.unsettled:
        return ()
    if chart.unsettled == 1:
        return ("The last month is not judged: many of its rows are still open.",)
    return (f"The last {_count(chart.unsettled)} months are not judged: many of their rows are still open.",)


def _count(number_: int) -> str:
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    return words[number_] if number_ < len(words) else str(number_)


def _months(count: int) -> str:
    return "month" if count == 1 else f"{count} months"


def change_words(chart: Chart, day: date) -> str:
    """Return what the chart did at a recorded change, which is a date and not a cause."""
    anew = next((each for each in chart.limits if each.change == day), None)
    if anew is not None:
        words = "The figure moved after it by more than it does by itself, and the limits were set anew from"
        return f"{words} {month(anew.since)}."
    if not chart.limits:
        return "Too little is settled to say whether the figure moved."
    if chart.moved(day):
        return "The figure moved after it; the limits are kept until twelve settled months follow."
    return "The average before and after it does not differ by more than ordinary variation, so the limits were kept."
