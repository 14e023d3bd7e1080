"""Opening, discharging and releasing duties: at the end of every command, in its transaction."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, Q

from watchward.foundation.access.context import as_engine
from watchward.foundation.acting import Acting
from watchward.foundation.audit.queries import touched
from watchward.foundation.chronicle.kinds import concerned, regards, watched
from watchward.foundation.duties.kinds import DutyKind, kinds
from watchward.foundation.duties.models import Duty, State
from watchward.foundation.ledgers import Balance, ledgers

AT_ONCE = 2_000
SINGLY = 10
"""Rows up to which single updates are quicker than one with a case for each row and column."""
WRITTEN = (
    "state", "closed_at", "closed_by_id", "closed_command", "closed_words", "due_at", "rule", "rule_since",
    "owed_by_team_id", "owed_by_id", "what", "harm", "handling", "team_id", "arose_at", "subjects", "escalated",
)  # fmt: skip


def run_duties(acting: Acting, command: UUID) -> None:
    """Open what the records that this command touched now owe, discharge what it did, release what is owed no more."""
    changed = touched(command, among=watched((kind.about, kind.follows) for kind in kinds.values()))
    regarded = [kind for kind in kinds.values() if regards(kind.about, kind.follows, changed)]
    if not regarded:
        return
    with as_engine(acting, command=str(command)) as engine:
        for kind in regarded:
            ordered = sorted(concerned(kind.about, kind.follows, changed))
            for start in range(0, len(ordered), AT_ONCE):
                settle(engine, kind, set(ordered[start : start + AT_ONCE]), command)


def _describe(engine: Acting, kind: DutyKind, duty: Duty, record: object) -> None:
    """Set what follows from the record: by when, by whom, about whom. Who it was given to by hand stands."""
    due = kind.due(record)
    duty.arose_at, duty.due_at, duty.rule, duty.rule_since = due.arose, due.by, due.cite, due.since
    duty.what, duty.harm = kind.says(record)[:300], kind.harm(record)
    duty.subjects = [[about.kind, str(about.id), about.role] for about in kind.subjects(record)]
    duty.handling = getattr(record, "handling", 0)
    duty.team_id = getattr(record, "team_id", None)
    duty.reference = getattr(record, "reference", "")
    if not duty.given:
        owed = kind.owed_by.of(engine, record)
        duty.owed_by_team_id, duty.owed_by_id = owed.team, owed.account


def _close(engine: Acting, duty: Duty, state: State, command: UUID, words: str) -> None:
    duty.state, duty.closed_at, duty.closed_by_id = state, engine.at, engine.account
    duty.closed_command, duty.closed_words = command, words


def _ended(duty: Duty) -> bool:
    """Return whether a duty was done, or was released by a person: no change of its record opens it again."""
    return duty.state == State.DISCHARGED or (duty.state == State.RELEASED and duty.given)


def settle(engine: Acting, kind: DutyKind, ids: set[UUID], command: UUID) -> int:
    """Bring the duties of one kind about these records to what the records now say.

    Returns:
        How many were opened.
    """
    standing = {duty.about: duty for duty in Duty.objects.filter(kind=kind.key, about__in=ids).select_for_update()}
    # What ended for good is asked for no more: most commands on a record come after most of its duties.
    ids = {pk for pk in ids if pk not in standing or not _ended(standing[pk])}
    if not ids:
        return 0
    owing = {record.pk: record for record in kind.population(engine).filter(pk__in=ids)}
    met = set(kind.met(engine).filter(pk__in=owing).values_list("pk", flat=True)) if kind.met and owing else set()
    fresh, changed = [], []
    for pk, record in owing.items():
        duty = standing.get(pk)
        if duty is None:
            duty = Duty(kind=kind.key, about=pk)
            fresh.append(duty)
        else:
            changed.append(duty)
        before = [getattr(duty, name) for name in WRITTEN]
        _describe(engine, kind, duty, record)
        duty.state, duty.closed_at, duty.closed_by_id, duty.closed_command = State.OPEN, None, None, None
        duty.closed_words = ""
        if pk in met:
            _close(engine, duty, State.DISCHARGED, command, "")
        if changed and changed[-1] is duty and before == [getattr(duty, name) for name in WRITTEN]:
            changed.pop()
    for pk, duty in standing.items():
        if pk not in owing and duty.state == State.OPEN:
            _close(engine, duty, State.RELEASED, command, kind.released)
            changed.append(duty)
    if fresh:
        Duty.objects.bulk_create(fresh, batch_size=1_000)
    names = [name.removesuffix("_id") for name in WRITTEN]
    if len(changed) > SINGLY:
        Duty.objects.bulk_update(changed, names)
    else:
        for duty in changed:
            duty.save(update_fields=names)
    return len(fresh)


def balance(kind: DutyKind, acting: Acting) -> Balance:
    """Return the ledger of one kind: whoever must owe it has it open, discharged with proof or released with a reason.

    Args:
        kind: which.
        acting: one who sees all.
    """
    owing, rows = kind.population(acting).order_by(), Duty.objects.filter(kind=kind.key)
    beyond = ~Q(about__in=owing.values("pk"))
    must = owing.aggregate(all=Count("pk"), missing=Count("pk", filter=~Q(pk__in=rows.values("about"))))
    has = rows.aggregate(
        beyond=Count("pk", filter=beyond),
        left=Count("pk", filter=beyond & Q(state=State.OPEN)),
        **{state: Count("pk", filter=Q(state=state)) for state in State.values},
    )
    faults = []
    if must["missing"]:
        faults.append(f"{must['missing']} missing")
    if has["left"]:
        faults.append(f"{has['left']} open about records that do not owe it")
    return Balance(
        f"duties.{kind.key}", kind.asks, population=must["all"] + has["beyond"], discharged=has[State.DISCHARGED],
        open=has[State.OPEN], released=has[State.RELEASED], faults=tuple(faults),
    )  # fmt: skip


def missing(acting: Acting, kind: DutyKind) -> set[UUID]:
    """Return the records that must owe this and have no row: the nightly proof finds none."""
    owing = set(kind.population(acting).values_list("pk", flat=True))
    return owing - set(Duty.objects.filter(kind=kind.key).values_list("about", flat=True))


def hang_ledgers() -> None:
    """Put the ledger of every kind among the ledgers; called once all rooms are loaded."""

    def counting(kind: DutyKind) -> None:
        ledgers[f"duties.{kind.key}"] = lambda acting: balance(kind, acting)

    for kind in kinds.values():
        counting(kind)
