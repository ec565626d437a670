"""PostgreSQL is stopped and killed under a running job runner: it comes back by itself."""

import asyncio
import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import psutil
import pytest

from domain.jobs import JobCall, JobName, mail_visit_ended
from server.embedded_postgres import EmbeddedPostgres
from storage.job_queue import enqueue
from storage.job_runner import JobRunner, Pace
from storage.migrate import migrate
from storage.pool import Database
from tests.rows import rows
from tests.waiting import until

pytestmark = pytest.mark.faults


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def own_cluster() -> Iterator[EmbeddedPostgres]:
    """A cluster that this test alone uses, and may stop."""
    folder = Path(tempfile.mkdtemp(prefix="televisit-test-", dir="/var/tmp"))  # as conftest
    folder.chmod(0o755)
    cluster = EmbeddedPostgres(folder)
    cluster.start()
    cluster.ensure_database("jobs")
    yield cluster
    cluster.stop()
    shutil.rmtree(folder, ignore_errors=True)


def stop(cluster: EmbeddedPostgres) -> None:
    cluster.stop()


def kill(cluster: EmbeddedPostgres) -> None:
    assert cluster.pid is not None
    backends = psutil.Process(cluster.pid).children(recursive=True)
    os.kill(cluster.pid, signal.SIGKILL)
    psutil.wait_procs(backends, timeout=20)
    cluster.stop()


async def queue(database: Database) -> str:
    job = mail_visit_ended(uuid4())
    async with database.transaction() as tx:
        await enqueue(tx, job)
    return job.key


@pytest.mark.parametrize("down", [stop, kill])
async def test_the_runner_comes_back_with_postgresql(
    own_cluster: EmbeddedPostgres, down: Callable[[EmbeddedPostgres], None]
) -> None:
    dsn = own_cluster.dsn("jobs")
    database = await Database.connect(dsn, size=1)
    await migrate(database, now)
    entered, leave = asyncio.Event(), asyncio.Event()
    done: list[str] = []

    async def handle(call: JobCall) -> None:
        if not done and call.attempt == 1:
            entered.set()
            await leave.wait()
        done.append(call.key)

    runner = JobRunner(
        dsn,
        {JobName.MAIL_VISIT_ENDED: handle},
        clock=now,
        pace=Pace(poll_s=0.1, heartbeat_s=0.2, stalled_after_s=2, rescue_every_s=0.2, stop_grace_s=0.1),
    )
    interrupted = await queue(database)
    await runner.start()
    await entered.wait()
    await database.close()
    down(own_cluster)
    leave.set()
    own_cluster.start()

    database = await Database.connect(dsn, size=1)
    later = await queue(database)

    async def all_done() -> bool:
        return rows(dsn, "select distinct status from procrastinate_jobs") == [("succeeded",)]

    await until(all_done)
    assert set(done) == {interrupted, later}
    await runner.stop()
    await database.close()
