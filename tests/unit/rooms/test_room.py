"""A room: joining, moving, speaking, signalling, and what happens when something else goes wrong."""

import asyncio
from uuid import UUID, uuid4

import pytest

from actions.conversation import Kept
from domain.consultation import ConsultationState
from domain.errors import Code, Fault, InvalidInput, OwnFault, PartnerDown, Throttled, UserFault, WrongState
from domain.unsuitable import Referral, UnsuitableReason, unsuitable
from rooms.inputs import (
    Admit,
    Close,
    ConnectionLost,
    Finish,
    Join,
    Leave,
    Reloaded,
    Say,
    SetMedia,
    Signal,
    TurnAway,
)
from rooms.outputs import EntryAdded, SignalKind, SignalRelayed, StateChanged
from rooms.participants import Presence
from rooms.room import CAPACITY
from tests.unit.rooms.stage import DOCTOR, PAGE_D, PAGE_P, PATIENT, consultation, in_progress, stage

DOWN = PartnerDown("database", "The database does not answer.")


async def test_the_patient_arrives_by_joining_and_the_doctor_does_not() -> None:
    async with stage() as it:
        await it.join("d1", PAGE_D)
        assert it.room.view(DOCTOR).consultation.state is ConsultationState.PLANNED
        await it.join("p1", PAGE_P, camera=False)
        view = it.room.view(PATIENT)
        assert view.consultation.state is ConsultationState.ARRIVED
        assert (view.me.presence, view.me.camera, view.polite) == (Presence.HERE, False, True)
        assert it.room.view(DOCTOR).polite is False
        assert it.output.states("d1") == [ConsultationState.ARRIVED]
        await it.settle()
        assert it.recorder.kinds() == ["joined", "arrived", "joined"]
        assert it.output.kinds("d1") == ["joined", "arrived", "joined"]


async def test_joining_answers_before_its_entry_is_kept_but_not_before_the_arrival_is() -> None:
    async with stage() as it:
        it.recorder.holding = True
        reply = it.begin(Join(it.of("p1"), PAGE_P, True, True))
        await it.settle()
        assert not reply.done()
        it.recorder.let_go()
        await asyncio.wait_for(reply, 5)
        assert it.recorder.kinds() == ["arrived"], "the entry of joining is still held"


async def test_who_arrives_too_early_is_told_so_and_is_not_in_the_room() -> None:
    async with stage() as it:
        it.recorder.fault = WrongState(Code.CONSULTATION_TOO_EARLY, "consultation", "planned", "arrive")
        with pytest.raises(WrongState) as refused:
            await it.join("p1", PAGE_P)
        assert refused.value.code is Code.CONSULTATION_TOO_EARLY
        assert it.room.presence(PATIENT) is Presence.AWAY


async def test_two_joins_at_once_arrive_once() -> None:
    async with stage() as it:
        it.recorder.holding = True
        both = [it.begin(Join(it.of("p1"), PAGE_P, True, True)) for _ in range(2)]
        await it.settle()
        it.recorder.let_go()
        await asyncio.wait_for(asyncio.gather(*both), 5)
        assert it.recorder.kinds() == ["arrived"]


async def test_a_connection_lost_while_arriving_is_not_let_in() -> None:
    async with stage() as it:
        it.recorder.holding = True
        reply = it.begin(Join(it.of("p1"), PAGE_P, True, True))
        it.room.tell(ConnectionLost("p1"))
        await it.settle()
        it.recorder.let_go()
        with pytest.raises(UserFault):
            await asyncio.wait_for(reply, 5)
        assert it.room.presence(PATIENT) is Presence.AWAY
        assert it.room.view(PATIENT).consultation.state is ConsultationState.ARRIVED


async def test_admitting_and_finishing_tell_both_sides_and_hint() -> None:
    async with stage() as it:
        await it.join("p1", PAGE_P)
        await it.join("d1", PAGE_D)
        hints = (it.output.queue_hints, it.output.waiting_hints)
        await it.ask(Admit(it.of("d1")))
        await it.ask(Finish(it.of("d1")))
        for connection in ("p1", "d1"):
            assert it.output.states(connection)[-2:] == [
                ConsultationState.IN_PROGRESS,
                ConsultationState.FINISHED,
            ]
            assert it.output.kinds(connection)[-2:] == ["admitted", "finished"]
        assert (it.output.queue_hints, it.output.waiting_hints) >= (hints[0] + 2, hints[1] + 2)


async def test_turning_away_from_the_waiting_room_tells_both_sides_why_and_that_it_ended() -> None:
    why = unsuitable(UnsuitableReason.EMERGENCY, Referral.EMERGENCY, "", "")
    async with stage() as it:
        await it.join("p1", PAGE_P)
        await it.ask(TurnAway(it.of("d1"), PAGE_D, why))
        assert it.output.kinds("p1")[-2:] == ["unsuitable", "finished"]
        assert it.output.states("p1")[-1] is ConsultationState.FINISHED


async def test_the_doctor_may_admit_from_the_queue_without_joining() -> None:
    async with stage() as it:
        await it.join("p1", PAGE_P)
        await it.ask(Admit(it.of("d1")))
        assert it.output.states("p1")[-1] is ConsultationState.IN_PROGRESS


async def test_a_refused_move_reads_where_the_visit_really_stands() -> None:
    async with in_progress() as it:
        it.recorder.now = consultation(ConsultationState.FINISHED)
        with pytest.raises(WrongState):
            await it.ask(Finish(it.of("d1")))
        await it.settle()
        assert it.recorder.loads == 1
        assert it.output.states("p1") == [ConsultationState.FINISHED]


async def test_what_was_read_before_a_newer_change_is_dropped() -> None:
    async with stage() as it:
        epoch = it.room.epoch
        await it.join("p1", PAGE_P)
        it.room.tell(Reloaded(consultation(ConsultationState.PLANNED), epoch))
        await it.settle()
        assert it.room.view(PATIENT).consultation.state is ConsultationState.ARRIVED
        it.room.tell(Reloaded(consultation(ConsultationState.CANCELLED), it.room.epoch))
        await it.settle()
        assert it.output.states("p1")[-1] is ConsultationState.CANCELLED


async def test_a_message_is_answered_and_told_after_it_is_kept() -> None:
    async with in_progress() as it:
        it.recorder.holding = True
        reply = it.begin(Say(it.of("p1"), uuid4(), "医生您好"))
        await it.settle()
        assert not reply.done() and not it.output.heard("d1", EntryAdded)
        it.recorder.let_go()
        kept = await asyncio.wait_for(reply, 5)
        assert isinstance(kept, Kept) and kept.new
        assert it.output.kinds("d1") == ["chat"]
        assert it.output.kinds("p1") == [], "the answer says the same"


async def test_a_resend_has_the_same_number() -> None:
    async with in_progress() as it:
        message_id = uuid4()
        first = await it.say("p1", "once", message_id)
        again = await it.say("p1", "once", message_id)
        assert again.entry.seq == first.entry.seq and not again.new


async def test_signals_go_on_while_the_database_is_slow() -> None:
    async with in_progress() as it:
        it.recorder.holding = True
        waiting = it.begin(Say(it.of("p1"), uuid4(), "slow"))
        await it.signal("p1", PAGE_D)
        (relayed,) = it.output.heard("d1", SignalRelayed)
        assert (relayed.from_endpoint, relayed.kind) == (PAGE_P, SignalKind.CANDIDATE)
        assert not it.output.heard("p1", SignalRelayed)
        assert not waiting.done()
        it.recorder.let_go()
        await asyncio.wait_for(waiting, 5)


async def test_signals_only_reach_the_current_page_of_the_other_side() -> None:
    async with in_progress() as it:
        for endpoint in (PAGE_P, UUID(int=0xFF)):
            with pytest.raises(UserFault) as refused:
                await it.signal("p1", endpoint)
            assert refused.value.code is Code.ROOM_PEER_GONE
        it.room.tell(ConnectionLost("d1"))
        with pytest.raises(UserFault) as gone:
            await it.signal("p1", PAGE_D)
        assert gone.value.code is Code.ROOM_PEER_GONE


@pytest.mark.parametrize("state", [ConsultationState.ARRIVED, ConsultationState.FINISHED])
async def test_there_are_no_signals_outside_the_visit(state: ConsultationState) -> None:
    async with stage(state) as it:
        await it.join("p1", PAGE_P)
        await it.join("d1", PAGE_D)
        with pytest.raises(WrongState) as refused:
            await it.signal("p1", PAGE_D)
        assert refused.value.code is Code.CONSULTATION_WRONG_STATE
        assert not it.output.heard("d1", SignalRelayed)


async def test_who_has_not_joined_can_say_nothing() -> None:
    async with in_progress() as it:
        stranger = it.of("p9")
        for question in (
            Say(stranger, uuid4(), "hello"),
            SetMedia(stranger, True, True),
            Signal(stranger, SignalKind.CANDIDATE, PAGE_D, {}),
        ):
            with pytest.raises(UserFault) as refused:
                await it.ask(question)
            assert refused.value.code is Code.ROOM_NOT_JOINED
        assert it.recorder.entries == [] and it.output.said == []


async def test_an_empty_message_is_the_writers_mistake_alone() -> None:
    async with in_progress() as it:
        with pytest.raises(InvalidInput):
            await it.say("p1", "   ")
        assert it.output.said == []


async def test_the_database_being_down_is_told_to_the_asker_and_nobody_else() -> None:
    async with in_progress() as it:
        it.recorder.fault = DOWN
        message_id = uuid4()
        with pytest.raises(PartnerDown):
            await it.say("p1", "hello", message_id)
        assert it.output.said == []
        it.recorder.fault = None
        assert (await it.say("p1", "hello", message_id)).new


async def test_entries_of_the_rooms_own_are_kept_when_the_database_is_back() -> None:
    async with in_progress() as it:
        it.recorder.fault = DOWN
        await it.ask(SetMedia(it.of("p1"), False, False))
        await it.settle()
        assert it.recorder.entries == []
        it.recorder.fault, it.recorder.refusal = None, Throttled(1, Code.ROOM_BUSY)
        it.timers.fire(2)
        await it.settle()
        assert it.recorder.entries == []
        it.recorder.refusal = None
        it.timers.fire(2)
        await it.settle()
        assert it.recorder.kinds() == ["media"]


async def test_a_full_room_is_busy_and_news_still_come_in() -> None:
    async with in_progress() as it:
        replies = []
        with pytest.raises(Throttled) as busy:
            for _ in range(CAPACITY + 1):
                replies.append(it.begin(Signal(it.of("p1"), SignalKind.CANDIDATE, PAGE_D, {})))
        assert busy.value.code is Code.ROOM_BUSY
        assert len(replies) == CAPACITY
        it.room.tell(ConnectionLost("d1"))
        await asyncio.wait_for(asyncio.gather(*replies), 5)
        await it.settle()
        assert it.output.presences("p1") == [Presence.RECONNECTING]


async def test_a_full_appender_is_told_to_the_asker() -> None:
    async with in_progress() as it:
        it.recorder.refusal = Throttled(1, Code.ROOM_BUSY)
        with pytest.raises(Throttled):
            await it.say("p1")
        with pytest.raises(Throttled):
            await it.ask(Finish(it.of("d1")))


async def test_an_input_that_fails_does_not_end_the_room() -> None:
    async with in_progress() as it:
        it.output.broken = True
        with pytest.raises(RuntimeError):
            await it.signal("p1", PAGE_D)
        it.room.tell(ConnectionLost("d1"))
        await it.settle()
        it.output.broken = False
        assert (await it.say("p1")).new
        assert not it.task.done()


async def test_a_fault_of_ours_while_keeping_reaches_the_asker() -> None:
    async with in_progress() as it:
        it.recorder.fault = OwnFault("broken on purpose")
        with pytest.raises(OwnFault):
            await it.say("p1")
        it.recorder.fault = None
        assert (await it.say("p1")).new


async def test_after_the_end_nothing_is_recorded_of_coming_and_going() -> None:
    async with in_progress() as it:
        await it.ask(Finish(it.of("d1")))
        await it.settle()
        it.recorder.entries.clear()
        await it.ask(SetMedia(it.of("p1"), False, False))
        it.room.tell(ConnectionLost("p1"))
        await it.ask(Leave(it.of("d1")))
        await it.join("p2", PAGE_P)
        await it.settle()
        assert it.recorder.entries == []
        assert it.output.presences("d1") == [Presence.HERE, Presence.AWAY], "devices, then the loss"


async def test_a_closed_room_answers_who_still_waits() -> None:
    async with in_progress() as it:
        it.recorder.holding = True
        waiting = it.begin(Say(it.of("p1"), uuid4(), "last words"))
        await it.settle()
        it.room.tell(Close())
        await asyncio.wait_for(it.task, 5)
        it.recorder.let_go()
        assert (await asyncio.wait_for(waiting, 5)).new
        with pytest.raises(Fault):
            it.begin(Say(it.of("p1"), uuid4(), "too late"))


async def test_states_are_told_before_the_move_is_answered() -> None:
    async with stage() as it:
        await it.join("p1", PAGE_P)
        reply = it.begin(Admit(it.of("d1")))
        reply.add_done_callback(lambda _: told.append(len(it.output.heard("p1", StateChanged))))
        told: list[int] = []
        await asyncio.wait_for(reply, 5)
        await it.settle()
        assert told == [1]


async def test_telling_the_others_may_fail_without_leaving_the_asker_waiting() -> None:
    async with in_progress() as it:
        it.output.broken = True
        assert (await it.say("p1")).new
        with pytest.raises(RuntimeError):
            await it.ask(Finish(it.of("d1")))
        assert not it.task.done()
