-- name: archive_lock_heads
-- Two statements in one message: the second sees heads that somebody else inserted while the first waited.
-- Everyone inserts and locks in the order of ids, so that nobody waits in a circle.
insert into archive_head (conversation_id, addendum_to, size, last_hash)
select w.conversation_id, w.addendum_to, 0, %(genesis)s
from unnest(%(ids)s::uuid[], %(addendum_to)s::uuid[]) as w (conversation_id, addendum_to)
where not exists (select from archive_head h where h.conversation_id = w.conversation_id)
order by w.conversation_id
on conflict do nothing;
select h.conversation_id, h.size, h.last_hash
from archive_head h
where h.conversation_id = any(%(ids)s::uuid[])
order by h.conversation_id
for update;

-- name: archive_find
-- A damaged time that no program can hold is shown as the nearest that it can: its hash gives it away.
select e.conversation_id, e.seq, e.message_id, e.author, e.kind,
    greatest(least(e.recorded_at, '9999-12-30 00:00+00'), '0001-01-02 00:00+00') as recorded_at,
    e.commitment, e.entry_hash, e.sealed
from (
    select distinct conversation_id, author, message_id
    from unnest(
        %(conversation_id)s::uuid[], %(author)s::text[], %(message_id)s::uuid[]
    ) as k (conversation_id, author, message_id)
) as w
join archive_entry e using (conversation_id, author, message_id);

-- name: archive_insert
-- Entries and heads go together: a head moves only from where its new entries begin.
with moved as (
    update archive_head h
    set size = m.size, last_hash = m.last_hash
    from unnest(
        %(head_id)s::uuid[], %(head_before)s::bigint[], %(head_size)s::bigint[], %(head_hash)s::bytea[]
    ) as m (conversation_id, size_before, size, last_hash)
    where h.conversation_id = m.conversation_id and h.size = m.size_before
    returning h.conversation_id
),
added as (
    insert into archive_entry (
        conversation_id, seq, message_id, author, kind, recorded_at, commitment, entry_hash, sealed
    )
    select * from unnest(
        %(conversation_id)s::uuid[], %(seq)s::bigint[], %(message_id)s::uuid[], %(author)s::text[],
        %(kind)s::text[], %(recorded_at)s::timestamptz[], %(commitment)s::bytea[],
        %(entry_hash)s::bytea[], %(sealed)s::bytea[]
    )
)
select count(*) as heads from moved;

-- name: archive_read
-- Damaged times: see archive_find.
select e.conversation_id, e.seq, e.message_id, e.author, e.kind,
    greatest(least(e.recorded_at, '9999-12-30 00:00+00'), '0001-01-02 00:00+00') as recorded_at,
    e.commitment, e.entry_hash, e.sealed
from archive_entry e
where e.conversation_id = %(conversation_id)s
    and e.seq > %(after_seq)s
    and (%(kinds)s::text[] is null or e.kind = any(%(kinds)s::text[]))
order by e.seq
limit %(limit)s;

-- name: archive_read_range
-- Entries of all conversations from one to another, in the order of their key.
select e.conversation_id, e.seq, e.message_id, e.author, e.kind,
    greatest(least(e.recorded_at, '9999-12-30 00:00+00'), '0001-01-02 00:00+00') as recorded_at,
    e.commitment, e.entry_hash, e.sealed
from archive_entry e
where (e.conversation_id, e.seq) > (%(after_id)s, %(after_seq)s) and e.conversation_id <= %(last_id)s
order by e.conversation_id, e.seq
limit %(limit)s;

-- name: archive_heads
select h.conversation_id, h.size, h.last_hash
from archive_head h
where h.conversation_id = any(%(ids)s::uuid[]);

-- name: archive_head
select h.conversation_id, h.size, h.last_hash
from archive_head h
where h.conversation_id = %(conversation_id)s;

-- name: archive_keys
-- An addendum has the key of the conversation that it belongs to.
select w.conversation_id, k.conversation_id as key_of, k.kek, k.wrapped, k.destroyed_at
from unnest(%(ids)s::uuid[]) as w (conversation_id)
left join archive_head h on h.conversation_id = w.conversation_id
join archive_key k on k.conversation_id = coalesce(h.addendum_to, w.conversation_id);

-- name: archive_add_keys
insert into archive_key (conversation_id, kek, wrapped, created_at)
select w.conversation_id, w.kek, w.wrapped, %(now)s
from unnest(%(conversation_id)s::uuid[], %(kek)s::text[], %(wrapped)s::bytea[])
    as w (conversation_id, kek, wrapped);

-- name: archive_keks
-- Which key-encryption keys are in use, and by how many data keys.
select k.kek, count(*) as data_keys
from (
    select kek from archive_key where wrapped is not null
    union all
    -- A search's word is sealed by a key of its own.
    select kek from archive_search where wrapped is not null
    union all
    -- So is the number of a person's document.
    select kek from identity_check
    union all
    -- And the secret of a second factor.
    select kek from second_factor
) as k
group by k.kek
order by k.kek;

-- name: archive_keys_under_others
-- Data keys that another key than the active one wraps; in batches of which each takes the first.
select k.conversation_id, k.conversation_id as key_of, k.kek, k.wrapped, k.destroyed_at
from archive_key k
where k.wrapped is not null and k.kek <> %(kek)s
order by k.conversation_id
limit %(limit)s
for update skip locked;

-- name: archive_rewrap_keys
-- A key that was destroyed or rewrapped meanwhile stays what it is.
update archive_key k
set kek = w.kek, wrapped = w.wrapped
from unnest(
    %(conversation_id)s::uuid[], %(kek_before)s::text[], %(kek)s::text[], %(wrapped)s::bytea[]
) as w (conversation_id, kek_before, kek, wrapped)
where k.conversation_id = w.conversation_id and k.wrapped is not null and k.kek = w.kek_before;

-- name: archive_destructions
-- Which of these conversations hold an entry that records a destruction.
select e.conversation_id
from archive_entry e
where e.conversation_id = any(%(ids)s::uuid[]) and e.kind = %(kind)s
group by e.conversation_id;

-- name: archive_conversations
select h.conversation_id
from archive_head h
where %(after)s::uuid is null or h.conversation_id > %(after)s::uuid
order by h.conversation_id
limit %(limit)s;

-- name: archive_headless
-- Entries whose head is gone: nothing but damage makes them.
select e.conversation_id
from archive_entry e
where (%(after)s::uuid is null or e.conversation_id > %(after)s::uuid)
    and not exists (select from archive_head h where h.conversation_id = e.conversation_id)
group by e.conversation_id
order by e.conversation_id
limit %(limit)s;

-- name: archive_authors
select a.id, a.display_name, a.role
from account a
where a.id = any(%(ids)s::uuid[]);
