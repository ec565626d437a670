-- Family: patients without an account of their own, and the account that acts for each (FHIR RelatedPerson).

alter table patient alter column account_id drop not null;
-- Unknown of patients who registered themselves: nobody asked them yet.
alter table patient add column gender text check (gender in ('female', 'male', 'other', 'unknown'));

-- A patient without an account has one row, for good: it also tells whose words in old records were said for whom.
create table related_person (
    patient_id uuid primary key references patient,
    account_id uuid not null references account,
    relationship text not null check (
        relationship in ('parent', 'guardian', 'spouse', 'child', 'sibling', 'other')
    ),
    state text not null check (state in ('proposed', 'active', 'returned', 'ended')),
    -- Which words were agreed to when the member was added.
    declaration text not null check (length(declaration) between 1 and 40),
    added_at timestamptz not null,
    -- When a child comes of age, which ends the right; null for adults, who agreed to it.
    ends_at timestamptz,
    decided_at timestamptz,
    decided_by uuid references account,
    -- What the staff has seen, or why the proposal was returned.
    reason text check (length(reason) between 1 and 300),
    ended_at timestamptz,
    check ((decided_at is null) = (decided_by is null)),
    check ((decided_at is null) = (reason is null)),
    check (state not in ('proposed', 'returned') or ends_at is null),
    check (state <> 'active' or ends_at is not null or decided_at is not null),
    check ((state = 'ended') = (ended_at is not null))
);
create index related_person_account on related_person (account_id);
create index related_person_ending on related_person (ends_at) where state = 'active';
create index related_person_proposed on related_person (added_at) where state = 'proposed';

-- A guardian's consent to a child's visit, with what has to be known of it later (PI-1, RX-4).
create table guardian_consent (
    appointment_id uuid not null references appointment,
    step text not null check (step in ('booking', 'joining')),
    account_id uuid not null references account,
    relationship text not null,
    age_years smallint not null check (age_years >= 0),
    specialty text not null,
    given_at timestamptz not null,
    primary key (appointment_id, step)
);
create trigger guardian_consent_insert_only before update or delete or truncate on guardian_consent
    for each statement execute function refuse_change();
