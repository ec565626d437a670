-- The first shape of the hospital: accounts, sessions, people, appointments, consultations, the audit trail.

create table account (
    id uuid primary key,
    login text not null unique check (login = lower(login) and length(login) between 3 and 120),
    password_hash text not null,
    role text not null check (role in ('patient', 'doctor', 'pharmacist', 'auditor', 'admin')),
    display_name text not null check (length(display_name) between 1 and 120),
    locale text not null check (locale in ('zh-CN', 'en')),
    email text check (length(email) between 3 and 254),
    demo boolean not null,
    created_at timestamptz not null,
    disabled_at timestamptz
);

create table session (
    id uuid primary key,
    account_id uuid not null references account,
    token_hash bytea not null unique check (octet_length(token_hash) = 32),
    user_agent text not null check (length(user_agent) <= 300),
    created_at timestamptz not null,
    last_seen_at timestamptz not null,
    idle_expires_at timestamptz not null,
    absolute_expires_at timestamptz not null,
    revoked_at timestamptz
);
create index session_account on session (account_id) where revoked_at is null;

create table patient (
    id uuid primary key,
    account_id uuid not null unique references account,
    name text not null check (length(name) between 1 and 120),
    birth_date date not null,
    created_at timestamptz not null
);

create table practitioner (
    id uuid primary key,
    -- A small number beside the id: exclusion constraints need an integer range, uuid has none.
    number integer not null generated always as identity unique,
    account_id uuid not null unique references account,
    name text not null check (length(name) between 1 and 120),
    title text not null check (length(title) <= 120),
    specialty text not null check (length(specialty) <= 120),
    created_at timestamptz not null
);

create table appointment (
    id uuid primary key,
    patient_id uuid not null references patient,
    practitioner_id uuid not null references practitioner,
    practitioner_number integer not null references practitioner (number),
    state text not null check (state in ('booked', 'fulfilled', 'cancelled')),
    starts_at timestamptz not null,
    ends_at timestamptz not null check (ends_at > starts_at),
    created_at timestamptz not null,
    constraint appointment_no_overlap exclude using gist (
        int4range(practitioner_number, practitioner_number, '[]') with &&,
        tstzrange(starts_at, ends_at) with &&
    ) where (state <> 'cancelled')
);
create index appointment_patient on appointment (patient_id, starts_at);
create index appointment_practitioner on appointment (practitioner_id, starts_at);
create index appointment_starts on appointment (starts_at);

create table consultation (
    id uuid primary key,
    appointment_id uuid not null unique references appointment,
    state text not null check (state in ('planned', 'arrived', 'in-progress', 'finished', 'cancelled')),
    arrived_at timestamptz,
    admitted_at timestamptz,
    ended_at timestamptz,
    created_at timestamptz not null,
    check (state <> 'arrived' or arrived_at is not null),
    check (state not in ('in-progress', 'finished') or admitted_at is not null),
    check (state not in ('finished', 'cancelled') or ended_at is not null)
);
create index consultation_open on consultation (state) where state in ('arrived', 'in-progress');

create table audit_event (
    id bigint primary key generated always as identity,
    at timestamptz not null,
    actor_id uuid,
    actor_role text,
    session_id uuid,
    action text not null,
    outcome text not null check (outcome in ('done', 'refused')),
    subject_type text,
    subject_id uuid,
    patient_id uuid,
    request_id text not null,
    detail jsonb not null
);
create index audit_event_at on audit_event (at);
create index audit_event_patient on audit_event (patient_id, at) where patient_id is not null;

-- What a job's handler has done, so that a second run does nothing.
create table job_effect (
    key text primary key,
    at timestamptz not null
);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is insert-only: % is refused', tg_table_name, lower(tg_op)
        using errcode = 'insufficient_privilege';
end
$$;

create trigger audit_event_insert_only before update or delete or truncate on audit_event
    for each statement execute function refuse_change();
