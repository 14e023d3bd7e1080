"""Opening, discharging and releasing duties: at the end of every command, in its transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID

from watchward.foundation.access.absences import covers
from watchward.foundation.access.owners import Owed
from watchward.foundation.acting import Acting
from watchward.foundation.chronicle.kinds import Touched
from watchward.foundation.duties.kinds import Due, DutyKind, kinds, owing
from watchward.foundation.duties.models import Duty, State
from watchward.foundation.statements import Asked, Slot, any_of, change, insert

AT_ONCE = 2_000
WRITTEN = (
    "state", "closed_at", "closed_by_id", "closed_command", "closed_words", "due_at", "rule", "rule_since",
    "owed_by_team_id", "owed_by_id", "what", "harm", "handling", "team_id", "arose_at", "subjects", "given",
    "stands_in_for_id",
)  # fmt: skip
"""What the engine may change of a duty that stands."""
OF_A_HAND = ("given", "stands_in_for_id")
"""What says that a duty is not with whom its rule names."""


def run_duties(engine: Acting, command: UUID, touched: Touched) -> None:
    """Open what the records that this command touched now owe, discharge what it did, release what is owed no more.

    Args:
        engine: whoever acts, with their scope lifted.
        command: its id, the proof of what it did.
        touched: what it changed; the duties that are written here and concern somebody are added to it.
    """
    concerned = [(kind, touched.concerned(kind.about, kind.follows)) for kind in kinds.values()]
    settled = settle(engine, concerned, command)
    touched.add(Duty, settled.told)
    if settled.answerable:
        # What was asked about a duty that has just ended is owed no answer any more.
        ended = Touched(engine, {Duty._meta.db_table: settled.answerable})
        beneath = [kind for kind in kinds.values() if any(other.table is Duty for other in kind.follows)]
        settle(engine, [(kind, ended.concerned(kind.about, kind.follows)) for kind in beneath], command)


@lru_cache(maxsize=1)
def _standing() -> Asked:
    rows = Duty.objects.filter(any_of("kind", Slot("kinds")), any_of("about", Slot("about")))
    return Asked(rows.select_for_update())


def describe(
    engine: Acting, kind: DutyKind, duty: Duty, record: object, *, due: Due | None = None, owed: Owed | None = None
) -> None:
    """Set what follows from the record: by when, by whom, about whom. Who it was given to by hand stands.

    Args:
        engine: who sees all.
        kind: of the duty.
        duty: which.
        record: what it is about.
        due: by when, where that has been worked out.
        owed: by whom, where that has been found.
    """
    due = due or kind.due(record)
    duty.arose_at, duty.due_at, duty.rule, duty.rule_since = due.arose, due.by, due.cite, due.since
    duty.what, duty.harm = kind.says(record)[:300], kind.harm(record)
    duty.subjects = [[about.kind, str(about.id), about.role] for about in kind.subjects(record)]
    duty.handling = getattr(record, "handling", 0)
    duty.team_id = getattr(record, "team_id", None)
    duty.reference = getattr(record, "reference", "")
    if not duty.given:
        owed = owed or kind.owed_by.of(engine, record)
        if owed.account is None or owed.account != duty.stands_in_for_id:
            duty.owed_by_team_id, duty.owed_by_id, duty.stands_in_for_id = owed.team, owed.account, None


def _close(engine: Acting, duty: Duty, state: State, command: UUID, words: str) -> None:
    duty.state, duty.closed_at, duty.closed_by_id = state, engine.at, engine.account
    duty.closed_command, duty.closed_words = command, words


def _ended(kind: DutyKind, duty: Duty) -> bool:
    """Return whether a duty was done, or was released by a person: no change of its record opens it again."""
    return (duty.state == State.DISCHARGED and not kind.again) or (duty.state == State.RELEASED and duty.given)


@dataclass
class Settled:
    """What was written.

    Args:
        opened: how many duties are new.
        told: ids of those written that somebody's lines tell, or told until now.
        answerable: ids of those whose state changed and about which something was asked.
    """

    opened: int = 0
    told: set[UUID] = field(default_factory=set)
    answerable: set[UUID] = field(default_factory=set)


def settle(engine: Acting, concerned: Iterable[tuple[DutyKind, Iterable[UUID]]], command: UUID) -> Settled:
    """Bring duties to what the records that they are about now say.

    Args:
        engine: who sees all.
        concerned: kinds, each with the records concerned.
        command: the proof of what is done.
    """
    done = Settled()
    pairs = [(kind, id_) for kind, ids in concerned for id_ in sorted(ids)]
    for start in range(0, len(pairs), AT_ONCE):
        fresh, changed = _settle_some(engine, pairs[start : start + AT_ONCE], command)
        done.opened += len(fresh)
        done.told.update(duty.pk for duty in fresh if duty.subjects)
        done.told.update(duty.pk for duty, differs in changed if duty.subjects or "subjects" in differs)
        done.answerable.update(duty.pk for duty, differs in changed if duty.asked and "state" in differs)
    return done


def _settle_some(
    engine: Acting, pairs: Sequence[tuple[DutyKind, UUID]], command: UUID
) -> tuple[list[Duty], list[tuple[Duty, set[str]]]]:
    about: dict[str, set[UUID]] = defaultdict(set)
    for kind, id_ in pairs:
        about[kind.key].add(id_)
    standing: dict[str, dict[UUID, Duty]] = defaultdict(dict)
    for duty in _standing().of(kinds=about, about={id_ for _kind, id_ in pairs}):
        if duty.about in about[duty.kind]:
            standing[duty.kind][duty.about] = duty
    # What ended for good is asked for no more: most commands on a record come after most of its duties.
    asked = {
        key: {pk for pk in ids if pk not in standing[key] or not _ended(kinds[key], standing[key][pk])}
        for key, ids in about.items()
    }
    found = owing(engine, [(kinds[key], ids) for key, ids in asked.items()])
    fresh: list[Duty] = []
    changed: list[tuple[Duty, set[str]]] = []
    for (key, ids), owed in zip(asked.items(), found, strict=True):
        for duty, differs in _of_one_kind(engine, kinds[key], ids, owed, standing[key], command):
            if differs is None:
                fresh.append(duty)
            elif differs:
                changed.append((duty, differs))
    _arrive(engine, fresh, changed)
    if fresh:
        insert(fresh)
    if changed:
        change([duty for duty, _differs in changed], set().union(*(differs for _duty, differs in changed)))
    return fresh, changed


def _arrive(engine: Acting, fresh: Sequence[Duty], changed: Sequence[tuple[Duty, set[str]]]) -> None:
    """Note what comes to whom and by whom; what comes to somebody who is away goes to whoever stands in for them."""
    came = [(duty, set[str]()) for duty in fresh if duty.state == State.OPEN]
    came += [each for each in changed if each[0].state == State.OPEN and each[1] & {"owed_by_id", "state"}]
    owners = {duty.owed_by_id for duty, _differs in came if duty.owed_by_id is not None and not duty.given}
    stands_in = covers(engine, owners)
    for duty, differs in came:
        if not duty.given and duty.owed_by_id in stands_in:
            duty.stands_in_for_id, duty.owed_by_id = duty.owed_by_id, stands_in[duty.owed_by_id]
        duty.came_at, duty.came_by_id = engine.at, engine.account
        differs.update({"came_at", "came_by_id", "owed_by_id", "stands_in_for_id"})


def _of_one_kind(
    engine: Acting, kind: DutyKind, ids: set[UUID], owed: Mapping[UUID, tuple[Any, bool]], standing: dict[UUID, Duty],
    command: UUID,
) -> Iterator[tuple[Duty, set[str] | None]]:  # fmt: skip
    """Yield the duties of one kind about these records, each with what changed of it; None for one that is new."""
    for pk, (record, is_done) in owed.items():
        duty = standing.get(pk) or Duty(kind=kind.key, about=pk)
        if is_done and duty.state == State.DISCHARGED:
            continue  # its proof stands
        before = [getattr(duty, name) for name in WRITTEN]
        describe(engine, kind, duty, record)
        duty.state, duty.closed_at, duty.closed_by_id, duty.closed_command = State.OPEN, None, None, None
        duty.closed_words = ""
        if is_done:
            _close(engine, duty, State.DISCHARGED, command, "")
        differs = {name for name, was in zip(WRITTEN, before, strict=True) if getattr(duty, name) != was}
        yield duty, differs if pk in standing else None
    for pk, duty in standing.items():
        if pk in ids and pk not in owed and duty.state == State.OPEN:
            _close(engine, duty, State.RELEASED, command, kind.released)
            duty.given, duty.stands_in_for_id = False, None  # owed again, it is whose the rule says
            yield duty, {"state", "closed_at", "closed_by_id", "closed_command", "closed_words", *OF_A_HAND}


def missing(acting: Acting, kind: DutyKind) -> set[UUID]:
    """Return the records that must owe this and have no row: the nightly proof finds none."""
    owing = set(kind.population(acting).values_list("pk", flat=True))
    return owing - set(Duty.objects.filter(kind=kind.key).values_list("about", flat=True))
