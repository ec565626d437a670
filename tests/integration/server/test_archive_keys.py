"""Where the ring comes from, whoever keeps it; what is refused in words; and its rotation, stopped or not."""

import asyncio
import base64
import io
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from rich.console import Console

from actions import key_rotation
from actions.context import UnitOfWork
from actions.key_rotation import keks_in_use, rewrap_all
from chat_archive.data_keys import KekSource, KeyRing
from chat_archive.verify import verify_conversation
from domain.accounts import SYSTEM
from domain.errors import OwnFault, PartnerDown
from server import keys_command
from server.archive_keys import (
    FileKekSource,
    TextKekSource,
    UnsealingKekSource,
    default_path,
    follow,
    load_ring,
)
from server.config import Config, read
from server.refusal import Refusal
from storage import archive
from storage.archive import PgArchiveStore
from storage.pool import Database
from tests.conftest import Clock
from tests.integration.actions.visits import spoken
from tests.rows import execute, rows

RING = KeyRing({"two": b"\x02" * 32, "one": b"\x01" * 32}, "two")


# --- the contract of all sources ---------------------------------------------------------------------------


class KeyService:
    """A small real key service: it opens over HTTP what it has sealed, and never gives its own key away."""

    def __init__(self) -> None:
        self._key = AESGCM(AESGCM.generate_key(256))
        self.server = TestServer(self._app())

    def _app(self) -> web.Application:
        app = web.Application()
        app.router.add_post("/unseal", self._unseal)
        return app

    async def _unseal(self, request: web.Request) -> web.Response:
        raw = await request.read()
        return web.Response(body=self._key.decrypt(raw[:12], raw[12:], None))

    def sealed(self, plain: bytes) -> bytes:
        nonce = os.urandom(12)
        return nonce + self._key.encrypt(nonce, plain, None)

    async def start(self) -> None:
        await self.server.start_server()
        self.url = self.server.make_url("/unseal")

    async def unseal(self, sealed: bytes) -> bytes:
        async with (
            aiohttp.ClientSession(raise_for_status=True) as http,
            http.post(self.url, data=sealed) as answer,
        ):
            return await answer.read()


@pytest.fixture
async def key_service() -> AsyncIterator[KeyService]:
    service = KeyService()
    await service.start()
    yield service
    await service.server.close()


@pytest.fixture(params=["file", "environment", "key service"])
def put(
    request: pytest.FixtureRequest, tmp_path: Path, key_service: KeyService
) -> Callable[[str], KekSource]:
    """Returns the source that finds this text."""

    def in_file(text: str) -> KekSource:
        path = tmp_path / "archive-keys"
        path.touch(mode=0o600)
        path.write_text(text)
        return FileKekSource(path)

    makers: dict[str, Callable[[str], KekSource]] = {
        "file": in_file,
        "environment": TextKekSource,
        "key service": lambda text: UnsealingKekSource(key_service.sealed(text.encode()), key_service.unseal),
    }
    return makers[request.param]


async def test_a_ring_is_loaded_as_it_was_kept(put: Callable[[str], KekSource]) -> None:
    ring = await put(RING.text()).load()
    assert (ring.names, ring.active, ring.text()) == (("two", "one"), "two", RING.text())


@pytest.mark.parametrize("text", ["", "nonsense", "one:AAAA", "一:AAAA", "x" * 100_000])
async def test_what_is_no_ring_is_refused_in_words(put: Callable[[str], KekSource], text: str) -> None:
    with pytest.raises(Refusal, match=r"name:base64|32 bytes|too long"):
        await put(text).load()


async def test_a_key_service_that_does_not_answer_is_a_partner_that_is_down(key_service: KeyService) -> None:
    source = UnsealingKekSource(key_service.sealed(RING.text().encode()), key_service.unseal)
    await key_service.server.close()
    with pytest.raises(PartnerDown):
        await source.load()


# --- a file of our own -------------------------------------------------------------------------------------


def embedded(folder: Path) -> Config:
    return read({"DATA_DIR": str(folder)}).usable()


async def test_a_first_ring_is_made_once_and_is_its_owners_alone(
    tmp_path: Path, database: Database, clock: Clock
) -> None:
    config = embedded(tmp_path)
    ring = await load_ring(config, database, clock, os.urandom)
    path = default_path(config)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert ring.active.startswith("2026-11-23-")
    again = await load_ring(config, database, clock, os.urandom)
    assert again.text() == ring.text() == path.read_text()
    assert os.listdir(path.parent) == [path.name]


@pytest.mark.parametrize("mode", [0o644, 0o604, 0o640, 0o660])
async def test_a_file_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "archive-keys"
    path.write_text(RING.text())
    path.chmod(mode)
    with pytest.raises(Refusal, match=f"chmod 600 {path}"):
        await FileKekSource(path).load()


async def test_a_file_that_is_gone_is_refused_and_no_other_takes_its_place(
    tmp_path: Path, work: UnitOfWork, database: Database, clock: Clock
) -> None:
    await spoken(work, "a")
    config = embedded(tmp_path)
    with pytest.raises(Refusal, match="missing"):
        await load_ring(config, database, clock, os.urandom)
    assert not default_path(config).exists()


async def test_a_ring_that_lacks_a_key_in_use_is_refused_by_its_name(
    work: UnitOfWork, database: Database, clock: Clock
) -> None:
    await spoken(work, "a")
    await spoken(work, "b")
    config = read({"ARCHIVE_KEYS": RING.text()}).usable()
    with pytest.raises(Refusal, match=r"lacks keys .* test \(2 data keys\)"):
        await load_ring(config, database, clock, os.urandom)
    whole = read({"ARCHIVE_KEYS": RING.text() + work.keys.text()}).usable()
    assert (await load_ring(whole, database, clock, os.urandom)).names == ("two", "one", "test")


async def test_writing_that_fails_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = FileKekSource(tmp_path / "archive-keys")
    source.write(RING)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        source.write(RING.with_new("three", os.urandom))
    monkeypatch.undo()
    assert (await source.load()).names == ("two", "one")
    assert os.listdir(tmp_path) == ["archive-keys"]


async def test_a_running_server_follows_its_file_and_keeps_its_ring_when_that_is_damaged(
    tmp_path: Path,
) -> None:
    config = embedded(tmp_path)
    source = FileKekSource(default_path(config))
    source.write(RING)
    ring = await source.load()
    task = asyncio.create_task(follow(config, ring, every_s=0.01))

    async def until(names: tuple[str, ...]) -> None:
        async with asyncio.timeout(10):
            while ring.names != names:  # noqa: ASYNC110  # The file system offers no event for it.
                await asyncio.sleep(0.005)

    try:
        await asyncio.sleep(0.05)
        source.path.write_text("nonsense")
        await asyncio.sleep(0.05)
        assert ring.names == ("two", "one")
        source.write(RING.with_new("three", os.urandom))
        await until(("three", "two", "one"))
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


# --- rotation ----------------------------------------------------------------------------------------------


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
    config = embedded(tmp_path)
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
    config = embedded(tmp_path)
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
