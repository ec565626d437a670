-- What doctors propose after a visit: when, and which entry of the record says why, never why.
create table follow_up (
    consultation_id uuid primary key references consultation,
    -- The visit's own conversation, or its addendum.
    conversation_id uuid not null,
    seq bigint not null check (seq > 0),
    due_on date not null,
    state text not null check (state in ('proposed', 'dismissed')),
    proposed_at timestamptz not null,
    dismissed_at timestamptz,
    check ((state = 'dismissed') = (dismissed_at is not null))
);
