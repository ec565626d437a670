"""Group commit: what many rooms want kept goes to the database in few transactions, in each room's order.

A few lanes work side by side; a room always uses the same one, which keeps its order. A lane takes all
sayings that wait, keeps them in one transaction, and only then tells each asker. A move is a transaction
of its own, in its turn. When the database does not answer, everyone in the transaction is told so, nothing
counts as kept, and the lane goes on with what came meanwhile.
"""

import asyncio
import secrets
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar
from uuid import UUID

import structlog

from actions import consultations, unsuitable
from actions.call_paths import path_chosen
from actions.consultations import Moved
from actions.context import Context, UnitOfWork
from actions.conversation import Kept, Saying, keep_batch
from domain.accounts import SYSTEM
from domain.consultation import Consultation
from domain.errors import Code, Fault, OwnFault, PartnerDown, Throttled
from rooms.inputs import Move, TurnAway
from rooms.outputs import CallView
from rooms.participants import Asker

_log = structlog.get_logger("rooms")
T = TypeVar("T")

LANES = 2
BATCH_MAX = 128
LANE_CAPACITY = 4096
"""What may wait in one lane. Beyond it the asker is told that the room is busy."""
COMMIT_TIMEOUT_S = 20.0
_BUSY_RETRY_S = 1

KeptDone = Callable[[Kept | Fault], None]
MoveDone = Callable[[Moved | Fault], None]
LoadDone = Callable[[Consultation | Fault], None]

_MOVES: dict[Move, Callable[[Context, UUID], Awaitable[Moved]]] = {
    Move.ARRIVE: consultations.arrive,
    Move.STEP_OUT: consultations.step_out,
    Move.ADMIT: consultations.admit,
    Move.FINISH: consultations.finish,
}


class Recorder(Protocol):
    """Where a room hands in what has to be durable. Answers come later, through `done`, in the room's order.

    Every method raises Throttled (room.busy) when too much waits, and PartnerDown while stopping; `done` is
    not called then. `done` is called from another task, must not wait and must not raise.
    """

    def say(self, saying: Saying, done: KeptDone) -> None:
        """Keep a saying."""
        ...

    def move(self, move: Move, consultation_id: UUID, asker: Asker, done: MoveDone) -> None:
        """Move a consultation on behalf of the asker."""
        ...

    def turn_away(self, consultation_id: UUID, decision: TurnAway, done: MoveDone) -> None:
        """End a visit as not suitable online, on behalf of whoever decided it."""
        ...

    def note_path(self, consultation_id: UUID, call: CallView, people: int) -> None:
        """Keep an audit line of another way that a call goes. Raises nothing: no call waits for it."""
        ...

    def load(self, consultation_id: UUID, asker: Asker, done: LoadDone) -> None:
        """Read a consultation on behalf of the asker, after everything that was handed in for it before."""
        ...


@dataclass(frozen=True, slots=True)
class _Say:
    saying: Saying
    done: KeptDone


@dataclass(frozen=True, slots=True)
class _Do:
    """A transaction of its own. `run` gives its outcome to whoever asked."""

    run: Callable[[], Awaitable[None]]


class Appender:
    """The lanes. `run` must be running for anything to be kept."""

    def __init__(
        self,
        work: UnitOfWork,
        *,
        lanes: int = LANES,
        batch_max: int = BATCH_MAX,
        lane_capacity: int = LANE_CAPACITY,
    ) -> None:
        self._work = work
        self._lanes = [_Lane(work, batch_max, lane_capacity) for _ in range(lanes)]
        self._stopping = False

    def say(self, saying: Saying, done: KeptDone) -> None:
        """See Recorder."""
        self._lane(saying.consultation_id).put(_Say(saying, done))

    def move(self, move: Move, consultation_id: UUID, asker: Asker, done: MoveDone) -> None:
        """See Recorder."""

        async def run() -> None:
            done(await self._outcome(asker, lambda ctx: _MOVES[move](ctx, consultation_id)))

        self._lane(consultation_id).put(_Do(run))

    def turn_away(self, consultation_id: UUID, decision: TurnAway, done: MoveDone) -> None:
        """See Recorder."""

        async def run() -> None:
            done(
                await self._outcome(
                    decision.asker,
                    lambda ctx: unsuitable.turn_away(ctx, consultation_id, decision.message_id, decision.why),
                )
            )

        self._lane(consultation_id).put(_Do(run))

    def note_path(self, consultation_id: UUID, call: CallView, people: int) -> None:
        """See Recorder."""

        async def run() -> None:
            try:
                async with asyncio.timeout(COMMIT_TIMEOUT_S):
                    async with self._work.begin(SYSTEM, f"call-{secrets.token_hex(8)}") as ctx:
                        await path_chosen(ctx, consultation_id, call.path.value, call.reason.value, people)
            except Exception as error:
                _log.error("call.path_not_kept", code=_fault(error).code.value)

        try:
            self._lane(consultation_id).put(_Do(run))
        except (Throttled, PartnerDown):
            _log.error("call.path_not_kept", code=Code.ROOM_BUSY.value)

    def load(self, consultation_id: UUID, asker: Asker, done: LoadDone) -> None:
        """See Recorder."""

        async def run() -> None:
            done(await self._outcome(asker, lambda ctx: consultations.open_room(ctx, consultation_id)))

        self._lane(consultation_id).put(_Do(run))

    async def run(self) -> None:
        """Work until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            for number, lane in enumerate(self._lanes):
                tasks.create_task(lane.run(), name=f"appender lane {number}")

    async def drain(self) -> None:
        """Take nothing new; return when everything that waited has its outcome."""
        self._stopping = True
        for lane in self._lanes:
            await lane.idle.wait()

    def _lane(self, consultation_id: UUID) -> "_Lane":
        if self._stopping:
            raise PartnerDown("database", "The server is restarting. Nothing was lost; try again.")
        return self._lanes[consultation_id.int % len(self._lanes)]

    async def _outcome(self, asker: Asker, action: Callable[[Context], Awaitable[T]]) -> T | Fault:
        try:
            async with asyncio.timeout(COMMIT_TIMEOUT_S):
                async with self._work.begin(asker.actor, asker.request_id) as ctx:
                    return await action(ctx)
        except Exception as error:
            return _fault(error)


class _Lane:
    """One connection's worth of work, in order."""

    def __init__(self, work: UnitOfWork, batch_max: int, capacity: int) -> None:
        self._work = work
        self._batch_max = batch_max
        self._capacity = capacity
        self._waiting: deque[_Say | _Do] = deque()
        self._wake = asyncio.Event()
        self.idle = asyncio.Event()
        self.idle.set()

    def put(self, item: _Say | _Do) -> None:
        if len(self._waiting) >= self._capacity:
            raise Throttled(_BUSY_RETRY_S, Code.ROOM_BUSY)
        self._waiting.append(item)
        self.idle.clear()
        self._wake.set()

    async def run(self) -> None:
        while True:
            if not self._waiting:
                self.idle.set()
                self._wake.clear()
                await self._wake.wait()
            item = self._waiting.popleft()
            if isinstance(item, _Do):
                await item.run()
                continue
            batch = [item]
            while len(batch) < self._batch_max and self._waiting and isinstance(self._waiting[0], _Say):
                batch.append(self._waiting.popleft())  # type: ignore[arg-type]  # just looked at
            await self._keep(batch)

    async def _keep(self, batch: list[_Say]) -> None:
        sayings = [item.saying for item in batch]
        try:
            async with asyncio.timeout(COMMIT_TIMEOUT_S):
                async with self._work.begin(SYSTEM, sayings[0].request_id) as ctx:
                    outcomes = await keep_batch(ctx, sayings)
        except Exception as error:
            fault = _fault(error)
            if isinstance(fault, OwnFault) and len(batch) > 1:
                # One of them is more than the action can bear: each on its own, so that only it fails.
                for item in batch:
                    await self._keep([item])
                return
            for item in batch:
                item.done(fault)
            return
        for item, outcome in zip(batch, outcomes, strict=True):
            item.done(outcome)


def _fault(error: Exception) -> Fault:
    """Return what the askers are told. What is not foreseen is logged here, where the trace is."""
    if isinstance(error, OwnFault):
        _log.error("append failed", detail=error.detail, exc_info=error)
        return error
    if isinstance(error, Fault):
        return error
    if isinstance(error, TimeoutError):
        return PartnerDown("database", "The database does not answer.")
    _log.error("append failed", exc_info=error)
    return OwnFault(f"append failed: {type(error).__name__}")
