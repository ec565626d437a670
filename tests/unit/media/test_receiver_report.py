import pytest

from media.receiver_report import Clock, PublisherTime, Reception, ntp, ntp_ns, round_trip_ns, sender_report
from media.rtcp import ReportBlock, SenderReport

MS = 1_000_000
SECOND = 1_000_000_000


def test_ntp_is_what_the_standard_says() -> None:
    # RFC 5905 figure 4: the Unix epoch is 2,208,988,800 s after that of NTP.
    assert ntp(0) == 2_208_988_800 << 32
    assert ntp(SECOND // 2) & 0xFFFFFFFF == 0x80000000
    assert (
        abs(ntp_ns(ntp(1_700_000_000 * SECOND + 123_456_789)) - ntp_ns(ntp(0)) - 1_700_000_000_123_456_789)
        < 2
    )


def test_losses_are_counted_in_all_and_since_the_last_report() -> None:
    reception = Reception(90000)
    for sequence in (65533, 65534, 0, 1, 2, 3, 4, 5):
        reception.add(sequence, 0, 100, 0)
    block = reception.block(7, 0, Clock())
    assert (block.ssrc, block.lost, block.fraction_lost, block.highest) == (7, 1, 256 // 9, 0x10000 + 5)
    for sequence in (6, 8):
        reception.add(sequence, 0, 100, 0)
    block = reception.block(7, 0, Clock())
    assert (block.lost, block.fraction_lost) == (2, 256 // 3)
    # The lost ones come after all: fewer are missing, and no interval has a negative loss.
    for sequence in (7, 65535):
        reception.add(sequence, 0, 100, 0)
    block = reception.block(7, 0, Clock())
    assert (block.lost, block.fraction_lost) == (0, 0)


def test_jitter_is_the_running_mean_of_the_standard() -> None:
    # RFC 3550 A.8: J += (|D| - J) / 16.
    reception = Reception(90000)
    expected = 0
    arrival = 0
    for frame, wait_ms in enumerate((33, 43, 23, 33, 60, 10)):
        arrival += wait_ms * MS
        reception.add(frame, frame * 2970, 100, arrival)
        if frame:
            expected += (abs(wait_ms - 33) * MS - expected) >> 4
    assert reception.jitter_ns == expected > 0
    assert reception.block(7, 0, Clock()).jitter == expected * 90000 // SECOND


def test_the_packets_of_one_frame_are_no_jitter() -> None:
    reception = Reception(90000)
    for frame in range(10):
        for packet in range(5):
            reception.add(frame * 5 + packet, frame * 2970, 100, frame * 33 * MS + packet * 3 * MS)
    assert reception.jitter_ns == 0


def test_a_report_tells_when_the_last_sender_report_came() -> None:
    clock = Clock()
    clock.set(SenderReport(7, 0x1122334455667788, 0, 0, 0), 10 * SECOND)
    reception = Reception(90000)
    block = reception.block(7, 10 * SECOND + 250 * MS, clock)
    assert (block.last_report, block.delay) == (0x33445566, 0x4000)


def test_the_round_trip_is_what_reports_leave_unexplained() -> None:
    sent_ns = 1_700_000_000 * SECOND
    middle = ntp(sent_ns) >> 16 & 0xFFFFFFFF
    block = ReportBlock(1, 0, 0, 0, 0, middle, 0x8000)
    rtt_ns = round_trip_ns(block, sent_ns + 500 * MS + 80 * MS)
    assert abs(rtt_ns - 80 * MS) < MS
    assert round_trip_ns(ReportBlock(1, 0, 0, 0, 0, 0, 0), sent_ns) == -1
    assert round_trip_ns(block, sent_ns + 499_999_000) == 0
    assert round_trip_ns(block, sent_ns + 3600 * SECOND) == -1


@pytest.mark.parametrize("delays_ms", [(20, 90), (90, 20)])
def test_all_streams_of_a_publisher_share_one_clock(delays_ms: tuple[int, int]) -> None:
    """Voice and picture of one instant are told as of one instant, though their reports came apart."""
    time = PublisherTime()
    theirs_ns = 55 * SECOND
    voice, picture = Clock(), Clock()
    streams = ((voice, 48000, 1000, delays_ms[0], 0), (picture, 90000, 9000, delays_ms[1], 1))
    for clock, rate, start, delay_ms, at_s in streams:
        stamp = ntp(theirs_ns + at_s * SECOND)
        report = SenderReport(1, stamp, start + at_s * rate, 0, 0)
        clock.set(report, at_s * SECOND)
        time.add(report, ntp_ns(ntp(at_s * SECOND + delay_ms * MS)))
    told = []
    for clock, rate, start in ((voice, 48000, 1000), (picture, 90000, 9000)):
        ours = sender_report(9, 3 * SECOND, clock, time, rate, 500, 12, 3400)
        assert ours is not None
        assert (ours.ssrc, ours.packets, ours.octets, ours.ntp) == (9, 12, 3400, ntp(3 * SECOND))
        told.append((ours.timestamp - 500 - start) / rate)
    assert abs(told[0] - told[1]) < 0.001
    assert abs(told[0] - 2.98) < 0.001


def test_without_the_publishers_clock_nothing_is_told() -> None:
    assert sender_report(9, 0, Clock(), PublisherTime(), 90000, 0, 1, 1) is None
