"""Loading lists of codes, as often as one likes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from watchward.foundation.access.commands import ADMINISTER
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.foundation.reference.models import Code, CodeList
from watchward.kernel.refusals import Refusal, refuse_if


@dataclass(frozen=True)
class CodeRow:
    """One code as its source gives it.

    Args:
        code: the value.
        words: what it says.
        since: its first day.
        until: the first day on which it no longer stands; None while it does.
    """

    code: str
    words: str
    since: date
    until: date | None = None


@dataclass(frozen=True)
class LoadedCodes:
    """What became of the rows: read = added + changed + already."""

    added: int
    changed: int
    already: int


def why_not_load(rows: Sequence[CodeRow]) -> tuple[Refusal, ...]:
    """Return every reason why these rows are no list: nothing in it, no words, an end before its start, an overlap."""
    reasons = [] if rows else [Refusal("The list has no codes.", field="rows")]
    by_code: dict[str, list[CodeRow]] = {}
    for row in rows:
        by_code.setdefault(row.code, []).append(row)
        if not row.code.strip() or not row.words.strip():
            reasons.append(Refusal(f"Code {row.code!r} from {row.since} lacks its code or its words.", field="rows"))
        if row.until is not None and row.until <= row.since:
            reasons.append(Refusal(f"Code {row.code} ends on {row.until}, not after it starts.", field="rows"))
    for code, versions in by_code.items():
        ordered = sorted(versions, key=lambda row: row.since)
        for earlier, later in pairwise(ordered):
            if earlier.until is None or earlier.until > later.since:
                reasons.append(Refusal(f"Code {code} has two meanings on {later.since}.", field="rows"))
    return tuple(reasons)


@command(needs=ADMINISTER)
def load_codes(acting: Acting, *, list_: str, title: str, source: str, rows: Sequence[CodeRow]) -> LoadedCodes:
    """Load a list of codes; loading the same again changes nothing, and no code is ever taken away.

    A code that is not among the rows stays: it ends only when its source says on which day.

    Args:
        acting: who acts.
        list_: key of the list.
        title: its title.
        source: who keeps it, with its edition.
        rows: all its codes, with those that have ended; their order is the order in which they are offered.

    Raises:
        Refused: a row lacks its words, ends before it starts, or overlaps another of its code.
    """
    refuse_if(why_not_load(rows))
    kept, _fresh = CodeList.objects.get_or_create(key=list_, defaults={"title": title, "source": source})
    if (kept.title, kept.source) != (title, source):
        kept.title, kept.source = title, source
        kept.save(update_fields=["title", "source"])
    there = {(row.code, row.since): row for row in Code.visible_to(acting).select_for_update().filter(list=kept)}
    fresh, changed, already = [], [], 0
    # Rows that end come first: two meanings of one code must not stand for a moment.
    for order, row in sorted(enumerate(rows), key=lambda pair: (pair[1].until is None, pair[0])):
        found = there.get((row.code, row.since))
        if found is None:
            fresh.append(Code(list=kept, code=row.code, words=row.words, order=order, since=row.since, until=row.until))
        elif (found.words, found.order, found.until) == (row.words, order, row.until):
            already += 1
        else:
            found.words, found.order, found.until = row.words, order, row.until
            found.save(update_fields=["words", "order", "until"])
            changed.append(found)
    Code.objects.bulk_create(fresh)
    return LoadedCodes(len(fresh), len(changed), already)
