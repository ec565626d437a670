-- name: readers_of_account
-- What others did with the data of an account's patients, newest first. Whoever searched gave a reason once, for
-- the whole search.
select e.id, e.at, e.actor_id, a.display_name as actor_name, e.actor_role, e.action, e.outcome,
    ap.starts_at as visit_at, coalesce(e.detail ->> 'reason', s.reason) as reason
from audit_event e
left join account a on a.id = e.actor_id
left join consultation c on e.subject_type = 'consultation' and c.id = e.subject_id
left join appointment ap on ap.id = c.appointment_id
left join archive_search s
    on s.id = case when e.subject_type = 'search' then e.subject_id else (e.detail ->> 'search')::uuid end
where e.patient_id = any(%(patients)s::uuid[])
    and e.actor_id is distinct from %(account_id)s
    and (%(people)s::boolean is null or (e.actor_role is not null) = %(people)s)
    and e.id < %(before_id)s
order by e.id desc
limit %(limit)s;

-- name: readers_patients
select p.id
from patient p
left join related_person r on r.patient_id = p.id
where p.account_id = %(account_id)s
    or (r.account_id = %(account_id)s and r.state = 'active' and (r.ends_at is null or r.ends_at > %(now)s))
order by p.id;
