import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.keyframe_requests import INTERVAL_NS, KeyframeRequests
from media.nack_generator import HOLE_MAX, NackGenerator
from media.packet_cache import PacketCache
from media.rtcp import KeyframeRequest, Nack
from media.sending import REPORTS_AT_ONCE
from media.track import RouteSpec
from tests.unit.media.call import SECOND, Call

MS = 1_000_000
RTT_NS = 100 * MS


def filled(slots: int = 64, packets: int = 100, size: int = 1000) -> PacketCache:
    cache = PacketCache(slots, 48_000)
    for number in range(packets):
        cache.store((number, number * 10, 96, bytes(size), b""))
    return cache


def test_a_recent_packet_is_found_and_an_old_one_is_not() -> None:
    cache = filled()
    kept = cache.take(99, 0, RTT_NS, 10**6)
    assert kept is not None
    assert kept[:2] == (99, 990)
    assert cache.take(36, 0, RTT_NS, 10**6) is not None
    assert cache.take(35, 0, RTT_NS, 10**6) is None
    assert cache.take(100, 0, RTT_NS, 10**6) is None
    newest = cache.newest()
    assert newest is not None
    assert newest[0] == 99


def test_a_packet_goes_again_only_when_the_repair_had_time_to_arrive() -> None:
    cache = filled()
    assert cache.take(50, 0, RTT_NS, 10**6) is not None
    assert cache.take(50, RTT_NS - 1, RTT_NS, 10**6) is None
    assert cache.take(50, RTT_NS, RTT_NS, 10**6) is not None


def test_a_flood_of_nacks_gets_half_of_what_was_sent_and_a_burst_at_most() -> None:
    cache = filled(packets=0)
    sent = repeated = 0
    for number in range(1000):
        cache.store((number & 0xFFFF, 0, 96, bytes(1000), b""))
        sent += 1000
        for asked in range(max(0, number - 60), number):
            kept = cache.take(asked, number * 100 * MS, 0, sent)
            repeated += 1000 if kept else 0
    assert sent // 3 < repeated <= sent // 2 + 48_000
    assert cache.refused > 1000


def test_a_cleared_cache_knows_nothing() -> None:
    cache = filled()
    cache.clear()
    assert cache.take(99, 0, RTT_NS, 10**6) is None
    assert cache.newest() is None


def test_a_ring_has_a_power_of_two_of_slots() -> None:
    with pytest.raises(ValueError, match="power of two"):
        PacketCache(100, 48_000)


def test_a_hole_is_asked_for_after_a_moment_again_after_a_round_trip_and_given_up() -> None:
    nacks = NackGenerator()
    for number in (65534, 2):
        assert nacks.receive(number, 0)
    assert nacks.due(MS, RTT_NS) == []
    assert nacks.due(5 * MS, RTT_NS) == [65535, 0, 1]
    assert nacks.receive(0, 20 * MS)
    assert nacks.due(100 * MS, RTT_NS) == []
    assert nacks.due(130 * MS, RTT_NS) == [65535, 1]
    asked = [now for now in range(140, 2000, 10) if nacks.due(now * MS, RTT_NS)]
    assert len(asked) == 6
    assert nacks.gave_up
    assert (len(nacks.missing), nacks.recovered) == (0, 1)


def test_what_is_only_out_of_order_is_not_asked_for() -> None:
    nacks = NackGenerator()
    for number, now in ((1, 0), (3, 0), (2, 1)):
        assert nacks.receive(number, now * MS)
    assert nacks.due(50 * MS, RTT_NS) == []
    assert nacks.recovered == 0


def test_duplicates_are_told_from_repairs() -> None:
    nacks = NackGenerator()
    assert [nacks.receive(number, 0) for number in (1, 2, 2, 4, 3, 3, 1)] == [
        True,
        True,
        False,
        True,
        True,
        False,
        False,
    ]


def test_an_interruption_is_given_up_at_once() -> None:
    nacks = NackGenerator()
    nacks.receive(0, 0)
    nacks.receive(HOLE_MAX + 1, 0)
    assert nacks.gave_up
    assert nacks.due(50 * MS, RTT_NS) == []
    nacks.asked_keyframe()
    assert not nacks.gave_up


@given(st.lists(st.tuples(st.integers(0, 0xFFFF), st.booleans()), max_size=200))
def test_what_is_missed_stays_bounded(numbers: list[tuple[int, bool]]) -> None:
    nacks = NackGenerator()
    at = 0
    for now, (number, small) in enumerate(numbers):
        at = (at + number % 100 if small else number) & 0xFFFF
        nacks.receive(at, now * MS)
        assert len(nacks.missing) <= 256
        assert len(nacks.due(now * MS, RTT_NS)) <= 256


def test_keyframes_are_asked_for_once_in_half_a_second() -> None:
    requests = KeyframeRequests()
    asked = []
    for now in range(0, 2000, 10):
        requests.ask(1)
        asked += [(now, ssrc) for ssrc in requests.due(now * MS)]
    assert asked == [(0, 1), (500, 1), (1000, 1), (1500, 1)]
    assert requests.sent == 4


def test_sources_do_not_wait_for_each_other() -> None:
    requests = KeyframeRequests()
    requests.ask(1)
    assert requests.due(0) == [1]
    requests.ask(2)
    assert requests.due(MS) == [2]


def test_a_request_that_came_too_early_is_not_forgotten() -> None:
    requests = KeyframeRequests()
    requests.ask(1)
    assert requests.due(0) == [1]
    requests.arrived(1)
    requests.ask(1)
    assert requests.due(INTERVAL_NS - 1) == []
    assert requests.waits(1)
    assert requests.due(INTERVAL_NS) == [1]
    requests.arrived(1)
    assert requests.due(3 * INTERVAL_NS) == []
    requests.ask(1)
    requests.forget(1)
    assert requests.due(9 * INTERVAL_NS) == []


def test_a_flood_of_reports_is_dropped_unread_and_ends_with_it() -> None:
    call = Call()
    call.route("voice", "patient", RouteSpec(910))
    call.voice(range(3))
    lost = call.wires["patient"].read()[1][0].sequence
    for _ in range(REPORTS_AT_ONCE):
        call.report("patient", KeyframeRequest(1, 1))
    call.report("patient", Nack(1, 910, (lost,)))
    assert len(call.wires["patient"].packets) == 3
    # The others are answered all the same, and so is who behaves again.
    call.report("guest", KeyframeRequest(1, 1))
    call.wait(SECOND)
    call.report("patient", Nack(1, 910, (lost,)))
    assert len(call.wires["patient"].packets) == 4
