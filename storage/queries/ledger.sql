-- name: ledger_journal_insert
insert into ledger_journal (id, kind, reference, lines, at)
values (%(id)s, %(kind)s, %(reference)s, %(lines)s, %(at)s)
on conflict (kind, reference) do nothing;

-- name: ledger_entries_insert
insert into ledger_entry (journal_id, line, account, amount_minor, currency)
select %(journal_id)s, e.line, e.account, e.amount_minor, e.currency
from unnest(%(account)s::text[], %(amount_minor)s::bigint[], %(currency)s::text[])
    with ordinality as e (account, amount_minor, currency, line);

-- name: ledger_balances
select e.account, e.currency, sum(e.amount_minor)::bigint as amount_minor
from ledger_entry e
join ledger_journal j on j.id = e.journal_id
where j.at >= %(start)s and j.at < %(end)s
group by e.account, e.currency
having sum(e.amount_minor) <> 0
order by e.currency, e.account;
