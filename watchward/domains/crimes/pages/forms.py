"""What stands beside the forms of crimes: what is known already, what the policy advises, what an outcome asks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from watchward.domains.crimes import rules
from watchward.domains.crimes.queries import Advised, Allocation, Candidate, ToRecord, Whole
from watchward.domains.crimes.vocabulary import LIKELY, Demand, NotRecorded, Part
from watchward.domains.incidents.vocabulary import Kind, Qualifier
from watchward.domains.incidents.vocabulary import Part as Involved
from watchward.domains.offences.vocabulary import Flag, outcomes_in_force
from watchward.foundation.ui.parts import Column, Link, Mark, Row, State, Strong, Table
from watchward.foundation.ui.words import counted, due, left, moment
from watchward.kernel.dated import NotInForce, Unset
from watchward.kernel.periods import local_day
from watchward.kernel.refusals import Refusal


@dataclass(frozen=True)
class SourcePage:
    """What a crime is recorded from.

    Args:
        clock: how much of the limit is left.
        late: whether the limit has passed.
        decided: what was decided already.
        hint: what the counting rules of the day say of stalking and harassment.
        recorded: whether a crime is recorded from it: then it cannot be left without one.
    """

    title: str
    clock: State
    clock_words: str
    late: bool
    facts: tuple[Mark, ...]
    decided: tuple[Mark, ...]
    hint: str
    recorded: bool


def source_page(found: ToRecord, *, at: datetime) -> SourcePage:
    """Return what stands beside the form that records a crime."""
    by, version = rules.record_by(found.reported_at)
    late = at > by
    facts = [Mark("Reported", moment(found.reported_at)), Mark("Where", found.where or "Not known")]
    incident, report = found.source.incident, found.source.report
    if incident is not None:
        title = f"{Kind(incident.closed_as or incident.kind).label}: {incident.reference}"
        link = Link(incident.reference, reverse("incidents:one", args=[incident.pk]))
        facts.insert(0, Mark("Incident", (link, f", {incident.stage}"), incident.what))
        if incident.outcome:
            facts.append(Mark("Closed", incident.outcome))
        if incident.qualifiers:
            facts.append(Mark("Also", ", ".join(Qualifier(key).label for key in incident.qualifiers)))
        for row in found.involved:
            person = found.people.get(row.person_id)
            facts.append(Mark(row.part.capitalize(), f"{person.name}, {person.age_words}" if person else "Locked"))
    else:
        assert report is not None  # noqa: S101 - made with one of them
        title = f"Report {report.reference}"
        facts.insert(0, Mark("Report", report.route.capitalize(), report.what))
        if report.by_words:
            facts.append(Mark("By", report.by_words))
    decided = [
        Mark(State("crime", "done"), Link(crime.reference, reverse("crimes:one", args=[crime.pk])), crime.offence_words)
        for crime in found.crimes
    ]
    for each in found.decided:
        if not each.recorded:
            word = "N100" if each.rape else "no crime"
            decided.append(Mark(State(word, "done"), NotRecorded(each.why).label, f"{each.words}. {each.by_name}"))
    return SourcePage(
        title=title,
        clock=_clock(by, at, done=bool(found.decided)),
        clock_words="" if found.decided else f"Decide by {due(by, at)}: {version.value} from the first report",
        recorded=bool(found.crimes),
        late=late,
        facts=tuple(facts),
        decided=tuple(decided),
        hint=_hint(at),
    )


def _hint(at: datetime) -> str:
    try:
        apart = rules.SEPARATE_HARASSMENT.value_on(local_day(at))
    except (NotInForce, Unset):
        return "Whether stalking and harassment are recorded beside another crime is for the force to set"
    if apart:
        return "Stalking, harassment and controlling behaviour are recorded beside the most serious other crime"
    return "The principal crime alone is recorded"


_PARTS = {Involved.VICTIM: "victims", Involved.SUSPECT: "suspects", Involved.WITNESS: "witnesses"}


def already_known(found: ToRecord) -> dict[str, object]:
    """Return what the incident says already, to begin the form with: nobody is asked twice."""
    incident, report = found.source.incident, found.source.report
    begun: dict[str, object] = {"victims": [], "suspects": [], "witnesses": [], "flags": []}
    if incident is not None:
        begun["what"] = incident.what
        for row in found.involved:
            name = _PARTS.get(Involved(row.part))
            if name and row.person_id in found.people:
                begun[name] = [*begun[name], str(row.person_id)]  # type: ignore[misc]
        if Qualifier.DOMESTIC_ABUSE in incident.qualifiers:
            begun["flags"] = [Flag.DOMESTIC_ABUSE.value]
    if report is not None:
        begun["what"] = report.what
        if report.person_id and report.person_id in found.people:
            begun["victims"] = [str(report.person_id)]
    return begun


def _clock(by: datetime, at: datetime, *, done: bool) -> State:
    if done:
        return State("decided", "done")
    return State(left(by, at), "late" if at > by else "soon" if local_day(by) == local_day(at) else "ok")


def people_of(found: ToRecord) -> list[tuple[str, str]]:
    """Return those who may be named, with what the incident says of each."""
    parts: dict[UUID, list[str]] = {}
    for row in found.involved:
        parts.setdefault(row.person_id, []).append(row.part)
    rows = []
    for id_, person in found.people.items():
        said = ", ".join(parts.get(id_, ["reported it"]))
        rows.append((str(id_), f"{person.name}, {person.age_words} ({said})"))
    return rows


def likely_group(found: ToRecord) -> str:
    """Return the group of offences to offer first."""
    incident = found.source.incident
    if incident is None:
        return ""
    group = LIKELY.get(Kind(incident.closed_as or incident.kind))
    return group.value if group else ""


@dataclass(frozen=True)
class AllocatePage:
    """What the allocation policy advises on a crime."""

    title: str
    reference: str
    what: str
    advised: str
    officer: str
    because: str
    factors: Table
    policy: str
    people: Table


def allocate_page(
    found: Advised, *, offence: str, reference: str, what: str, pool: Sequence[Candidate]
) -> AllocatePage:
    """Return the advice with every factor, and who works in the team in question."""
    advice = found.advice
    rows = [Row((each.factor, each.words, f"{each.points:+d}" if each.points else "0")) for each in advice.factors]
    foot = Row((Strong("Score"), "", Strong(str(advice.score))))
    skill = rules.SKILLS[advice.skill]
    people = tuple(
        Row((each.name, State("yes", "ok") if each.skilled else State("no", "soon"), counted(each.load, "open crime")))
        for each in pool
    )
    return AllocatePage(
        title=f"Allocate: {offence}",
        reference=reference,
        what=what,
        advised=found.team.name if found.team else f"No team for {advice.function.lower()}",
        officer=found.officer.name if found.officer else f"Nobody there holds {skill}",
        because=f"{advice.function}: {advice.because}",
        factors=Table((Column("Factor"), Column("What"), Column("Points", number=True)), tuple(rows), foot=foot),
        policy=f"{advice.cite}",
        people=Table((Column("Who"), Column(skill), Column("Has")), people, empty="Nobody works there"),
    )


def held_by(allocations: Iterable[Allocation]) -> str:
    """Return who was given a crime last, in words; empty where nobody was."""
    last = next(reversed(list(allocations)), None)
    if last is None:
        return ""
    return f"{last.officer.display_name}, {last.given_to.name}," if last.officer is not None else last.given_to.name


@dataclass(frozen=True)
class OutcomePage:
    """What an outcome asks of a crime.

    Args:
        choices: every outcome of the day, as value, words and whether it is chosen.
        chosen: its number and words; empty until one is chosen.
        against: reasons against that the file itself gives, before anything is typed.
        agreed: whether a supervisor agrees it.
        victim_url: where the victim's decision is recorded.
        name_url: where a suspect is named; empty where one is, or none is asked for.
    """

    reference: str
    offence: str
    id: UUID
    choices: tuple[tuple[str, str, bool], ...]
    chosen: str
    against: tuple[Refusal, ...]
    agreed: bool
    victim_url: str
    asks_victim: bool
    name_url: str


def outcome_page(
    found: Whole, *, on: date, code: str, against: Sequence[Refusal], victim_url: str, boxes: Collection[str]
) -> OutcomePage:  # fmt: skip
    """Return what stands beside the form of an outcome.

    Args:
        found: the crime.
        on: the day on which it is given.
        code: the one that is chosen; empty until one is.
        against: every reason against it.
        victim_url: where the victim's decision is recorded.
        boxes: names of the boxes of its form: what they lack is said when it is sent, and not before.
    """
    outcomes = outcomes_in_force(on)
    chosen = next((one for one in outcomes if one.code.value == code), None)
    # Which outcome is no box of the form, a suspect is one only where somebody is named, a limit is always one.
    asked = (set(boxes) | {"limit"}) - {"code"} - (set() if suspects_of(found) else {"suspect"})
    return OutcomePage(
        reference=found.crime.reference,
        offence=found.crime.offence_words,
        id=found.crime.pk,
        choices=tuple((one.code.value, str(one), one.code.value == code) for one in outcomes),
        chosen=str(chosen) if chosen else "",
        against=tuple(reason for reason in against if reason.field not in asked),
        agreed=bool(code) and rules.is_supervised(code, on=on),
        victim_url=victim_url,
        asks_victim=Demand.VICTIM_DECISION in demands_of(code),
        name_url=reverse("crimes:name", args=[found.crime.pk])
        if Demand.SUSPECT in demands_of(code) and not suspects_of(found)
        else "",
    )


def demands_of(code: str) -> tuple[Demand, ...]:
    """Return what must be on file for an outcome; nothing until one is chosen."""
    return rules.DEMANDS.get(code, ())


def victim_of(found: Whole) -> UUID | None:
    """Return the part of a crime's victim, None where it has none."""
    return next((row.pk for row in found.parties if row.part == Part.VICTIM), None)


def suspects_of(found: Whole) -> list[tuple[str, str]]:
    """Return the suspects of a crime, to choose from."""
    return [(str(row.pk), found.name_of(row)) for row in found.parties if row.part == Part.SUSPECT]
