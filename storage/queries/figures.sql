-- name: figures_visits
select count(*) as appointments,
    count(*) filter (where c.state = 'arrived') as waiting,
    count(*) filter (where c.state = 'in-progress') as in_progress,
    count(*) filter (where c.state = 'finished') as finished,
    percentile_cont(0.5) within group (
        order by extract(epoch from c.admitted_at - c.arrived_at)::float8 / 60
    ) filter (where c.admitted_at is not null) as wait_minutes_median
from appointment a
join consultation c on c.appointment_id = a.id
where a.starts_at >= %(start)s and a.starts_at < %(end)s and a.state <> 'cancelled';

-- name: figures_jobs
select count(*) filter (where status in ('todo', 'doing')) as waiting,
    count(*) filter (where status = 'failed') as dead
from procrastinate_jobs
where status in ('todo', 'doing', 'failed');

-- name: figures_visits_by_day
-- A hold that was given up or ended never was a visit: it has no consultation.
select (a.starts_at at time zone %(zone)s)::date as day,
    count(*) as visits,
    count(*) filter (where c.state = 'finished') as finished,
    count(*) filter (where a.state = 'cancelled') as cancelled,
    count(*) filter (where a.state = 'noshow') as no_shows,
    percentile_cont(0.5) within group (
        order by extract(epoch from c.admitted_at - c.arrived_at)::float8 / 60
    ) filter (where c.admitted_at is not null) as wait_minutes_median
from appointment a
join consultation c on c.appointment_id = a.id
where a.starts_at >= %(start)s and a.starts_at < %(end)s
group by 1;

-- name: figures_booked_by_day
select (c.created_at at time zone %(zone)s)::date as day, count(*) as booked
from consultation c
where c.created_at >= %(start)s and c.created_at < %(end)s
group by 1;

-- name: figures_money_by_day
select m.day, m.currency, sum(m.captured)::bigint as captured_minor, sum(m.refunded)::bigint as refunded_minor
from (
    select (p.captured_at at time zone %(zone)s)::date as day, p.currency, p.amount_minor as captured,
        0 as refunded
    from payment p
    where p.captured_at >= %(start)s and p.captured_at < %(end)s
    union all
    select (r.done_at at time zone %(zone)s)::date, r.currency, 0, r.amount_minor
    from refund r
    where r.done_at >= %(start)s and r.done_at < %(end)s and r.state = 'done'
) m
group by m.day, m.currency
order by m.day, m.currency;
