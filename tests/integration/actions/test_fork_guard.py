"""What is held against outside knowledge is one tree, also while somebody seals."""

import asyncio
from uuid import uuid4

from actions.context import UnitOfWork
from actions.fork_guard import Seen, examine
from actions.sealing import Looked, seal
from domain.accounts import SYSTEM
from storage import sealing
from storage.sealing import Tree
from tests.logs import ORIGIN, begin, say, seal_all
from tests.rows import blocked
from tests.waiting import until


async def looked_at(work: UnitOfWork, *seen: Seen) -> Tree:
    async with work.begin(SYSTEM, "test") as ctx:
        return await examine(ctx, list(seen))


async def test_it_waits_for_whoever_is_sealing(work: UnitOfWork, dsn: str) -> None:
    await begin(work)

    async def waiting() -> bool:
        return bool(blocked(dsn))

    async with work.begin(SYSTEM, "test") as ctx:
        assert await sealing.lock(ctx.tx)
        task = asyncio.create_task(looked_at(work))
        await until(waiting)
    assert (await task).size == 0


async def test_a_log_that_is_sealed_meanwhile_is_never_found_unsigned(work: UnitOfWork) -> None:
    """The tree and its checkpoint are two rows: read at two moments they would not belong together."""
    key = await begin(work)
    conversation = uuid4()
    await say(work, [conversation])
    await seal_all(work, key)
    done = asyncio.Event()

    async def keep_looking() -> None:
        while not done.is_set():
            await looked_at(work, Seen("A witness", ORIGIN, 1, None))

    looked = Looked()
    async with asyncio.TaskGroup() as group:
        group.create_task(keep_looking())
        for _ in range(30):
            await say(work, [conversation])
            sealed = 0
            while not sealed:  # somebody looks: this pass seals nothing
                sealed = (await seal(work, key, looked)).sealed
        done.set()
