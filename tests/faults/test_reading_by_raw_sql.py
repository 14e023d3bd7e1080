"""What the app's role reads by raw SQL: nothing without somebody told, and never what another team keeps closed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db.models import Model

from tests.faults.filled import GROUPS, OURS, THEIRS, Filled, begin_command, columns, logs, tables
from watchward.foundation.access.policy import KNOWN
from watchward.foundation.records import Guarded

ALL = [pytest.param(model, id=model._meta.db_table) for model in tables()]
HANDLED = [
    pytest.param(model, id=model._meta.db_table) for model in tables() if {"handling", "team_id"} <= columns(model)
]
KEPT = [pytest.param(m, id=m._meta.db_table) for m in tables() if {"handling", "team_id"} <= columns(m) and m.history]
LOGS = [pytest.param(model, id=model._meta.db_table) for model in logs()]

OWN_TEAM = [group for group in GROUPS if group[0] == 0 or group[1] == OURS]
"""Handling and team of what somebody of our team may read."""


def groups(rows: list[tuple[Any, ...]]) -> list[tuple[int, int | None]]:
    return sorted(rows, key=str)


def visible(model: type[Guarded]) -> list[tuple[int, int | None]]:
    """Return what somebody of our team may know of in this table."""
    known = [group for group in GROUPS if group[0] == 1] if model.policy is KNOWN else []
    return groups(list({*OWN_TEAM, *known}))


@pytest.mark.parametrize("model", [*ALL, *LOGS])
def test_nothing_is_read_before_somebody_is_told(filled: Filled, model: type[Model]) -> None:
    """There are rows, and a connection that has not said who acts sees none of them."""
    table = model._meta.db_table
    assert filled.truth(f"select count(*) > 0 from {table}") == [(True,)]
    with filled.app() as app:
        assert app.execute(f"select count(*) from {table}").fetchone() == (0,)


@pytest.mark.parametrize("model", HANDLED)
def test_what_another_team_keeps_closed_is_not_read(filled: Filled, model: type[Guarded]) -> None:
    """Of locked and sealed rows one's own team's are read; of what only finds a record, that a locked one exists."""
    query = f"select handling, team_id from {model._meta.db_table}"
    assert groups(filled.truth(query)) == groups(list(GROUPS))
    with filled.app_in_context() as app:
        assert groups(app.execute(query).fetchall()) == visible(model)


@pytest.mark.parametrize("model", KEPT)
def test_its_history_is_as_closed_as_the_row(filled: Filled, model: type[Guarded]) -> None:
    """The kept copy of a closed row is closed to the same people."""
    query = f"select handling, team_id from audit_change where \"table\" = '{model._meta.db_table}'"
    assert len(filled.truth(query)) == len(GROUPS)
    with filled.app_in_context() as app:
        seen = groups(app.execute(query).fetchall())
    assert seen == (groups(list(OWN_TEAM)) if model.policy.name.startswith("handled") else seen)
    assert not [group for group in seen if group not in OWN_TEAM]


@pytest.mark.parametrize("model", HANDLED)
def test_a_reason_opens_what_is_locked_and_never_what_is_sealed(filled: Filled, model: type[Guarded]) -> None:
    """Even with every id among the opened ones, a sealed row of another team stays unseen."""
    table = model._meta.db_table
    if not model.policy.name.startswith("handled"):
        pytest.skip("its rows are not opened one by one")
    by = model.policy.name.removeprefix("handled by ") if " by " in model.policy.name else "id"
    everything = [UUID(str(row[0])) for row in filled.truth(f"select {by} from {table}")]
    with filled.app_in_context(opened=everything) as app:
        seen = app.execute(f"select handling, team_id from {table}").fetchall()
    assert groups(seen) == groups([group for group in GROUPS if group[0] < 2 or group[1] == OURS])


@pytest.mark.parametrize("model", HANDLED)
@pytest.mark.parametrize("statement", ["update {} set handling = 0 where {}", "delete from {} where {}"])
def test_what_is_not_seen_is_not_changed(filled: Filled, model: type[Guarded], statement: str) -> None:
    """Within a command as well, a change aimed at another team's closed rows finds none."""
    asked = statement.format(model._meta.db_table, f"handling = 2 and team_id = {THEIRS}")
    with filled.app_in_context() as app:
        begin_command(app)
        if model.append_only:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(asked)
        else:
            assert app.execute(asked).rowcount == 0


def test_a_function_of_ones_own_is_not_shown_hidden_rows(filled: Filled) -> None:
    """However cheap a function says it is, the policy of the row is asked before it is."""
    told: list[str] = []
    with filled.app_in_context() as app:
        app.add_notice_handler(lambda notice: told.append(notice.message_primary or ""))
        app.execute(
            "create function pg_temp.peek(text, int) returns boolean language plpgsql cost 0.0000001 as "
            "$$ begin raise notice '%', $1; return true; end $$"
        )
        app.execute("select count(*) from duties_duty where pg_temp.peek(format('%s %s', handling, team_id), 1)")
    assert sorted(told) == sorted(f"{handling} {team or ''}" for handling, team in OWN_TEAM)


def test_the_planners_samples_are_not_shown(filled: Filled) -> None:
    """Statistics keep values of rows; under row-level security the database does not show them."""
    with psycopg.connect(filled.conninfo("postgres"), autocommit=True) as connection:
        connection.execute("analyze duties_duty")
    assert filled.truth("select count(*) > 0 from pg_stats where tablename = 'duties_duty'") == [(True,)]
    with filled.app_in_context() as app:
        assert app.execute("select count(*) from pg_stats where tablename = 'duties_duty'").fetchone() == (0,)


def test_row_level_security_cannot_be_switched_off(filled: Filled) -> None:
    """Switched off, a query fails instead of showing more."""
    with filled.app_in_context() as app:
        app.execute("set row_security = off")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("select * from duties_duty")


def test_a_cursor_that_is_held_keeps_to_what_was_seen(filled: Filled) -> None:
    """A cursor that outlives its transaction holds the rows of whoever opened it, and no others."""
    with filled.app_in_context() as app:
        app.execute("declare kept cursor with hold for select handling, team_id from duties_duty")
        app.commit()
        assert groups(app.execute("fetch all from kept").fetchall()) == groups(list(OWN_TEAM))
        assert app.execute("select count(*) from duties_duty").fetchone() == (0,)
