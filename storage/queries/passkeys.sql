-- name: passkey_insert
insert into passkey (id, account_id, credential_id, public_key, sign_count, name, created_at)
values (%(id)s, %(account_id)s, %(credential_id)s, %(public_key)s, %(sign_count)s, %(name)s, %(at)s);

-- name: passkey_of_account
select id, account_id, credential_id, public_key, sign_count, name, created_at, last_used_at
from passkey
where account_id = %(account_id)s
order by created_at, id;

-- name: passkey_by_credential
select id, account_id, credential_id, public_key, sign_count, name, created_at, last_used_at
from passkey
where credential_id = %(credential_id)s;

-- name: passkey_use
-- Where a counter counts, whoever used it meanwhile has used this signature too.
update passkey set sign_count = %(sign_count)s, last_used_at = %(at)s
where id = %(id)s and sign_count = %(before)s;

-- name: passkey_remove
delete from passkey where id = %(id)s and account_id = %(account_id)s;

-- name: passkey_remove_all
delete from passkey where account_id = %(account_id)s;

-- name: passkey_lock_account
-- Two that are added at once are counted one after the other.
select id from account where id = %(account_id)s for update;

-- name: passkey_challenge_insert
insert into passkey_challenge (id, challenge, purpose, session_id, expires_at)
values (%(id)s, %(challenge)s, %(purpose)s, %(session_id)s, %(expires_at)s);

-- name: passkey_challenge_take
delete from passkey_challenge
where id = %(id)s and purpose = %(purpose)s and session_id is not distinct from %(session_id)s
returning challenge, expires_at;
