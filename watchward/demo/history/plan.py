"""The two years as rows to be brought over, month by month: nothing of it is read from the database."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import exp, log
from typing import Final
from uuid import UUID

from watchward.demo.history import calls, volumes, words
from watchward.demo.history.happened import END, Happened, moment_in
from watchward.demo.history.residents import Home, Resident
from watchward.demo.history.response import OTHERS, Reported, Response, part_domestic
from watchward.demo.history.scenes import Scenes
from watchward.demo.truth import record_id
from watchward.domains.contact.vocabulary import EarlierCall, Line
from watchward.domains.crimes.vocabulary import EarlierCrime, EarlierOutcome, EarlierRefusal, NotRecorded, Route
from watchward.domains.incidents.vocabulary import EarlierIncident, Kind, Part, Qualifier
from watchward.domains.offences.vocabulary import Category, OffenceGroup
from watchward.domains.victims.vocabulary import EarlierContact, EarlierVictim, Method, Tells
from watchward.domains.victims.vocabulary import Response as Answered
from watchward.kernel.periods import local_day
from watchward.kernel.streams import Lottery, Stream

FROM_CALLS: Final = 0.77
"""How many incidents a call told of; the rest came by officers, counters and mail. Invented."""
NO_CRIME: Final = 0.035
"""Incidents reported as a crime of which none was recorded, against those of which one was. Invented."""
DOMESTIC_YEARS: Final = (range(9), range(9, 21), range(21, 24))
"""The months of each year to 31 March among the 24: how domestic abuse is answered adds up for each."""

_C = Category
_KINDS: Final = {
    _C.ROBBERY: Kind.ROBBERY, _C.BURGLARY: Kind.BURGLARY, _C.VEHICLE: Kind.VEHICLE, _C.SHOPLIFTING: Kind.THEFT,
    _C.BICYCLE: Kind.THEFT, _C.FROM_PERSON: Kind.THEFT, _C.OTHER_THEFT: Kind.THEFT, _C.DAMAGE: Kind.DAMAGE,
}  # fmt: skip
_ELSEWHERE: Final = {
    Kind.ASB_NUISANCE: _C.ANTI_SOCIAL, Kind.ASB_PERSONAL: _C.ANTI_SOCIAL, Kind.ASB_ENVIRONMENTAL: _C.ANTI_SOCIAL,
    Kind.COLLISION_INJURY: _C.VEHICLE, Kind.COLLISION_DAMAGE: _C.VEHICLE, Kind.ROAD_OBSTRUCTION: _C.VEHICLE,
    Kind.ALARM: _C.BURGLARY, Kind.SUSPICIOUS: _C.OTHER_THEFT,
}  # fmt: skip
_AT_HOME: Final = frozenset({Kind.CONCERN, Kind.DOMESTIC, Kind.MISSING, Kind.SUDDEN_DEATH, Kind.MENTAL_HEALTH})
_ROUTES: Final = Lottery((Route.ONLINE, Route.COUNTER, Route.CALL, Route.OFFICER, Route.PROFESSIONAL),
                         (28, 16, 34, 17, 5))  # fmt: skip
_ALSO: Final = {
    Qualifier.VULNERABLE: 0.10, Qualifier.REPEAT_VICTIM: 0.08, Qualifier.CHILD: 0.05, Qualifier.ALCOHOL: 0.09,
}  # fmt: skip
_WITHDRAWS: Final = Lottery(tuple(words.OWN_WORDS), (8, 14, 9, 16, 22, 9, 7, 11, 4))
_CRIMES: Final = (Kind.VIOLENCE, Kind.THEFT, Kind.DAMAGE, Kind.OTHER_CRIME, Kind.FRAUD)


@dataclass(frozen=True)
class Staff:
    """Who of the force does what, by their accounts' ids."""

    takers: Sequence[UUID]
    desk: Sequence[UUID]
    investigators: Sequence[UUID]
    supervisors: Sequence[UUID]


@dataclass
class Month:
    """What is brought over of a month, or of several."""

    incidents: list[EarlierIncident] = field(default_factory=list)
    calls: list[EarlierCall] = field(default_factory=list)
    crimes: list[EarlierCrime] = field(default_factory=list)
    refused: list[EarlierRefusal] = field(default_factory=list)
    victims: list[EarlierVictim] = field(default_factory=list)

    def add(self, other: Month) -> None:
        """Add what is brought over of another month."""
        self.incidents += other.incidents
        self.calls += other.calls
        self.crimes += other.crimes
        self.refused += other.refused
        self.victims += other.victims


class Plan:
    """Makes the months one after the other.

    Args:
        scale: 1 for the whole force.
        seed: of the whole population.
        homes: of the residents.
        crimes: of the two years, in the order of their months.
        scenes: where things happen.
        response: who answers.
        staff: who does what.
    """

    def __init__(
        self, scale: float, seed: str, homes: Sequence[Home], crimes: Sequence[Happened], scenes: Scenes,
        response: Response, staff: Staff,
    ) -> None:  # fmt: skip
        self._seed, self._scenes, self._response, self._staff = seed, scenes, response, staff
        self._stream = Stream(seed).of("two years")
        self._people = [one for home in homes for one in home.residents if one.age >= 16]
        self._by_month: list[list[Happened]] = [[] for _month in volumes.MONTHS]
        for one in crimes:
            self._by_month[one.month].append(one)
        self._incidents = volumes.by_month(round(volumes.INCIDENTS * scale), self._stream.of("incidents by month"))
        self.calls = volumes.by_month(round(volumes.CALLS * scale), self._stream.of("calls by month"))

    def months(self, wanted: Container[int] = range(len(volumes.MONTHS))) -> Iterator[Month]:
        """Yield what is brought over of each month, the earliest first.

        Args:
            wanted: places of the months that are asked for, from 0; a month is the same whichever others are.
        """
        for year in DOMESTIC_YEARS:
            if not any(month in wanted for month in year):
                continue
            reported = {month: list(self._reported(month)) for month in year}
            part_domestic(
                [one for each in reported.values() for one, _crime, _line in each
                 if Qualifier.DOMESTIC_ABUSE in one.qualifiers]
            )  # fmt: skip
            for month in year:
                of_month = reported.pop(month)
                if month in wanted:
                    yield self._month(month, of_month)

    def _month(self, month: int, reported: list[tuple[Reported, Happened | None, Line | None]]) -> Month:
        found = Month()
        answers, tells = self._stream.of("answers", month), self._stream.of("calls", month)
        crimes = self._stream.of("crimes", month)
        for one, crime, line in reported:
            incident = self._response.answer(answers, one, month)
            found.incidents.append(incident)
            if line is not None:
                said = f"C{one.reference}"
                found.calls.append(calls.telling(tells, incident, line, month, said, self._staff.takers))
            if crime is not None:
                self._crime(found, crimes, crime, month, incident)
            elif one.kind in _CRIMES:
                found.refused.append(self._left(crimes, incident))
        for crime in self._by_month[month]:
            if not crime.called:
                self._crime(found, crimes, crime, month, None)
        day = volumes.MONTHS[month]
        for number in range(1, max(0, self.calls[month] - len(found.calls)) + 1):
            reference = f"T{number:05d}-{day:%m%y}"
            found.calls.append(calls.other(tells, day, month, number, reference, self._staff.takers, self._seed))
        return found

    # What is reported

    def _reported(self, month: int) -> Iterator[tuple[Reported, Happened | None, Line | None]]:
        stream, number = self._stream.of("reported", month), 0
        told = [one for one in self._by_month[month] if one.called]
        for crime in told:
            number += 1
            kind = self._kind(crime)
            one = self._somewhere(stream, month, number, kind, crime.reported, crime.victim, at_home=crime.at_home,
                                  category=crime.offence.category)  # fmt: skip
            if crime.domestic:
                one.kind, one.closed_as = Kind.DOMESTIC, kind
            one.qualifiers = self._also(stream, one, domestic=crime.domestic)
            yield self._called(stream, one, month, crime)
        left = max(0, self._incidents[month] - len(told))
        for _number in range(left):
            number += 1
            kind = stream.choice(_CRIMES) if stream.chance(NO_CRIME * len(told) / left) else OTHERS.draw(stream)
            who = stream.choice(self._people) if stream.chance(0.55) else None
            one = self._somewhere(stream, month, number, kind, moment_in(volumes.MONTHS[month], stream), who,
                                  at_home=kind in _AT_HOME, category=_ELSEWHERE.get(kind, _C.VIOLENCE))  # fmt: skip
            one.qualifiers = self._also(stream, one, domestic=kind is Kind.DOMESTIC)
            yield self._called(stream, one, month, None)

    def _called(
        self, stream: Stream, one: Reported, month: int, crime: Happened | None
    ) -> tuple[Reported, Happened | None, Line | None]:
        if not stream.chance(FROM_CALLS):
            return one, crime, None
        urgent = one.kind in (Kind.COLLISION_INJURY, Kind.CALL_CUT_OFF, Kind.ROBBERY, Kind.DOMESTIC, Kind.VIOLENCE)
        line = Line.EMERGENCY if stream.chance(0.62 if urgent else 0.26) else Line.NON_EMERGENCY
        one.call, one.waited = record_id(f"call of {one.reference}", self._seed), calls.waited(stream, line, month)
        return one, crime, line

    def _somewhere(
        self, stream: Stream, month: int, number: int, kind: Kind, rang: datetime, who: Resident | None, *,
        at_home: bool, category: Category,
    ) -> Reported:  # fmt: skip
        reference = f"{number:05d}-{volumes.MONTHS[month]:%m%y}"
        id_ = record_id(f"incident {reference}", self._seed)
        part = Part.VICTIM if kind in _KINDS.values() or kind is Kind.VIOLENCE else Part.CONCERN
        people = ((who.id, part),) if who is not None else ()
        if at_home and who is not None:
            home = who.home
            said = f"{home.address.line}, {home.address.locality or home.address.town}"
            return Reported(id_, reference, kind, rang, home.place, said, home.area, home.urban, people)
        scene = self._scenes.draw(stream, category)
        return Reported(id_, reference, kind, rang, scene.place, scene.words, scene.area, scene.urban, people)

    @staticmethod
    def _kind(crime: Happened) -> Kind:
        if crime.offence.group is OffenceGroup.SEXUAL:
            return Kind.SEXUAL
        if crime.offence.group is OffenceGroup.VIOLENCE:
            return Kind.VIOLENCE
        return _KINDS.get(crime.offence.category, Kind.OTHER_CRIME)

    @staticmethod
    def _also(stream: Stream, one: Reported, *, domestic: bool) -> tuple[Qualifier, ...]:
        found = [Qualifier.DOMESTIC_ABUSE] if domestic else []
        if one.kind is Kind.MENTAL_HEALTH or stream.chance(0.07):
            found.append(Qualifier.MENTAL_ILL_HEALTH)
        for qualifier, likely in _ALSO.items():
            if stream.chance(likely * (2.2 if domestic else 1)):
                found.append(qualifier)
        return tuple(found)

    # What was recorded

    def _left(self, stream: Stream, incident: EarlierIncident) -> EarlierRefusal:
        at = min(incident.closed + timedelta(hours=exp(stream.normal(log(3), 0.7))), END)
        if incident.kind is Kind.FRAUD:
            why, said = NotRecorded.ELSEWHERE, "Referred to the national fraud body, which records it"
        else:
            why, said = NotRecorded.UNCONFIRMED, "Nobody there would say that it had happened"
        return EarlierRefusal(incident=incident.id, at=at, by=stream.choice(self._staff.desk), why=why, words=said)

    def _crime(
        self, found: Month, stream: Stream, crime: Happened, month: int, incident: EarlierIncident | None
    ) -> None:
        day = volumes.MONTHS[month]
        reference = f"CR{crime.number:05d}-{day:%m%y}"
        id_ = record_id(f"crime {reference}", self._seed)
        if incident is not None:
            place, said, area = incident.place, incident.place_words, incident.area
        else:
            one = self._somewhere(stream, month, 0, Kind.THEFT, crime.reported, crime.victim, at_home=crime.at_home,
                                  category=crime.offence.category)  # fmt: skip
            place, said, area = one.place, one.words, one.area
        late = crime.recorded - crime.reported > timedelta(hours=24)
        committed = crime.reported - timedelta(hours=exp(stream.normal(log(5), 1.1)))
        allocated = min(crime.recorded + timedelta(hours=exp(stream.normal(log(6), 0.8))), crime.ended or END)
        found.crimes.append(
            EarlierCrime(
                id=id_, reference=reference, incident=incident.id if incident else None,
                route=None if incident else _ROUTES.draw(stream), reported=crime.reported, recorded=crime.recorded,
                recorded_by=stream.choice(self._staff.desk), offence=crime.offence.code,
                what=stream.choice(words.WHAT[self._kind(crime)]), late_reason=words.LATE if late else "",
                flags=crime.flags, committed=committed, place=place, place_words=said, area=area,
                victim=crime.victim.id if crime.victim else None, organisation=crime.firm,
                child=crime.victim is not None and crime.victim.age < 18,
                suspects=tuple(each.id for each in crime.suspects),
                interviewed=local_day(crime.ended) if crime.code in ("1", "3", "15") and crime.ended else None,
                allocated=max(allocated, crime.recorded), outcome=self._outcome(stream, crime),
            )
        )  # fmt: skip
        if crime.victim is not None:
            found.victims.append(self._victim(stream, crime, id_))

    def _outcome(self, stream: Stream, crime: Happened) -> EarlierOutcome | None:
        if not crime.code or crime.ended is None:
            return None
        return EarlierOutcome(
            code=crime.code, decided_on=local_day(crime.ended), at=crime.ended,
            by=stream.choice(self._staff.investigators), said=words.SAID[crime.code], agreed=crime.agreed,
            agreed_by=stream.choice(self._staff.supervisors) if crime.agreed else None,
        )  # fmt: skip

    def _victim(self, stream: Stream, crime: Happened, id_: UUID) -> EarlierVictim:
        by = stream.choice(self._staff.investigators)
        asked = _before_end(crime.recorded, exp(stream.normal(log(14), 1.1)), stream)
        first = _before_end(crime.recorded, exp(stream.normal(log(22), 0.8)), stream)
        contacts = [EarlierContact(when=first, by=by, words="Told what to expect; support offered",
                                   tells=(Tells.EXPECT, Tells.SUPPORT))]  # fmt: skip
        if crime.given is not None:
            when = crime.given + timedelta(hours=exp(stream.normal(log(9), 0.8)))
            if when < END:
                contacts.append(EarlierContact(when=when, by=by, words="Told how it ended, and why", outcome=True))
        taken = bool(crime.suspects) and stream.chance(0.5)
        withdrew = _WITHDRAWS.draw(stream) if crime.code in ("14", "16") else None
        reached = None
        if not crime.code and END - asked > timedelta(days=80):
            reached = END - timedelta(days=stream.integer(3, 75))
        assert crime.victim is not None  # noqa: S101 - only those with one come here
        return EarlierVictim(
            crime=id_, asked=asked, by=by, needs="Nothing beyond hearing how it goes", method=Method.LETTER,
            to=f"{crime.victim.home.address.line}, {crime.victim.home.address.postcode}", reached=reached,
            contacts=tuple(contacts), statement=first if taken else None,
            offered=(Answered.ACCEPTED if stream.chance(0.4) else Answered.DECLINED)
            if taken and stream.chance(0.70)
            else None,
            withdrew=withdrew, own_words=words.OWN_WORDS[withdrew] if withdrew else "",
            said_on=local_day(crime.ended) if withdrew and crime.ended else None,
        )  # fmt: skip


def _before_end(since: datetime, hours: float, stream: Stream) -> datetime:
    """Return the moment so many hours later, or one before the end where that would be too late."""
    at = since + timedelta(hours=hours)
    return at if at < END else since + (END - since) * (0.2 + 0.7 * stream.random())
