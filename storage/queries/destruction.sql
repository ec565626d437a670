-- name: destruction_person
-- Locked, so that nobody is disabled between this look and the transaction's end.
select a.id, a.password_hash, a.created_at, a.disabled_at
from account a
where a.id = any(%(ids)s::uuid[])
order by a.id
for share;

-- name: destruction_insert
insert into destruction_request (id, requested_by, requested_at, expires_at, reason, due_by, state)
values (%(id)s, %(by)s, %(at)s, %(expires_at)s, %(reason)s, %(due_by)s, %(state)s);

-- name: destruction_records_insert
insert into destruction_record (request_id, consultation_id, due_at, rule)
select %(id)s, w.consultation_id, w.due_at, w.rule
from unnest(%(consultation_id)s::uuid[], %(due_at)s::timestamptz[], %(rule)s::text[])
    as w (consultation_id, due_at, rule);

-- name: destruction_lock
select r.id
from destruction_request r
where r.id = %(id)s
for update;

-- name: destruction_find
select r.id, r.requested_by, asker.display_name as requested_by_name, r.requested_at, r.expires_at, r.reason,
    r.due_by, r.state, r.ended_by, ender.display_name as ended_by_name, r.ended_at, r.ended_reason, r.completed_at,
    x.destroyed_by, destroyer.display_name as destroyed_by_name, x.destroyed_at, x.key_backups_expire_at,
    (select count(*) from destruction_record i where i.request_id = r.id) as records,
    (select count(*) from destruction_spared s where s.request_id = r.id) as spared,
    coalesce(
        (
            select json_agg(
                json_build_object('number', p.number, 'by', p.approved_by, 'name', who.display_name, 'at', p.approved_at)
                order by p.number
            )
            from destruction_approval p
            join account who on who.id = p.approved_by
            where p.request_id = r.id
        ),
        '[]'
    ) as approvals
from destruction_request r
join account asker on asker.id = r.requested_by
left join account ender on ender.id = r.ended_by
left join destruction x on x.request_id = r.id
left join account destroyer on destroyer.id = x.destroyed_by
where %(id)s::uuid is null or r.id = %(id)s::uuid
order by r.requested_at desc, r.id desc
limit %(limit)s;

-- name: destruction_records
select i.consultation_id, a.patient_id, p.name as patient_name, d.name as practitioner_name, a.starts_at, c.ended_at,
    i.due_at, i.rule, s.why as spared_why, s.at as spared_at, g.register_seq
from destruction_record i
join consultation c on c.id = i.consultation_id
join appointment a on a.id = c.appointment_id
join patient p on p.id = a.patient_id
join practitioner d on d.id = a.practitioner_id
left join destruction_spared s on s.request_id = i.request_id and s.consultation_id = i.consultation_id
left join destroyed_record g on g.request_id = i.request_id and g.consultation_id = i.consultation_id
where i.request_id = %(id)s
order by i.due_at, i.consultation_id;

-- name: destruction_approve
insert into destruction_approval (request_id, number, requested_by, expires_at, approved_by, approved_at)
values (%(id)s, %(number)s, %(requested_by)s, %(expires_at)s, %(by)s, %(at)s);

-- name: destruction_move
update destruction_request
set state = %(new)s
where id = %(id)s and state = %(old)s;

-- name: destruction_end
update destruction_request
set state = %(new)s, ended_by = %(by)s, ended_at = %(at)s, ended_reason = %(reason)s
where id = %(id)s and state = %(old)s;

-- name: destruction_complete
update destruction_request
set state = %(new)s, completed_at = %(at)s
where id = %(id)s and state = %(old)s;

-- name: destruction_spare
insert into destruction_spared (request_id, consultation_id, why, at)
select %(id)s, w.consultation_id, w.why, %(at)s
from unnest(%(consultation_id)s::uuid[], %(why)s::text[]) as w (consultation_id, why)
on conflict do nothing;

-- name: destruction_live_with
-- Locked in the order of ids: whoever takes records out of several requests takes turns with others that do.
select r.id
from destruction_request r
where r.state in ('requested', 'approved-once', 'approved')
    and exists (
        select from destruction_record i
        where i.request_id = r.id
            and i.consultation_id = any(%(ids)s::uuid[])
            and not exists (
                select from destruction_spared s
                where s.request_id = i.request_id and s.consultation_id = i.consultation_id
            )
    )
order by r.id
for update;

-- name: destruction_keep
insert into destruction (request_id, destroyed_by, destroyed_at, key_backups_expire_at)
values (%(id)s, %(by)s, %(at)s, %(key_backups_expire_at)s);

-- name: destruction_keep_records
insert into destroyed_record (consultation_id, request_id, register_seq)
select w.consultation_id, %(id)s, w.register_seq
from unnest(%(consultation_id)s::uuid[], %(register_seq)s::bigint[]) as w (consultation_id, register_seq);

-- name: destruction_keys
update archive_key
set wrapped = null, destroyed_at = %(at)s
where conversation_id = any(%(ids)s::uuid[]) and wrapped is not null;

-- name: destruction_expired
select r.id
from destruction_request r
where r.state in ('requested', 'approved-once', 'approved') and r.expires_at <= %(now)s
order by r.id
limit %(limit)s
for update skip locked;

-- name: destruction_completed
select r.id
from destruction_request r
join destruction x on x.request_id = r.id
where r.state = 'key-destroyed' and x.key_backups_expire_at <= %(now)s
order by r.id
limit %(limit)s
for update of r skip locked;

-- name: destruction_of_records
select g.consultation_id, g.request_id, g.register_seq, r.state, r.reason, i.rule, i.due_at,
    x.destroyed_at, x.key_backups_expire_at, asker.display_name as requested_by_name,
    first.display_name as first_approver_name, second.display_name as second_approver_name
from destroyed_record g
join destruction_record i on i.request_id = g.request_id and i.consultation_id = g.consultation_id
join destruction x on x.request_id = g.request_id
join destruction_request r on r.id = g.request_id
join account asker on asker.id = r.requested_by
join destruction_approval p1 on p1.request_id = g.request_id and p1.number = 1
join account first on first.id = p1.approved_by
join destruction_approval p2 on p2.request_id = g.request_id and p2.number = 2
join account second on second.id = p2.approved_by
where g.consultation_id = any(%(ids)s::uuid[]);
