"""A witness in a process of its own, that kills itself (SIGKILL) before a chosen step of what it does.

python -m tests.integration.server.witness_process FOLDER LOG_KEY STEP

A step is a file forced to the disk, a file renamed into its place, a folder forced to the disk, an answer on
its way. They are counted from 1, the key's own included. Prints its port.
"""

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import Any

from aiohttp import web

from chat_archive.note import VerifierKey
from chat_archive.witness import Answer
from server.witness import witness_app
from server.witness_folder import WitnessFolder

NOW_S = 1_795_420_800
NAME = "witness.example/w1"


class Steps:
    """Counts steps, and does not survive the fatal one."""

    def __init__(self, fatal: int) -> None:
        self.left = fatal

    def step(self) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def arm(fatal: int) -> None:
    steps = Steps(fatal)
    fsync, replace, decide = os.fsync, os.replace, WitnessFolder.add_checkpoint

    def counted_fsync(fd: Any) -> None:
        steps.step()
        fsync(fd)

    def counted_replace(path: Any, target: Any) -> None:
        steps.step()
        replace(path, target)

    def counted_answer(folder: WitnessFolder, request: bytes, now_s: int) -> Answer:
        answer = decide(folder, request, now_s)
        steps.step()
        return answer

    os.fsync = counted_fsync
    os.replace = counted_replace  # type: ignore[assignment]  # Nobody gives it more than two paths.
    WitnessFolder.add_checkpoint = counted_answer  # type: ignore[method-assign, assignment]  # That is the trap.


async def main(folder: Path, key: VerifierKey) -> None:
    opened = WitnessFolder(folder, NAME, {key.name: [key]}, os.urandom)
    runner = web.AppRunner(witness_app(opened, lambda: NOW_S), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    arm(int(sys.argv[3]))
    asyncio.run(main(Path(sys.argv[1]), VerifierKey.parse(sys.argv[2])))
