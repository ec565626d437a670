import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.rtp import (
    PACKET_MAX,
    HeaderTemplate,
    MalformedPacket,
    Packet,
    extension_table,
    read_packet,
    span,
)
from tests.unit.media.packets import elements, rtp

TABLE = extension_table(transport_sequence=3, audio_level=1, mid=4, rid=10, repaired_rid=11, dependency=12)


def read(data: bytes) -> Packet:
    packet = Packet()
    read_packet(data, len(data), TABLE, packet)
    return packet


def test_a_plain_header_is_read() -> None:
    # RFC 3550 5.1: version 2, marker, type 96, number, time, source; then the payload.
    packet = read(bytes.fromhex("80e0123489abcdef01020304") + b"payload")
    assert (packet.marker, packet.payload_type, packet.sequence) == (True, 96, 0x1234)
    assert (packet.timestamp, packet.ssrc) == (0x89ABCDEF, 0x01020304)
    assert (packet.payload_offset, packet.payload_end) == (12, 19)
    assert packet.transport_sequence == packet.audio_level == -1
    assert packet.mid == packet.rid == packet.repaired_rid == packet.dependency == 0


def test_contributing_sources_are_passed_over() -> None:
    packet = read(b"\x82" + rtp(1, 2, 3, b"")[1:] + bytes(8) + b"xy")
    assert (packet.payload_offset, packet.payload_end) == (20, 22)


def test_the_one_byte_extensions_are_read() -> None:
    # RFC 8285 4.2: element, element, padding; RFC 6464: V and 30 dB.
    data = rtp(
        1,
        2,
        3,
        b"zz",
        extension=elements((1, b"\x9e"), (3, b"\xab\xcd"), (4, b"mid1"), (10, b"h"), (11, b"q")),
    )
    packet = read(data)
    assert (packet.audio_level, packet.voice, packet.transport_sequence) == (30, True, 0xABCD)
    assert [span(data, at) for at in (packet.mid, packet.rid, packet.repaired_rid)] == [b"mid1", b"h", b"q"]
    assert data[packet.payload_offset : packet.payload_end] == b"zz"


def test_the_two_byte_extensions_are_read() -> None:
    # RFC 8285 4.3: an element of no length, padding, and one of 18 octets, which the short form cannot hold.
    body = bytes((4, 0, 0, 3, 2, 0x12, 0x34, 12, 18)) + bytes(range(18))
    body += bytes(-len(body) % 4)
    data = rtp(1, 2, 3, b"zz", extension=struct.pack("!HH", 0x1000, len(body) // 4) + body)
    packet = read(data)
    assert packet.transport_sequence == 0x1234
    assert packet.mid == 0
    assert span(data, packet.dependency) == bytes(range(18))


def test_padding_between_elements_and_number_fifteen_are_obeyed() -> None:
    body = bytes((0, 0x31, 0x00, 0x07, 0xF0, 0x31, 0xFF, 0xFF))
    packet = read(rtp(1, 2, 3, b"", extension=struct.pack("!HH", 0xBEDE, 2) + body))
    assert packet.transport_sequence == 7


def test_other_profiles_are_passed_over() -> None:
    packet = read(rtp(1, 2, 3, b"ab", extension=struct.pack("!HH", 0x4321, 1) + b"\x31\x00\x07\x00"))
    assert packet.transport_sequence == -1
    assert packet.payload_offset == 20


def test_padding_is_no_payload() -> None:
    packet = read(rtp(1, 2, 3, b"abc", padding=5))
    assert packet.payload_end - packet.payload_offset == 3
    empty = read(rtp(1, 2, 3, b"", padding=200))
    assert empty.payload_end == empty.payload_offset


@pytest.mark.parametrize(
    "data",
    [
        b"",
        bytes(11),
        b"\x40" + bytes(11),
        b"\x8f" + bytes(11),
        b"\x90" + bytes(13),
        b"\x90" + bytes(11) + b"\xbe\xde\x00\x01",
        b"\x90" + bytes(11) + b"\xbe\xde\x00\x01\x00\x00\x33\x00",
        b"\x90" + bytes(11) + b"\x10\x00\x00\x01\x00\x03\x05\x00",
        b"\x90" + bytes(11) + b"\x10\x00\x00\x01\x00\x00\x00\x03",
        b"\xa0" + bytes(11) + b"\x00",
        b"\xa0" + bytes(11) + b"\x02",
        b"\x80" + bytes(PACKET_MAX),
    ],
    ids=[
        "nothing",
        "short",
        "version",
        "sources",
        "extension head",
        "extension",
        "one-byte element",
        "two-byte element",
        "two-byte length",
        "no padding",
        "padding",
        "long",
    ],
)
def test_what_does_not_fit_is_malformed(data: bytes) -> None:
    with pytest.raises(MalformedPacket):
        read(data)


@given(st.binary(max_size=120), st.booleans())
def test_garbage_raises_nothing_else(data: bytes, dressed: bool) -> None:
    if dressed:
        data = rtp(1, 2, 3, b"") + data
        data = b"\xb0" + data[1:]
    try:
        packet = read(data)
    except MalformedPacket:
        return
    assert 12 <= packet.payload_offset <= packet.payload_end <= len(data)
    for at in (packet.mid, packet.rid, packet.repaired_rid, packet.dependency):
        assert (at >> 8) + (at & 0xFF) <= packet.payload_offset


@given(
    st.integers(0, 255),
    st.integers(0, 0xFFFF),
    st.integers(0, 0xFFFFFFFF),
    st.integers(0, 0xFFFF),
    st.integers(0, 255),
    st.sampled_from([b"", b"0", b"audio-17"]),
)
def test_what_the_template_writes_is_read_back(
    second: int, sequence: int, timestamp: int, number: int, level: int, mid: bytes
) -> None:
    template = HeaderTemplate(77, transport_sequence=3, audio_level=1, mid=4, mid_value=mid)
    out = bytearray(b"\xee" * 64)
    template.write(out, second, sequence, timestamp, number, level)
    out[template.size : template.size + 3] = b"abc"
    packet = read(bytes(out[: template.size + 3]))
    assert (packet.marker, packet.payload_type) == (second > 127, second & 0x7F)
    assert (packet.sequence, packet.timestamp, packet.ssrc) == (sequence, timestamp, 77)
    assert (packet.transport_sequence, packet.audio_level, packet.voice) == (
        number,
        level & 0x7F,
        level > 127,
    )
    assert (span(out, packet.mid) if packet.mid else b"") == mid
    assert packet.payload_end - packet.payload_offset == 3


def test_a_template_without_extensions_is_a_plain_header() -> None:
    template = HeaderTemplate(77)
    out = bytearray(32)
    template.write(out, 111, 5, 6, 7)
    assert template.size == 12
    assert out[:12] == rtp(77, 5, 6, b"", payload_type=111)
