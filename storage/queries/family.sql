-- name: family_lock_account
-- Counting an account's members and adding one are one act.
select a.id from account a where a.id = %(account_id)s and a.disabled_at is null for no key update of a;

-- name: family_counts
select count(*) filter (where r.state in ('proposed', 'active', 'returned')) as members,
    count(*) filter (where r.added_at > %(since)s) as recent,
    min(r.added_at) filter (where r.added_at > %(since)s) as first_at
from related_person r
where r.account_id = %(account_id)s;

-- name: family_patient_insert
insert into patient (id, account_id, name, birth_date, gender, created_at)
values (%(patient_id)s, null, %(name)s, %(birth_date)s, %(gender)s, %(at)s);

-- name: family_insert
insert into related_person (patient_id, account_id, relationship, state, declaration, added_at, ends_at)
values (
    %(patient_id)s, %(account_id)s, %(relationship)s, %(state)s, %(declaration)s, %(at)s, %(ends_at)s
);

-- name: family_of_account
select r.patient_id, r.account_id, p.name, p.birth_date, p.gender, r.relationship, r.state, r.ends_at,
    r.added_at, r.reason
from related_person r
join patient p on p.id = r.patient_id
where r.account_id = %(account_id)s and r.state <> 'ended'
    and (r.ends_at is null or r.ends_at > %(now)s)
order by r.added_at, r.patient_id;

-- name: family_member
select r.patient_id, r.account_id, p.name, p.birth_date, p.gender, r.relationship, r.state, r.ends_at,
    r.added_at, r.reason
from related_person r
join patient p on p.id = r.patient_id
where r.patient_id = %(patient_id)s;

-- name: family_proposed
select r.patient_id, r.account_id, p.name, p.birth_date, p.gender, r.relationship, r.state, r.ends_at,
    r.added_at, r.reason, a.display_name as holder_name
from related_person r
join patient p on p.id = r.patient_id
join account a on a.id = r.account_id
where r.state = 'proposed' and a.disabled_at is null
order by r.added_at, r.patient_id
limit %(limit)s;

-- name: family_decide
update related_person
set state = %(new)s, decided_at = %(at)s, decided_by = %(by)s, reason = %(reason)s
where patient_id = %(patient_id)s and state = %(old)s;

-- name: family_end
update related_person
set state = 'ended', ended_at = %(at)s
where patient_id = %(patient_id)s and state = %(old)s;

-- name: family_due_of_age
-- After a moment and id, so that those that cannot be ended keep no others from it.
select r.patient_id, r.ends_at
from related_person r
where r.state = 'active' and r.ends_at <= %(now)s
    and (%(after)s::timestamptz is null or (r.ends_at, r.patient_id) > (%(after)s::timestamptz, %(after_id)s::uuid))
order by r.ends_at, r.patient_id
limit %(limit)s;

-- name: family_end_of_age
update related_person r
set state = 'ended', ended_at = r.ends_at
where r.patient_id = %(patient_id)s and r.state = 'active' and r.ends_at <= %(now)s
returning r.account_id;

-- name: family_has_visits
-- Visits that are held or booked and not over: whoever stops acting for their patient leaves them behind.
-- So is one whose hold is over while it is being paid: the payment books it.
select 1 as found
from appointment a
left join consultation c on c.appointment_id = a.id
where a.patient_id = %(patient_id)s
    and (
        (a.state = 'held' and a.held_until > %(now)s)
        or (a.state in ('pending', 'booked') and (a.ends_at > %(now)s or c.state in ('arrived', 'in-progress')))
        or (
            a.state in ('held', 'expired')
            and exists (
                select from payment p where p.appointment_id = a.id and p.state in ('created', 'processing')
            )
        )
    )
limit 1;

-- name: family_consent_insert
insert into guardian_consent (appointment_id, step, account_id, relationship, age_years, specialty, given_at)
select a.id, %(step)s, %(account_id)s, %(relationship)s, %(age_years)s, d.specialty, %(at)s
from appointment a
join practitioner d on d.id = a.practitioner_id
where a.id = %(appointment_id)s
on conflict do nothing;

-- name: family_consent
select given_at from guardian_consent where appointment_id = %(appointment_id)s and step = %(step)s;
