"""Looks of the demonstration that are none of somebody's business, for the auditor to find on the first morning."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from watchward.demo.calendar import moment
from watchward.demo.chapters import CHANNEL
from watchward.demo.crowd.population import Crowd
from watchward.demo.stage import Cast
from watchward.demo.telling import Answers, Ends
from watchward.demo.truth import record_id
from watchward.domains.people import commands as people
from watchward.domains.people import queries as known
from watchward.foundation import reading
from watchward.foundation.access import queries as access
from watchward.foundation.access.context import tell_database
from watchward.foundation.acting import Acting
from watchward.oversight.looking import commands as looking

WELL_KNOWN: Final = (
    ("Danny", "Oakes", "plays in the first team of an invented club"),
    ("Lorna", "Pell", "acts in an invented television series"),
    ("Aubrey", "Stannard", "sits in an invented council and is in its newspaper"),
)
"""Invented people whom everybody in the invented town would know."""


@dataclass(frozen=True)
class Curious:
    """Somebody who looks.

    Args:
        username: who.
        whom: the well-known person's surname, or a place in the crowd: household and resident.
        at: when, in local time: each time a look.
        tells: whether any trace tells that it was nobody's business.
    """

    username: str
    whom: str | tuple[int, int]
    at: tuple[str, ...]
    tells: bool = True

    def is_there(self, households: int) -> bool:
        """Return whether a crowd of so many households has whom they look at."""
        return isinstance(self.whom, str) or self.whom[0] < households


LOOKS: Final = (
    Curious("yates", "Oakes", ("2019-06-22 02:14",)),
    Curious("clamp", "Oakes", ("2019-06-22 04:40", "2019-06-23 03:05")),
    Curious("odell", "Pell", ("2019-06-27 15:32",)),
    Curious("holdcroft", (11, 0), ("2019-06-25 10:07",)),
    Curious("wain", (29, 0), ("2019-05-30 06:20", "2019-06-08 23:51", "2019-06-19 06:11", "2019-06-28 22:48")),
    Curious("gough", (17, 0), ("2019-06-29 13:20",)),
    Curious("rasool", (40, 0), ("2019-06-18 11:15",), tells=False),
)
"""Two at a footballer, one at an actor, one next door, one again and again, one at home, and one that nothing tells."""

DWELLINGS: Final = (("holdcroft", 11, 2), ("gough", 17, 0), ("wain", 52, 0), ("dhillon", 63, 0))
"""Where some of the force said that they live: by the house of a household of the crowd, so many numbers further on."""


def answers(households: int) -> Answers:
    """Return what must be counted because of these looks: a review owed for each of whom a trace tells.

    Args:
        households: of the crowd.
    """
    found = sum(one.tells and one.is_there(households) for one in LOOKS)
    return Answers(duties={"looking.review": Ends(open=found)})


def look_around(acting: Acting, cast: Cast, crowd: Crowd, *, seed: str, until: datetime) -> None:
    """Let some people look at what is none of their business, and let the machinery look over all looks.

    Args:
        acting: the force's machinery.
        cast: who is there.
        crowd: the population.
        seed: from which its ids follow.
        until: the moment up to which the stories are told.
    """
    famous = {}
    for forenames, surname, words in WELL_KNOWN:
        person = people.record_person(acting, forenames=forenames, surname=surname, source="Earlier system").pk
        looking.mark_well_known(acting, person=person, words=words.capitalize())
        famous[surname] = person
    for username, household, further in DWELLINGS:
        if household < len(crowd.households):
            line, postcode = _further_on(crowd, household, further)
            looking.declare_dwelling(acting, account=cast.accounts[username], line=line, postcode=postcode)
    for one in LOOKS:
        whom = famous[one.whom] if isinstance(one.whom, str) else _of_the_crowd(crowd, one.whom, seed)
        for at in one.at:
            if whom is not None and moment(at) < until:
                _look(cast.accounts[one.username], whom, moment(at))
    tell_database(acting)
    looking.look_over(replace(acting, at=until, sees_all=True))


def _look(account: UUID, person: UUID, at: datetime) -> None:
    reader = access.acting_as(account, at=at, channel=CHANNEL)
    tell_database(reader)
    reading.opened(reader, known.person(reader, id_=person))


def _further_on(crowd: Crowd, household: int, further: int) -> tuple[str, str]:
    address = crowd.households[household].address
    number, _, street = address.line.partition(" ")
    return f"{int(number) + further} {street}", address.postcode


def _of_the_crowd(crowd: Crowd, at: tuple[int, int], seed: str) -> UUID | None:
    household, resident = at
    if household >= len(crowd.households):
        return None
    return record_id(crowd.households[household].residents[resident].key, seed)
