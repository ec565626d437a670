-- name: profile_insert
insert into practitioner_role (practitioner_id, state, specialty_code, currency, languages, consent_on_file)
values (%(practitioner_id)s, %(state)s, %(specialty_code)s, %(currency)s, %(languages)s, false);

-- name: profile_by_id
select d.id, d.name, d.title, r.state, r.specialty_code, r.licence_number, r.fee_minor, r.currency, r.languages,
    r.practising_since, r.biography_zh, r.biography_en, r.consent_on_file, r.reason, r.submitted_at, r.decided_at
from practitioner_role r
join practitioner d on d.id = r.practitioner_id
where r.practitioner_id = %(id)s;

-- name: profile_lock
select r.practitioner_id
from practitioner_role r
where r.practitioner_id = %(id)s
for update;

-- name: profile_list
select d.id, d.name, d.title, r.state, r.specialty_code, r.licence_number, r.fee_minor, r.currency, r.languages,
    r.practising_since, r.biography_zh, r.biography_en, r.consent_on_file, r.reason, r.submitted_at, r.decided_at
from practitioner_role r
join practitioner d on d.id = r.practitioner_id
where %(after_id)s::uuid is null
    or (r.state <> 'submitted', d.name, d.id) > (%(after_settled)s::boolean, %(after_name)s::text, %(after_id)s::uuid)
order by r.state <> 'submitted', d.name, d.id
limit %(limit)s;

-- name: profile_write
update practitioner_role
set specialty_code = %(specialty_code)s, licence_number = %(licence_number)s, fee_minor = %(fee_minor)s,
    currency = %(currency)s, languages = %(languages)s, practising_since = %(practising_since)s,
    biography_zh = %(biography_zh)s, biography_en = %(biography_en)s, consent_on_file = %(consent_on_file)s
where practitioner_id = %(id)s;

-- name: profile_write_practitioner
update practitioner set title = %(title)s, specialty = coalesce(%(specialty)s, specialty) where id = %(id)s;

-- name: profile_move
update practitioner_role
set state = %(new)s, reason = %(reason)s, submitted_at = %(submitted_at)s, decided_at = %(decided_at)s
where practitioner_id = %(id)s and state = %(old)s;

-- name: directory_page
select d.id, d.name, d.title, r.specialty_code, r.fee_minor, r.currency, r.languages, r.practising_since,
    r.biography_zh, r.biography_en
from practitioner_role r
join practitioner d on d.id = r.practitioner_id
join account a on a.id = d.account_id
where r.state = 'approved' and a.disabled_at is null
    and (%(specialty)s::text is null or r.specialty_code = %(specialty)s)
    and (%(language)s::text is null or %(language)s = any (r.languages))
    and (%(part)s::text is null or position(lower(%(part)s) in lower(d.name)) > 0)
    -- Who offers nothing near a day has no free slot on it; which slots there are is computed elsewhere.
    -- Elsewhere the day may have another date. Scalar, so that each is asked for a doctor of the page alone:
    -- whatever can be hashed reads the hours of the whole hospital first.
    and (
        %(day)s::date is null
        or (
            select true
            from schedule_template t
            where t.practitioner_id = d.id
                and t.weekday = any (case when t.zone = %(zone)s then %(weekday)s else %(near)s end)
                and t.valid_from <= %(day)s::date + 1
                and (t.valid_to is null or t.valid_to >= %(day)s::date - 1)
            limit 1
        )
        or (
            select true
            from schedule_exception e
            where e.practitioner_id = d.id and e.kind = 'extra'
                and e.day between %(day)s::date - 1 and %(day)s::date + 1
            limit 1
        )
    )
    and (%(after_name)s::text is null or (d.name, d.id) > (%(after_name)s, %(after_id)s::uuid))
order by d.name, d.id
limit %(limit)s;

-- name: directory_doctor
select d.id, d.name, d.title, r.specialty_code, r.fee_minor, r.currency, r.languages, r.practising_since,
    r.biography_zh, r.biography_en
from practitioner_role r
join practitioner d on d.id = r.practitioner_id
join account a on a.id = d.account_id
where d.id = %(id)s and r.state = 'approved' and a.disabled_at is null;
