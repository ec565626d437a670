import itertools

from hypothesis import given
from hypothesis import strategies as st

from media.rewriter import DROPOUT_MAX, LATE_MAX, Rewriter

MS = 1_000_000


def test_the_first_source_begins_where_the_stream_does() -> None:
    rewriter = Rewriter(100, 5000, 90000)
    rewriter.join(60_000, 123, 0)
    assert rewriter.map(60_000, 123, 0) == 100
    assert (123 + rewriter.timestamp_offset) & 0xFFFFFFFF == 5000
    assert rewriter.map(60_001, 123, 0) == 101


def test_a_switch_goes_on_in_number_and_by_the_time_that_passed() -> None:
    rewriter = Rewriter(100, 5000, 90000)
    rewriter.join(10, 1000, 0)
    rewriter.map(10, 1000, 0)
    rewriter.join(40_000, 77, 100 * MS)
    assert rewriter.map(40_000, 77, 100 * MS) == 101
    assert rewriter.last_timestamp == 5000 + 9000


def test_a_switch_follows_the_sources_clock_where_that_can_be_true() -> None:
    for aligned, expected in ((5000 + 8888, 8888), (5000 - 9, 9000), (5000 + 200_000, 9000)):
        rewriter = Rewriter(100, 5000, 90000)
        rewriter.join(10, 1000, 0)
        rewriter.map(10, 1000, 0)
        rewriter.join(500, 77, 100 * MS, aligned)
        rewriter.map(500, 77, 100 * MS)
        assert rewriter.last_timestamp == 5000 + expected


def test_dropped_padding_leaves_no_hole_and_late_packets_find_their_place() -> None:
    rewriter = Rewriter(100, 0, 90000)
    rewriter.join(10, 0, 0)
    assert rewriter.map(10, 0, 0) == 100
    # 11 is late; 12 and 13 are padding; 14 goes on.
    assert rewriter.drop(12)
    assert rewriter.drop(13)
    assert rewriter.map(14, 0, 0) == 102
    assert rewriter.map(11, 0, 0) == 101
    assert rewriter.map(12, 0, 0) == -1
    assert rewriter.map(13, 0, 0) == -1
    assert rewriter.map(15, 0, 0) == 103


def test_a_long_row_of_padding_does_not_push_out_what_came_before() -> None:
    rewriter = Rewriter(100, 0, 90000)
    rewriter.join(10, 0, 0)
    rewriter.map(10, 0, 0)
    for sequence in range(12, 212):
        assert rewriter.drop(sequence)
    assert rewriter.map(212, 0, 0) == 102
    assert rewriter.map(11, 0, 0) == 101


def test_a_switch_within_one_instant_still_moves_time_on() -> None:
    rewriter = Rewriter(100, 5000, 90000)
    rewriter.join(10, 1000, 0)
    rewriter.map(10, 1000, 0)
    rewriter.join(500, 77, 0)
    rewriter.map(500, 77, 0)
    assert rewriter.last_timestamp == 5001


def test_padding_that_comes_late_cannot_be_dropped() -> None:
    rewriter = Rewriter(100, 0, 90000)
    rewriter.join(10, 0, 0)
    rewriter.map(10, 0, 0)
    rewriter.map(12, 0, 0)
    assert not rewriter.drop(11)
    assert rewriter.map(11, 0, 0) == 101


def test_what_is_from_before_a_switch_is_dropped() -> None:
    rewriter = Rewriter(100, 0, 90000)
    rewriter.join(10, 0, 0)
    rewriter.map(10, 0, 0)
    rewriter.join(500, 0, MS)
    rewriter.map(500, 0, MS)
    assert rewriter.map(499, 0, MS) == -1


def test_a_repaired_packet_finds_its_place_long_after_the_beginning() -> None:
    rewriter = Rewriter(100, 0, 90000)
    rewriter.join(0, 0, 0)
    for sequence in range(50_000):
        if sequence != 49_990:
            rewriter.map(sequence, sequence, 0)
    assert rewriter.map(49_990, 49_990, 0) == (49_990 + 100) & 0xFFFF


def test_a_source_that_counts_anew_is_joined_anew() -> None:
    rewriter = Rewriter(100, 0, 90000)
    rewriter.join(10, 0, 0)
    rewriter.map(10, 0, 0)
    assert rewriter.map(10 + DROPOUT_MAX + 1, 9, MS) == 101
    assert rewriter.map(10, 9, 2 * MS) == 102


EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["media"] * 6 + ["lost", "lost", "padding", "late", "late", "switch"]),
        st.integers(1, 12),
    ),
    max_size=150,
)


@given(st.integers(0, 0x7FFF), st.integers(0, 0xFFFFFFFF), st.integers(0, 0xFFFF), EVENTS)
def test_holes_are_input_losses_and_nothing_else(
    first: int, timestamp: int, source: int, events: list[tuple[str, int]]
) -> None:
    """Losses, padding, switches, late packets in any order: only what never came leaves holes."""
    rewriter = Rewriter(first, timestamp, 90000)
    now_ns = 0
    sequence, media_time = source, 1000
    rewriter.join(sequence, media_time, now_ns)
    out: list[int] = []
    # Lost packets that may yet come: (sequence, due at event).
    late: list[tuple[int, int]] = []
    lost = 0
    times = []
    began = True
    for index, (kind, amount) in enumerate(events):
        now_ns += amount * MS
        for entry in [entry for entry in late if entry[1] <= index]:
            late.remove(entry)
            mapped = rewriter.map(entry[0], media_time, now_ns)
            assert mapped >= 0
            out.append(mapped)
            lost -= 1
        if kind == "switch":
            late.clear()
            sequence = (sequence * 7919 + amount * 5000) & 0xFFFF
            media_time = (media_time * 31) & 0xFFFFFFFF
            rewriter.join(sequence, media_time, now_ns)
            began = True
        elif kind == "padding":
            assert rewriter.drop(sequence)
            sequence = (sequence + 1) & 0xFFFF
        elif kind in ("lost", "late") and not began:
            if kind == "late":
                late.append((sequence, index + amount))
            lost += 1
            sequence = (sequence + 1) & 0xFFFF
        else:
            began = False
            media_time = (media_time + 3000) & 0xFFFFFFFF
            mapped = rewriter.map(sequence, media_time, now_ns)
            assert mapped >= 0
            out.append(mapped)
            times.append((media_time + rewriter.timestamp_offset) & 0xFFFFFFFF)
            sequence = (sequence + 1) & 0xFFFF
    numbers = [(number - first) & 0xFFFF for number in out]
    assert len(set(numbers)) == len(numbers)
    if numbers:
        # Losses at the very end, or just before a switch, leave no hole that anybody could see.
        holes = max(numbers) + 1 - len(numbers)
        assert 0 <= holes <= lost
    for before, after in itertools.pairwise(times):
        assert 0 < (after - before) & 0xFFFFFFFF < 0x80000000


@given(st.integers(1, LATE_MAX - 1))
def test_a_packet_is_late_up_to_a_bound(distance: int) -> None:
    rewriter = Rewriter(0, 0, 90000)
    rewriter.join(0, 0, 0)
    for sequence in range(LATE_MAX):
        rewriter.map(sequence, 0, 0)
    assert rewriter.map((LATE_MAX - 1 - distance) & 0xFFFF, 0, 0) == LATE_MAX - 1 - distance
