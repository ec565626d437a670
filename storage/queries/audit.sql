-- name: audit_insert
insert into audit_event (
    at, actor_id, actor_role, session_id, action, outcome, subject_type, subject_id, patient_id, request_id, detail
)
select * from unnest(
    %(at)s::timestamptz[], %(actor_id)s::uuid[], %(actor_role)s::text[], %(session_id)s::uuid[],
    %(action)s::text[], %(outcome)s::text[], %(subject_type)s::text[], %(subject_id)s::uuid[],
    %(patient_id)s::uuid[], %(request_id)s::text[], %(detail)s::jsonb[]
);
