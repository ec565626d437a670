-- Registration: one-time codes, the addresses that people have proved to be theirs, what they consented to.

-- A code is made of a secret that only the hospital's key-encryption keys open: neither the code nor a hash of it
-- is here. Housekeeping removes rows a day after they ended.
create table one_time_code (
    id uuid primary key,
    purpose text not null check (purpose in ('register', 'reset')),
    channel text not null check (channel in ('email', 'phone')),
    destination text not null check (length(destination) between 5 and 254),
    locale text not null check (locale in ('zh-CN', 'en')),
    kek text not null,
    wrapped bytea not null,
    tries smallint not null check (tries between 0 and 5),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    -- The right code was given: a ticket for the rest of the form took its place.
    passed_at timestamptz,
    ticket_hash bytea check (octet_length(ticket_hash) = 32),
    ticket_expires_at timestamptz,
    used_at timestamptz,
    check ((passed_at is null) = (ticket_hash is null)),
    check ((passed_at is null) = (ticket_expires_at is null)),
    check (used_at is null or passed_at is not null)
);
create index one_time_code_created on one_time_code (created_at);

-- Whoever proved an address signs in by it and resets a forgotten password through it.
create table account_contact (
    account_id uuid not null references account,
    channel text not null check (channel in ('email', 'phone')),
    value text not null check (length(value) between 5 and 254),
    proved_at timestamptz not null,
    primary key (account_id, channel),
    constraint account_contact_value_key unique (value)
);

-- Which words a person agreed to: the notice's version and the SHA-256 of its text as shown.
create table account_consent (
    account_id uuid not null references account,
    notice text not null check (notice in ('privacy')),
    version text not null check (length(version) between 1 and 40),
    locale text not null check (locale in ('zh-CN', 'en')),
    digest bytea not null check (octet_length(digest) = 32),
    given_at timestamptz not null,
    primary key (account_id, notice, version)
);
create trigger account_consent_insert_only before update or delete or truncate on account_consent
    for each statement execute function refuse_change();
