"""Who is involved or lives there, and what the chronicle tells of them and the place."""

from __future__ import annotations

from datetime import datetime

from watchward.domains.incidents.queries import Whole
from watchward.domains.incidents.vocabulary import CHILDREN, Kind, Part, Qualifier, Sign, needs_of
from watchward.foundation.chronicle.models import Line as Told
from watchward.foundation.chronicle.pages import url_of
from watchward.foundation.guidance.vocabulary import Fits, Group
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


def fits(found: Whole) -> Fits:
    """Return by what guidance for an incident is found: what those it is about may need, and children who are there."""
    row = found.incident
    needs = needs_of(
        kind=Kind(row.closed_as or row.kind),
        qualifiers=map(Qualifier, row.qualifiers),
        signs=[sign for sign in Sign if sign.key in row.signs],
    )
    children = bool(needs & CHILDREN) or bool(found.household and found.household.children)
    return Fits.of(needs, Group if children else ())
