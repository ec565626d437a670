"""Runs jobs in this process: a procrastinate worker, supervised. What the jobs do is their handlers'.

A job runs at least once. It is acknowledged after its handler returned; when the process dies in between,
another worker runs it again, so every handler finds out by itself what is done already. A failed attempt
is repeated after a wait, the last one leaves the job dead ('failed') for the administrator. Why it failed
is kept as the error's type and stable code: an error's text may name a person and goes nowhere.

Any trouble with PostgreSQL ends the worker and begins a new one, with new connections and a new number,
after a growing pause. Jobs that the old number still holds are rescued like those of a process that died.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NoReturn, TypeVar

import aiopg
import psycopg2
import psycopg2.extras
import structlog
from procrastinate import App, BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.contrib.aiopg import AiopgConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job as QueuedJob

from domain.errors import Fault, OwnFault, PartnerDown
from domain.jobs import RETRY_WAITS_S, Handler, JobCall, JobGivenUp, JobName
from storage.cancellation import cancellation_kept
from storage.statements import statement

_log = structlog.get_logger(__name__)
_APPLICATION = "televisit jobs"
_OPTIONS = "-c timezone=UTC"
_PAUSES_S = (0.1, 0.5, 1, 2, 5)
_STEADY_S = 10
"""A worker that lived so long was well: the pauses start from the shortest again."""
_CLOSE_TIMEOUT_S = 5
_STOP_AGAIN_S = 5
_ERROR_MAX = 200
_KEY = "key"
_T = TypeVar("_T")

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Pace:
    """How often the runner looks and how long it waits, in seconds. Tests make it quick."""

    retry_waits_s: Sequence[float] = RETRY_WAITS_S
    poll_s: float = 1
    """New jobs announce themselves; this finds those whose wait is over."""
    heartbeat_s: float = 2
    stalled_after_s: float = 15
    """A worker that was silent so long is dead, and others run its jobs: longer than any pause of ours."""
    rescue_every_s: float = 5
    job_timeout_s: float = 120
    stop_grace_s: float = 3
    """Jobs that run longer when the runner stops are cancelled and queued again."""
    database_timeout_s: float = 15


class JobRunner:
    """Runs the jobs that it has handlers for, at most `concurrency` at a time. Jobs of other names wait.

    `clock` must show real time: PostgreSQL compares the end of a wait with its own clock.
    """

    def __init__(
        self,
        dsn: str,
        handlers: Mapping[JobName, Handler],
        *,
        clock: Clock,
        concurrency: int = 4,
        pace: Pace = Pace(),
    ) -> None:
        self._dsn = dsn
        self._handlers = dict(handlers)
        self._clock = clock
        self._concurrency = concurrency
        self._pace = pace
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to run jobs. PostgreSQL need not be there yet."""
        if self._task is not None:
            raise OwnFault("the job runner was started twice")
        self._task = asyncio.create_task(self._run(), name="job runner")

    async def stop(self) -> None:
        """Let running jobs end or give them back, then return. Does nothing when not started."""
        task, self._task = self._task, None
        while task is not None and not task.done():
            # More than once, because the engine's listener can lose a cancellation to a notification.
            task.cancel()
            await asyncio.wait([task], timeout=self._pace.stop_grace_s + _STOP_AGAIN_S)

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        failures = 0
        while True:
            began = loop.time()
            try:
                await self._serve()
            except Exception as error:
                failures = 1 if loop.time() - began > _STEADY_S else failures + 1
                pause_s = _PAUSES_S[min(failures, len(_PAUSES_S)) - 1]
                _log.warning("jobs.worker_lost", error=_kinds(error), again_in_s=pause_s)
            await asyncio.sleep(pause_s)

    async def _serve(self) -> NoReturn:
        """Run one worker until it is lost, which raises, or until cancelled."""
        pool = None
        try:
            with cancellation_kept():
                pool = await self._pool()
            connector = _WatchedConnector()
            app = App(connector=connector)
            self._register(app, connector)
            await app.open_async(pool)
            async with asyncio.TaskGroup() as group:
                group.create_task(self._work(app, connector), name="job worker")
                group.create_task(self._rescue(app, connector), name="job rescue")
                await connector.lost.wait()
                raise PartnerDown("database", "The job worker lost the database.")
        finally:
            if pool is not None:
                await _close(pool)

    async def _pool(self) -> aiopg.Pool:
        async with asyncio.timeout(self._pace.database_timeout_s):
            # One connection listens, one beats and rescues, each running job may acknowledge.
            return await aiopg.create_pool(
                self._dsn,
                minsize=1,
                maxsize=self._concurrency + 2,
                timeout=self._pace.database_timeout_s,
                cursor_factory=psycopg2.extras.RealDictCursor,
                enable_hstore=False,
                enable_json=False,
                enable_uuid=False,
                options=_OPTIONS,
                application_name=_APPLICATION,
            )

    def _register(self, app: App, connector: "_WatchedConnector") -> None:
        for name, handler in self._handlers.items():
            attempt = self._attempt(name, handler, connector)
            strategy = _Backoff(self._clock, self._pace.retry_waits_s)
            app.task(name=name.value, queue=name.value, pass_context=True, retry=strategy)(attempt)

    def _attempt(
        self, name: JobName, handler: Handler, connector: "_WatchedConnector"
    ) -> Callable[..., Coroutine[Any, Any, None]]:
        async def attempt(context: JobContext, **args: str) -> None:
            call = JobCall(args.pop(_KEY), args, context.job.attempts + 1)
            try:
                async with asyncio.timeout(self._pace.job_timeout_s):
                    await handler(call)
            except Exception as error:
                reason = _reason(error)
                _log.warning("job.failed", job=name.value, key=call.key, attempt=call.attempt, error=reason)
                await self._keep_reason(connector, context.job, reason)
                # A new error without the old one's text: the engine logs what it is given.
                raise _Failed(reason, final=isinstance(error, JobGivenUp)) from None

        return attempt

    async def _work(self, app: App, connector: "_WatchedConnector") -> None:
        _log.info("jobs.worker_started", jobs=[name.value for name in self._handlers])
        try:
            await app.run_worker_async(
                queues=[name.value for name in self._handlers],
                concurrency=self._concurrency,
                install_signal_handlers=False,
                fetch_job_polling_interval=self._pace.poll_s,
                shutdown_graceful_timeout=self._pace.stop_grace_s,
                update_heartbeat_interval=self._pace.heartbeat_s,
                stalled_worker_timeout=self._pace.stalled_after_s,
            )
        finally:
            # The engine's worker also ends without an error when one of its own tasks failed.
            connector.lost.set()

    async def _rescue(self, app: App, connector: "_WatchedConnector") -> None:
        """Give jobs of dead workers to the living, again and again; one that ran too often is dead."""
        last = len(self._pace.retry_waits_s)
        while True:
            stalled = await app.job_manager.get_stalled_jobs(
                seconds_since_heartbeat=self._pace.stalled_after_s
            )
            for job in stalled:
                rescued = await connector.execute_query_one_async(
                    statement("job_rescue"),
                    job_id=job.id,
                    worker_id=job.worker_id,
                    attempts=job.attempts,
                    state="todo" if job.attempts < last else "failed",
                )
                if rescued is not None:
                    _log.warning("job.rescued", job=job.task_name, attempt=job.attempts + 1)
                    await self._keep_reason(connector, job, "WorkerLost")
            await asyncio.sleep(self._pace.rescue_every_s)

    async def _keep_reason(self, connector: "_WatchedConnector", job: QueuedJob, reason: str) -> None:
        try:
            await connector.execute_query_async(
                statement("job_failure_insert"),
                job_id=job.id,
                at=self._clock(),
                attempt=job.attempts + 1,
                error=reason,
            )
        except (ConnectorException, TimeoutError):
            # The worker is being replaced by now; the job runs again and says why then.
            _log.warning("job.reason_lost", job=job.task_name, error=reason)


class _Failed(Exception):
    """An attempt failed, for a stated reason; a final one is not repeated."""

    def __init__(self, reason: str, *, final: bool) -> None:
        super().__init__(reason)
        self.final = final


class _Backoff(BaseRetryStrategy):
    """Says when the next attempt is, or that there is none."""

    def __init__(self, clock: Clock, waits_s: Sequence[float]) -> None:
        self._clock = clock
        self._waits_s = waits_s

    def get_retry_decision(self, *, exception: BaseException, job: QueuedJob) -> RetryDecision | None:
        if isinstance(exception, asyncio.CancelledError):
            # The runner stops; that is no fault of the job's.
            return RetryDecision(retry_at=self._clock())
        if (isinstance(exception, _Failed) and exception.final) or job.attempts >= len(self._waits_s):
            return None
        return RetryDecision(retry_at=self._clock() + timedelta(seconds=self._waits_s[job.attempts]))


class _WatchedConnector(AiopgConnector):
    """Notices the first statement that failed: then `lost` is set and the worker is replaced.

    The engine gives up a job whose acknowledgement failed and goes on, and the job would stay 'doing' for
    as long as its worker lives.
    """

    def __init__(self) -> None:
        super().__init__()
        self.lost = asyncio.Event()

    async def execute_query_async(self, query: str, **arguments: Any) -> None:
        await self._watched(super().execute_query_async(query, **arguments))

    async def execute_query_one_async(self, query: str, **arguments: Any) -> dict[str, Any]:
        return await self._watched(super().execute_query_one_async(query, **arguments))

    async def execute_query_all_async(self, query: str, **arguments: Any) -> list[dict[str, Any]]:
        return await self._watched(super().execute_query_all_async(query, **arguments))

    async def _watched(self, answer: Awaitable[_T]) -> _T:
        try:
            with cancellation_kept():
                return await answer
        except BaseException:
            # Cancellation too: aiopg shows a statement that PostgreSQL cancelled as one.
            self.lost.set()
            raise


async def _close(pool: aiopg.Pool) -> None:
    pool.terminate()
    with contextlib.suppress(TimeoutError, psycopg2.Error):
        async with asyncio.timeout(_CLOSE_TIMEOUT_S):
            await pool.wait_closed()


def _reason(error: Exception) -> str:
    """Name an error without its text: its type and what is stable about it."""
    kind = type(error).__name__
    match error:
        case JobGivenUp():
            text = error.reason
        case PartnerDown():
            text = f"{kind}: {error.code.value} ({error.partner})"
        case Fault():
            text = f"{kind}: {error.code.value}"
        case _:
            text = kind
    return text[:_ERROR_MAX]


def _kinds(error: BaseException) -> str:
    if isinstance(error, BaseExceptionGroup):
        return ", ".join(sorted({_kinds(inner) for inner in error.exceptions}))
    return type(error).__name__
