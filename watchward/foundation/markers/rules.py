"""What a marker needs to be put up, and when it is looked at again; every reason at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from watchward.kernel.dated import Dated
from watchward.kernel.periods import Months
from watchward.kernel.refusals import Refusal

LONGEST = 300
"""Characters of what must be known: one sentence, read on the way there."""
LONGEST_SOURCE = 120


class Word(Protocol):
    """One kind of marker: a member of the enum of the room that marks."""

    @property
    def value(self) -> str:
        """Its stable name."""

    @property
    def says(self) -> str:
        """The kind as people read it."""

    @property
    def word(self) -> str:
        """Whom it is for, in a word before the line: Warning, Protect."""

    @property
    def role(self) -> str:
        """The part that its subject has in it, for the chronicle."""

    @property
    def flags(self) -> tuple[str, ...]:
        """Words for counting, for the chronicle."""

    @property
    def weight(self) -> int:
        """How bad it is, 1 or 2, if nobody looks at it again."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What somebody says who puts up a marker.

    Args:
        kind: which kind.
        words: what must be known.
        grounds: what happened that makes it needed.
        source: where this comes from.
        until: the day on which it should end, where one is known; it stands until it is looked at then.
        review_on: the day on which it is looked at again, as asked for.
    """

    kind: str
    words: str
    grounds: str
    source: str
    until: date | None = None
    review_on: date | None = None

    def review_day(self, *, today: date, policy: Dated[Months]) -> date | None:
        """Return the day on which it is looked at again: the one asked for, else when it ends or the policy says.

        Returns:
            None where nobody named a day and the force has set no period.
        """
        if self.review_on is not None:
            return self.review_on
        latest = [self.until] if self.until is not None else []
        if policy.is_set_on(today):
            latest.append(policy.value_on(today).due(today))
        return min(latest, default=None)


def why_not_mark(said: Said, *, kinds: Iterable[str], today: date, policy: Dated[Months]) -> tuple[Refusal, ...]:
    """Return every reason why a marker may not be put up: it says what, why, where from and until when.

    A marker has its grounds, its source and a day of review, and never lapses unseen.

    Args:
        said: what is said of it.
        kinds: names of the kinds that there are.
        today: the day on which it is put up.
        policy: the longest time until it is looked at again.
    """
    return tuple(_why_not_mark(said, set(kinds), today, policy))


def _why_not_mark(said: Said, kinds: set[str], today: date, policy: Dated[Months]) -> Iterator[Refusal]:
    if said.kind not in kinds:
        yield Refusal("Choose what kind of marker it is.", field="kind", code="unknown-kind")
    yield from _why_not_words(said.words)
    if len(said.grounds.split()) < 2:
        yield Refusal("Give the grounds: what happened that makes this marker needed.", field="grounds")
    if not said.source.strip():
        yield Refusal("Say where this comes from.", field="source", code="no-source")
    elif len(said.source.strip()) > LONGEST_SOURCE:
        yield Refusal(f"Keep this to {LONGEST_SOURCE} characters.", field="source", code="too-long")
    if said.until is not None and said.until <= today:
        yield Refusal("A marker that ends today or earlier would not stand.", field="until", code="past")
    again = said.review_day(today=today, policy=policy)
    yield from _why_not_review_then(again, until=said.until, today=today, policy=policy)


def _why_not_words(words: str) -> Iterator[Refusal]:
    if not words.strip():
        yield Refusal("Say what must be known, in words.", field="words", code="no-words")
    elif len(words.strip()) > LONGEST:
        yield Refusal(f"Keep this to {LONGEST} characters: it has {len(words.strip())}.", field="words")


def _why_not_review_then(
    again: date | None, *, until: date | None, today: date, policy: Dated[Months]
) -> Iterator[Refusal]:
    if again is None:
        yield Refusal("Name the day on which it is looked at again.", field="review_on", code="no-review")
        return
    if again <= today:
        yield Refusal("It is looked at again after today.", field="review_on", code="past")
    if until is not None and again > until:
        yield Refusal("The review comes no later than the day on which it ends.", field="review_on")
    version = policy.standing_on(today)
    if version.is_set and again > version.value.due(today):
        yield Refusal(f"The review comes within {version.value}.", cite=version.cite, field="review_on")


def why_not_review(
    *, keep: bool, reason: str, words: str | None, review_on: date | None, until: date | None, today: date,
    policy: Dated[Months],
) -> tuple[Refusal, ...]:  # fmt: skip
    """Return every reason why a look at a marker may not be recorded like this.

    Args:
        keep: whether it stays.
        reason: why.
        words: what it says from now on; None where that does not change.
        review_on: the day of the next look, where it stays.
        until: the day on which it should end, where it stays and one is known.
        today: the day of this look.
        policy: the longest time until the next.
    """
    found = []
    if len(reason.split()) < 2:
        found.append(Refusal("Say why it stays or ends.", field="reason", code="no-reason"))
    if words is not None:
        found += _why_not_words(words)
    if keep:
        if until is not None and until <= today:
            found.append(Refusal("A marker that ends today or earlier would not stand.", field="until", code="past"))
        found += _why_not_review_then(review_on, until=until, today=today, policy=policy)
    return tuple(found)


def why_not_approve(*, own: bool, approved: bool, ended: bool) -> tuple[Refusal, ...]:
    """Return every reason why somebody may not approve a marker.

    Args:
        own: whether they put it up.
        approved: whether it is approved.
        ended: whether it has ended.
    """
    found = []
    if own:
        found.append(Refusal("Somebody else approves a marker that you put up.", code="own"))
    if approved:
        found.append(Refusal("This marker is approved already.", code="approved"))
    if ended:
        found.append(ENDED)
    return tuple(found)


ENDED = Refusal("This marker has ended.", code="ended")
