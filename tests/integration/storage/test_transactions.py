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


async def test_connections_are_given_in_the_order_in_which_they_were_asked_for(dsn: str) -> None:
    database = await Database.connect(dsn, size=1)
    served: list[str] = []

    async def use(name: str) -> None:
        async with database.transaction():
            served.append(name)

    async with asyncio.TaskGroup() as group:
        async with database.transaction() as tx:
            for name in ("first", "second"):
                group.create_task(use(name))
            await tx.script(INSERT)
        # The connection is free at this moment, and nobody has woken the first one yet.
        await use("newcomer")
    await database.close()
    assert served == ["first", "second", "newcomer"]


async def test_who_gives_up_waiting_for_a_connection_takes_nobodys_turn(dsn: str) -> None:
    database = await Database.connect(dsn, size=1)

    async def use() -> None:
        async with database.transaction() as tx:
            await tx.script(INSERT)

    async with database.transaction():
        waiting = [asyncio.create_task(use()) for _ in range(2)]
        await asyncio.sleep(0)
        waiting[0].cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting[0]
    await waiting[1]
    await database.close()
