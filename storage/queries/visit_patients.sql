-- name: visit_patient
select p.id, p.name, p.birth_date, p.gender,
    exists (select from identity_check i where i.patient_id = p.id and i.state = 'verified') as verified
from patient p
where p.id = %(id)s;

-- name: visit_patient_earlier
-- Seen, as in diagnosis_earlier_visits; this visit itself is none of them.
select c.id, a.starts_at, d.name as practitioner_name, d.title as practitioner_title, d.specialty
from appointment a
join consultation c on c.appointment_id = a.id
join practitioner d on d.id = a.practitioner_id
where a.patient_id = %(patient_id)s and c.id <> %(id)s
    and c.state in ('in-progress', 'finished') and c.admitted_at is not null
order by a.starts_at desc, c.id
limit %(limit)s;
