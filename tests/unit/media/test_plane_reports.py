"""What reports do, packet by packet, who speaks, and how often the sending side has its turn."""

import pytest

from media.downlink import Downlink
from media.lane import Lane
from media.native.feedback import NativeTrend
from media.native.lane import NativeLane
from media.native.library import load
from media.rtcp import Nack, write_report
from media.sending import SendingSide
from media.track import RouteSpec
from tests.unit.media.call import MS, SECOND, Call

# Transport-wide feedback on no packet at all.
BROKEN = bytes.fromhex("8fcd0004" + 16 * "00")


@pytest.mark.usefixtures("loop")
@pytest.mark.parametrize("broken_first", [False, True])
def test_of_reports_in_one_datagram_those_before_a_broken_one_count(broken_first: bool) -> None:
    call = Call()
    call.route("voice", "patient", RouteSpec(900))
    call.voice(range(3))
    (packet, _), *_ = call.wires["patient"].read()
    call.wires["patient"].packets.clear()
    call.now_ns += SECOND
    parts = [write_report(Nack(1, 900, (packet.sequence,))), BROKEN]
    data = bytearray(b"".join(reversed(parts) if broken_first else parts))
    call.plane.receive_rtcp("patient", data, len(data), call.now_ns)
    repeated = [again.sequence for again, _ in call.wires["patient"].read()]
    assert repeated == ([] if broken_first else [packet.sequence])
    assert call.plane.stats("patient", call.now_ns).malformed == 1


@pytest.mark.usefixtures("loop")
def test_whoever_left_speaks_no_more() -> None:
    call = Call()
    call.route("voice", "patient", RouteSpec(900))
    call.voice(range(100))
    assert call.speakers.current(call.now_ns) == "doctor"
    call.plane.remove_transport("doctor")
    assert call.speakers.current(call.now_ns) is None
    assert call.speakers.voices.keys() == {"patient", "guest"}


class Counted(Downlink):
    turns = 0
    probes = False

    def tick(self, now_ns: int) -> int:
        self.turns += 1
        return super().tick(now_ns)

    @property
    def probing(self) -> bool:
        return self.probes


@pytest.mark.parametrize(("probes", "turns"), [(False, 50), (True, 100)])
def test_a_probe_is_sent_at_every_tick_and_all_else_waits_for_every_other(probes: bool, turns: int) -> None:
    downlink = Counted()
    downlink.probes = probes
    side = SendingSide("patient", downlink, lambda *_: None)
    for now in range(0, 1000, 10):
        side.tick(now * MS, now * MS, lambda _: None)
    assert downlink.turns == turns


@pytest.mark.parametrize("native", [False, True])
def test_after_a_path_was_away_its_delays_are_judged_anew_by_the_same_loop(native: bool) -> None:
    lane: Lane = NativeLane(load()) if native else Lane()
    downlink = lane.downlink(0, 1_000_000)
    before = downlink._trend
    for now_ns in (SECOND, 20 * SECOND):
        number = downlink.sent.next
        downlink.sent.add(1000, now_ns)
        downlink.told([(now_ns, now_ns, number, 1000)], 0, now_ns)
    assert downlink.was_away
    assert downlink._trend is not before
    assert isinstance(downlink._trend, NativeTrend) is native
