-- name: search_lock_account
-- Two searches that one auditor begins at once are counted one after the other.
select pg_advisory_xact_lock(hashtextextended('archive_search:' || %(account_id)s::text, 0));

-- name: search_running
select count(*) as running from archive_search where account_id = %(account_id)s and state = 'running'
    and created_at > %(since)s;

-- name: search_names
-- Whether they exist, and what they are called.
select
    (select name from patient where id = %(patient_id)s::uuid) as patient,
    (select name from practitioner where id = %(practitioner_id)s::uuid) as practitioner;

-- name: search_patients
-- The collation folds case in all scripts, whatever the database's own.
select p.id, p.name, p.birth_date
from patient p
where strpos(lower(p.name collate "pg_c_utf8"), lower(%(name)s::text collate "pg_c_utf8")) > 0
order by p.name, p.id
limit %(limit)s;

-- name: search_count
select count(*) as total
from appointment a
join consultation c on c.appointment_id = a.id
join archive_head h on h.conversation_id = c.id and h.size > 0
where (%(patient_id)s::uuid is null or a.patient_id = %(patient_id)s::uuid)
    and (%(practitioner_id)s::uuid is null or a.practitioner_id = %(practitioner_id)s::uuid)
    and (%(begins_at)s::timestamptz is null or a.starts_at >= %(begins_at)s::timestamptz)
    and (%(ends_at)s::timestamptz is null or a.starts_at < %(ends_at)s::timestamptz);

-- name: search_consultations
select c.id
from appointment a
join consultation c on c.appointment_id = a.id
join archive_head h on h.conversation_id = c.id and h.size > 0
where (%(patient_id)s::uuid is null or a.patient_id = %(patient_id)s::uuid)
    and (%(practitioner_id)s::uuid is null or a.practitioner_id = %(practitioner_id)s::uuid)
    and (%(begins_at)s::timestamptz is null or a.starts_at >= %(begins_at)s::timestamptz)
    and (%(ends_at)s::timestamptz is null or a.starts_at < %(ends_at)s::timestamptz)
order by a.starts_at desc, c.id desc
limit %(limit)s;

-- name: search_insert
insert into archive_search (
    id, account_id, session_id, reason, patient_id, practitioner_id, begins_at, ends_at, state, consultations,
    total, done, hits, capped, destroyed, damaged, kek, wrapped, word, created_at, ended_at
)
values (
    %(id)s, %(account_id)s, %(session_id)s, %(reason)s, %(patient_id)s, %(practitioner_id)s, %(begins_at)s,
    %(ends_at)s, 'running', %(consultations)s::uuid[], cardinality(%(consultations)s::uuid[]), 0, 0, false, 0, 0,
    %(kek)s, %(wrapped)s, %(word)s, %(created_at)s, null
);

-- name: search_by_id
select s.id, s.account_id, o.display_name as account_name, s.session_id, s.reason, s.patient_id, p.name as patient_name,
    s.practitioner_id, d.name as practitioner_name, s.begins_at, s.ends_at, s.state, s.total, s.done, s.hits,
    s.capped, s.destroyed, s.damaged, s.kek, s.wrapped, s.word, s.created_at, s.ended_at
from archive_search s
join account o on o.id = s.account_id
left join patient p on p.id = s.patient_id
left join practitioner d on d.id = s.practitioner_id
where s.id = %(id)s;

-- name: search_newest
select s.id, s.account_id, o.display_name as account_name, s.session_id, s.reason, s.patient_id, p.name as patient_name,
    s.practitioner_id, d.name as practitioner_name, s.begins_at, s.ends_at, s.state, s.total, s.done, s.hits,
    s.capped, s.destroyed, s.damaged, s.kek, s.wrapped, s.word, s.created_at, s.ended_at
from archive_search s
join account o on o.id = s.account_id
left join patient p on p.id = s.patient_id
left join practitioner d on d.id = s.practitioner_id
order by s.created_at desc, s.id desc
limit %(limit)s;

-- name: search_requester
select o.role, o.disabled_at, s.account_id, s.session_id, s.state
from archive_search s
join account o on o.id = s.account_id
where s.id = %(id)s;

-- name: search_lock
-- What is searched next, by whoever holds the row: a second worker waits, and then sees how far it is.
select s.state, s.done, s.total, s.hits, s.kek, s.wrapped, s.word, s.created_at,
    s.consultations[s.done + 1 : s.done + %(limit)s] as consultations
from archive_search s
where s.id = %(id)s
for update;

-- name: search_keys
select c.id, a.patient_id, k.kek, k.wrapped, k.destroyed_at
from consultation c
join appointment a on a.id = c.appointment_id
left join archive_key k on k.conversation_id = c.id
where c.id = any(%(ids)s::uuid[]);

-- name: search_entries
-- What people wrote in a consultation and, after it, in its addendum.
select e.conversation_id, e.seq, e.message_id, e.author, e.kind,
    greatest(least(e.recorded_at, '9999-12-30 00:00+00'), '0001-01-02 00:00+00') as recorded_at,
    e.commitment, e.entry_hash, e.sealed
from archive_entry e
where e.conversation_id = %(conversation_id)s
    and e.seq > %(after_seq)s
    and e.kind = any(%(kinds)s::text[])
order by e.seq
limit %(limit)s;

-- name: search_hits_insert
insert into archive_search_hit (search_id, consultation_id, conversation_id, seq)
select %(search_id)s, h.consultation_id, h.conversation_id, h.seq
from unnest(
    %(consultation_id)s::uuid[], %(conversation_id)s::uuid[], %(seq)s::bigint[]
) with ordinality as h (consultation_id, conversation_id, seq, place)
order by h.place;

-- name: search_progress
update archive_search
set done = %(done)s, hits = hits + %(hits)s, destroyed = destroyed + %(destroyed)s, damaged = damaged + %(damaged)s,
    capped = %(capped)s
where id = %(id)s and state = 'running' and done = %(before)s;

-- name: search_move
update archive_search
set state = %(new)s, ended_at = %(at)s
where id = %(id)s and state = %(old)s;

-- name: search_hits
-- Where the word stands, with the entries as they are kept now; one that is gone since has no header.
select h.id, h.consultation_id, h.conversation_id, h.seq, a.patient_id, p.name as patient_name,
    d.name as practitioner_name, a.starts_at, k.kek, k.wrapped, k.destroyed_at, e.message_id, e.author, e.kind,
    greatest(least(e.recorded_at, '9999-12-30 00:00+00'), '0001-01-02 00:00+00') as recorded_at,
    e.commitment, e.entry_hash, e.sealed
from archive_search_hit h
join consultation c on c.id = h.consultation_id
join appointment a on a.id = c.appointment_id
join patient p on p.id = a.patient_id
join practitioner d on d.id = a.practitioner_id
left join archive_key k on k.conversation_id = h.consultation_id
left join archive_entry e on e.conversation_id = h.conversation_id and e.seq = h.seq
where h.search_id = %(search_id)s and h.id > %(after)s
order by h.id
limit %(limit)s;

-- name: search_keys_under_others
select s.id, s.kek, s.wrapped
from archive_search s
where s.wrapped is not null and s.kek <> %(kek)s
order by s.id
limit %(limit)s
for update skip locked;

-- name: search_rewrap_keys
update archive_search s
set kek = w.kek, wrapped = w.wrapped
from unnest(
    %(id)s::uuid[], %(kek_before)s::text[], %(kek)s::text[], %(wrapped)s::bytea[]
) as w (id, kek_before, kek, wrapped)
where s.id = w.id and s.wrapped is not null and s.kek = w.kek_before;

-- name: housekeeping_searches
-- That somebody searched, why, where and how much was found, stays.
with due as (
    select id from archive_search
    where state <> 'expired' and created_at <= %(before)s
    limit %(limit)s
    for update skip locked
),
dropped as (
    delete from archive_search_hit where search_id in (select id from due)
)
update archive_search s
set state = 'expired', ended_at = coalesce(s.ended_at, s.created_at), consultations = '{}', kek = null,
    wrapped = null, word = null
from due
where s.id = due.id;
