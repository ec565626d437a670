-- name: completeness_bound
-- Below the time after which the connection itself would be given up.
set local statement_timeout = 12000;

-- name: completeness_consultations
select count(*) as consultations
from appointment a
join consultation c on c.appointment_id = a.id
where a.starts_at >= %(begins_at)s and a.starts_at < %(ends_at)s;

-- name: completeness_figures
select count(*) as consultations,
    count(*) filter (where r.entries > 0) as conversations,
    coalesce(sum(r.entries), 0)::bigint as entries,
    count(*) filter (where r.gaps > 0) as sequence_gaps,
    count(*) filter (where r.head_differs) as heads_differ,
    count(*) filter (where r.unclosed) as unclosed,
    count(*) filter (where r.open_since is not null) as open_long,
    count(*) filter (where r.addendum_open > 0) as addenda_open,
    coalesce(sum(r.unsealed), 0)::bigint as unsealed,
    min(r.unsealed_since) as unsealed_since,
    count(*) filter (where r.destroyed_at is not null) as destroyed,
    count(*) filter (where r.held_since is not null) as on_hold
from archive_condition(%(begins_at)s, %(ends_at)s, %(now)s) r;

-- name: completeness_list
select r.consultation_id, r.patient_id, p.name as patient_name, d.name as practitioner_name, r.state, r.starts_at,
    case %(what)s
        when 'conversations' then r.entries
        when 'sequence-gaps' then r.gaps
        when 'addenda-open' then r.addendum_open
        when 'unsealed' then r.unsealed
    end as amount,
    case %(what)s
        when 'unclosed' then r.ended_at
        when 'open-long' then r.open_since
        when 'unsealed' then r.unsealed_since
        when 'destroyed' then r.destroyed_at
        when 'on-hold' then r.held_since
    end as since
from archive_condition(%(begins_at)s, %(ends_at)s, %(now)s) r
join patient p on p.id = r.patient_id
join practitioner d on d.id = r.practitioner_id
where case %(what)s
        when 'conversations' then r.entries > 0
        when 'sequence-gaps' then r.gaps > 0
        when 'heads-differ' then r.head_differs
        when 'unclosed' then r.unclosed
        when 'open-long' then r.open_since is not null
        when 'addenda-open' then r.addendum_open > 0
        when 'unsealed' then r.unsealed > 0
        when 'destroyed' then r.destroyed_at is not null
        when 'on-hold' then r.held_since is not null
    end
    and (
        %(before_start)s::timestamptz is null
        or (r.starts_at, r.consultation_id) < (%(before_start)s::timestamptz, %(before_id)s::uuid)
    )
order by r.starts_at desc, r.consultation_id desc
limit %(limit)s;

-- name: completeness_log
-- The whole log, whatever the range: its size, and the newest checkpoint that was signed.
select coalesce(t.size, 0) as size, c.size as checkpoint_size, c.signed_at
from (select 1) as one
left join archive_tree t on true
left join lateral (
    select k.size, k.signed_at
    from archive_checkpoint k
    order by k.epoch desc, k.size desc
    limit 1
) c on true;

-- name: completeness_witnesses
-- Witnesses are few and cosignatures many: each witness is found by skipping to the next name.
with recursive witness as (
    (select c.witness from archive_cosignature c order by c.witness limit 1)
    union all
    select (
        select c.witness from archive_cosignature c where c.witness > w.witness order by c.witness limit 1
    )
    from witness w
    where w.witness is not null
)
select w.witness, l.received_at as last_at, l.size as last_size,
    (
        select count(*) from archive_cosignature c
        where c.witness = w.witness and c.received_at >= %(begins_at)s and c.received_at < %(ends_at)s
    ) as cosignatures
from witness w
cross join lateral (
    select c.received_at, c.size
    from archive_cosignature c
    where c.witness = w.witness
    order by c.received_at desc
    limit 1
) l
where w.witness is not null
order by w.witness;
