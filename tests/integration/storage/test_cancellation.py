"""A cancelled task ends, also when the cancellation arrives together with PostgreSQL's answer."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from aiopg.connection import Connection

from storage.pool import Database
from tests.rows import rows

Arm = Callable[[asyncio.Task[None]], None]


@pytest.fixture
def with_the_answer(monkeypatch: pytest.MonkeyPatch) -> Arm:
    """Cancel a task in the very turn of the loop in which its next answer arrives."""
    victims: list[asyncio.Task[None]] = []
    ready = Connection._ready

    def watched(weak: Any) -> None:
        ready(weak)
        waiter = weak()._waiter
        if victims and waiter is not None and waiter.done():
            victims.pop().cancel()

    monkeypatch.setattr(Connection, "_ready", staticmethod(watched))
    return victims.append


async def ends(task: asyncio.Task[None]) -> None:
    await asyncio.wait([task], timeout=20)
    ended = task.done()
    task.cancel()
    assert ended
    assert task.cancelled()


async def test_a_cancelled_loop_of_transactions_ends(with_the_answer: Arm, dsn: str) -> None:
    database = await Database.connect(dsn, size=2)
    began = asyncio.Event()

    async def loop() -> None:
        while True:
            async with database.transaction() as tx:
                await tx.script("insert into job_effect (key, at) values (gen_random_uuid(), '2026-01-01')")
                began.set()

    task = asyncio.create_task(loop())
    await began.wait()
    with_the_answer(task)
    await ends(task)
    await database.close()


async def test_a_cancelled_task_that_meets_an_error_ends_cancelled(with_the_answer: Arm, dsn: str) -> None:
    database = await Database.connect(dsn, size=1)

    async def fail() -> None:
        async with database.transaction() as tx:
            task = asyncio.current_task()
            assert task is not None
            with_the_answer(task)
            await tx.script("select 1 / 0")

    await ends(asyncio.create_task(fail()))
    await database.close()


async def test_a_time_limit_inside_a_transaction_is_no_cancellation(database: Database, dsn: str) -> None:
    async with database.transaction() as tx:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01):
                await asyncio.Event().wait()
        await tx.script("insert into job_effect (key, at) values ('kept', '2026-01-01')")
    assert rows(dsn, "select key from job_effect") == [("kept",)]
