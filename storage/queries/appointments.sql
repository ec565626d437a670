-- name: appointment_patient
select p.id, p.name
from patient p
left join related_person r on r.patient_id = p.id
join account a on a.id = coalesce(p.account_id, r.account_id)
where p.id = %(id)s and a.disabled_at is null
    and (r.state is null or r.state = 'active') and (r.ends_at is null or r.ends_at > %(starts_at)s);

-- name: appointment_doctor
select d.id, d.number, d.name, d.title, d.specialty
from practitioner d
join account a on a.id = d.account_id
join practitioner_role r on r.practitioner_id = d.id
where d.id = %(id)s and r.state = 'approved' and a.disabled_at is null;

-- name: appointment_insert
insert into appointment (
    id, patient_id, practitioner_id, practitioner_number, state, starts_at, ends_at, seat,
    slot_owner, quota_day, quota_seat, created_at
)
values (
    %(id)s, %(patient_id)s, %(practitioner_id)s, %(practitioner_number)s, %(state)s,
    %(starts_at)s, %(ends_at)s, 1, %(slot_owner)s, %(quota_day)s, %(quota_seat)s, %(at)s
);

-- name: appointment_consultation_insert
insert into consultation (id, appointment_id, state, created_at)
values (%(id)s, %(appointment_id)s, %(state)s, %(at)s);

-- name: appointment_by_id
select a.id, c.id as consultation_id, a.patient_id, p.name as patient_name, a.practitioner_id,
    d.name as practitioner_name, d.title as practitioner_title, d.specialty, a.state,
    c.state as consultation_state, a.starts_at, a.ends_at
from appointment a
join consultation c on c.appointment_id = a.id
join patient p on p.id = a.patient_id
join practitioner d on d.id = a.practitioner_id
where a.id = %(id)s;

-- name: appointment_lock
-- The consultation's row is the one that the visit's actions contend for: locking it is enough.
select c.id
from consultation c
where c.appointment_id = %(id)s
for update;

-- name: appointment_of_patient
select a.id, c.id as consultation_id, a.patient_id, p.name as patient_name, a.practitioner_id,
    d.name as practitioner_name, d.title as practitioner_title, d.specialty, a.state,
    c.state as consultation_state, a.starts_at, a.ends_at
from appointment a
join consultation c on c.appointment_id = a.id
join patient p on p.id = a.patient_id
join practitioner d on d.id = a.practitioner_id
where a.patient_id = any(%(patient_ids)s::uuid[])
    and a.starts_at > %(earliest)s and a.starts_at < %(end)s and a.ends_at > %(start)s
order by a.starts_at, a.id;

-- name: appointment_past
-- What is over, whichever way: nobody can come any more, or it took place, was never closed or was called off. Newest first, after
-- the moment and id. What waits for the hospital's own system (pending) is neither over nor certain.
with page as (
    select a.id, c.id as consultation_id, a.patient_id, a.practitioner_id, a.state,
        c.state as consultation_state, a.starts_at, a.ends_at
    from appointment a
    join consultation c on c.appointment_id = a.id
    where a.patient_id = any(%(patient_ids)s::uuid[])
        and (a.starts_at, a.id) < (%(starts_at)s, %(id)s)
        and a.state <> 'pending'
        and (a.state = 'cancelled' or c.state in ('finished', 'cancelled')
            or (c.state in ('planned', 'arrived', 'in-progress') and a.ends_at < %(closed_before)s))
    order by a.starts_at desc, a.id desc
    limit %(limit)s
)
select page.id, page.consultation_id, page.patient_id, p.name as patient_name, page.practitioner_id,
    d.name as practitioner_name, d.title as practitioner_title, d.specialty, page.state,
    page.consultation_state, page.starts_at, page.ends_at,
    page.state = 'cancelled' and exists (
        select 1 from rebooking_offer o
        where o.appointment_id = page.id and o.starts_at = page.starts_at
    ) as called_off
from page
join patient p on p.id = page.patient_id
join practitioner d on d.id = page.practitioner_id
order by page.starts_at desc, page.id desc;

-- name: appointment_of_practitioner
select a.id, c.id as consultation_id, a.patient_id, p.name as patient_name, a.practitioner_id,
    d.name as practitioner_name, d.title as practitioner_title, d.specialty, a.state,
    c.state as consultation_state, a.starts_at, a.ends_at
from appointment a
join consultation c on c.appointment_id = a.id
join patient p on p.id = a.patient_id
join practitioner d on d.id = a.practitioner_id
where a.practitioner_id = %(practitioner_id)s
    and a.starts_at > %(earliest)s and a.starts_at < %(end)s and a.ends_at > %(start)s
order by a.starts_at, a.id;

-- name: appointment_between
select a.id, c.id as consultation_id, a.patient_id, p.name as patient_name, a.practitioner_id,
    d.name as practitioner_name, d.title as practitioner_title, d.specialty, a.state,
    c.state as consultation_state, a.starts_at, a.ends_at
from appointment a
join consultation c on c.appointment_id = a.id
join patient p on p.id = a.patient_id
join practitioner d on d.id = a.practitioner_id
where a.starts_at > %(earliest)s and a.starts_at < %(end)s and a.ends_at > %(start)s
order by a.starts_at, a.id;

-- name: appointment_move
update appointment set state = %(new)s where id = %(id)s and state = %(old)s;

-- name: appointment_consultation_cancel
update consultation set state = %(new)s, ended_at = %(at)s where id = %(id)s and state = %(old)s;
