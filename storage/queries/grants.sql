-- name: grants_role
select 1 as there from pg_roles where rolname = %(login)s;

-- name: grants_statements
-- Names of objects are no parameters of a grant, so the statements are made here, quoted, and run one by one.
-- What belongs to somebody else, as an extension's functions do, is left alone.
with place as (
    select n.oid, n.nspname, d.datname, r.rolname
    from pg_namespace n
    join pg_database d on d.datname = current_database()
    join pg_roles r on r.rolname = %(login)s
    where n.nspname = current_schema()
),
decided as (
    select * from unnest(%(tables)s::text[], %(privileges)s::text[]) as d (name, privileges)
),
ours as (
    select p.nspname, p.rolname, c.oid, c.relname, c.relkind
    from place p
    join pg_class c on c.relnamespace = p.oid
    where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and pg_has_role(current_user, c.relowner, 'USAGE')
)
select s.statement
from (
    select 1 as step, format('revoke create, temporary on database %%I from public, %%I', datname, rolname) as statement
    from place
    where (has_database_privilege(rolname, datname, 'CREATE') or has_database_privilege(rolname, datname, 'TEMPORARY'))
        and (select pg_has_role(current_user, d.datdba, 'USAGE') from pg_database d where d.datname = place.datname)
    union all
    select 2, format('revoke create on schema %%I from public, %%I', nspname, rolname)
    from place
    where has_schema_privilege(rolname, oid, 'CREATE')
    union all
    select 3, format('grant usage on schema %%I to %%I', nspname, rolname)
    from place
    where not has_schema_privilege(rolname, oid, 'USAGE')
    union all
    select 4, format(
        'alter default privileges in schema %%I revoke all on %%s from %%I', nspname, what, rolname
    )
    from place, unnest(array['tables', 'sequences', 'functions']) as w (what)
    union all
    select 5, format(
        'revoke all on %%s %%I.%%I from public, %%I',
        case o.relkind when 'S' then 'sequence' else 'table' end, o.nspname, o.relname, o.rolname
    )
    from ours o
    union all
    select 6, format('grant %%s on table %%I.%%I to %%I', d.privileges, o.nspname, o.relname, o.rolname)
    from ours o
    join decided d on d.name = o.relname
    where o.relkind <> 'S'
    union all
    -- A serial column's default asks for the next number in the caller's name; an identity column does not.
    select 7, format('grant usage on sequence %%I.%%I to %%I', o.nspname, o.relname, o.rolname)
    from ours o
    join pg_depend e on e.classid = 'pg_class'::regclass and e.objid = o.oid and e.deptype = 'a'
        and e.refclassid = 'pg_class'::regclass
    join pg_class t on t.oid = e.refobjid
    join decided d on d.name = t.relname
    where o.relkind = 'S' and d.privileges like '%%INSERT%%'
    union all
    select 8 + g.step, format(g.text, f.oid::regprocedure, p.rolname)
    from place p
    join pg_proc f on f.pronamespace = p.oid
    cross join (
        values (0, 'revoke all on routine %%s from public, %%I'), (1, 'grant execute on routine %%s to %%I')
    ) as g (step, text)
    where pg_has_role(current_user, f.proowner, 'USAGE')
        and not exists (select from pg_depend e where e.objid = f.oid and e.deptype = 'e')
        -- A trigger's function is run by the trigger, whoever caused it.
        and (g.step = 0 or f.prorettype <> 'trigger'::regtype)
) as s
order by s.step, s.statement;

-- name: grants_login
-- Of whoever logged in, not of a role that the connection merely took on: it can be put off again.
with roles as (
    select r.oid, r.rolname, r.rolsuper, r.rolcreaterole, r.rolcreatedb, r.rolreplication, r.rolbypassrls
    from pg_roles r
    where pg_has_role(session_user, r.oid, 'MEMBER')
)
select session_user::text as login,
    (
        select coalesce(array_agg(distinct a.name order by a.name), '{}')
        from roles r
        cross join lateral (
            values ('SUPERUSER', r.rolsuper), ('CREATEROLE', r.rolcreaterole), ('CREATEDB', r.rolcreatedb),
                ('REPLICATION', r.rolreplication), ('BYPASSRLS', r.rolbypassrls),
                ('SET session_replication_role', has_parameter_privilege(r.oid, 'session_replication_role', 'SET'))
        ) as a (name, has)
        where a.has
    ) as attributes,
    (
        select coalesce(array_agg(r.rolname::text order by r.rolname), '{}')
        from roles r
        where r.rolname in (
            'pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files', 'pg_write_all_data',
            'pg_maintain'
        )
    ) as roles,
    (
        select coalesce(array_agg(o.name order by o.name), '{}')
        from (
            select c.relname::text as name
            from pg_class c
            join roles r on r.oid = c.relowner
            where c.relnamespace = current_schema()::text::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')
            union all
            select 'the database'
            from pg_database d
            join roles r on r.oid = d.datdba
            where d.datname = current_database()
        ) as o
    ) as owned;

-- name: grants_found
select c.relname::text as name, array(
    select p.name
    from unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN']) as p (name)
    where case
        when p.name in ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES') then has_any_column_privilege(c.oid, p.name)
        else has_table_privilege(c.oid, p.name)
    end
) as privileges
from pg_class c
where c.relnamespace = current_schema()::text::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f');

-- name: grants_guarded
-- Bits of tgtype: 2 before, 8 delete, 16 update, 32 truncate. 'A' fires always, 'O' unless replicating.
select c.relname::text as name
from pg_trigger t
join pg_class c on c.oid = t.tgrelid
join pg_proc f on f.oid = t.tgfoid
where c.relnamespace = current_schema()::text::regnamespace
    and f.proname = 'refuse_change'
    and t.tgtype & 2 = 2
    and (t.tgenabled = 'A' or (t.tgenabled = 'O' and current_setting('session_replication_role') <> 'replica'))
group by c.relname
having bit_or(t.tgtype) & 56 = 56;
