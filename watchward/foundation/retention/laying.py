"""The database's own part of a disposal: one function a table, made from what the models say of their rows.

It empties or removes the rows of one record, for a disposal that the command open in this transaction has written, and
refuses where a hold stands or the least time is not over. A second function then forgets the history of all that the
first one changed. Neither takes anything but ids: they can do nothing but dispose of what two people agreed to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.contrib.postgres.fields import ArrayField
from django.db import models

from watchward.foundation.records import DISPOSED_OF, Guarded, Record, guarded_tables
from watchward.foundation.retention.rules import LEAST

Owned = tuple[type[Guarded], tuple[str, ...]]


class NotSaid(TypeError):  # noqa: N818
    """A table does not say what becomes of a field of its rows."""


def _policy_column(model: type[Guarded]) -> str:
    name = model.policy.name
    return name.removeprefix("handled by ") if name.startswith("handled by ") else ""


def _columns(model: type[Guarded], record: type[Record]) -> tuple[str, ...]:
    """Return the columns by which a row belongs to a record of another table: as it says, or else by its own rule."""
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    by_name |= {field.name: field for field in model._meta.concrete_fields}
    wanted = model.disposed.goes_with or (_policy_column(model),)
    return tuple(
        dict.fromkeys(
            by_name[name].attname
            for name in wanted
            if name and by_name[name].is_relation and by_name[name].related_model is record
        )
    )


def owned_by(record: type[Record]) -> list[Owned]:
    """Return the tables whose rows belong to a record, each with the columns that name it."""
    return [
        (model, columns)
        for model in guarded_tables()
        if not model.disposed.kept and model is not record and (columns := _columns(model, record))
    ]


def naming_any() -> list[Owned]:
    """Return the tables whose rows name a record of whatever table by its id alone, such as what is owed about it."""
    found: list[Owned] = []
    for model in guarded_tables():
        column = _policy_column(model)
        fields = {field.name: field for field in model._meta.concrete_fields}
        by_id = column in fields and not fields[column].is_relation and column != "id"
        if by_id and not model.disposed.kept and not model.disposed.goes_with:
            found.append((model, (column,)))
    return found


def emptied(model: type[Guarded]) -> dict[str, str]:
    """Return what each field of a row takes, as SQL, by column; empty where nothing of it says anything of anybody.

    Raises:
        NotSaid: a field cannot be empty, and the table does not say what it becomes.
    """
    said, found = model.disposed, {}
    names = (model.privacy.personal | model.privacy.special | said.also) - said.stays
    for field in model._meta.concrete_fields:
        free = isinstance(field, models.TextField) and field.name not in said.stays
        if field.name in said.becomes:
            found[field.column] = f"'{said.becomes[field.name]}'"
        elif field.name in names or free:
            found[field.column] = _nothing(model, field)
    return found


def _nothing(model: type[Guarded], field: models.Field[object, object]) -> str:
    column = f'"{field.column}"'
    if field.null:
        return "null"
    if isinstance(field, ArrayField):
        return "'{}'"
    if isinstance(field, models.JSONField):
        return "'[]'" if field.default is list else "'{}'"
    if isinstance(field, models.CharField | models.TextField):
        if field.choices or (field.max_length or 999) < len(DISPOSED_OF):
            if field.blank:
                return "''"
        else:  # what had to say something says this, what said nothing still does
            return f"case when {column} = '' then '' else '{DISPOSED_OF}' end"
    raise NotSaid(f"{model._meta.label}.{field.name} cannot be empty: say what becomes of it in `disposed`")


def _rows(owned: Iterable[Owned], ids: str) -> Iterator[str]:
    for model, columns in owned:
        where = " or ".join(f'"{column}" = any({ids})' for column in columns)
        yield f'select id from public."{model._meta.db_table}" where {where}'  # noqa: S608 - names of ours


def _split(owned: list[Owned]) -> tuple[list[Owned], list[Owned]]:
    goes = [each for each in owned if each[0].disposed.removed]
    return goes, [each for each in owned if not each[0].disposed.removed]


def _gather(name: str, statements: Iterable[str]) -> Iterator[str]:
    """Add the ids that some statements find to an array, each once."""
    union = " union ".join(statements)
    if union:
        found = f"(select unnest({name}) as x union {union}) as found (x)"
        yield f"{name} := array(select distinct x from {found} where x is not null);"  # noqa: S608 - names of ours


def _body(record: type[Record]) -> Iterator[str]:
    children, naming = owned_by(record), naming_any()
    with_id = [each for each in children if _has_id(each[0])]
    goes, stays = _split(with_id)
    named_goes, named_stays = _split(naming)
    yield from _gather("ww_gone", _rows(goes, "array[ww_said.of]"))
    yield from _gather("ww_stays", _rows(stays, "array[ww_said.of]"))
    for _round in range(2):  # what is owed about the record; and what was asked about what is owed
        yield from _gather("ww_gone", _rows(named_goes, "ww_stays || ww_gone"))
        yield from _gather("ww_gone", _rows(named_stays, "ww_gone"))
        yield from _gather("ww_stays", _rows(named_stays, "ww_stays"))
    yield "ww_stays := array(select x from unnest(ww_stays) as each (x) where x <> all(ww_gone));"
    yield "if public.ww_held(ww_stays || ww_gone) then raise exception 'a hold stands' using errcode = 'WW005'; end if;"
    for model in [record, *(model for model, _columns in (*with_id, *naming))]:
        table, takes = model._meta.db_table, emptied(model) if not model.disposed.removed else {}
        if takes:
            counted = ', "version" = "version" + 1' if issubclass(model, Record) else ""
            sets = ", ".join(f'"{column}" = {value}' for column, value in takes.items())
            yield f'update public."{table}" set {sets}{counted} where id = any(ww_stays);'  # noqa: S608
        if model is not record:
            yield f'delete from public."{table}" where id = any(ww_gone);'  # noqa: S608
    for model, columns in children:
        if not _has_id(model):
            yield f'delete from public."{model._meta.db_table}" where "{columns[0]}" = ww_said.of;'  # noqa: S608


def _has_id(model: type[Guarded]) -> bool:
    return any(field.name == "id" for field in model._meta.concrete_fields)


def _former(record: type[Record]) -> str:
    """Return a condition on changes `d`: that a row was removed earlier that had belonged to the record."""
    each = [
        f"(d.\"table\" = '{model._meta.db_table}' and d.\"row\" ->> '{column}' = ww_said.of::text)"
        for model, columns in (*owned_by(record), *naming_any())
        if model.history
        for column in columns
    ]
    return " or ".join(each)


_SAID = """
select d.* into ww_said from public.retention_disposal d
    join public.audit_change c on c.record = d.id and c."table" = 'retention_disposal' and c.operation = 'I'
    where d.id = disposal and d."table" = '{table}' and c.transaction = pg_current_xact_id()::text::bigint;
if not found then
    raise exception 'no disposal that was written in this transaction' using errcode = 'WW001';
end if;
"""

_OPENS = (
    "language plpgsql security definer set search_path = pg_catalog, pg_temp "
    "set timezone = 'UTC' set intervalstyle = 'postgres' set extra_float_digits = 1 set bytea_output = 'hex' as $f$"
)


def kept_until(since: str, on: str) -> str:
    """Return as SQL the day from which the least time of any record is over, from the dated table that says so.

    Args:
        since: an expression: the day from which it runs.
        on: an expression: the day that picks the version; before the first of them the day is null.
    """
    versions = sorted(LEAST.versions, key=lambda version: version.in_force, reverse=True)
    whens = " ".join(f"when {on} >= date '{version.in_force}' then {version.value}" for version in versions)
    years = f"make_interval(years => case {whens} end)"
    # The later of the two: the anniversary of 29 February is 1 March where there is none.
    return f"greatest(({since} + {years})::date, ({since} - 1 + {years})::date + 1)"


def of_record(model: type[Record]) -> Iterator[str]:
    """Yield the statements that lay the functions of one table; its records say that they can be disposed of."""
    table = model._meta.db_table
    said = _SAID.format(table=table)
    yield (
        f"create or replace function ww_dispose_{table}(disposal uuid) returns bigint {_OPENS} "
        "declare ww_said public.retention_disposal; ww_stays uuid[]; ww_gone uuid[] := '{}'; begin "
        f"perform pg_advisory_xact_lock({HOLDING}); {said} "
        f"if not coalesce(ww_said.on >= {kept_until('ww_said.since', 'ww_said.on')}, false) then "
        "raise exception 'the least time of any record is not over' using errcode = 'WW005'; end if; "
        f"ww_stays := array[ww_said.of]; {' '.join(_body(model))} "
        "return cardinality(ww_stays) + cardinality(ww_gone); end $f$"
    )
    past = f"select distinct d.record from public.audit_change d where d.operation = 'D' and ({_former(model)})"  # noqa: S608
    yield (
        f"create or replace function ww_disposed_{table}(disposal uuid, emptied uuid) returns bigint {_OPENS} "
        f"declare ww_said public.retention_disposal; begin {said} "
        f"return public.ww_forget_disposed(disposal, emptied, array({past})); end $f$"
    )
    for name in (f"ww_dispose_{table}(uuid)", f"ww_disposed_{table}(uuid,uuid)"):
        yield f"revoke all on function {name} from public"
        yield f"grant execute on function {name} to ww_app, ww_worker"


HOLDING = 471_102
"""The advisory lock under which holds are laid and records are disposed of: one waits for the other."""
