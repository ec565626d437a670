"""Rotating the ring, by the command or stopped in the middle: nothing is lost, and no key is shown."""

import asyncio
import base64
import io
import os
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from rich.console import Console

from actions import key_rotation
from actions.context import UnitOfWork
from actions.key_rotation import keks_in_use, rewrap_all
from chat_archive.data_keys import KeyRing
from chat_archive.verify import verify_conversation
from domain.accounts import SYSTEM
from domain.errors import OwnFault
from server import keys_command
from server.archive_keys import FileKekSource, default_path
from server.config import Config, read
from storage import archive
from storage.archive import PgArchiveStore
from storage.pool import Database
from tests.integration.actions.visits import spoken
from tests.rows import execute, rows


async def all_sound(work: UnitOfWork, dsn: str, ring: KeyRing) -> int:
    """Return how many conversations there are, whose bodies all open with this ring."""
    ids = [item for (item,) in rows(dsn, "select conversation_id from archive_head order by 1")]
    async with work.begin(SYSTEM, "check") as ctx:
        store = PgArchiveStore(ctx.tx)
        kept = await store.keys(ids)
        for item in ids:
            entries = await store.read(item, 0, 100)
            key = KeyRing.parse(ring.text()).try_unwrap(kept.get(item), item)
            verdict = verify_conversation(entries, await store.head(item), key)
            assert (verdict.intact, verdict.bodies) == (True, len(entries)), verdict
    return len(ids)


async def rotated(work: UnitOfWork, batches: int | None = None) -> int:
    """Rewrap, stopping after some batches; return how many data keys were."""
    done = 0
    async for progress in rewrap_all(work, "rotate"):
        done = progress.done
        batches = None if batches is None else batches - 1
        if batches == 0:
            break
    return done


async def test_a_rotation_stopped_in_the_middle_loses_nothing_and_goes_on(
    work: UnitOfWork, dsn: str, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_rotation, "REWRAP_AT_ONCE", 2)
    for text in "abcde":
        await spoken(work, text)
    work.keys.follow(work.keys.with_new("next", os.urandom))
    assert await rotated(work, batches=1) == 2
    assert await keks_in_use(database) == {"next": 2, "test": 3}
    assert await all_sound(work, dsn, work.keys) == 5
    assert await rotated(work) == 3
    assert await keks_in_use(database) == {"next": 5}
    # The old key is not needed for anything that is kept now.
    only = KeyRing.parse(work.keys.text().splitlines()[0])
    assert only.names == ("next",)
    assert await all_sound(work, dsn, only) == 5
    assert await rotated(work) == 0


async def test_a_rotation_killed_within_a_batch_leaves_that_batch_as_it_was(
    work: UnitOfWork, dsn: str, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for text in "abc":
        await spoken(work, text)
    work.keys.follow(work.keys.with_new("next", os.urandom))
    reached = asyncio.Event()
    original = archive.rewrap

    async def slow(*args: object) -> int:
        await original(*args)  # type: ignore[arg-type]
        reached.set()
        await asyncio.Event().wait()
        return 0

    monkeypatch.setattr(archive, "rewrap", slow)
    task = asyncio.create_task(rotated(work))
    await asyncio.wait_for(reached.wait(), 10)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    assert await keks_in_use(database) == {"test": 3}
    monkeypatch.undo()
    assert await rotated(work) == 3
    assert await all_sound(work, dsn, work.keys) == 3


async def test_what_was_said_before_and_after_a_rotation_is_one_conversation(
    work: UnitOfWork, dsn: str
) -> None:
    visit = await spoken(work, "a")
    work.keys.follow(work.keys.with_new("next", os.urandom))
    await rotated(work)
    await visit.talk("b")
    assert rows(dsn, "select kek from archive_key") == [("next",)]
    assert await all_sound(work, dsn, work.keys) == 1


async def test_a_destroyed_key_stays_destroyed_and_a_damaged_one_is_named(work: UnitOfWork, dsn: str) -> None:
    first, second = await spoken(work, "a"), await spoken(work, "b")
    execute(
        dsn,
        "set session_replication_role = replica; update archive_key set wrapped = null, "
        "destroyed_at = created_at where conversation_id = %s",
        str(first.id),
    )
    work.keys.follow(work.keys.with_new("next", os.urandom))
    assert await rotated(work) == 1
    assert rows(dsn, "select conversation_id, kek from archive_key where wrapped is null") == [
        (first.id, "test")
    ]
    work.keys.follow(work.keys.with_new("third", os.urandom))
    work.keys.forget(second.id)
    execute(
        dsn,
        "set session_replication_role = replica; "
        "update archive_key set wrapped = repeat('x', 60)::bytea where wrapped is not null",
    )
    with pytest.raises(OwnFault, match=str(second.id)):
        await rotated(work)


# --- the command -------------------------------------------------------------------------------------------


@dataclass
class Command:
    """`televisit keys` on a ring of its own."""

    work: UnitOfWork
    config: Config

    async def __call__(self, run: Callable[[Console, Console], Awaitable[None]]) -> str:
        out, err = io.StringIO(), io.StringIO()
        await run(Console(file=out, width=400), Console(file=err, width=400))
        said = out.getvalue()
        for line in self.work.keys.text().split():
            assert line.partition(":")[2] not in said + err.getvalue()
        return said

    async def rotate(self) -> str:
        return await self(lambda out, err: keys_command.rotate(self.work, self.config, out, err))

    async def list(self) -> list[list[str]]:
        said = await self(lambda out, _: keys_command.show(self.work, out))
        return [line.split() for line in said.splitlines()[1:]]


async def test_rotating_a_ring_of_our_own_makes_a_key_and_says_which_is_no_longer_used(
    work: UnitOfWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys_command, "FOLLOW_EVERY_S", 0)
    config = read({"DATA_DIR": str(tmp_path)}).usable()
    FileKekSource(default_path(config)).write(work.keys)
    await spoken(work, "a")
    televisit = Command(work, config)
    assert await televisit.list() == [["test", "1", "active"]]
    said = await televisit.rotate()
    new = work.keys.active
    assert (await FileKekSource(default_path(config)).load()).names == (new, "test")
    assert f"1 data keys are now wrapped by {new}" in said
    assert "No longer in use: test." in said
    assert "backup" in said
    assert await televisit.list() == [[new, "1", "active"], ["test", "0"]]


async def test_a_rotation_that_was_stopped_makes_no_further_key(
    work: UnitOfWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys_command, "FOLLOW_EVERY_S", 0)
    monkeypatch.setattr(key_rotation, "REWRAP_AT_ONCE", 1)
    config = read({"DATA_DIR": str(tmp_path)}).usable()
    for text in "abc":
        await spoken(work, text)
    ring = work.keys.with_new("next", os.urandom)
    FileKekSource(default_path(config)).write(ring)
    work.keys.follow(ring)
    await rotated(work, batches=1)
    said = await Command(work, config).rotate()
    assert "2 data keys are now wrapped by next" in said
    assert work.keys.names == ("next", "test")


async def test_rotating_a_given_ring_uses_its_first_key(work: UnitOfWork, dsn: str) -> None:
    await spoken(work, "a")
    given = base64.b64encode(os.urandom(32)).decode()
    config = read({"ARCHIVE_KEYS": f"given:{given}\n{work.keys.text()}"}).usable()
    work.keys.follow(KeyRing.parse(config.archive_keys or ""))
    said = await Command(work, config).rotate()
    assert "1 data keys are now wrapped by given" in said
    assert rows(dsn, "select kek from archive_key") == [("given",)]
    assert "0 data keys" in await Command(work, config).rotate()
