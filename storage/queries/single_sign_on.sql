-- name: sign_on_bind
insert into single_sign_on (issuer, subject, account_id, bound_at)
values (%(issuer)s, %(subject)s, %(account_id)s, %(at)s);

-- name: sign_on_unbind
delete from single_sign_on where account_id = %(account_id)s;

-- name: sign_on_account
select account_id
from single_sign_on
where issuer = %(issuer)s and subject = %(subject)s;

-- name: sign_on_staff_of_email
-- At most two: more than one is as good as none.
select a.id
from account a
where lower(a.email) = lower(%(email)s) and a.role <> 'patient'
    and not exists (select from single_sign_on s where s.account_id = a.id)
limit 2;

-- name: sign_on_attempt_insert
insert into single_sign_on_attempt (state_hash, binding_hash, nonce, verifier, expires_at)
values (%(state_hash)s, %(binding_hash)s, %(nonce)s, %(verifier)s, %(expires_at)s);

-- name: sign_on_attempt_take
delete from single_sign_on_attempt
where state_hash = %(state_hash)s and binding_hash = %(binding_hash)s
returning nonce, verifier, expires_at;
