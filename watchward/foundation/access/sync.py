"""Row-level security, guard and history of every table, derived from the models and laid after each migration.

Not in migrations: the sync is idempotent, keeps a digest of what it wrote as a comment, and start-up compares them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.db import connection, transaction

from watchward.foundation.access.policy import ACTOR, HANDLED, Policy
from watchward.foundation.audit.columns import settle
from watchward.foundation.audit.models import Log
from watchward.foundation.records import Guarded, Record, guarded_tables
from watchward.foundation.retention.laying import of_record

FUNCTIONS = Path(__file__).resolve().parent.parent / "audit" / "sql" / "functions.sql"

OPEN_TO_ALL_PROCESSES = (
    "ww_begin_command(uuid,uuid,text,uuid,text,integer,timestamptz,text,text,text)",
    "ww_end_command(uuid,text)",
    "ww_note_command(uuid,uuid,text,uuid,text,integer,timestamptz,text,text,text,text,jsonb)",
)
LOCKED = ("ww_locked_about(uuid[],uuid[])", "ww_touched(uuid,text[])", "ww_forget(uuid)")
OWNER_ALONE = (
    "ww_guard()", "ww_change()", "ww_held(uuid[])", "ww_forget_disposed(uuid,uuid,uuid[])",
)  # fmt: skip
"""The functions of triggers too: hung on a temporary table of the app's they would write any history it liked."""


@dataclass(frozen=True)
class Laid:
    """What one table must have: the statements, and their digest."""

    table: str
    statements: tuple[str, ...]

    @property
    def digest(self) -> str:
        return hashlib.sha256("\n".join(self.statements).encode()).hexdigest()


def _security(table: str, policy: Policy, *, writes: str) -> Iterator[str]:
    yield f'alter table "{table}" enable row level security'
    yield f'alter table "{table}" force row level security'
    yield f'drop policy if exists owner_all on "{table}"'
    yield f'create policy owner_all on "{table}" to ww_owner using (true) with check (true)'
    yield f'drop policy if exists worker_all on "{table}"'
    yield f'create policy worker_all on "{table}" to ww_worker using (true) with check (true)'
    for name in ("app_read", "app_add", "app_change", "app_remove"):
        yield f'drop policy if exists {name} on "{table}"'
    yield f'create policy app_read on "{table}" for select to ww_app using ({policy.sql})'
    if "a" in writes:
        yield f'create policy app_add on "{table}" for insert to ww_app with check ({policy.sql})'
    if "c" in writes:
        yield f'create policy app_change on "{table}" for update to ww_app using ({policy.sql}) with check (true)'
        yield f'create policy app_remove on "{table}" for delete to ww_app using ({policy.sql})'


def _guard(model: type[Guarded]) -> Iterator[str]:
    table = model._meta.db_table
    yield f'drop trigger if exists ww_guard on "{table}"'
    yield (
        f'create trigger ww_guard before insert or update or delete on "{table}" '
        "for each statement execute function ww_guard()"
    )
    for operation, transitions in (
        ("insert", "referencing new table as new_rows"),
        ("update", "referencing new table as new_rows old table as old_rows"),
        ("delete", "referencing old table as old_rows"),
    ):
        yield f'drop trigger if exists ww_change_{operation} on "{table}"'
        if model.history:
            names = {field.name for field in model._meta.get_fields()}
            handled = "handled" if "handling" in names else "plain"
            yield (
                f'create trigger ww_change_{operation} after {operation} on "{table}" {transitions} '
                f"for each statement execute function ww_change('{handled}', '{_least(model)}')"
            )


def _least(model: type[Guarded]) -> int:
    """History of what only its owner or an auditor sees is hidden from the others as well."""
    return 2 if model.policy.name in ("own", "looks", "auditors") else 0


def _locked(model: type[Guarded]) -> Iterator[str]:
    """Existence of locked records: ids in, those that exist and are locked out, with the team to ask."""
    table = model._meta.db_table
    yield (
        f"create or replace function ww_locked_{table}(ids uuid[]) returns table (id uuid, team_id integer) "
        "language sql stable security definer set search_path = pg_catalog, pg_temp as $f$ "
        f'select r.id, r.team_id from public."{table}" r where r.id = any(ids) and r.handling = 1 '
        "and nullif(current_setting('watchward.actor', true), '') is not null $f$"
    )
    # Whoever may call it says for themselves who acts: a role of people outside the force never may.
    yield f"revoke all on function ww_locked_{table}(uuid[]) from public"
    yield f"grant execute on function ww_locked_{table}(uuid[]) to ww_app, ww_worker"


def _column(model: type[Guarded]) -> str:
    """Return the column that names the record with which a row is kept; empty where the row is a record of its own."""
    name = model.policy.name
    return name.removeprefix("handled by ") if name.startswith("handled by ") and model.along else ""


def belonging(record: type[Guarded]) -> list[tuple[type[Guarded], str]]:
    """Return the tables whose rows are kept as a record of this table is, each with the column that names it."""
    return [
        (model, column)
        for model in guarded_tables()
        if (column := _column(model))
        and any(
            column == field.attname and field.is_relation and field.related_model is record
            for field in model._meta.concrete_fields
        )
    ]


def _naming_any() -> list[tuple[type[Guarded], str]]:
    """Return the tables whose rows name a record of whatever table by its id alone, such as what is owed about it."""
    return [
        (model, column)
        for model in guarded_tables()
        if (column := _column(model))
        and any(column == field.name and not field.is_relation for field in model._meta.concrete_fields)
    ]


def _along(model: type[Guarded]) -> Iterator[str]:
    """Keep what belongs to a record as the record is kept: for a record that the open command has itself changed.

    It takes no handling and no team: it can do nothing but make the rows true to their record. Rows that are only ever
    added to are among them; the app's role cannot change those by itself.
    """
    table, children = model._meta.db_table, belonging(model)
    as_kept = "set handling = r.handling, team_id = r.team_id"
    differs = "(k.handling, k.team_id) is distinct from (r.handling, r.team_id)"
    updates = [
        f'update public."{child._meta.db_table}" k {as_kept} from public."{table}" r '
        f'where r.id = $1 and k."{column}" = r.id and {differs};'
        for child, column in children
    ]
    for naming, column in _naming_any():
        updates.append(
            f'update public."{naming._meta.db_table}" k {as_kept} from public."{table}" r '
            f'where r.id = $1 and k."{column}" = r.id and {differs};'
        )
        updates += [
            f'update public."{naming._meta.db_table}" k {as_kept} from public."{table}" r, '
            f'public."{child._meta.db_table}" c where r.id = $1 and c."{via}" = r.id and k."{column}" = c.id '
            f"and {differs};"
            for child, via in children
        ]
        # What names a row that itself names the record: an answer that is owed to a question about what is owed.
        updates += [
            f'update public."{naming._meta.db_table}" k {as_kept} from public."{table}" r, '
            f'public."{other._meta.db_table}" c where r.id = $1 and c."{via}" = r.id and k."{column}" = c.id '
            f"and {differs};"
            for other, via in _naming_any()
            if other is not naming
        ]
    yield (
        f"create or replace function ww_along_{table}(record uuid) returns void "
        "language plpgsql security definer set search_path = pg_catalog, pg_temp as $f$ begin "
        "if not exists (select from public.audit_change c join public.audit_commandlog l on l.id = c.command "
        "where l.id::text = current_setting('watchward.command', true) and not l.ended "
        "and l.transaction = pg_current_xact_id_if_assigned()::text::bigint "
        f"and c.\"table\" = '{table}' and c.record = $1) then "
        "raise exception 'the open command has not changed this record' using errcode = 'WW004'; end if; "
        f"{' '.join(updates)} end $f$"
    )
    yield f"revoke all on function ww_along_{table}(uuid) from public"
    yield f"grant execute on function ww_along_{table}(uuid) to ww_app, ww_worker"


def _privileges(table: str, *, writes: str) -> Iterator[str]:
    yield f'revoke all on "{table}" from ww_app, ww_worker, ww_auditor, ww_sealer, public'
    granted = ["select"] + (["insert"] if "a" in writes else []) + (["update", "delete"] if "c" in writes else [])
    yield f'grant {", ".join(granted)} on "{table}" to ww_app, ww_worker'
    # Whoever proves that nothing was altered reads all, and writes nothing.
    yield f'grant select on "{table}" to ww_auditor'
    yield f'drop policy if exists auditor_all on "{table}"'
    yield f'create policy auditor_all on "{table}" for select to ww_auditor using (true)'


def of_guarded(model: type[Guarded]) -> Laid:
    """Return what a guarded table must have."""
    table, writes = model._meta.db_table, "a" if model.append_only else "ac"
    handled = model.policy is HANDLED and "team" in {field.name for field in model._meta.get_fields()}
    return Laid(
        table,
        (
            *_privileges(table, writes=writes),
            *_security(table, model.policy, writes=writes),
            *_guard(model),
            *(_locked(model) if handled else ()),
            *(_along(model) if handled else ()),
            *(of_record(model) if issubclass(model, Record) and model.ends else ()),
        ),
    )


def of_log(model: type[Log]) -> Laid:
    """Return what a table of the audit must have: traces are added by the reader, all else by functions."""
    table = model._meta.db_table
    writes = "a" if table == "audit_trace" else ""
    statements = [*_privileges(table, writes=writes), *_security(table, model.policy, writes="")]
    if writes:
        statements.append(
            f'create policy app_add on "{table}" for insert to ww_app with check (account_id::text = {ACTOR})'
        )
    return Laid(table, (*statements, *_sealing(table)))


def _sealing(table: str) -> Iterator[str]:
    """What the sealer may do: read the log, and add seals and heads."""
    yield f'grant select on "{table}" to ww_sealer'
    yield f'drop policy if exists sealer_read on "{table}"'
    yield f'create policy sealer_read on "{table}" for select to ww_sealer using (true)'
    if table in ("audit_seal", "audit_head"):
        yield f'grant insert on "{table}" to ww_sealer'
        yield f'drop policy if exists sealer_add on "{table}"'
        yield f'create policy sealer_add on "{table}" for insert to ww_sealer with check (true)'


def everything() -> list[Laid]:
    """Return what every table must have, in a stable order."""
    logs = [model for model in apps.get_models() if issubclass(model, Log)]
    laid = [of_guarded(model) for model in guarded_tables()] + [of_log(model) for model in logs]
    return sorted(laid, key=lambda one: one.table)


def _functions() -> Laid:
    text = FUNCTIONS.read_text()
    return Laid(
        "functions",
        (
            text,
            *(f"revoke all on function {name} from public" for name in (*OPEN_TO_ALL_PROCESSES, *LOCKED, *OWNER_ALONE)),
            *(f"grant execute on function {name} to ww_app, ww_worker" for name in (*OPEN_TO_ALL_PROCESSES, *LOCKED)),
            # What has been migrated is the owner's to say.
            "revoke insert, update, delete, truncate on django_migrations from ww_app, ww_worker",
        ),
    )


def sync() -> int:
    """Lay what has changed since it was last laid; run as the owner after migrate.

    Returns:
        How many tables were laid anew.
    """
    changed = 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(471101)")
        stands = _digests()
        functions = _functions()
        if stands.get("functions") != functions.digest:
            for statement in functions.statements:
                cursor.execute(statement)
        for laid in everything():
            if stands.get(laid.table) != laid.digest:
                for statement in laid.statements:
                    cursor.execute(statement)
                cursor.execute(f"comment on policy app_read on \"{laid.table}\" is '{laid.digest}'")
                changed += 1
        for model in guarded_tables():
            if model.history:
                settle(cursor, model._meta.db_table, least=_least(model))
        cursor.execute(f"comment on function ww_guard() is '{functions.digest}'")
    return changed


def _digests() -> dict[str, str]:
    """Return the digest that stands in the database for each table, and for the functions."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select c.relname, obj_description(p.oid, 'pg_policy') from pg_policy p "
            "join pg_class c on c.oid = p.polrelid where p.polname = 'app_read'"
        )
        stands = {table: digest or "" for table, digest in cursor.fetchall()}
        cursor.execute("select obj_description(p.oid, 'pg_proc') from pg_proc p where p.proname = 'ww_guard'")
        row = cursor.fetchone()
    return {**stands, "functions": row[0] or "" if row else ""}


def what_is_missing() -> list[str]:
    """Return the tables whose guard, history or row-level security differs from the models: none, or do not start."""
    stands = _digests()
    wanted = {laid.table: laid.digest for laid in everything()} | {"functions": _functions().digest}
    return sorted(table for table, digest in wanted.items() if stands.get(table) != digest)
