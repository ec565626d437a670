"""Feedback by the native loop and by plain Python says the same, of reports good and bad."""

import random

import pytest

from media.arrival_feedback import ArrivalFeedback
from media.delay_trend import DelayTrend
from media.native.feedback import NativeArrivals, NativeSentPackets, NativeTrend
from media.native.library import load
from media.rtp import MalformedPacket
from media.sent_packets import Outcome, SentPackets
from media.transport_feedback import TICK_NS, Feedback

MS = 1_000_000


def transport() -> object:
    memory = load().ffi.new("struct rl_transport *")
    memory.arrived_highest = -1
    return memory


def told(sent: SentPackets, body: bytes) -> tuple[list[Outcome], int] | None:
    try:
        arrived, lost = sent.told(body, 0, len(body))
    except MalformedPacket:
        return None
    return list(arrived), lost


@pytest.mark.parametrize("seed", range(20))
def test_both_read_the_same_from_reports_and_see_the_same_trend(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    memory = transport()
    plain, native = SentPackets(seed * 3000), NativeSentPackets(memory, load(), seed * 3000)
    trend, native_trend = DelayTrend(), NativeTrend(load())
    now_ns = 0
    for _ in range(300):
        first = plain.next & 0xFFFF
        ticks = []
        for _ in range(chance.choice((1, 7, 20, 200))):
            now_ns += chance.randrange(12 * MS)
            size = chance.randrange(1, 1400)
            assert plain.add(size, now_ns) == native.add(size, now_ns)
            late_ns = now_ns + chance.randrange(30 * MS)
            ticks.append(-1 if chance.random() < 0.1 else (late_ns // TICK_NS))
        body = bytearray(Feedback(1, 2, first, 0, tuple(ticks)).written()[4:])
        for _ in range(chance.choice((0, 0, 0, 1, 4))):
            body[chance.randrange(len(body))] = chance.randrange(256)
        if chance.random() < 0.1:
            del body[chance.randrange(len(body)) :]
        expected, found = told(plain, bytes(body)), told(native, bytes(body))
        assert found == expected
        if expected is not None:
            trend.add(expected[0])
            native_trend.add(expected[0])
            assert native_trend.usage is trend.usage


@pytest.mark.parametrize("seed", range(20))
def test_both_write_the_same_report(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    plain, native = ArrivalFeedback(), NativeArrivals(transport(), load())
    number, now_ns = 65_000, 10**15
    for _ in range(200):
        for _ in range(chance.choice((1, 5, 60))):
            number += chance.choice((1, 1, 1, 1, 1, 2, 9, -3, 3000 if chance.random() < 0.02 else 1))
            now_ns += chance.choice((0, MS, 5 * MS, 40 * MS, 9000 * MS if chance.random() < 0.01 else 0))
            plain.add(number & 0xFFFF, now_ns, 7)
            native.add(number & 0xFFFF, now_ns, 7)
        assert native.build(now_ns, 5) == plain.build(now_ns, 5)
