-- Changes of what is booked: moving, calling off with an offer, and the waitlist.

alter table appointment
    -- It was moved when cancelling was not free any more: so it never is again.
    add column moved_late boolean not null default false;

-- The hospital called a visit off: its patient chooses another time, or the fee.
create table rebooking_offer (
    id uuid primary key,
    appointment_id uuid not null references appointment,
    why text not null check (why in ('doctor-unavailable', 'doctor-leave', 'technical', 'his-conflict')),
    state text not null check (state in ('open', 'rebooked', 'refunded')),
    -- The visit as it was: the appointment itself moves on.
    practitioner_id uuid not null references practitioner,
    starts_at timestamptz not null,
    made_by uuid references account,
    made_at timestamptz not null,
    ends_at timestamptz not null check (ends_at > made_at),
    decided_at timestamptz,
    check ((state = 'open') = (decided_at is null))
);
create unique index rebooking_offer_open on rebooking_offer (appointment_id) where state = 'open';
create index rebooking_offer_due on rebooking_offer (ends_at) where state = 'open';

create table waitlist_entry (
    id uuid primary key,
    patient_id uuid not null references patient,
    practitioner_id uuid not null references practitioner,
    state text not null check (state in ('waiting', 'offered', 'booked', 'left', 'over')),
    -- Slots that begin in [begins_at, ends_at) are of use.
    begins_at timestamptz not null,
    ends_at timestamptz not null check (ends_at > begins_at),
    -- The place in the list: an offer that is not taken leads to its end.
    queued_at timestamptz not null,
    -- The hold that keeps the offered slot, and the visit that it became.
    appointment_id uuid references appointment,
    created_at timestamptz not null,
    ended_at timestamptz,
    check (state not in ('offered', 'booked') or appointment_id is not null),
    check ((state in ('waiting', 'offered')) = (ended_at is null))
);
-- A patient waits for a doctor once.
create unique index waitlist_entry_once on waitlist_entry (patient_id, practitioner_id)
    where state in ('waiting', 'offered');
create index waitlist_entry_queue on waitlist_entry (practitioner_id, queued_at) where state = 'waiting';
create index waitlist_entry_offered on waitlist_entry (appointment_id) where state = 'offered';

-- What was offered to whom: the same slot never comes twice.
create table waitlist_offer (
    entry_id uuid not null references waitlist_entry,
    starts_at timestamptz not null,
    appointment_id uuid not null references appointment,
    at timestamptz not null,
    primary key (entry_id, starts_at)
);
create trigger waitlist_offer_insert_only before update or delete or truncate on waitlist_offer
    for each statement execute function refuse_change();
