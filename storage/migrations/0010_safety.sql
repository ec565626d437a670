-- What a patient said of safety before a visit: which entries of the record say it, never what they say. The
-- answers and the location lie in the record alone, encrypted, and go when the record's key goes.
create table visit_safety (
    consultation_id uuid primary key references consultation,
    -- The latest answer to the red-flag questions, and whether it says yes to any of them.
    answered_seq bigint check (answered_seq > 0),
    answered_at timestamptz,
    flagged boolean not null,
    -- The latest confirmed location.
    located_seq bigint check (located_seq > 0),
    located_at timestamptz,
    check ((answered_seq is null) = (answered_at is null)),
    check ((located_seq is null) = (located_at is null)),
    check (not flagged or answered_seq is not null)
);
