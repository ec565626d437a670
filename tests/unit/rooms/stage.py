"""A room on a stage: a recorder whose database answers when a test says so, an output that remembers."""

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid4

from actions.consultations import Moved
from actions.conversation import Kept, Saying
from chat_archive.entry import Entry
from domain.accounts import Actor, Role
from domain.consultation import Consultation, ConsultationEvent, ConsultationState, moved
from domain.errors import Fault
from domain.facts import EntryKind, encode_body
from domain.ids import AccountId, AppointmentId, ConsultationId, PatientId, PractitionerId, uuid7
from domain.unsuitable import unsuitable_body
from rooms.appender import KeptDone, LoadDone, MoveDone
from rooms.inputs import Admit, Close, Join, Leave, Move, Question, Say, Signal, TurnAway
from rooms.outputs import CallView, EntryAdded, PresenceChanged, RoomMessage, SignalKind, StateChanged
from rooms.participants import Asker, Presence
from rooms.replies import Reply
from rooms.room import Room
from rooms.switchboard import Switchboard
from rooms.timings import Timings
from tests.live import HandTimers

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PATIENT = AccountId(UUID(int=4))
DOCTOR = AccountId(UUID(int=6))
PAGE_P, PAGE_P2, PAGE_D = UUID(int=0xA1), UUID(int=0xA2), UUID(int=0xB1)
M = TypeVar("M", bound=RoomMessage)

_EVENTS = {
    Move.ARRIVE: ConsultationEvent.ARRIVE,
    Move.STEP_OUT: ConsultationEvent.STEP_OUT,
    Move.ADMIT: ConsultationEvent.ADMIT,
    Move.FINISH: ConsultationEvent.FINISH,
}


def consultation(state: ConsultationState = ConsultationState.PLANNED) -> Consultation:
    planned = state is ConsultationState.PLANNED
    begun = state in (ConsultationState.IN_PROGRESS, ConsultationState.FINISHED)
    return Consultation(
        ConsultationId(UUID(int=1)),
        AppointmentId(UUID(int=2)),
        PatientId(UUID(int=3)),
        PATIENT,
        "李晓兰",
        PractitionerId(UUID(int=5)),
        DOCTOR,
        "王建国",
        state,
        NOW,
        NOW + timedelta(minutes=30),
        None if planned else NOW,
        NOW if begun else None,
        NOW if state is ConsultationState.FINISHED else None,
    )


@dataclass
class Recorder:
    """Keeps and moves at once, or, when `holding`, when a test lets go. `fault` is what is said instead."""

    now: Consultation
    holding: bool = False
    fault: Fault | None = None
    refusal: Fault | None = None
    """Raised on handing in."""
    entries: list[Entry] = field(default_factory=list)
    held: list[Any] = field(default_factory=list)
    loads: int = 0
    paths: list[tuple[str, str, int]] = field(default_factory=list)

    def say(self, saying: Saying, done: KeptDone) -> None:
        self._begin(lambda: done(self.fault or self._keep(saying)))

    def move(self, move: Move, consultation_id: UUID, asker: Asker, done: MoveDone) -> None:
        self._begin(lambda: done(self.fault or self._move(move, asker)))

    def turn_away(self, consultation_id: UUID, decision: TurnAway, done: MoveDone) -> None:
        self._begin(lambda: done(self.fault or self._turn_away(decision)))

    def note_path(self, consultation_id: UUID, call: CallView, people: int) -> None:
        self.paths.append((call.path.value, call.reason.value, people))

    def load(self, consultation_id: UUID, asker: Asker, done: LoadDone) -> None:
        self.loads += 1
        self._begin(lambda: done(self.now))

    def let_go(self) -> None:
        """Answer everything that is held, in order."""
        held, self.held = self.held, []
        for answer in held:
            answer()

    def kinds(self) -> list[str]:
        return [entry.kind for entry in self.entries]

    def _begin(self, answer: Any) -> None:
        if self.refusal is not None:
            raise self.refusal
        if self.holding:
            self.held.append(answer)
        else:
            answer()

    def _turn_away(self, decision: TurnAway) -> Moved:
        self.now = replace(self.now, state=ConsultationState.FINISHED, ended_at=NOW)
        author = str(decision.asker.actor.account_id)
        said = self._entry(author, decision.message_id, EntryKind.UNSUITABLE, unsuitable_body(decision.why))
        return Moved(self.now, self._entry(author, uuid4(), EntryKind.FINISHED, {}), said)

    def _keep(self, saying: Saying) -> Kept:
        for entry in self.entries:
            if entry.message_id == saying.message_id:
                return Kept(entry, self.now.state, False)
        entry = self._entry(str(saying.actor.account_id), saying.message_id, saying.kind, saying.body)
        return Kept(entry, self.now.state, True)

    def _move(self, move: Move, asker: Asker) -> Moved | Fault:
        try:
            self.now = moved(self.now, _EVENTS[move], NOW)
        except Fault as fault:
            return fault
        kind = EntryKind(
            {"arrive": "arrived", "step-out": "stepped-out", "admit": "admitted"}.get(move, "finished")
        )
        return Moved(self.now, self._entry(str(asker.actor.account_id), uuid4(), kind, {}))

    def _entry(self, author: str, message_id: UUID, kind: EntryKind, body: Any) -> Entry:
        entry = Entry(
            self.now.id,
            len(self.entries) + 1,
            message_id,
            author,
            kind.value,
            NOW,
            commitment=b"",
            entry_hash=b"",
            body=encode_body(body),
        )
        self.entries.append(entry)
        return entry


@dataclass
class Output:
    said: list[tuple[str, RoomMessage]] = field(default_factory=list)
    queue_hints: int = 0
    waiting_hints: int = 0
    broken: bool = False

    def to_connections(self, connections: Sequence[str], message: RoomMessage) -> None:
        if self.broken:
            raise RuntimeError("the wire is broken")
        self.said += [(connection, message) for connection in connections]

    def queue_changed(self, practitioner_id: PractitionerId) -> None:
        self.queue_hints += 1

    def waiting_changed(self, practitioner_id: PractitionerId) -> None:
        self.waiting_hints += 1

    def heard(self, connection: str, kind: type[M]) -> list[M]:
        return [message for to, message in self.said if to == connection and isinstance(message, kind)]

    def presences(self, connection: str) -> list[Presence]:
        return [message.participant.presence for message in self.heard(connection, PresenceChanged)]

    def states(self, connection: str) -> list[ConsultationState]:
        return [message.consultation.state for message in self.heard(connection, StateChanged)]

    def kinds(self, connection: str) -> list[str]:
        return [message.entry.kind for message in self.heard(connection, EntryAdded)]


def asker(account_id: AccountId, connection: str) -> Asker:
    role = Role.PATIENT if account_id == PATIENT else Role.DOCTOR
    return Asker(Actor(account_id, role), connection, f"request of {connection}")


@dataclass
class Stage:
    """A running room and everything round it. Patients come by connections p..., doctors by d..."""

    room: Room
    recorder: Recorder
    output: Output
    timers: HandTimers
    idle: list[Room]
    task: "asyncio.Task[None]"

    def of(self, connection: str) -> Asker:
        return asker(PATIENT if connection.startswith("p") else DOCTOR, connection)

    async def ask(self, question: Question) -> Any:
        return await asyncio.wait_for(self.room.ask(question), 5)

    def begin(self, question: Question) -> Reply:
        return self.room.ask(question)

    async def settle(self) -> None:
        """Return when the room has handled everything that it was told."""
        for _ in range(3):
            # A stranger's leaving changes nothing, and is answered after all that came before it. What
            # that set off comes after the first of them.
            await self.ask(Leave(self.of("p-nobody")))

    async def join(self, connection: str, page: UUID, *, camera: bool = True) -> None:
        await self.ask(Join(self.of(connection), page, True, camera))

    async def say(self, connection: str, text: str = "hello", message_id: UUID | None = None) -> Kept:
        kept = await self.ask(Say(self.of(connection), message_id or uuid4(), text))
        assert isinstance(kept, Kept)
        return kept

    async def signal(self, connection: str, to: UUID) -> None:
        await self.ask(Signal(self.of(connection), SignalKind.CANDIDATE, to, {"candidate": ""}))


@asynccontextmanager
async def stage(
    state: ConsultationState = ConsultationState.PLANNED, board: Switchboard | None = None
) -> AsyncIterator[Stage]:
    now = consultation(state)
    recorder, output, timers = Recorder(now), Output(), HandTimers()
    idle: list[Room] = []
    room = Room(
        now,
        recorder=recorder,
        output=output,
        timers=timers,
        timings=Timings(),
        new_id=lambda: uuid7(NOW, os.urandom),
        on_idle=idle.append,
        switchboard=board,
    )
    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(room.run())
        yield Stage(room, recorder, output, timers, idle, task)
        room.tell(Close())


@asynccontextmanager
async def in_progress(board: Switchboard | None = None) -> AsyncIterator[Stage]:
    """A visit with both sides in it."""
    async with stage(board=board) as running:
        await running.join("p1", PAGE_P)
        await running.join("d1", PAGE_D)
        await running.ask(Admit(running.of("d1")))
        await running.settle()
        running.output.said.clear()
        running.recorder.entries.clear()
        yield running
