"""The sealer as a server runs it: quick, and patient with the database, the disk and witnesses."""

import asyncio
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import aiohttp
import pytest

from actions.context import UnitOfWork
from actions.log_identity import LogKey
from actions.log_signatures import Outside
from actions.log_verification import verify_log
from actions.sealing_status import SealingState, SealingStatus
from chat_archive.witness_client import WitnessClient
from providers.witness import HttpWitness
from server.checkpoint_file import CheckpointFile
from server.sealer import Sealer
from tests.logs import say
from tests.rows import execute, rows
from tests.sealers import Witness, published, sealed, sealing
from tests.sealers import copies as copies
from tests.sealers import file as file
from tests.sealers import key as key
from tests.sealers import witness as witness
from tests.servers import program
from tests.waiting import until


async def test_entries_are_sealed_and_the_checkpoint_is_kept_apart(
    work: UnitOfWork, key: LogKey, file: CheckpointFile
) -> None:
    async with sealing(work, key, file) as status:
        await say(work, [uuid4()], 3)
        await sealed(file, 3)
        await say(work, [uuid4()], 300)
        await sealed(file, 303)

        async def told() -> bool:
            return (status.state, status.size) == (SealingState.SEALING, 303)

        # The file is written first.
        await until(told)
    assert [one async for one in verify_log(work, outside=[Outside(file.read() or "")], patience_s=0)] == []


async def test_a_thousand_entries_a_second_are_sealed_within_one(
    work: UnitOfWork, key: LogKey, file: CheckpointFile
) -> None:
    """At the pace of a server: the time from the commit of an entry to the checkpoint that covers it."""
    loop, delays = asyncio.get_running_loop(), []
    status = SealingStatus()
    task = asyncio.create_task(Sealer(work, key, file, (), status).run())
    conversations = [uuid4() for _ in range(50)]
    size = 0
    for _ in range(15):
        began = loop.time()
        await say(work, conversations, 2)
        size += 100
        committed = loop.time()

        async def covered(wanted: int = size) -> bool:
            return status.size >= wanted

        if size % 500 == 0:
            await until(covered)
            delays.append(loop.time() - committed)
        else:
            await asyncio.sleep(max(0, 0.1 - (loop.time() - began)))
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    # A second is promised; a machine that also runs other tests gets some more.
    assert max(delays) < 2


async def test_two_servers_seal_one_log(
    work: UnitOfWork, key: LogKey, file: CheckpointFile, tmp_path: Path, dsn: str
) -> None:
    other = CheckpointFile(tmp_path / "other" / "checkpoint")
    async with sealing(work, key, file), sealing(work, key, other):
        for _ in range(10):
            await say(work, [uuid4(), uuid4()], 5)
        await sealed(file, 100)
        await sealed(other, 100)
    assert rows(dsn, "select count(*), max(index) from archive_leaf") == [(100, 99)]
    assert [one async for one in verify_log(work, patience_s=0)] == []


async def test_a_lost_database_is_waited_out(
    work: UnitOfWork, key: LogKey, file: CheckpointFile, dsn: str
) -> None:
    async with sealing(work, key, file) as status:
        await say(work, [uuid4()])
        await sealed(file, 1)
        for _ in range(3):
            execute(
                dsn,
                "select pg_terminate_backend(pid) from pg_stat_activity "
                "where datname = current_database() and pid <> pg_backend_pid()",
            )
            await asyncio.sleep(0.05)

        async def said() -> bool:
            try:
                await say(work, [uuid4()])
            except Exception:  # the pool finds its dead connections one by one
                return False
            return True

        await until(said)
        await sealed(file, 2)
        assert status.state is SealingState.SEALING


def test_the_file_is_replaced_at_once_or_not_at_all(file: CheckpointFile) -> None:
    assert file.read() is None
    file.write("one\n")
    file.write("two\n")
    assert file.read() == "two\n"
    assert [path.name for path in file.path.parent.iterdir()] == ["checkpoint"]


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A filesystem of 64 KiB."""
    folder = Path(tempfile.mkdtemp(prefix="televisit-disk-", dir="/var/tmp"))
    done = subprocess.run(  # our own arguments
        [program("mount", "mount"), "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        folder.rmdir()
        pytest.skip("only root mounts a filesystem that is soon full")
    yield folder
    subprocess.run([program("umount", "mount"), str(folder)], check=True)
    folder.rmdir()


def fill(path: Path) -> None:
    """Write until there is no room."""
    with open(path, "wb", buffering=0) as full, suppress(OSError):
        while True:
            full.write(bytes(4096))


async def test_a_full_disk_under_the_checkpoint_file_holds_sealing_until_there_is_room(
    work: UnitOfWork, key: LogKey, small_disk: Path, dsn: str
) -> None:
    file = CheckpointFile(small_disk / "checkpoint")
    async with sealing(work, key, file) as status:
        await say(work, [uuid4()])
        await sealed(file, 1)
        filler = small_disk / "filler"
        fill(filler)
        await say(work, [uuid4()], 2)

        async def waits() -> bool:
            return status.state is SealingState.WAITING

        await until(waits)
        assert status.why == "The checkpoint file cannot be written: No space left on device."
        await say(work, [uuid4()], 3)
        kept = published(file)
        assert kept is not None and kept.size == 1
        # One checkpoint is ahead of the file, and nothing is sealed past it.
        assert rows(dsn, "select count(*) from archive_leaf") == [(3,)]
        filler.unlink()
        await sealed(file, 6)
        assert status.state is SealingState.SEALING


async def test_cosignatures_are_kept(
    work: UnitOfWork, key: LogKey, file: CheckpointFile, witness: Witness, dsn: str
) -> None:
    async with sealing(work, key, file, witness.client):
        for size in (3, 6, 9):
            await say(work, [uuid4()], 3)

            async def cosigned(wanted: int = size) -> bool:
                return rows(dsn, "select max(size) from archive_cosignature") == [(wanted,)]

            await until(cosigned)
    known = [witness.client.key]
    assert [one async for one in verify_log(work, witness_keys=known, patience_s=0)] == []


async def test_a_witness_that_is_down_holds_nothing_up(
    work: UnitOfWork, key: LogKey, file: CheckpointFile, witness: Witness
) -> None:
    async with aiohttp.ClientSession() as session:
        nobody = WitnessClient(witness.client.key, HttpWitness("http://127.0.0.1:9", session).post)
        async with sealing(work, key, file, nobody) as status:
            await say(work, [uuid4()], 3)
            await sealed(file, 3)
            assert status.state is SealingState.SEALING
