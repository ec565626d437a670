-- Refunds that fail after they were done and are tried anew, and what providers' lists have shown so far.

-- How often the staff has had a refused refund brought to the provider again: a new try has a name of its own there.
alter table refund add column attempt smallint not null default 0 check (attempt >= 0);

-- What went back, and what came back of it because the patient's bank did not take it.
create table refund_movement (
    refund_id uuid not null references refund,
    attempt smallint not null check (attempt >= 0),
    kind text not null check (kind in ('refund', 'refund-failed')),
    -- The provider's name of the refund.
    reference text not null check (length(reference) between 1 and 120),
    at timestamptz not null,
    primary key (refund_id, attempt, kind)
);
create index refund_movement_at on refund_movement (at);
create index refund_movement_reference on refund_movement (reference);
create trigger refund_movement_insert_only before update or delete or truncate on refund_movement
    for each statement execute function refuse_change();
insert into refund_movement (refund_id, attempt, kind, reference, at)
select id, 0, 'refund', coalesce(reference, id::text), done_at
from refund
where done_at is not null;

-- Every movement that a provider's list has shown: its day is not always the one on which it was heard of here.
create table provider_movement (
    provider text not null,
    kind text not null check (kind in ('capture', 'refund', 'refund-failed')),
    reference text not null check (length(reference) between 1 and 120),
    payment_id uuid references payment,
    amount_minor bigint not null,
    currency text not null,
    day date not null,
    primary key (provider, kind, reference)
);
create trigger provider_movement_insert_only before update or delete or truncate on provider_movement
    for each statement execute function refuse_change();

alter table ledger_journal drop constraint ledger_journal_kind_check;
alter table ledger_journal add constraint ledger_journal_kind_check check (
    kind in (
        'capture', 'refund', 'refund-failed', 'fee', 'dispute-opened', 'dispute-won', 'dispute-lost'
    )
);
alter table reconciliation_difference drop constraint reconciliation_difference_movement_check;
alter table reconciliation_difference add constraint reconciliation_difference_movement_check check (
    movement in ('capture', 'refund', 'refund-failed')
);
