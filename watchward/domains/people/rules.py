"""What must hold of what is recorded of people; every reason at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from watchward.domains.people.vocabulary import Certainty, MarkerKind, NameKind, Sex, Tie
from watchward.kernel.dated import UNSET, Dated, Version
from watchward.kernel.periods import Hours, Months
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


def why_not_relate(*, same: bool, kind: str, since: date | None, today: date) -> tuple[Refusal, ...]:
    """Return every reason why two people cannot be related like this."""
    reasons = list(why_not_dates(since=since, until=None, today=today))
    if same:
        reasons.append(Refusal("Choose somebody else: nobody is related to themselves.", field="other", code="same"))
    if kind not in tuple(Tie):
        reasons.append(Refusal("Say what they are to each other.", field="kind", code="unknown-kind"))
    return tuple(reasons)


def why_not_mark(
    *,
    kind: str,
    words: str,
    grounds: str,
    source: str,
    review_on: date | None,
    until: date | None,
    today: date,
    review: Dated[Months] = REVIEW,
) -> tuple[Refusal, ...]:
    """Return every reason why somebody cannot be given this marker.

    A marker has its grounds, its source and a day of review; it never lapses unseen (Code of Practice on Police
    Information and Records Management: accurate, adequate and reviewed).
    """
    reasons = list(why_not_text(words, field="words", longest=300))
    if kind not in tuple(MarkerKind):
        reasons.append(Refusal("Say what kind of marker it is.", field="kind", code="unknown-kind"))
    if not words.strip():
        reasons.append(Refusal("Say what must be known, in words.", field="words", code="no-words"))
    if len(grounds.split()) < 2:
        reasons.append(Refusal("Give the grounds: what happened that makes this marker needed.", field="grounds"))
    if not source.strip():
        reasons.append(Refusal("Say where this comes from.", field="source", code="no-source"))
    if review_on is None:
        reasons.append(Refusal("Say by when it must be reviewed.", field="review_on", code="no-review"))
    elif review_on <= today:
        reasons.append(Refusal("The review lies ahead of today.", field="review_on", code="past"))
    if until is not None and until <= today:
        reasons.append(Refusal("A marker that ends today or earlier would not stand.", field="until", code="past"))
    if until is not None and review_on is not None and review_on > until:
        reasons.append(Refusal("The review comes no later than the day on which it ends.", field="review_on"))
    if review_on is not None:
        reasons += why_not_review_then(review_on=review_on, today=today, review=review)
    return tuple(reasons)


def why_not_review_then(*, review_on: date, today: date, review: Dated[Months] = REVIEW) -> tuple[Refusal, ...]:
    """Return why a review would come too late; nothing while the force has not set its longest interval."""
    version = review.standing_on(today)
    if not version.is_set or review_on <= version.value.due(today):
        return ()
    return (
        Refusal(f"The review comes within {version.value}.", cite=version.cite, field="review_on", code="too-late"),
    )
