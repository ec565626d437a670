-- name: diagnosis_shown
-- An earlier visit is one in which the patient was seen, not one that was turned away.
select
    (
        select count(*)
        from archive_entry e
        where e.conversation_id = %(id)s and e.kind = 'file' and e.author = %(author)s
    ) as documents,
    (
        select count(*)
        from consultation c
        join appointment a on a.id = c.appointment_id
        join appointment t on t.patient_id = a.patient_id
        join consultation n on n.appointment_id = t.id
        where n.id = %(id)s and c.id <> n.id and c.state = 'finished' and c.admitted_at is not null
    ) as earlier_visits;
