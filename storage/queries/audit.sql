-- name: audit_insert
insert into audit_event (
    at, actor_id, actor_role, session_id, action, outcome, subject_type, subject_id, patient_id, request_id, detail
)
select * from unnest(
    %(at)s::timestamptz[], %(actor_id)s::uuid[], %(actor_role)s::text[], %(session_id)s::uuid[],
    %(action)s::text[], %(outcome)s::text[], %(subject_type)s::text[], %(subject_id)s::uuid[],
    %(patient_id)s::uuid[], %(request_id)s::text[], %(detail)s::jsonb[]
);

-- name: audit_newest
select e.id, e.at, e.actor_id, a.display_name as actor_name, e.actor_role, e.action, e.outcome,
    e.subject_type, e.subject_id, e.patient_id
from audit_event e
left join account a on a.id = e.actor_id
where e.id < %(before_id)s
order by e.id desc
limit %(limit)s;

-- name: audit_newest_of_patient
select e.id, e.at, e.actor_id, a.display_name as actor_name, e.actor_role, e.action, e.outcome,
    e.subject_type, e.subject_id, e.patient_id
from audit_event e
left join account a on a.id = e.actor_id
where e.id < %(before_id)s and e.patient_id = %(patient_id)s
order by e.id desc
limit %(limit)s;
