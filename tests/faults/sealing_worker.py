"""A process whose children seal and are killed, each one step later than the one before, for tests.

Arguments: the database's address, the checkpoint file, the folder of a witness that lives and dies with the
child, as one that loses power would. For each line on standard input, a number of steps
and how many entries there are, a child begins to seal and kills itself with SIGKILL after so many steps: a
step is a statement sent to PostgreSQL, or a file forced to the disk or renamed. The answer is "killed" or, of
a child that had nothing left to do, "done". Children are forked: starting Python anew would take longer.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiopg.connection import Cursor

from actions.context import UnitOfWork
from actions.log_identity import begin_log
from actions.sealing_status import SealingStatus
from chat_archive.data_keys import KeyRing
from chat_archive.note import VerifierKey
from chat_archive.witness_client import WitnessClient
from domain.accounts import SYSTEM
from server.checkpoint_file import CheckpointFile
from server.sealer import Pace, Sealer
from server.witness_folder import WitnessFolder
from storage.pool import Database
from storage.sealing import last_cosigned
from tests.logs import ORIGIN, make_key
from tests.waiting import until

WITNESS = "witness.example"
QUICK = Pace(look_every_s=0.01, pauses_s=(0.02,), ask_every_s=0.01, witness_pauses_s=(0.02,))


def now() -> datetime:
    """As the clock of the tests, which does not move."""
    return datetime(2026, 11, 23, 9, tzinfo=UTC)


def open_witness(folder: Path) -> WitnessFolder:
    """Open the witness' folder, as its own process would."""
    return WitnessFolder(
        folder, WITNESS, {ORIGIN: [VerifierKey.parse(make_key().log_key(ORIGIN))]}, os.urandom
    )


class Steps:
    """Counts steps, and ends this process after the last one it may take."""

    def __init__(self, left: int) -> None:
        self._left = left

    def taken(self) -> None:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def counted(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **more: Any) -> Any:
            result = function(*args, **more)
            self.taken()
            return result

        return call

    def watch(self) -> None:
        """Count from now on."""
        execute = Cursor.execute

        async def counted(cursor: Any, *args: Any, **more: Any) -> Any:
            await execute(cursor, *args, **more)
            self.taken()

        setattr(Cursor, "execute", counted)  # noqa: B010  # mypy minds the assignment
        os.fsync = self.counted(os.fsync)
        os.replace = self.counted(os.replace)


async def seal_all(dsn: str, path: Path, witness: Path, steps: Steps) -> None:
    folder = open_witness(witness)

    async def post(body: bytes) -> tuple[int, str, bytes]:
        answer = folder.add_checkpoint(body, 1_795_000_000)
        return answer.status, answer.content_type, answer.body.encode()

    client = WitnessClient(folder.trust.signer.verifier, post)
    database = await Database.connect(dsn, size=2)
    work = UnitOfWork(database, now, os.urandom, KeyRing({"tests": bytes(32)}, "tests"))
    key, status, file = make_key(), SealingStatus(), CheckpointFile(path)
    steps.watch()
    async with work.begin(SYSTEM, "worker") as ctx:
        await begin_log(ctx, key, ORIGIN)
    sealer = asyncio.create_task(Sealer(work, key, file, [client], status, QUICK).run())
    wanted = int(os.environ["WANTED"])

    async def published() -> bool:
        return status.size >= wanted and (file.read() or "").split("\n")[1] == str(wanted)

    async def cosigned() -> bool:
        kept = folder.latest(ORIGIN)
        if kept is None or kept.checkpoint.size != wanted:
            return False
        async with work.begin(SYSTEM, "worker") as ctx:
            return await last_cosigned(ctx.tx, 1, WITNESS) == wanted

    await until(published)
    await until(cosigned)
    sealer.cancel()


def child(dsn: str, path: Path, witness: Path, steps: int) -> None:
    asyncio.run(seal_all(dsn, path, witness, Steps(steps)))
    os._exit(0)


def main(dsn: str, path: Path, witness: Path) -> None:
    for line in sys.stdin:
        steps, wanted = line.split()
        os.environ["WANTED"] = wanted
        pid = os.fork()
        if pid == 0:
            child(dsn, path, witness, int(steps))
        _, status = os.waitpid(pid, 0)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        print("killed" if killed else "done" if status == 0 else f"failed {status}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
