-- name: slot_ownership
select o.practitioner_id, o.owner, o.quota_a_day, o.zone
from slot_ownership o
where o.practitioner_id = any(%(ids)s::uuid[]);

-- name: slot_ownership_write
insert into slot_ownership (practitioner_id, owner, quota_a_day, zone, changed_at)
values (%(practitioner_id)s, %(owner)s, %(quota_a_day)s, %(zone)s, %(at)s)
on conflict (practitioner_id) do update
set owner = excluded.owner, quota_a_day = excluded.quota_a_day, zone = excluded.zone,
    changed_at = excluded.changed_at;

-- name: slot_quota_release_ended
-- Holds that are over leave their seat of the quota, whether or not anybody ended them.
update appointment
set state = 'expired', held_until = null
where practitioner_id = %(practitioner_id)s and quota_day = %(day)s and state = 'held' and held_until <= %(now)s;

-- name: slot_quota_taken
select a.practitioner_id, a.quota_day, a.quota_seat
from appointment a
where a.practitioner_id = any(%(ids)s::uuid[]) and a.quota_day between %(first)s and %(last)s
    and a.quota_seat is not null and a.state not in ('cancelled', 'expired')
    and (a.held_until is null or a.held_until > %(now)s)
    and (%(but_for)s::uuid is null or a.id <> %(but_for)s);

-- name: slot_request_insert
insert into slot_request (
    id, appointment_id, practitioner_id, starts_at, ends_at, state, made_at, asked_at, asked_times, answer_by
)
values (
    %(id)s, %(appointment_id)s, %(practitioner_id)s, %(starts_at)s, %(ends_at)s, 'open', %(at)s, %(at)s, 1,
    %(answer_by)s
);

-- name: slot_request_by_id
select r.id, r.appointment_id, a.patient_id, r.practitioner_id, r.starts_at, r.ends_at, r.state, r.answer_by
from slot_request r
join appointment a on a.id = r.appointment_id
where r.id = %(id)s;

-- name: slot_request_lock
select r.id from slot_request r where r.id = %(id)s for update;

-- name: slot_request_standing
-- The request of an appointment that is open or was confirmed, which waits for whoever else has it.
select r.id from slot_request r
where r.appointment_id = %(appointment_id)s and r.state in ('open', 'confirmed')
for update;

-- name: slot_request_decide
update slot_request set state = %(new)s, decided_at = %(at)s where id = %(id)s and state = %(old)s;

-- name: slot_request_due
select r.id from slot_request r
where r.state = 'open' and r.answer_by <= %(now)s
order by r.answer_by
limit %(limit)s;

-- name: slot_request_ask_again
with unheard as (
    select r.id from slot_request r
    where r.state = 'open' and r.answer_by > %(now)s and r.asked_at <= %(asked_before)s
    order by r.asked_at
    limit %(limit)s
    for update skip locked
)
update slot_request r
set asked_at = %(now)s, asked_times = r.asked_times + 1
from unheard
where r.id = unheard.id
returning r.id, r.asked_times;

-- name: slot_pend
-- A hold that is still good, or that is over and has a seat: it waits for the HIS.
update appointment
set state = 'pending', held_until = null
where id = %(id)s and state = 'held' and held_until > %(now)s;

-- name: slot_pending_move
update appointment set state = %(new)s where id = %(id)s and state = 'pending';

-- name: slot_replan
-- The consultation of a visit that was called off and got another time; of a new visit there is none.
update consultation
set state = 'planned', arrived_at = null, ended_at = null
where appointment_id = %(id)s and state = 'cancelled';
