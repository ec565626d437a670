-- name: migrations_table
select to_regclass('schema_migration') is not null as there;

-- name: migrations_applied
select version, digest from schema_migration order by version;

-- name: migration_record
insert into schema_migration (version, name, digest, applied_at)
values (%(version)s, %(name)s, %(digest)s, %(at)s);
