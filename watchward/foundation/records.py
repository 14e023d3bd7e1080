"""Base classes of what is kept: guarded tables, operational records, and how each of their fields is handled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any, ClassVar, Self, TypeVar
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import Q

from watchward.foundation.access.policy import EVERYBODY, HANDLED, Handling, Policy, handled_rows
from watchward.foundation.acting import SYSTEM, Acting, fresh_id
from watchward.foundation.statements import Asked, Slot, any_of, save_changed, save_new
from watchward.kernel.refusals import Refusal, Refused

__all__ = [
    "DISPOSED_OF",
    "Disposed",
    "Guarded",
    "Handling",
    "Keeping",
    "NotHere",
    "Privacy",
    "Record",
    "Stale",
    "get",
    "guarded_tables",
    "standing",
    "take",
]


class Keeping(StrEnum):
    """How long a field's value is kept: the Code of Practice's groups, or as long as its record stands."""

    WITH_RECORD = "as long as its record"
    GROUP_1 = "until the person would be 100, reviewed every 10 years"
    GROUP_2 = "a 10-year clear period, then reviewed"
    GROUP_3 = "a 6-year clear period"
    GROUP_4 = "6 years"
    LOG = "6 years, as a log of DPA 2018 s.62"


@dataclass(frozen=True)
class Privacy:
    """How the fields of a table are handled; those not named are ordinary.

    Args:
        personal: names of fields that are personal data.
        special: names of fields that are sensitive processing (DPA 2018 s.35(8)).
        keeping: how long a row is kept, in the groups of the Police Information and Records Management Code.
    """

    keeping: Keeping
    personal: frozenset[str] = frozenset()
    special: frozenset[str] = frozenset()

    @classmethod
    def of(cls, keeping: Keeping, *, personal: str = "", special: str = "") -> Privacy:
        """Return the handling written as words parted by spaces."""
        return cls(keeping, frozenset(personal.split()), frozenset(special.split()))

    def handles(self, name: str) -> str:
        """Return how a field is handled: special category, personal or ordinary."""
        return "special category" if name in self.special else "personal" if name in self.personal else "ordinary"


DISPOSED_OF = "Disposed of"
"""What stands where words stood, once a record has been disposed of."""


@dataclass(frozen=True)
class Disposed:
    """What becomes of a table's rows once the record that they belong to, or are, is disposed of.

    As a rule a row stays and counts on, without what it said of anybody: personal and special fields and free words are
    emptied, its history with them.

    Args:
        removed: the rows go, because without what they say of somebody nothing is left of them.
        kept: the rows stay as they are: what says that and why something was disposed of.
        stays: personal or special fields that say nothing of anybody once all the others are empty.
        also: further fields that are emptied: what leads to somebody, such as a place.
        becomes: what is written instead, where it is not empty words, by field.
        goes_with: columns that name records, in place of that of its own rule: the row goes with any of those.
    """

    removed: bool = False
    kept: bool = False
    stays: frozenset[str] = frozenset()
    also: frozenset[str] = frozenset()
    becomes: Mapping[str, str] = field(default_factory=dict)
    goes_with: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, *, removed: bool = False, stays: str = "", also: str = "", goes_with: str = "", **becomes: str
    ) -> Disposed:
        """Return it with names written as words parted by spaces."""
        return cls(
            removed=removed, stays=frozenset(stays.split()), also=frozenset(also.split()), becomes=becomes,
            goes_with=tuple(goes_with.split()),
        )  # fmt: skip


class NotHere(ObjectDoesNotExist):
    """There is no such record for this person: absent, or not theirs to see; the answer is the same."""


class Guarded(models.Model):
    """A table that changes only within a command, under row-level security, with its history kept.

    Subclasses set ``policy`` (who sees a row), ``privacy``, and ``history`` (False only for rows derived
    from others, which can be built again). ``along`` is False where a row is not kept as the record that it belongs to
    is, although its policy names that record: then its own room says how it is kept. ``disposed`` says what becomes of
    a row with its record.
    """

    policy: ClassVar[Policy] = EVERYBODY
    privacy: ClassVar[Privacy]
    history: ClassVar[bool] = True
    append_only: ClassVar[bool] = False
    along: ClassVar[bool] = True
    disposed: ClassVar[Disposed] = Disposed()

    id = models.UUIDField(primary_key=True, default=fresh_id, editable=False)

    class Meta:
        abstract = True

    @classmethod
    def visible_to(cls, acting: Acting) -> models.QuerySet[Self]:
        """Return the rows of this table that this person may see: where every query begins."""
        rows: models.QuerySet[Self] = _seen(cls, _scope_of(acting)).all()
        return rows

    # Django works out the words of each insert and update anew; ours are kept, and the values are prepared by Django.

    def _do_insert(self, manager: Any, using: Any, fields: Any, returning_fields: Any, raw: bool) -> Any:
        kept = using == DEFAULT_DB_ALIAS and not raw and not returning_fields
        if kept and save_new(manager.model, [(field, field.pre_save(self, True)) for field in fields]):
            return []
        return super()._do_insert(manager, using, fields, returning_fields, raw)  # type: ignore[misc]

    def _do_update(
        self, base_qs: Any, using: Any, pk_val: Any, values: Any, update_fields: Any, forced_update: Any
    ) -> bool:
        done = None
        if using == DEFAULT_DB_ALIAS and values:
            done = save_changed(base_qs.model, pk_val, [(field, value) for field, _model, value in values])
        if done is None:
            done = super()._do_update(base_qs, using, pk_val, values, update_fields, forced_update)
        return bool(done)


_NEVER = datetime.min.replace(tzinfo=UTC)
_SEES_ALL = Acting(SYSTEM, "", _NEVER, sees_all=True)


def _scope_of(acting: Acting) -> Acting:
    """Return what a policy may know of who acts: the same whenever and for whatever they act."""
    if acting.sees_all:
        return _SEES_ALL
    return Acting(
        account=acting.account, name="", at=_NEVER, permissions=acting.permissions, teams=acting.teams,
        supervises=acting.supervises, opened=acting.opened, engine=acting.engine,
    )  # fmt: skip


@lru_cache(maxsize=2_000)
def _seen(table: type[Guarded], scope: Acting) -> models.QuerySet[Any]:
    # Every reading begins here, most of them for somebody who has just read the same table.
    return table._default_manager.filter(table.policy.visible_to(scope))


class Record(Guarded):
    """An operational record: a stable id, a reference that people say, a version and a handling.

    Subclasses name in ``made_from`` the columns of records that they were made from, where they are to be kept as those
    are, also when that changes later. ``ends`` is true of those that can be disposed of: such a record is then a stub,
    which no command takes; ``says_disposed`` names the words that show it.
    """

    policy: ClassVar[Policy] = HANDLED
    made_from: ClassVar[tuple[str, ...]] = ()
    ends: ClassVar[bool] = False
    says_disposed: ClassVar[str] = ""

    reference = models.CharField(max_length=24, unique=True)
    version = models.PositiveIntegerField(default=1)
    handling = models.SmallIntegerField(default=Handling.OPEN, choices=[(h.value, h.name.lower()) for h in Handling])
    team = models.ForeignKey("access.Team", to_field="number", null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the record; a change to one that stands counts its version up."""
        if not self._state.adding:
            self.version += 1
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "version"}
        super().save(*args, **kwargs)

    @property
    def is_disposed(self) -> bool:
        """Whether nothing is left of it but what counts."""
        return self.ends and getattr(self, self.says_disposed) == DISPOSED_OF


R = TypeVar("R", bound=Guarded)
T = TypeVar("T", bound=Record)


class Stale(Refused):
    """Somebody else changed the record since it was looked at.

    Args:
        record: the record as it stands now.
    """

    def __init__(self, record: Record) -> None:
        self.record = record
        super().__init__(
            Refusal(
                f"{record.reference} was changed by somebody else while you had it open. Both versions are shown.",
                code="stale",
            )
        )


def _one(acting: Acting, table: type[R], record: UUID, *, lock: bool = False) -> R | None:
    """Return one row as this person may see it: the commonest statement of all, so its words are kept."""
    if acting.sees_all:
        found = _made(table, lock, False).of(keys=[record])
    elif table.policy is HANDLED:
        found = _made(table, lock, True).of(keys=[record], teams=acting.teams, opened=acting.opened)
    else:
        rows = table.visible_to(acting).filter(pk=record)
        found = list(rows.select_for_update() if lock else rows)
    return next(iter(found), None)


@cache
def _made(table: type[Guarded], lock: bool, scoped: bool) -> Asked:
    rows = table._default_manager.filter(any_of("pk", Slot("keys")))
    if scoped:
        rows = rows.filter(handled_rows("id", teams=Slot("teams"), opened=Slot("opened")))
    return Asked(rows.select_for_update() if lock else rows)


def take(acting: Acting, table: type[T], record: UUID, *, version: int | None = None) -> T:
    """Return a record locked for this command, as this person may see it.

    Args:
        acting: who acts.
        table: which kind of record.
        record: its id.
        version: the version that the person had before them, where a person looked.

    Raises:
        NotHere: there is none that they may see.
        Stale: it has been changed since.
        Refused: it was disposed of.
    """
    found = _one(acting, table, record, lock=True)
    if found is None:
        raise NotHere(f"no such {table._meta.verbose_name}")
    if found.is_disposed and not acting.engine:
        raise Refused(Refusal(f"{found.reference} was disposed of. Nothing more is kept in it.", code="disposed"))
    if version is not None and found.version != version:
        raise Stale(found)
    return found


def get(acting: Acting, table: type[R], record: UUID) -> R:
    """Return one row as this person may see it.

    Raises:
        NotHere: there is none that they may see.
    """
    found = _one(acting, table, record)
    if found is None:
        raise NotHere(f"no such {table._meta.verbose_name}")
    return found


def guarded_tables() -> Iterable[type[Guarded]]:
    """Return every table under guard, in a stable order."""
    from django.apps import apps

    return sorted(
        (model for model in apps.get_models() if issubclass(model, Guarded)), key=lambda model: model._meta.db_table
    )


def standing(on: date) -> Q:
    """Return the filter of what stands on a day: begun by then, and not ended; of tables with `since` and `until`."""
    return Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gt=on))
