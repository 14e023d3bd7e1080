"""The one door through which records change: `@command`, and the gates that higher rooms hang on it."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar
from uuid import UUID

from django.db import DatabaseError, connection, models, transaction

from watchward.foundation.access.context import EACH_OF_WHO, WHO, tell_database, told, who
from watchward.foundation.acting import Acting, fresh_id
from watchward.foundation.records import NotHere, Stale
from watchward.foundation.statements import send
from watchward.kernel.refusals import Refusal, Refused

log = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")


class Denied(Refused):
    """No role that this person holds lets them do this."""


@dataclass
class Opened:
    """A command that is open in this transaction.

    Args:
        id: of its row in the log.
        name: of the command.
        acting: who carries it out.
        around: the command that it is a part of.
        ended: whether it has been closed already, in the statement that found that nothing follows from it.
    """

    id: UUID
    name: str
    acting: Acting
    around: Opened | None = None
    ended: bool = False

    @property
    def ending(self) -> list[Any]:
        """The values that ``ENDS`` takes: who acted around it, its id, and the command around it."""
        before = self.around.acting if self.around is not None else told() or self.acting
        return [*who(before), self.id, str(self.around.id) if self.around else ""]


ENDS = (*EACH_OF_WHO, "ww_end_command(%s, %s)")
"""What a statement selects to close a command and to tell the database again who acted around it."""


_open: ContextVar[Opened | None] = ContextVar("open_command", default=None)


def current() -> Opened:
    """Return the command that is open here: the proof that a discharge refers to.

    Raises:
        RuntimeError: when none is open.
    """
    opened = _open.get()
    if opened is None:
        raise RuntimeError("no command is open")
    return opened


@dataclass(frozen=True)
class Gate:
    """A condition that a higher room hangs on a lower command; it may refuse and never writes.

    Args:
        on: the command.
        why_not: given the same arguments as the command, every reason against; empty means none.
        says: the condition in words, for the pages of the law.
    """

    on: Command[..., Any]
    why_not: Callable[..., tuple[Refusal, ...]]
    says: str = ""

    def __post_init__(self) -> None:
        self.on.gates.append(self)


after_command: list[Callable[[Acting, UUID], None]] = []
"""What runs at the end of every command, in its transaction: chronicle and duties hang themselves here."""

around_command: list[Callable[[str], AbstractContextManager[None]]] = []
"""What stands around each command, given its name: whatever tells how long it took. Nothing, unless it is asked for."""

all_commands: dict[str, Command[..., Any]] = {}


class Command(Generic[P, R]):
    """A function that changes records, with its permission, its gates and its row in the log.

    Args:
        do: the function; its first argument is who acts.
        needs: the permission it takes; None where every signed-in person may (their own account's settings).
        follows: whether its duties and its lines follow at its end; False where it writes them itself, in bulk.
    """

    def __init__(self, do: Callable[Concatenate[Acting, P], R], needs: str | None, follows: bool = True) -> None:
        self.do = do
        self.needs = needs
        self.follows = follows
        self.name = f"{do.__module__}.{do.__qualname__}".replace("watchward.domains.", "").replace("watchward.", "")
        self.gates: list[Gate] = []
        self.__doc__ = do.__doc__
        self.__name__ = do.__name__
        self.__module__ = do.__module__
        self.__wrapped__ = do
        if do.__module__.startswith("watchward."):  # those that tests make are no part of the house
            all_commands[self.name] = self

    def why_not(self, acting: Acting, /, *args: P.args, **kwargs: P.kwargs) -> tuple[Refusal, ...]:
        """Return every reason why this person may not do this, from permission and gates; for buttons and the API."""
        if self.needs is not None and not acting.may(self.needs):
            return (Refusal(f"None of your roles lets you {self._says()}.", code="denied"),)
        return tuple(reason for gate in self.gates for reason in gate.why_not(acting, *args, **kwargs))

    def _says(self) -> str:
        first = (self.__doc__ or self.__name__.replace("_", " ")).strip().split("\n")[0].rstrip(".")
        return first[:1].lower() + first[1:]

    def __call__(self, acting: Acting, /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Carry it out, or raise every reason why not; either way it is in the log.

        Raises:
            Refused: with all reasons.
            NotHere: acting on a record that is absent or out of scope.
        """
        with ExitStack() as told:
            for each in around_command:
                told.enter_context(each(self.name))
            return self._carry_out(acting, *args, **kwargs)

    def _carry_out(self, acting: Acting, /, *args: P.args, **kwargs: P.kwargs) -> R:
        around = _open.get()
        try:
            with transaction.atomic():
                if self.needs is not None and not acting.may(self.needs):
                    raise Denied(*self.why_not(acting, *args, **kwargs))
                opened = Opened(fresh_id(), self.name, acting, around)
                token = _open.set(opened)
                try:
                    if self.gates:
                        tell_database(acting)  # before its gates read
                        reasons = self.why_not(acting, *args, **kwargs)
                        if reasons:
                            raise Refused(*reasons)
                    _begin(opened)
                    result = self.do(acting, *args, **kwargs)
                    for finish in after_command if self.follows else ():
                        finish(acting, opened.id)
                    if not opened.ended:
                        send(_END, opened.ending)
                finally:
                    _open.reset(token)
            return result
        except Exception as problem:
            self._note(acting, around, problem)
            raise

    def once(self, acting: Acting, key: str, /, *args: P.args, **kwargs: P.kwargs) -> R | UUID | None:
        """Carry it out unless this account already did with this key; then return the id of what that made.

        Args:
            acting: who acts.
            key: chosen by the caller, the same each time it repeats the same request.

        Raises:
            Refused: when the key came before with other arguments.
        """
        said = json.dumps([list(map(str, args)), {name: str(value) for name, value in sorted(kwargs.items())}])
        return self.once_said(acting, key, hashlib.sha256(said.encode()).hexdigest(), *args, **kwargs)

    def once_said(
        self, acting: Acting, key: str, digest: str, /, *args: P.args, **kwargs: P.kwargs
    ) -> R | UUID | None:  # fmt: skip
        """Carry it out once for a key as ``once`` does, where the caller digests what was asked for.

        Args:
            acting: who acts.
            key: chosen by the caller.
            digest: hexadecimal, of all that makes this request another than the one before.
        """
        from watchward.foundation.audit.models import Repeat

        with transaction.atomic():
            row, fresh = Repeat.objects.get_or_create(
                account_id=acting.account,
                key=key,
                defaults={"name": self.name, "digest": digest, "at": acting.at},
            )
            if not fresh:
                if (row.digest, row.name) != (digest, self.name):
                    raise Refused(Refusal("This key was used before for something else.", code="key-reused"))
                return row.result
            result = self(acting, *args, **kwargs)
            row.result = result.pk if isinstance(result, models.Model) else None
            row.save(update_fields=["result"])
            return result

    def _note(self, acting: Acting, around: Opened | None, problem: Exception) -> None:
        """Record that it was not carried out; what it tried has been rolled back to before it began."""
        outcome, reasons = _outcome_of(problem)
        note = Note(self.name, acting, around.id if around else None, outcome, reasons)
        if outcome == "failed" and around is None:
            failures.get().append(note)
            log.error("command %s failed: %s", self.name, type(problem).__name__)
        try:
            with transaction.atomic():
                write_note(note)
        except DatabaseError:
            log.exception("the failure of %s could not be recorded now", self.name)


@dataclass(frozen=True)
class Note:
    """A command that was not carried out, kept so that it can be written again if all is rolled back."""

    name: str
    acting: Acting
    parent: UUID | None
    outcome: str
    reasons: tuple[Refusal, ...]


failures: ContextVar[list[Note]] = ContextVar("failures", default=[])  # noqa: B039
"""Failures of this request: the middleware writes them again when the request is rolled back."""


def _outcome_of(problem: Exception) -> tuple[str, tuple[Refusal, ...]]:
    match problem:
        case Stale():
            return "stale", problem.reasons
        case Denied():
            return "denied", problem.reasons
        case Refused():
            return "refused", problem.reasons
        case NotHere():
            return "not found", ()
        case _:
            # The type alone: messages of unexpected errors may hold personal data.
            return "failed", (Refusal(type(problem).__name__),)


def _log_arguments(acting: Acting, name: str, parent: UUID | None, id_: UUID) -> list[Any]:
    return [
        id_, parent, name, acting.account, acting.name, acting.team, acting.at,
        acting.why(), f"{acting.task.kind} {acting.task.record}" if acting.task else "", acting.channel,
    ]  # fmt: skip


_END = f"select {', '.join(ENDS)}"


def _begin(opened: Opened) -> None:
    """Tell the database who acts and open the command, in one statement."""
    arguments = _log_arguments(opened.acting, opened.name, opened.around.id if opened.around else None, opened.id)
    send(f"select {WHO}, ww_begin_command(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)", [*who(opened.acting), *arguments])


def write_note(note: Note) -> None:
    """Write a command that was not carried out into the log."""
    reasons = [{"words": r.words, "cite": r.cite, "field": r.field, "code": r.code} for r in note.reasons]
    with connection.cursor() as cursor:
        cursor.execute(
            "select ww_note_command(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [*_log_arguments(note.acting, note.name, note.parent, fresh_id()), note.outcome, json.dumps(reasons)],
        )


def command(
    *, needs: str | None, follows: bool = True
) -> Callable[[Callable[Concatenate[Acting, P], R]], Command[P, R]]:
    """Make a function the door through which its records change.

    Args:
        needs: the permission that it takes, None where every signed-in person may.
        follows: False for a command that brings over records in bulk and writes with each row what is owed about it
            and what is told of it; whether something is missing is proved every night as for any other.
    """

    def wrap(do: Callable[Concatenate[Acting, P], R]) -> Command[P, R]:
        return Command(do, needs, follows)

    return wrap
