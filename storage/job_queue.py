"""The job queue's rows: queueing within the caller's transaction, dead jobs, what is done already.

Running jobs is job_runner's part. The engine is procrastinate; each job name is a queue of its own, so that a
node only takes jobs that it has a handler for.
"""

import json
from dataclasses import dataclass
from datetime import datetime

from domain.jobs import Job
from storage.pool import Tx

DEAD_LISTED_MAX = 200
_BIGINT_MAX = 2**63 - 1


@dataclass(frozen=True, slots=True)
class DeadJob:
    """A job that gave up. `args` are ids; `last_error` is a type and a stable code, when there is one."""

    id: int
    name: str
    attempts: int
    args: dict[str, str]
    last_error: str | None
    enqueued_at: datetime | None


@dataclass(frozen=True, slots=True)
class JobState:
    """Where a job stands: todo, doing, succeeded, failed (dead), cancelled or aborted."""

    name: str
    key: str
    state: str


async def enqueue(tx: Tx, job: Job, run_at: datetime | None = None) -> None:
    """Queue a job: it is there when, and only when, the transaction commits.

    A job with this key that waits or runs already makes this do nothing. `run_at` is the earliest moment
    (aware); None is at once.
    """
    await tx.run("job_lock_key", {"key": job.key})
    await tx.run(
        "job_enqueue",
        {
            "name": job.name.value,
            "key": job.key,
            "args": json.dumps({**job.args, "key": job.key}),
            "run_at": run_at,
        },
    )


async def dead(tx: Tx) -> list[DeadJob]:
    """Return the dead jobs, newest first, at most DEAD_LISTED_MAX."""
    return [DeadJob(**row) for row in await tx.all("jobs_dead", {"limit": DEAD_LISTED_MAX})]


async def state(tx: Tx, job_id: int) -> JobState | None:
    """Return where a job stands, or None when there is no such job."""
    if not 0 < job_id <= _BIGINT_MAX:
        return None
    row = await tx.one("job_state", {"id": job_id})
    return None if row is None else JobState(**row)


async def retry(tx: Tx, job_id: int, key: str) -> bool:
    """Queue a dead job again, with all its attempts; say whether it was dead and no other one has its key."""
    await tx.run("job_lock_key", {"key": key})
    return await tx.one("job_retry", {"id": job_id}) is not None


async def has_effect(tx: Tx, key: str) -> bool:
    """Say whether the job with this key has had its effect."""
    return await tx.one("job_effect_find", {"key": key}) is not None


async def keep_effect(tx: Tx, key: str, at: datetime) -> None:
    """Remember that the job with this key has had its effect. Repeating changes nothing."""
    await tx.run("job_effect_insert", {"key": key, "at": at})
