-- name: file_begin
insert into object (id, conversation_id, message_id, account_id, begun_at)
values (%(id)s, %(conversation_id)s, %(message_id)s, %(account_id)s, %(at)s);

-- name: file_counts
select count(k.object_id) as kept,
    count(*) filter (where k.object_id is null and r.object_id is null) as unfinished
from object o
left join object_kept k on k.object_id = o.id
left join object_removed r on r.object_id = o.id
where o.conversation_id = %(conversation_id)s;

-- name: file_keep
insert into object_kept (object_id, conversation_id, seq, sealed_digest, sealed_size)
select * from unnest(
    %(object_id)s::uuid[], %(conversation_id)s::uuid[], %(seq)s::bigint[], %(sealed_digest)s::bytea[],
    %(sealed_size)s::bigint[]
);

-- name: file_at
select k.object_id, k.sealed_digest, k.sealed_size, r.object_id is not null as removed
from object_kept k
left join object_removed r on r.object_id = k.object_id
where k.conversation_id = %(conversation_id)s and k.seq = %(seq)s;

-- name: file_orphans
select o.id
from object o
where o.begun_at < %(before)s
    and not exists (select from object_kept k where k.object_id = o.id)
    and not exists (select from object_removed r where r.object_id = o.id)
order by o.begun_at, o.id
limit %(limit)s;

-- name: file_remove
insert into object_removed (object_id, why, removed_at)
select id, %(why)s, %(at)s
from unnest(%(ids)s::uuid[]) as o (id)
on conflict (object_id) do nothing;

-- name: file_left
-- All of a conversation that was not removed yet, kept or not; nothing while its key is there.
select o.id
from object o
join archive_key a on a.conversation_id = o.conversation_id and a.wrapped is null
where o.conversation_id = %(conversation_id)s
    and not exists (select from object_removed r where r.object_id = o.id)
order by o.id;

-- name: file_entries
-- Entries of files after a place, each with its object, if there is one.
select e.conversation_id, e.seq
from archive_entry e
where e.kind = 'file'
    and (
        %(after_id)s::uuid is null
        or (e.conversation_id, e.seq) > (%(after_id)s::uuid, %(after_seq)s::bigint)
    )
order by e.conversation_id, e.seq
limit %(limit)s;
