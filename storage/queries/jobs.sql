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
