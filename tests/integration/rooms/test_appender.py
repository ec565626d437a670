"""Group commit on a real database: order within a room, nothing half kept, and a bound on what waits."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest

from actions import conversation
from actions.consultations import Moved
from actions.context import UnitOfWork
from actions.conversation import Kept, Saying
from domain.consultation import Consultation, ConsultationState
from domain.errors import Code, Fault, NotFound, OwnFault, PartnerDown, Throttled, WrongState
from rooms.appender import Appender
from rooms.inputs import Move
from rooms.participants import Asker
from storage.pool import Database, Tx
from tests.integration.actions.visits import Visit, make_visit
from tests.rows import rows


@asynccontextmanager
async def running(appender: Appender) -> AsyncIterator[Appender]:
    task = asyncio.create_task(appender.run())
    try:
        yield appender
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def hand_in(appender: Appender, saying: Saying) -> "asyncio.Future[Kept | Fault]":
    outcome: asyncio.Future[Kept | Fault] = asyncio.get_running_loop().create_future()
    appender.say(saying, outcome.set_result)
    return outcome


async def all_of(*outcomes: "asyncio.Future[Any]") -> list[Any]:
    async with asyncio.timeout(20):
        return await asyncio.gather(*outcomes)


def seq(outcome: Kept | Fault) -> int:
    assert isinstance(outcome, Kept), outcome
    return outcome.entry.seq


async def test_sayings_of_many_rooms_are_kept_in_each_rooms_order(work: UnitOfWork, dsn: str) -> None:
    visits = [await make_visit(work) for _ in range(3)]
    for visit in visits:
        await visit.arrive()
    async with running(Appender(work, batch_max=16)) as appender:
        outcomes = await all_of(
            *(hand_in(appender, visit.chat(f"{number}")) for number in range(20) for visit in visits)
        )
    for index in range(3):
        assert [seq(outcome) for outcome in outcomes[index::3]] == list(range(2, 22))
    assert rows(dsn, "select count(*) from archive_entry where kind = 'chat'") == [(60,)]


async def test_what_waits_together_is_committed_together(
    work: UnitOfWork, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = await make_visit(work)
    await visit.arrive()
    sizes: list[int] = []
    real = conversation.keep_batch

    async def counting(ctx: Any, sayings: list[Saying]) -> Any:
        sizes.append(len(sayings))
        return await real(ctx, sayings)

    monkeypatch.setattr("rooms.appender.keep_batch", counting)
    async with running(Appender(work, lanes=1, batch_max=8)) as appender:
        await all_of(*(hand_in(appender, visit.chat(f"{number}")) for number in range(20)))
    assert sizes == [8, 8, 4]


async def test_a_move_keeps_its_turn_among_sayings(work: UnitOfWork) -> None:
    visit = await make_visit(work)
    await visit.arrive()
    await visit.admit()
    moved: asyncio.Future[Moved | Fault] = asyncio.get_running_loop().create_future()
    asker = Asker(visit.as_doctor, "d1", "finish")
    async with running(Appender(work)) as appender:
        before = hand_in(appender, visit.chat("before the end"))
        appender.move(Move.FINISH, visit.id, asker, moved.set_result)
        after = hand_in(appender, visit.chat("after the end"))
        kept, ended, late = await all_of(before, moved, after)
    assert isinstance(ended, Moved) and ended.entry.seq == seq(kept) + 1
    assert isinstance(late, WrongState) and late.code is Code.CONVERSATION_CLOSED


async def test_faults_are_each_askers_own(work: UnitOfWork) -> None:
    visit, other = await make_visit(work), await make_visit(work)
    await visit.arrive()
    await other.arrive()
    async with running(Appender(work, lanes=1)) as appender:
        good, foreign, closed = await all_of(
            hand_in(appender, visit.chat("mine")),
            hand_in(appender, visit.chat("not my room", actor=other.as_patient)),
            hand_in(appender, replace(visit.chat("nowhere"), consultation_id=other.appointment_id)),
        )
    assert seq(good) == 2
    assert isinstance(foreign, Fault) and foreign.code is Code.FORBIDDEN
    assert isinstance(closed, NotFound)


async def test_one_that_breaks_the_action_does_not_spoil_the_others(
    work: UnitOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = await make_visit(work)
    await visit.arrive()
    real = conversation.keep_batch

    async def fragile(ctx: Any, sayings: list[Saying]) -> Any:
        kept = await real(ctx, sayings)
        if any(saying.body.get("text") == "poison" for saying in sayings):
            raise RuntimeError("more than the action can bear")
        return kept

    monkeypatch.setattr("rooms.appender.keep_batch", fragile)
    async with running(Appender(work, lanes=1)) as appender:
        first, poison, last = await all_of(
            *(hand_in(appender, visit.chat(text)) for text in ("one", "poison", "two"))
        )
    assert (seq(first), seq(last)) == (2, 3)
    assert isinstance(poison, OwnFault)


async def test_a_database_that_is_down_is_told_to_everyone_and_nothing_is_half_kept(
    work: UnitOfWork, database: Database, dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = await make_visit(work)
    await visit.arrive()

    @asynccontextmanager
    async def breaking(*, each_alone: bool) -> AsyncIterator[Tx]:
        async with Database.transaction(database, each_alone=each_alone) as tx:
            yield tx
            raise PartnerDown("database", "It broke off before the commit.")

    monkeypatch.setattr(database, "transaction", breaking)
    sayings = [visit.chat(f"{number}") for number in range(5)]
    moved: asyncio.Future[Moved | Fault] = asyncio.get_running_loop().create_future()
    async with running(Appender(work)) as appender:
        refused = [hand_in(appender, saying) for saying in sayings]
        appender.move(Move.ADMIT, visit.id, Asker(visit.as_doctor, "d1", "admit"), moved.set_result)
        outcomes = await all_of(*refused, moved)
        assert all(isinstance(outcome, PartnerDown) for outcome in outcomes)
        assert rows(dsn, "select count(*) from archive_entry where kind <> 'arrived'") == [(0,)]
        monkeypatch.undo()
        again = await all_of(*(hand_in(appender, saying) for saying in sayings))
    assert [seq(outcome) for outcome in again] == [2, 3, 4, 5, 6]


async def test_too_much_waiting_is_refused(work: UnitOfWork) -> None:
    visit = await make_visit(work)
    await visit.arrive()
    appender = Appender(work, lanes=1, lane_capacity=3)
    waiting = [hand_in(appender, visit.chat(f"{number}")) for number in range(3)]
    with pytest.raises(Throttled) as busy:
        hand_in(appender, visit.chat("one too many"))
    assert busy.value.code is Code.ROOM_BUSY
    async with running(appender):
        await all_of(*waiting)
        await all_of(hand_in(appender, visit.chat("now there is room")))


async def test_draining_finishes_what_waits_and_takes_nothing_new(work: UnitOfWork) -> None:
    visit = await make_visit(work)
    await visit.arrive()
    async with running(Appender(work, batch_max=2)) as appender:
        waiting = [hand_in(appender, visit.chat(f"{number}")) for number in range(6)]
        async with asyncio.timeout(20):
            await appender.drain()
        assert all(outcome.done() for outcome in waiting)
        with pytest.raises(PartnerDown):
            hand_in(appender, visit.chat("too late"))


async def test_loading_reads_what_was_moved_before(work: UnitOfWork) -> None:
    visit: Visit = await make_visit(work)
    loaded: asyncio.Future[Consultation | Fault] = asyncio.get_running_loop().create_future()
    asker = Asker(visit.as_patient, "p1", "arrive")
    async with running(Appender(work)) as appender:
        appender.move(Move.ARRIVE, visit.id, asker, lambda outcome: None)
        appender.load(visit.id, asker, loaded.set_result)
        (consultation,) = await all_of(loaded)
    assert isinstance(consultation, Consultation)
    assert consultation.state is ConsultationState.ARRIVED
