-- What each table and function must be beside its rows, as PostgreSQL itself writes it: name and words, in any order.

select c.relname, concat_ws(' ', c.relkind, pg_get_userbyid(c.relowner), c.relrowsecurity, c.relforcerowsecurity,
    (select string_agg(a::text, ' ' order by a::text) from unnest(coalesce(c.relacl, acldefault('r', c.relowner))) a))
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'public' and c.relkind in ('r', 'p', 'v');

select c.relname, concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
    pg_get_expr(d.adbin, d.adrelid))
from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
where n.nspname = 'public' and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped;

select tablename, concat_ws(' ', 'policy', policyname, permissive, roles::text, cmd, qual, with_check)
from pg_policies where schemaname = 'public';

select c.relname, concat_ws(' ', pg_get_triggerdef(t.oid), t.tgenabled)
from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'public' and not t.tgisinternal;

select c.relname, concat_ws(' ', k.conname, pg_get_constraintdef(k.oid))
from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'public' and k.contype <> 'n';

select tablename, indexdef from pg_indexes where schemaname = 'public';

select 'function ' || p.oid::regprocedure::text, concat_ws(' ', pg_get_functiondef(p.oid),
    (select string_agg(a::text, ' ' order by a::text) from unnest(coalesce(p.proacl, acldefault('f', p.proowner))) a))
from pg_proc p join pg_namespace n on n.oid = p.pronamespace
where n.nspname = 'public' and p.prokind in ('f', 'p')
and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'i');

select 'rights on what is made later', concat_ws(' ', pg_get_userbyid(defaclrole), defaclobjtype,
    (select string_agg(a::text, ' ' order by a::text) from unnest(defaclacl) a))
from pg_default_acl;
