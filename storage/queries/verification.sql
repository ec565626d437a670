-- Whole pages come as one value of bytes each: a row for every entry would cost more than all the hashing.

-- name: verification_leaves
-- The leaves of [first, end) in their order: the entries' hashes (32 bytes each), and their times (8).
-- Damaged times, as everywhere, are shown as the nearest that a program can hold.
select count(*) as leaves, count(p.entry_hash) as entries,
    coalesce(string_agg(coalesce(p.entry_hash, decode(repeat('00', 32), 'hex')), ''::bytea order by p.index), '')
        as hashes,
    coalesce(string_agg(int8send((extract(epoch from coalesce(p.at, 'epoch')) * 1000000)::bigint), ''::bytea
        order by p.index), '') as times
from (
    select l.index, e.entry_hash,
        greatest(least(e.recorded_at, '9999-12-30 00:00+00'), '0001-01-02 00:00+00') as at
    from archive_leaf l
    left join archive_entry e on e.conversation_id = l.conversation_id and e.seq = l.seq
    where l.index >= %(first)s and l.index < %(end)s
) as p;

-- name: verification_missing_leaves
select s.index
from generate_series(%(first)s, %(end)s - 1) as s (index)
where not exists (select from archive_leaf l where l.index = s.index)
order by s.index
limit %(limit)s;

-- name: verification_leaf
select l.conversation_id, l.seq
from archive_leaf l
where l.index = %(index)s;

-- name: verification_tiles
select t.n, t.hashes
from archive_tile t
where t.level = %(level)s and t.n >= %(first)s and t.n < %(end)s
order by t.n;

-- name: verification_tiles_beyond
select t.level, t.n
from archive_tile t
where t.n >= %(size)s >> (8 * (t.level + 1))
order by t.level, t.n
limit %(limit)s;

-- name: verification_checkpoints
select c.epoch, c.size, c.root, c.note, c.signed_at,
    array(
        select s.witness || ' ' || s.line
        from archive_cosignature s
        where s.epoch = c.epoch and s.size = c.size
        order by s.witness
    ) as cosignatures
from archive_checkpoint c
where (c.size, c.epoch) > (%(after_size)s, %(after_epoch)s) and c.size <= %(size)s
order by c.size, c.epoch
limit %(limit)s;

-- name: verification_entries
-- The next entries by key, each as: length of its header (4), leaf index or -1 (8), sequence number (8),
-- commitment (32), entry hash (32), header as it is hashed. And the heads of the conversations in that stretch:
-- id (16), size (8), last hash (32). One statement, so that both are seen at one moment.
with page as materialized (
    select e.conversation_id, e.seq, e.message_id, e.author, e.kind, e.commitment, e.entry_hash,
        coalesce(l.index, -1) as index,
        greatest(least(e.recorded_at, '9999-12-30 00:00+00'), '0001-01-02 00:00+00') as at
    from archive_entry e
    left join archive_leaf l on l.conversation_id = e.conversation_id and l.seq = e.seq
    where %(after_id)s::uuid is null or (e.conversation_id, e.seq) > (%(after_id)s::uuid, %(after_seq)s)
    order by e.conversation_id, e.seq
    limit %(limit)s
),
stretch as (
    select count(*) as entries,
        coalesce(string_agg(
            int4send(57 + octet_length(p.author) + octet_length(p.kind)) || int8send(p.index) || int8send(p.seq)
            || p.commitment || p.entry_hash
            || '\x01'::bytea || uuid_send(p.conversation_id) || int8send(p.seq)
            || int8send((extract(epoch from p.at) * 1000000)::bigint) || uuid_send(p.message_id)
            || int4send(octet_length(p.author)) || convert_to(p.author, 'UTF8')
            || int4send(octet_length(p.kind)) || convert_to(p.kind, 'UTF8'),
            ''::bytea order by p.conversation_id, p.seq
        ), '') as packed
    from page p
),
heads as (
    select coalesce(string_agg(
        uuid_send(h.conversation_id) || int8send(h.size) || h.last_hash, ''::bytea order by h.conversation_id
    ), '') as packed
    from archive_head h
    where (%(after_id)s::uuid is null or h.conversation_id >= %(after_id)s::uuid)
        and ((select count(*) from page) < %(limit)s
            or h.conversation_id <= (select p.conversation_id from page p order by p.conversation_id desc limit 1))
)
select s.entries, s.packed as entries_packed, h.packed as heads_packed
from stretch s, heads h;

-- name: verification_bodies
-- Damaged times: see archive_find.
select e.conversation_id, e.seq, e.message_id, e.author, e.kind,
    greatest(least(e.recorded_at, '9999-12-30 00:00+00'), '0001-01-02 00:00+00') as recorded_at,
    e.commitment, e.entry_hash, e.sealed
from unnest(%(conversation_id)s::uuid[], %(seq)s::bigint[]) as w (conversation_id, seq)
join archive_entry e on e.conversation_id = w.conversation_id and e.seq = w.seq;

-- name: verification_still_unsealed
select w.conversation_id, w.seq
from unnest(%(conversation_id)s::uuid[], %(seq)s::bigint[]) as w (conversation_id, seq)
where not exists (
    select from archive_leaf l where l.conversation_id = w.conversation_id and l.seq = w.seq
)
order by w.conversation_id, w.seq;
