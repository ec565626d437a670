"""A worker is killed in the middle of a keyword search: nothing is searched twice, and no hit is lost."""

import os
import sys
from asyncio.subprocess import DEVNULL, Process, create_subprocess_exec
from collections.abc import AsyncIterator, Iterator
from contextlib import closing

import psycopg2
import psycopg2.extensions
import pytest

from actions.context import UnitOfWork
from chat_archive.data_keys import KeyRing
from domain.accounts import actor_of
from storage.pool import Database
from tests.faults.job_worker import now
from tests.faults.test_job_once import StartWorker
from tests.integration.actions.searching import begin, of_doctor, places, row_of_visits
from tests.people import make_auditor
from tests.rows import rows, trail
from tests.servers import die_with_parent
from tests.waiting import until

pytestmark = pytest.mark.faults

INSERTING = """
    from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and query ilike '%%archive_search_hit%%'
"""


@pytest.fixture
def work(database: Database, keys: KeyRing) -> UnitOfWork:
    """By the real clock, which the workers' searches expire by."""
    return UnitOfWork(database, now, os.urandom, keys)


@pytest.fixture
async def start_worker(dsn: str, keys: KeyRing) -> AsyncIterator[StartWorker]:
    """Start processes that run searches; those still alive are killed in the end."""
    started: list[Process] = []

    async def start() -> Process:
        process = await create_subprocess_exec(
            sys.executable,
            *("-m", "tests.faults.keyword_worker", dsn, keys.text()),
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


async def test_a_search_whose_worker_was_killed_is_finished_by_the_next(
    work: UnitOfWork, dsn: str, start_worker: StartWorker, holder: psycopg2.extensions.connection
) -> None:
    # Three steps: in the first nothing is found, and the second is stopped where it keeps its hits.
    texts = ["fever"] * 25 + ["nothing"] * 20
    visits = await row_of_visits(work, *texts)
    auditor = actor_of(await make_auditor(work))
    with holder.cursor() as cursor:
        cursor.execute("lock table archive_search_hit in share row exclusive mode")
    search_id = (await begin(work, auditor, "fever", of_doctor(visits[0].doctor))).search.id

    def standing() -> tuple[str, int, int]:
        [found] = rows(dsn, "select state, done, hits from archive_search where id = %s", search_id)
        return (str(found[0]), int(found[1]), int(found[2]))

    async def inserting() -> bool:
        return rows(dsn, f"select pid {INSERTING}") != []  # a constant

    async def hung_up() -> bool:
        # The server process of a killed client goes on waiting, and would commit what it had begun.
        rows(dsn, f"select pg_terminate_backend(pid) {INSERTING}")  # a constant
        return not await inserting()

    first = await start_worker()
    await until(inserting)
    first.kill()
    await first.wait()
    await until(hung_up)
    holder.rollback()
    assert standing() == ("running", 20, 0)
    assert len(trail(dsn, "archive.keyword_decrypt")) == 20
    assert rows(dsn, "select id from archive_search_hit") == []

    await start_worker()

    async def done() -> bool:
        return standing()[0] == "done"

    await until(done)
    assert standing() == ("done", 45, 25)
    assert await places(work, auditor, search_id) == [(visit.id, 2) for visit in reversed(visits[:25])]
    lines = trail(dsn, "archive.keyword_decrypt")
    assert sorted(line[2] for line in lines) == sorted(str(visit.id) for visit in visits)
    assert {line[1] for line in lines} == {str(auditor.account_id)}
