"""What the lists of crimes show: all, the desk's queue and the registrar's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from watchward.domains.crimes import rules
from watchward.domains.crimes.queries import Crime, Decision, KeptCheck, Outcome, Report, Waiting
from watchward.domains.crimes.vocabulary import OPEN, NotRecorded, Stage, Verdict
from watchward.domains.incidents.vocabulary import Kind
from watchward.foundation.ui.frame import Place
from watchward.foundation.ui.parts import (
    Button,
    Column,
    DutyRow,
    Link,
    Mark,
    Piece,
    Row,
    Said,
    Soft,
    State,
    Strong,
    Table,
)
from watchward.foundation.ui.words import counted, day_year, due, left, recent, stamp
from watchward.kernel.periods import local_day

SHOWS = (("mine", "Mine"), ("team", "My team's"), ("open", "Open"), ("all", "All"))
"""What a list of crimes may be narrowed down to."""


@dataclass(frozen=True)
class ListPage:
    """A list of crimes."""

    table: Table
    tabs: tuple[Place, ...]
    shown: str
    more: str
    may_report: bool
    queues: tuple[Place, ...]


def list_page(
    rows: Sequence[Crime], *, show: str, total: int, at: datetime, teams: dict[int | None, str],
    officers: dict[UUID, str], may_report: bool, queues: tuple[Place, ...],
) -> ListPage:  # fmt: skip
    """Return a list of crimes, latest first."""
    columns = (Column("Crime"), Column("Offence"), Column("Recorded"), Column("With"), Column("Stands"))
    listed = tuple(Row(_cells(row, at, teams, officers)) for row in rows)
    url = reverse("crimes:list")
    return ListPage(
        table=Table(columns, listed, stack=True, empty="No crime here", caption="Crimes"),
        tabs=tuple(Place(words, f"{url}?show={key}", key == show) for key, words in SHOWS),
        shown=counted(total, "crime"),
        more=f"{total - len(rows)} more, recorded earlier" if total > len(rows) else "",
        may_report=may_report,
        queues=queues,
    )


def _cells(row: Crime, at: datetime, teams: dict[int | None, str], officers: dict[UUID, str]) -> tuple[Said, ...]:
    stage = Stage(row.stage)
    word = f"outcome {row.outcome}" if row.outcome else row.stage
    tone = "soon" if stage in (Stage.RECORDED, Stage.PROPOSED) else "ok" if stage in OPEN else "done"
    officer = officers.get(row.officer_id, "") if row.officer_id else ""
    held: Said = (officer, Soft(f" {teams.get(row.given_to_id, '')}")) if officer else teams.get(row.given_to_id, "")
    flags: list[Piece] = [Soft(f" {', '.join(row.flags)}")] if row.flags else []
    return (
        Link(row.reference, reverse("crimes:one", args=[row.pk])),
        (row.offence_words, *flags),
        recent(row.recorded_at, at),
        held or Soft("nobody"),
        State(word, tone),  # type: ignore[arg-type]
    )


@dataclass(frozen=True)
class QueuePage:
    """The desk's queue: what is to be decided, and what is to be allocated."""

    to_decide: tuple[DutyRow, ...]
    to_allocate: tuple[DutyRow, ...]
    decide_note: str
    allocate_note: str


def queue_page(found: Waiting, reports: Sequence[Report], *, at: datetime) -> QueuePage:
    """Return the queue, what is due first at the top."""
    waiting: list[tuple[datetime, DutyRow]] = []
    for incident in found.incidents:
        where = found.where.get(incident.place_id, incident.place_words) if incident.place_id else incident.place_words
        words = f"{Kind(incident.closed_as or incident.kind).label}: {incident.what}"
        url = reverse("crimes:from-incident", args=[incident.pk])
        closed = "closed" if incident.closed_at else incident.stage
        about: Said = (words, Soft(f" {where}. {incident.reference}, {closed}"))
        waiting.append(_decide(incident.rang_at, about, url, at))
    for report in reports:
        url = reverse("crimes:from-report", args=[report.pk])
        about = (f"{report.route.capitalize()}: {report.what}", Soft(f" {report.reference}"))
        waiting.append(_decide(report.reported_at, about, url, at))
    waiting.sort(key=lambda pair: pair[0])
    decide = tuple(row for _by, row in waiting)
    allocate = tuple(_allocate(crime, found.where, at) for crime in found.crimes)
    return QueuePage(decide, allocate, counted(len(decide), "report"), counted(len(allocate), "crime"))


def _state(by: datetime, at: datetime) -> State:
    return State(left(by, at), "late" if by < at else "soon" if local_day(by) == local_day(at) else "ok")


def _decide(reported: datetime, about: Said, url: str, at: datetime) -> tuple[datetime, DutyRow]:
    by, cite = rules_by(reported)
    row = DutyRow(
        state=_state(by, at), due=f"due {due(by, at)}", asks="Is this recorded as a crime?", url=url, about=about,
        rule=cite, actions=(Button("Decide", url=url, small=True),),
    )  # fmt: skip
    return by, row


def rules_by(reported: datetime) -> tuple[datetime, str]:
    """Return by when a report must be decided, and by which rule."""
    by, version = rules.record_by(reported)
    return by, version.cite


def _allocate(crime: Crime, where: dict[UUID, str], at: datetime) -> DutyRow:
    by, version = rules.allocate_by(crime.recorded_at)
    url = reverse("crimes:allocate", args=[crime.pk])
    flags: list[Piece] = [Strong(f" {', '.join(crime.flags)}.")] if crime.flags else []
    place = where.get(crime.place_id, "") if crime.place_id else crime.place_words
    return DutyRow(
        state=_state(by, at),
        due=f"due {due(by, at)}",
        asks=f"{crime.offence_words}, {crime.reference}",
        url=reverse("crimes:one", args=[crime.pk]),
        about=(f"{crime.what}.", *flags, Soft(f" {place}")),
        rule=version.cite,
        actions=(Button("Allocate", url=url, small=True),),
    )


def kept_as(row: Decision) -> Said:
    """Return as what a report of rape is kept, and why."""
    why = NotRecorded(row.why)
    return (Strong(rules.n100_of(why, on=local_day(row.at)) or "N100"), f" {why.label}")


def n100_facts(row: Decision, checks: Iterable[KeptCheck], source: str) -> tuple[Mark, ...]:
    """Return what the registrar must know of a report of rape without a crime, and what was found before."""
    record = row.incident or row.report
    assert record is not None  # noqa: S101 - decided of one of them
    return (
        Mark("Report", Link(record.reference, source), record.what),
        Mark("Kept as", kept_as(row)),
        Mark("Evidence", row.words, f"{row.by_name}, {stamp(row.at)}"),
        *(
            Mark(
                State("stands" if each.verdict == Verdict.AGREE else "to record", "done"), each.words or "Nothing more",
                f"{each.by_name}, {stamp(each.at)}",
            )
            for each in checks
        ),
    )  # fmt: skip


@dataclass(frozen=True)
class RegistrarPage:
    """What the registrar looks at: rape without a crime, late recordings, samples."""

    n100: Table
    late: Table
    samples: Table
    breaches: str
    sample_url: str


def registrar_page(
    n100: Iterable[tuple[Decision, bool]], late: Sequence[Crime],
    samples: Iterable[tuple[UUID, str, str, datetime, int, int, int, int]], *, at: datetime, recorded: int,
    breached: int,
) -> RegistrarPage:  # fmt: skip
    """Return the registrar's page.

    Args:
        n100: each report of rape without a crime, and whether it was checked.
        late: crimes recorded late, latest first.
        samples: id, seed, outcome, when, size, among how many, checked and disagreed of each sample.
        at: now.
        recorded: crimes recorded in the last twelve months, and
        breached: of them, too late.
    """
    kept = []
    for row, checked in n100:
        link = Link(stamp(row.at), reverse("crimes:n100", args=[row.pk]))
        state = State("checked", "done") if checked else State("to check", "soon")
        kept.append(Row((link, kept_as(row), row.words, row.by_name, state)))
    slow = tuple(
        Row((Link(row.reference, reverse("crimes:one", args=[row.pk])), row.offence_words, recent(row.recorded_at, at),
             row.late_reason))
        for row in late
    )  # fmt: skip
    drawn = tuple(
        Row((Link(f"{seed}, {day_year(when)}", reverse("crimes:sample", args=[id_])), code or "all",
             f"{size} of {among}", f"{checked}", f"{disagreed}"))
        for id_, seed, code, when, size, among, checked, disagreed in samples
    )  # fmt: skip
    return RegistrarPage(
        n100=Table(
            (Column("Decided"), Column("Kept as"), Column("Evidence"), Column("By"), Column("Stands")), tuple(kept),
            stack=True, empty="No report of rape stands without a crime", caption="Reports of rape without a crime",
        ),
        late=Table(
            (Column("Crime"), Column("Offence"), Column("Recorded"), Column("Why it was late")), slow, stack=True,
            empty="None", caption="Crimes recorded late",
        ),
        samples=Table(
            (Column("Sample"), Column("Outcome"), Column("Drawn", number=True), Column("Checked", number=True),
             Column("Not borne out", number=True)),
            drawn, empty="No sample was drawn yet", caption="Samples of outcomes",
        ),
        breaches=f"{breached:,} of {recorded:,} in twelve months",
        sample_url=reverse("crimes:sample-new"),
    )  # fmt: skip


@dataclass(frozen=True)
class SamplePage:
    """One sample, with what was found."""

    title: str
    note: str
    table: Table


def sample_page(title: str, note: str, rows: Iterable[tuple[UUID, int, Crime, Outcome, str, str, str]]) -> SamplePage:
    """Return one sample: id, number, crime, outcome, verdict, words and who checked each."""
    columns = (Column("Crime"), Column("Offence"), Column("Outcome"), Column("Found"), Column("By"))
    listed = []
    for id_, number, crime, outcome, verdict, words, by in rows:
        check = reverse("crimes:check", args=[id_])
        found: Said = Link("Check it", check)
        if verdict:
            agrees = verdict == Verdict.AGREE
            found = (State("borne out" if agrees else "not borne out", "done" if agrees else "late"), f" {words}")
        link = Link(f"{number}. {crime.reference}", reverse("crimes:one", args=[crime.pk]))
        listed.append(Row((link, crime.offence_words, f"{outcome.code} {outcome.words}", found, by)))
    return SamplePage(title, note, Table(columns, tuple(listed), stack=True, caption=title))
