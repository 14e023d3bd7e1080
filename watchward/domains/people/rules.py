"""What must hold of what is recorded of people; every reason at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from watchward.domains.people.vocabulary import Certainty, NameKind, Sex, Tie
from watchward.kernel.dated import UNSET, Dated, Version
from watchward.kernel.periods import Days, Hours, Months
from watchward.kernel.refusals import Refusal

REVIEW: Final[Dated[Months]] = Dated(
    chosen_by="the day on which the review was set",
    versions=(
        Version(
            in_force=date(2005, 7, 14),
            value=UNSET,
            cite="Code of Practice on the Management of Police Information 2005, 4.6; the interval is policy",
        ),
    ),
    policy=True,
    title="Review of markers on people",
    asks="the longest time for which a marker on a person may stand before it is reviewed",
)
"""When a marker must be looked at again: on the day that its author sets, within the force's longest interval."""

APPROVAL: Final[Dated[Days]] = Dated(
    chosen_by="the day on which the marker was put up",
    versions=(Version(in_force=date(2005, 7, 14), value=Days(3), cite="Force policy on markers: approved in 3 days"),),
    policy=True,
    title="Approval of markers on people",
    asks="within how many days a supervisor approves a marker on a person",
)

LOOK: Final[Dated[Hours]] = Dated(
    chosen_by="the moment at which somebody asked",
    versions=(
        Version(
            in_force=date(2018, 4, 1),
            value=Hours(1),
            cite="Force policy on sealed records: whoever keeps one looks within the hour at who asked",
        ),
    ),
    policy=True,
    title="Looking at who asked for a sealed record",
)

EARLIEST_BIRTH: Final = date(1900, 1, 1)
"""Nobody alive was born before; an earlier date is a slip of the keyboard."""


def why_not_record(
    *, forenames: str, surname: str, born: date | None, certainty: str, sex: str, today: date
) -> tuple[Refusal, ...]:
    """Return every reason why somebody cannot be recorded like this."""
    return tuple(_why_not_record(forenames, surname, born, certainty, sex, today))


def _why_not_record(
    forenames: str, surname: str, born: date | None, certainty: str, sex: str, today: date
) -> Iterator[Refusal]:
    if not forenames.strip() and not surname.strip():
        yield Refusal("Give a name, or what they are called: Unknown man.", field="surname", code="no-name")
    for field, text in (("forenames", forenames), ("surname", surname)):
        yield from why_not_text(text, field=field, longest=120)
    if born is not None and born > today:
        yield Refusal("The date of birth lies in the future.", field="date_of_birth", code="future")
    if born is not None and born < EARLIEST_BIRTH:
        yield Refusal("The date of birth is before 1900.", field="date_of_birth", code="too-early")
    if certainty and certainty not in tuple(Certainty):
        yield Refusal("Say how sure the date of birth is: exact, stated or estimated.", field="birth_certainty")
    if certainty and born is None:
        yield Refusal("Give the date of birth whose certainty this is.", field="date_of_birth")
    if sex and sex not in tuple(Sex):
        yield Refusal("Sex as recorded is F, M or X.", field="sex", code="unknown-sex")


def why_not_text(text: str, *, field: str, longest: int) -> Iterator[Refusal]:
    """Return why a text cannot be kept: too long for its field, or with a character that no text has."""
    if len(text.strip()) > longest:
        yield Refusal(f"Keep this to {longest} characters: it has {len(text.strip())}.", field=field, code="too-long")
    if "\x00" in text:
        yield Refusal("This holds a character that no text has.", field=field, code="nul")


def why_not_name(*, forenames: str, surname: str, kind: str) -> tuple[Refusal, ...]:
    """Return every reason why somebody cannot have this other name."""
    reasons = [
        reason
        for field, text in (("forenames", forenames), ("surname", surname))
        for reason in why_not_text(text, field=field, longest=120)
    ]
    if not forenames.strip() and not surname.strip():
        reasons.append(Refusal("Give the name.", field="forenames", code="no-name"))
    if kind not in tuple(NameKind):
        reasons.append(Refusal("Say what name it is.", field="kind", code="unknown-kind"))
    return tuple(reasons)


def why_not_dates(*, since: date | None, until: date | None, today: date) -> tuple[Refusal, ...]:
    """Return every reason why something cannot stand from one day until another."""
    reasons = []
    if since is not None and since > today:
        reasons.append(Refusal("The first day lies in the future.", field="since", code="future"))
    if since is not None and until is not None and until < since:
        reasons.append(Refusal("It ends before it begins.", field="until", code="backwards"))
    return tuple(reasons)


def why_not_last(*, since: date | None, until: date | None, reason: str, today: date) -> tuple[Refusal, ...]:
    """Return every reason why a number, a home or a tie cannot have stood from one day until another."""
    reasons = list(why_not_dates(since=since, until=until, today=today))
    if until is not None and until > today:
        reasons.append(Refusal("Its last day lies in the future. Say so once it has passed.", field="until"))
    if len(reason.split()) < 2:
        reasons.append(Refusal("Say how this is known.", field="reason", code="no-reason"))
    reasons += why_not_text(reason, field="reason", longest=200)
    return tuple(reasons)


def why_not_relate(*, same: bool, kind: str, since: date | None, today: date) -> tuple[Refusal, ...]:
    """Return every reason why two people cannot be related like this."""
    reasons = list(why_not_dates(since=since, until=None, today=today))
    if same:
        reasons.append(Refusal("Choose somebody else: nobody is related to themselves.", field="other", code="same"))
    if kind not in tuple(Tie):
        reasons.append(Refusal("Say what they are to each other.", field="kind", code="unknown-kind"))
    return tuple(reasons)
