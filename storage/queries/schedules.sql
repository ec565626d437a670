-- name: schedule_templates
select t.id, t.practitioner_id, t.weekday, t.begins_minute, t.ends_minute, t.slot_minutes, t.capacity, t.zone,
    t.valid_from, t.valid_to
from schedule_template t
where t.practitioner_id = any (%(ids)s::uuid[]) and t.weekday = any (case when t.zone = %(zone)s then %(weekday)s else %(near)s end)
    and t.valid_from <= %(last)s and (t.valid_to is null or t.valid_to >= %(first)s)
order by t.practitioner_id, t.weekday, t.begins_minute, t.id;

-- name: schedule_exceptions
select e.id, e.practitioner_id, e.kind, e.day, e.begins_minute, e.ends_minute, e.slot_minutes, e.capacity, e.zone
from schedule_exception e
where e.practitioner_id = any (%(ids)s::uuid[]) and e.day between %(first)s and %(last)s
order by e.practitioner_id, e.day, e.begins_minute, e.id;

-- name: schedule_leaves
select l.id, l.practitioner_id, l.begins_at, l.ends_at
from schedule_leave l
where l.practitioner_id = any (%(ids)s::uuid[]) and l.ends_at > %(start)s and l.begins_at < %(end)s
order by l.practitioner_id, l.begins_at, l.id;

-- name: schedule_booked
-- One row for each doctor: thousands of small rows would cost more than the times in them.
select a.practitioner_id,
    array_agg((extract(epoch from a.starts_at) * 1000000)::bigint) as begins_us,
    array_agg((extract(epoch from a.ends_at) * 1000000)::bigint) as ends_us
from appointment a
where a.practitioner_id = any (%(ids)s::uuid[]) and a.state not in ('cancelled', 'expired')
    and a.starts_at > %(earliest)s and a.starts_at < %(end)s
    -- A hold that is over takes nothing, whether or not anybody ended it.
    and (a.held_until is null or a.held_until > %(now)s)
group by a.practitioner_id;

-- name: schedule_booked_between
select count(*) as booked
from appointment a
where a.practitioner_id = %(id)s and a.state = 'booked'
    and a.starts_at > %(earliest)s and a.starts_at < %(end)s and a.ends_at > %(start)s;

-- name: schedule_counts
select (select count(*) from schedule_template t where t.practitioner_id = %(id)s) as templates,
    (select count(*) from schedule_exception e where e.practitioner_id = %(id)s and e.day >= %(today)s) as exceptions,
    (select count(*) from schedule_leave l where l.practitioner_id = %(id)s and l.ends_at > %(now)s) as leaves;

-- name: schedule_template_insert
insert into schedule_template (
    id, practitioner_id, practitioner_number, weekday, begins_minute, ends_minute, slot_minutes, capacity, zone,
    valid_from, valid_to, created_at
)
select %(id)s, d.id, d.number, %(weekday)s, %(begins_minute)s, %(ends_minute)s, %(slot_minutes)s, %(capacity)s,
    %(zone)s, %(valid_from)s, %(valid_to)s, %(at)s
from practitioner d
where d.id = %(practitioner_id)s;

-- name: schedule_template_write
update schedule_template
set weekday = %(weekday)s, begins_minute = %(begins_minute)s, ends_minute = %(ends_minute)s,
    slot_minutes = %(slot_minutes)s, capacity = %(capacity)s, zone = %(zone)s, valid_from = %(valid_from)s,
    valid_to = %(valid_to)s
where id = %(id)s
returning practitioner_id;

-- name: schedule_template_delete
delete from schedule_template where id = %(id)s returning practitioner_id;

-- name: schedule_exception_insert
insert into schedule_exception (
    id, practitioner_id, kind, day, begins_minute, ends_minute, slot_minutes, capacity, zone, created_at
)
values (
    %(id)s, %(practitioner_id)s, %(kind)s, %(day)s, %(begins_minute)s, %(ends_minute)s, %(slot_minutes)s,
    %(capacity)s, %(zone)s, %(at)s
);

-- name: schedule_exception_delete
delete from schedule_exception where id = %(id)s returning practitioner_id;

-- name: schedule_leave_insert
insert into schedule_leave (id, practitioner_id, begins_at, ends_at, created_at)
values (%(id)s, %(practitioner_id)s, %(begins_at)s, %(ends_at)s, %(at)s);

-- name: schedule_leave_owner
select l.practitioner_id from schedule_leave l where l.id = %(id)s;

-- name: schedule_leave_delete
delete from schedule_leave where id = %(id)s;
