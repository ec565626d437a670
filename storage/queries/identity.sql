-- name: identity_insert
insert into identity_check (id, patient_id, state, kind, kek, wrapped, number, masked, submitted_at)
values (
    %(id)s, %(patient_id)s, 'waiting', %(kind)s, %(kek)s, %(wrapped)s, %(number)s, %(masked)s, %(at)s
)
on conflict do nothing;

-- name: identity_patient_for_share
-- A document is compared with these: nobody corrects them meanwhile.
select p.name, p.birth_date from patient p where p.id = %(patient_id)s for share;

-- name: identity_patient_locked
select p.name, p.birth_date from patient p where p.id = %(patient_id)s for update;

-- name: identity_submitted
-- Asked for once the patient is locked: a statement sees what was there as it began, not as its lock came.
select 1 as submitted from identity_check c
where c.patient_id = %(patient_id)s and c.state in ('waiting', 'verified');

-- name: identity_seen
-- Whether a doctor has begun a visit with the patient.
select 1 as seen
from consultation c
join appointment a on a.id = c.appointment_id
where a.patient_id = %(patient_id)s and c.admitted_at is not null
limit 1;

-- name: identity_patient
select p.name, p.birth_date from patient p where p.id = %(patient_id)s;

-- name: identity_correct
update patient set name = %(name)s, birth_date = %(birth_date)s
where id = %(patient_id)s and name = %(old_name)s and birth_date = %(old_birth_date)s;

-- name: identity_keep_corrected
insert into patient_correction (id, patient_id, name, birth_date, corrected_by, corrected_at)
values (%(id)s, %(patient_id)s, %(old_name)s, %(old_birth_date)s, %(by)s, %(at)s);

-- name: identity_correct_member
update related_person set ends_at = %(ends_at)s
where patient_id = %(patient_id)s and account_id = %(by)s and state = 'active';

-- name: identity_correct_account
update account set display_name = %(name)s where id = %(by)s and role = 'patient';

-- name: identity_latest
select c.id, c.patient_id, p.name as patient_name, p.birth_date, c.state, c.kind, c.masked, c.submitted_at,
    c.decided_at, c.reason, c.kek, c.wrapped, c.number, c.asked_at
from identity_check c
join patient p on p.id = c.patient_id
where c.patient_id = %(patient_id)s
order by c.state = 'returned', c.submitted_at desc, c.id desc
limit 1;

-- name: identity_by_id
select c.id, c.patient_id, p.name as patient_name, p.birth_date, c.state, c.kind, c.masked, c.submitted_at,
    c.decided_at, c.reason, c.kek, c.wrapped, c.number, c.asked_at
from identity_check c
join patient p on p.id = c.patient_id
where c.id = %(id)s;

-- name: identity_waiting
select c.id, c.patient_id, p.name as patient_name, p.birth_date, c.state, c.kind, c.masked, c.submitted_at,
    c.decided_at, c.reason, c.kek, c.wrapped, c.number, c.asked_at
from identity_check c
join patient p on p.id = c.patient_id
where c.state = 'waiting'
order by c.submitted_at, c.id
limit %(limit)s;

-- name: identity_decide
update identity_check
set state = %(state)s, decided_at = %(at)s, decided_by = %(by)s, reason = %(reason)s
where id = %(id)s and state = 'waiting';

-- name: identity_verified
select 1 as verified from identity_check where patient_id = %(patient_id)s and state = 'verified';

-- name: identity_keys_under_others
select c.id, c.kek, c.wrapped
from identity_check c
where c.kek <> %(kek)s
order by c.id
limit %(limit)s
for update skip locked;

-- name: identity_rewrap_keys
update identity_check c
set kek = w.kek, wrapped = w.wrapped
from unnest(
    %(id)s::uuid[], %(kek_before)s::text[], %(kek)s::text[], %(wrapped)s::bytea[]
) as w (id, kek_before, kek, wrapped)
where c.id = w.id and c.kek = w.kek_before;
