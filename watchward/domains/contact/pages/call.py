"""The page of one call: say, know, decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from watchward.domains.contact.pages.decide import (
    Go,
    Ident,
    Nurse,
    advice,
    answered,
    go_on,
    grade,
    ident,
    ident_note,
    thrive,
    thrive_note,
)
from watchward.domains.contact.pages.know import (
    Card,
    card,
    fits,
    line,
    marks,
    months,
    nobody,
    owed,
    person_url,
    url_of,
    well_fitting,
)
from watchward.domains.contact.pages.say import Box, number_box, others_box, place_box, what_groups
from watchward.domains.contact.pages.telling import matters, pronoun, trend_part
from watchward.domains.contact.queries import Looked, Whole
from watchward.domains.contact.vocabulary import NOW, Line, Part, Which, name_and_birth
from watchward.domains.incidents.vocabulary import Grade
from watchward.foundation.acting import fresh_id
from watchward.foundation.guidance import queries as guidance
from watchward.foundation.guidance.vocabulary import Lead
from watchward.foundation.ui import parts, words
from watchward.foundation.ui.frame import Shortcut

LINES = 5
OWED = 4
KEYS = (
    ("C", "caller"), ("P", "place"), ("W", "what"), ("L", "log"), ("Y", "{}"), ("X", "not {}"), ("U", "unsure"),
    ("I", "identify"), ("T", "THRIVE"), ("G", "another grade"), ("A", "advice"), ("S", "{go}"), ("N", "new call"),
)  # fmt: skip


@dataclass(frozen=True)
class CallPage:
    """All that the contact page shows."""

    id: UUID
    version: int
    key: str
    heading: str
    where: str
    reference: str
    answered_at: datetime
    ended_at: datetime | None
    rang: str
    saved_at: datetime
    matters: parts.Matters
    matters_mark: str
    go: Go | None
    incident: parts.Link | None
    missing: str
    number: Box
    caller: Box
    place: Box
    others: Box
    part: str
    parts_of: tuple[tuple[str, str], ...]
    what: str
    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    ticks: tuple[parts.Tick, ...]
    draft: str
    begin_at: str
    log: tuple[parts.LogLine, ...]
    looked_at: datetime
    confirmed: Card | None
    guesses: tuple[Card, ...]
    less: tuple[Card, ...]
    more: str
    locked: tuple[str, ...]
    nobody: str
    can_make_known: str
    marks: tuple[parts.Mark, ...]
    trend: parts.Trend
    first_lines: tuple[parts.Line, ...]
    rest_lines: tuple[parts.Line, ...]
    rest_words: str
    locked_lines: str
    owed: tuple[parts.Mark, ...]
    owed_more: str
    owed_title: str
    grade: parts.Grade | None
    given: str
    grade_reason: str
    grades: tuple[tuple[str, str], ...]
    idents: tuple[Ident, ...]
    ident_note: str
    thrive: tuple[parts.ThriveRow, ...]
    thrive_note: str
    advice: tuple[parts.Tick, ...]
    said: tuple[str, ...]
    nurses: tuple[Nurse, ...]
    nurse_open: bool
    keys: tuple[Shortcut, ...]
    leads: tuple[Lead, ...] = ()


@dataclass(frozen=True)
class LogPage:
    """What a line added changes: the log, when it was saved, and the version."""

    version: int
    saved_at: datetime
    log: tuple[parts.LogLine, ...]


def log_page(held: Whole) -> LogPage:
    """Return the log of a call."""
    return LogPage(held.call.version, held.call.saved_at, _log(held))


def _log(held: Whole) -> tuple[parts.LogLine, ...]:
    return tuple(parts.LogLine(one.at, one.words, one.automatic) for one in held.lines)


def call_page(looked: Looked) -> CallPage:
    """Return the page of a call as it was looked up; pure, but for its own fresh form key and addresses of pages."""
    held, call = looked.held, looked.held.call
    began = call.answered_at or call.rang_at
    told = matters(looked)
    go = go_on(looked)
    first, rest = looked.previous[:LINES], looked.previous[LINES:]
    shown = well_fitting(looked)
    rest_fit = len(looked.guesses) - shown + looked.more
    her = pronoun(looked.subject.sex) if looked.subject else "them"
    return CallPage(
        id=call.pk,
        version=call.version,
        key=str(fresh_id()),
        heading=Line(call.line).words,
        where=call.place_words or call.reference,
        reference=call.reference,
        answered_at=began,
        ended_at=call.ended_at,
        rang=f"Rang {words.clock(call.rang_at)}, answered in {words.lasting(began - call.rang_at)}",
        saved_at=call.saved_at,
        matters=told,
        matters_mark=sha256(repr(told).encode()).hexdigest()[:16],
        go=go,
        incident=_incident(held),
        missing=", ".join(call.missing),
        number=number_box(looked),
        caller=Box(call.caller),
        place=place_box(looked),
        others=others_box(looked),
        part=call.part,
        parts_of=tuple((each.value, each.words) for each in Part),
        what=call.what,
        groups=what_groups(),
        ticks=tuple(
            parts.Tick("signs", sign.key, label, sign in held.signs) for sign, label in NOW
        ),
        draft=call.draft,
        begin_at=_begin_at(held),
        log=_log(held),
        looked_at=looked.at,
        confirmed=card(looked.confirmed, held) if looked.confirmed else None,
        guesses=tuple(card(one, held, first=at == 0) for at, one in enumerate(looked.guesses[:shown])),
        less=tuple(card(one, held, first=False) for one in looked.guesses[shown:]),
        more=f"{rest_fit} more fit less well" if rest_fit else "",
        locked=tuple(person_url(id_) for id_ in looked.locked),
        nobody=nobody(looked),
        can_make_known=name_and_birth(call.caller)[0] if looked.subject is None else "",
        marks=marks(looked),
        trend=trend_part(looked.trend, call.rang_at),
        first_lines=tuple(line(one, looked.at) for one in first),
        rest_lines=tuple(line(one, looked.at) for one in rest),
        rest_words=f"{len(rest)} more, {months(rest)}" if rest else "",
        locked_lines=f"{words.counted(looked.locked_lines, 'line')} more locked" if looked.locked_lines else "",
        owed=tuple(owed(looked)[:OWED]),
        owed_more=f"{len(looked.owed) - OWED} more owed" if len(looked.owed) > OWED else "",
        owed_title=f"Owed to {her}",
        grade=grade(looked),
        given=str(call.grade or ""),
        grade_reason=call.grade_reason,
        grades=tuple((str(grade.value), grade.words) for grade in Grade),
        idents=tuple(ident(which, looked) for which in Which),
        ident_note=ident_note(looked),
        thrive=thrive(held),
        thrive_note=thrive_note(held),
        advice=advice(held),
        said=tuple(held.said or {}),
        nurses=tuple(Nurse(one.id, one.at, one.asked, answered(one.nurse, one.answer)) for one in held.nurses),
        nurse_open=call.what == "crisis" or bool(held.nurses),
        keys=tuple(
            Shortcut(key, says.format(her, go=words_lower(go.key_words if go else "nothing"))) for key, says in KEYS
        ),
        leads=guidance.leads(looked.held.guidance, fits(looked)),
    )  # fmt: skip


def words_lower(said: str) -> str:
    """Return words for the strip, where all are lower case."""
    return said[:1].lower() + said[1:]


def _begin_at(held: Whole) -> str:
    """Return the box in which a fresh call is begun; none once something was typed, since the focus is then kept."""
    call = held.call
    if call.ended_at or call.caller or call.place_words or call.what:
        return ""
    return "caller" if call.number else "number"


def _incident(held: Whole) -> parts.Link | None:
    incident = held.call.incident
    if incident is None:
        return None
    return parts.Link(f"Incident {incident.reference}", url_of("incidents:one", incident.pk))
