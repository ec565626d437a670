-- name: visit_patient
select p.id, p.name, p.birth_date, p.gender,
    exists (select from identity_check i where i.patient_id = p.id and i.state = 'verified') as verified
from patient p
where p.id = %(id)s;

-- name: visit_patient_earlier
-- Seen before, as in diagnosis_known; this visit itself is none of them, nor is any that came after it.
select c.id, a.starts_at, d.name as practitioner_name, d.title as practitioner_title, d.specialty
from consultation v
join appointment this on this.id = v.appointment_id
join appointment a on a.patient_id = this.patient_id
join consultation c on c.appointment_id = a.id
join practitioner d on d.id = a.practitioner_id
where v.id = %(id)s and c.id <> v.id
    and c.state in ('in-progress', 'finished') and c.admitted_at is not null
    and (a.starts_at <= this.starts_at or c.admitted_at < this.starts_at)
order by a.starts_at desc, c.id
limit %(limit)s;
