"""Caring for each person of an incident: the risk to each, and advice asked of a mental health practitioner."""

from __future__ import annotations

from uuid import UUID

from watchward.domains.incidents import queries
from watchward.domains.incidents.commands.records import note, of, signed, taken
from watchward.domains.incidents.models import Involvement, NurseAdvice, PersonRisk
from watchward.domains.incidents.vocabulary import Level, Permission
from watchward.domains.people import queries as people
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.foundation.records import NotHere
from watchward.kernel.refusals import Refusal, refuse_if


@command(needs=Permission.ASSESS)
def judge_risk(acting: Acting, *, incident: UUID, person: UUID, level: Level | None, words: str) -> PersonRisk:
    """Judge the risk to one person who had a part in an incident or lives where it is; what was judged before stays.

    It may be closed by then: what nobody judged while there is still owed.

    Args:
        acting: who judges it.
        incident: its id.
        person: their id: everybody there, and every child who lives there wherever it was, not only the victim.
        level: none, some or high.
        words: what the risk is, or why there is none.

    Raises:
        Refused: no level or no words; they neither had a part in it nor live there.
        NotHere: there is no such incident or person.
    """
    row = taken(acting, incident)
    if not people.people(acting, ids=[person]):
        raise NotHere("no such person")
    reasons = []
    if level is None:
        reasons.append(Refusal("Say how high the risk to them is.", field="level"))
    if len(words.split()) < 2:
        reasons.append(Refusal("Say what the risk to them is, or why there is none.", field="risk_words"))
    part = Involvement.visible_to(acting).filter(incident=row, person_id=person).exists()
    home = people.household_at(acting, place=row.place_id).members if row.place_id and not part else ()
    if not part and person not in {one.id for one in home}:
        reasons.append(Refusal("They neither had a part in it nor live there. Name them first.", field="person"))
    refuse_if(reasons)
    assert level is not None  # noqa: S101 - its absence was refused above
    return PersonRisk.objects.create(
        **of(row), **signed(acting), person_id=person, level=level, words=words.strip()[:300]
    )


@command(needs=Permission.ASSESS)
def record_advice(acting: Acting, *, incident: UUID, nurse: str, asked: str, answer: str) -> NurseAdvice:
    """Record what a mental health practitioner was asked by telephone, as officers do while no triage car is out.

    Args:
        acting: who asked.
        incident: its id.
        nurse: who answered.
        asked: what they were asked.
        answer: what they said.

    Raises:
        Refused: with every reason.
        NotHere: there is no such incident.
    """
    row = taken(acting, incident)
    reasons = []
    for field, text, words in (
        ("nurse", nurse, "Say who answered."),
        ("asked", asked, "Say what was asked."),
        ("answer", answer, "Say what the answer was."),
    ):
        if not text.strip():
            reasons.append(Refusal(words, field=field))
    refuse_if(reasons)
    made = NurseAdvice.objects.create(
        **of(row),
        **signed(acting),
        nurse=nurse.strip()[:120],
        asked=asked.strip(),
        answer=answer.strip(),
        car_out=queries.car_out(acting, incident=row),
    )
    note(acting, row, f"Advice of {made.nurse}: {made.answer}")
    return made
