"""The administrator's view of dead jobs, and what handlers remember."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest

from actions.context import ActionRefused, Context, UnitOfWork
from actions.jobs import effect_done, list_dead, mark_effect, retry_dead
from domain.accounts import SYSTEM, actor_of
from domain.errors import Code, Forbidden, NotFound, WrongState
from domain.jobs import mail_visit_ended
from storage.job_queue import enqueue
from tests.conftest import Clock
from tests.people import Maker, make_admin, make_auditor, make_doctor, make_patient, make_pharmacist
from tests.rows import execute, rows, trail

VISIT = UUID("018f0000-0000-7000-8000-000000000001")
JOB = mail_visit_ended(VISIT)


async def queue(work: UnitOfWork) -> None:
    async with work.begin(SYSTEM, "test") as ctx:
        await enqueue(ctx.tx, JOB)


async def dead_job(work: UnitOfWork, dsn: str, *errors: str) -> int:
    """Leave a job that gave up after failing for these reasons."""
    await queue(work)
    [(job_id,)] = rows(dsn, "select id from procrastinate_jobs where status = 'todo'")
    execute(dsn, "update procrastinate_jobs set status = 'doing' where id = %s", job_id)
    execute(
        dsn,
        "update procrastinate_jobs set status = 'failed', attempts = %s where id = %s",
        len(errors),
        job_id,
    )
    for attempt, error in enumerate(errors, 1):
        execute(
            dsn,
            "insert into job_failure (job_id, at, attempt, error) values (%s, %s, %s, %s)",
            job_id,
            datetime(2026, 11, 23, tzinfo=UTC),
            attempt,
            error,
        )
    return int(job_id)


async def test_an_administrator_sees_dead_jobs_newest_first(work: UnitOfWork, dsn: str) -> None:
    admin = await make_admin(work)
    first = await dead_job(work, dsn, "TimeoutError", "PartnerDown: partner.down (mail)")
    second = await dead_job(work, dsn)
    async with work.begin(actor_of(admin), "request-1") as ctx:
        newest, oldest = await list_dead(ctx)
    assert (newest.id, newest.attempts, newest.last_error) == (second, 0, None)
    assert (oldest.id, oldest.attempts) == (first, 2)
    assert oldest.name == "mail.visit_ended"
    assert oldest.args == {"consultation_id": str(VISIT)}
    assert oldest.last_error == "PartnerDown: partner.down (mail)"
    assert oldest.enqueued_at is not None
    assert oldest.enqueued_at.tzinfo is not None
    assert trail(dsn, "job.list") == [("done", str(admin.id), None, None)]


async def test_jobs_that_wait_run_or_succeeded_are_not_among_the_dead(work: UnitOfWork, dsn: str) -> None:
    admin = await make_admin(work)
    await queue(work)
    for state in ("todo", "doing", "succeeded"):
        execute(dsn, "update procrastinate_jobs set status = %s", state)
        async with work.begin(actor_of(admin), "request-1") as ctx:
            assert await list_dead(ctx) == []


async def test_a_dead_job_is_queued_again_with_all_its_attempts(work: UnitOfWork, dsn: str) -> None:
    admin = await make_admin(work)
    job_id = await dead_job(work, dsn, "TimeoutError", "TimeoutError")
    async with work.begin(actor_of(admin), "request-1") as ctx:
        await retry_dead(ctx, job_id)
    assert rows(dsn, "select id, status, attempts, scheduled_at from procrastinate_jobs") == [
        (job_id, "todo", 0, None)
    ]
    assert rows(dsn, "select count(*) from job_failure") == [(2,)]
    assert trail(dsn, "job.retry") == [("done", str(admin.id), None, None)]
    [(detail,)] = rows(dsn, "select detail from audit_event where action = 'job.retry'")
    assert detail == {"job_id": job_id, "name": "mail.visit_ended"}


@pytest.mark.parametrize("state", ["todo", "doing", "succeeded"])
async def test_only_a_dead_job_is_retried(work: UnitOfWork, dsn: str, state: str) -> None:
    admin = await make_admin(work)
    await queue(work)
    execute(dsn, "update procrastinate_jobs set status = %s", state)
    [(job_id,)] = rows(dsn, "select id from procrastinate_jobs")
    with pytest.raises(WrongState) as refused:
        async with work.begin(actor_of(admin), "request-1") as ctx:
            await retry_dead(ctx, job_id)
    assert refused.value.code is Code.JOB_WRONG_STATE
    assert refused.value.state == state
    assert rows(dsn, "select status from procrastinate_jobs") == [(state,)]
    assert trail(dsn, "job.retry") == []


async def test_a_dead_job_whose_like_is_queued_stays_dead(work: UnitOfWork, dsn: str) -> None:
    admin = await make_admin(work)
    job_id = await dead_job(work, dsn, "TimeoutError")
    await queue(work)
    with pytest.raises(WrongState, match="queued again"):
        async with work.begin(actor_of(admin), "request-1") as ctx:
            await retry_dead(ctx, job_id)
    assert rows(dsn, "select status from procrastinate_jobs order by id") == [("failed",), ("todo",)]


@pytest.mark.parametrize("job_id", [4711, 0, -1, 2**63, 10**30])
async def test_a_job_that_is_not_there_is_not_found(work: UnitOfWork, job_id: int) -> None:
    admin = await make_admin(work)
    with pytest.raises(NotFound):
        async with work.begin(actor_of(admin), "request-1") as ctx:
            await retry_dead(ctx, job_id)


async def retry_first(ctx: Context) -> None:
    await retry_dead(ctx, 1)


@pytest.mark.parametrize("make", [make_patient, make_doctor, make_pharmacist, make_auditor])
@pytest.mark.parametrize(("act", "name"), [(list_dead, "job.list"), (retry_first, "job.retry")])
async def test_nobody_else_sees_or_retries_jobs(
    work: UnitOfWork, dsn: str, make: Maker, act: Callable[[Context], Awaitable[object]], name: str
) -> None:
    someone = await make(work)
    with pytest.raises(ActionRefused):
        async with work.begin(actor_of(someone), "request-1") as ctx:
            await act(ctx)
    assert trail(dsn, name) == [("refused", str(someone.id), None, None)]


async def test_an_effect_is_remembered_once_and_for_all(work: UnitOfWork, dsn: str, clock: Clock) -> None:
    async with work.begin(SYSTEM, "test") as ctx:
        assert not await effect_done(ctx, "mail:1")
        await mark_effect(ctx, "mail:1")
        await mark_effect(ctx, "mail:1")
    async with work.begin(SYSTEM, "test") as ctx:
        assert await effect_done(ctx, "mail:1")
        assert not await effect_done(ctx, "mail:2")
    assert rows(dsn, "select key, at from job_effect") == [("mail:1", clock())]


@pytest.mark.parametrize("step", [effect_done, mark_effect])
async def test_a_person_neither_reads_nor_marks_effects(
    work: UnitOfWork, dsn: str, step: Callable[[Context, str], Awaitable[object]]
) -> None:
    admin = await make_admin(work)
    with pytest.raises(Forbidden):
        async with work.begin(actor_of(admin), "request-1") as ctx:
            await step(ctx, "mail:1")
    assert rows(dsn, "select key from job_effect") == []
