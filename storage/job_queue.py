"""The job queue's rows: queueing within the caller's transaction, dead jobs, what is done already.

Running jobs is job_runner's. The engine is procrastinate; each job name is a queue of its own, so that a
node only takes jobs that it has a handler for.
"""

import json
from datetime import datetime

from domain.jobs import Job
from storage.pool import Tx


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
