"""Where the ring of keys comes from, whoever keeps it, and what is refused in words."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from actions.context import UnitOfWork
from chat_archive.data_keys import KekSource, KeyRing
from domain.errors import PartnerDown
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
from storage.pool import Database
from tests.conftest import Clock
from tests.integration.actions.visits import spoken

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
