-- Notices: what is told to whom by which channel, and how that went; how people want to be told.

-- The entry that an appointment has in calendars elsewhere: its number rises with every change (RFC 5545, 3.8.7.4).
create table appointment_calendar (
    appointment_id uuid primary key references appointment,
    sequence integer not null check (sequence >= 0),
    changed_at timestamptz not null
);

-- One row for each notice, recipient and channel. Neither an address nor a word of the text is here: both are made
-- when it is sent, from what is true then.
create table notice (
    id uuid primary key,
    kind text not null check (kind in (
        'appointment-made', 'appointment-changed', 'appointment-cancelled', 'reminder-day', 'reminder-soon',
        'visit-ended', 'rebooking-offer', 'waitlist-offer', 'refund-made'
    )),
    appointment_id uuid not null references appointment,
    -- What tells two notices of one kind about one appointment apart: the calendar's number, or an offer's id.
    occasion text not null check (length(occasion) between 1 and 60),
    account_id uuid not null references account,
    channel text not null check (channel in ('email', 'sms')),
    -- The calendar's number when it was made: a later change supersedes it.
    sequence integer not null check (sequence >= 0),
    facts jsonb not null,
    state text not null check (state in ('waiting', 'queued', 'failed', 'sent', 'given-up', 'dropped')),
    due_at timestamptz not null,
    useful_until timestamptz not null,
    tries smallint not null check (tries >= 0),
    reason text check (length(reason) between 1 and 120),
    provider_id text check (length(provider_id) between 1 and 200),
    created_at timestamptz not null,
    moved_at timestamptz not null,
    check ((state = 'sent') = (provider_id is not null)),
    check (state not in ('failed', 'given-up', 'dropped') or reason is not null),
    constraint notice_once unique (appointment_id, kind, occasion, account_id, channel)
);
create index notice_due on notice (due_at) where state = 'waiting';
create index notice_account_waiting on notice (account_id) where state = 'waiting';
create index notice_trouble on notice (id) where state in ('failed', 'given-up');
create index notice_created on notice (created_at);

create table notice_preference (
    account_id uuid primary key references account,
    way text check (way in ('email', 'sms', 'both')),
    locale text check (locale in ('zh-CN', 'en')),
    time_zone text check (length(time_zone) between 1 and 60),
    reminders boolean not null,
    changed_at timestamptz not null
);
