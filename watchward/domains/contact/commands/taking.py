"""Answering a call and saving what is typed while it is typed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from watchward.domains.contact.commands.writing import (
    WHAT_WAS_SAID,
    in_hand,
    settle,
    write_advice,
    write_answer,
    write_line,
)
from watchward.domains.contact.models import Call
from watchward.domains.contact.queries.looking import SHOWN
from watchward.domains.contact.vocabulary import BY_KEY, How, Line, Part, Permission, State, Typed
from watchward.domains.incidents.vocabulary import Grade
from watchward.domains.objects import commands as numbers
from watchward.domains.objects import queries as known_numbers
from watchward.domains.objects.vocabulary import normal_number
from watchward.domains.people import queries as people
from watchward.domains.places import queries as places
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.foundation.linkage.vocabulary import Asked, Standing
from watchward.foundation.reference.numbers import next_reference
from watchward.kernel.refusals import Refusal, Refused

LENGTHS = {"number": 40, "caller": 160, "place": 240, "others": 240}
"""Most characters of each box."""


@command(needs=Permission.TAKE)
def take_call(
    acting: Acting, *, line: Line, number: str = "", rang_at: datetime | None = None, handling: int = 0
) -> Call:
    """Answer a call now: its record stands from this moment, before anything is typed.

    Args:
        acting: who answers, and when.
        line: which line rang.
        number: as the telephone system gave it; empty when withheld.
        rang_at: when it began to ring, aware UTC; now where nobody knows.
        handling: of the record.

    Raises:
        Refused: it rang after it was answered.
    """
    if rang_at is not None and rang_at > acting.at:
        raise Refused(Refusal("A call rings before it is answered.", field="rang_at"))
    call = _fresh(acting, line, number, rang_at or acting.at, handling)
    call.answered_at = acting.at
    _know_number(acting, call, record=True)
    call.missing = [WHAT_WAS_SAID]
    settle(acting, call)
    if call.telephone_id is not None:
        _say_who_rings(acting, call)
    return call


@command(needs=Permission.TAKE)
def record_abandoned(acting: Acting, *, line: Line, number: str = "", rang_at: datetime, ended_at: datetime) -> Call:
    """Record a call that rang and ended before anybody answered (report line 71: how quickly calls are answered).

    Raises:
        Refused: it ended before it rang.
    """
    if ended_at < rang_at:
        raise Refused(Refusal("A call ends after it rings.", field="ended_at"))
    call = _fresh(acting, line, number, rang_at, 0)
    call.abandoned, call.ended_at, call.state = True, ended_at, State.CLOSED
    _know_number(acting, call, record=True)
    call.save()
    return call


def _fresh(acting: Acting, line: Line, number: str, rang_at: datetime, handling: int) -> Call:
    return Call(
        reference=next_reference(acting, "C"),
        made_at=acting.at,
        team_id=acting.team,
        handling=handling,
        line=Line(line),
        rang_at=rang_at,
        taken_by_id=acting.account,
        saved_at=acting.at,
        saved_by_id=acting.account,
        number=number.strip(),
    )


def _say_who_rings(acting: Acting, call: Call) -> None:
    found = people.recognise(acting, asked=Asked(number=call.number))
    best = found.candidates[0] if found.candidates else None
    if best is None or best.standing is not Standing.STRONG:
        return
    summary = people.summaries(acting, ids=[best.person]).get(best.person)
    if summary is not None:
        words = f"Number recognised before answering: {summary.name}, {best.standing.lower()}"
        write_line(acting, call, words, automatic=True)


def _know_number(acting: Acting, call: Call, *, record: bool) -> None:
    """Link the telephone number: found while typing, recorded once somebody acts on it."""
    if not normal_number(call.number):
        call.telephone = None
        return
    call.telephone = known_numbers.number(acting, typed=call.number)
    if call.telephone is None and record:
        call.telephone = numbers.record_number(acting, typed=call.number)


def _know_place(acting: Acting, call: Call) -> None:
    """Link the place that the words name, where they name one without doubt."""
    call.place_id, call.place_chosen = None, False
    if len(call.place_words) > 3:
        call.offered = places.suggest(acting, typed=call.place_words, limit=SHOWN)
        if call.offered and call.offered[0].is_sure:
            call.place_id = call.offered[0].place


@command(needs=Permission.TAKE)
def record_call(acting: Acting, *, call: UUID, typed: Typed, version: int | None = None, acted: bool = False) -> Call:
    """Save what stands on the page, as much or as little as there is.

    Args:
        acting: who types.
        call: its id.
        typed: the boxes; what is None is left as it was.
        version: the version that the page was made from.
        acted: somebody pressed something, so that what was preselected because it was recognised now counts as seen.

    Raises:
        Refused: a box is too long.
        Stale: somebody else changed the call; both versions are then shown.
        NotHere: no such call.
    """
    row = in_hand(acting, call, version)
    _refuse_what_cannot_be(typed)
    before = _picture(row)
    if typed.number is not None and (typed.number.strip() != row.number or (acted and row.telephone_id is None)):
        row.number = typed.number.strip()
        _know_number(acting, row, record=acted)
    if typed.place is not None and typed.place.strip() != row.place_words:
        row.place_words = typed.place.strip()
        _know_place(acting, row)
    for name in ("caller", "others", "draft"):
        words = getattr(typed, name)
        if words is not None:
            setattr(row, name, words.strip() if name != "draft" else words)
    _know_matter(row, typed)
    if typed.signs is not None:
        row.signs = sorted(sign.key for sign in typed.signs)
    for element, heard in typed.thrive.items():
        row.thrive = {**row.thrive, element.value: [heard.text.strip(), heard.level or ""]}
    if typed.grade is not None and typed.grade_reason is not None:
        row.grade = Grade(int(typed.grade)) if typed.grade else None
        row.grade_reason = typed.grade_reason.strip()
    changed = _answers(acting, row, typed, acted)
    changed |= write_advice(acting, row, typed.said, typed.shown_said)
    if changed or _picture(row) != before:
        settle(acting, row)
    return row


def _picture(row: Call) -> dict[str, object]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def _refuse_what_cannot_be(typed: Typed) -> None:
    reasons = [
        Refusal(f"{name.capitalize()} holds at most {most} characters. Put the rest in the log.", field=name)
        for name, most in LENGTHS.items()
        if len(getattr(typed, name) or "") > most
    ]
    if typed.what and typed.what not in BY_KEY:
        reasons.append(Refusal("Choose what it is about from the list.", field="what"))
    if reasons:
        raise Refused(*reasons)


def _know_matter(row: Call, typed: Typed) -> None:
    """Keep what it is about, with the caller's usual part in that until somebody says another."""
    usual = BY_KEY[row.what].part if row.what else Part.NOT_KNOWN
    if typed.part is not None:
        row.part = Part(typed.part)
    if typed.what is not None and typed.what != row.what:
        row.what = typed.what
        if row.part in (Part.NOT_KNOWN, usual):
            row.part = BY_KEY[row.what].part if row.what else Part.NOT_KNOWN


def _answers(acting: Acting, row: Call, typed: Typed, acted: bool) -> bool:
    changed = False
    for which, answer in typed.identified.items():
        preselected = typed.recognised.get(which)
        if preselected is not None and preselected[0] is answer:
            if acted:
                changed |= write_answer(acting, row, which, answer, preselected[1])
        else:
            changed |= write_answer(acting, row, which, answer, How.ASKED)
    return changed
