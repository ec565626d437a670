"""The third person in a room: seated at the relay, seen by both, told nothing that is kept."""

from uuid import UUID

import pytest

from actions.guests import GuestTold
from domain.accounts import Actor, Role
from domain.consultation import ConsultationState
from domain.errors import Code, Forbidden, TooMany
from domain.facts import decode_body
from domain.guests import GuestConsent
from domain.ids import AccountId
from rooms.call_inputs import QuietDue, RestartSeat
from rooms.inputs import Admit, ConnectionLost, Finish, Join, Leave, SetMedia, Signal
from rooms.media_path import MediaPath, PathReason
from rooms.outputs import EntryAdded, GuestChanged, PathChosen, PresenceChanged, RelayOffer, SignalKind
from rooms.participants import Asker, GuestPass, Presence
from rooms.timings import Timings
from tests.unit.rooms.stage import DOCTOR, PAGE_D, PAGE_P, PATIENT, Stage, in_progress, stage
from tests.unit.rooms.test_call import Relay, board, path

GUEST, PAGE_G = AccountId(UUID(int=8)), UUID(int=0xC1)
PASS = GuestPass("王芳", GuestConsent("2026-11", b"\1" * 32))


def guest(it: Stage, connection: str = "g1", who: AccountId = GUEST) -> Asker:
    return Asker(Actor(who, Role.GUEST, guest_of=it.recorder.now.id), connection, "request of a guest")


async def comes(it: Stage, connection: str = "g1", page: UUID = PAGE_G) -> None:
    await it.ask(Join(guest(it, connection), page, True, True, guest=PASS))


def told_of_guest(it: Stage, connection: str) -> list[Presence]:
    heard = it.output.heard(connection, PresenceChanged)
    return [one.participant.presence for one in heard if one.participant.role is Role.GUEST]


async def test_a_guest_brings_the_relay_and_both_see_who_came() -> None:
    relay = Relay()
    async with in_progress(board(relay)) as it:
        await comes(it)
        await it.settle()
        assert path(it) == (MediaPath.RELAY, PathReason.THIRD_PERSON, 2)
        assert len(relay.there) == 3
        for connection in ("p1", "d1", "g1"):
            assert len(it.output.heard(connection, PathChosen)) == 1
            assert len(it.output.heard(connection, RelayOffer)) == 1
        assert told_of_guest(it, "p1") == told_of_guest(it, "d1") == [Presence.HERE]
        assert it.recorder.kinds() == ["guest-joined"]
        (entry,) = it.recorder.entries
        assert entry.author == str(GUEST) and entry.body is not None
        assert decode_body(entry.body) == {
            "name": "王芳",
            "consent_version": "2026-11",
            "consent_digest": "01" * 32,
        }
        view = it.room.view(GUEST)
        assert (view.me.role, view.me.display_name) == (Role.GUEST, "王芳")
        assert view.third is not None
        assert (view.other.account_id, view.third.account_id) == (DOCTOR, PATIENT)
        third = it.room.view(PATIENT).third
        assert third is not None and third.account_id == GUEST
        assert it.recorder.paths == [("relay", "third-person", 3)]


async def test_a_guests_devices_are_kept_and_told_as_everybodys_are() -> None:
    async with in_progress(board()) as it:
        await comes(it)
        await it.ask(SetMedia(guest(it), False, True))
        # Saying the same again is nothing new.
        await it.ask(SetMedia(guest(it), False, True))
        await it.settle()
        assert it.recorder.kinds() == ["guest-joined", "guest-media"]
        entry = it.recorder.entries[-1]
        assert entry.author == str(GUEST) and entry.body is not None
        assert decode_body(entry.body) == {"name": "王芳", "microphone": False, "camera": True}
        muted = it.output.heard("d1", PresenceChanged)[-1].participant
        assert (muted.role, muted.microphone, muted.camera) == (Role.GUEST, False, True)
        # Coming back by another setting is a change too.
        it.room.tell(ConnectionLost("g1"))
        await it.ask(Join(guest(it, "g2"), PAGE_G, False, False, guest=PASS))
        await it.settle()
        assert it.recorder.kinds() == ["guest-joined", "guest-media", "guest-media"]


async def test_a_guest_is_told_nothing_that_is_kept_and_meets_nobody_directly() -> None:
    async with in_progress(board()) as it:
        await comes(it)
        await it.say("p1", "hello")
        await it.settle()
        assert it.output.heard("g1", EntryAdded) == []
        with pytest.raises(Forbidden):
            await it.ask(Signal(guest(it), SignalKind.CANDIDATE, PAGE_D, {"candidate": ""}))


async def test_after_the_guest_left_the_two_are_p2p_again_in_a_while() -> None:
    async with in_progress(board()) as it:
        await comes(it)
        await it.ask(Leave(guest(it)))
        await it.settle()
        assert told_of_guest(it, "p1") == [Presence.HERE, Presence.AWAY]
        assert it.recorder.kinds() == ["guest-joined", "guest-left"]
        assert it.room.view(PATIENT).third is None
        assert path(it)[0] is MediaPath.RELAY
        it.timers.fire(Timings().quiet_s)
        await it.settle()
        assert path(it) == (MediaPath.P2P, PathReason.TWO_AGAIN, 3)
        assert it.recorder.paths == [("relay", "third-person", 3), ("p2p", "two-again", 2)]
        # A timer of an earlier quiet says nothing.
        it.room.tell(QuietDue(1))
        await it.settle()
        assert path(it)[2] == 3


async def test_a_guest_who_lost_the_network_is_waited_for_and_one_who_does_not_come_back_has_left() -> None:
    async with in_progress(board()) as it:
        await comes(it)
        it.room.tell(ConnectionLost("g1"))
        await comes(it, "g2")
        await it.settle()
        assert it.recorder.kinds() == ["guest-joined"]
        it.room.tell(ConnectionLost("g2"))
        await it.settle()
        it.timers.fire(Timings().grace_s)
        await it.settle()
        assert told_of_guest(it, "d1")[-1] is Presence.AWAY
        assert it.recorder.kinds() == ["guest-joined", "guest-left"]


async def test_who_is_sent_away_is_gone_at_once_and_an_earlier_guests_end_is_none_of_the_next() -> None:
    relay = Relay()
    async with in_progress(board(relay)) as it:
        await comes(it)
        it.room.tell(GuestTold(it.recorder.now.id, gone=AccountId(UUID(int=7)), removed=True))
        await it.settle()
        assert len(relay.there) == 3
        it.room.tell(GuestTold(it.recorder.now.id, gone=GUEST, removed=True))
        await it.settle()
        assert told_of_guest(it, "p1")[-1] is Presence.AWAY
        assert len(relay.there) == 2
        left = it.recorder.entries[-1]
        assert left.body is not None and decode_body(left.body) == {"name": "王芳", "reason": "removed"}
        assert len(it.output.heard("d1", GuestChanged)) == 2
        assert it.output.heard("g1", GuestChanged) == []


async def test_a_guest_whose_time_ran_out_leaves_no_seat_behind_when_the_next_comes() -> None:
    relay = Relay()
    async with in_progress(board(relay)) as it:
        await comes(it)
        await it.ask(Join(guest(it, "g2", AccountId(UUID(int=9))), UUID(int=0xC2), True, True, guest=PASS))
        await it.settle()
        assert len(relay.there) == 3
        assert it.recorder.kinds() == ["guest-joined", "guest-left", "guest-joined"]
        assert told_of_guest(it, "p1") == [Presence.HERE, Presence.AWAY, Presence.HERE]


async def test_a_guest_may_wait_for_the_visit_and_is_seated_when_it_begins() -> None:
    relay = Relay()
    async with stage(board=board(relay)) as it:
        await it.join("p1", PAGE_P)
        await it.join("d1", PAGE_D)
        await comes(it)
        assert relay.there == {}
        await it.ask(Admit(it.of("d1")))
        await it.settle()
        assert path(it)[:2] == (MediaPath.RELAY, PathReason.THIRD_PERSON)
        assert len(relay.there) == 3
        assert it.output.states("g1") == [ConsultationState.IN_PROGRESS]
        await it.ask(Finish(it.of("d1")))
        await it.settle()
        assert it.output.states("g1")[-1] is ConsultationState.FINISHED
        assert relay.there == {}


async def test_even_alone_with_one_other_a_guest_is_never_met_directly() -> None:
    relay = Relay()
    async with in_progress(board(relay)) as it:
        await it.ask(Leave(it.of("d1")))
        await comes(it)
        await it.settle()
        assert path(it)[:2] == (MediaPath.RELAY, PathReason.THIRD_PERSON)
        assert len(relay.there) == 2


@pytest.mark.parametrize("places", [2, None])
async def test_without_a_place_at_the_relay_nobody_came(places: int | None) -> None:
    async with in_progress(None if places is None else board(Relay(places=places))) as it:
        with pytest.raises(TooMany) as full:
            await comes(it)
        assert full.value.code is Code.ROOM_BUSY
        await it.settle()
        assert it.recorder.kinds() == []
        assert told_of_guest(it, "p1") == []
        assert it.room.view(PATIENT).third is None
        assert path(it)[0] is MediaPath.P2P


async def test_who_comes_back_to_their_own_visit_is_not_kept_out_by_a_full_relay() -> None:
    relay = Relay()
    async with in_progress(board(relay)) as it:
        await comes(it)
        await it.ask(Leave(it.of("p1")))
        relay.places = 2
        await it.join("p2", PAGE_P)
        with pytest.raises(TooMany):
            await it.ask(RestartSeat(it.of("p2"), None))
        relay.places = 3
        await it.ask(RestartSeat(it.of("p2"), None))
        assert len(relay.there) == 3


async def test_a_full_relay_holds_nobody_who_goes() -> None:
    async with stage(board=board(Relay(places=1))) as it:
        await it.join("p1", PAGE_P)
        await it.join("d1", PAGE_D)
        await comes(it)
        await it.ask(Admit(it.of("d1")))
        await it.settle()
        await it.ask(Leave(it.of("d1")))
        assert it.room.presence(DOCTOR) is Presence.AWAY


async def test_a_stranger_without_a_pass_is_not_let_in() -> None:
    async with in_progress(board()) as it:
        with pytest.raises(Forbidden):
            await it.ask(Join(guest(it), PAGE_G, True, True))
