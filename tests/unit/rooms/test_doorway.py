"""Coming and going: reloads, lost sockets, other pages. None of it ends the visit for the other side."""

import asyncio

import pytest

from domain.consultation import ConsultationState
from domain.errors import Code, PartnerDown, UserFault
from domain.facts import decode_body
from rooms.inputs import Admit, Close, ConnectionLost, Finish, Leave, Say, SetMedia
from rooms.outputs import PresenceChanged, Superseded
from rooms.participants import Presence
from tests.unit.rooms.stage import DOCTOR, PAGE_D, PAGE_P, PAGE_P2, PATIENT, Stage, in_progress, stage

GRACE_S = 30
IDLE_S = 60


def last(it: Stage, connection: str) -> PresenceChanged:
    return it.output.heard(connection, PresenceChanged)[-1]


async def test_a_reload_supersedes_the_old_page_and_the_visit_goes_on() -> None:
    async with in_progress() as it:
        await it.join("p2", PAGE_P2)
        await it.settle()
        assert len(it.output.heard("p1", Superseded)) == 1
        assert last(it, "d1").participant.endpoint_id == PAGE_P2
        assert it.recorder.kinds() == ["joined"]
        assert it.room.view(DOCTOR).consultation.state is ConsultationState.IN_PROGRESS
        await it.signal("p2", PAGE_D)


async def test_a_superseded_page_is_out() -> None:
    async with in_progress() as it:
        await it.join("p2", PAGE_P2)
        with pytest.raises(UserFault) as refused:
            await it.say("p1")
        assert refused.value.code is Code.ROOM_SUPERSEDED
        await it.join("d2", PAGE_P)
        with pytest.raises(UserFault) as finishing:
            await it.ask(Finish(it.of("d1")))
        assert finishing.value.code is Code.ROOM_SUPERSEDED


async def test_the_superseded_page_losing_its_socket_or_leaving_is_no_matter() -> None:
    async with in_progress() as it:
        await it.join("p2", PAGE_P2)
        await it.ask(Leave(it.of("p1")))
        it.room.tell(ConnectionLost("p1"))
        await it.settle()
        assert it.room.presence(PATIENT) is Presence.HERE
        assert "left" not in it.recorder.kinds()


async def test_a_late_leave_of_an_earlier_page_does_not_take_the_next_one_along() -> None:
    async with in_progress() as it:
        await it.join("p1", PAGE_P2)
        await it.ask(Leave(it.of("p1"), PAGE_P))
        assert it.room.presence(PATIENT) is Presence.HERE
        assert it.room.is_here("p1")
        await it.ask(Leave(it.of("p1"), PAGE_P2))
        assert it.room.presence(PATIENT) is Presence.AWAY


async def test_the_superseded_page_may_take_the_visit_back() -> None:
    async with in_progress() as it:
        await it.join("p2", PAGE_P2)
        await it.join("p1", PAGE_P)
        assert len(it.output.heard("p2", Superseded)) == 1
        assert (await it.say("p1")).new


async def test_a_lost_socket_is_told_at_once_and_forgiven_when_the_page_comes_back() -> None:
    async with in_progress() as it:
        it.room.tell(ConnectionLost("p1"))
        await it.settle()
        assert last(it, "d1").participant.presence is Presence.RECONNECTING
        assert last(it, "d1").participant.endpoint_id == PAGE_P, "the peer connection may go on"
        await it.join("p2", PAGE_P)
        assert last(it, "d1").participant.presence is Presence.HERE
        assert last(it, "d1").participant.endpoint_id == PAGE_P
        assert not it.output.heard("p1", Superseded)
        await it.settle()
        assert it.recorder.kinds() == [], "who was not away has neither left nor joined"
        assert all(timer.delay_s != GRACE_S for timer in it.timers.waiting)


async def test_the_same_page_may_come_back_before_its_old_socket_is_known_to_be_lost() -> None:
    async with in_progress() as it:
        await it.join("p2", PAGE_P)
        it.room.tell(ConnectionLost("p1"))
        await it.settle()
        assert it.room.presence(PATIENT) is Presence.HERE
        assert not it.output.heard("p1", Superseded)


async def test_devices_changed_while_away_are_recorded() -> None:
    async with in_progress() as it:
        it.room.tell(ConnectionLost("p1"))
        await it.join("p2", PAGE_P, camera=False)
        await it.settle()
        assert it.recorder.kinds() == ["media"]
        assert last(it, "d1").participant.camera is False


async def test_who_does_not_come_back_is_away_after_the_grace() -> None:
    async with in_progress() as it:
        it.room.tell(ConnectionLost("p1"))
        await it.settle()
        it.timers.fire(GRACE_S)
        await it.settle()
        assert last(it, "d1").participant.presence is Presence.AWAY
        assert it.recorder.kinds() == ["left"]
        assert decode_body(it.recorder.entries[0].body or b"") == {"reason": "connection-lost"}
        assert it.room.view(DOCTOR).consultation.state is ConsultationState.IN_PROGRESS
        await it.join("p2", PAGE_P)
        await it.settle()
        assert it.recorder.kinds() == ["left", "joined"]


async def test_an_old_grace_does_not_end_a_newer_one() -> None:
    async with in_progress() as it:
        it.room.tell(ConnectionLost("p1"))
        await it.settle()
        (old,) = [timer for timer in it.timers.waiting if timer.delay_s == GRACE_S]
        await it.join("p2", PAGE_P)
        it.room.tell(ConnectionLost("p2"))
        await it.settle()
        old.callback()
        await it.settle()
        assert it.room.presence(PATIENT) is Presence.RECONNECTING
        it.timers.fire(GRACE_S)
        await it.settle()
        assert it.room.presence(PATIENT) is Presence.AWAY


async def test_leaving_a_visit_in_progress_does_not_end_it() -> None:
    async with in_progress() as it:
        await it.ask(Leave(it.of("p1")))
        await it.settle()
        assert last(it, "d1").participant.presence is Presence.AWAY
        assert last(it, "d1").participant.endpoint_id is None
        assert decode_body(it.recorder.entries[0].body or b"") == {"reason": "left"}
        assert it.room.view(DOCTOR).consultation.state is ConsultationState.IN_PROGRESS
        await it.ask(Leave(it.of("p1")))
        assert len(it.recorder.entries) == 1, "leaving twice is leaving once"


async def test_a_patient_who_leaves_the_waiting_room_gives_up_the_place() -> None:
    async with stage() as it:
        await it.join("p1", PAGE_P)
        await it.join("d1", PAGE_D)
        await it.ask(Leave(it.of("p1")))
        await it.settle()
        assert it.room.view(DOCTOR).consultation.state is ConsultationState.PLANNED
        assert it.recorder.kinds()[-2:] == ["stepped-out", "left"]
        assert it.room.presence(PATIENT) is Presence.AWAY


async def test_a_patient_who_only_loses_the_connection_keeps_the_place() -> None:
    async with stage() as it:
        await it.join("p1", PAGE_P)
        it.room.tell(ConnectionLost("p1"))
        await it.settle()
        it.timers.fire(GRACE_S)
        await it.settle()
        assert it.room.view(PATIENT).consultation.state is ConsultationState.ARRIVED
        assert it.room.presence(PATIENT) is Presence.AWAY


async def test_stepping_out_while_the_database_is_down_changes_nothing() -> None:
    async with stage() as it:
        await it.join("p1", PAGE_P)
        it.recorder.fault = PartnerDown("database", "down")
        with pytest.raises(PartnerDown):
            await it.ask(Leave(it.of("p1")))
        assert it.room.presence(PATIENT) is Presence.HERE
        it.recorder.fault = None
        await it.ask(Leave(it.of("p1")))
        assert it.room.presence(PATIENT) is Presence.AWAY


async def test_being_admitted_while_leaving_is_leaving_all_the_same() -> None:
    async with stage() as it:
        await it.join("p1", PAGE_P)
        it.recorder.holding = True
        admitting = it.begin(Admit(it.of("d1")))
        leaving = it.begin(Leave(it.of("p1")))
        await it.settle()
        it.recorder.let_go()
        await asyncio.wait_for(asyncio.gather(admitting, leaving), 5)
        assert it.room.presence(PATIENT) is Presence.AWAY
        assert it.room.view(PATIENT).consultation.state is ConsultationState.IN_PROGRESS


async def test_devices_are_told_and_recorded_once() -> None:
    async with in_progress() as it:
        for _ in range(2):
            await it.ask(SetMedia(it.of("d1"), microphone=False, camera=True))
        await it.settle()
        assert it.recorder.kinds() == ["media"]
        assert len(it.output.heard("p1", PresenceChanged)) == 1
        assert last(it, "p1").participant.microphone is False


async def test_a_new_room_of_a_visit_in_progress_expects_both_back() -> None:
    async with stage(ConsultationState.IN_PROGRESS) as it:
        await it.join("p1", PAGE_P)
        assert it.room.view(PATIENT).other.presence is Presence.RECONNECTING
        it.timers.fire(GRACE_S)
        await it.settle()
        assert last(it, "p1").participant.presence is Presence.AWAY
        assert it.recorder.kinds() == ["joined"], "who never joined this room has not left it"


async def test_nobody_waits_for_anybody_once_the_visit_is_over() -> None:
    async with in_progress() as it:
        it.room.tell(ConnectionLost("p1"))
        await it.ask(Finish(it.of("d1")))
        assert it.room.presence(PATIENT) is Presence.AWAY


async def test_an_empty_room_ends_after_a_while_and_a_used_one_does_not() -> None:
    async with stage() as it:
        await it.join("d1", PAGE_D)
        assert all(timer.delay_s != IDLE_S for timer in it.timers.waiting)
        await it.ask(Leave(it.of("d1")))
        it.timers.fire(IDLE_S)
        await asyncio.wait_for(it.task, 5)
        assert it.idle == [it.room]


async def test_a_room_with_something_unkept_does_not_end() -> None:
    async with in_progress() as it:
        it.recorder.fault = PartnerDown("database", "down")
        await it.ask(Leave(it.of("p1")))
        await it.ask(Leave(it.of("d1")))
        await it.settle()
        it.timers.fire(IDLE_S)
        await it.settle()
        assert not it.idle and not it.task.done()
        it.recorder.fault = None
        it.timers.fire(2)
        await it.settle()
        assert it.recorder.kinds() == ["left", "left"]
        it.timers.fire(IDLE_S)
        await asyncio.wait_for(it.task, 5)


async def test_what_happens_while_something_is_unkept_comes_after_it() -> None:
    async with stage() as it:
        it.recorder.fault = PartnerDown("database", "down")
        await it.join("d1", PAGE_D)
        await it.settle()
        it.recorder.fault = None
        await it.ask(Leave(it.of("d1")))
        await it.settle()
        assert it.recorder.kinds() == []
        it.timers.fire(2)
        await it.settle()
        assert it.recorder.kinds() == ["joined", "left"]


async def test_a_question_at_a_closed_room_is_refused() -> None:
    async with in_progress() as it:
        it.room.tell(Close())
        await asyncio.wait_for(it.task, 5)
        with pytest.raises(UserFault) as refused:
            it.begin(Say(it.of("p1"), PAGE_P, "hello"))
        assert refused.value.code is Code.ROOM_NOT_JOINED
