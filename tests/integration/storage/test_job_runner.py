"""The job runner: wakes, repeats, gives up, rescues, comes back."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from domain.errors import Code, OwnFault, PartnerDown, WrongState
from domain.jobs import Handler, Job, JobCall, JobGivenUp, JobName, mail_visit_ended
from storage.job_queue import enqueue
from storage.job_runner import JobRunner, Pace
from storage.pool import Database
from tests.rows import rows
from tests.waiting import until

NEVER_S = 3600.0
QUICK = Pace(
    retry_waits_s=(0.01, 0.01),
    poll_s=0.05,
    heartbeat_s=0.2,
    stalled_after_s=30,
    rescue_every_s=0.1,
    stop_grace_s=0.1,
)
NO_POLLING = Pace(retry_waits_s=(), poll_s=NEVER_S, rescue_every_s=NEVER_S)

Running = Callable[..., AbstractAsyncContextManager[JobRunner]]


def real_time() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def running(dsn: str) -> Running:
    @asynccontextmanager
    async def run(handler: Handler, pace: Pace = QUICK) -> AsyncIterator[JobRunner]:
        runner = JobRunner(dsn, {JobName.MAIL_VISIT_ENDED: handler}, clock=real_time, pace=pace)
        await runner.start()
        try:
            yield runner
        finally:
            await runner.stop()

    return run


class Recorder:
    """A handler that writes down its calls, then does what it was told."""

    def __init__(self, act: Callable[[JobCall], Awaitable[None]] | None = None) -> None:
        self.calls: list[JobCall] = []
        self._act = act

    async def __call__(self, call: JobCall) -> None:
        self.calls.append(call)
        if self._act is not None:
            await self._act(call)


async def queue(database: Database, job: Job | None = None) -> Job:
    job = job or mail_visit_ended(uuid4())
    async with database.transaction() as tx:
        await enqueue(tx, job)
    return job


def states(dsn: str) -> list[tuple[str, int]]:
    return rows(dsn, "select status, attempts from procrastinate_jobs order by id")


def reasons(dsn: str) -> list[tuple[int, str]]:
    return rows(dsn, "select attempt, error from job_failure order by id")


async def reached(dsn: str, *wanted: tuple[str, int]) -> None:
    async def there() -> bool:
        return states(dsn) == list(wanted)

    await until(there)


async def test_a_committed_job_wakes_the_runner(running: Running, database: Database, dsn: str) -> None:
    handler = Recorder()
    async with running(handler, NO_POLLING):
        await until(lambda: listening(dsn))
        job = await queue(database)
        await reached(dsn, ("succeeded", 1))
    assert handler.calls == [JobCall(job.key, job.args, 1)]


async def listening(dsn: str) -> bool:
    return bool(
        rows(
            dsn,
            "select 1 from pg_stat_activity where query ilike 'listen%%' and datname = current_database()",
        )
    )


async def test_a_job_queued_before_the_start_is_run(running: Running, database: Database, dsn: str) -> None:
    await queue(database)
    async with running(Recorder(), NO_POLLING):
        await reached(dsn, ("succeeded", 1))


async def test_a_job_that_failed_is_run_again(running: Running, database: Database, dsn: str) -> None:
    async def fail_once(call: JobCall) -> None:
        if call.attempt == 1:
            raise PartnerDown("mail", "The mail server for li.wei@example.org does not answer.")

    handler = Recorder(fail_once)
    await queue(database)
    async with running(handler):
        await reached(dsn, ("succeeded", 2))
    assert [call.attempt for call in handler.calls] == [1, 2]
    assert reasons(dsn) == [(1, "PartnerDown: partner.down (mail)")]


async def test_an_attempt_waits_for_its_turn(running: Running, database: Database, dsn: str) -> None:
    async def fail(_call: JobCall) -> None:
        raise LookupError

    await queue(database)
    pace = Pace(retry_waits_s=(NEVER_S,), poll_s=0.05)
    before = real_time()
    async with running(Recorder(fail), pace):
        await reached(dsn, ("todo", 1))
    [(next_at,)] = rows(dsn, "select scheduled_at from procrastinate_jobs")
    assert NEVER_S <= (next_at - before).total_seconds() < NEVER_S + 60


async def test_after_the_last_attempt_a_job_is_dead(running: Running, database: Database, dsn: str) -> None:
    async def fail(_call: JobCall) -> None:
        raise WrongState(Code.CONSULTATION_WRONG_STATE, "visit of Li Wei", "planned", "mail")

    handler = Recorder(fail)
    await queue(database)
    async with running(handler):
        await reached(dsn, ("failed", 3))
    assert len(handler.calls) == 3
    wanted = "WrongState: consultation.wrong_state"
    assert reasons(dsn) == [(1, wanted), (2, wanted), (3, wanted)]


async def test_why_a_job_failed_is_kept_without_its_words(
    running: Running, database: Database, dsn: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(_call: JobCall) -> None:
        raise ValueError("li.wei@example.org")

    await queue(database)
    async with running(Recorder(fail)):
        await reached(dsn, ("failed", 3))
    assert reasons(dsn) == [(number, "ValueError") for number in (1, 2, 3)]
    assert "ended with status" in caplog.text
    assert "li.wei" not in caplog.text


async def test_a_job_given_up_is_dead_at_once(running: Running, database: Database, dsn: str) -> None:
    async def give_up(_call: JobCall) -> None:
        raise JobGivenUp("mail.refused (550)")

    await queue(database)
    async with running(Recorder(give_up)):
        await reached(dsn, ("failed", 1))
    assert reasons(dsn) == [(1, "mail.refused (550)")]


async def test_a_job_that_hangs_fails(running: Running, database: Database, dsn: str) -> None:
    async def hang(_call: JobCall) -> None:
        await asyncio.Event().wait()

    await queue(database)
    async with running(Recorder(hang), Pace(retry_waits_s=(), job_timeout_s=0.1)):
        await reached(dsn, ("failed", 1))
    assert reasons(dsn) == [(1, "TimeoutError")]


async def test_a_job_of_another_name_waits_for_a_runner_that_knows_it(
    running: Running, database: Database, dsn: str
) -> None:
    async with database.transaction() as tx:
        await tx.script(
            "insert into procrastinate_jobs (queue_name, task_name, args) values ('later', 'later', '{}')"
        )
    await queue(database)
    async with running(Recorder()):
        await reached(dsn, ("todo", 0), ("succeeded", 1))


async def test_two_runners_do_not_share_a_job(running: Running, database: Database, dsn: str) -> None:
    handler = Recorder()
    async with running(handler), running(handler):
        jobs = [await queue(database) for _ in range(20)]
        await reached(dsn, *[("succeeded", 1)] * 20)
    assert sorted(call.key for call in handler.calls) == sorted(job.key for job in jobs)


async def hold(database: Database, *, attempts: int, silent: str) -> None:
    """Leave a job in the hands of a worker that was last heard of some time ago."""
    await queue(database)
    async with database.transaction() as tx:
        await tx.script(f"""
            with worker as (
                insert into procrastinate_workers (last_heartbeat)
                values (clock_timestamp() - interval '{silent}') returning id
            )
            update procrastinate_jobs
            set status = 'doing', worker_id = (select id from worker), attempts = {attempts}
        """)  # noqa: S608  # the tests' own values


async def test_a_dead_workers_job_is_run_by_another(running: Running, database: Database, dsn: str) -> None:
    await hold(database, attempts=0, silent="1 minute")
    handler = Recorder()
    async with running(handler):
        await reached(dsn, ("succeeded", 2))
    assert [call.attempt for call in handler.calls] == [2]
    assert reasons(dsn) == [(1, "WorkerLost")]


async def test_a_job_that_killed_its_worker_too_often_is_dead(
    running: Running, database: Database, dsn: str
) -> None:
    await hold(database, attempts=2, silent="1 minute")
    handler = Recorder()
    async with running(handler):
        await reached(dsn, ("failed", 3))
    assert handler.calls == []


async def test_a_living_workers_job_is_left_alone(running: Running, database: Database, dsn: str) -> None:
    await hold(database, attempts=0, silent="1 second")
    async with running(Recorder()):
        # A job that went all the way shows that the runner has looked.
        await queue(database)
        await reached(dsn, ("doing", 0), ("succeeded", 1))


async def test_stopping_lets_a_job_end(running: Running, database: Database, dsn: str) -> None:
    entered, leave = asyncio.Event(), asyncio.Event()

    async def wait(_call: JobCall) -> None:
        entered.set()
        await leave.wait()

    await queue(database)
    async with running(Recorder(wait), Pace(stop_grace_s=30)) as runner:
        await entered.wait()
        async with asyncio.TaskGroup() as group:
            group.create_task(runner.stop())
            leave.set()
    assert states(dsn) == [("succeeded", 1)]
    assert rows(dsn, "select id from procrastinate_workers") == []


async def test_stopping_gives_a_long_job_back(running: Running, database: Database, dsn: str) -> None:
    entered = asyncio.Event()

    async def hang(_call: JobCall) -> None:
        entered.set()
        await asyncio.Event().wait()

    await queue(database)
    async with running(Recorder(hang)):
        await entered.wait()
    assert states(dsn) == [("todo", 1)]
    assert reasons(dsn) == []
    async with running(Recorder()):
        await reached(dsn, ("succeeded", 2))


DROP = """
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'televisit jobs'
"""
DROP_WAITING = f"{DROP} and wait_event_type = 'Lock'"


async def test_lost_connections_are_made_anew(running: Running, database: Database, dsn: str) -> None:
    handler = Recorder()
    async with running(handler):
        for number in range(1, 4):
            await queue(database)
            await reached(dsn, *[("succeeded", 1)] * number)
            rows(dsn, DROP)
    assert len(handler.calls) == 3


async def test_a_job_whose_acknowledgement_is_lost_is_run_again(
    running: Running, database: Database, dsn: str
) -> None:
    entered, leave = asyncio.Event(), asyncio.Event()

    async def wait(_call: JobCall) -> None:
        entered.set()
        await leave.wait()

    def worker_id() -> object:
        [(found,)] = rows(dsn, "select max(id) from procrastinate_workers")
        return found

    handler = Recorder(wait)
    await queue(database)
    # Signing off needs the same row and is cut off too: the job is rescued when its worker was silent.
    async with running(handler, replace(QUICK, stalled_after_s=2)):
        await entered.wait()
        first = worker_id()
        async with database.transaction() as holder:
            await holder.script("select id from procrastinate_jobs for update")
            leave.set()

            async def replaced() -> bool:
                rows(dsn, DROP_WAITING)
                return worker_id() not in (first, None)

            # Whatever tries to acknowledge waits for this transaction, and is cut off.
            await until(replaced)
        await reached(dsn, ("succeeded", 2))
    assert [call.attempt for call in handler.calls] == [1, 2]
    assert reasons(dsn) == [(1, "WorkerLost")]


async def test_a_runner_starts_once_and_stops_twice(running: Running, dsn: str) -> None:
    async with running(Recorder()) as runner:
        with pytest.raises(OwnFault):
            await runner.start()
        await runner.stop()
        await runner.stop()


async def test_a_runner_stops_at_any_moment_and_hangs_up(running: Running, dsn: str) -> None:
    for step in range(25):
        async with running(Recorder()):
            await asyncio.sleep(step * 0.002)

    async def alone() -> bool:
        return rows(dsn, "select pid from pg_stat_activity where application_name = 'televisit jobs'") == []

    await until(alone)


async def test_stopping_before_postgresql_ever_answered_returns() -> None:
    runner = JobRunner("host=/nowhere dbname=none", {}, clock=real_time)
    await runner.start()
    await asyncio.sleep(0)
    await runner.stop()


def test_the_key_of_a_job_names_its_visit() -> None:
    visit = UUID("018f0000-0000-7000-8000-000000000001")
    assert mail_visit_ended(visit).key == f"mail.visit_ended:{visit}"
