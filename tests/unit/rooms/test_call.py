"""The call of a room: which way it goes, who has a seat at the relay, and what pages are told of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

import pytest
from structlog.testing import capture_logs

from domain.call_quality import Quality
from domain.errors import Code, NotFound, Throttled, TooMany, UserFault, WrongState
from media.negotiation import Offer, Publication
from media.path import TransportCounters
from media.relay_events import MemberStats
from media.stats import ParticipantStats, RouteStats, StreamStats
from media.transport import EndReason, TransportState
from rooms.call_inputs import AnswerOffer, ReportTrouble, RestartSeat, Settle, Trouble
from rooms.inputs import ConnectionLost, Finish, Signal
from rooms.media_path import MediaPath, PathReason
from rooms.outputs import CallFigures, Measured, PathChosen, PathSettled, RelayOffer, SeatOver, SignalKind
from rooms.switchboard import Switchboard
from rooms.timings import Timings
from tests.unit.rooms.stage import DOCTOR, PAGE_D, PAGE_P, PAGE_P2, PATIENT, Stage, in_progress

_TIMINGS = Timings()
OFFER_S, QUIET_S, FIGURES_S = _TIMINGS.offer_s, _TIMINGS.quiet_s, _TIMINGS.figures_s
GUEST, PAGE_G = UUID(int=8), UUID(int=0xC1)
GOING_WELL = ParticipantStats(
    "",
    Quality.GOOD,
    40_000_000,
    0,
    900_000,
    0.01,
    (
        StreamStats("a.microphone", 1, 0, 40_000, 0.0, 7_000_000, 0),
        StreamStats("a.camera", 2, 0, 600_000, 0.0, 30_000_000, 0, video=True),
        # Of earlier: it counts no more.
        StreamStats("a.camera", 3, 1, 0, 0.9, 900_000_000, 0, alive=False),
    ),
    (
        RouteStats("b.microphone", 0, 9, 9, 0, 0, 0.0, 0),
        RouteStats("b.camera", 2, 9, 9, 0, 0, 0.0, 0, 3),
        RouteStats("c.camera", 1, 9, 9, 0, 0, 0.0, 0, 3),
        RouteStats("d.camera", -1, 0, 0, 0, 0, 0.9, 900_000_000, 3, reported=False),
    ),
    0,
    0,
)


@dataclass
class Relay:
    """Remembers who is there. It has room for `places`."""

    places: int = 10
    there: dict[str, str] = field(default_factory=dict)
    answers: list[tuple[str, int]] = field(default_factory=list)
    restarts: list[str] = field(default_factory=list)
    media: ParticipantStats = GOING_WELL
    state: TransportState = TransportState.CONNECTED

    def join(self, room: str, participant: str, publications: Sequence[Publication]) -> Offer:
        assert {one.source for one in publications} == {"microphone", "camera"}
        if len(self.there) >= self.places:
            raise TooMany(Code.ROOM_BUSY, "rooms", self.places + 1, self.places)
        self.there[participant] = room
        return Offer(1, "v=0", {"0": "microphone", "1": "camera"})

    def answer(self, participant: str, revision: int, sdp: str) -> None:
        self.answers.append((participant, revision))

    def restart(self, participant: str) -> None:
        if participant not in self.there:
            raise NotFound("participant")
        self.restarts.append(participant)

    def leave(self, participant: str) -> None:
        del self.there[participant]

    def stats(self, participant: str) -> MemberStats:
        return MemberStats(self.state, self.media, TransportCounters())


def board(relay: Relay | None = None, *, p2p: bool = True) -> Switchboard:
    made = Switchboard(p2p_allowed=p2p, monotonic=lambda: 0.0)
    made.connect(relay or Relay())
    return made


def path(it: Stage) -> tuple[MediaPath, PathReason, int]:
    call = it.room.view(PATIENT).call
    return call.path, call.reason, call.generation


def seat_of(it: Stage, connection: str) -> str:
    return it.output.heard(connection, RelayOffer)[-1].seat


async def fails(it: Stage, generation: int = 1, trouble: Trouble = Trouble.NOT_CONNECTED) -> None:
    await it.ask(ReportTrouble(it.of("p1"), trouble, generation))


async def test_two_people_are_p2p_until_a_page_says_that_it_does_not_connect() -> None:
    relay = Relay()
    async with in_progress(board(relay)) as it:
        assert path(it) == (MediaPath.P2P, PathReason.FIRST, 1)
        assert relay.there == {}
        await fails(it)
        assert path(it) == (MediaPath.RELAY, PathReason.NOT_CONNECTED, 2)
        for connection in ("p1", "d1"):
            (told,) = it.output.heard(connection, PathChosen)
            assert (told.call.path, told.call.generation) == (MediaPath.RELAY, 2)
            (offer,) = it.output.heard(connection, RelayOffer)
            assert offer.sources == {"0": "microphone", "1": "camera"}
        assert set(relay.there) == {seat_of(it, "p1"), seat_of(it, "d1")}
        # What the other page says of the way that is left already changes nothing.
        await it.ask(ReportTrouble(it.of("d1"), Trouble.LOST, 1))
        assert path(it)[2] == 2
        with pytest.raises(WrongState) as refused:
            await it.ask(ReportTrouble(it.of("d1"), Trouble.LOST, 2))
        assert refused.value.code is Code.SIGNAL_WRONG_STATE


async def test_without_a_relay_trouble_is_refused_and_p2p_stays() -> None:
    async with in_progress() as it:
        with pytest.raises(WrongState):
            await fails(it)
        assert path(it) == (MediaPath.P2P, PathReason.FIRST, 1)
        assert it.room.view(PATIENT).call.relay is False


async def test_what_is_lost_while_the_other_is_away_is_no_fault_of_the_path() -> None:
    async with in_progress(board()) as it:
        it.room.tell(ConnectionLost("d1"))
        await fails(it, trouble=Trouble.LOST)
        assert path(it)[0] is MediaPath.P2P
        await it.join("d2", PAGE_D)
        await fails(it, trouble=Trouble.LOST)
        assert path(it)[:2] == (MediaPath.RELAY, PathReason.LOST)


async def test_policy_goes_by_the_relay_from_the_beginning_and_lets_no_signal_pass() -> None:
    async with in_progress(board(p2p=False)) as it:
        assert path(it) == (MediaPath.RELAY, PathReason.POLICY, 1)
        with pytest.raises(WrongState) as refused:
            await it.ask(Signal(it.of("p1"), SignalKind.CANDIDATE, PAGE_D, {"candidate": ""}))
        assert refused.value.code is Code.SIGNAL_WRONG_STATE


async def test_a_full_relay_leaves_the_path_as_it_is_and_nobody_with_half_a_call() -> None:
    relay = Relay(places=1)
    async with in_progress(board(relay)) as it:
        with pytest.raises(TooMany) as refused:
            await fails(it)
        assert refused.value.code is Code.ROOM_BUSY
        assert path(it) == (MediaPath.P2P, PathReason.FIRST, 1)
        assert relay.there == {}


async def test_a_third_person_brings_the_relay_and_its_leaving_p2p_after_a_quiet_while() -> None:
    relay = Relay()
    async with in_progress(board(relay)) as it:
        call = it.room._call
        call.here(GUEST, PAGE_G, "g1", guest=True)
        assert path(it) == (MediaPath.RELAY, PathReason.THIRD_PERSON, 2)
        assert len(relay.there) == 3
        call.gone(GUEST)
        assert path(it) == (MediaPath.RELAY, PathReason.THIRD_PERSON, 2)
        (quiet,) = [one for one in it.timers.waiting if one.delay_s == QUIET_S]
        # A connection that is lost begins the while anew.
        it.room.tell(ConnectionLost("d1"))
        await it.settle()
        assert quiet not in it.timers.waiting
        await it.join("d2", PAGE_D)
        it.timers.fire(QUIET_S)
        await it.settle()
        assert path(it) == (MediaPath.P2P, PathReason.TWO_AGAIN, 3)
        assert len(relay.there) == 2, "the relay goes on until both have settled"
        await it.ask(Settle(it.of("p1"), 3))
        assert it.output.heard("p1", PathSettled) == []
        await it.ask(Settle(it.of("d2"), 3))
        assert [one.generation for one in it.output.heard("p1", PathSettled)] == [3]
        assert relay.there == {}


async def test_who_failed_p2p_once_stays_with_the_relay_though_a_third_person_came_and_went() -> None:
    async with in_progress(board()) as it:
        await fails(it)
        it.room._call.here(GUEST, PAGE_G, "g1", guest=True)
        it.room._call.gone(GUEST)
        assert not [one for one in it.timers.waiting if one.delay_s == QUIET_S]
        assert path(it)[:2] == (MediaPath.RELAY, PathReason.NOT_CONNECTED)


async def test_a_third_person_is_refused_by_a_full_relay_and_two_go_on() -> None:
    async with in_progress(board(Relay(places=2))) as it:
        with pytest.raises(TooMany):
            it.room._call.here(GUEST, PAGE_G, "g1", guest=True)
        assert it.room._call.people == (PATIENT, DOCTOR)
        assert path(it) == (MediaPath.P2P, PathReason.FIRST, 1)


async def test_a_third_person_needs_a_relay() -> None:
    async with in_progress() as it:
        with pytest.raises(TooMany):
            it.room._call.here(GUEST, PAGE_G, "g1", guest=True)
        assert it.room._call.people == (PATIENT, DOCTOR)


async def test_the_same_page_keeps_its_seat_and_another_page_takes_its_own() -> None:
    relay = Relay()
    async with in_progress(board(relay)) as it:
        await fails(it)
        seat = seat_of(it, "p1")
        it.room.tell(ConnectionLost("p1"))
        await it.join("p2", PAGE_P)
        assert seat in relay.there
        assert seat_of(it, "p2") == seat, "the open offer comes again"
        await it.join("p3", PAGE_P2)
        assert seat not in relay.there
        assert seat_of(it, "p3") in relay.there


async def test_an_answer_reaches_the_relay_and_one_to_another_seat_does_not() -> None:
    relay = Relay()
    async with in_progress(board(relay)) as it:
        await fails(it)
        seat = seat_of(it, "p1")
        await it.ask(AnswerOffer(it.of("p1"), seat, 1, "v=0"))
        assert relay.answers == [(seat, 1)]
        with pytest.raises(UserFault) as refused:
            await it.ask(AnswerOffer(it.of("d1"), seat, 1, "v=0"))
        assert refused.value.code is Code.SIGNAL_WRONG_STATE
        assert relay.answers == [(seat, 1)]


async def test_an_offer_comes_three_times_and_then_the_seat_is_over() -> None:
    relay = Relay()
    async with in_progress(board(relay)) as it:
        await fails(it)
        seat, other = seat_of(it, "p1"), seat_of(it, "d1")
        await it.ask(AnswerOffer(it.of("d1"), other, 1, "v=0"))
        for _ in range(2):
            it.timers.fire(OFFER_S)
            await it.settle()
        assert len(it.output.heard("p1", RelayOffer)) == 3
        it.timers.fire(OFFER_S)
        await it.settle()
        (over,) = it.output.heard("p1", SeatOver)
        assert (over.seat, over.reason) == (seat, "unanswered")
        assert set(relay.there) == {other}
        # The page asks for another.
        await it.ask(RestartSeat(it.of("p1"), seat))
        assert seat_of(it, "p1") in relay.there


async def test_a_restart_is_the_relays_while_the_seat_is_there_and_they_are_counted() -> None:
    relay = Relay()
    async with in_progress(board(relay)) as it:
        with pytest.raises(WrongState):
            await it.ask(RestartSeat(it.of("p1"), None))
        await fails(it)
        seat = seat_of(it, "p1")
        for _ in range(4):
            await it.ask(RestartSeat(it.of("p1"), seat))
        assert relay.restarts == [seat] * 4
        with pytest.raises(Throttled):
            await it.ask(RestartSeat(it.of("p1"), seat))


async def test_a_seat_that_the_relay_ends_is_told_to_its_page_alone() -> None:
    switchboard = board()
    async with in_progress(switchboard) as it:
        await fails(it)
        seat = seat_of(it, "p1")
        switchboard.ended(seat, EndReason.NO_PATH)
        await it.settle()
        assert [one.reason for one in it.output.heard("p1", SeatOver)] == ["no_path"]
        assert it.output.heard("d1", SeatOver) == []
        await it.ask(RestartSeat(it.of("p1"), seat))
        assert seat_of(it, "p1") != seat


async def test_a_lost_way_is_looked_for_anew_by_the_relay_itself() -> None:
    relay = Relay()
    switchboard = board(relay)
    async with in_progress(switchboard) as it:
        await fails(it)
        switchboard.lost(seat_of(it, "d1"))
        await it.settle()
        assert relay.restarts == [seat_of(it, "d1")]


async def test_a_way_that_is_lost_together_with_its_seat_is_no_fault() -> None:
    relay = Relay()
    told = board(relay, p2p=False)
    async with in_progress(told) as it:
        seat = next(iter(relay.there))
        with capture_logs() as logs:
            relay.leave(seat)
            told.lost(seat)
            told.ended(seat, EndReason.PEER_LEFT)
            await it.settle()
        assert not [line for line in logs if line["log_level"] == "error"]
        assert [seat] == [over.seat for one in ("p1", "d1") for over in it.output.heard(one, SeatOver)]


async def test_everybody_is_told_a_word_and_the_doctor_alone_the_others_figures() -> None:
    async with in_progress(board()) as it:
        await fails(it)
        it.room._call.here(GUEST, PAGE_G, "g1")
        it.timers.fire(FIGURES_S)
        await it.settle()
        everybody = {PATIENT, DOCTOR, GUEST}
        for who, connection, may_read in (
            (DOCTOR, "d1", everybody),
            (PATIENT, "p1", {PATIENT}),
            (GUEST, "g1", {GUEST}),
        ):
            (told,) = it.output.heard(connection, CallFigures)
            assert {one.account_id: one.quality for one in told.figures} == dict.fromkeys(everybody, "good")
            assert {one.account_id for one in told.figures if one.measured is not None} == may_read
            (own,) = [one.measured for one in told.figures if one.account_id == who]
            assert own == Measured(40, 0.01, 7, 640_000, 900_000, 1, 3)


async def test_what_nobody_measured_is_told_as_unknown_and_a_seat_that_is_not_connected_as_lost() -> None:
    silent = ParticipantStats("", None, -1, 0, 0, 0.0, (), (), 0, 0)
    relay = Relay(media=silent)
    async with in_progress(board(relay)) as it:
        await fails(it)
        it.timers.fire(FIGURES_S)
        await it.settle()
        (told,) = it.output.heard("d1", CallFigures)
        nothing = Measured(None, None, None, 0, 0, None, None)
        assert [(one.quality, one.measured) for one in told.figures] == [(None, nothing)] * 2
        relay.state = TransportState.FAILED
        it.timers.fire(FIGURES_S)
        await it.settle()
        (_, told) = it.output.heard("d1", CallFigures)
        assert {one.quality for one in told.figures} == {"lost"}


async def test_the_end_of_the_visit_gives_every_seat_back() -> None:
    relay = Relay()
    switchboard = board(relay)
    async with in_progress(switchboard) as it:
        await fails(it)
        await it.ask(Finish(it.of("d1")))
        await it.settle()
        assert relay.there == {} and switchboard.seats == ()
        with pytest.raises(WrongState) as refused:
            await it.ask(RestartSeat(it.of("p1"), None))
        assert refused.value.code is Code.CONSULTATION_WRONG_STATE
        assert not [one for one in it.timers.waiting if one.delay_s in (OFFER_S, FIGURES_S)]


async def test_nobody_else_may_speak_of_the_call() -> None:
    async with in_progress(board()) as it:
        with pytest.raises(UserFault) as refused:
            await it.ask(ReportTrouble(it.of("p9"), Trouble.LOST, 1))
        assert refused.value.code is Code.ROOM_NOT_JOINED
