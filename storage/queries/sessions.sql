-- name: session_insert
-- Locking the account's row makes this and disabling the account happen one after the other.
insert into session (
    id, account_id, state, token_hash, user_agent, created_at, last_seen_at, idle_expires_at,
    absolute_expires_at, proved_at
)
select %(id)s, a.id, %(state)s, %(token_hash)s, %(user_agent)s, %(at)s, %(at)s, %(idle_expires_at)s,
    %(absolute_expires_at)s, %(proved_at)s
from account a
where a.id = %(account_id)s and a.disabled_at is null
for share;

-- name: session_resume
select a.id, a.login, a.role, a.display_name, a.locale, a.email, a.demo, a.disabled_at,
    p.id as patient_id, d.id as practitioner_id,
    s.id as session_id, s.state, s.last_seen_at, s.idle_expires_at, s.absolute_expires_at
from session s
join account a on a.id = s.account_id
left join patient p on p.account_id = a.id
left join practitioner d on d.account_id = a.id
where s.token_hash = %(token_hash)s and s.revoked_at is null and a.disabled_at is null
    and s.idle_expires_at > %(at)s and s.absolute_expires_at > %(at)s;

-- name: session_complete
-- Whoever saw the token before the second factor was given has nothing in the hand afterwards.
update session s
set state = 'open', token_hash = %(token_hash)s, last_seen_at = %(at)s, proved_at = %(at)s,
    idle_expires_at = %(idle_expires_at)s, absolute_expires_at = %(absolute_expires_at)s
from account a
where s.id = %(id)s and s.account_id = %(account_id)s and s.state = 'second-factor-pending'
    and s.revoked_at is null and s.absolute_expires_at > %(at)s
    and a.id = s.account_id and a.disabled_at is null;

-- name: session_proved_at
select proved_at
from session
where id = %(id)s and account_id = %(account_id)s and state = 'open' and revoked_at is null
    and absolute_expires_at > %(at)s;

-- name: session_prove
update session set proved_at = %(at)s
where id = %(id)s and account_id = %(account_id)s and state = 'open' and revoked_at is null
    and absolute_expires_at > %(at)s;

-- name: session_touch
update session set last_seen_at = %(at)s, idle_expires_at = %(idle_expires_at)s
where id = %(id)s and last_seen_at = %(seen)s and revoked_at is null;

-- name: session_open
select id, user_agent, created_at, last_seen_at, idle_expires_at
from session
where account_id = %(account_id)s and state = 'open' and revoked_at is null
    and idle_expires_at > %(at)s and absolute_expires_at > %(at)s
order by created_at desc, id desc;

-- name: session_revoke
update session set revoked_at = %(at)s
where id = %(id)s and account_id = %(account_id)s and revoked_at is null;

-- name: session_revoke_all
update session set revoked_at = %(at)s
where account_id = %(account_id)s and revoked_at is null;
