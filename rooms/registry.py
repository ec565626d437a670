"""Which rooms are live in this process: opened by whoever enters, closed when nobody is left."""

import asyncio
from collections.abc import Callable
from uuid import UUID

from actions.consultations import open_room
from actions.context import UnitOfWork
from actions.conversation import Kept, Saying
from actions.guests import GuestTold
from domain.errors import OwnFault
from domain.ids import uuid7
from rooms.appender import Recorder
from rooms.inputs import Close, KeepFile, Reloaded
from rooms.outputs import RoomOutput
from rooms.participants import Asker, Presence
from rooms.room import Room
from rooms.switchboard import Switchboard
from rooms.timings import Timers, Timings

_NO_CONNECTION = ""
"""Whoever adds a file asks by a request of its own, not by the connection of a page."""


class Registry:
    """The rooms, each with its task. `run` must be running before anybody enters."""

    def __init__(
        self,
        work: UnitOfWork,
        recorder: Recorder,
        output: RoomOutput,
        timers: Timers,
        timings: Timings,
        random: Callable[[int], bytes],
        switchboard: Switchboard | None = None,
    ) -> None:
        self._work = work
        self._recorder = recorder
        self._output = output
        self._timers = timers
        self._timings = timings
        self._random = random
        self._switchboard = switchboard or Switchboard()
        self._rooms: dict[UUID, Room] = {}
        self._tasks: asyncio.TaskGroup | None = None
        self._closing = asyncio.Event()

    def __len__(self) -> int:
        return len(self._rooms)

    async def run(self) -> None:
        """Own the rooms' tasks until `close`."""
        async with asyncio.TaskGroup() as tasks:
            self._tasks = tasks
            await self._closing.wait()
            self._tasks = None
            for room in self._rooms.values():
                room.tell(Close())
        self._rooms.clear()

    def close(self) -> None:
        """Close all rooms after what they were told before. Nobody has left by it: all may come back."""
        self._closing.set()

    async def enter(self, consultation_id: UUID, asker: Asker) -> Room:
        """Return the room of a consultation to one of its participants, opened if need be.

        Raise NotFound, or ActionRefused for anyone else. Leaves an audit line. The room returned is live as
        long as the caller does not await.
        """
        before = self._rooms.get(consultation_id)
        epoch = None if before is None else before.epoch
        async with self._work.begin(asker.actor, asker.request_id) as ctx:
            consultation = await open_room(ctx, consultation_id)
        room = self._rooms.get(consultation_id)
        if room is not None:
            if room is before and epoch is not None:
                # It may have been moved without this room, say by cancelling the appointment.
                room.tell(Reloaded(consultation, epoch))
            return room
        if self._tasks is None:
            raise OwnFault("rooms are not running")
        room = Room(
            consultation,
            recorder=self._recorder,
            output=self._output,
            timers=self._timers,
            timings=self._timings,
            new_id=lambda: uuid7(self._work.now(), self._random),
            on_idle=self._forget,
            switchboard=self._switchboard,
        )
        self._rooms[room.id] = room
        self._tasks.create_task(room.run(), name=f"room {room.id}")
        return room

    async def keep_file(self, saying: Saying) -> Kept:
        """Keep a file's entry by way of its room, so that both pages are told; durable on return.

        Its bytes are in their store already. Raise what keeping a saying can, and what `enter` can.
        """
        asker = Asker(saying.actor, _NO_CONNECTION, saying.request_id)
        room = self._rooms.get(saying.consultation_id)
        if room is None:
            room = await self.enter(saying.consultation_id, asker)
        kept: Kept = await room.ask(KeepFile(asker, saying))
        return kept

    def guest_told(self, told: GuestTold) -> None:
        """Tell the room of a visit what became of its guest; one that is not open has nobody to tell."""
        room = self._rooms.get(told.consultation_id)
        if room is not None:
            room.tell(told)

    def presence(self, consultation_id: UUID, account_id: UUID) -> Presence:
        """Return whether a participant is in the room of a consultation, here in this process."""
        room = self._rooms.get(consultation_id)
        return Presence.AWAY if room is None else room.presence(account_id)

    def _forget(self, room: Room) -> None:
        if self._rooms.get(room.id) is room:
            del self._rooms[room.id]
