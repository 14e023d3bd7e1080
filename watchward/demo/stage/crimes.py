"""Recording crimes, allocating and ending them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from watchward.demo.stage.company import Company
from watchward.domains.contact import queries as calls
from watchward.domains.crimes import commands as crimes
from watchward.domains.crimes import queries as known
from watchward.domains.crimes.commands import Named
from watchward.domains.crimes.vocabulary import Demand, NotRecorded, Part
from watchward.domains.incidents import queries as incidents
from watchward.domains.incidents.queries import Incident
from watchward.domains.incidents.vocabulary import Kind
from watchward.domains.incidents.vocabulary import Part as Involved
from watchward.domains.offences.vocabulary import Flag
from watchward.domains.people import commands as people
from watchward.domains.people.vocabulary import name_of

_OFFENCES: Mapping[Kind, str] = {
    Kind.VIOLENCE: "8N", Kind.ROBBERY: "34B", Kind.BURGLARY: "28E", Kind.THEFT: "49", Kind.VEHICLE: "45",
    Kind.DAMAGE: "58D",
}  # fmt: skip


class Crimes(Company):
    """What is done about crimes."""

    def records(
        self, incident: UUID, offence: str, what: str, *, victim: UUID, suspects: Iterable[UUID] = (),
        flags: Sequence[Flag] = (), by: str,
    ) -> UUID:  # fmt: skip
        """Record a crime from an incident, and return it."""
        made = crimes.record(
            self.of(by), incident=incident, offence=offence, what=what, victims=[Named(victim)],
            suspects=[Named(one) for one in suspects], flags=flags,
        )  # fmt: skip
        return made[0].pk

    def allocates(self, crime: UUID, *, by: str) -> None:
        """Give a crime to the team and the officer that the policy advises."""
        crimes.allocate(self.of(by), crime=crime, as_advised=True)

    def suspects(self, crime: UUID, person: UUID, *, by: str) -> UUID:
        """Name a suspect, and return their part."""
        return crimes.name(self.of(by), crime=crime, part=Part.SUSPECT, named=Named(person)).pk

    def suspect_of(self, crime: UUID, *, by: str) -> UUID:
        """Return the part of the first suspect named on a crime."""
        with self.looking(by) as acting:
            return next(row.pk for row in known.parties(acting, crimes=[crime]) if row.part == Part.SUSPECT)

    def interviews(self, party: UUID, on: str, *, by: str) -> None:
        """Note when a suspect was interviewed."""
        crimes.note_interview(self.of(by), party=party, on=date.fromisoformat(on))

    def ends_crime(
        self, crime: UUID, code: str, on: str, *, by: str, suspect: UUID | None = None,
        said: Mapping[Demand, str] | None = None, agreed_by: str = "",
    ) -> UUID:  # fmt: skip
        """Give a crime its outcome, and have a supervisor agree it where one must."""
        made = crimes.give_outcome(
            self.of(by), crime=crime, code=code, decided_on=date.fromisoformat(on), suspect=suspect, said=said or {}
        ).pk
        if agreed_by:
            crimes.agree_outcome(self.of(agreed_by, after=3600), outcome=made)
        return made

    def works_the_desk(self, by: str) -> list[UUID]:
        """Decide of every report that waits whether it is a crime, and allocate those that are.

        Returns:
            The crimes.
        """
        with self.looking(by) as acting:
            waiting = list(known.undecided_incidents(acting))
        made = [crime for incident in waiting if (crime := self._decides(incident, by)) is not None]
        for crime in made:
            self.allocates(crime, by=by)
        return made

    def _decides(self, incident: Incident, by: str) -> UUID | None:
        kind = Kind(incident.closed_as or incident.kind)
        if kind is Kind.FRAUD:
            words = "Referred to the national fraud body, which records it"
            crimes.decide_no_crime(self.of(by), incident=incident.pk, why=NotRecorded.ELSEWHERE, words=words)
            return None
        victim = self._victim(incident, by)
        if victim is None:
            words = "Nobody there would say that they were struck, and no camera saw it"
            crimes.decide_no_crime(self.of(by), incident=incident.pk, why=NotRecorded.UNCONFIRMED, words=words)
            return None
        return self.records(incident.pk, _OFFENCES[kind], incident.what, victim=victim, by=by)

    def _victim(self, incident: Incident, by: str) -> UUID | None:
        with self.looking(by) as acting:
            parts = {row.part: row.person_id for row in incidents.involved(acting, incident=incident)}
            call = calls.whole(acting, id_=incident.source).call if incident.source else None
        found = parts.get(Involved.VICTIM) or parts.get(Involved.CALLER)
        if found is None and call is not None and call.caller:
            name = name_of(call.caller)
            acting = self.of(by)
            found = people.record_person(acting, forenames=name.forenames, surname=name.surname, source="Crime desk").pk
        return found
