import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.rfc4571 import FrameTooLong, framed, frames


@given(st.lists(st.binary(max_size=300), max_size=8), st.integers(0, 40))
def test_frames_come_out_whole_however_the_stream_is_cut(datagrams: list[bytes], missing: int) -> None:
    stream = bytearray(b"".join(framed(one) for one in datagrams))
    end = max(0, len(stream) - missing)
    whole, rest = frames(stream, end, 300)
    found = [bytes(stream[start:stop]) for start, stop in whole]
    assert found == [one for one in datagrams if one][: len(found)]
    # What is left is less than a frame, and comes out with the rest of the stream.
    again, at = frames(stream[rest:], len(stream) - rest, 300)
    tail = bytes(stream[rest:])
    assert found + [tail[start:stop] for start, stop in again] == [one for one in datagrams if one]
    assert at == len(tail)


@given(st.binary(max_size=400))
def test_random_bytes_give_frames_or_are_too_long(stream: bytes) -> None:
    try:
        whole, rest = frames(bytearray(stream), len(stream), 100)
    except FrameTooLong:
        return
    assert 0 <= rest <= len(stream)
    assert all(2 <= start < stop <= len(stream) and stop - start <= 100 for start, stop in whole)


def test_a_frame_that_no_datagram_could_be_ends_the_stream() -> None:
    with pytest.raises(FrameTooLong):
        frames(bytearray(framed(bytes(101))), 2, 100)
    assert frames(bytearray(framed(bytes(100))), 102, 100) == ([(2, 102)], 102)


def test_a_half_length_waits() -> None:
    assert frames(bytearray(b"\x00"), 1, 100) == ([], 0)
