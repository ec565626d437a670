-- Retention: legal holds, requests to destroy records, and what was destroyed. What happened is inserted and
-- never changed; only a request's state moves. Who may destroy what is held here, not by the program alone.

create table legal_hold (
    id uuid primary key,
    -- One record, or all records of one patient, those to come too.
    consultation_id uuid references consultation,
    patient_id uuid references patient,
    reason text not null check (length(reason) between 1 and 500),
    placed_by uuid not null references account,
    placed_at timestamptz not null,
    check (num_nonnulls(consultation_id, patient_id) = 1)
);
create index legal_hold_consultation on legal_hold (consultation_id) where consultation_id is not null;
create index legal_hold_patient on legal_hold (patient_id) where patient_id is not null;

create table legal_hold_lift (
    hold_id uuid primary key references legal_hold,
    reason text not null check (length(reason) between 1 and 500),
    lifted_by uuid not null references account,
    lifted_at timestamptz not null
);

create table destruction_request (
    id uuid primary key,
    requested_by uuid not null references account,
    requested_at timestamptz not null,
    -- Everything falls before it: both approvals and the destruction.
    expires_at timestamptz not null check (expires_at > requested_at),
    reason text not null check (length(reason) between 1 and 500),
    -- All records due by then; null when one record was named.
    due_by timestamptz,
    state text not null check (state in (
        'requested', 'approved-once', 'approved', 'key-destroyed', 'complete', 'refused', 'expired', 'withdrawn'
    )),
    ended_by uuid references account,
    ended_at timestamptz,
    ended_reason text check (length(ended_reason) between 1 and 500),
    completed_at timestamptz,
    -- For the approvals, which repeat these two and cannot differ from them.
    unique (id, requested_by, expires_at),
    check ((state in ('refused', 'expired', 'withdrawn')) = (ended_at is not null)),
    check ((state = 'complete') = (completed_at is not null))
);
create index destruction_request_requested on destruction_request (requested_at, id);
create index destruction_request_moving on destruction_request (state)
    where state in ('requested', 'approved-once', 'approved', 'key-destroyed');

-- Which records a request is about, fixed when it is made: approvers approve this list.
create table destruction_record (
    request_id uuid not null references destruction_request,
    consultation_id uuid not null references consultation,
    due_at timestamptz not null,
    rule text not null check (length(rule) between 1 and 20),
    primary key (request_id, consultation_id)
);
create index destruction_record_consultation on destruction_record (consultation_id);

-- What was taken out of a request again: a hold came, or the patient did.
create table destruction_spared (
    request_id uuid not null,
    consultation_id uuid not null,
    why text not null check (length(why) between 1 and 20),
    at timestamptz not null,
    primary key (request_id, consultation_id),
    foreign key (request_id, consultation_id) references destruction_record
);

-- Requester and two approvers are three accounts.
create table destruction_approval (
    request_id uuid not null,
    number smallint not null check (number in (1, 2)),
    requested_by uuid not null,
    expires_at timestamptz not null,
    approved_by uuid not null references account,
    approved_at timestamptz not null,
    primary key (request_id, number),
    constraint destruction_approval_other_approver unique (request_id, approved_by),
    constraint destruction_approval_not_requester check (approved_by <> requested_by),
    constraint destruction_approval_in_time check (approved_at < expires_at),
    foreign key (request_id, requested_by, expires_at)
        references destruction_request (id, requested_by, expires_at)
);

-- A destruction that took place: it cannot be written without both approvals.
create table destruction (
    request_id uuid primary key references destruction_request,
    first_approval smallint not null default 1 check (first_approval = 1),
    second_approval smallint not null default 2 check (second_approval = 2),
    destroyed_by uuid not null references account,
    destroyed_at timestamptz not null,
    -- Until then a backup of the database may still hold the wrapped keys.
    key_backups_expire_at timestamptz not null check (key_backups_expire_at >= destroyed_at),
    foreign key (request_id, first_approval) references destruction_approval (request_id, number),
    foreign key (request_id, second_approval) references destruction_approval (request_id, number)
);

create table destroyed_record (
    consultation_id uuid primary key references archive_key,
    request_id uuid not null references destruction,
    -- The entry of the register that says so.
    register_seq bigint not null check (register_seq > 0),
    foreign key (request_id, consultation_id) references destruction_record
);

create trigger legal_hold_insert_only before update or delete or truncate on legal_hold
    for each statement execute function refuse_change();
create trigger legal_hold_lift_insert_only before update or delete or truncate on legal_hold_lift
    for each statement execute function refuse_change();
create trigger destruction_record_insert_only before update or delete or truncate on destruction_record
    for each statement execute function refuse_change();
create trigger destruction_spared_insert_only before update or delete or truncate on destruction_spared
    for each statement execute function refuse_change();
create trigger destruction_approval_insert_only before update or delete or truncate on destruction_approval
    for each statement execute function refuse_change();
create trigger destruction_insert_only before update or delete or truncate on destruction
    for each statement execute function refuse_change();
create trigger destroyed_record_insert_only before update or delete or truncate on destroyed_record
    for each statement execute function refuse_change();
create trigger destruction_request_keeps before delete or truncate on destruction_request
    for each statement execute function refuse_change();

create function refuse_other_request() returns trigger language plpgsql as $$
begin
    if (new.id, new.requested_by, new.requested_at, new.expires_at, new.reason, new.due_by)
        is distinct from (old.id, old.requested_by, old.requested_at, old.expires_at, old.reason, old.due_by)
    then
        raise exception 'what was requested does not change: only its state moves'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$$;
create trigger destruction_request_stays before update on destruction_request
    for each row execute function refuse_other_request();

-- A data key goes by an approved destruction alone, and does not come back.
create function refuse_lawless_destruction() returns trigger language plpgsql as $$
begin
    if new.conversation_id <> old.conversation_id
        or (old.wrapped is null and (new.wrapped is not null or new.destroyed_at <> old.destroyed_at))
    then
        raise exception 'the data key of conversation %: what was destroyed stays destroyed', old.conversation_id
            using errcode = 'insufficient_privilege';
    end if;
    if old.wrapped is not null and new.wrapped is null
        and not exists (select from destroyed_record d where d.consultation_id = old.conversation_id)
    then
        raise exception 'the data key of conversation %: no approved destruction names it', old.conversation_id
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$$;
create trigger archive_key_lawful before update on archive_key
    for each row execute function refuse_lawless_destruction();
