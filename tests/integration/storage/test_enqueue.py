"""Queueing a job: with its transaction or not at all, and once."""

import asyncio
from datetime import UTC, datetime
from uuid import UUID

from domain.jobs import mail_visit_ended
from storage.job_queue import enqueue
from storage.pool import Database
from tests.rows import rows

VISIT = UUID("018f0000-0000-7000-8000-000000000001")
JOB = mail_visit_ended(VISIT)


def states(dsn: str) -> list[str]:
    return sorted(state for (state,) in rows(dsn, "select status from procrastinate_jobs"))


async def test_a_job_is_there_when_its_transaction_commits(database: Database, dsn: str) -> None:
    later = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    async with database.transaction() as tx:
        await enqueue(tx, JOB, run_at=later)
    assert rows(dsn, "select queue_name, task_name, args, scheduled_at from procrastinate_jobs") == [
        (
            "mail.visit_ended",
            "mail.visit_ended",
            {"consultation_id": str(VISIT), "key": f"mail.visit_ended:{VISIT}"},
            later,
        )
    ]


async def test_a_job_is_gone_when_its_transaction_rolls_back(database: Database, dsn: str) -> None:
    try:
        async with database.transaction() as tx:
            await enqueue(tx, JOB)
            raise LookupError
    except LookupError:
        pass
    assert states(dsn) == []


async def test_the_same_job_twice_in_one_transaction_is_queued_once(database: Database, dsn: str) -> None:
    async with database.transaction() as tx:
        await enqueue(tx, JOB)
        await enqueue(tx, JOB)
    assert len(states(dsn)) == 1


async def test_the_same_job_from_transactions_at_once_is_queued_once(database: Database, dsn: str) -> None:
    async def one() -> None:
        async with database.transaction() as tx:
            await enqueue(tx, JOB)

    async with asyncio.TaskGroup() as group:
        for _ in range(8):
            group.create_task(one())
    assert len(states(dsn)) == 1


async def test_a_job_that_runs_now_is_not_queued_again(database: Database, dsn: str) -> None:
    async with database.transaction() as tx:
        await enqueue(tx, JOB)
        await tx.script("update procrastinate_jobs set status = 'doing'")
    async with database.transaction() as tx:
        await enqueue(tx, JOB)
    assert len(states(dsn)) == 1


async def test_a_job_that_ended_may_be_queued_again(database: Database, dsn: str) -> None:
    async with database.transaction() as tx:
        await enqueue(tx, JOB)
        await tx.script("update procrastinate_jobs set status = 'doing'")
        await tx.script("update procrastinate_jobs set status = 'succeeded'")
        await enqueue(tx, JOB)
    assert states(dsn) == ["succeeded", "todo"]
