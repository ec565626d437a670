-- name: consultation_by_id
select c.id, c.appointment_id, a.patient_id, coalesce(p.account_id, r.account_id) as patient_account_id,
    p.name as patient_name, coalesce(r.state = 'active', true) as right_active, r.ends_at as right_ends_at,
    a.practitioner_id, d.account_id as practitioner_account_id, d.name as practitioner_name, c.state,
    a.starts_at, a.ends_at, c.arrived_at, c.admitted_at, c.ended_at
from consultation c
join appointment a on a.id = c.appointment_id
join patient p on p.id = a.patient_id
left join related_person r on r.patient_id = p.id
join practitioner d on d.id = a.practitioner_id
where c.id = %(id)s;

-- name: consultation_lock
-- Locks consultations and the heads of their conversations, so that neither the state nor the record nor the
-- key moves under the caller. Three statements in one message: see archive_lock_heads, whose order this keeps.
-- The last one reads when everything is locked: whoever waited would see a key made meanwhile as not there.
insert into archive_head (conversation_id, size, last_hash)
select c.id, 0, %(genesis)s
from consultation c
where c.id = any(%(ids)s::uuid[])
    and not exists (select from archive_head h where h.conversation_id = c.id)
order by c.id
on conflict do nothing;
select c.id
from consultation c
join archive_head h on h.conversation_id = c.id
where c.id = any(%(ids)s::uuid[])
order by c.id
for update of c, h;
select c.id, c.appointment_id, a.patient_id, coalesce(p.account_id, r.account_id) as patient_account_id,
    p.name as patient_name, coalesce(r.state = 'active', true) as right_active, r.ends_at as right_ends_at,
    a.practitioner_id, d.account_id as practitioner_account_id, d.name as practitioner_name, c.state,
    a.starts_at, a.ends_at, c.arrived_at, c.admitted_at, c.ended_at, h.size, h.last_hash,
    k.kek, k.wrapped, k.destroyed_at
from consultation c
join archive_head h on h.conversation_id = c.id
left join archive_key k on k.conversation_id = c.id
join appointment a on a.id = c.appointment_id
join patient p on p.id = a.patient_id
left join related_person r on r.patient_id = p.id
join practitioner d on d.id = a.practitioner_id
where c.id = any(%(ids)s::uuid[]);

-- name: consultation_patients
select c.id, a.patient_id
from consultation c
join appointment a on a.id = c.appointment_id
where c.id = any(%(ids)s::uuid[]);

-- name: consultation_move
update consultation
set state = %(new)s, arrived_at = %(arrived_at)s, admitted_at = %(admitted_at)s, ended_at = %(ended_at)s
where id = %(id)s and state = %(old)s;

-- name: consultation_move_appointment
update appointment
set state = %(new)s
where id = %(id)s and state = %(old)s;

-- name: consultation_queue
select c.id, c.appointment_id, a.patient_id, coalesce(p.account_id, r.account_id) as patient_account_id,
    p.name as patient_name, coalesce(r.state = 'active', true) as right_active, r.ends_at as right_ends_at,
    a.practitioner_id, d.account_id as practitioner_account_id, d.name as practitioner_name, c.state,
    a.starts_at, a.ends_at, c.arrived_at, c.admitted_at, c.ended_at
from appointment a
join consultation c on c.appointment_id = a.id
join patient p on p.id = a.patient_id
left join related_person r on r.patient_id = p.id
join practitioner d on d.id = a.practitioner_id
where a.practitioner_id = %(practitioner_id)s
    and c.state <> 'cancelled'
    and (
        (a.starts_at >= %(day_start)s and a.starts_at < %(day_end)s)
        or (a.starts_at < %(day_start)s and c.state in ('arrived', 'in-progress'))
        or (a.starts_at < %(day_start)s and c.state = 'planned' and a.ends_at >= %(may_come_since)s)
    );

-- name: consultation_place
select
    count(*) filter (
        where c.state = 'arrived'
            and (%(arrived_at)s::timestamptz is null or (c.arrived_at, c.id) < (%(arrived_at)s, %(id)s))
    ) as before,
    count(*) filter (where c.state = 'in-progress') as in_progress
from consultation c
join appointment a on a.id = c.appointment_id
where a.practitioner_id = %(practitioner_id)s
    and c.state in ('arrived', 'in-progress')
    and c.id <> %(id)s;

-- name: consultation_search
-- The collation folds case in all scripts, whatever the database's own.
select c.id, c.appointment_id, a.patient_id, coalesce(p.account_id, r.account_id) as patient_account_id,
    p.name as patient_name, coalesce(r.state = 'active', true) as right_active, r.ends_at as right_ends_at,
    a.practitioner_id, d.account_id as practitioner_account_id, d.name as practitioner_name, c.state,
    a.starts_at, a.ends_at, c.arrived_at, c.admitted_at, c.ended_at, coalesce(h.size, 0) as entries,
    -- Entries are sealed in their order, so the last one's leaf is the last of all.
    exists (
        select 1 from archive_entry e
        where e.conversation_id = c.id and e.seq = h.size and e.kind = 'finished'
    ) as closed,
    exists (
        select 1 from archive_leaf l where l.conversation_id = c.id and l.seq = h.size
    ) as sealed,
    exists (
        select 1 from archive_key k where k.conversation_id = c.id and k.destroyed_at is not null
    ) as destroyed,
    exists (
        select 1 from legal_hold lh
        where (lh.consultation_id = c.id or lh.patient_id = a.patient_id)
            and not exists (select 1 from legal_hold_lift ll where ll.hold_id = lh.id)
    ) as on_hold
from appointment a
join consultation c on c.appointment_id = a.id
join patient p on p.id = a.patient_id
left join related_person r on r.patient_id = p.id
join practitioner d on d.id = a.practitioner_id
left join archive_head h on h.conversation_id = c.id
where (
        %(patient_text)s::text is null
        or strpos(
            lower(p.name collate "pg_c_utf8"), lower(%(patient_text)s::text collate "pg_c_utf8")
        ) > 0
    )
    and (%(practitioner_id)s::uuid is null or a.practitioner_id = %(practitioner_id)s::uuid)
    and (%(start)s::timestamptz is null or a.starts_at >= %(start)s::timestamptz)
    and (%(end)s::timestamptz is null or a.starts_at < %(end)s::timestamptz)
    and (
        %(before_start)s::timestamptz is null
        or (a.starts_at, c.id) < (%(before_start)s::timestamptz, %(before_id)s::uuid)
    )
order by a.starts_at desc, c.id desc
limit %(limit)s;
