-- name: code_insert
insert into one_time_code (
    id, purpose, channel, destination, locale, kek, wrapped, tries, created_at, expires_at
)
values (
    %(id)s, %(purpose)s, %(channel)s, %(destination)s, %(locale)s, %(kek)s, %(wrapped)s, 0, %(at)s, %(expires_at)s
);

-- name: code_to_send
select id, purpose, channel, destination, locale, kek, wrapped, tries
from one_time_code
where id = %(id)s and passed_at is null and expires_at > %(at)s;

-- name: code_try
update one_time_code set tries = tries + 1
where id = %(id)s and purpose = %(purpose)s and tries < %(tries_max)s and passed_at is null
    and expires_at > %(at)s
returning id, purpose, channel, destination, locale, kek, wrapped, tries;

-- name: code_pass
update one_time_code
set passed_at = %(at)s, ticket_hash = %(ticket_hash)s, ticket_expires_at = %(ticket_expires_at)s
where id = %(id)s and passed_at is null;

-- name: code_ticket
select id, purpose, channel, destination, locale, kek, wrapped, tries
from one_time_code
where id = %(id)s and purpose = %(purpose)s and ticket_hash = %(ticket_hash)s and used_at is null
    and ticket_expires_at > %(at)s;

-- name: code_use
update one_time_code set used_at = %(at)s
where id = %(id)s and purpose = %(purpose)s and ticket_hash = %(ticket_hash)s and used_at is null
    and ticket_expires_at > %(at)s
returning id, purpose, channel, destination, locale, kek, wrapped, tries;

-- name: contact_insert
insert into account_contact (account_id, channel, value, proved_at)
values (%(account_id)s, %(channel)s, %(value)s, %(at)s);

-- name: contact_holder
-- A login that is spelled like the address counts as well: whoever types it means that account.
select a.id, a.login, a.role, a.display_name, a.locale, a.email, a.demo, a.disabled_at,
    p.id as patient_id, d.id as practitioner_id
from account a
left join patient p on p.account_id = a.id
left join practitioner d on d.account_id = a.id
where a.login = ltrim(%(value)s, '+')
    or a.id = (select account_id from account_contact where value = %(value)s)
order by a.login is distinct from ltrim(%(value)s, '+')
limit 1;

-- name: contact_owner
select a.id, a.login, a.role, a.display_name, a.locale, a.email, a.demo, a.disabled_at,
    p.id as patient_id, d.id as practitioner_id
from account_contact c
join account a on a.id = c.account_id
left join patient p on p.account_id = a.id
left join practitioner d on d.account_id = a.id
where c.value = %(value)s;

-- name: contact_list
select channel, value, proved_at
from account_contact
where account_id = %(account_id)s
order by channel;

-- name: consent_insert
insert into account_consent (account_id, notice, version, locale, digest, given_at)
values (%(account_id)s, 'privacy', %(version)s, %(locale)s, %(digest)s, %(at)s);
