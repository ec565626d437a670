-- The ledger of payments, payments and refunds, what providers said, decisions about refunds, reconciliation.

-- Double entry: each journal sums to zero in each currency. A journal says how many lines it has, so that none
-- is added later. What happened is never taken back: a journal of its own undoes it.
create table ledger_journal (
    id uuid primary key,
    kind text not null check (
        kind in ('capture', 'refund', 'fee', 'dispute-opened', 'dispute-won', 'dispute-lost')
    ),
    -- Names the happening for good: the same one is never written twice.
    reference text not null check (length(reference) between 1 and 200),
    lines smallint not null check (lines >= 2),
    at timestamptz not null,
    constraint ledger_journal_once unique (kind, reference)
);
create index ledger_journal_at on ledger_journal (at);

create table ledger_entry (
    journal_id uuid not null references ledger_journal,
    line smallint not null check (line >= 1),
    account text not null check (
        account in ('provider', 'visits', 'provider-fees', 'disputed', 'dispute-losses')
    ),
    -- Minor units (ISO 4217): positive is a debit, negative a credit.
    amount_minor bigint not null check (amount_minor <> 0),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    primary key (journal_id, line)
);

create function refuse_unbalanced_journal() returns trigger language plpgsql as $$
declare
    journal uuid := coalesce((to_jsonb(new) ->> 'journal_id')::uuid, (to_jsonb(new) ->> 'id')::uuid);
begin
    if (select j.lines from ledger_journal j where j.id = journal)
            is distinct from (select count(*) from ledger_entry e where e.journal_id = journal)
        or exists (
            select from ledger_entry e where e.journal_id = journal
            group by e.currency having sum(e.amount_minor) <> 0
        )
    then
        raise exception 'journal % does not balance', journal using errcode = 'check_violation';
    end if;
    return null;
end
$$;
create constraint trigger ledger_journal_balances after insert on ledger_journal
    deferrable initially deferred for each row execute function refuse_unbalanced_journal();
create constraint trigger ledger_entry_balances after insert on ledger_entry
    deferrable initially deferred for each row execute function refuse_unbalanced_journal();

create trigger ledger_journal_insert_only before update or delete or truncate on ledger_journal
    for each statement execute function refuse_change();
create trigger ledger_entry_insert_only before update or delete or truncate on ledger_entry
    for each statement execute function refuse_change();

-- One payment for one appointment. Nothing of a card or of who paid is kept.
create table payment (
    id uuid primary key,
    appointment_id uuid not null references appointment,
    patient_id uuid not null references patient,
    provider text not null check (provider in ('demo', 'stripe', 'wechat', 'alipay')),
    reference text check (length(reference) between 1 and 120),
    amount_minor bigint not null check (amount_minor between 1 and 1000000000000),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    state text not null check (state in ('created', 'processing', 'captured', 'failed', 'cancelled')),
    -- What was asked back, done or not: never more than was paid, whoever asks at once.
    refunded_minor bigint not null check (refunded_minor between 0 and amount_minor),
    created_at timestamptz not null,
    captured_at timestamptz,
    check (state <> 'captured' or captured_at is not null),
    check (refunded_minor = 0 or state = 'captured'),
    unique (provider, reference)
);
-- A patient with two open pages pays one payment, not two.
create unique index payment_open on payment (appointment_id) where state in ('created', 'processing');
create index payment_appointment on payment (appointment_id);
create index payment_patient on payment (patient_id, created_at);
create index payment_created on payment (created_at);
create index payment_captured on payment (captured_at) where captured_at is not null;

create table refund (
    id uuid primary key,
    payment_id uuid not null references payment,
    amount_minor bigint not null check (amount_minor >= 1),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    reason text not null check (
        reason in (
            'cancelled-by-patient', 'cancelled-by-hospital', 'late-payment', 'second-payment', 'doctor-absent',
            'call-too-short', 'patient-absent', 'not-suitable', 'staff'
        )
    ),
    state text not null check (state in ('requested', 'sent', 'done', 'failed')),
    reference text check (length(reference) between 1 and 120),
    problem text check (length(problem) between 1 and 120),
    requested_by uuid references account,
    requested_at timestamptz not null,
    done_at timestamptz,
    check (state <> 'done' or done_at is not null),
    check (state <> 'failed' or problem is not null)
);
create index refund_payment on refund (payment_id);
create index refund_open on refund (requested_at) where state in ('requested', 'sent', 'failed');
create index refund_done on refund (done_at) where done_at is not null;

-- What a provider said, once each: a repeat finds its row and changes nothing. What it said is not kept.
create table payment_event (
    provider text not null,
    event_id text not null check (length(event_id) between 1 and 200),
    kind text not null,
    outcome text not null check (outcome in ('applied', 'changed-nothing', 'foreign', 'other-amount')),
    payment_id uuid references payment,
    at timestamptz not null,
    primary key (provider, event_id)
);
create index payment_event_payment on payment_event (payment_id) where payment_id is not null;

-- What was decided about a paid visit without anybody asking, once, and the evidence: times and seconds alone.
create table refund_decision (
    payment_id uuid primary key references payment,
    percent smallint not null check (percent between 0 and 100),
    reason text not null,
    evidence jsonb not null,
    at timestamptz not null
);

-- One comparison of a day with the provider's own list.
create table reconciliation (
    id uuid primary key,
    provider text not null,
    day date not null,
    begins_at timestamptz not null,
    ends_at timestamptz not null,
    ours integer not null check (ours >= 0),
    theirs integer not null check (theirs >= 0),
    at timestamptz not null
);
create index reconciliation_day on reconciliation (day, at);

create table reconciliation_difference (
    reconciliation_id uuid not null references reconciliation,
    line integer not null check (line >= 1),
    kind text not null check (kind in ('missing-here', 'missing-there', 'other-amount')),
    movement text not null check (movement in ('capture', 'refund')),
    reference text not null check (length(reference) between 1 and 120),
    payment_id uuid references payment,
    ours_minor bigint,
    theirs_minor bigint,
    currency text not null,
    primary key (reconciliation_id, line)
);

create trigger payment_event_insert_only before update or delete or truncate on payment_event
    for each statement execute function refuse_change();
create trigger refund_decision_insert_only before update or delete or truncate on refund_decision
    for each statement execute function refuse_change();
create trigger reconciliation_insert_only before update or delete or truncate on reconciliation
    for each statement execute function refuse_change();
create trigger reconciliation_difference_insert_only before update or delete or truncate
    on reconciliation_difference for each statement execute function refuse_change();
