-- name: change_found
select a.moved_late, c.state as consultation_state
from appointment a
join consultation c on c.appointment_id = a.id
where a.id = %(id)s;

-- name: change_move
-- One row takes the new seat and frees the old one: never neither, never both.
update appointment
set starts_at = %(starts_at)s, ends_at = %(ends_at)s, seat = %(seat)s, moved_late = moved_late or %(late)s,
    slot_owner = %(slot_owner)s, quota_day = %(quota_day)s, quota_seat = %(quota_seat)s
where id = %(id)s and state = 'booked' and starts_at = %(was)s;

-- name: change_rebook
-- A visit that was called off gets its new time, with whichever doctor; what was paid stays with it.
update appointment
set state = %(state)s, practitioner_id = %(practitioner_id)s, practitioner_number = %(practitioner_number)s,
    starts_at = %(starts_at)s, ends_at = %(ends_at)s, seat = %(seat)s, moved_late = false,
    slot_owner = %(slot_owner)s, quota_day = %(quota_day)s, quota_seat = %(quota_seat)s
where id = %(id)s and state = 'cancelled';

-- name: change_forget_safety
-- The questions are asked anew for the new time; what was answered stays in the record.
update visit_safety s
set answered_seq = null, answered_at = null, flagged = false, located_seq = null, located_at = null
from consultation c
where c.appointment_id = %(id)s and s.consultation_id = c.id;

-- name: change_visits_within
-- Booked visits of a doctor that nobody has come to yet and that touch a time, the first first.
select a.id, a.patient_id
from appointment a
join consultation c on c.appointment_id = a.id
where a.practitioner_id = %(practitioner_id)s and a.state = 'booked' and c.state = 'planned'
    and a.starts_at > %(earliest)s and a.starts_at < %(end)s and a.ends_at > %(start)s
order by a.starts_at, a.id;

-- name: change_pending_within
-- Of requests, too, the time is taken away.
select a.id, a.patient_id
from appointment a
where a.practitioner_id = %(practitioner_id)s and a.state = 'pending'
    and a.starts_at > %(earliest)s and a.starts_at < %(end)s and a.ends_at > %(start)s
order by a.starts_at, a.id;

-- name: change_end_holds
update appointment
set state = 'expired', held_until = null
where practitioner_id = %(practitioner_id)s and state = 'held'
    and starts_at > %(earliest)s and starts_at < %(end)s and ends_at > %(start)s
returning id, patient_id;

-- name: change_missed
-- Booked visits whose time is over and in which the patient was never there.
with due as (
    select a.id, c.id as consultation_id
    from appointment a
    join consultation c on c.appointment_id = a.id
    join patient p on p.id = a.patient_id
    left join related_person r on r.patient_id = p.id
    where a.state = 'booked' and c.state = 'planned'
        and a.starts_at > %(earliest)s and a.ends_at <= %(over_before)s
        and not exists (
            select from archive_entry e
            where e.conversation_id = c.id
                and e.author = coalesce(p.account_id, r.account_id)::text
                and e.kind in ('arrived', 'joined', 'left', 'stepped-out')
                -- Whatever the patient does from the start on, even going, says that the patient is there.
                and (
                    e.recorded_at > a.starts_at
                    or (
                        e.kind in ('arrived', 'joined')
                        and e.recorded_at >= a.starts_at - %(door_opens_before)s
                        and not exists (
                            select from archive_entry w
                            where w.conversation_id = c.id and w.author = e.author and w.seq > e.seq
                                and w.kind in ('left', 'stepped-out') and w.recorded_at <= a.starts_at
                        )
                    )
                )
        )
    order by a.starts_at
    limit %(limit)s
    for update of c skip locked
)
update appointment a
set state = 'noshow'
from due
where a.id = due.id and a.state = 'booked'
returning a.id, a.patient_id;

-- name: change_came
update appointment set state = 'booked' where id = %(id)s and state = 'noshow';

-- name: rebooking_insert
insert into rebooking_offer (
    id, appointment_id, why, state, practitioner_id, starts_at, made_by, made_at, ends_at
)
values (
    %(id)s, %(appointment_id)s, %(why)s, 'open', %(practitioner_id)s, %(starts_at)s, %(made_by)s, %(at)s,
    %(ends_at)s
);

-- name: rebooking_by_id
select o.id, o.appointment_id, a.patient_id, o.practitioner_id, d.name as practitioner_name,
    d.title as practitioner_title, d.specialty, o.why, o.state, o.starts_at, o.ends_at, a.fee_minor, a.currency,
    p.name as patient_name
from rebooking_offer o
join appointment a on a.id = o.appointment_id
join patient p on p.id = a.patient_id
join practitioner d on d.id = o.practitioner_id
where o.id = %(id)s;

-- name: rebooking_of_patients
select o.id, o.appointment_id, a.patient_id, o.practitioner_id, d.name as practitioner_name,
    d.title as practitioner_title, d.specialty, o.why, o.state, o.starts_at, o.ends_at, a.fee_minor, a.currency,
    p.name as patient_name
from rebooking_offer o
join appointment a on a.id = o.appointment_id
join patient p on p.id = a.patient_id
join practitioner d on d.id = o.practitioner_id
where a.patient_id = any(%(patient_ids)s::uuid[]) and o.state = 'open' and o.ends_at > %(now)s
order by o.starts_at, o.id;

-- name: rebooking_decide
update rebooking_offer
set state = %(new)s, decided_at = %(at)s
where id = %(id)s and state = %(old)s;

-- name: rebooking_due
select o.id
from rebooking_offer o
where o.state = 'open' and o.ends_at <= %(now)s
order by o.ends_at
limit %(limit)s;

-- name: rebooking_specialty
select r.specialty_code from practitioner_role r where r.practitioner_id = %(practitioner_id)s;
