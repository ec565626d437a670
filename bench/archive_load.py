"""What the archive's benchmark writes: conversations of its own, chat in a closed loop or at a given rate."""

import asyncio
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from actions import consultations
from actions.context import UnitOfWork
from actions.conversation import Kept, Saying
from bench.hospital import now
from chat_archive.data_keys import KeyRing
from domain.accounts import Actor, actor_of
from domain.errors import Fault
from domain.facts import EntryKind, chat_body
from rooms.appender import LANES, Appender
from storage.pool import Database
from tests.people import make_appointment, make_doctor, make_patient

TEXT = (
    "早上大概 138/86，晚上低一点。 About 138 over 86 in the morning, a little lower at night, no dizziness."
)
"""One message: about as long as those that people write."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """One that is open for chat, and the patient who writes in it."""

    id: UUID
    patient: Actor


@dataclass(slots=True)
class Tally:
    """The acknowledged appends: how long each took, over how long."""

    latencies_ms: list[float] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def per_second(self) -> float:
        """Acknowledged appends per second."""
        return len(self.latencies_ms) / self.seconds


async def make_conversations(work: UnitOfWork, count: int) -> list[Conversation]:
    """Make visits of now whose patients wait: each with people of its own."""

    async def make(number: int) -> Conversation:
        patient = await make_patient(work, f"患者{number}")
        appointment = await make_appointment(work, patient, await make_doctor(work, f"医生{number}"))
        actor = actor_of(patient)
        async with work.begin(actor, "bench") as ctx:
            await consultations.arrive(ctx, appointment.consultation_id)
        return Conversation(appointment.consultation_id, actor)

    return [await make(number) for number in range(count)]


@asynccontextmanager
async def appender(dsn: str, ring: KeyRing) -> AsyncIterator[Appender]:
    """Run the rooms' appender on connections of its own, as the server does."""
    database = await Database.connect(dsn, size=LANES)
    lanes = Appender(UnitOfWork(database, now, os.urandom, ring))
    task = asyncio.create_task(lanes.run())
    try:
        yield lanes
        await lanes.drain()
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await database.close()


async def write_closed(
    lanes: Appender, conversations: list[Conversation], writers: int, warm_up_s: float, seconds: float
) -> Tally:
    """Have `writers`, spread over the conversations, write without pause, each waiting for its answer."""
    tally = Tally()
    begins = time.monotonic() + warm_up_s
    ends = begins + seconds

    async def write(number: int) -> None:
        conversation = conversations[number % len(conversations)]
        while (asked := time.monotonic()) < ends:
            await _say(lanes, conversation)
            done = time.monotonic()
            if asked >= begins and done <= ends:
                tally.latencies_ms.append((done - asked) * 1000)

    async with asyncio.TaskGroup() as group:
        for number in range(writers):
            group.create_task(write(number))
    tally.seconds = seconds
    return tally


async def write_at(
    lanes: Appender, conversations: list[Conversation], per_second: int, seconds: float
) -> Tally:
    """Write at a given rate, whether or not the acknowledgements keep up."""
    tally = Tally()
    begins = time.monotonic()

    async def write(number: int) -> None:
        asked = time.monotonic()
        await _say(lanes, conversations[number % len(conversations)])
        tally.latencies_ms.append((time.monotonic() - asked) * 1000)

    async with asyncio.TaskGroup() as group:
        for number in range(int(per_second * seconds)):
            wait_s = begins + number / per_second - time.monotonic()
            if wait_s > 0:
                await asyncio.sleep(wait_s)
            group.create_task(write(number))
    tally.seconds = time.monotonic() - begins
    return tally


async def _say(lanes: Appender, conversation: Conversation) -> None:
    answer: asyncio.Future[Kept | Fault] = asyncio.get_running_loop().create_future()
    lanes.say(
        Saying(conversation.patient, "bench", conversation.id, uuid4(), EntryKind.CHAT, chat_body(TEXT)),
        answer.set_result,
    )
    kept = await answer
    if not isinstance(kept, Kept):
        raise RuntimeError(f"a message was refused: {kept!r}")
