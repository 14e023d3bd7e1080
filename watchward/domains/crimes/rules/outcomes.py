"""What each outcome demands, and every reason why one may not be given yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from watchward.domains.crimes.vocabulary import FINISH, LIFE, Demand, Stage
from watchward.kernel.dated import Dated, Version
from watchward.kernel.periods import Days, Hours, Months, Years, local_day
from watchward.kernel.refusals import Refusal

CITE = "Home Office Counting Rules, section H: crime outcomes"
S, V, R = Demand.SUSPECT, Demand.VICTIM_DECISION, Demand.RATIONALE

DEMANDS: dict[str, tuple[Demand, ...]] = {
    "1": (S, Demand.CHARGED_HOW),
    "1A": (S, Demand.CHARGED_HOW, Demand.ALTERNATE),
    "2": (S, Demand.YOUTH, Demand.ADMISSION),
    "2A": (S, Demand.YOUTH, Demand.ADMISSION, Demand.ALTERNATE),
    "3": (S, Demand.ADULT, Demand.ADMISSION),
    "3A": (S, Demand.ADULT, Demand.ADMISSION, Demand.ALTERNATE),
    "4": (S, Demand.COURT),
    "5": (S, Demand.DIED),
    "6": (S, R),
    "7": (S, R),
    "8": (S, Demand.CONSULTED, Demand.ADMISSION),
    "9": (S, Demand.PROSECUTOR),
    "10": (S, R),
    "11": (S, Demand.UNDER_TEN),
    "12": (S, Demand.ILLNESS),
    "13": (S, Demand.WITNESS),
    "14": (Demand.NO_SUSPECT, V, R),
    "15": (S, R),
    "16": (S, V, R),
    "17": (S, Demand.LIMIT),
    "18": (Demand.NO_SUSPECT, R),
    "19": (Demand.FRAUD,),
    "20": (Demand.AGENCY,),
    "21": (S, R),
    "22": (S, Demand.ACTIVITY),
}
"""What must be on file for each outcome, whatever its dates."""

SUPERVISED: Dated[frozenset[str]] = Dated(
    title="Outcomes that a supervisor agrees",
    chosen_by="the day the outcome is proposed",
    policy=True,
    versions=(
        Version(
            in_force=date(2014, 4, 1),
            value=frozenset({"14", "16"}),
            cite="Home Office Counting Rules, section H: a supervisor agrees 14 and 16",
        ),
        Version(
            in_force=date(2017, 4, 1),
            value=frozenset({"10", "14", "15", "16", "17", "18", "20", "21", "22"}),
            cite="Force crime policy, 1 April 2017; 14 and 16 by the Home Office Counting Rules, section H",
        ),
    ),
)

AGREE_BY: Dated[Hours] = Dated(
    title="Agreeing a proposed outcome",
    chosen_by="the day the outcome was proposed",
    policy=True,
    versions=(Version(in_force=date(2014, 4, 1), value=Hours(72), cite="Force crime policy: within three days"),),
)

CHECK_BY: Dated[Days] = Dated(
    title="The registrar's check of outcomes",
    chosen_by="the day the sample was drawn",
    policy=True,
    versions=(Version(in_force=date(2014, 4, 1), value=Days(28), cite="Force crime policy: a sample within 28 days"),),
)

SUMMARY_LIMIT: Dated[Months] = Dated(
    title="Time to begin a summary prosecution",
    chosen_by="the day of the offence",
    versions=(
        Version(in_force=date(1981, 7, 6), value=Months(6), cite="Magistrates' Courts Act 1980 s.127: six months"),
    ),
)

ASSAULT_LIMIT: Dated[tuple[Months, Years]] = Dated(
    title="Time to begin a prosecution for common assault in domestic abuse",
    chosen_by="the day of the offence",
    versions=(
        Version(
            in_force=date(2022, 6, 28),
            value=(Months(6), Years(2)),
            cite="Criminal Justice Act 1988 s.39A (PCSC Act 2022): six months from the statement, at most two years",
        ),
    ),
)


def is_supervised(code: str, *, on: date) -> bool:
    """Return whether a supervisor agrees an outcome proposed on a day."""
    return code in SUPERVISED.value_on(on)


def last_day_to_charge(*, offence: date, statement: date | None, assault_in_abuse: bool) -> tuple[date, str]:
    """Return the last day on which a summary prosecution can begin, with its statute.

    Args:
        offence: the day of the offence.
        statement: the day on which the victim's statement was taken, or their interview recorded.
        assault_in_abuse: whether it is common assault in domestic abuse.
    """
    if assault_in_abuse and statement is not None and ASSAULT_LIMIT.is_set_on(offence):
        version = ASSAULT_LIMIT.on(offence)
        from_statement, at_most = version.value
        plain = SUMMARY_LIMIT.value_on(offence).last_day(offence)
        if statement <= plain:  # s.39A(2): the statement itself must be made within six months of the offence
            return min(from_statement.last_day(statement), at_most.last_day(offence)), version.cite
    limit = SUMMARY_LIMIT.on(offence)
    return limit.value.last_day(offence), limit.cite


@dataclass(frozen=True)
class Ending:
    """What is on file when somebody wants to give an outcome.

    Args:
        stage: where the crime stands.
        code: which outcome; empty where none is chosen.
        in_force: codes that crimes recorded on its day may have.
        today: the day on which it is proposed.
        decided: the day of the outcome itself.
        reported: the first report.
        suspects: names of the suspects on the crime.
        suspect: the one chosen; empty where none is.
        suspect_age: their age on the day of the offence; None where it is not known.
        fraud: whether the offence is fraud.
        said: what is typed for each demand.
        limit: the last day on which a prosecution could begin.
        earliest_limit: the last day by statute, as far as it can be worked out, with its citation.
    """

    stage: Stage
    code: str
    in_force: frozenset[str]
    today: date
    decided: date | None
    reported: datetime
    suspects: tuple[str, ...] = ()
    suspect: str = ""
    suspect_age: int | None = None
    fraud: bool = False
    said: Mapping[Demand, str] = field(default_factory=dict)
    limit: date | None = None
    by_statute: tuple[date, str] | None = None


def why_not_end(facts: Ending) -> tuple[Refusal, ...]:
    """Return every reason why this outcome may not be given; the victim's decision is a higher room's to ask for."""
    if reasons := LIFE.why_not(facts.stage, FINISH):
        return reasons
    found: list[Refusal] = []
    if facts.code not in facts.in_force:
        words = f"Outcome {facts.code} is not for crimes recorded on that day." if facts.code else "Choose the outcome."
        found.append(Refusal(words, cite=CITE, field="code"))
    if facts.decided is None:
        found.append(Refusal("Give the day of the outcome.", field="decided_on"))
    elif facts.decided > facts.today:
        found.append(Refusal("An outcome is entered once it is decided.", field="decided_on"))
    elif facts.decided < local_day(facts.reported):
        found.append(Refusal("It cannot have ended before it was reported.", field="decided_on"))
    for demand in DEMANDS.get(facts.code, ()):
        found += _wants(demand, facts)
    return tuple(found)


def _wants(demand: Demand, facts: Ending) -> list[Refusal]:
    """Return what one demand still lacks."""
    number = f"Outcome {facts.code}"
    match demand:
        case Demand.SUSPECT if not facts.suspects:
            return [Refusal(f"{number} needs a named suspect: name them on the crime.", cite=CITE, field="suspect")]
        case Demand.SUSPECT if not facts.suspect:
            return [Refusal("Choose which suspect.", cite=CITE, field="suspect")]
        case Demand.NO_SUSPECT if facts.suspects:
            named = ", ".join(facts.suspects)
            return [Refusal(f"{number} is for crimes without a suspect. Named: {named}.", cite=CITE, field="code")]
        case Demand.UNDER_TEN | Demand.YOUTH | Demand.ADULT if facts.suspect:
            return _age(demand, facts, number)
        case Demand.FRAUD if not facts.fraud:
            return [Refusal(f"{number} is for fraud that the national body filed.", cite=CITE, field="code")]
        case Demand.LIMIT:
            return _limit(facts)
        case _ if demand.asks and len(facts.said.get(demand, "").split()) < _LEAST.get(demand, 2):
            return [Refusal(f"{demand.asks}: not filled in.", cite=CITE, field=demand.value)]
    return []


_LEAST = {Demand.RATIONALE: 3, Demand.ALTERNATE: 1, Demand.CHARGED_HOW: 1}
"""How many words at least, where two are not the measure."""
_AGES: dict[Demand, tuple[Callable[[int], bool], str]] = {
    Demand.UNDER_TEN: (lambda age: age < 10, "a suspect under ten on the day of the offence (CYPA 1933 s.50)"),
    Demand.YOUTH: (lambda age: age < 18, "a suspect under 18"),
    Demand.ADULT: (lambda age: age >= 18, "a suspect of 18 or over"),
}


def _age(demand: Demand, facts: Ending, number: str) -> list[Refusal]:
    fits, words = _AGES[demand]
    if facts.suspect_age is None:
        return [Refusal(f"{number} needs the suspect's date of birth on record.", cite=CITE, field="suspect")]
    if not fits(facts.suspect_age):
        return [Refusal(f"{number} is for {words}. This one was {facts.suspect_age}.", cite=CITE, field="suspect")]
    return []


def _limit(facts: Ending) -> list[Refusal]:
    if facts.limit is None:
        return [Refusal("Give the last day on which a prosecution could begin.", cite=CITE, field="limit")]
    if facts.decided is not None and facts.limit >= facts.decided:
        return [Refusal("The time to prosecute had not run out on that day.", cite=CITE, field="limit")]
    if facts.by_statute is not None and facts.limit < facts.by_statute[0]:
        day, cite = facts.by_statute
        words = f"By the dates on file it could begin until {day.day} {day:%B %Y}."
        return [Refusal(words, cite=cite, field="limit")]
    return []
