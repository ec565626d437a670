-- Whom of the hospital's own patient index a patient of ours is (FHIR Patient.link, by identifier).

create table patient_index_link (
    patient_id uuid primary key references patient,
    state text not null check (state in ('open', 'linked', 'unmatched', 'left')),
    -- Where it was found, under which number, and how it was when we looked.
    source text check (length(source) between 1 and 60),
    number text check (length(number) between 1 and 80),
    version text check (length(version) between 1 and 80),
    -- The check whose document it is looked for by.
    identity_check_id uuid not null references identity_check,
    asked_at timestamptz not null,
    asked_times smallint not null check (asked_times >= 1),
    linked_at timestamptz,
    -- Nobody: the index was certain, and a job linked it.
    linked_by uuid references account,
    check ((state = 'linked') = (source is not null)),
    check ((source is null) = (number is null) and (source is null) = (version is null)),
    check ((state = 'linked') = (linked_at is not null)),
    check (linked_by is null or linked_at is not null)
);
-- Two patients of ours are never the same one there.
create unique index patient_index_link_once on patient_index_link (source, number) where state = 'linked';
create index patient_index_link_open on patient_index_link (asked_at) where state = 'open';
