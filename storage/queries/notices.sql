-- name: notice_recipient
-- Of a family member whoever acts is told; once the right is over, nobody.
select a.id as account_id, p.id as patient_id, coalesce(a.disabled_at, r.ended_at) as disabled_at, ap.starts_at, coalesce(k.sequence, 0) as sequence,
    coalesce(e.value, a.email) is not null as has_email, t.value is not null as has_phone,
    np.way, np.locale, np.time_zone, coalesce(np.reminders, true) as reminders
from appointment ap
join patient p on p.id = ap.patient_id
left join related_person r on r.patient_id = p.id
join account a on a.id = coalesce(p.account_id, r.account_id)
left join account_contact e on e.account_id = a.id and e.channel = 'email'
left join account_contact t on t.account_id = a.id and t.channel = 'phone'
left join notice_preference np on np.account_id = a.id
left join appointment_calendar k on k.appointment_id = ap.id
where ap.id = %(appointment_id)s;

-- name: notice_calendar_begin
insert into appointment_calendar (appointment_id, sequence, changed_at)
values (%(appointment_id)s, 0, %(at)s)
on conflict (appointment_id) do nothing;

-- name: notice_calendar_move
insert into appointment_calendar as k (appointment_id, sequence, changed_at)
values (%(appointment_id)s, 1, %(at)s)
on conflict (appointment_id) do update set sequence = k.sequence + 1, changed_at = %(at)s
returning sequence;

-- name: notice_calendar
select sequence, changed_at from appointment_calendar where appointment_id = %(appointment_id)s;

-- name: notice_insert
-- A repeated one does nothing, unless a wish of its recipient had dropped it.
insert into notice (
    id, kind, appointment_id, occasion, account_id, channel, sequence, facts, state, due_at, useful_until, tries,
    created_at, moved_at
)
values (
    %(id)s, %(kind)s, %(appointment_id)s, %(occasion)s, %(account_id)s, %(channel)s, %(sequence)s, %(facts)s::jsonb,
    %(state)s, %(due_at)s, %(useful_until)s, 0, %(at)s, %(at)s
)
on conflict on constraint notice_once do update
    set state = excluded.state, reason = null, moved_at = excluded.moved_at
    where notice.state = 'dropped' and notice.reason = %(wish)s and excluded.state = 'waiting'
returning id;

-- name: notice_drop_superseded
update notice
set state = 'dropped', reason = 'superseded', moved_at = %(at)s
where appointment_id = %(appointment_id)s and state = 'waiting' and kind = any(%(kinds)s)
    and sequence < %(sequence)s;

-- name: notice_to_send
select n.id, n.kind, n.appointment_id, n.account_id, n.channel, n.sequence, n.facts, n.state, n.due_at,
    n.useful_until, n.tries, n.reason, n.created_at,
    ap.state as appointment_state, ap.starts_at, ap.ends_at, c.state as consultation_state,
    p.id as patient_id, p.name as patient_name, d.name as practitioner_name,
    coalesce(a.disabled_at, r.ended_at) as disabled_at, coalesce(np.locale, a.locale) as locale, np.time_zone, coalesce(np.reminders, true) as reminders,
    coalesce(e.value, a.email) as email, t.value as phone,
    coalesce(k.sequence, 0) as calendar_sequence, coalesce(k.changed_at, ap.created_at) as calendar_changed_at
from notice n
join appointment ap on ap.id = n.appointment_id
left join consultation c on c.appointment_id = ap.id
join patient p on p.id = ap.patient_id
left join related_person r on r.patient_id = p.id
join practitioner d on d.id = ap.practitioner_id
join account a on a.id = n.account_id
left join account_contact e on e.account_id = a.id and e.channel = 'email'
left join account_contact t on t.account_id = a.id and t.channel = 'phone'
left join notice_preference np on np.account_id = a.id
left join appointment_calendar k on k.appointment_id = ap.id
where n.id = %(id)s
for update of n;

-- name: notice_in_hand
-- What keeping the outcome needs: who it was written to is not asked for a second time.
select n.id, n.kind, n.channel, n.state, ap.patient_id
from notice n
join appointment ap on ap.id = n.appointment_id
where n.id = %(id)s
for update of n;

-- name: notice_move
update notice
set state = %(new)s, reason = %(reason)s, provider_id = %(provider_id)s, tries = tries + %(tries)s,
    due_at = coalesce(%(due_at)s, due_at), useful_until = coalesce(%(useful_until)s, useful_until),
    moved_at = %(at)s
where id = %(id)s and state = %(old)s;

-- name: notice_take_due
-- Those of several nodes do not wait for each other: what one has locked the others leave to it.
update notice
set state = 'queued', moved_at = %(at)s
where id in (
    select id from notice
    where state = 'waiting' and due_at <= %(at)s
    order by due_at
    limit %(limit)s
    for update skip locked
)
returning id;

-- name: notice_waiting_of_account
select id, kind, appointment_id, occasion, channel, sequence, facts, due_at, useful_until
from notice
where account_id = %(account_id)s and state = 'waiting'
order by id
for update;

-- name: notice_dropped_reminders
-- What a wish had dropped, and could still come.
select distinct on (appointment_id, kind, occasion)
    id, kind, appointment_id, occasion, channel, sequence, facts, due_at, useful_until
from notice
where account_id = %(account_id)s and state = 'dropped' and reason = %(wish)s and due_at > %(at)s
order by appointment_id, kind, occasion, id;

-- name: notice_preferences
select a.email, e.value as email_contact, t.value as phone, a.locale as account_locale,
    np.way, np.locale, np.time_zone, coalesce(np.reminders, true) as reminders
from account a
left join account_contact e on e.account_id = a.id and e.channel = 'email'
left join account_contact t on t.account_id = a.id and t.channel = 'phone'
left join notice_preference np on np.account_id = a.id
where a.id = %(account_id)s;

-- name: notice_preference_put
insert into notice_preference (account_id, way, locale, time_zone, reminders, changed_at)
values (%(account_id)s, %(way)s, %(locale)s, %(time_zone)s, %(reminders)s, %(at)s)
on conflict (account_id) do update
    set way = excluded.way, locale = excluded.locale, time_zone = excluded.time_zone,
        reminders = excluded.reminders, changed_at = excluded.changed_at;

-- name: notice_list
select n.id, n.kind, n.channel, n.state, n.tries, n.reason, n.provider_id, n.due_at, n.created_at, n.moved_at,
    n.appointment_id, ap.starts_at, p.id as patient_id, p.name as patient_name
from notice n
join appointment ap on ap.id = n.appointment_id
join patient p on p.id = ap.patient_id
where n.state = any(%(states)s)
    and (%(before_id)s::uuid is null or n.id < %(before_id)s)
order by n.id desc
limit %(limit)s;

-- name: notice_figures
-- A dropped one that somebody would have needed is counted apart from those that nobody needed any more.
select channel, state, state = 'dropped' and coalesce(reason = any(%(unsent)s), false) as unsent, count(*) as count
from notice
where created_at >= %(since)s
group by 1, 2, 3;
