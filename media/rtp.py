"""RTP headers (RFC 3550 section 5, RFC 8285), read into a reused object and written from a template.

Nothing here keeps a packet or knows a stream. Every length comes from the network and is checked before it is
used; what does not fit raises MalformedPacket and nothing else.
"""

import struct
from typing import Any

Octets = bytes | bytearray | memoryview

HEADER_SIZE = 12
PACKET_MAX = 2048
# What an extension's number means, as entries of an extension table (`extension_table`).
TRANSPORT_SEQUENCE = 1
AUDIO_LEVEL = 2
MID = 3
RID = 4
REPAIRED_RID = 5
DEPENDENCY = 6

_FIXED = struct.Struct("!BBHII")
_U16 = struct.Struct("!H")
_EXTENSION = struct.Struct("!HH")
_ONE_BYTE = 0xBEDE
_TWO_BYTE = 0x1000
_HEAD = struct.Struct("!BBHIIHHBH")


class MalformedPacket(Exception):
    """A packet breaks the rules of its format. The one error that the parsers of this package raise."""


class Packet:
    """What one header says, filled anew by `read_packet`: one instance serves every packet of a port.

    `payload_offset` and `payload_end` bound the payload without its padding. Extensions that did not come are
    -1 (`transport_sequence`; `audio_level`, -dBov) or 0 (the spans: start << 8 | length, for `span`).
    """

    __slots__ = (
        "audio_level",
        "dependency",
        "marker",
        "mid",
        "payload_end",
        "payload_offset",
        "payload_type",
        "repaired_rid",
        "rid",
        "sequence",
        "ssrc",
        "timestamp",
        "transport_sequence",
        "voice",
    )

    def __init__(self) -> None:
        self.marker = False
        self.payload_type = self.sequence = self.timestamp = self.ssrc = 0
        self.payload_offset = self.payload_end = 0
        self.transport_sequence = self.audio_level = -1
        self.voice = False
        self.mid = self.rid = self.repaired_rid = self.dependency = 0


def extension_table(
    *,
    transport_sequence: int = 0,
    audio_level: int = 0,
    mid: int = 0,
    rid: int = 0,
    repaired_rid: int = 0,
    dependency: int = 0,
) -> bytes:
    """Return the table `read_packet` wants, from the negotiated numbers (1-255; 0: not negotiated)."""
    table = bytearray(256)
    for number, meaning in (
        (transport_sequence, TRANSPORT_SEQUENCE),
        (audio_level, AUDIO_LEVEL),
        (mid, MID),
        (rid, RID),
        (repaired_rid, REPAIRED_RID),
        (dependency, DEPENDENCY),
    ):
        if number:
            table[number] = meaning
    return bytes(table)


def read_packet(buffer: Octets, length: int, table: bytes, into: Packet) -> None:
    """Read the header of the packet in buffer[:length]. Raise MalformedPacket; `into` is then undefined."""
    if not HEADER_SIZE <= length <= PACKET_MAX:
        raise MalformedPacket("an RTP packet of a wrong length")
    first, second, into.sequence, into.timestamp, into.ssrc = _FIXED.unpack_from(buffer)
    if first & 0xC0 != 0x80:
        raise MalformedPacket("not RTP version 2")
    into.marker = second > 127
    into.payload_type = second & 0x7F
    into.transport_sequence = into.audio_level = -1
    into.mid = into.rid = into.repaired_rid = into.dependency = 0
    offset = HEADER_SIZE + ((first & 0x0F) << 2)
    if first & 0x10:
        if offset + 4 > length:
            raise MalformedPacket("an RTP extension beyond the packet")
        profile, words = _EXTENSION.unpack_from(buffer, offset)
        start = offset + 4
        offset = start + (words << 2)
        if offset > length:
            raise MalformedPacket("an RTP extension beyond the packet")
        if profile == _ONE_BYTE:
            _one_byte(buffer, start, offset, table, into)
        elif profile & 0xFFF0 == _TWO_BYTE:
            _two_byte(buffer, start, offset, table, into)
    elif offset > length:
        raise MalformedPacket("RTP sources beyond the packet")
    into.payload_offset = offset
    if first & 0x20:
        padding = buffer[length - 1]
        length -= padding
        if not padding or length < offset:
            raise MalformedPacket("RTP padding beyond the packet")
    into.payload_end = length


def _one_byte(buffer: Octets, at: int, end: int, table: bytes, into: Packet) -> None:
    while at < end:
        tag = buffer[at]
        at += 1
        if tag < 0x10:
            # Number 0 is padding. One that carries a length is unlawful (RFC 8285 4.2); its data is skipped.
            at += tag and tag + 1
            continue
        if tag >= 0xF0:
            return
        start = at
        at += (tag & 0x0F) + 1
        if at > end:
            raise MalformedPacket("an RTP extension element beyond its block")
        meaning = table[tag >> 4]
        if meaning:
            _element(buffer, start, at, meaning, into)


def _two_byte(buffer: Octets, at: int, end: int, table: bytes, into: Packet) -> None:
    while at < end:
        number = buffer[at]
        at += 1
        if not number:
            continue
        if at >= end:
            raise MalformedPacket("an RTP extension element beyond its block")
        start = at + 1
        at = start + buffer[at]
        if at > end:
            raise MalformedPacket("an RTP extension element beyond its block")
        meaning = table[number]
        if meaning and at > start:
            _element(buffer, start, at, meaning, into)


def _element(buffer: Octets, start: int, end: int, meaning: int, into: Packet) -> None:
    if meaning == TRANSPORT_SEQUENCE:
        if end - start >= 2:
            into.transport_sequence = (buffer[start] << 8) | buffer[start + 1]
    elif meaning == AUDIO_LEVEL:
        value = buffer[start]
        into.audio_level = value & 0x7F
        into.voice = value > 127
    elif meaning == DEPENDENCY:
        into.dependency = start << 8 | end - start
    elif meaning == MID:
        into.mid = start << 8 | end - start
    elif meaning == RID:
        into.rid = start << 8 | end - start
    else:
        into.repaired_rid = start << 8 | end - start


def span(buffer: Octets, packed: int) -> bytes:
    """Return the octets of an extension that `Packet` tells of as start << 8 | length."""
    start = packed >> 8
    return bytes(buffer[start : start + (packed & 0xFF)])


class HeaderTemplate:
    """The header of one outgoing stream: fixed SSRC, mid and extension numbers; the rest comes per packet.

    Carries the transport-wide sequence always (0 as its number leaves every extension out), the audio level
    (RFC 6464) when `audio_level` has a number, and the mid (RFC 8843) when there is one. One-byte form.
    """

    __slots__ = ("_level_at", "_level_tag", "_tag", "_tail", "_words", "size", "ssrc")

    def __init__(
        self,
        ssrc: int,
        *,
        transport_sequence: int = 0,
        audio_level: int = 0,
        mid: int = 0,
        mid_value: bytes = b"",
    ) -> None:
        if max(transport_sequence, audio_level, mid) > 14 or len(mid_value) > 16:
            raise ValueError("an extension that has no one-byte form")
        self.ssrc = ssrc
        self._tag = transport_sequence << 4 | 1 if transport_sequence else 0
        elements = bytearray()
        self._level_at = 0
        if transport_sequence:
            if audio_level:
                elements += bytes((audio_level << 4, 0x7F))
                self._level_at = 20
            if mid and mid_value:
                elements += bytes((mid << 4 | len(mid_value) - 1,)) + mid_value
            elements += bytes(-(3 + len(elements)) % 4)
            self._words = (3 + len(elements)) // 4
            self.size = 19 + len(elements)
        else:
            self._words = 0
            self.size = HEADER_SIZE
        self._tail = bytes(elements)

    def describe(self, route: Any) -> None:
        """Put what is written every time into the members that struct rl_route of the native loop has."""
        route.ssrc, route.size, route.tag, route.words = self.ssrc, self.size, self._tag, self._words
        route.level_at = self._level_at
        route.tail[0 : len(self._tail)] = self._tail

    def write(
        self,
        out: bytearray,
        second: int,
        sequence: int,
        timestamp: int,
        transport_sequence: int,
        level: int = -1,
    ) -> None:
        """Write `size` octets at the front of `out`; `second` is marker << 7 | payload type."""
        if not self._tag:
            _FIXED.pack_into(out, 0, 0x80, second, sequence, timestamp, self.ssrc)
            return
        _HEAD.pack_into(
            out,
            0,
            0x90,
            second,
            sequence,
            timestamp,
            self.ssrc,
            _ONE_BYTE,
            self._words,
            self._tag,
            transport_sequence,
        )
        out[19 : self.size] = self._tail
        if level >= 0 and self._level_at:
            out[self._level_at] = level


def read_u16(buffer: Octets, offset: int) -> int:
    """Return the 16-bit number at `offset`, which the caller has bounded."""
    value: int = _U16.unpack_from(buffer, offset)[0]
    return value
