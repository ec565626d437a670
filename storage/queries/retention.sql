-- name: retention_lock
-- Holds, requests and destructions of a record take turns: whoever decides about one locks it first.
select c.id
from consultation c
where c.id = any(%(ids)s::uuid[])
order by c.id
for update;

-- name: retention_of_patient
select c.id
from consultation c
join appointment a on a.id = c.appointment_id
where a.patient_id = %(patient_id)s;

-- name: retention_standing
-- A visit that goes on now is the patient's last one, and it has not ended: the term has not begun.
select c.id, c.state, c.ended_at, a.starts_at, a.patient_id, p.name as patient_name, d.name as practitioner_name,
    (
        select max(case when vc.state = 'finished' then vc.ended_at else %(now)s::timestamptz end)
        from appointment va
        join consultation vc on vc.appointment_id = va.id
        where va.patient_id = a.patient_id and vc.state in ('arrived', 'in-progress', 'finished')
    ) as last_visit_at,
    k.conversation_id is not null as has_key,
    k.destroyed_at is not null as key_destroyed,
    exists (
        select from legal_hold h
        where (h.consultation_id = c.id or h.patient_id = a.patient_id)
            and not exists (select from legal_hold_lift l where l.hold_id = h.id)
    ) as held,
    (
        select r.id
        from destruction_record i
        join destruction_request r on r.id = i.request_id
        where i.consultation_id = c.id
            and r.state in ('requested', 'approved-once', 'approved')
            and r.expires_at > %(now)s
            and not exists (
                select from destruction_spared s
                where s.request_id = i.request_id and s.consultation_id = i.consultation_id
            )
        order by r.id
        limit 1
    ) as request_id
from consultation c
join appointment a on a.id = c.appointment_id
join patient p on p.id = a.patient_id
join practitioner d on d.id = a.practitioner_id
left join archive_key k on k.conversation_id = c.id
where c.id = any(%(ids)s::uuid[])
order by c.id;

-- name: retention_by_due
-- Ids of ended records that can still be read, the first due first. Years are added as PostgreSQL does, which
-- may be a day early on a leap day: whoever decides asks the rule itself.
with last_visit as (
    select va.patient_id,
        max(case when vc.state = 'finished' then vc.ended_at else %(now)s::timestamptz end) as at
    from appointment va
    join consultation vc on vc.appointment_id = va.id
    where vc.state in ('arrived', 'in-progress', 'finished')
    group by va.patient_id
),
ended as (
    select c.id,
        greatest(
            greatest(coalesce(v.at, c.ended_at), c.ended_at) + make_interval(years => %(visit_years)s),
            c.ended_at + make_interval(years => %(end_years)s)
        ) as due_at,
        exists (
            select from legal_hold h
            where (h.consultation_id = c.id or h.patient_id = a.patient_id)
                and not exists (select from legal_hold_lift l where l.hold_id = h.id)
        )
        or exists (
            select from destruction_record i
            join destruction_request r on r.id = i.request_id
            where i.consultation_id = c.id
                and r.state in ('requested', 'approved-once', 'approved')
                and r.expires_at > %(now)s
                and not exists (
                    select from destruction_spared s
                    where s.request_id = i.request_id and s.consultation_id = i.consultation_id
                )
        ) as hindered
    from consultation c
    join archive_key k on k.conversation_id = c.id and k.wrapped is not null
    join appointment a on a.id = c.appointment_id
    join patient p on p.id = a.patient_id
    left join last_visit v on v.patient_id = a.patient_id
    where c.state in ('finished', 'cancelled')
        and (
            %(patient_text)s::text is null
            or strpos(
                lower(p.name collate "pg_c_utf8"), lower(%(patient_text)s::text collate "pg_c_utf8")
            ) > 0
        )
)
select e.id, e.due_at
from ended e
where (%(due_by)s::timestamptz is null or e.due_at <= %(due_by)s::timestamptz)
    and (%(hindered)s::boolean is null or e.hindered = %(hindered)s::boolean)
order by e.due_at, e.id
limit %(limit)s;

-- name: hold_insert
insert into legal_hold (id, consultation_id, patient_id, reason, placed_by, placed_at)
values (%(id)s, %(consultation_id)s, %(patient_id)s, %(reason)s, %(by)s, %(at)s);

-- name: hold_patient
select p.id from patient p where p.id = %(id)s;

-- name: hold_find
select h.id, h.consultation_id, h.patient_id, coalesce(h.patient_id, a.patient_id) as about_patient_id,
    p.name as patient_name, a.starts_at, h.reason, h.placed_by, who.display_name as placed_by_name, h.placed_at,
    l.reason as lift_reason, l.lifted_by, lifter.display_name as lifted_by_name, l.lifted_at
from legal_hold h
left join consultation c on c.id = h.consultation_id
left join appointment a on a.id = c.appointment_id
join patient p on p.id = coalesce(h.patient_id, a.patient_id)
join account who on who.id = h.placed_by
left join legal_hold_lift l on l.hold_id = h.id
left join account lifter on lifter.id = l.lifted_by
where %(id)s::uuid is null or h.id = %(id)s::uuid
order by l.lifted_at is not null, h.placed_at desc, h.id
limit %(limit)s;

-- name: hold_lift
insert into legal_hold_lift (hold_id, reason, lifted_by, lifted_at)
values (%(id)s, %(reason)s, %(by)s, %(at)s)
on conflict do nothing;
