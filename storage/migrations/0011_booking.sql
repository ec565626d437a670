-- Booking: holds, seats, what a visit costs, and the answers kept for requests that come again.

alter table appointment drop constraint appointment_no_overlap;
alter table appointment drop constraint appointment_state_check;
alter table appointment
    -- The place within a slot that several patients share: capacity is a number of seats.
    add column seat smallint not null default 1 check (seat between 1 and 20),
    add column held_until timestamptz,
    -- What the visit costs, as it stood when it was chosen; unknown of visits that the staff entered.
    add column fee_minor bigint check (fee_minor >= 0),
    add column currency text check (currency ~ '^[A-Z]{3}$'),
    add constraint appointment_state_check check (
        state in ('held', 'booked', 'fulfilled', 'cancelled', 'noshow', 'expired')
    ),
    add constraint appointment_hold_ends check ((state = 'held') = (held_until is not null)),
    add constraint appointment_fee_has_currency check ((fee_minor is null) = (currency is null)),
    -- Whatever the program thinks: a seat of a doctor is taken once at any moment.
    add constraint appointment_no_overlap exclude using gist (
        int4range(practitioner_number, practitioner_number, '[]') with &&,
        int4range(seat::integer, seat::integer, '[]') with &&,
        tstzrange(starts_at, ends_at) with &&
    ) where (state not in ('cancelled', 'expired'));
-- Of a slot a patient has one hold or one visit.
create unique index appointment_once_a_patient on appointment (patient_id, practitioner_id, starts_at)
    where state in ('held', 'booked');
create index appointment_held on appointment (held_until) where state = 'held';

-- What is taken of a doctor in a range, from the index alone. A hold that is over takes nothing.
drop index appointment_booked;
create index appointment_taken on appointment (practitioner_id, starts_at) include (ends_at, seat, held_until)
    where state not in ('cancelled', 'expired');

create table idempotency_key (
    account_id uuid not null references account,
    key text not null check (length(key) between 8 and 80),
    -- SHA-256 of the operation and its body: another one under the same key is refused.
    digest bytea not null check (octet_length(digest) = 32),
    status smallint check (status between 200 and 299),
    answer text check (length(answer) <= 65536),
    created_at timestamptz not null,
    primary key (account_id, key),
    check ((status is null) = (answer is null))
);
create index idempotency_key_created on idempotency_key (created_at);
