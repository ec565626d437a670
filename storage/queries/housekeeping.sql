-- name: housekeeping_jobs
-- Failed ones stay: the administrator decides about them. The engine dates what happens to a job itself.
delete from procrastinate_jobs
where id in (
    select job.id from procrastinate_jobs job
    where job.status = 'succeeded' and not exists (
        select 1 from procrastinate_events event where event.job_id = job.id and event.at >= %(before)s
    )
    limit %(limit)s
    for update skip locked
);

-- name: housekeeping_sessions
delete from session
where id in (
    select id from session
    where revoked_at < %(before)s or idle_expires_at < %(before)s or absolute_expires_at < %(before)s
    limit %(limit)s
    for update skip locked
);

-- name: housekeeping_effects
-- As long as there is a job that could run again, what it has done is known.
delete from job_effect
where key in (
    select effect.key from job_effect effect
    where effect.at < %(before)s and not exists (
        select 1 from procrastinate_jobs job where job.queueing_lock = effect.key
    )
    limit %(limit)s
    for update skip locked
);

-- name: housekeeping_challenges
delete from passkey_challenge
where id in (
    select id from passkey_challenge
    where expires_at < %(before)s
    limit %(limit)s
    for update skip locked
);

-- name: housekeeping_codes
delete from one_time_code
where id in (
    select id from one_time_code
    where created_at < %(before)s
    limit %(limit)s
    for update skip locked
);

-- name: housekeeping_idempotency_keys
delete from idempotency_key
where (account_id, key) in (
    select account_id, key from idempotency_key
    where created_at < %(before)s
    limit %(limit)s
    for update skip locked
);

-- name: housekeeping_sign_ons
delete from single_sign_on_attempt
where state_hash in (
    select state_hash from single_sign_on_attempt
    where expires_at < %(before)s
    limit %(limit)s
    for update skip locked
);
