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

-- Real-name verification. The document's number is sealed by a key of its own, which the hospital's keys wrap;
-- what is shown of it is kept apart.
create table identity_check (
    id uuid primary key,
    patient_id uuid not null references patient,
    state text not null check (state in ('waiting', 'verified', 'returned')),
    kind text not null check (kind in ('resident-id', 'passport', 'travel-permit')),
    kek text not null,
    wrapped bytea not null,
    number bytea not null,
    masked text not null check (length(masked) between 5 and 40),
    submitted_at timestamptz not null,
    decided_at timestamptz,
    decided_by uuid references account,
    reason text check (length(reason) between 1 and 300),
    check ((state = 'waiting') = (decided_at is null)),
    check ((decided_at is null) = (decided_by is null)),
    check ((state = 'returned') = (reason is not null))
);
-- One check at a time, and none after the one that verified.
create unique index identity_check_open on identity_check (patient_id) where state in ('waiting', 'verified');
create index identity_check_waiting on identity_check (submitted_at) where state = 'waiting';
