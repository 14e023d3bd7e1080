"""Every measure as it is declared: what it answers, who asks for it, what it counts and when it is judged."""

from __future__ import annotations

from collections.abc import Iterator

from watchward.config.docs.tables import table
from watchward.foundation.measures.beginning import counts_from
from watchward.foundation.measures.declared import Measure, measures
from watchward.foundation.measures.spans import Span
from watchward.foundation.measures.suppressing import SMALL
from watchward.foundation.measures.telling import span_words


def pages() -> Iterator[tuple[str, str]]:
    """Return the page of all measures."""
    rows = [(each.key, each.title, each.theme, type(each).__name__, each.source) for each in _in_order()]
    parts = [
        "# Measures\n",
        "Every figure is counted over all rows, whoever asks; sealed rows are in none. A month is judged once no more"
        " of its rows than its threshold are still open. Counts of 1 to"
        f" {SMALL - 1} do not leave the force, nor what would give them back.\n",
        table(("Key", "Measure", "Step", "Kind", "Asked for by"), rows),
        *(_one(each) for each in _in_order()),
    ]
    yield "measures/declared.md", "\n".join(parts)


def _in_order() -> list[Measure]:
    return [measures[key] for key in sorted(measures)]


def _one(measure: Measure) -> str:
    says = [
        ("Answers", measure.asks),
        ("Of", f"{measure.basis}, by {measure.date.replace('_', ' ')}"),
        ("Counts from", counts_from(measure)),
        ("Said in", measure.unit.value),
        ("By", ", ".join(["month", *(each.key for each in measure.breakdowns)])),
        ("Wanted", measure.wanted.value),
        ("Explained by", measure.owner or "nobody is asked to"),
        ("Judged", f"while no more than {measure.settled:.0%} are {measure.still_open}" if measure.open else "always"),
        ("Rows opened with", measure.needs or "the same permission as the figure"),
    ]
    if measure.beside:
        says.append(("Beside", measure.beside))
    says += [
        (each.who, f"{each.value:g}, {span_words(Span(each.first, each.last))} ({each.source})")
        for each in measure.compares
    ]
    counts = "".join(f"- {words}\n" for words in measure.counts)
    return f"## {measure.title}\n\n`{measure.key}`\n\n{counts}\n{table(('', ''), says)}"
