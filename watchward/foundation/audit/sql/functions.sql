-- The database's own part of every command. All of these belong to the owner of the tables and run as it.
-- pg_temp is named last: unnamed it would be searched first, and a type planted there would run its checks as the owner.

-- Open a command: its row is the only thing that lets operational tables be written in this transaction.
create or replace function ww_begin_command(
    id uuid, parent uuid, name text, account uuid, account_name text, team integer, at timestamptz,
    purpose text, task text, channel text
) returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    insert into public.audit_commandlog (id, transaction, parent, name, account_id, account_name, team_id, at,
        real_at, purpose, task, channel, outcome, reasons, ended)
    values (id, pg_current_xact_id()::text::bigint, parent, name, account, account_name, team, at,
        clock_timestamp(), purpose, task, channel, 'done', '[]', false);
    perform set_config('watchward.command', id::text, true);
end $$;

-- Close it: nothing more can be written in its name. Gives back the command around it, if there is one.
create or replace function ww_end_command(command uuid, around text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    update public.audit_commandlog c set ended = true
        where c.id = command and c.transaction = pg_current_xact_id()::text::bigint and not c.ended;
    if not found then
        raise exception 'no such command is open here' using errcode = 'WW002';
    end if;
    perform set_config('watchward.command', around, true);
end $$;

-- Record that a command was not carried out, and why: outlives the rollback of what it tried.
create or replace function ww_note_command(
    id uuid, parent uuid, name text, account uuid, account_name text, team integer, at timestamptz,
    purpose text, task text, channel text, outcome text, reasons jsonb
) returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if outcome not in ('refused', 'denied', 'not found', 'failed', 'stale') then
        raise exception 'a command that was done is not noted here' using errcode = 'WW002';
    end if;
    insert into public.audit_commandlog (id, transaction, parent, name, account_id, account_name, team_id, at,
        real_at, purpose, task, channel, outcome, reasons, ended)
    values (id, pg_current_xact_id()::text::bigint, parent, name, account, account_name, team, at,
        clock_timestamp(), purpose, task, channel, outcome, reasons, true);
end $$;

-- Refuse a write when no command of this very transaction is open.
create or replace function ww_guard() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    open_command text := nullif(current_setting('watchward.command', true), '');
begin
    if open_command = 'migrate' and session_user = 'ww_migrator' then
        return null;
    end if;
    if open_command is null or open_command = 'migrate' or not exists (
        select from public.audit_commandlog c where c.id = open_command::uuid
            and c.transaction = pg_current_xact_id()::text::bigint and not c.ended
    ) then
        raise exception 'no command is open: % on %', tg_op, tg_table_name using errcode = 'WW001';
    end if;
    return null;
end $$;

-- Keep what changed. The digest is over a salt and the row, so that the row can be forgotten and the seal stands.
-- The transition tables are named in full: a short alias would clash with a column of that name.
-- A table without a column for handling or team finds those names in `absent`, which stands around its rows.
-- Moments, intervals and numbers are written alike in every session: the row is compared with its last change later.
create or replace function ww_change() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp
set timezone = 'UTC' set intervalstyle = 'postgres' set extra_float_digits = 1 set bytea_output = 'hex' as $$
declare
    open_command text := nullif(current_setting('watchward.command', true), '');
    command_ uuid := case when open_command = 'migrate' then '00000000-0000-0000-0000-000000000000'
                          else open_command::uuid end;
begin
    if tg_op = 'INSERT' then
        insert into public.audit_change (command, "table", record, operation, handling, team_id, salt, "row", digest)
        select command_, tg_table_name, made.id, 'I', coalesce(made.handling, tg_argv[1]::smallint), made.team_id,
               made.salt, made.j, sha256(uuid_send(made.salt) || convert_to(made.j::text, 'UTF8'))
        from (values (null::smallint, null::integer)) as absent (handling, team_id) cross join lateral (
            select new_rows.id, handling, team_id, row_to_json(new_rows) as j, gen_random_uuid() as salt from new_rows
        ) as made;
    elsif tg_op = 'UPDATE' then
        if exists (select from new_rows left join old_rows using (id) where old_rows.id is null) then
            raise exception 'a record keeps its id' using errcode = 'WW003';
        end if;
        insert into public.audit_change (command, "table", record, operation, handling, team_id, salt, "row", digest)
        select command_, tg_table_name, made.id, 'U', coalesce(made.handling, tg_argv[1]::smallint), made.team_id,
               made.salt, made.j, sha256(uuid_send(made.salt) || convert_to(made.j::text, 'UTF8'))
        from (values (null::smallint, null::integer)) as absent (handling, team_id) cross join lateral (
            select new_rows.id, handling, team_id, row_to_json(new_rows) as j, gen_random_uuid() as salt from new_rows
        ) as made;
        if tg_argv[0] = 'handled' then
            -- A record that is locked or sealed later takes its past with it.
            update public.audit_change c
               set handling = kept.handling, team_id = kept.team_id
              from (values (null::integer)) as absent (team_id)
              cross join lateral (select new_rows.id, new_rows.handling, team_id from new_rows) as kept
              cross join lateral (select old_rows.id, old_rows.handling, team_id from old_rows) as before
             where before.id = kept.id and c.record = kept.id and c."table" = tg_table_name
               and (kept.handling, kept.team_id) is distinct from (before.handling, before.team_id);
        end if;
    else
        insert into public.audit_change (command, "table", record, operation, handling, team_id, salt, "row", digest)
        select command_, tg_table_name, made.id, 'D', coalesce(made.handling, tg_argv[1]::smallint), made.team_id,
               made.salt, made.j, sha256(uuid_send(made.salt) || convert_to(made.j::text, 'UTF8'))
        from (values (null::smallint, null::integer)) as absent (handling, team_id) cross join lateral (
            select old_rows.id, handling, team_id, row_to_json(old_rows) as j, gen_random_uuid() as salt from old_rows
        ) as made;
    end if;
    return null;
end $$;

-- Which records a command of this very transaction changed: what follows from it must see all of them, also those that
-- have just gone out of the sight of whoever acts, such as a record that they sealed to another team.
drop function if exists ww_touched(uuid);
create or replace function ww_touched(command uuid, tables text[]) returns table ("table" varchar, record uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select distinct c."table", c.record from public.audit_change c
    where c.command = ww_touched.command and c."table" = any(tables) and exists (
        select from public.audit_commandlog l where l.id = ww_touched.command
            and l.transaction = pg_current_xact_id_if_assigned()::text::bigint
    )
$$;

-- Forget what the changes of a record held while the proof that it changed stands. It takes an erasure that the command
-- open in this very transaction has written, which says who, why and by what policy; the last change of a record that
-- stands is not forgotten, since it is what the record is held against.
drop function if exists ww_forget(text, uuid);
create or replace function ww_forget(erasure uuid) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    said public.audit_erasure;
    last_one public.audit_change;
    forgotten bigint;
begin
    select e.* into said from public.audit_erasure e join public.audit_change c
        on c.record = e.id and c."table" = 'audit_erasure' and c.operation = 'I'
        join public.audit_commandlog l on l.id = c.command and not l.ended
            and l.name = 'foundation.audit.commands.forget'
        where e.id = erasure and c.transaction = pg_current_xact_id()::text::bigint
          and l.transaction = c.transaction;
    if not found then
        raise exception 'no command that is open here has written this erasure' using errcode = 'WW001';
    end if;
    select c.* into last_one from public.audit_change c
        where c.record = said.record and c."table" = said."table" order by c.id desc limit 1;
    if last_one.id is null or (last_one.operation <> 'D' and said.through >= last_one.id) then
        raise exception 'the last change of a record that stands is kept' using errcode = 'WW004';
    end if;
    if public.ww_held(array[said.record]) or exists (
        select from public.audit_change c, json_each_text(c."row") v, public.retention_held r, public.retention_hold h
        where c."table" = said."table" and c.record = said.record and r.of::text = v.value and h.id = r.hold_id
          and h.ended_at is null
    ) then
        raise exception 'a hold stands' using errcode = 'WW005';
    end if;
    update public.audit_change c set salt = null, "row" = null
        where c."table" = said."table" and c.record = said.record and c.id <= said.through and c."row" is not null;
    get diagnostics forgotten = row_count;
    return forgotten;
end $$;

-- Whether a hold stands on any of these records.
create or replace function ww_held(records uuid[]) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select exists (
        select from public.retention_held r join public.retention_hold h on h.id = r.hold_id
        where r.of = any(records) and h.ended_at is null)
$$;

-- Forget the past of all that one command emptied or removed for a disposal, and of what had gone before it. What still
-- stands keeps its last change, which says nothing of anybody any more. Each record's erasure says by what it went.
create or replace function ww_forget_disposed(disposal uuid, emptied uuid, past uuid[]) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    said public.retention_disposal;
    forgotten bigint;
begin
    select d.* into said from public.retention_disposal d
        join public.audit_change c on c.record = d.id and c."table" = 'retention_disposal' and c.operation = 'I'
        join public.audit_commandlog l on l.id = emptied and l.transaction = c.transaction
            and l.name = 'foundation.retention.commands.empty'
        where d.id = disposal and c.transaction = pg_current_xact_id()::text::bigint;
    if not found then
        raise exception 'no disposal that was written in this transaction' using errcode = 'WW001';
    end if;
    if public.ww_held(past || said.of) then
        raise exception 'a hold stands' using errcode = 'WW005';
    end if;
    with goes as (
        select each."table", each.record,
               max(c.id) filter (where c.id < last.id or last.operation = 'D') as through,
               count(*) filter (where c."row" is not null and (c.id < last.id or last.operation = 'D')) as changes
        from (
            select "table", record from public.audit_change where command = emptied
            union
            select "table", record from public.audit_change where record = any(past)
        ) each
        join lateral (
            select l.id, l.operation from public.audit_change l
            where l.record = each.record and l."table" = each."table" order by l.id desc limit 1
        ) last on true
        join public.audit_change c on c.record = each.record and c."table" = each."table"
        where each."table" not like 'retention\_%' and each."table" not like 'audit\_%'
        group by each."table", each.record
    ), told as (
        insert into public.audit_erasure
            (id, "table", record, through, changes, reason, cite, account_id, account_name, at)
        select gen_random_uuid(), g."table", g.record, g.through, g.changes, 'Disposed of with ' || said.reference,
               said.cite, said.agreed_by, said.agreed_name, said.at
        from goes g where g.changes > 0
    )
    update public.audit_change c set salt = null, "row" = null from goes g
        where c."table" = g."table" and c.record = g.record and c.id <= g.through and c."row" is not null;
    get diagnostics forgotten = row_count;
    return forgotten;
end $$;

-- Which lines about these subjects are locked: existence alone, for a page to say that something is there.
drop function if exists ww_locked_about(uuid[], uuid[]);
create function ww_locked_about(subjects uuid[], opened uuid[])
returns table (line uuid, team_id integer, opens uuid) language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    if nullif(current_setting('watchward.actor', true), '') is null then
        return;
    end if;
    return query select l.id, l.team_id, l.opens from public.chronicle_line l
        where l.about = any(subjects) and l.handling = 1 and not l.opens = any(opened);
end $$;
