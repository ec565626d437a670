-- The second factor: sessions that wait for it, its secrets, recovery codes.

-- A session in the state second-factor-pending passes no permission: its owner has only given a password yet.
alter table session add column state text check (state in ('open', 'second-factor-pending'));
update session set state = 'open';
-- Whoever of the staff is signed in has given no second factor.
update session s set revoked_at = s.last_seen_at
from account a
where a.id = s.account_id and a.role <> 'patient' and s.revoked_at is null;
alter table session alter column state set not null;

-- The secret is made of a key that the hospital's key-encryption keys wrap. `last_step` is the time step
-- (RFC 6238) that was used last: none at or before it is good again.
create table second_factor (
    account_id uuid primary key references account,
    id uuid not null unique,
    kek text not null,
    wrapped bytea not null,
    created_at timestamptz not null,
    confirmed_at timestamptz,
    last_step bigint,
    check ((confirmed_at is null) = (last_step is null))
);

-- Of each code only the SHA-256 is here: it has 80 random bits.
create table recovery_code (
    account_id uuid not null references account,
    code_hash bytea not null check (octet_length(code_hash) = 32),
    created_at timestamptz not null,
    used_at timestamptz,
    primary key (account_id, code_hash)
);
