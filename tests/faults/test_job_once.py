"""A worker is killed between a job's effect and its acknowledgement: the effect is there once."""

import asyncio
import sys
from asyncio.subprocess import DEVNULL, Process, create_subprocess_exec
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import closing
from email.message import EmailMessage

import psycopg2
import psycopg2.extensions
import pytest

from actions.context import UnitOfWork
from tests.ended_visits import ended_visit
from tests.rows import rows
from tests.servers import MailServer, die_with_parent
from tests.servers import smtp_server as smtp_server
from tests.waiting import until

pytestmark = pytest.mark.faults

StartWorker = Callable[[], Awaitable[Process]]


@pytest.fixture
async def start_worker(dsn: str, smtp_server: MailServer) -> AsyncIterator[StartWorker]:
    """Start processes that run jobs; those still alive are killed in the end."""
    started: list[Process] = []

    async def start() -> Process:
        process = await create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.faults.job_worker",
            dsn,
            str(smtp_server.port),
            stdout=DEVNULL,
            preexec_fn=die_with_parent,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.returncode is None:
            process.kill()
        await process.wait()


@pytest.fixture
def holder(dsn: str) -> Iterator[psycopg2.extensions.connection]:
    """A connection of the test's own, for holding locks."""
    with closing(psycopg2.connect(dsn)) as connection:
        yield connection


def status(dsn: str) -> str:
    [(found,)] = rows(dsn, "select status from procrastinate_jobs")
    return str(found)


ACKNOWLEDGING = """
    from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and query ilike '%%finish_job%%'
"""


async def test_a_kill_between_effect_and_acknowledgement_leaves_the_effect_once(
    work: UnitOfWork,
    dsn: str,
    smtp_server: MailServer,
    start_worker: StartWorker,
    holder: psycopg2.extensions.connection,
) -> None:
    await ended_visit(work)

    async def take_and_hold(_message: EmailMessage, _to: list[str]) -> str:
        # From here on nobody can acknowledge the job; its effect is another table's row.
        with holder.cursor() as cursor:
            cursor.execute("select id from procrastinate_jobs for update")
        return "250 OK"

    async def acknowledging() -> bool:
        return rows(dsn, f"select pid {ACKNOWLEDGING}") != []  # a constant

    async def hung_up() -> bool:
        # The server process of a killed client goes on waiting, and would acknowledge in its name.
        rows(dsn, f"select pg_terminate_backend(pid) {ACKNOWLEDGING}")  # a constant
        return not await acknowledging()

    smtp_server.reply = take_and_hold
    first = await start_worker()
    await until(acknowledging)
    assert rows(dsn, "select state, tries from notice") == [("sent", 1)]
    first.kill()
    await first.wait()
    await until(hung_up)
    holder.rollback()
    assert status(dsn) == "doing"

    await start_worker()

    async def succeeded() -> bool:
        return status(dsn) == "succeeded"

    await until(succeeded)
    assert smtp_server.attempts == 1
    assert rows(dsn, "select state, tries from notice") == [("sent", 1)]
    assert rows(dsn, "select attempt, error from job_failure") == [(1, "WorkerLost")]
    assert rows(dsn, "select attempts from procrastinate_jobs") == [(2,)]


async def test_a_kill_before_the_effect_leaves_the_letter_to_the_next_worker(
    work: UnitOfWork, dsn: str, smtp_server: MailServer, start_worker: StartWorker
) -> None:
    await ended_visit(work)
    offered: list[EmailMessage] = []
    waiting = asyncio.Event()

    async def take_the_second(message: EmailMessage, _to: list[str]) -> str:
        offered.append(message)
        if len(offered) == 1:
            waiting.set()
            # The worker dies before it gets an answer, and this with its connection.
            await asyncio.Event().wait()
        return "250 OK"

    smtp_server.reply = take_the_second
    first = await start_worker()
    async with asyncio.timeout(20):
        await waiting.wait()
    first.kill()
    await first.wait()
    assert status(dsn) == "doing"
    await start_worker()
    await smtp_server.wait_for(messages=1)

    async def succeeded() -> bool:
        return status(dsn) == "succeeded"

    await until(succeeded)
    assert len(smtp_server.messages) == 1
    assert offered[0]["Message-ID"] == offered[1]["Message-ID"]
