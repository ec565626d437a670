"""The sealer is stubborn about forks: an older copy, a rewritten tree, another log's checkpoint."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from actions.context import UnitOfWork
from actions.log_identity import LogKey
from actions.sealing_status import SealingState
from chat_archive.checkpoint import Checkpoint
from chat_archive.data_keys import KeyRing
from chat_archive.note import sign
from server.checkpoint_file import CheckpointFile
from server.embedded_postgres import EmbeddedPostgres
from tests.conftest import Clock
from tests.logs import ORIGIN, begin, say
from tests.rows import execute, rows
from tests.sealers import Witness, opened, published, sealed, sealing, stopped
from tests.sealers import copies as copies
from tests.sealers import file as file
from tests.sealers import key as key
from tests.sealers import witness as witness
from tests.waiting import until


async def test_a_database_that_is_behind_the_file_is_not_sealed_on(
    work: UnitOfWork,
    key: LogKey,
    file: CheckpointFile,
    cluster: EmbeddedPostgres,
    copies: Callable[[], str],
    clock: Clock,
    keys: KeyRing,
) -> None:
    """A real older copy: its entries would get the places of those that were lost."""
    async with sealing(work, key, file):
        await say(work, [uuid4()], 5)
        await sealed(file, 5)
    backup = copies()
    first = backup.rpartition("_copy")[0]
    async with opened(cluster, first, clock, keys) as again, sealing(again, key, file):
        await say(again, [uuid4()], 4)
        await sealed(file, 9)
    async with opened(cluster, backup, clock, keys) as restored:
        async with sealing(restored, key, file) as status:
            await say(restored, [uuid4()], 2)
            await stopped(status)
            assert status.missing == (5, 9)
            assert "entries 5 to 8 are missing" in (status.why or "")
        # What is said is kept all the same.
        assert rows(cluster.dsn(backup), "select count(*) from archive_entry") == [(7,)]
        assert rows(cluster.dsn(backup), "select count(*) from archive_leaf") == [(5,)]
    kept = published(file)
    assert kept is not None and kept.size == 9


@pytest.mark.parametrize("shows", [True, False])
async def test_a_database_that_is_behind_a_witness_is_not_sealed_on(
    shows: bool,
    work: UnitOfWork,
    key: LogKey,
    file: CheckpointFile,
    witness: Witness,
    cluster: EmbeddedPostgres,
    copies: Callable[[], str],
    clock: Clock,
    keys: KeyRing,
) -> None:
    """The file was restored together with the database; the witness was not. It may show what it cosigned."""

    async def witnessed(size: int) -> None:
        async def has() -> bool:
            return witness.size() >= size

        await until(has)

    async with sealing(work, key, file, witness.client):
        await say(work, [uuid4()], 5)
        await witnessed(5)
    backup, old = copies(), file.read()
    first = backup.rpartition("_copy")[0]
    async with opened(cluster, first, clock, keys) as again, sealing(again, key, file, witness.client):
        await say(again, [uuid4()], 4)
        await witnessed(9)
    file.write(old or "")
    asked = witness.client if shows else witness.silent
    async with opened(cluster, backup, clock, keys) as restored:
        async with sealing(restored, key, file, asked) as status:
            await say(restored, [uuid4()], 2)
            await stopped(status)
            assert status.missing == (5, 9)
            assert "The witness witness.example has seen 9 entries" in (status.why or "")
            assert ("shows no checkpoint" in (status.why or "")) is not shows
        assert rows(cluster.dsn(backup), "select count(*) from archive_leaf") == [(5,)]


async def test_a_rewritten_log_signed_with_the_true_key_is_refused_by_the_witness(
    work: UnitOfWork, key: LogKey, file: CheckpointFile, witness: Witness, dsn: str
) -> None:
    """Database, key and checkpoint file are in one hand: the witness remembers."""
    async with sealing(work, key, file, witness.client):
        await say(work, [uuid4()], 5)

        async def witnessed() -> bool:
            return witness.size() == 5

        await until(witnessed)
    execute(
        dsn,
        "set session_replication_role = replica; truncate archive_leaf, archive_tile, archive_cosignature, "
        "archive_checkpoint, archive_tree, archive_epoch, archive_entry, archive_head, archive_key cascade",
    )
    file.path.unlink()
    await begin(work)
    await say(work, [uuid4()], 8)
    async with sealing(work, key, file, witness.client) as status:
        await stopped(status)
        assert "witness.example" in (status.why or "")
    # Also when its tree has come to be larger than what the witness saw.
    async with sealing(work, key, file):
        pass
    assert witness.size() == 5
    async with sealing(work, key, CheckpointFile(file.path.with_name("new"))):
        await sealed(CheckpointFile(file.path.with_name("new")), 8)
    async with sealing(work, key, CheckpointFile(file.path.with_name("new")), witness.client) as status:
        await stopped(status)
        assert "has seen another tree of 5 entries" in (status.why or "")
    assert witness.size() == 5


async def test_another_root_in_the_file_is_a_fork(
    work: UnitOfWork, key: LogKey, file: CheckpointFile
) -> None:
    async with sealing(work, key, file):
        await say(work, [UUID(int=1)], 5)
        await sealed(file, 5)
    file.write(sign(Checkpoint(ORIGIN, 3, bytes(32)).text(), [key.under(ORIGIN)]))
    async with sealing(work, key, file) as status:
        await stopped(status)
        assert "another tree of 3 entries" in (status.why or "")
        assert f"entry 3 of conversation {UUID(int=1)}" in (status.why or "")


@pytest.mark.parametrize("content", ["", "nonsense", "a\n1\nAAAA\n\n— a AAAAAAA=\n", "\x00\xff"])
async def test_a_file_that_is_no_checkpoint_of_this_log_stops_sealing(
    work: UnitOfWork, key: LogKey, file: CheckpointFile, content: str
) -> None:
    file.write(content)
    async with sealing(work, key, file) as status:
        await say(work, [uuid4()])
        await stopped(status)
        assert "holds no checkpoint of this log" in (status.why or "")
        # What a person mended is noticed.
        file.path.unlink()
        await sealed(file, 1)
        assert (status.state, status.why) == (SealingState.SEALING, None)
