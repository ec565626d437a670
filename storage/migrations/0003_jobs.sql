-- Why a job's attempts failed, for the administrator: the error's type and stable code, never its text.

create table job_failure (
    id bigint primary key generated always as identity,
    job_id bigint not null references procrastinate_jobs on delete cascade,
    at timestamptz not null,
    attempt integer not null check (attempt > 0),
    error text not null check (length(error) between 1 and 200)
);
create index job_failure_job on job_failure (job_id, id);

-- The queue's own indexes serve fetching; these serve "is this job queued already" and the list of dead jobs.
create index job_queued_key on procrastinate_jobs (queueing_lock) where status in ('todo', 'doing');
create index job_dead on procrastinate_jobs (id) where status = 'failed';
