"""What a transaction says when PostgreSQL ends it, and that the next one is none the worse for it."""

import asyncio

import pytest

from domain.errors import PartnerDown
from storage.pool import Database
from tests.rows import rows

INSERT = "insert into job_effect (key, at) values ('kept', '2026-01-01')"


async def test_a_statement_that_postgresql_cancels_is_no_cancellation_of_the_task(
    database: Database, dsn: str
) -> None:
    task = asyncio.current_task()
    assert task is not None
    with pytest.raises(PartnerDown):
        async with database.transaction() as tx:
            await tx.script(INSERT)
            await tx.script("set local statement_timeout = 10")
            await tx.script("select pg_sleep(30)")
    assert task.cancelling() == 0
    assert rows(dsn, "select key from job_effect") == []
    async with database.transaction() as tx:
        await tx.script(INSERT)
    assert rows(dsn, "select key from job_effect") == [("kept",)]


async def test_statements_that_stand_alone_are_kept_each_by_itself(database: Database, dsn: str) -> None:
    with pytest.raises(RuntimeError):
        async with database.transaction(each_alone=True) as tx:
            await tx.script(INSERT)
            raise RuntimeError
    assert rows(dsn, "select key from job_effect") == [("kept",)]
    async with database.transaction() as tx:
        assert await tx.all("audit_newest", {"before_id": 1, "limit": 1}) == []


async def test_a_primary_that_became_a_standby_is_a_partner_that_is_down(
    database: Database, dsn: str
) -> None:
    with pytest.raises(PartnerDown):
        async with database.transaction() as tx:
            await tx.script("set transaction read only")
            await tx.script(INSERT)
    assert rows(dsn, "select key from job_effect") == []


async def test_a_task_that_is_cancelled_in_a_statement_stays_cancelled(database: Database) -> None:
    began = asyncio.Event()

    async def wait() -> None:
        async with database.transaction() as tx:
            began.set()
            await tx.script("select pg_sleep(30)")

    task = asyncio.create_task(wait())
    await began.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(task, 10)
