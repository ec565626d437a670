"""The sealer: the task of a server that seals what was kept, writes the checkpoint apart, asks the witnesses.

Sealing never holds up the hospital: entries are kept without it, and are sealed when it goes on. A database
that does not answer is waited out. A log that is not what it was stops sealing until a person has looked.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

import structlog

from actions.context import UnitOfWork
from actions.fork_guard import Seen, examine, seen_in_note
from actions.log_identity import LogKey, SealingRefused
from actions.sealing import REQUEST_ID, Looked, seal
from actions.sealing_status import SealingState, SealingStatus
from actions.witnessing import keep_cosignature, prepare
from chat_archive.witness_client import Stale, WitnessClient, WitnessRefused
from domain.accounts import SYSTEM
from domain.errors import PartnerDown
from server.checkpoint_file import CheckpointFile
from storage import sealing
from storage.sealing import KeptCheckpoint

log = structlog.get_logger(__name__)
_FORKED = (409, 422)


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


@dataclass(slots=True)
class _Asked:
    """One witness, and as far as it is known to have come: (epoch, size)."""

    client: WitnessClient
    wanted: asyncio.Event = field(default_factory=asyncio.Event)
    known: tuple[int, int] | None = None


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
        self._asked = [_Asked(client) for client in witnesses]
        self._status = status
        self._pace = pace
        self._published: tuple[int, int] | None = None
        self._objection: SealingRefused | None = None

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
        answers = await asyncio.gather(*map(self._examine_with, self._asked), return_exceptions=True)
        for answer in answers:
            if isinstance(answer, BaseException):
                raise answer
        await self._publish()
        self._status.goes_on(tree.size)

    async def _examine_with(self, asked: _Asked) -> None:
        """Ask one witness before anything is sealed; one that does not answer cannot object yet."""
        try:
            async with asyncio.timeout(self._pace.ask_timeout_s):
                await self._ask(asked)
        except (PartnerDown, TimeoutError) as error:
            log.warning("archive.witness_unheard", witness=asked.client.name, error=_said(error))
            asked.wanted.set()

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

    async def _keep_asking(self, asked: _Asked) -> None:
        failures = 0
        while True:
            await asked.wanted.wait()
            asked.wanted.clear()
            pause_s = self._pace.ask_every_s
            try:
                async with asyncio.timeout(self._pace.ask_timeout_s):
                    await self._ask(asked)
                failures = 0
            except SealingRefused as refused:
                self._objection = refused
            except Exception as error:
                pause_s = self._pace.witness_pauses_s[min(failures, len(self._pace.witness_pauses_s) - 1)]
                failures += 1
                log.warning(
                    "archive.not_witnessed", witness=asked.client.name, error=_said(error), again_in_s=pause_s
                )
                asked.wanted.set()
            await asyncio.sleep(pause_s)

    async def _ask(self, asked: _Asked) -> None:
        """Have the latest checkpoint cosigned. Raise SealingRefused when the witness has seen more, or
        other."""
        known, name = asked.known, asked.client.name
        while True:
            async with self._work.begin(SYSTEM, REQUEST_ID) as ctx:
                submission = await prepare(ctx, name, known)
            try:
                answer = await asked.client.submit(submission.old, submission.proof, submission.note)
            except WitnessRefused as refused:
                if refused.status not in _FORKED:
                    raise
                raise SealingRefused(
                    f"The witness {name} does not find its tree of {submission.old} entries in ours of "
                    f"{submission.size}: the log has forked, or entries were rewritten."
                ) from None
            if not isinstance(answer, Stale):
                break
            if answer.size > submission.size:
                await self._demand_reached(name, submission.origin, answer.size)
            known = (submission.epoch, answer.size)
        async with self._work.begin(SYSTEM, REQUEST_ID) as ctx:
            await keep_cosignature(ctx, submission, answer)
        asked.known = (submission.epoch, submission.size)

    async def _demand_reached(self, name: str, origin: str, size: int) -> None:
        """Raise SealingRefused unless the tree has come to this size: another server may just have sealed."""
        async with self._work.begin(SYSTEM, REQUEST_ID) as ctx:
            await examine(ctx, [Seen(f"The witness {name}", origin, size, None)])

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
