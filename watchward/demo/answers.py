"""What must be counted in the demonstration at 07:45 on 1 July 2019, worked out without looking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from watchward.demo import curious
from watchward.demo.crowd.population import crowd, town
from watchward.demo.force import AREAS, POSTS, TEAMS, UNITS
from watchward.demo.history import answers as history
from watchward.demo.history.volumes import Year, last_year
from watchward.demo.stories import TOLD, crime_desk, routine
from watchward.demo.telling import Answers, Ends, summed


@dataclass(frozen=True)
class Known:
    """The known answers of one scale.

    Args:
        told: of all stories, the ordinary calls and the two years together.
        year: what the two years add to the crimes recorded in the twelve months to 30 June 2019.
        rang_off: calls that nobody answered.
        households: of the crowd.
        records: of people in the crowd.
        people: human beings in the crowd.
        pairs: pairs of records of the crowd that are one human being.
        areas: policing areas.
        teams: of the force.
        accounts: of people who work for it.
        units: that can be sent.
    """

    told: Answers
    year: Year
    rang_off: int
    households: int
    records: int
    people: int
    pairs: int
    areas: int
    teams: int
    accounts: int
    units: int

    @property
    def duties(self) -> Mapping[str, Ends]:
        """How the duties of each kind ended."""
        return self.told.duties


def told_of_the_year(scale: float) -> Year:
    """Return which crimes recorded in the twelve months to 30 June 2019 the stories tell, and how they ended."""
    return Year(
        crimes=2 + crime_desk.CRIMES_BY_JUNE + routine.crimes_by_june(town(scale)), charged=1, withdrew=1
    )  # fmt: skip


def known(scale: float = 1.0) -> Known:
    """Return what must be counted at a scale, when the stories are told up to their end."""
    people = crowd(town(scale))
    truth = people.truth()
    year = last_year(scale, told_of_the_year(scale))
    records: dict[str, int] = {}
    for person in truth.values():
        records[person] = records.get(person, 0) + 1
    return Known(
        told=summed(
            [
                *(one.answers for one in TOLD),
                routine.answers(town(scale)),
                crime_desk.answers(town(scale)),
                curious.answers(len(people.households)),
                history.answers(scale, year),
            ]
        ),
        year=year,
        rang_off=history.rang_off(scale, year),
        households=len(people.households),
        records=len(truth),
        people=len(records),
        pairs=sum(count * (count - 1) // 2 for count in records.values()),
        areas=len(AREAS),
        teams=len(TEAMS),
        accounts=len(POSTS),
        units=len(UNITS),
    )
