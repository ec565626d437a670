import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.arrival_feedback import INTERVAL_NS, PACKETS_MAX, ArrivalFeedback
from media.rtcp import read_reports
from media.rtp import MalformedPacket
from media.sent_packets import SentPackets
from media.transport_feedback import STATUSES_MAX, TICK_NS, Feedback

MS = 1_000_000


def read(data: bytes) -> Feedback:
    (report,) = read_reports(data, len(data))
    assert isinstance(report, Feedback)
    return report


def body(chunks: str, total: int, deltas: str = "", reference: int = 1) -> bytes:
    data = bytes.fromhex(f"00000001 00000002 0005 {total:04x} {reference:06x} 09 {chunks} {deltas}")
    data += bytes(-len(data) % 4)
    return bytes((0x8F, 205, 0, len(data) // 4)) + data


# The chunks are the examples of the draft's sections 3.1.3 and 3.1.4.
def test_a_run_of_packets_not_received_is_read() -> None:
    assert read(body("00dd", 221)).arrivals == (-1,) * 221


def test_a_run_of_small_deltas_is_read() -> None:
    report = read(body("2018", 24, "04" * 24))
    assert report.arrivals == tuple(256 + 4 * index for index in range(1, 25))
    assert (report.first, report.count, report.sender, report.ssrc) == (5, 9, 1, 2)


def test_a_vector_of_one_bit_is_read() -> None:
    # 0xBF 0xFF would be all fourteen; the draft's example: not, 5 x received, 3 x not, 3 x received, 2 x not.
    report = read(body("9f1c", 14, "01" * 8))
    assert [tick >= 0 for tick in report.arrivals] == [False] + [True] * 5 + [False] * 3 + [True] * 3 + [
        False
    ] * 2


def test_a_vector_of_two_bits_is_read() -> None:
    # Not received, received with a large (here negative) delta, 3 x received, 2 x not received.
    report = read(body("c950", 7, "fffe 010101"))
    assert report.arrivals == (-1, 254, 255, 256, 257, -1, -1)


@given(
    st.integers(0, 0xFFFF),
    st.integers(0, 2**31),
    st.lists(st.none() | st.integers(-3000, 20000), min_size=1, max_size=300),
)
def test_what_is_written_is_read_back(first: int, start: int, steps: list[int | None]) -> None:
    tick = start + 100_000_000
    arrivals = []
    for step in steps:
        if step is None:
            arrivals.append(-1)
        else:
            tick += step
            arrivals.append(tick)
    report = Feedback(1, 2, first, 3, tuple(arrivals))
    assert read(report.written()) == report


@pytest.mark.parametrize(
    "data",
    [
        body("", 0),
        body("0000", 5),
        body("2005", 9),
        body("2018", 24, "04"),
        body("6001", 1),
        body("4003", 3, "0102"),
        body("1fff", STATUSES_MAX + 1),
    ],
    ids=["none", "empty run", "too few statuses", "too few deltas", "reserved", "half a delta", "too many"],
)
def test_feedback_that_does_not_add_up_is_malformed(data: bytes) -> None:
    with pytest.raises(MalformedPacket):
        read(data)


@given(st.integers(0, 0xFFFF), st.binary(max_size=80))
def test_garbage_raises_nothing_else(total: int, tail: bytes) -> None:
    data = bytes(10) + total.to_bytes(2, "big") + bytes(4) + tail
    data += bytes(-len(data) % 4)
    try:
        report = read(bytes((0x8F, 205, 0, len(data) // 4)) + data)
    except MalformedPacket:
        return
    assert len(report.arrivals) == total <= STATUSES_MAX


def test_arrivals_are_told_as_the_kernel_saw_them() -> None:
    feedback = ArrivalFeedback()
    for number, arrival_ms in ((10, 1000), (11, 1005), (13, 1006), (12, 1020)):
        feedback.add(number, arrival_ms * MS, 7)
    report = read(feedback.build(2_000 * MS, 1))
    assert (report.first, report.sender, report.ssrc, report.count) == (10, 1, 7, 0)
    assert report.arrivals == (4000, 4020, 4080, 4024)
    assert feedback.build(2_100 * MS, 1) == b""


def test_feedback_goes_on_where_the_last_ended_and_across_the_wrap() -> None:
    feedback = ArrivalFeedback()
    feedback.add(65533, 0, 7)
    assert len(read(feedback.build(0, 1)).arrivals) == 1
    feedback.add(1, 10 * MS, 7)
    report = read(feedback.build(0, 1))
    assert (report.first, report.count) == (65534, 1)
    assert report.arrivals == (-1, -1, -1, 40)


def test_a_late_packet_is_told_with_what_was_told_before() -> None:
    feedback = ArrivalFeedback()
    for number in (0, 2, 3):
        feedback.add(number, number * MS, 7)
    feedback.build(0, 1)
    feedback.add(1, 50 * MS, 7)
    report = read(feedback.build(0, 1))
    assert (report.first, report.arrivals) == (1, (200, 8, 12))


def test_feedback_is_due_by_time_or_by_number() -> None:
    feedback = ArrivalFeedback()
    assert not feedback.due(10**12)
    feedback.add(0, 0, 7)
    assert feedback.due(10**12)
    feedback.build(10**12, 1)
    feedback.add(1, 0, 7)
    assert not feedback.due(10**12 + INTERVAL_NS - 1)
    assert feedback.due(10**12 + INTERVAL_NS)
    for number in range(2, PACKETS_MAX + 1):
        feedback.add(number, 0, 7)
    assert feedback.due(10**12 + 1)


def test_a_step_of_the_clock_leaves_out_what_lies_far_from_the_newest() -> None:
    feedback = ArrivalFeedback()
    feedback.add(0, 0, 7)
    feedback.add(1, 3600 * 1000 * MS, 7)
    feedback.add(2, 3600 * 1000 * MS + MS, 7)
    report = read(feedback.build(0, 1))
    assert (report.first, report.arrivals[1] - report.arrivals[0]) == (1, 4)


@given(st.lists(st.tuples(st.integers(0, 0xFFFF), st.integers(0, 10**13)), max_size=80))
def test_any_numbers_and_times_make_feedback_that_can_be_read(arrivals: list[tuple[int, int]]) -> None:
    feedback = ArrivalFeedback()
    for index, (number, arrival_ns) in enumerate(arrivals):
        feedback.add(number, arrival_ns, 7)
        if index % 10 == 9:
            packet = feedback.build(index, 1)
            assert len(packet) < 1200
            if packet:
                read(packet)


def test_the_fate_of_what_was_sent_is_taken_once() -> None:
    sent = SentPackets(65_530)
    numbers = [sent.add(100, index * MS) for index in range(10)]
    assert numbers == [65530, 65531, 65532, 65533, 65534, 65535, 0, 1, 2, 3]
    report = Feedback(1, 2, 65530, 0, (40, -1, 44, -1, 60, 52))
    arrived, lost = sent.take(report)
    assert [sent_ns // MS for _, sent_ns, _, _ in arrived] == [0, 2, 5, 4]
    assert [arrival_ns - arrived[0][0] for arrival_ns, _, _, _ in arrived] == [
        step * TICK_NS for step in (0, 4, 12, 20)
    ]
    assert lost == 2
    assert sent.take(report) == ([], 0)
    # What was told lost may come late; what was never sent is nobody's.
    arrived, lost = sent.take(Feedback(1, 2, 65531, 1, (70,)))
    assert (len(arrived), lost) == (1, 0)
    assert sent.take(Feedback(1, 2, 30_000, 1, (70, -1))) == ([], 0)
    assert sent.take(Feedback(1, 2, 4, 1, (70, -1))) == ([], 0)
