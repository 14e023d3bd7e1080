"""Recording people and what is known of them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from watchward.domains.objects import commands as objects
from watchward.domains.objects.vocabulary import normal_number
from watchward.domains.people import rules
from watchward.domains.people.commands.upkeep import more_guarded, own, retoken
from watchward.domains.people.models import ContactDetail, ContactNumber, Name, Person, Relationship, Residence
from watchward.domains.people.vocabulary import Certainty, DetailKind, NameKind, Permission, Tie
from watchward.domains.places import queries as places
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.foundation.records import Record, take
from watchward.foundation.reference.numbers import next_reference
from watchward.kernel.periods import local_day
from watchward.kernel.refusals import Refusal, Refused, refuse_if


@command(needs=Permission.RECORD)
def record_person(
    acting: Acting,
    *,
    forenames: str,
    surname: str,
    date_of_birth: date | None = None,
    sex: str = "",
    source: str = "",
    birth_certainty: str = "",
) -> Person:
    """Record a person.

    Args:
        acting: who acts; the record belongs to their team.
        forenames: all of them, in order.
        surname: as they write it.
        date_of_birth: as known.
        sex: as recorded: F, M or X; empty where it is not known.
        source: where this comes from.
        birth_certainty: how sure the date of birth is; as they said where there is a date and nothing else is said.

    Raises:
        Refused: with every reason.
    """
    certainty = birth_certainty or (Certainty.STATED.value if date_of_birth else "")
    refuse_if(
        rules.why_not_record(
            forenames=forenames, surname=surname, born=date_of_birth, certainty=certainty, sex=sex,
            today=local_day(acting.at),
        )
    )  # fmt: skip
    person = Person.objects.create(
        reference=next_reference(acting, "P"),
        team_id=acting.team,
        made_at=acting.at,
        forenames=" ".join(forenames.split()),
        surname=" ".join(surname.split()),
        sex=sex,
        date_of_birth=date_of_birth,
        birth_certainty=certainty,
        source=source.strip(),
    )
    retoken(acting, person)
    return person


@command(needs=Permission.RECORD)
def update_person(
    acting: Acting,
    *,
    person: UUID,
    version: int,
    forenames: str,
    surname: str,
    date_of_birth: date | None,
    sex: str,
    birth_certainty: str = "",
) -> Person:
    """Correct somebody's name, date of birth or sex; a name that was used before stays on as an earlier name.

    Args:
        acting: who acts.
        person: id.
        version: the one that they had before them.
        forenames: as they should stand.
        surname: as it should stand.
        date_of_birth: as it should stand.
        sex: as it should stand.
        birth_certainty: how sure the date is.

    Raises:
        Stale: somebody else changed it since.
        Refused: with every reason.
    """
    row = take(acting, Person, person, version=version)
    certainty = birth_certainty or (Certainty.STATED.value if date_of_birth else "")
    refuse_if(
        rules.why_not_record(
            forenames=forenames, surname=surname, born=date_of_birth, certainty=certainty, sex=sex,
            today=local_day(acting.at),
        )
    )  # fmt: skip
    before = (row.forenames, row.surname)
    row.forenames, row.surname = " ".join(forenames.split()), " ".join(surname.split())
    row.date_of_birth, row.birth_certainty, row.sex = date_of_birth, certainty, sex
    row.save(update_fields=["forenames", "surname", "date_of_birth", "birth_certainty", "sex"])
    if before != (row.forenames, row.surname) and any(before):
        _name(row, forenames=before[0], surname=before[1], kind=NameKind.FORMER, source="name on this record before")
    retoken(acting, row)
    return row


def _name(person: Person, *, forenames: str, surname: str, kind: str, source: str, since: date | None = None) -> Name:
    name, _made = Name.objects.get_or_create(
        person=person,
        kind=kind,
        forenames=forenames,
        surname=surname,
        defaults={"source": source, "since": since, "handling": person.handling, "team_id": person.team_id},
    )
    return name


@command(needs=Permission.RECORD)
def add_name(
    acting: Acting,
    *,
    person: UUID,
    forenames: str = "",
    surname: str = "",
    kind: str = NameKind.KNOWN_AS,
    source: str = "",
    since: date | None = None,
) -> Name:
    """Add another name of somebody: at birth, known as, alias, married.

    Raises:
        Refused: with every reason.
    """
    row = take(acting, Person, person)
    refuse_if(
        (
            *rules.why_not_name(forenames=forenames, surname=surname, kind=kind),
            *rules.why_not_dates(since=since, until=None, today=local_day(acting.at)),
        )
    )
    name = _name(
        row, forenames=" ".join(forenames.split()), surname=" ".join(surname.split()), kind=kind, source=source.strip(),
        since=since,
    )  # fmt: skip
    retoken(acting, row)
    return name


@command(needs=Permission.RECORD)
def add_number(
    acting: Acting, *, person: UUID, number: str, source: str, verified_on: date | None = None, safe: str = ""
) -> ContactNumber:
    """Add a telephone number on which somebody can be reached; one they have already is brought up to date.

    Args:
        acting: who acts.
        person: id.
        number: as written or as the exchange sent it.
        source: where it comes from: a call, a statement.
        verified_on: when somebody checked that it is theirs.
        safe: what to mind when ringing it: Ask before ringing back.

    Raises:
        Refused: with every reason.
    """
    row = take(acting, Person, person)
    today = local_day(acting.at)
    reasons = list(rules.why_not_text(safe, field="safe", longest=200))
    if not normal_number(number):
        reasons.append(Refusal("Write the number as 07700 900123, or with + and the country.", field="number"))
    if verified_on is not None and verified_on > today:
        reasons.append(Refusal("It cannot have been checked in the future.", field="verified_on", code="future"))
    refuse_if(reasons)
    telephone = objects.record_number(acting, typed=number)
    link, made = ContactNumber.objects.get_or_create(
        person=row,
        number_id=telephone.pk,
        until=None,
        defaults={
            "normal": telephone.normal,
            "source": source.strip(),
            "safe": safe.strip(),
            "verified_on": verified_on,
            "since": today,
            "handling": row.handling,
            "team_id": row.team_id,
        },
    )
    if not made and (verified_on or safe.strip()):
        link.verified_on = max(filter(None, (verified_on, link.verified_on)), default=None)
        link.safe = safe.strip() or link.safe
        link.save(update_fields=["verified_on", "safe"])
    retoken(acting, row)
    return link


@command(needs=Permission.RECORD)
def check_number(acting: Acting, *, contact: UUID) -> ContactNumber:
    """Say that a number was checked today to be somebody's."""
    link = own(acting, ContactNumber, contact)
    link.verified_on = local_day(acting.at)
    link.save(update_fields=["verified_on"])
    return link


@command(needs=Permission.RECORD)
def add_detail(
    acting: Acting, *, person: UUID, value: str, kind: str = DetailKind.EMAIL, source: str = ""
) -> ContactDetail:
    """Add another way of reaching somebody, such as an email address.

    Raises:
        Refused: with every reason.
    """
    row = take(acting, Person, person)
    reasons = list(rules.why_not_text(value, field="value", longest=254))
    if kind not in tuple(DetailKind):
        reasons.append(Refusal("Say what it is.", field="kind"))
    if not value.strip():
        reasons.append(Refusal("Give the address.", field="value"))
    elif kind == DetailKind.EMAIL and "@" not in value:
        reasons.append(Refusal("An email address has an @.", field="value"))
    refuse_if(reasons)
    return ContactDetail.objects.create(
        person=row, kind=kind, value=value.strip(), source=source.strip(), handling=row.handling, team_id=row.team_id
    )


@command(needs=Permission.RECORD)
def live_at(
    acting: Acting,
    *,
    person: UUID,
    place: UUID | None,
    since: date | None = None,
    until: date | None = None,
    source: str = "",
    seen_on: date | None = None,
    line: str = "",
    town: str = "",
    postcode: str = "",
) -> Residence:
    """Say where somebody lives, or lived until a day; a child is recorded here whether it was there or not.

    Args:
        acting: who acts.
        person: id.
        place: id of the place; None where the address is not on record, and then its words are given.
        since: since when.
        until: until when; None while they live there.
        source: where this comes from.
        seen_on: when somebody saw them there.
        line: house and street.
        town: of an address not on record.
        postcode: of an address not on record.

    Raises:
        Refused: with every reason.
        NotHere: no such person or place for this reader.
    """
    row = take(acting, Person, person)
    today = local_day(acting.at)
    reasons = list(rules.why_not_dates(since=since, until=until, today=today))
    for field, text, longest in (("line", line, 160), ("town", town, 80), ("postcode", postcode, 12)):
        reasons += rules.why_not_text(text, field=field, longest=longest)
    if seen_on is not None and seen_on > today:
        reasons.append(Refusal("Nobody was seen there in the future.", field="seen_on", code="future"))
    if place is None and not (line.strip() or town.strip() or postcode.strip()):
        reasons.append(Refusal("Give the address.", field="line", code="no-address"))
    refuse_if(reasons)
    kept: Record = row
    if place is not None:
        there = places.place(acting, id_=place)
        line, town, postcode = there.line, there.locality or there.town, there.postcode
        kept = more_guarded(row, there)
    values = {
        "line": " ".join(line.split()), "town": " ".join(town.split()), "postcode": " ".join(postcode.split()).upper(),
        "source": source.strip(), "handling": kept.handling, "team_id": kept.team_id,
    }  # fmt: skip
    standing = (
        Residence.visible_to(acting).filter(person=row, place_id=place, until__isnull=True).first() if place else None
    )
    if standing is None:
        standing = Residence.objects.create(
            person=row, place_id=place, since=since, until=until, seen_on=seen_on, made_at=acting.at, **values
        )
    else:  # said again: what is new is added, nothing is lost
        standing.since = min(filter(None, (since, standing.since)), default=None)
        standing.until = until
        standing.seen_on = max(filter(None, (seen_on, standing.seen_on)), default=None)
        standing.save(update_fields=["since", "until", "seen_on"])
    retoken(acting, row)
    return standing


@command(needs=Permission.RECORD)
def see_at_home(acting: Acting, *, residence: UUID, on: date) -> Residence:
    """Say that somebody was seen where they live."""
    home = own(acting, Residence, residence)
    if on > local_day(acting.at):
        raise Refused(Refusal("Nobody was seen there in the future.", field="on", code="future"))
    home.seen_on = max(on, home.seen_on or on)
    home.save(update_fields=["seen_on"])
    return home


@command(needs=Permission.RECORD)
def relate(
    acting: Acting, *, one: UUID, other: UUID, kind: str, since: date | None = None, source: str = "", words: str = ""
) -> Relationship:
    """Say what one person is to another: the first is the second's partner, parent, child, sibling or other.

    Args:
        acting: who acts.
        one: id of the first.
        other: id of the second.
        kind: what the first is to the second.
        since: since when.
        source: where this comes from.
        words: what else they are to each other.

    Raises:
        Refused: with every reason.
    """
    first, second = take(acting, Person, one), take(acting, Person, other)
    refuse_if(rules.why_not_relate(same=one == other, kind=kind, since=since, today=local_day(acting.at)))
    tie = Tie(kind)
    if tie in (Tie.CHILD, Tie.GRANDCHILD, Tie.CARED_FOR) or (tie.other_way is tie and second.pk < first.pk):
        first, second, tie = second, first, tie.other_way  # one way of writing each: parent, grandparent, carer first
    kept = more_guarded(first, second)
    row, _made = Relationship.objects.get_or_create(
        one=first,
        other=second,
        kind=tie.value,
        until=None,
        defaults={
            "since": since, "source": source.strip(), "words": words.strip(), "kept_with": kept.pk,
            "handling": kept.handling, "team_id": kept.team_id,
        },
    )  # fmt: skip
    return row
