"""Who rings and from where: the call handler says so; nothing is linked by itself."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from watchward.domains.contact.commands.writing import in_hand, of_call, settle, write_line
from watchward.domains.contact.models import Call, Identification, Involved, Recognised
from watchward.domains.contact.vocabulary import Decision, How, Permission, State, name_and_birth
from watchward.domains.objects import commands as numbers
from watchward.domains.objects.vocabulary import normal_number
from watchward.domains.people import commands as people
from watchward.domains.people import queries as known
from watchward.domains.people.vocabulary import name_of
from watchward.domains.places import queries as places
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.foundation.records import NotHere
from watchward.kernel.refusals import Refusal, Refused

SAYS = {Decision.YES: "Caller is {}", Decision.NO: "Caller is not {}", Decision.UNSURE: "Caller may be {}: unsure"}


@command(needs=Permission.TAKE)
def decide_caller(
    acting: Acting,
    *,
    call: UUID,
    person: UUID,
    decision: Decision,
    evidence: Sequence[Sequence[str]] = (),
    version: int | None = None,
) -> Call:
    """Say whether a suggested person is the caller; "not" brings the next suggestion forward. It can be said anew.

    Args:
        acting: who says so.
        call: its id.
        person: id of the person suggested.
        decision: that is them, not them, or unsure.
        evidence: what was before them then, as pairs of strength and words.
        version: the version that the page was made from.

    Raises:
        NotHere: no such call, or no such person whom they may see.
        Stale: somebody else changed the call.
    """
    row = in_hand(acting, call, version)
    summary = known.summaries(acting, ids=[person]).get(person)
    if summary is None:
        raise NotHere("no such person")
    said = Decision(decision)
    Recognised.objects.create(
        **of_call(row), at=acting.at, by_id=acting.account, person_id=person, decision=said,
        evidence=[list(one) for one in evidence],
    )  # fmt: skip
    if said is Decision.YES and row.caller_person_id != person:
        _withdraw_recognised(acting, row)
        row.caller_person_id = person
        row.caller = row.caller or summary.name
    elif said is not Decision.YES and row.caller_person_id == person:
        _withdraw_recognised(acting, row)
        row.caller_person = None
    write_line(acting, row, SAYS[said].format(summary.name), automatic=True)
    settle(acting, row)
    return row


def _withdraw_recognised(acting: Acting, call: Call) -> None:
    """Take back what was recognised of somebody who is not the caller; what was asked stands.

    Once an incident was opened on it, what was known then is left as it was.
    """
    if call.state not in (State.OPENED, State.CLOSED):
        Identification.visible_to(acting).filter(call=call).exclude(how=How.ASKED).delete()


@command(needs=Permission.TAKE)
def make_caller_known(acting: Acting, *, call: UUID, version: int | None = None) -> Call:
    """Record the caller as a new person from what was typed: name, number, and the place where they ring from.

    Nothing is said of where they live: they ring from there. The number is theirs as far as this call goes.

    Raises:
        Refused: no name was typed, or the caller is known already.
    """
    row = in_hand(acting, call, version)
    said, born = name_and_birth(row.caller)
    name = name_of(said)
    reasons = []
    if row.caller_person_id is not None:
        reasons.append(Refusal("The caller is known. Say that it is not them first.", field="caller"))
    if not name.whole:
        reasons.append(Refusal("Type the caller's name.", field="caller"))
    if reasons:
        raise Refused(*reasons)
    source = f"{row.line} call {row.reference}"
    person = people.record_person(
        acting, forenames=name.forenames, surname=name.surname, date_of_birth=born, source=source
    )
    if normal_number(row.number):
        row.telephone = numbers.record_number(acting, typed=row.number)
        people.add_number(acting, person=person.pk, number=row.number, source=source)
    row.caller_person_id = person.pk
    write_line(acting, row, f"{name.whole} recorded as a new person", automatic=True)
    settle(acting, row)
    return row


@command(needs=Permission.TAKE)
def choose_place(acting: Acting, *, call: UUID, place: UUID, version: int | None = None) -> Call:
    """Say which of the places offered is meant; the words on the call become its address.

    Raises:
        NotHere: no such call or place.
    """
    row = in_hand(acting, call, version)
    chosen = places.place(acting, id_=place)
    row.place_id, row.place_words, row.place_chosen = chosen.pk, chosen.address, True
    settle(acting, row)
    return row


@command(needs=Permission.TAKE)
def involve(acting: Acting, *, call: UUID, person: UUID, part: str) -> Call:
    """Say that somebody on record is one of those whom the call is about, and their part in it.

    Args:
        acting: who says so.
        call: its id.
        person: id of the person.
        part: suspect, victim, witness, child there, there.
    """
    row = in_hand(acting, call)
    summary = known.summaries(acting, ids=[person]).get(person)
    if summary is None:
        raise NotHere("no such person")
    there = Involved.visible_to(acting).filter(call=row, person_id=person).first()
    if there is None:
        there = Involved(**of_call(row), person_id=person, at=acting.at, by_id=acting.account)
        write_line(acting, row, f"{summary.name} is on record ({part})", automatic=True)
    there.part = part
    there.save()
    settle(acting, row)
    return row


def number_rung_from(acting: Acting, row: Call) -> None:
    """Keep the number as one that the caller rang from, when they were said to be somebody and the call is over."""
    if row.caller_person_id is None or row.telephone_id is None:
        return
    numbers_known = known.numbers(acting, person=row.caller_person_id).filter(number_id=row.telephone_id)
    if known.people(acting, ids=[row.caller_person_id]) and not numbers_known.exists():
        people.add_number(
            acting, person=row.caller_person_id, number=row.number, source=f"{row.line} call {row.reference}"
        )
