-- What a name register says about a document that was submitted. Nothing of the person is in it.
create table name_opinion (
    id uuid primary key,
    identity_check_id uuid not null references identity_check,
    register text not null check (length(register) between 1 and 30),
    opinion text not null check (opinion in ('agrees', 'differs', 'unknown', 'unavailable')),
    -- The register's own name for the question.
    reference text check (length(reference) between 1 and 100),
    given_at timestamptz not null
);
create index name_opinion_of_check on name_opinion (identity_check_id, given_at);
create trigger name_opinion_insert_only before update or delete or truncate on name_opinion
    for each statement execute function refuse_change();

-- When a register was asked about the document last: never where none is connected.
alter table identity_check add column asked_at timestamptz;
alter table identity_check add column asked_times smallint not null default 0 check (asked_times >= 0);
