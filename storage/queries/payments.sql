-- name: payment_insert
-- Nothing when the appointment has an open payment: whoever comes second pays that one.
insert into payment (
    id, appointment_id, patient_id, provider, amount_minor, currency, state, refunded_minor, created_at
)
values (
    %(id)s, %(appointment_id)s, %(patient_id)s, %(provider)s, %(amount_minor)s, %(currency)s, %(state)s, 0, %(at)s
)
on conflict (appointment_id) where state in ('created', 'processing') do nothing;

-- name: payment_by_id
select id, appointment_id, patient_id, provider, reference, amount_minor, currency, state, refunded_minor,
    created_at, captured_at
from payment
where id = %(id)s;

-- name: payment_lock
select id, appointment_id, patient_id, provider, reference, amount_minor, currency, state, refunded_minor,
    created_at, captured_at
from payment
where id = %(id)s
for update;

-- name: payment_by_reference
select id
from payment
where provider = %(provider)s and reference = %(reference)s;

-- name: payment_of_appointment
select id, appointment_id, patient_id, provider, reference, amount_minor, currency, state, refunded_minor,
    created_at, captured_at
from payment
where appointment_id = %(appointment_id)s
order by created_at desc, id desc;

-- name: payment_of_patient
select id, appointment_id, patient_id, provider, reference, amount_minor, currency, state, refunded_minor,
    created_at, captured_at
from payment
where patient_id = any(%(patient_ids)s::uuid[]) and state = 'captured'
order by created_at desc, id desc
limit %(limit)s;

-- name: payment_between
select id, appointment_id, patient_id, provider, reference, amount_minor, currency, state, refunded_minor,
    created_at, captured_at
from payment
where created_at >= %(start)s and created_at < %(end)s
order by created_at desc, id desc
limit %(limit)s;

-- name: payment_refer
update payment set reference = %(reference)s where id = %(id)s and (reference is null or reference = %(reference)s);

-- name: payment_move
update payment
set state = %(new)s,
    reference = coalesce(%(reference)s, reference),
    captured_at = case when %(new)s = 'captured' then %(at)s::timestamptz else captured_at end
where id = %(id)s and state = %(old)s;

-- name: payment_ask_back
-- The row is locked by its update: two who ask at once get no more than was paid.
update payment
set refunded_minor = refunded_minor + %(amount_minor)s
where id = %(id)s and state = 'captured' and refunded_minor + %(amount_minor)s <= amount_minor;

-- name: payment_stale
-- Open payments older than a moment: the provider is asked what became of them. Ids grow with time.
select id
from payment
where state in ('created', 'processing') and provider = %(provider)s and created_at < %(before)s
    and (%(after)s::uuid is null or id > %(after)s)
order by id
limit %(limit)s;

-- name: payment_event_insert
insert into payment_event (provider, event_id, kind, outcome, payment_id, at)
values (%(provider)s, %(event_id)s, %(kind)s, %(outcome)s, %(payment_id)s, %(at)s)
on conflict (provider, event_id) do nothing;

-- name: payment_event_known
select 1 as known
from payment_event
where provider = %(provider)s and event_id = %(event_id)s;

-- name: payment_figures
select p.currency, count(*)::integer as payments, sum(p.amount_minor)::bigint as captured_minor
from payment p
where p.captured_at >= %(start)s and p.captured_at < %(end)s
group by p.currency
order by p.currency;

-- name: refund_figures
select r.currency, count(*)::integer as refunds, sum(r.amount_minor)::bigint as refunded_minor
from refund r
where r.done_at >= %(start)s and r.done_at < %(end)s
group by r.currency
order by r.currency;

-- name: refund_insert
insert into refund (id, payment_id, amount_minor, currency, reason, state, requested_by, requested_at)
values (
    %(id)s, %(payment_id)s, %(amount_minor)s, %(currency)s, %(reason)s, 'requested', %(requested_by)s, %(at)s
);

-- name: refund_by_id
select id, payment_id, amount_minor, currency, reason, state, reference, problem, requested_at, done_at, attempt
from refund
where id = %(id)s;

-- name: refund_lock
select id, payment_id, amount_minor, currency, reason, state, reference, problem, requested_at, done_at, attempt
from refund
where id = %(id)s
for update;

-- name: refund_of_payments
select id, payment_id, amount_minor, currency, reason, state, reference, problem, requested_at, done_at, attempt
from refund
where payment_id = any(%(payment_ids)s::uuid[])
order by requested_at, id;

-- name: refund_move
update refund
set state = %(new)s,
    -- A new attempt has a name of its own at the provider.
    reference = case when %(new)s = 'requested' then null else coalesce(%(reference)s, reference) end,
    attempt = attempt + case when %(new)s = 'requested' then 1 else 0 end,
    problem = %(problem)s,
    done_at = case when %(new)s = 'done' then %(at)s::timestamptz end
where id = %(id)s and state = %(old)s;

-- name: refund_movement_insert
insert into refund_movement (refund_id, attempt, kind, reference, at)
values (%(refund_id)s, %(attempt)s, %(kind)s, %(reference)s, %(at)s)
on conflict (refund_id, attempt, kind) do nothing;

-- name: payment_with_refused_refunds
-- Of any day: a refund is refused long after its payment was begun.
select p.id, p.appointment_id, p.patient_id, p.provider, p.reference, p.amount_minor, p.currency, p.state,
    p.refunded_minor, p.created_at, p.captured_at
from payment p
where p.id in (select r.payment_id from refund r where r.state = 'failed')
order by p.created_at, p.id
limit %(limit)s;

-- name: refund_under_way
-- Ids grow with time.
select r.id
from refund r
join payment p on p.id = r.payment_id
where r.state = 'sent' and p.provider = %(provider)s and (%(after)s::uuid is null or r.id > %(after)s)
order by r.id
limit %(limit)s;

-- name: refund_decision_insert
insert into refund_decision (payment_id, percent, reason, evidence, at)
values (%(payment_id)s, %(percent)s, %(reason)s, %(evidence)s, %(at)s)
on conflict (payment_id) do nothing;

-- name: refund_decision_of_payments
select payment_id, percent, reason, evidence, at
from refund_decision
where payment_id = any(%(payment_ids)s::uuid[]);

-- name: refund_decision_due
-- Paid visits that are over, or whose time is, and about which nothing is decided yet.
-- Where nothing is left to give back nothing is to be decided.
select p.id as payment_id, c.id as consultation_id
from payment p
join appointment a on a.id = p.appointment_id
join consultation c on c.appointment_id = a.id
where p.state = 'captured' and p.refunded_minor < p.amount_minor
    and (
        c.state = 'finished'
        or (c.state in ('planned', 'arrived') and a.ends_at < %(closed_before)s)
    )
    and not exists (select from refund_decision d where d.payment_id = p.id)
order by a.ends_at
limit %(limit)s;

-- name: refund_decision_entries
select e.kind, e.recorded_at, e.author = %(patient_account)s as by_patient
from archive_entry e
where e.conversation_id = %(consultation_id)s and e.kind = any(%(kinds)s)
order by e.seq;

-- name: payment_movements
-- What moved at this provider in a time, as we have it.
select 'capture' as movement, p.reference, p.id as payment_id, p.amount_minor, p.currency
from payment p
where p.provider = %(provider)s and p.captured_at >= %(start)s and p.captured_at < %(end)s
union all
select m.kind, m.reference, r.payment_id, r.amount_minor, r.currency
from refund_movement m
join refund r on r.id = m.refund_id
join payment p on p.id = r.payment_id
where p.provider = %(provider)s and m.at >= %(start)s and m.at < %(end)s;

-- name: payment_movements_named
-- The same by the provider's names of them, of any day.
select 'capture' as movement, p.reference, p.id as payment_id, p.amount_minor, p.currency
from payment p
where p.provider = %(provider)s and p.captured_at is not null and p.reference = any(%(names)s::text[])
union all
select m.kind, m.reference, r.payment_id, r.amount_minor, r.currency
from refund_movement m
join refund r on r.id = m.refund_id
join payment p on p.id = r.payment_id
where p.provider = %(provider)s and m.reference = any(%(names)s::text[]);

-- name: provider_movements_insert
insert into provider_movement (provider, kind, reference, payment_id, amount_minor, currency, day)
select %(provider)s, m.kind, m.reference, m.payment_id, m.amount_minor, m.currency, %(day)s
from unnest(
    %(kind)s::text[], %(reference)s::text[], %(payment_id)s::uuid[], %(amount_minor)s::bigint[], %(currency)s::text[]
) as m (kind, reference, payment_id, amount_minor, currency)
on conflict (provider, kind, reference) do nothing;

-- name: provider_movements_named
select kind as movement, reference, payment_id, amount_minor, currency
from provider_movement
where provider = %(provider)s and day <> %(day)s and reference = any(%(names)s::text[]);

-- name: reconciliation_insert
insert into reconciliation (id, provider, day, begins_at, ends_at, ours, theirs, at)
values (%(id)s, %(provider)s, %(day)s, %(start)s, %(end)s, %(ours)s, %(theirs)s, %(at)s);

-- name: reconciliation_differences_insert
insert into reconciliation_difference (
    reconciliation_id, line, kind, movement, reference, payment_id, ours_minor, theirs_minor, currency
)
select %(id)s, d.line, d.kind, d.movement, d.reference, d.payment_id, d.ours_minor, d.theirs_minor, d.currency
from unnest(
    %(kind)s::text[], %(movement)s::text[], %(reference)s::text[], %(payment_id)s::uuid[],
    %(ours_minor)s::bigint[], %(theirs_minor)s::bigint[], %(currency)s::text[]
) with ordinality as d (kind, movement, reference, payment_id, ours_minor, theirs_minor, currency, line);

-- name: reconciliation_done
select 1 as done
from reconciliation
where provider = %(provider)s and day = %(day)s;

-- name: reconciliation_latest
select distinct on (day, provider) id, provider, day, ours, theirs, at
from reconciliation
order by day desc, provider, at desc
limit %(limit)s;

-- name: reconciliation_differences
select reconciliation_id, kind, movement, reference, payment_id, ours_minor, theirs_minor, currency
from reconciliation_difference
where reconciliation_id = any(%(ids)s::uuid[])
order by reconciliation_id, line;

-- name: payment_visits
select a.id, d.name as practitioner_name, a.starts_at, p.name as patient_name
from appointment a
join patient p on p.id = a.patient_id
join practitioner d on d.id = a.practitioner_id
where a.id = any(%(ids)s::uuid[]);

-- name: payment_existing
select id from payment where id = any(%(ids)s::uuid[]);
