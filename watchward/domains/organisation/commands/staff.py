"""Bringing the people who work for the force from a file, and disabling those of whom it says that they have left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import polars as pl

from watchward.domains.organisation.commands.working import end_post, post_officer
from watchward.domains.organisation.models import Area, Officer
from watchward.domains.organisation.vocabulary import Permission
from watchward.foundation.access import commands as accounts
from watchward.foundation.access import queries as access
from watchward.foundation.access.models import Account
from watchward.foundation.access.roles import roles
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.foundation.intake.vocabulary import Row
from watchward.kernel.periods import local_day
from watchward.kernel.refusals import Refusal, refuse_if


@command(needs=Permission.ADMINISTER)
def load_staff(acting: Acting, *, rows: pl.DataFrame, source: str, options: dict[str, Any]) -> int:
    """Bring staff from a file: open their accounts with post, team and roles, and disable those of whom it says so.

    Somebody who is on record already is left as they are; whoever stands in no row stays as well.

    Args:
        acting: who loads; nobody loads a row of their own.
        rows: in the fields of `watchward import staff`.
        source: of the file.
        options: none.

    Returns:
        How many accounts were opened or disabled.

    Raises:
        Refused: with every line whose team, area or role there is none of, or that says otherwise than is on record.
    """
    refuse_if(Refusal(f"Line {row.line}: {row.words}.") for row in why_not_staff(acting, rows))
    known = _known(acting)
    each = rows.to_dicts()
    return sum(_leave(acting, row, known) if row["until"] else _bring(acting, row, known) for row in each)


def why_not_staff(acting: Acting, rows: pl.DataFrame) -> list[Row]:
    """Return every reason against single rows that only the database knows: teams, areas, roles, numbers and names."""
    known = _known(acting)
    return [
        Row(row["@line"], words, column)
        for row in rows.to_dicts()
        for column, words in _why_not_bring(acting, row, known)
    ]


@dataclass
class _Known:
    """What is on record before a file is loaded: accounts, teams, areas, and whose each collar number is."""

    accounts: dict[str, Account]
    teams: dict[str, int]
    areas: dict[str, UUID]
    numbers: dict[str, str]


def _known(acting: Acting) -> _Known:
    standing = Officer.visible_to(acting).filter(until__isnull=True)
    return _Known(
        accounts={one.username: one for one in access.everybody(acting)},
        teams={one.key: one.number for one in access.teams(acting)},
        areas={one.key: one.pk for one in Area.visible_to(acting).filter(until__isnull=True)},
        numbers=dict(standing.values_list("collar_number", "account__username")),
    )


def _roles_of(row: dict[str, Any]) -> list[str]:
    return [key.strip() for key in row["roles"].split(";") if key.strip()]


def _why_not_bring(acting: Acting, row: dict[str, Any], known: _Known) -> Iterator[tuple[str, str]]:
    """Yield the column and the words of each reason against a row; what it holds itself is not repeated."""
    stands = known.accounts.get(row["username"])
    if stands is not None and stands.pk == acting.account:
        yield "username", "This is yourself: another administrator loads this row"
    if row["until"]:
        if stands is None:
            yield "username", "They have left, and there is no such account"
        if row["until"] > local_day(acting.at):
            yield "until", "They have not left yet: load this row once they have"
        return
    if stands is not None and stands.display_name != row["name"]:
        yield "name", "This user name is somebody else's on record: change it on their page, or give this one another"
    if row["team"] not in known.teams:
        yield "team", "There is no such team"
    if row["area"] and row["area"] not in known.areas:
        yield "area", "There is no such area"
    if any(key not in roles() or key == "machinery" for key in _roles_of(row)):
        yield "roles", "There is no such role"
    if known.numbers.setdefault(row["collar_number"], row["username"]) != row["username"]:
        yield "collar_number", "This collar number is somebody else's"


def _bring(acting: Acting, row: dict[str, Any], known: _Known) -> bool:
    """Bring one person; somebody on record is left as they are."""
    if row["username"] in known.accounts:
        return False
    since, area = row["since"], known.areas[row["area"]] if row["area"] else None
    opened = accounts.open_account(acting, username=row["username"], display_name=row["name"])
    known.accounts[row["username"]] = opened
    post_officer(
        acting, account=opened.pk, collar_number=row["collar_number"], rank=row["rank"], post=row["post"], area=area,
        since=since,
    )  # fmt: skip
    supervises = row["supervises"].lower() in ("yes", "y", "true", "1")
    accounts.join_team(acting, account=opened.pk, team=known.teams[row["team"]], since=since, supervises=supervises)
    for key in dict.fromkeys(_roles_of(row)):
        accounts.give_role(acting, account=opened.pk, role=key, since=since)
    return True


def _leave(acting: Acting, row: dict[str, Any], known: _Known) -> bool:
    """Disable somebody who has left, and end their post; what they did stays under their name."""
    stands = known.accounts[row["username"]]
    if not stands.is_active:
        return False
    accounts.disable_account(acting, account=stands.pk, reason=f"Left on {row['until']:%-d %B %Y}, by a file of staff")
    held = Officer.visible_to(acting).filter(account=stands, until__isnull=True).first()
    if held is not None and held.since < row["until"]:
        end_post(acting, account=stands.pk, until=row["until"])
    return True
