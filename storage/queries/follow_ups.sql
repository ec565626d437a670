-- name: follow_up_insert
insert into follow_up (consultation_id, conversation_id, seq, due_on, state, proposed_at)
values (%(consultation_id)s, %(conversation_id)s, %(seq)s, %(due_on)s, 'proposed', %(at)s)
on conflict do nothing;

-- name: follow_up_open
-- Booked is what the patient has with the same doctor since: it need not have begun from the proposal.
select f.consultation_id, f.conversation_id, f.seq, a.practitioner_id, d.name as practitioner_name,
    d.title as practitioner_title, f.due_on, f.proposed_at, p.id as patient_id, p.name as patient_name
from follow_up f
join consultation c on c.id = f.consultation_id
join appointment a on a.id = c.appointment_id
join practitioner d on d.id = a.practitioner_id
join patient p on p.id = a.patient_id
where a.patient_id = any(%(patient_ids)s::uuid[])
    and f.state = 'proposed'
    and not exists (
        select from appointment n
        where n.patient_id = a.patient_id
            and n.practitioner_id = a.practitioner_id
            and n.state in ('pending', 'booked', 'fulfilled')
            and n.created_at > f.proposed_at
    )
order by f.due_on, f.consultation_id;

-- name: follow_up_by_consultation
select a.patient_id, f.state
from follow_up f
join consultation c on c.id = f.consultation_id
join appointment a on a.id = c.appointment_id
where f.consultation_id = %(consultation_id)s;

-- name: follow_up_move
update follow_up
set state = %(new)s, dismissed_at = %(at)s
where consultation_id = %(consultation_id)s and state = %(old)s;
