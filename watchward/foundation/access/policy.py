"""Who may see which rows: one definition gives the queries' filter and the database's row-level security."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import IntEnum
from typing import Any
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Q

from watchward.foundation.acting import Acting
from watchward.foundation.statements import Slot, any_of


class Handling(IntEnum):
    """How a record is kept: open; locked (existence shown, opened with a reason); sealed (existence hidden)."""

    OPEN = 0
    LOCKED = 1
    SEALED = 2


# Settings of the transaction. Each is read once a statement (the bracketed select becomes an InitPlan),
# and an empty one counts as absent: after a local setting the database gives '' and not NULL.
# The cast outside makes an array of it: `any((select ...))` would compare with the rows of a subquery.
ACTOR = "(select nullif(current_setting('watchward.actor', true), ''))"
TEAMS = "(select nullif(current_setting('watchward.teams', true), '')::int[])::int[]"
SUPERVISES = "(select nullif(current_setting('watchward.supervises', true), '')::int[])::int[]"
OPENED = "(select nullif(current_setting('watchward.opened', true), '')::uuid[])::uuid[]"
ENGINE = "(select current_setting('watchward.engine', true) = '1')"
AUDITS = "(select nullif(current_setting('watchward.audits', true), ''))"


def _among(column: str, setting: str) -> str:
    return f"coalesce({column} = any({setting}), false)"


@dataclass(frozen=True)
class Policy:
    """A rule of visibility in two languages.

    Args:
        name: its name in the database.
        says: the rule in words, for the data dictionary.
        sql: the condition on a row, over the settings of the transaction.
        rows: the same condition for queries, given who is acting: their account, teams, permissions, what they
            supervise and what they opened, and nothing else of them.
    """

    name: str
    says: str
    sql: str
    rows: Callable[[Acting], Q]

    def visible_to(self, acting: Acting) -> Q:
        """Return the filter of the rows that this person may see."""
        return Q() if acting.sees_all else self.rows(acting)


def _everybody(_acting: Acting) -> Q:
    return Q()


def _known(acting: Acting) -> Q:
    return Q(handling__lt=Handling.SEALED) | Q(team_id__in=sorted(acting.teams))


def _own(acting: Acting) -> Q:
    return Q(account_id=acting.account)


def _looks(acting: Acting) -> Q:
    if AUDIT_PERMISSION in acting.permissions:
        return Q()
    return Q(account_id=acting.account) | Q(team_id__in=sorted(acting.supervises))


def _auditors(acting: Acting) -> Q:
    return Q() if AUDIT_PERMISSION in acting.permissions else Q(pk__in=())


AUDIT_PERMISSION = "audit.read"

EVERYBODY = Policy("everybody", "Everybody who is signed in", f"{ACTOR} is not null", _everybody)


def handled_rows(column: str, *, teams: Collection[int] | Slot, opened: Collection[UUID] | Slot) -> Q:
    """Return the condition of the three handlings, for these teams and these records opened with a reason."""
    opened_now = Q(handling=Handling.LOCKED) & any_of(column, opened)
    return Q(handling=Handling.OPEN) | any_of("team_id", teams) | opened_now


def handled_by(column: str) -> Policy:
    """Return the policy of the three handlings for a table.

    Args:
        column: the column that holds the id of the record that is opened: `id` for the record itself, and the
            reference to it for what belongs to it.
    """

    def rows(acting: Acting) -> Q:
        return handled_rows(column, teams=acting.teams, opened=acting.opened)

    return Policy(
        "handled" if column == "id" else f"handled by {column}",
        "Open to everybody; locked to its team and to those who opened it with a reason; sealed to its team alone",
        f"{ACTOR} is not null and (handling = 0 or {_among('team_id', TEAMS)}"
        f" or (handling = 1 and {_among(column, OPENED)}) or {ENGINE})",
        rows,
    )


HANDLED = handled_by("id")

KNOWN = Policy(
    "known",
    "That it exists is known of open and locked records; sealed ones to their team alone",
    f"{ACTOR} is not null and (handling < 2 or {_among('team_id', TEAMS)} or {ENGINE})",
    _known,
)

OWN = Policy("own", "Its owner alone", f"(account_id::text = {ACTOR} or {ENGINE})", _own)

AUDITORS = Policy("auditors", "Auditors alone", f"{ACTOR} is not null and {AUDITS} = '1'", _auditors)


def _away(acting: Acting) -> Q:
    return Q(account_id=acting.account) | Q(cover_id=acting.account) | Q(team_id__in=sorted(acting.supervises))


AWAY = Policy(
    "away",
    "Whoever is away, whoever stands in for them, and who supervises their team",
    f"{ACTOR} is not null and (account_id::text = {ACTOR} or coalesce(cover_id::text = {ACTOR}, false)"
    f" or {_among('team_id', SUPERVISES)} or {ENGINE})",
    _away,
)


def _between(acting: Acting) -> Q:
    giving = Q(by_id=acting.account) | Q(team_id__in=sorted(acting.supervises))
    return giving | Q(to_id=acting.account) | Q(to_team_id__in=sorted(acting.teams))


BETWEEN = Policy(
    "between",
    "Whoever gives and who supervises their team, whoever receives and their team",
    f"{ACTOR} is not null and (by_id::text = {ACTOR} or {_among('team_id', SUPERVISES)}"
    f" or coalesce(to_id::text = {ACTOR}, false) or {_among('to_team_id', TEAMS)} or {ENGINE})",
    _between,
)

LOOKS = Policy(
    "looks",
    "One's own, one's team's as its supervisor, and all to an auditor",
    f"{ACTOR} is not null and (account_id::text = {ACTOR} or {_among('team_id', SUPERVISES)}"
    f" or {AUDITS} = '1' or {ENGINE})",
    _looks,
)


def has_handling(model: Any) -> bool:
    """Return whether rows of this table are open, locked or sealed; others are known to everybody."""
    try:
        model._meta.get_field("handling")
    except FieldDoesNotExist:
        return False
    return True
