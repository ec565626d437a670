-- name: second_factor_of
select f.id, f.kek, f.wrapped, f.confirmed_at, f.last_step, a.demo, a.login
from second_factor f
join account a on a.id = f.account_id
where f.account_id = %(account_id)s;

-- name: second_factor_begin
-- One that was confirmed stays: whoever knows the password alone must not put another in its place.
insert into second_factor (account_id, id, kek, wrapped, created_at)
values (%(account_id)s, %(id)s, %(kek)s, %(wrapped)s, %(at)s)
on conflict (account_id) do update
set id = excluded.id, kek = excluded.kek, wrapped = excluded.wrapped, created_at = excluded.created_at
where second_factor.confirmed_at is null;

-- name: second_factor_confirm
update second_factor set confirmed_at = %(at)s, last_step = %(step)s
where account_id = %(account_id)s and id = %(id)s and confirmed_at is null;

-- name: second_factor_use_step
-- Everybody knows a demonstration's codes, so using one up would only make others wait.
update second_factor f set last_step = greatest(f.last_step, %(step)s)
from account a
where f.account_id = %(account_id)s and f.id = %(id)s and a.id = f.account_id
    and (f.last_step < %(step)s or a.demo);

-- name: second_factor_remove
delete from second_factor where account_id = %(account_id)s;

-- name: recovery_codes_insert
insert into recovery_code (account_id, code_hash, created_at)
select %(account_id)s, c.code_hash, %(at)s
from unnest(%(code_hash)s::bytea[]) as c (code_hash);

-- name: recovery_codes_left
select count(*) as codes_left from recovery_code where account_id = %(account_id)s and used_at is null;

-- name: recovery_code_use
update recovery_code set used_at = %(at)s
where account_id = %(account_id)s and code_hash = %(code_hash)s and used_at is null;

-- name: recovery_codes_remove
delete from recovery_code where account_id = %(account_id)s;

-- name: second_factor_keys_under_others
select f.id, f.kek, f.wrapped
from second_factor f
where f.kek <> %(kek)s
order by f.id
limit %(limit)s
for update skip locked;

-- name: second_factor_rewrap_keys
update second_factor f
set kek = w.kek, wrapped = w.wrapped
from unnest(
    %(id)s::uuid[], %(kek_before)s::text[], %(kek)s::text[], %(wrapped)s::bytea[]
) as w (id, kek_before, kek, wrapped)
where f.id = w.id and f.kek = w.kek_before;
