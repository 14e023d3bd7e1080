"""Records of long ago: what is due for review, one that went by two people, one kept on, one held for an inquiry."""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import UUID

from watchward.demo.calendar import moment
from watchward.demo.play import Beats
from watchward.demo.stage import Stage
from watchward.demo.telling import Answers, Ends, Told
from watchward.domains.people import commands as people
from watchward.foundation.retention import commands, queries
from watchward.foundation.retention.criteria import CRITERIA

MANAGER: Final = "ashmore"
AGREES: Final = "hollins"
RECORDED_BY: Final = "tranter"

GOES: Final = ("2010-11-03 16:40", "Harold", "Wintle", date(1941, 2, 17), "M")
STAYS: Final = ("2011-08-22 10:15", "Terence", "Bloor", date(1972, 9, 30), "M")
HELD: Final = ("2012-01-30 13:05", "Edna", "Salloway", date(1950, 6, 4), "F")
WAITS: Final = ("2012-10-09 09:50", "Moira", "Keeling", date(1966, 12, 12), "F")
DUE: Final = ("2013-04-16 18:25", "Clive", "Oakden", date(1958, 3, 8), "M")
Once = tuple[str, str, str, date, str]
"""When somebody was recorded, and who they are."""


def tell(s: Stage) -> Beats:
    """Record five people in the years in which each rang once, call up their reviews, and decide most of them."""
    yield "2019-05-20 08:10"
    goes, stays = _recorded(s, GOES), _recorded(s, STAYS)
    yield "2019-05-20 08:20"
    commands.call_up(s.machinery())
    yield "2019-05-23 14:10"
    commands.propose(
        s.of(MANAGER), review=_review(s, goes), reason="Rang once about a lost dog; nothing since that anybody needs"
    )
    yield "2019-05-24 09:30"
    commands.agree(s.of(AGREES), review=_review(s, goes))
    yield "2019-06-12 11:00"
    commands.retain(
        s.of(MANAGER), review=_review(s, stays), reason="Named by two neighbours in a dispute that goes on",
        next_on=date(2024, 6, 12),
        answers={question.key: "unknown" if question.key == "links" else "no" for question in CRITERIA.questions},
    )  # fmt: skip
    yield "2019-06-17 08:10"
    held, waits, _due = (_recorded(s, once) for once in (HELD, WAITS, DUE))
    yield "2019-06-17 08:20"
    commands.call_up(s.machinery())
    yield "2019-06-18 10:05"
    with s.looking(MANAGER) as acting:
        reference = queries.review(acting, id_=_review(s, held)).reference
    commands.lay_hold(
        s.of(MANAGER), source="inquiry", matter="Care homes inquiry, request 14",
        reason="Everything about those who lived at the home until 2012", since=date(2019, 6, 18),
        review_on=date(2019, 12, 18), records=[reference],
    )  # fmt: skip
    yield "2019-06-28 15:20"
    commands.propose(s.of(MANAGER), review=_review(s, waits), reason="Rang once to be told the number of the council")


def _recorded(s: Stage, once: Once) -> UUID:
    at, forenames, surname, born, sex = once
    acting = s.of(RECORDED_BY).at_time(moment(at))
    return people.record_person(
        acting, forenames=forenames, surname=surname, date_of_birth=born, sex=sex, source="a call"
    ).pk


def _review(s: Stage, person: UUID) -> UUID:
    with s.looking(MANAGER) as acting:
        return queries.reviews(acting).get(of=person).pk


TOLD: Final = Told(
    "Records of long ago",
    tell,
    Answers(duties={"retention.review": Ends(met=2, open=3), "retention.hold": Ends(open=1)}),
)
"""On the morning of 1 July one waits for whoever agrees, one is held, and one nobody has looked at yet."""
