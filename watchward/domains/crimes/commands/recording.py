"""Writing down a report, recording a crime for each victim from it, or deciding that there is none."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from watchward.domains.crimes import queries, rules
from watchward.domains.crimes.commands.rows import of, signed
from watchward.domains.crimes.models import Classification, Crime, Decision, Party, Report
from watchward.domains.crimes.queries import Source
from watchward.domains.crimes.vocabulary import NotRecorded, Offence, Part, Permission, Route
from watchward.domains.incidents import queries as incidents
from watchward.domains.offences.vocabulary import Flag, flags_in_force
from watchward.domains.people import queries as people
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.foundation.records import Handling, NotHere
from watchward.foundation.reference.numbers import next_reference
from watchward.kernel.periods import local_day
from watchward.kernel.refusals import Refusal, refuse_if


@dataclass(frozen=True)
class Named:
    """Somebody, or an organisation with whoever answers for it.

    Args:
        person: id of the person, where it is one.
        organisation: its name, where it is one.
        contact_name: whom one speaks to there.
        words: what is known of them in this crime.
    """

    person: UUID | None = None
    organisation: str = ""
    contact_name: str = ""
    words: str = ""


@command(needs=Permission.REPORT)
def write_report(
    acting: Acting, *, route: Route, what: str, reported_at: datetime, by_words: str = "", person: UUID | None = None,
    place: UUID | None = None, place_words: str = "", source: UUID | None = None, sexual: bool = False,
    handling: int = Handling.OPEN,
) -> Report:  # fmt: skip
    """Write down a report of a crime that came by another way than an incident: its clock starts with it.

    Args:
        acting: who writes it down.
        route: how it came.
        what: what was reported, in the words of whoever did.
        reported_at: when it reached the force, by whichever route came first.
        by_words: who reported it, as they gave it.
        person: who reported it, where they are on record.
        place: where it happened.
        place_words: where, as it was given.
        source: id of the record that it comes from, such as a call.
        sexual: whether a sexual offence is reported.
        handling: open; locked or sealed to the team of whoever writes it down.

    Raises:
        Refused: it says nothing, or comes from the future.
        NotHere: there is no such person.
    """
    reasons = []
    if not what.strip():
        reasons.append(Refusal("Say what was reported.", field="what"))
    if reported_at > acting.at:
        reasons.append(Refusal("It cannot have been reported in the future.", field="reported_at"))
    if handling != Handling.OPEN and acting.team is None:
        reasons.append(Refusal("Only a team can keep what others may not see.", field="handling"))
    refuse_if(reasons)
    _all_here(acting, [person] if person else [])
    if place is not None:
        incidents.where(acting, place=place)
    return Report.objects.create(
        reference=next_reference(acting, "R"), team_id=acting.team, handling=handling, made_at=acting.at, route=route,
        reported_at=reported_at, what=what.strip(), by_words=by_words.strip()[:200], person_id=person, place_id=place,
        place_words=place_words.strip()[:200], source=source, sexual=sexual,
    )  # fmt: skip


def _all_here(acting: Acting, ids: Sequence[UUID]) -> None:
    if set(ids) - set(people.people(acting, ids=ids)):
        raise NotHere("no such person")


def _decide(acting: Acting, source: Source, **said: Any) -> Decision:
    reported = source.reported_at
    by, version = rules.record_by(reported)
    record = source.record
    return Decision.objects.create(
        **signed(acting), of=source.id, incident=source.incident, report=source.report, reported_at=reported,
        limit_at=by, cite=version.cite, handling=record.handling, team_id=record.team_id, **said,
    )  # fmt: skip


@command(needs=Permission.RECORD)
def record(
    acting: Acting, *, incident: UUID | None = None, report: UUID | None = None, offence: str, what: str,
    victims: Sequence[Named] = (), victimless: bool = False, suspects: Sequence[Named] = (),
    witnesses: Sequence[Named] = (), flags: Collection[Flag] = (), committed_at: datetime | None = None,
    committed_to: datetime | None = None, place: UUID | None = None, place_words: str = "", late_reason: str = "",
) -> list[Crime]:  # fmt: skip
    """Record a crime for each victim, from an incident or a report; late is late, and still recorded.

    Args:
        acting: who decides, and when.
        incident: the incident that it comes from, or
        report: the report.
        offence: Home Office code, of the list as it stands today.
        what: what happened.
        victims: who suffered it, one crime for each.
        victimless: whether the offence has no victim of its own.
        suspects: who is suspected.
        witnesses: who saw it.
        flags: what it also is.
        committed_at: since when it happened, as far as it is known.
        committed_to: until when.
        place: where; where the incident or report was, when not given.
        place_words: where, as it was given.
        late_reason: why it is late, where the limit has passed.

    Raises:
        Refused: with every reason.
        NotHere: there is no such incident, report, place or person.
    """
    source = queries.source(acting, incident=incident, report=report, lock=True)
    today = local_day(acting.at)
    found = queries.offence(acting, code=offence, on=today)
    listed = flags_in_force(today)
    twice = queries.recorded_twice(
        acting, of=source.id, offence=offence, victims=[(one.person, one.organisation.strip()) for one in victims]
    )
    refuse_if(
        rules.why_not_record(
            rules.Recording(
                reported=source.reported_at, at=acting.at, offence_known=found is not None, what=what,
                victims=len(victims), victimless=victimless, late_reason=late_reason, committed=committed_at,
                committed_to=committed_to, strange_flags=tuple(flag for flag in flags if flag not in listed),
                recorded_as=twice,
            )
        )
    )  # fmt: skip
    assert found is not None  # noqa: S101 - the rules refused it otherwise
    everybody = [*victims, *suspects, *witnesses]
    _all_here(acting, [one.person for one in everybody if one.person])
    where = place or source.place
    known = incidents.where(acting, place=where)
    decision = _decide(acting, source, recorded=True, late_reason=late_reason.strip())
    made = []
    for victim in victims or (None,):
        crime = _crime(
            acting, source, decision, found, what=what.strip(), late_reason=late_reason.strip(), area_id=known.area,
            flags=sorted(flag.value for flag in set(flags)), committed_at=committed_at, committed_to=committed_to,
            place_id=where, place_words=(place_words or source.place_words).strip()[:200],
            victimless=victim is None,
        )  # fmt: skip
        for part, rows in (
            (Part.VICTIM, [victim] if victim else []), (Part.SUSPECT, suspects), (Part.WITNESS, witnesses),
        ):  # fmt: skip
            for one in rows:
                _party(acting, crime, part, one)
        made.append(crime)
    return made


def _crime(acting: Acting, source: Source, decision: Decision, offence: Offence, **said: Any) -> Crime:
    crime = Crime.objects.create(
        reference=next_reference(acting, "CR"), team_id=source.record.team_id, handling=source.record.handling,
        made_at=acting.at, incident=source.incident, report=source.report, decision=decision,
        reported_at=decision.reported_at, recorded_at=acting.at, recorded_on=local_day(acting.at),
        recorded_by_id=acting.account, limit_at=decision.limit_at, offence=offence.code, offence_words=offence.words,
        offence_group=offence.group, offence_subgroup=offence.subgroup, weight=offence.weight,
        first_offence=offence.code, **said,
    )  # fmt: skip
    Classification.objects.create(
        **of(crime), **signed(acting), number=1, offence=offence.code, offence_words=offence.words
    )
    return crime


def _party(acting: Acting, crime: Crime, part: Part, named: Named) -> Party:
    return Party.objects.create(
        **of(crime), **signed(acting), part=part, person_id=named.person, organisation=named.organisation.strip()[:160],
        contact_name=named.contact_name.strip()[:160], words=named.words.strip()[:300],
    )  # fmt: skip


@command(needs=Permission.RECORD)
def decide_no_crime(
    acting: Acting, *, incident: UUID | None = None, report: UUID | None = None, why: NotRecorded | None, words: str,
    rape: bool | None = None,
) -> Decision:  # fmt: skip
    """Decide that no crime is recorded from an incident or a report, with the evidence; rape is kept as N100.

    Args:
        acting: who decides.
        incident: which incident, or
        report: which report.
        why: the reason.
        words: the evidence for it.
        rape: whether rape was reported.

    Raises:
        Refused: with every reason.
        NotHere: there is no such incident or report.
    """
    source = queries.source(acting, incident=incident, report=report, lock=True)
    refuse_if(queries.leaving(acting, source=source, why=why, words=words, rape=rape))
    assert why is not None  # noqa: S101 - the rules refused it otherwise
    late = ""
    if acting.at > rules.record_by(source.reported_at)[0]:
        late = words.strip()
    return _decide(acting, source, recorded=False, why=why, words=words.strip(), rape=rape, late_reason=late)


@command(needs=Permission.INVESTIGATE)
def name(acting: Acting, *, crime: UUID, part: Part, named: Named) -> Party:
    """Name somebody who had a part in a crime.

    Raises:
        Refused: they are named so already, it has a victim already, or a suspect is no person.
        NotHere: there is no such crime or person.
    """
    row = queries.crime(acting, id_=crime)
    standing = list(queries.parties(acting, crimes=[crime]))
    reasons = []
    if (named.person is None) == (not named.organisation.strip()):
        reasons.append(Refusal("Name a person or an organisation.", field="person"))
    if part is Part.SUSPECT and named.person is None:
        reasons.append(Refusal("A suspect is a person on record.", field="person"))
    if part is Part.VICTIM and any(each.part == Part.VICTIM for each in standing):
        words = "It has its victim. Another victim is another crime: record one from the same report."
        reasons.append(Refusal(words, cite="Home Office Counting Rules: one crime for each victim", field="part"))
    if any(each.part == part and named.person and each.person_id == named.person for each in standing):
        reasons.append(Refusal(f"They are named already: {part.value}.", field="person"))
    refuse_if(reasons)
    _all_here(acting, [named.person] if named.person else [])
    if part is Part.VICTIM and row.victimless:
        row.victimless = False
        row.save(update_fields=["victimless"])
    return _party(acting, row, part, named)


@command(needs=Permission.INVESTIGATE)
def end_part(acting: Acting, *, party: UUID, words: str) -> Party:
    """Say that somebody has no longer a part in a crime, and why; that they were named stays on the file.

    Raises:
        Refused: without a reason; the suspect of the outcome; the victim.
        NotHere: nobody has this part.
    """
    row = queries.party(acting, id_=party)
    reasons = []
    if len(words.split()) < 2:
        reasons.append(Refusal("Say why they have no longer this part.", field="words"))
    if row.part == Part.VICTIM:
        reasons.append(Refusal("A crime keeps its victim: cancel it if there was none."))
    if row.part == Part.SUSPECT and queries.stands_on(acting, party=row.pk):
        reasons.append(Refusal("The outcome is theirs: reopen the crime first."))
    refuse_if(reasons)
    row.ended_at, row.ended_words = acting.at, words.strip()[:300]
    row.save(update_fields=["ended_at", "ended_words"])
    return row


@command(needs=Permission.INVESTIGATE)
def note_interview(acting: Acting, *, party: UUID, on: Any) -> Party:
    """Note on which day a suspect was interviewed under caution.

    Raises:
        Refused: they are no suspect, or the day is to come.
        NotHere: nobody has this part.
    """
    row = queries.party(acting, id_=party)
    reasons = []
    if row.part != Part.SUSPECT:
        reasons.append(Refusal("Only a suspect is interviewed under caution."))
    if on > local_day(acting.at):
        reasons.append(Refusal("Enter an interview once it was held.", field="on"))
    refuse_if(reasons)
    row.interviewed_on = on
    row.save(update_fields=["interviewed_on"])
    return row
