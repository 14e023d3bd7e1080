"""Gathering who looked at whom with what in hand, and reading the findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform

from watchward.domains.incidents import queries as incidents
from watchward.domains.people import queries as people
from watchward.foundation.access.models import Account, Holding
from watchward.foundation.acting import SYSTEM, Acting
from watchward.foundation.audit import queries as audit
from watchward.foundation.audit.models import Change, CommandLog, Trace
from watchward.foundation.chronicle import queries as chronicle
from watchward.foundation.chronicle.models import Line
from watchward.foundation.duties.models import Duty
from watchward.foundation.linkage.addresses import taken_apart
from watchward.foundation.records import get
from watchward.oversight.looking import rules
from watchward.oversight.looking.models import Dwelling, Finding, WellKnown
from watchward.oversight.looking.vocabulary import FOUNDED, UNFOUNDED, Home, Look, Reader, Subject

OPENED = "people.Person "
"""Begins what the trace of a person's record says; `foundation.reading` writes the table's label there."""

WORKED_WITHIN = timedelta(hours=24)
"""Before or after a look, how long work on the same matter explains it: reading up, and writing up."""

ON_PEOPLE = "people.commands."
"""Begins the names of the commands that write what belongs to a person."""

DUTY = "duties.owed"
"""The kind of line that says what is owed; duties are asked by whom they are owed instead."""


def readers(acting: Acting) -> dict[UUID, Reader]:
    """Return everybody who works for the force, with where they said that they live."""
    homes = {row.account_id: row for row in Dwelling.visible_to(acting).filter(until__isnull=True)}
    roles: dict[UUID, str] = {}
    for account, role in Holding.visible_to(acting).filter(until__isnull=True).values_list("account_id", "role"):
        roles[account] = min(role, roles.get(account, role))
    found = {}
    for account, name in Account.visible_to(acting).exclude(pk=SYSTEM).values_list("pk", "display_name"):
        first, surname = rules.of_name(name)
        home = _home_of(homes[account].line, homes[account].postcode) if account in homes else None
        found[account] = Reader(account, first, surname, roles.get(account, ""), home)
    return found


def _home_of(line: str, postcode: str) -> Home:
    """Return an address in parts of one spelling."""
    parts = taken_apart(line, postcode)
    return Home(parts.house, parts.street, parts.postcode)


def subjects(acting: Acting, *, people_ids: Collection[UUID]) -> dict[UUID, Subject]:
    """Return whose records these are: their names of now and before, and where they live now."""
    named = WellKnown.visible_to(acting).filter(person__in=people_ids).order_by(F("until").asc(nulls_last=True))
    well_known = {person: (words, until) for person, words, until in named.values_list("person", "words", "until")}
    found = {}
    for id_, known in people.known(acting, ids=people_ids).items():
        names = {
            ((each.forenames.split() or [""])[0].casefold(), each.surname.casefold())
            for each in known.names
            if each.surname
        }
        homes = tuple(_home_of(home.line, home.postcode) for home in known.homes if home.until is None)
        found[id_] = Subject(id_, frozenset(names), homes, *well_known.get(id_, ()))
    return found


def opened(acting: Acting, *, since: datetime, until: datetime) -> list[Trace]:
    """Return every look at a person's record in a period, by people and not by machinery."""
    return list(
        audit.looks(acting)
        .filter(kind="opened", what__startswith=OPENED, about__isnull=False, at__gte=since, at__lt=until)
        .exclude(account_id=SYSTEM)
        .order_by("at", "id")
    )


def looks(acting: Acting, *, since: datetime, until: datetime) -> list[Look]:
    """Return every look at a person's record in a period, each with what was in hand.

    In hand is: work of the reader's own, within a day, on the person's record or on an incident, a call or a marker
    that is about the person; an incident about the person to which they were sent; a duty about the person that they
    or their team owed; and an incident about the person that was live.

    Args:
        acting: one who sees all.
        since: from this moment.
        until: to before this one.
    """
    traces = opened(acting, since=since, until=until)
    about: defaultdict[UUID, list[Line]] = defaultdict(list)
    for line in chronicle.about(acting, {trace.about for trace in traces if trace.about}):
        about[line.about].append(line)
    sources = {line.source for lines in about.values() for line in lines} | set(about) | {t.about for t in traces}
    worked = _worked(acting, {one for one in sources if one}, since=since - WORKED_WITHIN, until=until + WORKED_WITHIN)
    sent = incidents.sent_to(acting, incidents={line.source for lines in about.values() for line in lines})
    owed = _owed(acting, [trace.about for trace in traces if trace.about], since=since, until=until)
    found = []
    for trace in traces:
        assert trace.about is not None  # noqa: S101 - asked for above
        in_hand = _in_hand(trace, about[trace.about], worked, sent, owed[trace.about])
        found.append(Look(trace.pk, trace.at, trace.account_id, trace.about, in_hand))
    return found


Worked = dict[tuple[UUID, UUID], list[datetime]]


def _worked(acting: Acting, records: Collection[UUID], *, since: datetime, until: datetime) -> Worked:
    """Return when each account changed each of these records, or a row that belongs to one of these people."""
    found: defaultdict[tuple[UUID, UUID], list[datetime]] = defaultdict(list)
    seen = Change.objects.filter(Change.policy.visible_to(acting))
    done = CommandLog.objects.filter(CommandLog.policy.visible_to(acting), at__gte=since, at__lt=until)
    by_command: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for record, command in seen.filter(record__in=records).values_list("record", "command"):
        by_command[command].add(record)
    on_people = done.filter(name__startswith=ON_PEOPLE).exclude(account_id=SYSTEM).values("pk")
    belongs = seen.filter(command__in=on_people).annotate(person=KeyTextTransform("person_id", "row"))
    for person, command in belongs.filter(person__isnull=False).values_list("person", "command"):
        by_command[command].add(UUID(person))
    for command, account, at in done.filter(pk__in=by_command).values_list("pk", "account_id", "at"):
        for record in by_command[command]:
            found[account, record].append(at)
    return found


def _owed(
    acting: Acting, persons: Iterable[UUID], *, since: datetime, until: datetime
) -> defaultdict[UUID, list[Duty]]:
    """Return the duties about these people that stood in a period."""
    wanted = {str(person) for person in persons}
    found: defaultdict[UUID, list[Duty]] = defaultdict(list)
    stood = Duty.visible_to(acting).filter(Q(closed_at__isnull=True) | Q(closed_at__gte=since), arose_at__lt=until)
    for duty in stood.exclude(subjects=[]):
        for subject in duty.subjects:
            if subject[1] in wanted:
                found[UUID(subject[1])].append(duty)
    return found


def _in_hand(
    trace: Trace,
    lines: Iterable[Line],
    worked: dict[tuple[UUID, UUID], list[datetime]],
    sent: dict[tuple[UUID, UUID], list[datetime]],
    owed: Iterable[Duty],
) -> str:
    def near(moments: Iterable[datetime]) -> bool:
        return any(abs(at - trace.at) <= WORKED_WITHIN for at in moments)

    assert trace.about is not None  # noqa: S101 - looks at records alone come here
    if near(worked.get((trace.account_id, trace.about), ())):
        return "work on the record itself"
    for duty in owed:
        mine = duty.owed_by_id == trace.account_id or (duty.owed_by_team_id or -1) == trace.team_id
        if mine and duty.arose_at <= trace.at and (duty.closed_at is None or trace.at <= duty.closed_at):
            return f"what is owed: {duty.what}"
    for line in lines:
        if line.kind == DUTY:
            continue
        if near(worked.get((trace.account_id, line.source), ())):
            return f"{line.reference or line.headline}, on which they worked"
        if near(sent.get((trace.account_id, line.source), ())):
            return f"{line.reference}, to which they were sent"
        if line.kind == "incidents.incident" and line.since <= trace.at and (line.stands or _live(line, trace.at)):
            return f"{line.reference}, which was live"
    return ""


def _live(line: Line, at: datetime) -> bool:
    return at <= (line.until or line.since + WORKED_WITHIN)


def staff(acting: Acting) -> list[tuple[UUID, str]]:
    """Return everybody who works for the force, by name."""
    rows = Account.visible_to(acting).filter(is_active=True, machine=False).exclude(pk=SYSTEM).order_by("display_name")
    return list(rows.values_list("pk", "display_name"))


def dwellings(acting: Acting) -> QuerySet[Dwelling]:
    """Return where staff live now, by the name of who does."""
    rows = Dwelling.visible_to(acting).filter(until__isnull=True).select_related("account")
    return rows.order_by("account__display_name")


def well_known(acting: Acting) -> QuerySet[WellKnown]:
    """Return whose records attract looks and once did: those that do first, then those named last."""
    rows = WellKnown.visible_to(acting).select_related("ended_by")
    return rows.order_by(F("until").desc(nulls_first=True), "-since", "id")


def surnames(acting: Acting, *, of: Iterable[Reader]) -> dict[str, int]:
    """Return how many people on record have each reader's surname, in lower case."""
    return people.how_many_called(acting, surnames={reader.surname for reader in of if reader.surname})


def findings(acting: Acting) -> QuerySet[Finding]:
    """Return the findings, those to review first, then the gravest and the latest."""
    rows = Finding.visible_to(acting).select_related("account", "reviewed_by")
    return rows.order_by("reviewed_at", "-weight", "-last_at", "-id")


def finding(acting: Acting, *, id_: UUID) -> Finding:
    """Return one finding.

    Raises:
        NotHere: there is none that they may see.
    """
    return get(acting, Finding, id_)


def last_found(
    acting: Acting, *, pairs: Collection[tuple[UUID, UUID | None]]
) -> dict[tuple[UUID, UUID | None], datetime]:
    """Return up to when the looks of these pairs of account and person are in a finding already."""
    accounts = {account for account, _person in pairs}
    rows = Finding.visible_to(acting).filter(account_id__in=accounts).order_by("last_at")
    return {(account, person): at for account, person, at in rows.values_list("account_id", "person", "last_at")}


def looks_of(acting: Acting, *, finding: Finding) -> list[Trace]:
    """Return the looks of a finding, first to last."""
    return list(audit.looks(acting).filter(pk__in=finding.looks).order_by("at", "id"))


@dataclass(frozen=True)
class Rates:
    """What reviews said of the findings.

    Args:
        waiting: not yet reviewed.
        founded: no good reason for the looks.
        unfounded: there was a good reason: a false alarm.
        neither: neither shown nor ruled out.
    """

    waiting: int
    founded: int
    unfounded: int
    neither: int

    @property
    def reviewed(self) -> int:
        """How many have been reviewed."""
        return self.founded + self.unfounded + self.neither


def rates(acting: Acting) -> Rates:
    """Return how many findings were borne out when they were reviewed, and how many were false alarms."""
    counted = dict(Finding.visible_to(acting).order_by().values_list("outcome").annotate(Count("pk")))
    founded = sum(counted.get(each.value, 0) for each in FOUNDED)
    unfounded = sum(counted.get(each.value, 0) for each in UNFOUNDED)
    waiting = counted.get("", 0)
    return Rates(waiting, founded, unfounded, sum(counted.values()) - founded - unfounded - waiting)
