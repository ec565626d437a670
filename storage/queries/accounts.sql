-- name: account_insert
insert into account (id, login, password_hash, role, display_name, locale, email, demo, created_at)
values (
    %(id)s, %(login)s, %(password_hash)s, %(role)s, %(display_name)s, %(locale)s, %(email)s, %(demo)s, %(at)s
);

-- name: account_patient_insert
insert into patient (id, account_id, name, birth_date, created_at)
values (%(id)s, %(account_id)s, %(name)s, %(birth_date)s, %(at)s);

-- name: account_practitioner_insert
insert into practitioner (id, account_id, name, title, specialty, created_at)
values (%(id)s, %(account_id)s, %(name)s, %(title)s, %(specialty)s, %(at)s);

-- name: account_by_id
select a.id, a.login, a.role, a.display_name, a.locale, a.email, a.demo, a.disabled_at,
    p.id as patient_id, d.id as practitioner_id
from account a
left join patient p on p.account_id = a.id
left join practitioner d on d.account_id = a.id
where a.id = %(id)s;

-- name: account_page
select a.id, a.login, a.role, a.display_name, a.locale, a.email, a.demo, a.disabled_at,
    p.id as patient_id, d.id as practitioner_id
from account a
left join patient p on p.account_id = a.id
left join practitioner d on d.account_id = a.id
where (%(after)s::text is null or a.login > %(after)s)
    and (%(role)s::text is null or a.role = %(role)s)
    and (
        %(part)s::text is null or position(lower(%(part)s) in lower(a.display_name)) > 0
        or position(lower(%(part)s) in a.login) > 0
    )
order by a.login
limit %(limit)s;

-- name: account_list
select a.id, a.login, a.role, a.display_name, a.locale, a.email, a.demo, a.disabled_at,
    p.id as patient_id, d.id as practitioner_id
from account a
left join patient p on p.account_id = a.id
left join practitioner d on d.account_id = a.id
order by a.login;

-- name: account_demo
select a.id, a.login, a.role, a.display_name, a.locale, a.email, a.demo, a.disabled_at,
    p.id as patient_id, d.id as practitioner_id
from account a
left join patient p on p.account_id = a.id
left join practitioner d on d.account_id = a.id
where a.demo
order by a.login;

-- name: account_credentials
select a.id, a.login, a.role, a.display_name, a.locale, a.email, a.demo, a.disabled_at, a.password_hash,
    p.id as patient_id, d.id as practitioner_id
from account a
left join patient p on p.account_id = a.id
left join practitioner d on d.account_id = a.id
where a.login = %(login)s or a.id = (select account_id from account_contact where value = %(contact)s)
order by a.login is distinct from %(login)s
limit 1;

-- name: account_password
select a.password_hash
from account a
where a.id = %(id)s and a.disabled_at is null;

-- name: account_disable
update account set disabled_at = %(at)s where id = %(id)s and disabled_at is null;

-- name: account_enable
update account set disabled_at = null where id = %(id)s and disabled_at is not null;

-- name: account_rehash
update account set password_hash = %(new)s where id = %(id)s and password_hash = %(old)s;

-- name: account_set_password
update account set password_hash = %(new)s where id = %(id)s and disabled_at is null and not demo;
