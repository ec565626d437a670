-- name: waitlist_insert
insert into waitlist_entry (
    id, patient_id, practitioner_id, state, begins_at, ends_at, queued_at, created_at
)
values (
    %(id)s, %(patient_id)s, %(practitioner_id)s, 'waiting', %(begins_at)s, %(ends_at)s, %(at)s, %(at)s
);

-- name: waitlist_of_patients
-- An offer that ended a moment ago, or that was taken, counts as what it is before anybody settled it.
select w.id, w.patient_id, w.practitioner_id, d.name as practitioner_name, d.title as practitioner_title,
    d.specialty, case when h.id is null then 'waiting' else 'offered' end as state, w.begins_at, w.ends_at,
    h.id as appointment_id, h.starts_at, h.held_until, h.fee_minor, h.currency,
    p.name as patient_name
from waitlist_entry w
join patient p on p.id = w.patient_id
join practitioner d on d.id = w.practitioner_id
left join appointment a on a.id = w.appointment_id and w.state = 'offered'
left join appointment h on h.id = a.id and h.state = 'held' and h.held_until > %(now)s
where w.patient_id = any(%(patient_ids)s::uuid[]) and w.state in ('waiting', 'offered') and w.ends_at > %(now)s
    and (a.id is null or a.state not in ('pending', 'booked', 'fulfilled', 'noshow'))
order by w.created_at, w.id;

-- name: waitlist_lock
select w.id, w.patient_id, w.practitioner_id, w.state, w.begins_at, w.ends_at, w.appointment_id, w.created_at
from waitlist_entry w
where w.id = %(id)s
for update;

-- name: waitlist_doctors
-- Doctors for whom somebody waits, after one of them.
select distinct w.practitioner_id
from waitlist_entry w
where w.state = 'waiting' and w.ends_at > %(now)s
    and (%(after)s::uuid is null or w.practitioner_id > %(after)s::uuid)
order by w.practitioner_id
limit %(limit)s;

-- name: waitlist_wanted
-- From when to when somebody waits for a doctor.
select min(w.begins_at) as begins_at, max(w.ends_at) as ends_at
from waitlist_entry w
where w.practitioner_id = %(practitioner_id)s and w.state = 'waiting' and w.ends_at > %(now)s;

-- name: waitlist_first
-- The first of these seats that somebody can use, and who of those waits longest.
select s.number, w.id, w.patient_id, w.practitioner_id, w.state, w.begins_at, w.ends_at, w.appointment_id,
    w.created_at
from unnest(%(starts)s::timestamptz[], %(ends)s::timestamptz[]) with ordinality as s (starts_at, ends_at, number)
cross join lateral (
    select e.id, e.patient_id, e.practitioner_id, e.state, e.begins_at, e.ends_at, e.appointment_id, e.created_at
    from waitlist_entry e
    join patient p on p.id = e.patient_id
    left join related_person r on r.patient_id = p.id
    join account c on c.id = coalesce(p.account_id, r.account_id)
    where e.practitioner_id = %(practitioner_id)s and e.state = 'waiting'
        and e.begins_at <= s.starts_at and e.ends_at > s.starts_at
        and e.id <> all (%(but_for)s::uuid[])
        and c.disabled_at is null
        -- Of a child who comes of age before, nobody books for it any more.
        and (r.state is null or (r.state = 'active' and (r.ends_at is null or r.ends_at > s.starts_at)))
        and not exists (
            select from waitlist_offer o where o.entry_id = e.id and o.starts_at = s.starts_at
        )
        and not exists (
            select from appointment a
            where a.patient_id = e.patient_id
                and a.starts_at > s.starts_at - %(longest)s::interval and a.starts_at < s.ends_at
                and a.ends_at > s.starts_at
                and (a.state = 'booked' or (a.state = 'held' and a.held_until > %(now)s))
        )
    order by e.queued_at, e.id
    limit 1
) w
order by s.number
limit 1;

-- name: waitlist_offer
update waitlist_entry
set state = 'offered', appointment_id = %(appointment_id)s
where id = %(id)s and state = 'waiting';

-- name: waitlist_offer_insert
insert into waitlist_offer (entry_id, starts_at, appointment_id, at)
values (%(id)s, %(starts_at)s, %(appointment_id)s, %(at)s);

-- name: waitlist_leave
update waitlist_entry set state = 'left', ended_at = %(at)s where id = %(id)s and state = %(old)s;

-- name: waitlist_leave_all
-- An offer of which nothing came is a place that waits, before anybody settled it.
update waitlist_entry w
set state = 'left', ended_at = %(at)s
where w.patient_id = %(patient_id)s and (
    w.state = 'waiting'
    or w.state = 'offered' and exists (
        select from appointment a
        where a.id = w.appointment_id and a.state in ('held', 'cancelled', 'expired')
            and (a.held_until is null or a.held_until <= %(at)s)
    )
)
returning w.id;

-- name: waitlist_taken
-- Of one patient, or of all.
update waitlist_entry w
set state = 'booked', ended_at = %(at)s
from appointment a
where w.state = 'offered' and a.id = w.appointment_id and a.state in ('pending', 'booked', 'fulfilled', 'noshow')
    and (%(patient_id)s::uuid is null or w.patient_id = %(patient_id)s)
returning w.id, w.patient_id;

-- name: waitlist_missed
update waitlist_entry w
set state = 'waiting', appointment_id = null, queued_at = %(at)s
from appointment a
where w.state = 'offered' and a.id = w.appointment_id and a.state in ('cancelled', 'expired')
    and (%(patient_id)s::uuid is null or w.patient_id = %(patient_id)s)
returning w.id, w.patient_id;

-- name: waitlist_over
update waitlist_entry w
set state = 'over', ended_at = %(at)s
where w.state = 'waiting' and w.ends_at <= %(at)s
    and (%(patient_id)s::uuid is null or w.patient_id = %(patient_id)s)
returning w.id, w.patient_id;
