-- Passkeys (WebAuthn Level 3): public keys of people's authenticators, and challenges that are good once.

create table passkey (
    id uuid primary key,
    account_id uuid not null references account,
    credential_id bytea not null check (octet_length(credential_id) between 1 and 1023),
    public_key bytea not null,
    -- What the authenticator says how often it signed; 0 for one that does not count.
    sign_count bigint not null check (sign_count >= 0),
    name text not null check (length(name) between 1 and 80),
    created_at timestamptz not null,
    last_used_at timestamptz,
    constraint passkey_credential_id_key unique (credential_id)
);
create index passkey_account on passkey (account_id);

-- Taken out when it is used, whatever comes of it. Housekeeping removes those that nobody used.
create table passkey_challenge (
    id uuid primary key,
    challenge bytea not null check (octet_length(challenge) = 32),
    purpose text not null check (purpose in ('add', 'sign-in', 'second-factor')),
    -- Whose it is; nobody's when somebody is yet to sign in by it.
    session_id uuid,
    expires_at timestamptz not null,
    check ((session_id is null) = (purpose = 'sign-in'))
);
create index passkey_challenge_expires on passkey_challenge (expires_at);
