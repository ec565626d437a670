-- name: patient_link_open
insert into patient_index_link (patient_id, state, identity_check_id, asked_at, asked_times)
values (%(patient_id)s, 'open', %(check_id)s, %(at)s, 1)
on conflict (patient_id) do nothing;

-- name: patient_link_open_missing
-- Of those whose names were verified while the HIS could not be asked.
insert into patient_index_link (patient_id, state, identity_check_id, asked_at, asked_times)
select c.patient_id, 'open', c.id, %(at)s, 1
from identity_check c
where c.state = 'verified'
    and not exists (select 1 from patient_index_link l where l.patient_id = c.patient_id)
order by c.decided_at
limit %(limit)s
on conflict (patient_id) do nothing
returning patient_id;

-- name: patient_link_by_patient
select l.patient_id, l.state, l.source, l.number, l.version, l.linked_at, l.identity_check_id
from patient_index_link l
where l.patient_id = %(patient_id)s
for update;

-- name: patient_link_move
update patient_index_link
set state = %(new)s, source = %(source)s, number = %(number)s, version = %(version)s, linked_at = %(linked_at)s,
    linked_by = %(linked_by)s
where patient_id = %(patient_id)s and state = %(old)s;

-- name: patient_link_unlinked
select l.patient_id, l.identity_check_id, l.state, p.name as patient_name, p.birth_date, c.decided_at as verified_at
from patient_index_link l
join patient p on p.id = l.patient_id
join identity_check c on c.id = l.identity_check_id
where l.state <> 'linked'
order by l.state = 'left', c.decided_at
limit %(limit)s;

-- name: patient_link_ask_again
with unheard as (
    select l.patient_id from patient_index_link l
    where l.state = 'open' and l.asked_at <= %(asked_before)s
    order by l.asked_at
    limit %(limit)s
    for update skip locked
)
update patient_index_link l
set asked_at = %(now)s, asked_times = l.asked_times + 1
from unheard
where l.patient_id = unheard.patient_id
returning l.patient_id, l.asked_times;
