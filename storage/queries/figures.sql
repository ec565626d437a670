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
