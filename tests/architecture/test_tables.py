"""What must be true of every table."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.core import checks
from django.db import connection, models

from watchward.foundation.access import sync
from watchward.foundation.access.policy import Policy
from watchward.foundation.audit.models import Log
from watchward.foundation.records import Guarded, Record, guarded_tables

FRAMEWORK = {"auth", "contenttypes", "sessions", "procrastinate"}
NEVER_MADE = {"account", "mfa", "socialaccount"}
"""Rooms of django-allauth: the protocols are its, what is kept is ours, and its tables are not in the database."""
UNGUARDED = {"audit.Repeat", "machines.Window"}
"""Tables of our own that hold no operational record, each argued: keys of repeated commands, and counts of calls."""

pytestmark = pytest.mark.django_db


def own_models() -> list[type[models.Model]]:
    """Return the models that are ours."""
    return [model for model in apps.get_models() if model._meta.app_label not in FRAMEWORK | NEVER_MADE]


def test_every_table_of_ours_is_guarded_or_a_log() -> None:
    """A new table fails until somebody has thought about who may see it and who may write it."""
    found = {m._meta.label for m in own_models() if not issubclass(m, Guarded | Log)} - UNGUARDED
    assert not found


def test_what_brings_its_own_tables_has_none_here() -> None:
    """Nothing about signing in can be kept where no command, no guard and no history is."""
    there = set(connection.introspection.table_names())
    theirs = {m._meta.db_table for m in apps.get_models() if m._meta.app_label in NEVER_MADE}
    assert theirs
    assert not theirs & there


def test_row_security_guard_and_history_stand_as_the_models_say() -> None:
    """The digests that the sync wrote are those of the models today."""
    assert sync.what_is_missing() == []


def test_a_missing_policy_is_seen() -> None:
    """The check of the digests is not blind: a model that asks for something else is named."""
    table = next(iter(guarded_tables()))
    before = table.policy
    try:
        table.policy = Policy("other", "", "false", before.rows)
        assert table._meta.db_table in sync.what_is_missing()
    finally:
        table.policy = before


def test_the_database_itself_forces_row_security_on_every_table() -> None:
    """Row-level security is enabled and forced, and each operational table has its guard and its history."""
    with connection.cursor() as cursor:
        cursor.execute("select relname from pg_class where relrowsecurity and relforcerowsecurity")
        forced = {name for (name,) in cursor.fetchall()}
        cursor.execute(
            "select c.relname, array_agg(t.tgname::text) from pg_trigger t join pg_class c on c.oid = t.tgrelid "
            "where not t.tgisinternal and t.tgenabled = 'O' group by 1"
        )
        triggers = {name: set(names) for name, names in cursor.fetchall()}
    for model in guarded_tables():
        table = model._meta.db_table
        assert table in forced, table
        wanted = {"ww_guard"}
        if model.history:
            wanted |= {"ww_change_insert", "ww_change_update", "ww_change_delete"}
        assert wanted <= triggers.get(table, set()), table
    for log in own_models():
        if issubclass(log, Log):
            assert log._meta.db_table in forced


def test_every_field_has_its_handling_and_every_table_its_retention() -> None:
    """What a table says of its fields names real fields, and a record's free words are never called ordinary."""
    for model in guarded_tables():
        names = {field.name for field in model._meta.concrete_fields}
        privacy = model.privacy
        assert privacy.keeping, model._meta.label
        assert privacy.personal <= names, (model._meta.label, privacy.personal - names)
        assert privacy.special <= names, (model._meta.label, privacy.special - names)


def test_records_whose_history_is_not_kept_can_be_built_again() -> None:
    """Only derived tables go without history, and none of them is a record."""
    derived = {model._meta.label for model in guarded_tables() if not model.history}
    assert derived <= {
        "reference.Counter", "places.PlaceToken", "people.PersonToken", "intake.Loaded", "open_data.StreetCrime",
        "open_data.Outline", "open_data.StreetCount", "measures.KeptMonth", "measures.KeptUntil",
            "duties.LedgersCounted",
    }, derived  # fmt: skip
    assert not [m for m in guarded_tables() if issubclass(m, Record) and not m.history]


def test_the_app_is_no_owner_and_no_superuser() -> None:
    """Tests and pages run as a role that row-level security binds."""
    with connection.cursor() as cursor:
        cursor.execute("select rolname, rolsuper, rolbypassrls from pg_roles where rolname = current_user")
        assert cursor.fetchone() == ("ww_app", False, False)
        cursor.execute("select count(*) from pg_tables where schemaname = 'public' and tableowner = current_user")
        assert cursor.fetchone() == (0,)


def test_django_finds_no_fault_and_none_is_silenced(settings: Any) -> None:
    """Whatever Django checks of the models, the addresses and the settings holds: two constraints of one name do not.

    The database's own checks are among them; what it warns of a deployment is for the pages about deploying.
    """
    assert settings.SILENCED_SYSTEM_CHECKS == []
    assert checks.run_checks(databases=["default"]) == []


def test_constraints_are_called_in_the_database_as_the_models_say() -> None:
    """A constraint that was renamed in a model bears its new name in the table as well, and the old one no more."""
    said = {constraint.name for model in own_models() for constraint in model._meta.constraints}
    with connection.cursor() as cursor:
        cursor.execute(
            "select conname from pg_constraint where contype = 'c' and connamespace = 'public'::regnamespace"
            " and conrelid::regclass::text = any(%s)",
            [[model._meta.db_table for model in own_models()]],
        )
        found = {name for (name,) in cursor.fetchall() if not name.endswith("_check")}
    assert found <= said
    assert {"a_line_says_something", "a_line_of_a_call_says_something"} <= found
