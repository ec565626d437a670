-- Doctors' profiles with what approval asks (ID-3), and the schedules that slots are computed from.

create table practitioner_role (
    practitioner_id uuid primary key references practitioner,
    state text not null check (state in ('draft', 'submitted', 'approved', 'returned', 'suspended')),
    specialty_code text check (length(specialty_code) between 1 and 40),
    licence_number text check (length(licence_number) between 1 and 40),
    fee_minor bigint check (fee_minor >= 0),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    languages text[] not null,
    practising_since smallint,
    biography_zh text check (length(biography_zh) between 1 and 2000),
    biography_en text check (length(biography_en) between 1 and 2000),
    consent_on_file boolean not null,
    reason text check (length(reason) between 1 and 500),
    submitted_at timestamptz,
    decided_at timestamptz,
    -- Whatever the program thinks: nobody is approved without what the law asks. The years are its to count.
    constraint practitioner_role_verified check (
        state not in ('approved', 'suspended') or (
            specialty_code is not null and licence_number is not null and fee_minor is not null
            and practising_since is not null and consent_on_file and cardinality(languages) > 0
        )
    ),
    check (state not in ('returned', 'suspended') or reason is not null)
);
create index practitioner_role_public on practitioner_role (specialty_code) where state = 'approved';
create unique index practitioner_role_licence on practitioner_role (licence_number)
    where licence_number is not null;
create index practitioner_name on practitioner (name, id);

-- Doctors who were there before fill in what is not known of them.
insert into practitioner_role (practitioner_id, state, currency, languages, consent_on_file)
select d.id, 'draft', 'CNY', '{}', false
from practitioner d
join account a on a.id = d.account_id
where a.role = 'doctor';

create table schedule_template (
    id uuid primary key,
    practitioner_id uuid not null references practitioner,
    practitioner_number integer not null references practitioner (number),
    weekday smallint not null check (weekday between 1 and 7),
    begins_minute smallint not null check (begins_minute between 0 and 1439),
    ends_minute smallint not null check (ends_minute between 1 and 1440),
    slot_minutes smallint not null check (slot_minutes between 5 and 240),
    capacity smallint not null check (capacity between 1 and 20),
    zone text not null check (length(zone) between 1 and 60),
    valid_from date not null,
    valid_to date,
    created_at timestamptz not null,
    check (ends_minute > begins_minute),
    check (valid_to >= valid_from),
    constraint schedule_template_no_overlap exclude using gist (
        int4range(practitioner_number, practitioner_number, '[]') with &&,
        int4range(weekday, weekday, '[]') with &&,
        int4range(begins_minute, ends_minute) with &&,
        daterange(valid_from, valid_to, '[]') with &&
    )
);
create index schedule_template_practitioner on schedule_template (practitioner_id);

create table schedule_exception (
    id uuid primary key,
    practitioner_id uuid not null references practitioner,
    kind text not null check (kind in ('extra', 'capacity')),
    day date not null,
    begins_minute smallint not null check (begins_minute between 0 and 1439),
    ends_minute smallint not null check (ends_minute between 1 and 1440),
    slot_minutes smallint not null check (slot_minutes between 0 and 240),
    capacity smallint not null check (capacity between 0 and 20),
    zone text not null check (length(zone) between 1 and 60),
    created_at timestamptz not null,
    check (ends_minute > begins_minute),
    check (kind = 'capacity' or (slot_minutes >= 5 and capacity >= 1))
);
create index schedule_exception_practitioner on schedule_exception (practitioner_id, day);

create table schedule_leave (
    id uuid primary key,
    practitioner_id uuid not null references practitioner,
    begins_at timestamptz not null,
    ends_at timestamptz not null check (ends_at > begins_at),
    created_at timestamptz not null
);
create index schedule_leave_practitioner on schedule_leave (practitioner_id, ends_at);

-- What is booked of a doctor in a range, from the index alone.
create index appointment_booked on appointment (practitioner_id, starts_at) include (ends_at)
    where state <> 'cancelled';
