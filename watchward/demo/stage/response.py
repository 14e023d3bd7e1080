"""Sending units, arriving, clearing, assessing again and closing."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from watchward.demo.calendar import moment
from watchward.demo.stage.company import Company
from watchward.demo.stage.thrive import heard
from watchward.domains.incidents import commands as incidents
from watchward.domains.incidents.vocabulary import Kind, Part, Qualifier, Reached, Sign


class Response(Company):
    """What is done about incidents."""

    def incident(
        self, by: str, kind: Kind, what: str, *, place: UUID | None, thrive: str, people: Iterable[tuple[UUID, Part]],
        signs: Collection[Sign] = (), qualifiers: Collection[Qualifier] = (), agreed: str = "",
    ) -> UUID:  # fmt: skip
        """Open an incident that no call told of."""
        made = incidents.open_incident(
            self.of(by), kind=kind, what=what, place=place, people=tuple(people), signs=signs, qualifiers=qualifiers,
            answers=heard(thrive), agreed_at=moment(agreed) if agreed else None,
        )  # fmt: skip
        return made.pk

    def send(self, incident: UUID, unit: str, *, by: str = "okafor") -> UUID:
        """Send a unit, and return its being sent."""
        sent = incidents.send(self.of(by), incident=incident, unit=self.cast.units[unit]).pk
        self.busy[unit] = sent
        return sent

    def locate(self, incident: UUID, place: UUID, words: str, *, by: str) -> None:
        """Say where an incident is, once it is known."""
        incidents.set_place(self.of(by), incident=incident, place=place, place_words=words)

    def on_the_way(self, sent: UUID, *, by: str) -> None:
        """Say that a unit is on its way."""
        incidents.mark_en_route(self.of(by), deployment=sent)

    def there(self, sent: UUID, *, by: str) -> None:
        """Say that a unit is at scene."""
        incidents.mark_at_scene(self.of(by), deployment=sent)

    def clear(self, sent: UUID, words: str = "", *, by: str) -> None:
        """Say that a unit is clear."""
        incidents.clear(self.of(by), deployment=sent, words=words)
        self.busy = {unit: other for unit, other in self.busy.items() if other != sent}

    def close(self, incident: UUID, outcome: str, *, by: str, nobody: str = "", closed_as: Kind | None = None) -> None:
        """Close an incident."""
        incidents.close(self.of(by), incident=incident, outcome=outcome, why_nobody_went=nobody, closed_as=closed_as)

    def reassess(
        self, incident: UUID, thrive: str, *, safe: str, by: str, signs: Collection[Sign] | None = None
    ) -> None:
        """Assess an incident again while it waits."""
        incidents.reassess(self.of(by), incident=incident, answers=heard(thrive), safeguarding=safe, signs=signs)

    def rings_back(self, incident: UUID, words: str, *, by: str, reached: Reached = Reached.SPOKE) -> None:
        """Ring whoever waits."""
        incidents.record_recontact(self.of(by), incident=incident, reached=reached, words=words)

    def log(self, incident: UUID, words: str, *, by: str) -> None:
        """Add a line to an incident's log."""
        incidents.add_log_line(self.of(by), incident=incident, words=words)
