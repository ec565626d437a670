-- name: sealing_lock
-- Until the transaction ends. It keeps one sealer at work; what keeps two from harm is sealing_move_tree.
select pg_try_advisory_xact_lock(%(key)s) as held;

-- name: sealing_lock_patiently
select pg_advisory_xact_lock(%(key)s);

-- name: sealing_begin_epoch
insert into archive_epoch (
    number, origin, log_key, first_size, missing_from, missing_to, reason, approved_by, approved_too_by, began_at
)
values (
    %(number)s, %(origin)s, %(log_key)s, %(first_size)s, %(missing_from)s, %(missing_to)s, %(reason)s,
    %(approved_by)s, %(approved_too_by)s, %(at)s
);

-- name: sealing_may_begin_epoch
select pg_has_role(current_user, c.relowner, 'USAGE') as may
from pg_class c
where c.oid = 'archive_epoch'::regclass;

-- name: sealing_epochs
select e.number, e.origin, e.log_key, e.first_size
from archive_epoch e
order by e.number;

-- name: sealing_told_epochs
select e.number, e.origin, e.log_key, e.first_size, e.missing_from, e.missing_to, e.reason, e.began_at
from archive_epoch e
order by e.number;

-- name: sealing_plant_tree
insert into archive_tree (epoch, size, root, edge)
values (%(epoch)s, %(size)s, %(root)s, %(edge)s::bytea[]);

-- name: sealing_tree
select t.epoch, e.origin, e.log_key, e.first_size, t.size, t.root, t.edge
from archive_tree t
join archive_epoch e on e.number = t.epoch;

-- name: sealing_horizon
-- Every transaction below it has ended: what it brought is seen by every statement from now on.
select pg_snapshot_xmin(pg_current_snapshot())::text as oldest_running;

-- name: sealing_unsealed_since
-- Within a conversation the earlier entry is committed first, so it is seen first: leaves keep their order.
-- What a dump brought from another cluster may name transactions that are still to come here: a sweep finds it.
select e.conversation_id, e.seq, e.entry_hash
from archive_entry e
where e.tx >= %(since)s::text::xid8 and e.tx < pg_snapshot_xmax(pg_current_snapshot())
    and not exists (
        select from archive_leaf l where l.conversation_id = e.conversation_id and l.seq = e.seq
    )
order by e.conversation_id, e.seq
limit %(limit)s;

-- name: sealing_stretch_end
-- The last of the next entries by key: what a sweep looks at in one go.
select e.conversation_id, e.seq
from (
    select n.conversation_id, n.seq
    from archive_entry n
    where %(after_id)s::uuid is null or (n.conversation_id, n.seq) > (%(after_id)s::uuid, %(after_seq)s)
    order by n.conversation_id, n.seq
    limit %(count)s
) as e
order by e.conversation_id desc, e.seq desc
limit 1;

-- name: sealing_unsealed_between
select e.conversation_id, e.seq, e.entry_hash
from archive_entry e
where (%(after_id)s::uuid is null or (e.conversation_id, e.seq) > (%(after_id)s::uuid, %(after_seq)s))
    and (e.conversation_id, e.seq) <= (%(end_id)s::uuid, %(end_seq)s)
    and not exists (
        select from archive_leaf l where l.conversation_id = e.conversation_id and l.seq = e.seq
    )
order by e.conversation_id, e.seq
limit %(limit)s;

-- name: sealing_move_tree
update archive_tree
set epoch = %(epoch)s, size = %(size)s, root = %(root)s, edge = %(edge)s::bytea[]
where epoch = %(epoch_before)s and size = %(size_before)s and root = %(root_before)s;

-- name: sealing_insert_leaves
insert into archive_leaf (index, conversation_id, seq)
select %(first)s + u.place - 1, u.conversation_id, u.seq
from unnest(%(conversation_id)s::uuid[], %(seq)s::bigint[]) with ordinality as u (conversation_id, seq, place);

-- name: sealing_insert_tiles
insert into archive_tile (level, n, hashes)
select * from unnest(%(level)s::smallint[], %(n)s::bigint[], %(hashes)s::bytea[]);

-- name: sealing_insert_checkpoint
insert into archive_checkpoint (epoch, size, root, note, signed_at)
values (%(epoch)s, %(size)s, %(root)s, %(note)s, %(at)s);

-- name: sealing_checkpoint
select c.epoch, c.size, c.root, c.note, c.signed_at
from archive_checkpoint c
where c.epoch = %(epoch)s and c.size = %(size)s;

-- name: sealing_latest_checkpoint
select c.epoch, c.size, c.root, c.note, c.signed_at
from archive_tree t
join archive_checkpoint c on c.epoch = t.epoch and c.size = t.size;

-- name: sealing_best_checkpoint
-- Of the latest ones that cover the leaf: the most cosigned, then the largest.
select c.epoch, c.size, c.root, c.note, c.signed_at
from (
    select k.epoch, k.size, k.root, k.note, k.signed_at
    from archive_checkpoint k
    join archive_tree t on t.epoch = k.epoch
    where k.size > %(index)s
    order by k.size desc
    limit %(among)s
) as c
order by (
    select count(*) from archive_cosignature s where s.epoch = c.epoch and s.size = c.size
) desc, c.size desc
limit 1;

-- name: sealing_cosignatures
select s.witness, s.line
from archive_cosignature s
where s.epoch = %(epoch)s and s.size = %(size)s
order by s.witness;

-- name: sealing_insert_cosignature
-- A witness that is asked again signs again, at another time: the first answer stays.
insert into archive_cosignature (epoch, size, witness, line, received_at)
values (%(epoch)s, %(size)s, %(witness)s, %(line)s, %(at)s)
on conflict do nothing;

-- name: sealing_last_cosigned
select coalesce(max(s.size), 0) as size
from archive_cosignature s
where s.epoch = %(epoch)s and s.witness = %(witness)s;

-- name: sealing_last_index
select coalesce(max(l.index), -1) as index
from archive_leaf l;

-- name: sealing_tile
select substr(t.hashes, 1, %(bytes)s) as hashes
from archive_tile t
where t.level = %(level)s and t.n = %(n)s;

-- name: sealing_entries_at
select e.entry_hash
from archive_leaf l
join archive_entry e on e.conversation_id = l.conversation_id and e.seq = l.seq
where l.index >= %(first)s and l.index < %(end)s
order by l.index;

-- name: sealing_entry_before
select l.conversation_id, l.seq
from archive_leaf l
where l.index < %(size)s
order by l.index desc
limit 1;

-- name: sealing_places
-- Where each entry of these conversations stands in the tree; without a leaf, its index is null.
select e.conversation_id, e.seq, e.entry_hash, l.index
from archive_entry e
left join archive_leaf l on l.conversation_id = e.conversation_id and l.seq = e.seq
where e.conversation_id = any(%(ids)s::uuid[])
order by e.conversation_id, e.seq;

-- name: sealing_place
select e.conversation_id, e.seq, e.entry_hash, l.index
from archive_entry e
left join archive_leaf l on l.conversation_id = e.conversation_id and l.seq = e.seq
where e.conversation_id = %(conversation_id)s and e.kind = %(kind)s
order by e.seq desc
limit 1;

-- name: sealing_waiting
-- How many of the latest entries have no leaf yet; counted up to a limit.
select count(*) as entries
from (
    select
    from archive_entry e
    where e.tx >= %(since)s::text::xid8 and e.tx < pg_snapshot_xmax(pg_current_snapshot())
        and not exists (
            select from archive_leaf l where l.conversation_id = e.conversation_id and l.seq = e.seq
        )
    limit %(limit)s
) as w;
