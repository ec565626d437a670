"""A sealer that runs while a test does, with a file, witnesses and copies of the database: all real."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from actions.context import UnitOfWork
from actions.log_identity import LogKey
from actions.sealing_status import SealingState, SealingStatus
from chat_archive.checkpoint import Checkpoint, open_checkpoint
from chat_archive.data_keys import KeyRing
from chat_archive.note import VerifierKey
from chat_archive.witness_client import WitnessClient
from providers.witness import HttpWitness
from server.checkpoint_file import CheckpointFile
from server.embedded_postgres import EmbeddedPostgres
from server.sealer import Pace, Sealer
from server.witness import witness_app
from server.witness_folder import WitnessFolder
from storage.pool import Database
from tests.conftest import Clock
from tests.logs import ORIGIN, begin, make_key
from tests.waiting import until

QUICK = Pace(
    look_every_s=0.02,
    pauses_s=(0.05,),
    look_again_s=0.1,
    published_every_s=0.05,
    ask_every_s=0.02,
    ask_timeout_s=5,
    witness_pauses_s=(0.05,),
)


@pytest.fixture
async def key(work: UnitOfWork) -> LogKey:
    return await begin(work)


@pytest.fixture
def file(tmp_path: Path) -> CheckpointFile:
    return CheckpointFile(tmp_path / "apart" / "checkpoint")


@asynccontextmanager
async def sealing(
    work: UnitOfWork, key: LogKey, file: CheckpointFile, *witnesses: WitnessClient
) -> AsyncIterator[SealingStatus]:
    """A sealer that runs while the block does."""
    status = SealingStatus()
    task = asyncio.create_task(Sealer(work, key, file, witnesses, status, QUICK).run())
    try:
        yield status
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def published(file: CheckpointFile) -> Checkpoint | None:
    note = file.read()
    if note is None:
        return None
    return open_checkpoint(note, [VerifierKey.parse(make_key().log_key(ORIGIN))]).checkpoint


async def sealed(file: CheckpointFile, size: int) -> None:
    """Wait until the checkpoint kept apart covers so many entries."""

    async def there() -> bool:
        found = published(file)
        return found is not None and found.size >= size

    await until(there)


async def stopped(status: SealingStatus) -> SealingStatus:
    async def has() -> bool:
        return status.state is SealingState.STOPPED

    await until(has)
    return status


@pytest.fixture
def copies(cluster: EmbeddedPostgres, dsn: str) -> Iterator[Callable[[], str]]:
    """Makes backups: copies of the database as it is; returns the name. `restore` brings one back."""
    name = dsn.rpartition("dbname=")[2].strip("'")
    made: list[str] = []

    def backup() -> str:
        copy = f"{name}_copy{len(made)}"
        # A database that somebody uses cannot be copied.
        cluster.sql(
            name,
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = "
            "current_database() and pid <> pg_backend_pid()",
        )
        cluster.sql("postgres", f'create database "{copy}" template "{name}" strategy file_copy')
        made.append(copy)
        return copy

    yield backup
    for copy in made:
        cluster.sql("postgres", f'drop database if exists "{copy}" with (force)')


@asynccontextmanager
async def opened(
    cluster: EmbeddedPostgres, name: str, clock: Clock, keys: KeyRing
) -> AsyncIterator[UnitOfWork]:
    database = await Database.connect(cluster.dsn(name), size=4)
    yield UnitOfWork(database, clock, os.urandom, keys)
    await database.close()


class Witness:
    """A real witness of another party, over HTTP, and the client that asks it."""

    def __init__(self, folder: WitnessFolder, way: HttpWitness) -> None:
        self.folder = folder
        key = folder.trust.signer.verifier
        self.client = WitnessClient(key, way.post, way.latest)
        # As one that answers what the specification has, and nothing else.
        self.silent = WitnessClient(key, way.post)

    def size(self, origin: str = ORIGIN) -> int:
        found = self.folder.latest(origin)
        return 0 if found is None else found.checkpoint.size


@pytest.fixture
async def witness(tmp_path: Path, aiohttp_server: Callable[..., Awaitable[Any]]) -> AsyncIterator[Witness]:
    known = {
        origin: [VerifierKey.parse(make_key().log_key(origin))] for origin in (ORIGIN, f"{ORIGIN}/epoch-2")
    }
    folder = WitnessFolder(tmp_path / "witness", "witness.example", known, os.urandom)
    server = await aiohttp_server(witness_app(folder, lambda: 1_795_000_000))
    async with aiohttp.ClientSession() as session:
        yield Witness(folder, HttpWitness(str(server.make_url("")), session))
    folder.close()
