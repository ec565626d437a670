-- Single sign-on of the staff by OpenID Connect: whose account a subject of the provider opens, and the
-- sign-ins that are under way.

create table single_sign_on (
    issuer text not null check (length(issuer) between 1 and 500),
    subject text not null check (length(subject) between 1 and 255),
    account_id uuid not null references account,
    bound_at timestamptz not null,
    primary key (issuer, subject),
    constraint single_sign_on_account_key unique (account_id)
);

-- Taken out when the browser comes back with it, whatever comes of it. Housekeeping removes the others.
create table single_sign_on_attempt (
    state_hash bytea primary key check (octet_length(state_hash) = 32),
    -- Of what only the browser that began has in a cookie.
    binding_hash bytea not null check (octet_length(binding_hash) = 32),
    nonce text not null,
    verifier text not null,
    expires_at timestamptz not null
);
create index single_sign_on_attempt_expires on single_sign_on_attempt (expires_at);
