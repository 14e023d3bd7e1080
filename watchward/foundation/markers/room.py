"""The markers of one room: its tables, its words and its policy, and what is done with a row of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import QuerySet

from watchward.foundation.acting import Acting
from watchward.foundation.markers import rules
from watchward.foundation.markers.rules import Said, Word
from watchward.foundation.records import NotHere, Record, Stale, get
from watchward.kernel.dated import Dated
from watchward.kernel.periods import Days, Months, local_day
from watchward.kernel.refusals import Refusal, Refused, refuse_if

M = TypeVar("M", bound=Any)
"""A room's own table of markers: one of the shape ``Marked``."""


@dataclass(frozen=True, kw_only=True)
class Room(Generic[M]):
    """The markers of one room.

    Args:
        app: label of the room; its pages and its kinds of duty and line are called by it.
        subject: what is marked, as the column of the marker that names it: person, place, number.
        markers: the table of markers.
        looks: the table of the looks that they owe.
        kinds: the kinds of marker.
        review: the longest time until a marker is looked at again.
        approval: within what time somebody else approves it.
        called: what is marked, in words that follow the kind: "at 27 Kilncroft Street".
        asks: the duty to look again as its own question.
    """

    app: str
    subject: str
    markers: type[M]
    looks: type[Any]
    kinds: type[StrEnum]
    review: Dated[Months]
    approval: Dated[Days]
    called: Callable[[Any], str]
    asks: str

    def kind(self, marker: Any) -> Word:
        """Return the kind of a marker."""
        return self.kinds(marker.kind)  # type: ignore[return-value]

    def about(self, marker: Any) -> UUID:
        """Return the id of what is marked."""
        found: UUID = getattr(marker, f"{self.subject}_id")
        return found

    def opens(self, marker: Any) -> UUID:
        """Return the id of the record that is opened to read a locked marker: its own, or that of what is marked."""
        found: UUID = marker.pk if issubclass(self.markers, Record) else self.about(marker)
        return found

    def standing(self, acting: Acting, *, about: UUID) -> QuerySet[Any]:
        """Return what stands marked, latest first; past its day a marker stands until somebody has looked at it."""
        return self._of(acting, about).filter(ended_at__isnull=True).order_by("-since", "pk")

    def ended(self, acting: Acting, *, about: UUID) -> QuerySet[Any]:
        """Return the markers that were ended, latest first."""
        return self._of(acting, about).filter(ended_at__isnull=False).order_by("-ended_at", "pk")

    def every(self, acting: Acting, *, about: UUID) -> QuerySet[Any]:
        """Return every marker that there ever was, latest first."""
        return self._of(acting, about).order_by("-since", "pk")

    def _of(self, acting: Acting, about: UUID) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.markers.visible_to(acting).filter(**{f"{self.subject}_id": about})
        return rows.select_related("author", "approver")

    def marker(self, acting: Acting, *, id_: UUID) -> Any:
        """Return one marker.

        Raises:
            NotHere: there is none that they may see.
        """
        found = self.markers.visible_to(acting).filter(pk=id_).select_related(self.subject, "author", "approver")
        return found.first() or get(acting, self.markers, id_)

    def look(self, acting: Acting, *, id_: UUID) -> Any:
        """Return one look that is or was owed.

        Raises:
            NotHere: there is none that they may see.
        """
        return get(acting, self.looks, id_)

    def looked(self, acting: Acting, *, marker: UUID) -> QuerySet[Any]:
        """Return the looks at a marker that were had, latest first."""
        rows: QuerySet[Any] = self.looks.visible_to(acting).filter(marker_id=marker, done_at__isnull=False)
        return rows.select_related("done_by").order_by("-done_at", "-pk")

    def owed_look(self, acting: Acting, *, marker: UUID) -> Any | None:
        """Return the look that a marker owes; None where it has ended."""
        return self.looks.visible_to(acting).filter(marker_id=marker, done_at__isnull=True).first()

    def why_not_mark(self, acting: Acting, said: Said, *, once_on: UUID | None = None) -> tuple[Refusal, ...]:
        """Return every reason why somebody may not put up this marker.

        Args:
            acting: who would.
            said: what is said of it.
            once_on: what is marked, where the same words may not stand on it twice.
        """
        reasons = rules.why_not_mark(said, kinds=list(self.kinds), today=local_day(acting.at), policy=self.review)
        if once_on is None:
            return reasons
        alike = self.standing(acting, about=once_on).filter(kind=said.kind, words__iexact=said.words.strip())
        twice = Refusal(f"The {self.subject} is marked with this already.", field="words")
        return (*reasons, *((twice,) if alike.exists() else ()))

    def put_up(self, acting: Acting, said: Said, **of: Any) -> M:
        """Write a marker that was not refused, and the first look that it owes; it waits for somebody's approval.

        Args:
            acting: its author.
            said: what is said of it.
            of: what the room's own table has besides: what is marked, the handling and the team.
        """
        again = said.review_day(today=local_day(acting.at), policy=self.review)
        assert again is not None  # noqa: S101 - its absence was refused before
        marker: M = self.markers._default_manager.create(
            kind=self.kinds(said.kind).value,
            words=said.words.strip(),
            grounds=said.grounds.strip(),
            source=said.source.strip(),
            author_id=acting.account,
            since=acting.at,
            review_on=again,
            until=said.until,
            **of,
        )
        self._owe(acting, marker)
        return marker

    def _owe(self, acting: Acting, marker: Any) -> None:
        of = {} if issubclass(self.markers, Record) else {f"{self.subject}_id": self.about(marker)}
        self.looks._default_manager.create(
            marker=marker, arose_at=acting.at, due_on=marker.review_on, handling=marker.handling,
            team_id=marker.team_id, **of,
        )  # fmt: skip

    def _take(self, acting: Acting, marker: UUID, version: int | None = None) -> M:
        row: M | None = self.markers.visible_to(acting).select_for_update().filter(pk=marker).first()
        if row is None:
            raise NotHere("no such marker")
        if version is not None and isinstance(row, Record) and row.version != version:
            raise Stale(row)
        return row

    def approve(self, acting: Acting, *, marker: UUID, version: int | None = None) -> M:
        """Write that a marker is approved.

        Raises:
            Refused: by its author, or it is approved or ended already.
            NotHere: there is none that they may see.
            Stale: it was changed since it was looked at.
        """
        row = self._take(acting, marker, version)
        refuse_if(
            rules.why_not_approve(
                own=row.author_id == acting.account,
                approved=row.approver_id is not None,
                ended=row.ended_at is not None,
            )
        )
        row.approver_id, row.approved_at = acting.account, acting.at
        row.save(update_fields=["approver", "approved_at"])
        return row

    def reviewed(
        self, acting: Acting, *, marker: UUID, keep: bool, reason: str, review_on: date | None = None,
        until: date | None = None, words: str | None = None, version: int | None = None,
    ) -> M:  # fmt: skip
        """Write what came of looking at a marker again: it stays until the next look, or it ends.

        Raises:
            Refused: with every reason.
            NotHere: there is none that they may see.
            Stale: it was changed since it was looked at.
        """
        row = self._take(acting, marker, version)
        today = local_day(acting.at)
        reasons = rules.why_not_review(
            keep=keep, reason=reason, words=words, review_on=review_on, until=until, today=today, policy=self.review
        )
        refuse_if((*((rules.ENDED,) if row.ended_at is not None else ()), *reasons))
        look = self.looks.visible_to(acting).select_for_update(of=("self",)).get(marker=row, done_at__isnull=True)
        look.done_at, look.done_by_id, look.kept, look.words = acting.at, acting.account, keep, reason.strip()
        look.save(update_fields=["done_at", "done_by", "kept", "words"])
        row.words = words.strip() if words is not None else row.words
        if keep:
            assert review_on is not None  # noqa: S101 - its absence was refused above
            row.review_on, row.until = review_on, until
        else:
            row.ended_at, row.ended_words = acting.at, reason.strip()
        row.save(update_fields=["words", "review_on", "until", "ended_at", "ended_words"])
        if keep:
            self._owe(acting, row)
        return row

    def end(self, acting: Acting, *, marker: UUID, reason: str) -> M:
        """Write that a marker ended before anybody looked at it again.

        Raises:
            Refused: without a reason, or when it has ended already.
            NotHere: there is none that they may see.
        """
        row = self._take(acting, marker)
        if row.ended_at is not None:
            raise Refused(rules.ENDED)
        refuse_if(
            reason_ for reason_ in rules.why_not_review(
                keep=False, reason=reason, words=None, review_on=None, until=None, today=local_day(acting.at),
                policy=self.review,
            )
        )  # fmt: skip
        row.ended_at, row.ended_words = acting.at, reason.strip()
        row.save(update_fields=["ended_at", "ended_words"])
        return row
