"""What the app's role writes by raw SQL: nothing but within a command of this very transaction."""

from __future__ import annotations

from uuid import UUID, uuid4

import psycopg
import pytest
from django.db.models import Model

from tests.faults.filled import Filled, Socket, begin_command, columns, logs, tables, tell
from watchward.foundation.records import Guarded

ALL = [pytest.param(model, id=model._meta.db_table) for model in tables()]
LOGS = [pytest.param(model, id=model._meta.db_table) for model in logs()]

NO_COMMAND, NO_SUCH_COMMAND, KEEPS_ITS_ID = "WW001", "WW002", "WW003"
DENIED, NOT_BY_COPY = "42501", "0A000"


def state_of(app: Socket, statement: str) -> str | None:
    """Return with which state a statement fails."""
    with pytest.raises(psycopg.Error) as refused:
        app.execute(statement)
    return refused.value.sqlstate


def a_column(model: type[Model]) -> str:
    return sorted(columns(model) - {"id"})[0]


def writes(model: type[Model]) -> dict[str, str]:
    """Return every way of writing to a table."""
    table, column = model._meta.db_table, a_column(model)
    return {
        "insert": f"insert into {table} select * from {table}",
        "insert or update": f"insert into {table} select * from {table} on conflict do nothing",
        "update": f"update {table} set {column} = {column}",
        "delete": f"delete from {table}",
        "merge to delete": f"merge into {table} using (select 1) as one on true when matched then delete",
        "merge to insert": f"merge into {table} using (select 1) as one on false when not matched then "
        f"insert ({column}) values (null)",
        "within a query": f"with gone as (delete from {table} returning 1) select count(*) from gone",
        "truncate": f"truncate {table}",
        "copy": f"copy {table} from stdin",
    }


@pytest.mark.parametrize("way", ["insert", "insert or update", "update", "delete", "merge to delete", "merge to insert",
                                 "within a query", "truncate", "copy"])  # fmt: skip
@pytest.mark.parametrize("model", ALL)
def test_no_guarded_table_is_written_outside_a_command(filled: Filled, model: type[Guarded], way: str) -> None:
    """Whoever acts is told, but no command is open: every way of writing to every table is refused."""
    table = model._meta.db_table
    before = filled.truth(f"select count(*), max(t::text) from {table} t")
    with filled.app_in_context() as app:
        assert state_of(app, writes(model)[way]) in {NO_COMMAND, DENIED, NOT_BY_COPY}
    assert filled.truth(f"select count(*), max(t::text) from {table} t") == before


@pytest.mark.parametrize("model", ALL)
def test_within_a_command_the_same_is_written(filled: Filled, model: type[Guarded]) -> None:
    """The refusals above are the guard's: with a command open, an update of the same rows passes it."""
    if model.append_only:
        pytest.skip("its rows are added and never changed")
    with filled.app_in_context() as app:
        begin_command(app)
        # Some rows are there for auditors alone, some for the two they are between.
        app.execute("select set_config('watchward.audits', '1', true), set_config('watchward.engine', '1', true)")
        assert app.execute(writes(model)["update"]).rowcount > 0


@pytest.mark.parametrize("way", ["update", "delete", "merge to delete", "truncate"])
@pytest.mark.parametrize("model", LOGS)
def test_the_log_is_not_changed_even_within_a_command(filled: Filled, model: type[Model], way: str) -> None:
    """What was done, what changed and who looked stand as they were written."""
    with filled.app_in_context() as app:
        begin_command(app)
        assert state_of(app, writes(model)[way]) == DENIED


@pytest.mark.parametrize("table", ["audit_commandlog", "audit_change"])
def test_what_was_done_is_not_made_up(filled: Filled, table: str) -> None:
    """Rows of commands and of changes are written by the database's own functions alone."""
    with filled.app_in_context() as app:
        begin_command(app)
        assert state_of(app, f"insert into {table} select * from {table}") == DENIED


def test_a_look_is_noted_in_nobody_elses_name(filled: Filled) -> None:
    """A trace names the account that acts."""
    look = "insert into audit_trace (id, account_id, account_name, at, kind, what, purpose, channel, records) values " \
           "(%s, %s, 'Somebody', now(), 'opened', 'x', '', 'web', '[]')"  # fmt: skip
    with filled.app_in_context() as app:
        app.execute(look, [uuid4(), UUID(int=0xA)])
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute(look, [uuid4(), UUID(int=0xB)])


WRITE = "update access_team set name = name"


def claim(app: Socket, command: object) -> None:
    """Claim that this command is open."""
    app.execute("select set_config('watchward.command', %s, true)", [str(command)])


def test_a_command_that_was_ended_is_not_used_again(filled: Filled) -> None:
    """Not in the same transaction, nor once it is over."""
    with filled.app_in_context() as app:
        command = begin_command(app)
        app.execute(WRITE)
        app.execute("select ww_end_command(%s, '')", [command])
        claim(app, command)
        with pytest.raises(psycopg.Error) as refused:
            app.execute(WRITE)
        assert refused.value.sqlstate == NO_COMMAND
        app.rollback()
        tell(app)
        begin_command(app, command)
        app.execute("select ww_end_command(%s, '')", [command])
        app.commit()
        tell(app)
        claim(app, command)
        assert state_of(app, WRITE) == NO_COMMAND


def test_a_command_left_open_is_not_used_by_the_next_transaction(filled: Filled) -> None:
    """Committed without its end, it still belongs to the transaction that is over."""
    with filled.app_in_context() as app:
        command = begin_command(app)
        app.commit()
        tell(app)
        claim(app, command)
        assert state_of(app, WRITE) == NO_COMMAND
        app.rollback()
        tell(app)
        assert state_of(app, f"select ww_end_command('{command}', '')") == NO_SUCH_COMMAND


def test_the_command_of_another_transaction_is_not_used(filled: Filled) -> None:
    """While somebody else's command is open, its id opens nothing here."""
    with filled.app_in_context() as theirs, filled.app_in_context() as app:
        command = begin_command(theirs)
        claim(app, command)
        assert state_of(app, WRITE) == NO_COMMAND
        theirs.execute(WRITE)


@pytest.mark.parametrize("claimed", ["0197a000-0000-7000-8000-0000000000cc", "migrate", ""])
def test_a_command_is_not_claimed(filled: Filled, claimed: str) -> None:
    """A setting alone opens nothing: not an invented id, and not the migrations' word."""
    with filled.app_in_context() as app:
        claim(app, claimed)
        assert state_of(app, WRITE) == NO_COMMAND


def test_what_is_no_id_is_refused_as_well(filled: Filled) -> None:
    """A setting that is no id ends in an error, and nothing is written."""
    with filled.app_in_context() as app:
        claim(app, "' or true --")
        assert state_of(app, WRITE) == "22P02"


def test_a_command_that_was_rolled_back_is_gone(filled: Filled) -> None:
    """Rolled back to before it began, a command cannot be claimed back."""
    with filled.app_in_context() as app:
        app.execute("savepoint here")
        command = begin_command(app)
        app.execute("rollback to savepoint here")
        claim(app, command)
        assert state_of(app, WRITE) == NO_COMMAND


def test_a_command_is_begun_once(filled: Filled) -> None:
    """The id of a command that was done cannot be taken for another."""
    with filled.app_in_context() as app:
        command = begin_command(app)
        with pytest.raises(psycopg.errors.UniqueViolation):
            begin_command(app, command)


def test_a_record_keeps_its_id(filled: Filled) -> None:
    """Within a command too, a row is not passed off as another record."""
    with filled.app_in_context() as app:
        begin_command(app)
        assert state_of(app, "update access_team set id = gen_random_uuid()") == KEEPS_ITS_ID


def test_a_refusal_cannot_be_noted_as_done(filled: Filled) -> None:
    """The function that notes what was not carried out does not write that something was."""
    with filled.app_in_context() as app:
        somebody = "gen_random_uuid(), null, 'x', gen_random_uuid(), 'x', null, now(), '', '', 'web'"
        assert state_of(app, f"select ww_note_command({somebody}, 'done', '[]')") == NO_SUCH_COMMAND
