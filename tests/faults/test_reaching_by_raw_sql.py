"""What the app's role cannot do to the database itself."""

from __future__ import annotations

import contextlib

import psycopg
import pytest

from tests.faults.filled import THEIRS, Filled, begin_command

FORBIDDEN = [
    "set role ww_owner",
    "set role ww_worker",
    "set session authorization postgres",
    "set session_replication_role = replica",
    "alter role ww_app bypassrls",
    "alter role ww_app superuser",
    "grant ww_owner to ww_app",
    "alter table access_team disable trigger ww_guard",
    "alter table access_team disable trigger all",
    "alter table access_team disable row level security",
    "alter table access_team no force row level security",
    "alter table access_team owner to ww_app",
    "alter table access_team add column more text",
    "alter table access_team rename to other",
    "drop table access_team",
    "drop trigger ww_guard on access_team",
    "drop policy app_read on access_team",
    "alter policy app_read on access_team using (true)",
    "create policy more on access_team using (true)",
    "create trigger more before insert on access_team execute function suppress_redundant_updates_trigger()",
    "create rule more as on insert to access_team do instead nothing",
    "create index on access_team (name)",
    "create table public.other (n int)",
    "create view public.other as select 1",
    "create function public.other() returns int language sql as 'select 1'",
    "create or replace function public.ww_guard() returns trigger language plpgsql as 'begin return null; end'",
    "create or replace function public.ww_end_command(uuid, text) returns void language sql as 'select 1'",
    "alter function public.ww_guard() owner to ww_app",
    "drop function public.ww_guard() cascade",
    "create schema other",
    "create extension pgcrypto",
    "create event trigger other on ddl_command_start execute function ww_guard()",
    "create publication other for all tables",
    "create role other",
    "alter database postgres set row_security = off",
    "select pg_read_file('/etc/passwd')",
    "select pg_ls_dir('/')",
    "select lo_import('/etc/passwd')",
    "copy (select 1) to '/tmp/other'",
    "copy (select 1) to program 'true'",
    "select setval('audit_change_id_seq', 1)",
]


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_app_does_not_reach_beyond_its_rows(filled: Filled, statement: str) -> None:
    """Tables, triggers, policies, functions, roles, files and settings are not the app's, even within a command."""
    with filled.app_in_context() as app:
        begin_command(app)
        with pytest.raises(psycopg.Error) as refused:
            app.execute(statement)
    # Where nothing says "denied", there is nothing of that name that it could reach.
    assert refused.value.sqlstate in {"42501", "58P01", "0A000", "42704"}, refused.value


@pytest.mark.parametrize("statement", ["create database other", "alter system set fsync = off", "vacuum full"])
def test_nor_outside_a_transaction(filled: Filled, statement: str) -> None:
    """The same of what the server takes only by itself."""
    with psycopg.connect(filled.conninfo("ww_app"), autocommit=True) as app:
        if statement == "vacuum full":  # refused table by table, with a warning for each
            warned: list[str] = []
            app.add_notice_handler(lambda notice: warned.append(notice.message_primary or ""))
            app.execute("vacuum full access_team")
            assert "permission denied" in warned[0]
            return
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute(statement)


def test_rights_are_not_handed_on(filled: Filled) -> None:
    """Granting what it holds changes nothing: it holds none of its rights to give them away."""
    rights = "select relacl::text from pg_class where relname = 'access_team'"
    before = filled.truth(rights)
    with filled.app() as app:
        app.execute("grant all on access_team to public")
        app.commit()
    assert filled.truth(rights) == before


def test_sessions_of_others_are_not_ended(filled: Filled) -> None:
    """Neither the owner's sessions nor a superuser's."""
    with psycopg.connect(filled.conninfo("postgres")) as theirs, filled.app() as app:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("select pg_terminate_backend(%s)", [theirs.info.backend_pid])
        assert theirs.execute("select 1").fetchone() == (1,)


def test_history_is_not_forged_through_a_table_of_ones_own(filled: Filled) -> None:
    """The function that keeps history cannot be hung on a temporary table that borrows another's name."""
    with filled.app_in_context() as app:
        begin_command(app)
        app.execute("create temporary table duties_duty (id uuid, handling smallint, team_id int, words text)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute(
                "create trigger forge after insert on pg_temp.duties_duty referencing new table as new_rows "
                "for each statement execute function public.ww_change('handled', '0')"
            )


def test_sealed_history_is_not_opened_through_a_table_of_ones_own(filled: Filled) -> None:
    """Nor may it be used to say of a sealed record's past that it is open."""
    (record,) = filled.truth(f"select id from duties_duty where handling = 2 and team_id = {THEIRS}")
    with filled.app_in_context() as app:
        begin_command(app)
        app.execute("create temporary table duties_duty (id uuid, handling smallint, team_id int)")
        app.execute("insert into pg_temp.duties_duty values (%s, 2, %s)", [record[0], THEIRS])
        with contextlib.suppress(psycopg.errors.InsufficientPrivilege):
            app.execute(
                "create trigger forge after update on pg_temp.duties_duty referencing new table as new_rows "
                "old table as old_rows for each statement execute function public.ww_change('handled', '0')"
            )
            app.execute("update pg_temp.duties_duty set handling = 0")
        app.commit()
    assert filled.truth("select distinct handling from audit_change where record = %s", record[0]) == [(2,)]


@pytest.mark.parametrize("kind", ["uuid", "smallint", "timestamptz", "text", "int4"])
def test_types_of_ones_own_are_not_taken_for_the_databases(filled: Filled, kind: str) -> None:
    """The owner's functions do not look for types among temporary objects, where the app could plant code to run."""
    planted: list[str] = []
    with filled.app() as app:
        app.add_notice_handler(lambda notice: planted.append(notice.message_primary or ""))
        app.execute(
            f"create function pg_temp.spring(pg_catalog.{_real(kind)}) returns boolean language plpgsql as "
            "$$ begin raise notice 'ran as %', current_user; return true; end $$"
        )
        app.execute(f'create domain pg_temp."{_real(kind)}" as pg_catalog.{_real(kind)} check (pg_temp.spring(value))')
        app.execute(
            "select set_config('watchward.actor', gen_random_uuid()::pg_catalog.text, true), "
            "set_config('watchward.teams', '{1}', true)"
        )
        command = (
            "select public.ww_begin_command('0197a000-0000-7000-8000-0000000000aa'::pg_catalog.uuid, null, 'x', "
            "'0197a000-0000-7000-8000-0000000000ab'::pg_catalog.uuid, 'x', null, now(), '', '', 'web')"
        )
        app.execute(command)
        app.execute("update access_team set name = name")
        app.execute("update duties_duty set handling = handling")
        app.execute("select public.ww_end_command('0197a000-0000-7000-8000-0000000000aa', '')")
        app.execute("select * from public.ww_locked_about('{}', '{}')")
    assert not [words for words in planted if "ww_owner" in words]


def _real(kind: str) -> str:
    return {"smallint": "int2"}.get(kind, kind)


def test_the_owners_functions_name_where_they_look(filled: Filled) -> None:
    """Every function that runs as the owner looks in the catalogue first and among temporary objects last."""
    found = filled.truth(
        "select p.proname, p.proconfig from pg_proc p join pg_namespace n on n.oid = p.pronamespace "
        "where n.nspname = 'public' and p.prosecdef"
    )
    assert len(found) > 5
    assert {name: config for name, config in found if "search_path=pg_catalog, pg_temp" not in config} == {}
