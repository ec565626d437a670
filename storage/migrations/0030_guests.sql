-- Invitations of a third person to a visit's call. The link's token and the guest's session are known by
-- their SHA-256 alone. The guest's name goes when the invitation is over: from then on the record alone has it.
create table guest_invitation (
    id uuid primary key,
    consultation_id uuid not null references consultation,
    invited_by uuid not null references account,
    guest_name text check (char_length(guest_name) between 1 and 40),
    token_hash bytea not null unique check (octet_length(token_hash) = 32),
    state text not null check (state in ('open', 'used', 'ended', 'withdrawn', 'expired')),
    made_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    ended_at timestamptz,
    session_hash bytea unique check (octet_length(session_hash) = 32),
    consent_version text check (char_length(consent_version) between 1 and 40),
    consent_digest bytea check (octet_length(consent_digest) = 32),
    constraint guest_invitation_used check (
        (state in ('used', 'ended')) = (used_at is not null)
        and (used_at is null) = (session_hash is null)
        and (used_at is null) = (consent_version is null)
        and (used_at is null) = (consent_digest is null)
    ),
    constraint guest_invitation_over check (
        (state in ('open', 'used')) = (ended_at is null) and (state in ('open', 'used')) = (guest_name is not null)
    )
);
create unique index guest_invitation_one on guest_invitation (consultation_id) where state in ('open', 'used');
create index guest_invitation_of on guest_invitation (consultation_id);
