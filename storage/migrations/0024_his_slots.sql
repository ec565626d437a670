-- Slots that the hospital's own system (HIS) owns: who owns a doctor's slots, what it ceded, what it is asked.

create table slot_ownership (
    practitioner_id uuid primary key references practitioner,
    owner text not null check (owner in ('ours', 'his')),
    -- How many seats of a day may be booked without asking.
    quota_a_day smallint not null check (quota_a_day >= 0),
    -- Whose days they are.
    zone text not null check (length(zone) between 1 and 60),
    changed_at timestamptz not null,
    check (owner = 'his' or quota_a_day = 0)
);

alter table appointment drop constraint appointment_state_check;
alter table appointment
    -- On what ground the seat is taken, as it was when it was taken.
    add column slot_owner text not null default 'ours' check (slot_owner in ('ours', 'his')),
    add column quota_day date,
    add column quota_seat smallint check (quota_seat >= 1),
    add constraint appointment_state_check check (
        state in ('held', 'pending', 'booked', 'fulfilled', 'cancelled', 'noshow', 'expired')
    ),
    add constraint appointment_quota_whole check ((quota_day is null) = (quota_seat is null)),
    add constraint appointment_quota_of_his check (quota_seat is null or slot_owner = 'his');
-- Whatever the program thinks: a seat of the quota is taken once.
create unique index appointment_quota_once on appointment (practitioner_id, quota_day, quota_seat)
    where quota_seat is not null and state not in ('cancelled', 'expired');
-- Of a slot a patient has one hold, one request or one visit.
drop index appointment_once_a_patient;
create unique index appointment_once_a_patient on appointment (patient_id, practitioner_id, starts_at)
    where state in ('held', 'pending', 'booked');

-- What the HIS is asked for. The id makes it one request, however often it is brought.
create table slot_request (
    id uuid primary key,
    appointment_id uuid not null references appointment,
    -- The slot as it was asked for: the appointment itself moves on.
    practitioner_id uuid not null references practitioner,
    starts_at timestamptz not null,
    ends_at timestamptz not null check (ends_at > starts_at),
    state text not null check (state in ('open', 'confirmed', 'refused', 'withdrawn', 'lapsed')),
    made_at timestamptz not null,
    asked_at timestamptz not null,
    asked_times smallint not null check (asked_times >= 1),
    answer_by timestamptz not null check (answer_by > made_at),
    decided_at timestamptz,
    check ((state = 'open') = (decided_at is null))
);
-- Of a visit at most one slot is asked for, or has been confirmed.
create unique index slot_request_one on slot_request (appointment_id) where state in ('open', 'confirmed');
create index slot_request_open on slot_request (answer_by) where state = 'open';
