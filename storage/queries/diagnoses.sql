-- name: diagnosis_known
-- What was said at booking, the latest statement in the record, and what there is of either kind. A visit that
-- was to begin later but was under way when this one was to begin was there when it was booked: it counts.
select a.diagnosis,
    (
        select max(e.seq) from archive_entry e where e.conversation_id = c.id and e.kind = 'diagnosis'
    ) as stated_seq,
    (
        select count(*)
        from archive_entry e
        where e.conversation_id = c.id and e.kind = 'file'
            and e.author = coalesce(p.account_id, r.account_id)::text
    ) as documents,
    (
        select count(*)
        from appointment b
        join consultation s on s.appointment_id = b.id
        where b.patient_id = a.patient_id and s.id <> c.id
            and s.state in ('in-progress', 'finished') and s.admitted_at is not null
            and (b.starts_at <= a.starts_at or s.admitted_at < a.starts_at)
    ) as earlier_visits
from consultation c
join appointment a on a.id = c.appointment_id
join patient p on p.id = a.patient_id
left join related_person r on r.patient_id = p.id
where c.id = %(id)s;

-- name: diagnosis_earlier_visits
-- An earlier visit is one in which the patient was seen, not one that was turned away. One that still goes on
-- counts: its doctor may propose the next one in it.
select count(*) as earlier_visits
from appointment b
join consultation s on s.appointment_id = b.id
where b.patient_id = %(patient_id)s
    and s.state in ('in-progress', 'finished') and s.admitted_at is not null;
