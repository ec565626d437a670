-- name: people_patients
select p.id, p.name, p.birth_date
from patient p
join account a on a.id = p.account_id
where a.disabled_at is null
order by p.name, p.birth_date, p.id;

-- name: people_doctors
select d.id, d.name, d.title, d.specialty
from practitioner d
join account a on a.id = d.account_id
join practitioner_role r on r.practitioner_id = d.id
where (a.disabled_at is null and r.state = 'approved') or %(disabled_too)s
order by d.name, d.id;
