-- name: server_facts
select current_setting('server_version_num')::int as version_number,
       current_setting('server_version') as version,
       current_setting('fsync') as fsync,
       current_setting('full_page_writes') as full_page_writes,
       current_setting('synchronous_commit') as synchronous_commit,
       current_setting('server_encoding') as encoding,
       coalesce((select pg_get_userbyid(c.relowner) = current_user
                 from pg_class c where c.oid = to_regclass('archive_entry')), false) as owns_archive,
       (select r.rolsuper from pg_roles r where r.rolname = current_user) as superuser;

-- name: database_answers
select true as answers;
