"""Transport-wide feedback (draft-holmer-rmcat-transport-wide-cc-extensions-01), read and written.

One packet tells, for a run of transport-wide sequence numbers, which arrived and when: times in ticks of 250
us, from a reference in units of 64 ms.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

from media.rtp import MalformedPacket, Octets

TICK_NS = 250_000
TICKS_PER_REFERENCE = 256
# 24 bits of reference times, 256 ticks each.
TICKS_MAX = 1 << 32
# Feedback is due every 100 ms; at the packet rate one participant may have, this is many seconds of it.
STATUSES_MAX = 4096
_HEAD = struct.Struct("!BBHIIHHI")
_BODY = struct.Struct("!IIHHI")
_U16 = struct.Struct("!H")
_S16 = struct.Struct("!h")
_SMALL, _LARGE = 1, 2
_RUN_MAX = 0x1FFF
_VECTOR = 7


@dataclass(frozen=True, slots=True)
class Feedback:
    """Arrivals of the packets first, first + 1, ... in ticks; -1 for those that did not come.

    Ticks count from an epoch of the receiver's; the reference that was sent is their time modulo TICKS_MAX.
    """

    sender: int
    ssrc: int
    first: int
    count: int
    arrivals: tuple[int, ...]

    def written(self) -> bytes:
        """Return the RTCP packet. Two neighbours may lie at most 8 s apart, else MalformedPacket."""
        reference = next((tick // TICKS_PER_REFERENCE for tick in self.arrivals if tick >= 0), 0)
        previous = reference * TICKS_PER_REFERENCE
        symbols = bytearray()
        deltas = bytearray()
        for tick in self.arrivals:
            if tick < 0:
                symbols.append(0)
                continue
            delta = tick - previous
            previous = tick
            if 0 <= delta <= 255:
                symbols.append(_SMALL)
                deltas.append(delta)
            elif -32768 <= delta <= 32767:
                symbols.append(_LARGE)
                deltas += _S16.pack(delta)
            else:
                raise MalformedPacket("arrivals too far apart for one feedback")
        body = _chunks(symbols) + deltas
        padding = -len(body) % 4
        if padding:
            body += bytes(padding - 1) + bytes((padding,))
        head = _HEAD.pack(
            0xAF if padding else 0x8F,
            205,
            4 + len(body) // 4,
            self.sender,
            self.ssrc,
            self.first,
            len(self.arrivals),
            (reference & 0xFFFFFF) << 8 | self.count & 0xFF,
        )
        return head + body


@dataclass(frozen=True, slots=True)
class UnreadFeedback:
    """Where a report's body lies in its datagram: whoever knows what was sent reads it, and judges it."""

    at: int
    end: int


def _chunks(symbols: Sequence[int]) -> bytes:
    """Return run lengths where seven and more are alike, and vectors of seven two-bit symbols elsewhere."""
    chunks = bytearray()
    at = 0
    total = len(symbols)
    while at < total:
        symbol = symbols[at]
        end = at + 1
        while end < total and symbols[end] == symbol and end - at < _RUN_MAX:
            end += 1
        if end - at >= _VECTOR or end == total:
            chunks += _U16.pack(symbol << 13 | end - at)
            at = end
            continue
        packed = 0xC000
        for index in range(_VECTOR):
            if at + index < total:
                packed |= symbols[at + index] << 2 * (_VECTOR - 1 - index)
        chunks += _U16.pack(packed)
        at += _VECTOR
    return bytes(chunks)


def read_feedback(buffer: Octets, at: int, end: int) -> Feedback:
    """Read the body (after the common header) in buffer[at:end]. Raise MalformedPacket."""
    if at + 16 > end:
        raise MalformedPacket("feedback that ends within its head")
    sender, ssrc, first, total, packed = _BODY.unpack_from(buffer, at)
    if not 0 < total <= STATUSES_MAX:
        raise MalformedPacket("feedback for no packets or too many")
    at += 16
    symbols = bytearray()
    while len(symbols) < total:
        if at + 2 > end:
            raise MalformedPacket("feedback with too few statuses")
        chunk = buffer[at] << 8 | buffer[at + 1]
        at += 2
        if chunk < 0x8000:
            symbols += bytes((chunk >> 13,)) * min(chunk & _RUN_MAX, total - len(symbols))
            if not chunk & _RUN_MAX:
                raise MalformedPacket("feedback with a run of nothing")
        elif chunk < 0xC000:
            symbols += bytes((chunk >> shift) & 1 for shift in range(13, -1, -1))
        else:
            symbols += bytes((chunk >> shift) & 3 for shift in range(12, -1, -2))
    tick = (packed >> 8) * TICKS_PER_REFERENCE
    arrivals = []
    for symbol in symbols[:total]:
        if symbol == _SMALL and at < end:
            tick += buffer[at]
            at += 1
        elif symbol == _LARGE and at + 2 <= end:
            tick += _S16.unpack_from(buffer, at)[0]
            at += 2
        elif symbol == 0:
            arrivals.append(-1)
            continue
        else:
            raise MalformedPacket("feedback with a status unknown or without its time")
        # Before the epoch, which only a hostile receiver's are, counts as at it.
        arrivals.append(max(0, tick))
    return Feedback(sender, ssrc, first, packed & 0xFF, tuple(arrivals))
