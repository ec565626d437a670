-- name: sample_practitioner
select name from practitioner where id = %(id)s;

-- name: sample_population
-- Visits that took place: somebody was admitted. The digest is over the sorted ids (docs/archive-sampling.md).
select count(*) as population, sha256(coalesce(string_agg(uuid_send(c.id), ''::bytea order by c.id), '')) as digest
from appointment a
join consultation c on c.appointment_id = a.id
join practitioner d on d.id = a.practitioner_id
where a.starts_at >= %(begins_at)s and a.starts_at < %(ends_at)s
    and c.admitted_at is not null
    and (%(practitioner_id)s::uuid is null or a.practitioner_id = %(practitioner_id)s::uuid)
    and (%(specialty)s::text is null or d.specialty = %(specialty)s::text);

-- name: sample_population_ids
select c.id
from appointment a
join consultation c on c.appointment_id = a.id
join practitioner d on d.id = a.practitioner_id
where a.starts_at >= %(begins_at)s and a.starts_at < %(ends_at)s
    and c.admitted_at is not null
    and (%(practitioner_id)s::uuid is null or a.practitioner_id = %(practitioner_id)s::uuid)
    and (%(specialty)s::text is null or d.specialty = %(specialty)s::text)
order by c.id
limit %(limit)s;

-- name: sample_insert
insert into archive_sample (
    id, account_id, begins_at, ends_at, practitioner_id, specialty, seed, wanted, population, digest, created_at
)
values (
    %(id)s, %(account_id)s, %(begins_at)s, %(ends_at)s, %(practitioner_id)s, %(specialty)s, %(seed)s, %(wanted)s,
    %(population)s, %(digest)s, %(created_at)s
);

-- name: sample_items_insert
insert into archive_sample_item (sample_id, place, consultation_id)
select %(sample_id)s, i.place, i.consultation_id
from unnest(%(consultation_id)s::uuid[]) with ordinality as i (consultation_id, place);

-- name: sample_by_id
select s.id, s.account_id, o.display_name as account_name, s.begins_at, s.ends_at, s.practitioner_id,
    d.name as practitioner_name, s.specialty, s.seed, s.wanted, s.population, s.digest, s.created_at,
    r.size, r.reviewed, r.noted
from archive_sample s
join account o on o.id = s.account_id
left join practitioner d on d.id = s.practitioner_id
cross join lateral (
    select count(*) as size, count(l.finding) as reviewed, count(*) filter (where l.finding = 'note') as noted
    from archive_sample_item i
    left join lateral (
        select v.finding from archive_sample_review v
        where v.sample_id = i.sample_id and v.consultation_id = i.consultation_id
        order by v.reviewed_at desc, v.id desc
        limit 1
    ) l on true
    where i.sample_id = s.id
) r
where s.id = %(id)s;

-- name: sample_newest
select s.id, s.account_id, o.display_name as account_name, s.begins_at, s.ends_at, s.practitioner_id,
    d.name as practitioner_name, s.specialty, s.seed, s.wanted, s.population, s.digest, s.created_at,
    r.size, r.reviewed, r.noted
from archive_sample s
join account o on o.id = s.account_id
left join practitioner d on d.id = s.practitioner_id
cross join lateral (
    select count(*) as size, count(l.finding) as reviewed, count(*) filter (where l.finding = 'note') as noted
    from archive_sample_item i
    left join lateral (
        select v.finding from archive_sample_review v
        where v.sample_id = i.sample_id and v.consultation_id = i.consultation_id
        order by v.reviewed_at desc, v.id desc
        limit 1
    ) l on true
    where i.sample_id = s.id
) r
where %(before_at)s::timestamptz is null
    or (s.created_at, s.id) < (%(before_at)s::timestamptz, %(before_id)s::uuid)
order by s.created_at desc, s.id desc
limit %(limit)s;

-- name: sample_items
select i.place, i.consultation_id, a.patient_id, p.name as patient_name, d.name as practitioner_name, c.state,
    a.starts_at, l.account_id, l.account_name, l.finding, l.note, l.reviewed_at
from archive_sample_item i
join consultation c on c.id = i.consultation_id
join appointment a on a.id = c.appointment_id
join patient p on p.id = a.patient_id
join practitioner d on d.id = a.practitioner_id
left join lateral (
    select v.account_id, o.display_name as account_name, v.finding, v.note, v.reviewed_at
    from archive_sample_review v
    join account o on o.id = v.account_id
    where v.sample_id = i.sample_id and v.consultation_id = i.consultation_id
    order by v.reviewed_at desc, v.id desc
    limit 1
) l on true
where i.sample_id = %(sample_id)s
order by i.place;

-- name: sample_item_patient
select a.patient_id
from archive_sample_item i
join consultation c on c.id = i.consultation_id
join appointment a on a.id = c.appointment_id
where i.sample_id = %(sample_id)s and i.consultation_id = %(consultation_id)s;

-- name: sample_review_insert
insert into archive_sample_review (id, sample_id, consultation_id, account_id, finding, note, reviewed_at)
values (%(id)s, %(sample_id)s, %(consultation_id)s, %(account_id)s, %(finding)s, %(note)s, %(reviewed_at)s);
