"""The day's ordinary work: calls of the crowd, attended in time and closed, so that stories do not stand alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from watchward.demo.crowd.households import Household, Resident
from watchward.demo.crowd.population import Crowd
from watchward.demo.play import Beats, Story
from watchward.demo.stage import Stage
from watchward.demo.telling import Answers, Ends
from watchward.kernel.streams import Lottery, Stream

# fmt: off

CALLS: Final = 20
"""Ordinary calls at scale 1."""
FIRST: Final = datetime.fromisoformat("2019-06-16 06:00")
LAST: Final = datetime.fromisoformat("2019-06-30 20:00")
_LAST_DESK: Final = datetime.fromisoformat("2019-06-30 05:58")

_MATTERS: Final = Lottery(
    (
        ("asb-nuisance", "Motorbikes on the field again", True),
        ("theft", "Parcel taken from the step", True),
        ("damage", "Wing mirror kicked off in the night", True),
        ("vehicle", "Van broken into, tools gone", True),
        ("suspicious", "Two men try the doors of cars", True),
        ("concern", "Has not seen the man next door for four days", True),
        ("alarm", "Alarm at the chapel rings since midnight", True),
        ("advice", "Asks how to give in a found purse", False),
        ("advice", "Asks what became of her crime report", False),
        ("found", "Has found a bank card by the canal", False),
    ),
    (16, 10, 9, 8, 7, 6, 4, 9, 8, 5),
)
_SOONER: Final = frozenset({"concern"})
"""Matters that the policy answers sooner than as Scheduled: the others wait for a time to be agreed."""
_TAKERS: Final = ("bhatt", "colclough", "whitlow", "mazur", "odell", "tranter")
_CREWS: Final = (("SA05", "plant"), ("NB01", "bagguley"), ("FC01", "gough"), ("CD01", "cope"), ("LD03", "yates"))


def _when(stream: Stream) -> datetime:
    minutes = int((LAST - FIRST).total_seconds() // 60)
    return FIRST + timedelta(minutes=stream.integer(0, minutes))


def _said(at: datetime) -> str:
    return at.isoformat(sep=" ")


def _one(number: int, home: Household, person: Resident) -> Story:
    """Return the story of one ordinary call."""

    def tell(s: Stage) -> Beats:
        stream = Stream("routine").of(number)
        at = _when(stream)
        yield _said(at)
        what, words, visit = _MATTERS.draw(stream)
        by = stream.choice(_TAKERS)
        where = home.address
        call = s.call(by, "101", number=home.landline or person.mobile or "Withheld", rang=stream.integer(5, 200),
                      caller=f"{person.forenames.split()[0]} {person.surname}",
                      place=f"{where.line}, {where.locality or where.town}", what=what, thrive="E+Wants to hear back",
                      identified="nnn", said=[words])
        if not visit:
            s.ends(by, call)
            return
        incident = s.opens(by, call)
        s.ends(by, call)
        at += timedelta(minutes=stream.integer(4, 12))
        yield _said(at)
        while (crew := next((one for one in _CREWS if one[0] not in s.busy), None)) is None:
            at += timedelta(minutes=10)
            yield _said(at)
        going = s.send(incident, crew[0])
        at += timedelta(minutes=stream.integer(8, 25))
        yield _said(at)
        s.there(going, by=crew[1])
        at += timedelta(minutes=stream.integer(10, 50))
        yield _said(at)
        s.clear(going, "Seen, nothing more to do today", by=crew[1])
        s.close(incident, "Dealt with at the door", by="okafor")

    return tell


def count(scale: float) -> int:
    """Return how many ordinary calls there are at a scale."""
    return max(1, round(CALLS * scale))


def calls(crowd: Crowd, scale: float) -> list[Story]:
    """Return the stories of the ordinary calls, each of somebody grown up in the crowd."""
    stories = []
    for number in range(count(scale)):
        stream = Stream("routine caller").of(number)
        while True:
            home = stream.choice(crowd.households)
            grown = [person for person in home.residents if person.age >= 18]
            if grown:
                break
        stories.append(_one(number, home, stream.choice(grown)))
    return stories


def crimes(scale: float) -> int:
    """Return how many ordinary calls at a scale report a crime."""
    found = 0
    for number in range(count(scale)):
        stream = Stream("routine").of(number)
        _when(stream)
        found += _MATTERS.draw(stream)[0] in ("theft", "damage", "vehicle")
    return found


def crimes_by_june(scale: float) -> int:
    """Return how many of them are recorded by 30 June 2019: the desk decides at six each morning."""
    found = 0
    for number in range(count(scale)):
        stream = Stream("routine").of(number)
        at = _when(stream)
        found += at < _LAST_DESK and _MATTERS.draw(stream)[0] in ("theft", "damage", "vehicle")
    return found


def answers(scale: float) -> Answers:
    """Return what must be counted because of the ordinary calls: those that send somebody all end in time."""
    visits = scheduled = 0
    for number in range(count(scale)):
        stream = Stream("routine").of(number)
        _when(stream)
        what, _words, visit = _MATTERS.draw(stream)
        visits += visit
        scheduled += visit and what not in _SOONER
    whole = count(scale)
    return Answers(
        calls=whole,
        incidents=visits,
        duties={
            "contact.identify": Ends(met=whole),
            "contact.complete": Ends(met=whole),
            "incidents.assess": Ends(met=visits),
            "incidents.agree-time": Ends(released=scheduled),
            "incidents.attend": Ends(met=visits),
        },
    )
