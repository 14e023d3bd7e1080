"""Recording people and places, marking them and their numbers, and deciding who is whom."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from watchward.demo.stage.company import Company
from watchward.domains.objects import commands as objects
from watchward.domains.people import commands as people
from watchward.domains.people.vocabulary import Decision
from watchward.domains.places import commands as places


class Records(Company):
    """What is done to the records of people and places."""

    def place(
        self, line: str, *, locality: str = "", town: str = "Stoke-on-Trent", postcode: str, urban: bool = True,
        by: str = "bhatt",
    ) -> UUID:  # fmt: skip
        """Record an address."""
        made = places.record_place(self.of(by), line=line, locality=locality, town=town, postcode=postcode, urban=urban)
        return made.pk

    def person(
        self, forenames: str, surname: str, *, born: str = "", sex: str = "", lives: UUID | None = None,
        since: str = "", number: str = "", safe: str = "", known_as: str = "", by: str = "bhatt", source: str = "",
    ) -> UUID:  # fmt: skip
        """Record a person, and where they live, their number and what they are called."""
        acting = self.of(by)
        person = people.record_person(
            acting, forenames=forenames, surname=surname, sex=sex, source=source,
            date_of_birth=date.fromisoformat(born) if born else None,
        ).pk  # fmt: skip
        if known_as:
            people.add_name(acting, person=person, forenames=known_as, surname=surname, source=source)
        if number:
            people.add_number(acting, person=person, number=number, source=source, safe=safe)
        if lives is not None:
            self.lives(person, lives, since=since, by=by)
        return person

    def lives(self, person: UUID, place: UUID, *, since: str = "", until: str = "", by: str = "bhatt") -> None:
        """Say where somebody lives, or lived."""
        people.live_at(
            self.of(by), person=person, place=place, since=date.fromisoformat(since) if since else None,
            until=date.fromisoformat(until) if until else None, source="As they said",
        )  # fmt: skip

    def relate(self, one: UUID, kind: str, other: UUID, *, by: str = "bhatt") -> None:
        """Say what one is to the other."""
        people.relate(self.of(by), one=one, other=other, kind=kind, source="As they said")

    def mark(
        self, person: UUID, kind: str, words: str, *, grounds: str, review: str, by: str, approved_by: str = "",
        source: str = "Incident",
    ) -> UUID:  # fmt: skip
        """Mark somebody, and have somebody else approve it."""
        marker = people.mark_person(
            self.of(by), person=person, kind=kind, words=words, grounds=grounds, source=source,
            review_on=date.fromisoformat(review),
        ).pk  # fmt: skip
        if approved_by:
            people.approve_marker(self.of(approved_by), marker=marker)
        return marker

    def mark_place(
        self, place: UUID, kind: str, words: str, *, grounds: str, review: str, by: str, until: str = "",
        approved_by: str = "", source: str = "Incident",
    ) -> UUID:  # fmt: skip
        """Mark a place, and have somebody else approve it."""
        marker = places.mark_place(
            self.of(by), place=place, kind=kind, words=words, grounds=grounds, source=source,
            review_on=date.fromisoformat(review), until=date.fromisoformat(until) if until else None,
        ).pk  # fmt: skip
        if approved_by:
            places.approve_marker(self.of(approved_by), marker=marker)
        return marker

    def mark_number(
        self, number: str, kind: str, words: str, *, grounds: str, review: str, by: str, approved_by: str = "",
        source: str = "Incident",
    ) -> UUID:  # fmt: skip
        """Mark a telephone number, and have somebody else approve it."""
        acting = self.of(by)
        marker = objects.mark_number(
            acting, number=objects.record_number(acting, typed=number).pk, kind=kind, words=words, grounds=grounds,
            source=source, review_on=date.fromisoformat(review),
        ).pk  # fmt: skip
        if approved_by:
            objects.approve_marker(self.of(approved_by), marker=marker)
        return marker

    def same(self, one: UUID, other: UUID, reason: str, *, by: str) -> UUID:
        """Decide that two records are the same person."""
        return people.decide_identity(self.of(by), one=one, other=other, decision=Decision.SAME, reason=reason).pk

    def not_same(self, one: UUID, other: UUID, reason: str, *, by: str) -> UUID:
        """Decide that two records are not the same person."""
        return people.decide_identity(self.of(by), one=one, other=other, decision=Decision.NOT_SAME, reason=reason).pk

    def unsure(self, one: UUID, other: UUID, reason: str, *, by: str) -> UUID:
        """Say that one is not sure whether two records are the same person."""
        return people.decide_identity(self.of(by), one=one, other=other, decision=Decision.UNSURE, reason=reason).pk

    def keeps_safe(self, person: UUID, number: str, words: str, *, by: str) -> None:
        """Say what to mind before ringing somebody's number."""
        people.add_number(self.of(by), person=person, number=number, source="As they said", safe=words)
