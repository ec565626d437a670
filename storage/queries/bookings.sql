-- name: booking_lock_patient
-- Counting a patient's holds and adding one are one act.
select p.id, p.name
from patient p
left join related_person r on r.patient_id = p.id
join account a on a.id = coalesce(p.account_id, r.account_id)
where p.id = %(id)s and a.disabled_at is null
for no key update of a;

-- name: booking_lock_doctor
-- Whoever takes a seat of this doctor, or changes the hours, comes one after another.
select d.id, d.number, d.name, d.title, d.specialty, r.specialty_code, r.fee_minor, r.currency
from practitioner_role r
join practitioner d on d.id = r.practitioner_id
join account a on a.id = d.account_id
where d.id = %(id)s and r.state = 'approved' and a.disabled_at is null
for no key update of r;

-- name: booking_release_ended
-- Holds of a doctor that are over and touch a time that somebody wants.
update appointment
set state = 'expired', held_until = null
where practitioner_id = %(practitioner_id)s and state = 'held' and held_until <= %(now)s
    and starts_at > %(earliest)s and starts_at < %(end)s and ends_at > %(start)s;

-- name: booking_taken
select a.id, a.starts_at, a.ends_at, a.seat
from appointment a
where a.practitioner_id = %(practitioner_id)s and a.state not in ('cancelled', 'expired')
    and a.starts_at > %(earliest)s and a.starts_at < %(end)s
    and (a.held_until is null or a.held_until > %(now)s);

-- name: booking_of_patient_at
-- What of the patient's own touches a time, whoever the doctor is.
select a.id, a.practitioner_id, a.state, a.starts_at, a.ends_at
from appointment a
where a.patient_id = %(patient_id)s and a.starts_at > %(earliest)s and a.starts_at < %(end)s
    and a.ends_at > %(start)s
    and (a.state in ('pending', 'booked') or (a.state = 'held' and a.held_until > %(now)s));

-- name: booking_hold_counts
select count(*) filter (where a.state = 'held' and a.held_until > %(now)s) as open,
    count(*) filter (where a.created_at > %(since)s and a.fee_minor is not null) as recent,
    min(a.created_at) filter (where a.created_at > %(since)s and a.fee_minor is not null) as first_at
from appointment a
where a.patient_id = %(patient_id)s;

-- name: booking_insert
insert into appointment (
    id, patient_id, practitioner_id, practitioner_number, state, starts_at, ends_at, seat, held_until,
    fee_minor, currency, slot_owner, quota_day, quota_seat, red_flags, diagnosis, created_at
)
values (
    %(id)s, %(patient_id)s, %(practitioner_id)s, %(practitioner_number)s, %(state)s, %(starts_at)s,
    %(ends_at)s, %(seat)s, %(held_until)s, %(fee_minor)s, %(currency)s,
    %(slot_owner)s, %(quota_day)s, %(quota_seat)s, %(red_flags)s, %(diagnosis)s, %(at)s
);

-- name: booking_by_id
select a.id, c.id as consultation_id, a.patient_id, a.practitioner_id, d.name as practitioner_name,
    d.title as practitioner_title, d.specialty, a.state, a.starts_at, a.ends_at, a.seat, a.held_until,
    a.fee_minor, a.currency, p.name as patient_name, a.slot_owner, a.quota_day, a.quota_seat, q.answer_by,
    a.red_flags, a.diagnosis
from appointment a
join patient p on p.id = a.patient_id
join practitioner d on d.id = a.practitioner_id
left join consultation c on c.appointment_id = a.id
left join slot_request q on q.appointment_id = a.id and q.state = 'open'
where a.id = %(id)s;

-- name: booking_lock
select a.id from appointment a where a.id = %(id)s for update;

-- name: booking_of_patient
-- Held and booked ones first that are still to come, then the newest of the others.
select a.id, c.id as consultation_id, a.patient_id, a.practitioner_id, d.name as practitioner_name,
    d.title as practitioner_title, d.specialty, a.state, a.starts_at, a.ends_at, a.seat, a.held_until,
    a.fee_minor, a.currency, p.name as patient_name, a.slot_owner, a.quota_day, a.quota_seat, q.answer_by,
    a.red_flags, a.diagnosis
from appointment a
join patient p on p.id = a.patient_id
join practitioner d on d.id = a.practitioner_id
left join consultation c on c.appointment_id = a.id
left join slot_request q on q.appointment_id = a.id and q.state = 'open'
where a.patient_id = any(%(patient_ids)s::uuid[]) and a.state <> 'expired'
    and (a.state <> 'held' or a.held_until > %(now)s)
    -- A hold that was given up is not a visit.
    and (a.state <> 'cancelled' or c.id is not null)
order by a.starts_at desc, a.id
limit %(limit)s;

-- name: booking_book_held
-- A hold that is still good: its seat is its own.
update appointment
set state = 'booked', held_until = null
where id = %(id)s and state = 'held' and held_until > %(now)s;

-- name: booking_book_again
-- A hold that is over, given a seat that is free. It is booked, or waits for the HIS.
update appointment
set state = %(state)s, held_until = null, seat = %(seat)s, slot_owner = %(slot_owner)s,
    quota_day = %(quota_day)s, quota_seat = %(quota_seat)s
where id = %(id)s and state in ('held', 'expired');

-- name: booking_answer
-- Of a hold that is still good: what is booked keeps what was said before.
update appointment
set red_flags = %(red_flags)s, diagnosis = %(diagnosis)s
where id = %(id)s and state = 'held' and held_until > %(now)s;

-- name: booking_release
update appointment set state = 'cancelled', held_until = null where id = %(id)s and state = 'held';

-- name: booking_expire_due
with due as (
    select a.id from appointment a
    where a.state = 'held' and a.held_until <= %(now)s
    order by a.held_until
    limit %(limit)s
    for update skip locked
)
update appointment a
set state = 'expired', held_until = null
from due
where a.id = due.id
returning a.id, a.patient_id;

-- name: booking_colleagues
-- Approved doctors of the same specialty, in an order that is nobody's favour.
select d.id, d.name, d.title, r.fee_minor, r.currency
from practitioner_role r
join practitioner d on d.id = r.practitioner_id
join account a on a.id = d.account_id
where r.state = 'approved' and a.disabled_at is null
    and r.specialty_code = (
        select own.specialty_code from practitioner_role own where own.practitioner_id = %(practitioner_id)s
    )
order by d.id = %(practitioner_id)s desc, md5(d.id::text || %(seed)s)
limit %(limit)s;

-- name: idempotency_claim
-- Waits for another request with the same key. A key that is older than it is kept begins anew.
insert into idempotency_key (account_id, key, digest, created_at)
values (%(account_id)s, %(key)s, %(digest)s, %(at)s)
on conflict (account_id, key) do update
set digest = excluded.digest, status = null, answer = null, created_at = excluded.created_at
where idempotency_key.created_at < %(oldest)s
returning key;

-- name: idempotency_kept
select k.digest, k.status, k.answer
from idempotency_key k
where k.account_id = %(account_id)s and k.key = %(key)s;

-- name: idempotency_answer
update idempotency_key set status = %(status)s, answer = %(answer)s
where account_id = %(account_id)s and key = %(key)s and status is null;
