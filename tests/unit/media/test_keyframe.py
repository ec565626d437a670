import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.keyframe import DETECTORS, Vp8Numbers, av1, h264, vp8, vp9
from tests.unit.media.packets import vp8 as vp8_payload


@pytest.mark.parametrize(
    ("payload", "keyframe"),
    [
        ("10 00", True),
        ("10 01", False),
        ("00 00", False),
        ("11 00", False),
        ("30 00", True),
        ("90 00 00", True),
        ("90 80 05 00", True),
        ("90 80 85 01 00", True),
        ("90 80 85 00 01", False),
        ("90 f0 85 01 07 03 00", True),
        ("90 f0 85 01 07 03 01", False),
        ("90 80", False),
        ("90 f0 85", False),
        ("10", False),
        ("", False),
    ],
)
def test_vp8(payload: str, keyframe: bool) -> None:
    data = bytes.fromhex(payload)
    assert vp8(data, 0, len(data)) is keyframe


@pytest.mark.parametrize(
    ("payload", "keyframe"),
    [
        ("65 88", True),
        ("67 42", True),
        ("61 88", False),
        ("68 ce", False),
        ("7c 85", True),
        ("7c 87", True),
        ("7c 05", False),
        ("7c 81", False),
        ("78 0002 67 42 0002 68 ce", True),
        ("78 0002 06 05 0002 65 88", True),
        ("78 0002 06 05 0002 61 88", False),
        ("78 ffff 06", False),
        ("78 00", False),
        ("65", False),
        ("", False),
    ],
)
def test_h264(payload: str, keyframe: bool) -> None:
    data = bytes.fromhex(payload)
    assert h264(data, 0, len(data)) is keyframe


@pytest.mark.parametrize(
    ("payload", "keyframe"),
    [
        ("08 00", True),
        ("48 00", False),
        ("00 00", False),
        ("88 05 00", True),
        ("88 80 05 00", True),
        ("a8 80 05 00 00", True),
        ("a8 05 00 00", True),
        ("a8 05 02 00", False),
        ("a8 80 05", False),
        ("08", False),
        ("", False),
    ],
)
def test_vp9(payload: str, keyframe: bool) -> None:
    data = bytes.fromhex(payload)
    assert vp9(data, 0, len(data)) is keyframe


def test_av1_by_its_aggregation_header() -> None:
    assert av1(b"\x18\x0a", 0, 2)
    assert not av1(b"\x10\x0a", 0, 2)
    # A continued unit never begins a sequence.
    assert not av1(b"\x98\x0a", 0, 2)
    assert not av1(b"", 0, 0)


def test_av1_by_its_dependency_descriptor() -> None:
    data = bytes.fromhex("80 0001 80 00") + b"\x10\x0a"
    assert av1(data, 5, 7, 0 << 8 | 5)
    assert not av1(data, 5, 7, 0 << 8 | 3)
    assert not av1(bytes.fromhex("00 0001 80 00 1800"), 5, 7, 5)
    assert not av1(bytes.fromhex("80 0001 00 00 1800"), 5, 7, 5)


@given(st.sampled_from(sorted(DETECTORS)), st.binary(max_size=40), st.data())
def test_garbage_raises_nothing(codec: str, payload: bytes, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(payload)))
    assert DETECTORS[codec](payload, start, len(payload), 0) in (True, False)


@given(st.binary(max_size=12))
def test_garbage_is_renumbered_within_its_bounds(payload: bytes) -> None:
    numbers = Vp8Numbers()
    numbers.renumber(bytearray(vp8_payload(5, 5, keyframe=True, begins=True, fill=1)), 0, 8)
    out = bytearray(payload) + b"\xaa\xbb\xcc"
    numbers.switch(out, 0, len(payload))
    numbers.renumber(out, 0, len(payload))
    assert out[len(payload) :] == b"\xaa\xbb\xcc"


def test_numbers_run_on_across_a_switch() -> None:
    numbers = Vp8Numbers()
    seen = []
    for first, key, count in ((0x7FFE, 254, 3), (17, 9, 2), (0x3000, 200, 2)):
        for index in range(count):
            payload = bytearray(
                vp8_payload(first + index, key + index, keyframe=index == 0, begins=True, fill=3)
            )
            if index == 0:
                numbers.switch(payload, 0, len(payload))
            numbers.renumber(payload, 0, len(payload))
            seen.append(((payload[2] & 0x7F) << 8 | payload[3], payload[4]))
    assert seen == [(0x7FFE, 254), (0x7FFF, 255), (0, 0), (1, 1), (2, 2), (3, 3), (4, 4)]


def test_short_picture_ids_stay_short() -> None:
    numbers = Vp8Numbers()
    payload = bytearray.fromhex("90 80 7f 00")
    numbers.switch(payload, 0, 4)
    numbers.renumber(payload, 0, 4)
    other = bytearray.fromhex("90 80 05 00")
    numbers.switch(other, 0, 4)
    numbers.renumber(other, 0, 4)
    assert other == bytes.fromhex("90 80 00 00")
