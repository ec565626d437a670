"""The sealer: the task of a server that seals what was kept, writes the checkpoint apart, asks the witnesses.

Sealing never holds up the hospital: entries are kept without it, and are sealed when it goes on. A database
that does not answer is waited out. A log that is not what it was stops sealing until a person has looked.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from actions.context import UnitOfWork
from actions.fork_guard import examine, seen_in_note
from actions.log_identity import LogKey, SealingRefused
from actions.sealing import REQUEST_ID, Looked, seal
from actions.sealing_status import SealingState, SealingStatus
from chat_archive.witness_client import WitnessClient
from domain.accounts import SYSTEM
from domain.errors import PartnerDown
from server.checkpoint_file import CheckpointFile
from server.witness_asking import AskedWitness, Unproved
from storage import sealing
from storage.sealing import KeptCheckpoint

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """How often, in seconds. Tests make it quick."""

    look_every_s: float = 0.25
    """An entry is in the tree this long after its commit, and the time of one pass."""
    pauses_s: Sequence[float] = (0.2, 0.5, 1, 2, 5)
    """After failures of the database or of the file, one after the other."""
    look_again_s: float = 10
    """After sealing stopped: what a person has mended is noticed."""
    published_every_s: float = 2
    """Another server may have sealed: its checkpoint is written here too."""
    ask_every_s: float = 1
    ask_timeout_s: float = 15
    witness_pauses_s: Sequence[float] = (1, 2, 5, 15, 60)


class Sealer:
    """Seals in one process; `run` until cancelled. Other processes may have one: it does no harm."""

    def __init__(
        self,
        work: UnitOfWork,
        key: LogKey,
        file: CheckpointFile,
        witnesses: Sequence[WitnessClient],
        status: SealingStatus,
        pace: Pace = Pace(),
    ) -> None:
        self._work = work
        self._key = key
        self._file = file
        self._asked = [AskedWitness(work, client, pace.ask_timeout_s) for client in witnesses]
        self._status = status
        self._pace = pace
        self._published: tuple[int, int] | None = None
        self._objection: SealingRefused | None = None
        self._file_agrees = False

    async def run(self) -> None:
        """Seal until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._keep_sealing(), name="sealer")
            for asked in self._asked:
                group.create_task(self._keep_asking(asked), name="witness")

    async def _keep_sealing(self) -> None:
        failures = 0
        while True:
            pause_s = self._pace.look_again_s
            try:
                await self._examine()
                failures = 0
                await self._seal_on()
            except SealingRefused as refused:
                self._stop(refused)
            except Exception as error:
                # Our own faults too: the hospital goes on, and the log and the status say that sealing does
                # not.
                pause_s = self._pace.pauses_s[min(failures, len(self._pace.pauses_s) - 1)]
                failures += 1
                self._wait(error, pause_s)
            await asyncio.sleep(pause_s)

    async def _examine(self) -> None:
        """Raise SealingRefused unless our tree continues everything that the file and the witnesses have
        seen."""
        self._objection, self._published = None, None
        note = await asyncio.to_thread(self._file.read)
        async with self._work.begin(SYSTEM, REQUEST_ID) as ctx:
            epochs = await sealing.epochs(ctx.tx)
            seen = [] if note is None else [seen_in_note("The checkpoint file", note, epochs)]
            tree = await examine(ctx, seen)
        if note is None and tree.size > 0:
            log.warning("archive.checkpoint_file_missing", path=str(self._file.path), size=tree.size)
        self._file_agrees = note is not None
        answers = await asyncio.gather(*map(self._examine_with, self._asked), return_exceptions=True)
        for answer in answers:
            if isinstance(answer, BaseException) and not isinstance(answer, Unproved):
                raise answer
        # All have been heard: whether somebody vouches for the tree is known only now.
        for asked, objection in zip(self._asked, answers, strict=True):
            if isinstance(objection, Unproved):
                self._weigh(asked, objection)
        if self._objection is not None:
            raise self._objection
        await self._publish()
        self._status.goes_on(tree.size)

    async def _examine_with(self, asked: AskedWitness) -> Unproved | None:
        """Ask one witness before anything is sealed; one that does not answer cannot object yet."""
        try:
            await asked.ask()
        except Unproved as objection:
            return objection
        except (PartnerDown, TimeoutError) as error:
            log.warning("archive.witness_unheard", witness=asked.client.name, error=_said(error))
            asked.wanted.set()
        return None

    def _weigh(self, asked: AskedWitness, objection: Unproved) -> None:
        """Stop sealing for an objection without proof, unless the file and a witness know our tree better.

        An older copy brought back together with its file is stopped: no witness that knew more vouches for
        it. But one witness that lies does not hold up sealing for all.
        """
        if self._file_agrees and any(other.vouches for other in self._asked):
            log.error("archive.witness_objects", witness=asked.client.name, why=objection.refused.detail)
            asked.wanted.set()
        else:
            self._objection = objection.refused

    async def _seal_on(self) -> None:
        """Pass after pass, until something raises."""
        loop = asyncio.get_running_loop()
        looked, looked_at_others = Looked(), loop.time()
        while True:
            if self._objection is not None:
                raise self._objection
            done = await seal(self._work, self._key, looked)
            if done.checkpoint is not None or loop.time() - looked_at_others > self._pace.published_every_s:
                await self._publish()
                looked_at_others = loop.time()
            await asyncio.sleep(0 if done.more else self._pace.look_every_s)

    async def _publish(self) -> None:
        """Write the latest checkpoint apart, then offer it to the witnesses. Nothing is sealed before it is
        kept."""
        async with self._work.begin(SYSTEM, REQUEST_ID) as ctx:
            kept = await sealing.latest_checkpoint(ctx.tx)
        if kept is None or (kept.epoch, kept.size) == self._published:
            return
        await self._write(kept)
        self._published = (kept.epoch, kept.size)
        self._status.goes_on(kept.size)
        for asked in self._asked:
            asked.wanted.set()

    async def _write(self, kept: KeptCheckpoint) -> None:
        failures = 0
        while True:
            try:
                await asyncio.to_thread(self._file.write, kept.note)
            except OSError as error:
                pause_s = self._pace.pauses_s[min(failures, len(self._pace.pauses_s) - 1)]
                failures += 1
                self._status.waits(f"The checkpoint file cannot be written: {error.strerror}.")
                log.error(
                    "archive.checkpoint_not_written",
                    path=str(self._file.path),
                    error=error.strerror,
                    again_in_s=pause_s,
                )
                await asyncio.sleep(pause_s)
            else:
                return

    async def _keep_asking(self, asked: AskedWitness) -> None:
        failures = 0
        while True:
            await asked.wanted.wait()
            asked.wanted.clear()
            pause_s = self._pace.ask_every_s
            try:
                await asked.ask()
                failures = 0
            except SealingRefused as refused:
                self._objection = refused
            except Unproved as objection:
                pause_s, failures = self._pause(failures)
                self._weigh(asked, objection)
            except Exception as error:
                pause_s, failures = self._pause(failures)
                log.warning(
                    "archive.not_witnessed", witness=asked.client.name, error=_said(error), again_in_s=pause_s
                )
                asked.wanted.set()
            await asyncio.sleep(pause_s)

    def _pause(self, failures: int) -> tuple[float, int]:
        """Return how long a witness is left alone after so many failures, and one more of them."""
        pauses_s = self._pace.witness_pauses_s
        return pauses_s[min(failures, len(pauses_s) - 1)], failures + 1

    def _stop(self, refused: SealingRefused) -> None:
        if self._status.why != refused.detail:
            log.error(
                "archive.sealing_stopped",
                why=refused.detail,
                missing_from=None if refused.missing is None else refused.missing[0],
                missing_to=None if refused.missing is None else refused.missing[1],
            )
        self._status.stops(refused.detail, refused.missing)

    def _wait(self, error: Exception, pause_s: float) -> None:
        log.warning("archive.sealing_waits", error=_said(error), again_in_s=pause_s)
        if self._status.state is not SealingState.STOPPED:
            self._status.waits(
                "The database does not answer." if isinstance(error, PartnerDown) else "A fault."
            )


def _said(error: BaseException) -> str:
    return error.sentence if isinstance(error, PartnerDown) else type(error).__name__
