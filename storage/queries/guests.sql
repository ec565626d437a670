-- name: guest_insert
insert into guest_invitation (
    id, consultation_id, invited_by, guest_name, token_hash, state, made_at, expires_at
)
values (
    %(id)s, %(consultation_id)s, %(invited_by)s, %(guest_name)s, %(token_hash)s, 'open', %(at)s, %(expires_at)s
);

-- name: guest_count
select count(*) as made from guest_invitation where consultation_id = %(consultation_id)s;

-- name: guest_live
select id, consultation_id, guest_name, state, made_at, expires_at, used_at
from guest_invitation
where consultation_id = %(consultation_id)s and state in ('open', 'used');

-- name: guest_by_token
select id, consultation_id, guest_name, state, made_at, expires_at, used_at, consent_version, consent_digest
from guest_invitation
where token_hash = %(hash)s;

-- name: guest_by_session
select id, consultation_id, guest_name, state, made_at, expires_at, used_at, consent_version, consent_digest
from guest_invitation
where session_hash = %(hash)s;

-- name: guest_use
update guest_invitation
set state = 'used', used_at = %(at)s, expires_at = %(expires_at)s, session_hash = %(session_hash)s,
    consent_version = %(consent_version)s, consent_digest = %(consent_digest)s
where id = %(id)s and state = 'open';

-- name: guest_end
update guest_invitation
set state = %(new)s, ended_at = %(at)s, guest_name = null
where id = %(id)s and state = %(old)s;

-- name: guest_end_of_visit
update guest_invitation
set state = case state when 'open' then 'expired' else 'ended' end, ended_at = %(at)s, guest_name = null
where consultation_id = %(consultation_id)s and state in ('open', 'used');
