-- name: job_lock_key
-- Two transactions that queue the same job wait for each other; the second then sees the first's row.
select pg_advisory_xact_lock(hashtextextended('job:' || %(key)s, 0));

-- name: job_enqueue
select procrastinate_defer_jobs_v1(array[
    row(%(name)s, %(name)s, 0, null, %(key)s, %(args)s::jsonb, %(run_at)s)::procrastinate_job_to_defer_v1
])
where not exists (
    select 1 from procrastinate_jobs where queueing_lock = %(key)s and status in ('todo', 'doing')
);

-- name: job_rescue
-- Only when the dead worker still holds it: two rescuers cannot both take it, nor one take it from the living.
-- The engine announces inserted jobs alone, so one that waits again is announced here in its way.
with held as (
    select id from procrastinate_jobs
    where id = %(job_id)s and status = 'doing' and attempts = %(attempts)s
      and worker_id is not distinct from %(worker_id)s::bigint
    for update skip locked
),
rescued as (
    update procrastinate_jobs
    set status = %(state)s::procrastinate_job_status, attempts = attempts + 1, scheduled_at = null, worker_id = null
    where id in (select id from held)
    returning id, queue_name
)
select id, pg_notify(
    'procrastinate_queue_v1#' || queue_name, json_build_object('type', 'job_inserted', 'job_id', id)::text
)
from rescued;

-- name: job_failure_insert
insert into job_failure (job_id, at, attempt, error)
values (%(job_id)s, %(at)s, %(attempt)s, %(error)s);

-- name: jobs_dead
select
    job.id, job.task_name as name, job.attempts, job.args - 'key' as args, failure.error as last_error,
    (
        select min(event.at) from procrastinate_events event
        where event.job_id = job.id and event.type = 'deferred'
    ) as enqueued_at
from procrastinate_jobs job
left join lateral (
    select error from job_failure where job_id = job.id order by id desc limit 1
) failure on true
where job.status = 'failed'
order by job.id desc
limit %(limit)s;

-- name: job_state
select task_name as name, queueing_lock as key, status::text as state from procrastinate_jobs where id = %(id)s;

-- name: job_retry
-- A fresh series of attempts; what the earlier ones died of stays in job_failure.
with retried as (
    update procrastinate_jobs
    set status = 'todo', attempts = 0, scheduled_at = null, worker_id = null
    where id = %(id)s and status = 'failed' and not exists (
        select 1 from procrastinate_jobs other
        where other.queueing_lock = procrastinate_jobs.queueing_lock and other.status in ('todo', 'doing')
    )
    returning id, queue_name
)
select id, pg_notify(
    'procrastinate_queue_v1#' || queue_name, json_build_object('type', 'job_inserted', 'job_id', id)::text
)
from retried;

-- name: job_effect_find
select 1 as done from job_effect where key = %(key)s;

-- name: job_effect_insert
insert into job_effect (key, at) values (%(key)s, %(at)s) on conflict (key) do nothing;
