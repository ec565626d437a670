"""A sealer is killed after every single step, its witness with it: the log is sound, and the next goes on."""

import asyncio
import sys
from asyncio.subprocess import PIPE, create_subprocess_exec
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from uuid import uuid4

import pytest

from actions.context import UnitOfWork
from actions.log_finding import LogFindingKind
from actions.log_signatures import Outside
from actions.log_verification import verify_log
from chat_archive.checkpoint import Checkpoint
from server.checkpoint_file import CheckpointFile
from tests.faults.sealing_worker import open_witness
from tests.logs import ORIGIN, say
from tests.rows import rows
from tests.servers import die_with_parent

pytestmark = pytest.mark.faults

STEPS_MAX = 200
Seal = Callable[[int, int], Awaitable[str]]
Check = Callable[[], Awaitable[None]]


@pytest.fixture
def file(tmp_path: Path) -> CheckpointFile:
    return CheckpointFile(tmp_path / "apart" / "checkpoint")


@pytest.fixture
async def seal(dsn: str, file: CheckpointFile) -> AsyncIterator[Seal]:
    """Have a child seal everything and kill itself after so many steps; say how it ended."""
    worker = await create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.faults.sealing_worker",
        dsn,
        str(file.path),
        str(file.path.with_name("witness")),
        stdin=PIPE,
        stdout=PIPE,
        preexec_fn=die_with_parent,
    )
    orders, answers = worker.stdin, worker.stdout
    assert orders is not None and answers is not None

    async def order(steps: int, wanted: int) -> str:
        orders.write(f"{steps} {wanted}\n".encode())
        async with asyncio.timeout(60):
            return (await answers.readline()).decode().strip()

    yield order
    worker.kill()
    await worker.wait()


@pytest.fixture
def check(work: UnitOfWork, file: CheckpointFile, dsn: str) -> Check:
    """Verify the whole log, cosignatures too: file and witness are not ahead, the file one behind at most."""

    async def checked() -> None:
        note = file.read()
        witness = open_witness(file.path.with_name("witness"))
        cosigned, known = witness.latest(ORIGIN), [witness.trust.signer.verifier]
        witness.close()
        outside = [] if note is None else [note]
        seen_by_all = outside if cosigned is None else [*outside, cosigned.note]
        verified = verify_log(work, outside=map(Outside, seen_by_all), witness_keys=known, patience_s=0)
        found = [one async for one in verified]
        if rows(dsn, "select count(*) from archive_epoch") == [(0,)]:
            assert {one.kind for one in found} == {LogFindingKind.LOG_MISSING}
            return
        assert {one.kind for one in found} <= {LogFindingKind.UNSEALED}, found
        if outside:
            seen = Checkpoint.parse(outside[0].rpartition("\n\n")[0] + "\n").size
            sizes = [size for (size,) in rows(dsn, "select size from archive_checkpoint order by size")]
            assert seen in sizes[-2:]

    return checked


async def test_a_sealer_killed_after_any_step_leaves_a_sound_log(
    work: UnitOfWork, dsn: str, seal: Seal, check: Check, file: CheckpointFile
) -> None:
    said = ended = 0
    for steps in range(1, STEPS_MAX):
        # Enough to fill a tile with each pass.
        await say(work, [uuid4() for _ in range(3)], 90)
        said += 270
        outcome = await seal(steps, said)
        await check()
        if outcome == "done":
            ended = steps
            break
        assert outcome == "killed"
    # Less would mean that the steps of a pass were not all tried.
    assert ended > 20
    # The checkpoints of passes that were cut off before the witness was asked have no cosignature.
    assert rows(dsn, "select max(size) from archive_cosignature") == [(said,)]
    assert rows(dsn, "select count(*), max(index) from archive_leaf") == [(said, said - 1)]
    note = file.read() or ""
    assert note.split("\n")[1] == str(said)
    assert [one async for one in verify_log(work, outside=[Outside(note)], patience_s=0)] == []
