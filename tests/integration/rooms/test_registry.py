"""Which rooms are live: opened by participants alone, one for each visit, gone when nobody is left."""

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import replace
from uuid import uuid4

import pytest

from actions.context import ActionRefused, UnitOfWork
from actions.conversation import Saying, read_entries
from domain.consultation import ConsultationState
from domain.errors import Forbidden, NotFound, OwnFault, WrongState
from domain.facts import EntryKind, decode_body
from domain.files import file_body
from rooms.appender import Appender
from rooms.inputs import Consent, Join, Leave
from rooms.outputs import EntryAdded
from rooms.participants import Asker, Presence
from rooms.registry import Registry
from rooms.timings import Timings
from storage import files
from tests.integration.actions.visits import Visit, make_visit
from tests.live import HandTimers
from tests.unit.rooms.stage import PAGE_D, PAGE_P, Output


class Live:
    """A registry with its appender, both running."""

    def __init__(self, work: UnitOfWork) -> None:
        self.timers = HandTimers()
        self.output = Output()
        self.appender = Appender(work)
        self.registry = Registry(work, self.appender, self.output, self.timers, Timings(), os.urandom)


@pytest.fixture
async def live(work: UnitOfWork) -> AsyncIterator[Live]:
    opened = Live(work)
    appending = asyncio.create_task(opened.appender.run())
    rooms = asyncio.create_task(opened.registry.run())
    await asyncio.sleep(0)
    yield opened
    opened.registry.close()
    await asyncio.wait_for(rooms, 5)
    appending.cancel()
    await asyncio.gather(appending, return_exceptions=True)


@pytest.fixture
async def visit(work: UnitOfWork) -> Visit:
    return await make_visit(work)


def patient(visit: Visit) -> Asker:
    return Asker(visit.as_patient, "p1", "request")


def doctor(visit: Visit) -> Asker:
    return Asker(visit.as_doctor, "d1", "request")


async def test_both_sides_enter_the_same_room(live: Live, visit: Visit) -> None:
    rooms = await asyncio.gather(
        live.registry.enter(visit.id, patient(visit)), live.registry.enter(visit.id, doctor(visit))
    )
    assert rooms[0] is rooms[1] and len(live.registry) == 1


async def test_nobody_else_enters(live: Live, visit: Visit, work: UnitOfWork) -> None:
    stranger = await make_visit(work)
    with pytest.raises(ActionRefused):
        await live.registry.enter(visit.id, patient(stranger))
    with pytest.raises(NotFound):
        await live.registry.enter(visit.appointment_id, patient(visit))
    assert len(live.registry) == 0


async def test_an_empty_room_is_forgotten_and_opened_again(live: Live, visit: Visit) -> None:
    room = await live.registry.enter(visit.id, doctor(visit))
    await room.ask(Join(doctor(visit), PAGE_D, True, True))
    assert live.registry.presence(visit.id, visit.doctor.id) is Presence.HERE
    await room.ask(Leave(doctor(visit)))
    await asyncio.wait_for(live.appender.drain(), 5)
    live.timers.fire(60)
    for _ in range(100):
        # The timer's news is handled by the room's own task.
        if len(live.registry):
            await asyncio.sleep(0)
    assert len(live.registry) == 0
    assert live.registry.presence(visit.id, visit.doctor.id) is Presence.AWAY
    assert await live.registry.enter(visit.id, doctor(visit)) is not room


async def test_what_was_moved_elsewhere_is_seen_by_who_enters_next(live: Live, visit: Visit) -> None:
    room = await live.registry.enter(visit.id, doctor(visit))
    await visit.arrive()
    assert await live.registry.enter(visit.id, patient(visit)) is room
    await room.ask(Join(patient(visit), PAGE_P, True, True))
    assert room.view(visit.patient.id).consultation.state is ConsultationState.ARRIVED


async def test_nobody_enters_a_registry_that_does_not_run(work: UnitOfWork, visit: Visit) -> None:
    with pytest.raises(OwnFault):
        await Live(work).registry.enter(visit.id, patient(visit))


def file_of(visit: Visit) -> Saying:
    return visit.saying(EntryKind.FILE, file_body(bytes(32), "a.png", 1, "image/png"))


async def stored(visit: Visit, saying: Saying) -> Saying:
    """The same with its object, which somebody has begun to put."""
    object_id = uuid4()
    async with visit.work.begin(visit.as_patient, "test") as ctx:
        await files.begin(ctx.tx, object_id, visit.id, saying.message_id, visit.patient.id, ctx.now)
    return replace(saying, stored=files.StoredObject(object_id, bytes(32), 1))


async def test_a_file_reaches_both_pages_and_comes_back_kept(live: Live, visit: Visit) -> None:
    room = await live.registry.enter(visit.id, patient(visit))
    await room.ask(Join(patient(visit), PAGE_P, True, True))
    await room.ask(Join(doctor(visit), PAGE_D, True, True))
    kept = await live.registry.keep_file(await stored(visit, file_of(visit)))
    for connection in ("p1", "d1"):
        told = [message.entry for message in live.output.heard(connection, EntryAdded)]
        assert told.count(kept.entry) == 1


async def test_a_file_is_kept_when_nobody_is_in_the_room(live: Live, visit: Visit) -> None:
    await visit.arrive()
    kept = await live.registry.keep_file(await stored(visit, file_of(visit)))
    assert kept.new
    assert kept.entry.kind == EntryKind.FILE.value


async def test_a_file_of_a_visit_that_is_over_is_refused(live: Live, visit: Visit) -> None:
    await visit.arrive()
    await visit.admit()
    await visit.finish()
    with pytest.raises(WrongState):
        await live.registry.keep_file(await stored(visit, file_of(visit)))
    stranger = await make_visit(visit.work)
    saying = replace(file_of(visit), actor=stranger.as_patient)
    with pytest.raises(Forbidden):
        await live.registry.keep_file(await stored(visit, saying))


async def test_what_the_patient_agreed_to_is_kept_once_and_a_doctors_is_not(live: Live, visit: Visit) -> None:
    room = await live.registry.enter(visit.id, patient(visit))
    consent = Consent(uuid4(), "2026-11", bytes(range(32)))
    for _ in range(2):
        # The second time as after an answer that was lost.
        await room.ask(Join(patient(visit), PAGE_P, True, True, consent))
    await room.ask(Join(doctor(visit), PAGE_D, True, True, Consent(uuid4(), "x", bytes(32))))
    await asyncio.wait_for(live.appender.drain(), 5)
    async with visit.work.begin(visit.as_patient, "test") as ctx:
        entries = await read_entries(ctx, visit.id, 0, 100)
    assert [entry.kind for entry in entries][:3] == ["arrived", "consent", "joined"]
    (kept,) = [entry for entry in entries if entry.kind == EntryKind.CONSENT.value]
    assert (kept.author, kept.message_id) == (str(visit.patient.id), consent.message_id)
    assert kept.body is not None
    assert decode_body(kept.body) == {"version": "2026-11", "digest": bytes(range(32)).hex()}
