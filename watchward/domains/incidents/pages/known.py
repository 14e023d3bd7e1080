"""Who is involved or lives there, and what the chronicle tells of them and the place."""

from __future__ import annotations

from datetime import datetime

from watchward.domains.incidents.queries import Whole
from watchward.domains.incidents.vocabulary import Part
from watchward.foundation.chronicle.models import Line as Told
from watchward.foundation.chronicle.pages import url_of
from watchward.foundation.ui.parts import Line, Mark, State, Strong
from watchward.foundation.ui.words import recent


def people_marks(found: Whole) -> tuple[Mark, ...]:
    """Return who had a part in it, then who else lives there, children named as children."""
    marks = [
        Mark(
            person.age_words or "Locked",
            (Strong(person.name), f", {', '.join(Part(part).value for part in person.parts)}"),
            person.words,
        )
        for person in found.people
    ]
    named = {person.id for person in found.people}
    if found.household:
        marks += [
            Mark(one.age_words, (Strong(one.name), ", lives there" if one.resident else ", a child of somebody there"))
            for one in found.household.members
            if one.id not in named
        ]
        if found.household.hidden:
            marks.append(Mark("Locked", f"{found.household.hidden} more live there"))
    return tuple(marks)


def history_line(line: Told, at: datetime) -> Line:
    """Return a line of the chronicle as it is shown."""
    state = State(line.state, "ok" if line.stands else "done") if line.state else None
    return Line(
        when=line.since,
        what=line.headline,
        url=url_of(line.kind, line.source),
        shown=recent(line.since, at),
        beneath=line.detail,
        state=state,
        harm=line.harm > 0,
    )
