"""The contract of an object store, kept by a folder and by a bucket of a real S3 server alike."""

import asyncio
import stat
from collections.abc import AsyncIterator, Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from domain.errors import PartnerDown
from providers.object_store import (
    FolderObjectStore,
    ObjectMissing,
    ObjectStore,
    S3ObjectStore,
    S3Settings,
)
from tests.servers import free_port, peer_program, running

KEY = "0f3c5a00-1111-4222-8333-abcdef012345"
BIG = bytes(number % 251 for number in range(6 * 1024 * 1024))


@pytest.fixture(scope="module")
def s3_server() -> Iterator[str]:
    """A real S3 server on loopback that forgets everything when it ends."""
    port = free_port()
    program = peer_program("moto_server")
    with running([program, "-H", "127.0.0.1", "-p", str(port)], port):
        url = f"http://127.0.0.1:{port}"
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        credential = "AWS4-HMAC-SHA256 Credential=k/20260101/us-east-1/s3/aws4_request"
        connection.request("PUT", "/files", headers={"Authorization": credential})
        assert connection.getresponse().status == 200
        connection.close()
        yield url


def settings(url: str, bucket: str = "files") -> S3Settings:
    return S3Settings(bucket, "hospital/one", "us-east-1", "key", "a secret", endpoint=url)


@pytest.fixture(params=["folder", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> ObjectStore:
    if request.param == "folder":
        return FolderObjectStore(tmp_path / "objects")
    url: str = request.getfixturevalue("s3_server")
    return S3ObjectStore(settings(url))


async def pieces(content: bytes, size: int = 100_000) -> AsyncIterator[bytes]:
    for at in range(0, len(content), size):
        yield content[at : at + size]


async def read(store: ObjectStore, key: str) -> bytes:
    return b"".join([piece async for piece in store.get(key)])


@pytest.mark.parametrize("content", [b"x", BIG], ids=["one byte", "6 MiB"])
async def test_what_was_put_comes_back(store: ObjectStore, content: bytes) -> None:
    await store.put(KEY, pieces(content))
    assert await read(store, KEY) == content
    assert await store.exists(KEY)


async def test_a_second_put_replaces_the_first(store: ObjectStore) -> None:
    await store.put(KEY, pieces(b"first"))
    await store.put(KEY, pieces(b"second"))
    assert await read(store, KEY) == b"second"


async def test_what_is_not_there_is_said_to_be_missing(store: ObjectStore) -> None:
    key = "ffffffff-not-there"
    assert not await store.exists(key)
    with pytest.raises(ObjectMissing):
        await read(store, key)


async def test_what_was_deleted_is_gone_and_may_be_deleted_again(store: ObjectStore) -> None:
    await store.put(KEY, pieces(b"something"))
    await store.delete(KEY)
    await store.delete(KEY)
    assert not await store.exists(KEY)


@pytest.mark.parametrize("before", [b"", BIG], ids=["at once", "after 6 MiB"])
async def test_a_source_that_breaks_leaves_nothing(store: ObjectStore, before: bytes) -> None:
    class Broken(Exception):
        pass

    async def breaking() -> AsyncIterator[bytes]:
        async for piece in pieces(before):
            yield piece
        raise Broken

    key = f"broken-{len(before)}"
    with pytest.raises(Broken):
        await store.put(key, breaking())
    assert not await store.exists(key)


async def test_until_it_is_whole_nobody_sees_it(store: ObjectStore) -> None:
    half, go_on = asyncio.Event(), asyncio.Event()

    async def slowly() -> AsyncIterator[bytes]:
        yield b"one "
        half.set()
        await go_on.wait()
        yield b"two"

    key = "slowly-0001"
    putting = asyncio.create_task(store.put(key, slowly()))
    await half.wait()
    assert not await store.exists(key)
    go_on.set()
    await putting
    assert await read(store, key) == b"one two"


async def test_a_put_that_is_cancelled_leaves_nothing(store: ObjectStore) -> None:
    half = asyncio.Event()

    async def endless() -> AsyncIterator[bytes]:
        yield b"one"
        half.set()
        await asyncio.Event().wait()

    key = "cancelled-0001"
    putting = asyncio.create_task(store.put(key, endless()))
    await half.wait()
    putting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await putting
    assert not await store.exists(key)


@pytest.mark.parametrize("key", ["../../etc/passwd", "UPPER", "a", "a/b/c/d", "with space", "x" * 200])
async def test_a_key_that_is_none_is_refused(store: ObjectStore, key: str) -> None:
    with pytest.raises(ValueError, match="key"):
        await store.put(key, pieces(b"x"))
    with pytest.raises(ValueError, match="key"):
        await store.exists(key)


async def test_a_store_that_does_not_answer_is_a_partner_that_is_down() -> None:
    store = S3ObjectStore(settings(f"http://127.0.0.1:{free_port()}"))
    with pytest.raises(PartnerDown):
        await store.put(KEY, pieces(b"x"))
    with pytest.raises(PartnerDown):
        await read(store, KEY)
    with pytest.raises(PartnerDown):
        await store.exists(KEY)


async def test_a_bucket_that_is_not_there_is_a_partner_that_is_down(s3_server: str) -> None:
    store = S3ObjectStore(settings(s3_server, bucket="no-such-bucket"))
    with pytest.raises(PartnerDown) as failed:
        await store.put(KEY, pieces(b"x"))
    assert "no-such-bucket" not in failed.value.sentence


async def test_files_of_a_folder_are_nobody_elses_to_read(tmp_path: Path) -> None:
    store = FolderObjectStore(tmp_path / "objects")
    await store.put(KEY, pieces(b"x"))
    (path,) = [path for path in (tmp_path / "objects").rglob("*") if path.is_file()]
    assert path == tmp_path / "objects" / "45" / "23" / KEY
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


async def test_what_a_killed_server_left_is_cleared(tmp_path: Path) -> None:
    store = FolderObjectStore(tmp_path / "objects")
    await store.put(KEY, pieces(b"x"))
    left = tmp_path / "objects" / "unfinished" / "left.0"
    left.write_bytes(b"half")
    store.clear_unfinished()
    assert not left.exists()
    assert await read(store, KEY) == b"x"


async def test_a_folder_that_is_a_file_is_a_partner_that_is_down(tmp_path: Path) -> None:
    (tmp_path / "objects").write_text("no folder")
    with pytest.raises(PartnerDown):
        await FolderObjectStore(tmp_path / "objects").put(KEY, pieces(b"x"))
