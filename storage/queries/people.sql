-- name: people_patients
select p.id, p.name, p.birth_date
from patient p
left join related_person r on r.patient_id = p.id
join account a on a.id = coalesce(p.account_id, r.account_id)
where a.disabled_at is null and (r.state is null or r.state = 'active')
    and (%(part)s::text is null or position(lower(%(part)s) in lower(p.name)) > 0)
    and (%(after_name)s::text is null or (p.name, p.id) > (%(after_name)s, %(after_id)s::uuid))
order by p.name, p.id
limit %(limit)s;

-- name: people_doctors
select d.id, d.name, d.title, d.specialty
from practitioner d
join account a on a.id = d.account_id
join practitioner_role r on r.practitioner_id = d.id
where (a.disabled_at is null and r.state = 'approved') or %(disabled_too)s
order by d.name, d.id;
