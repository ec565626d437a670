-- What auditors do with the archive beyond reading it: searching texts, drawing samples, reviewing them.

-- A search for a word in a bounded number of conversations. The word can be personal data: it is kept sealed, and
-- dropped with the list and the hits when the search expires. That somebody searched, why and where, stays.
create table archive_search (
    id uuid primary key,
    account_id uuid not null references account,
    session_id uuid,
    reason text not null check (length(reason) between 1 and 500),
    patient_id uuid references patient,
    practitioner_id uuid references practitioner,
    begins_at timestamptz,
    ends_at timestamptz check (ends_at > begins_at),
    state text not null check (state in ('running', 'done', 'cancelled', 'failed', 'expired')),
    -- Consultations in the order in which they are searched, fixed when the search was made.
    consultations uuid[] not null,
    total integer not null check (total between 0 and 5000),
    done integer not null check (done between 0 and total),
    hits integer not null check (hits >= 0),
    capped boolean not null,
    destroyed integer not null check (destroyed >= 0),
    damaged integer not null check (damaged >= 0),
    kek text check (length(kek) between 1 and 120),
    wrapped bytea check (octet_length(wrapped) between 60 and 1024),
    word bytea check (octet_length(word) between 29 and 2048),
    created_at timestamptz not null,
    ended_at timestamptz,
    check ((state = 'running') = (ended_at is null)),
    check ((state = 'expired') = (word is null)),
    check ((word is null) = (wrapped is null)),
    check ((word is null) = (kek is null)),
    check (state = 'expired' or cardinality(consultations) = total),
    check (num_nonnulls(patient_id, practitioner_id, begins_at) > 0)
);
create index archive_search_created on archive_search (created_at, id);
create index archive_search_kek on archive_search (kek) where wrapped is not null;

-- Where the word stands; never the text around it.
create table archive_search_hit (
    id bigint primary key generated always as identity,
    search_id uuid not null references archive_search,
    consultation_id uuid not null references consultation,
    conversation_id uuid not null,
    seq bigint not null check (seq > 0),
    unique (search_id, conversation_id, seq)
);
create index archive_search_hit_page on archive_search_hit (search_id, id);

-- A sample can be drawn again by anybody: docs/archive-sampling.md. digest is SHA-256 over the population's
-- ids, sorted, 16 bytes each.
create table archive_sample (
    id uuid primary key,
    account_id uuid not null references account,
    begins_at timestamptz not null,
    ends_at timestamptz not null check (ends_at > begins_at),
    practitioner_id uuid references practitioner,
    specialty text check (length(specialty) between 1 and 120),
    seed text not null check (seed ~ '^[0-9A-Za-z._-]{1,64}$'),
    wanted integer not null check (wanted between 1 and 500),
    population integer not null check (population >= 0),
    digest bytea not null check (octet_length(digest) = 32),
    created_at timestamptz not null
);
create index archive_sample_created on archive_sample (created_at, id);

create table archive_sample_item (
    sample_id uuid not null references archive_sample,
    place integer not null check (place > 0),
    consultation_id uuid not null references consultation,
    primary key (sample_id, place),
    unique (sample_id, consultation_id)
);

-- The last one counts; earlier ones stay.
create table archive_sample_review (
    id uuid primary key,
    sample_id uuid not null,
    consultation_id uuid not null,
    account_id uuid not null references account,
    finding text not null check (finding in ('none', 'note')),
    note text check (length(note) between 1 and 1000),
    reviewed_at timestamptz not null,
    foreign key (sample_id, consultation_id) references archive_sample_item (sample_id, consultation_id),
    check ((finding = 'note') = (note is not null))
);
create index archive_sample_review_latest
    on archive_sample_review (sample_id, consultation_id, reviewed_at desc, id desc);

create trigger archive_sample_insert_only before update or delete or truncate on archive_sample
    for each statement execute function refuse_change();
create trigger archive_sample_item_insert_only before update or delete or truncate on archive_sample_item
    for each statement execute function refuse_change();
create trigger archive_sample_review_insert_only before update or delete or truncate on archive_sample_review
    for each statement execute function refuse_change();
create trigger archive_search_keeps before delete or truncate on archive_search
    for each statement execute function refuse_change();

-- How many cosignatures each witness gave in a range of time, and which was its last.
create index archive_cosignature_received on archive_cosignature (witness, received_at);

-- In what condition the record of each consultation planned in [begins, ends) is, at a moment: one row for each.
-- Figures count these rows and lists show them, so that a number and the list behind it cannot differ.
create function archive_condition(begins timestamptz, ends timestamptz, moment timestamptz) returns table (
    consultation_id uuid, patient_id uuid, practitioner_id uuid, state text, starts_at timestamptz, entries bigint,
    -- Numbers that are missing between the first and the last entry.
    gaps bigint,
    head_differs boolean, unclosed boolean, ended_at timestamptz, open_since timestamptz, addendum_open bigint,
    -- Entries that wait for the tree for longer than ten seconds.
    unsealed bigint, unsealed_since timestamptz, destroyed_at timestamptz, held_since timestamptz
) language sql stable as $$
    with scope as materialized (
        select c.id, c.state, coalesce(c.admitted_at, c.arrived_at) as begun_at, c.ended_at, a.starts_at,
            a.patient_id, a.practitioner_id
        from appointment a
        join consultation c on c.appointment_id = a.id
        where a.starts_at >= begins and a.starts_at < ends
    ),
    part as (
        select s.id as consultation_id, s.id as conversation_id, false as addendum from scope s
        union all
        select s.id, h.conversation_id, true from scope s join archive_head h on h.addendum_to = s.id
    ),
    kept as (
        select p.consultation_id, p.conversation_id, p.addendum, count(*) as entries, max(e.seq) as last_seq,
            count(*) filter (where l.index is null and e.recorded_at < moment - interval '10 seconds') as unsealed,
            min(e.recorded_at) filter (
                where l.index is null and e.recorded_at < moment - interval '10 seconds'
            ) as unsealed_since
        from part p
        join archive_entry e on e.conversation_id = p.conversation_id
        left join archive_leaf l on l.conversation_id = e.conversation_id and l.seq = e.seq
        group by p.consultation_id, p.conversation_id, p.addendum
    ),
    judged as (
        select p.consultation_id,
            sum(coalesce(k.entries, 0)) as entries,
            sum(coalesce(k.last_seq - k.entries, 0)) as gaps,
            bool_or(
                coalesce(h.size, 0) <> coalesce(k.last_seq, 0)
                or (k.last_seq is not null and h.last_hash is distinct from e.entry_hash)
            ) as head_differs,
            bool_or(not p.addendum and e.kind = 'finished') as closed,
            sum(k.entries) filter (where p.addendum and e.kind <> 'closed') as addendum_open,
            sum(coalesce(k.unsealed, 0)) as unsealed,
            min(k.unsealed_since) as unsealed_since
        from part p
        left join kept k on k.conversation_id = p.conversation_id
        left join archive_head h on h.conversation_id = p.conversation_id
        left join archive_entry e on e.conversation_id = p.conversation_id and e.seq = k.last_seq
        group by p.consultation_id
    ),
    held as (
        select s.id, min(t.placed_at) as since
        from scope s
        join legal_hold t on t.consultation_id = s.id or t.patient_id = s.patient_id
        where not exists (select from legal_hold_lift f where f.hold_id = t.id)
        group by s.id
    )
    select s.id, s.patient_id, s.practitioner_id, s.state, s.starts_at, j.entries::bigint, j.gaps::bigint,
        j.head_differs,
        (s.state = 'finished' or (s.state = 'cancelled' and j.entries > 0)) and j.closed is not true,
        s.ended_at,
        case
            when s.state in ('arrived', 'in-progress') and s.begun_at < moment - interval '1 day' then s.begun_at
        end,
        coalesce(j.addendum_open, 0)::bigint, j.unsealed::bigint, j.unsealed_since, y.destroyed_at, d.since
    from scope s
    join judged j on j.consultation_id = s.id
    left join archive_key y on y.conversation_id = s.id
    left join held d on d.id = s.id
$$;
