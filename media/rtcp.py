"""RTCP as values: compound and reduced-size packets, read and written (RFC 3550, 4585, 5104, 5506; REMB).

What is read is bounded by what one datagram can say; of unknown packet types only the length is checked.
Raises MalformedPacket and nothing else. Transport-wide feedback has a file of its own, `transport_feedback`.
"""

import struct
from collections.abc import Callable
from dataclasses import dataclass

from media.rtp import MalformedPacket, Octets, read_u16
from media.transport_feedback import STATUSES_MAX, Feedback, UnreadFeedback, read_feedback

SENDER_REPORT, RECEIVER_REPORT, DESCRIPTION, GOODBYE, TRANSPORT, PAYLOAD = 200, 201, 202, 203, 205, 206
DATAGRAM_MAX = 2048
# What one datagram may ask for altogether: a few octets can name thousands of packets, and every one is
# looked for. A NACK's entry names at most 17; what asks for more at once does not want repairs.
NACKS_MAX = 512
REPORTS_MAX = 64
_NACK, _TWCC = 1, 15
_PLI, _FIR, _APPLICATION = 1, 4, 15
_HEADER = struct.Struct("!BBH")
_SENDER = struct.Struct("!IQIII")
_BLOCK = struct.Struct("!IIIIII")
_FEEDBACK = struct.Struct("!II")
_NACK_ENTRY = struct.Struct("!HH")
_FIR_ENTRY = struct.Struct("!IB3x")
_U32 = struct.Struct("!I")


@dataclass(frozen=True, slots=True)
class ReportBlock:
    """How one stream is received (RFC 3550 6.4.1); `fraction_lost` in 1/256, `jitter` in RTP clock units.

    `last_report` and `delay` in 1/65536 s: the middle of the sender report's NTP time, and how long ago it
    came.
    """

    ssrc: int
    fraction_lost: int
    lost: int
    highest: int
    jitter: int
    last_report: int
    delay: int


@dataclass(frozen=True, slots=True)
class SenderReport:
    """What a sender says of itself: 64-bit NTP time and the RTP time of the same instant."""

    ssrc: int
    ntp: int
    timestamp: int
    packets: int
    octets: int
    blocks: tuple[ReportBlock, ...] = ()


@dataclass(frozen=True, slots=True)
class ReceiverReport:
    """Reception seen by one that sends nothing itself."""

    ssrc: int
    blocks: tuple[ReportBlock, ...] = ()


@dataclass(frozen=True, slots=True)
class Description:
    """The canonical names (RFC 3550 6.5) by SSRC; other items are passed over."""

    names: tuple[tuple[int, bytes], ...]


@dataclass(frozen=True, slots=True)
class Goodbye:
    """Streams that end."""

    ssrcs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Nack:
    """Packets that are missed (RFC 4585 6.2.1), in the order they were named."""

    sender: int
    ssrc: int
    sequences: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class KeyframeRequest:
    """A PLI (`number` is None) or one entry of a FIR with its command number (RFC 5104 4.3.1)."""

    sender: int
    ssrc: int
    number: int | None = None


@dataclass(frozen=True, slots=True)
class BitrateLimit:
    """REMB: the most that the receiver wishes to get of these streams together, bit/s."""

    sender: int
    bitrate_bps: int
    ssrcs: tuple[int, ...]


Report = (
    SenderReport
    | ReceiverReport
    | Description
    | Goodbye
    | Nack
    | KeyframeRequest
    | BitrateLimit
    | Feedback
    | UnreadFeedback
)


def read_reports(
    buffer: Octets, length: int, feedback: Callable[[Octets, int, int], Report] = read_feedback
) -> list[Report]:
    """Return what the RTCP datagram buffer[:length] says, in order. Raise MalformedPacket.

    `feedback` makes a report of transport-wide feedback in buffer[at:end].
    """
    if not 8 <= length <= DATAGRAM_MAX:
        raise MalformedPacket("an RTCP packet of a wrong length")
    found: list[Report] = []
    at = packets = statuses = 0
    while at < length:
        if at + 4 > length:
            raise MalformedPacket("RTCP ends within a header")
        first, kind, words = _HEADER.unpack_from(buffer, at)
        end = at + 4 * (words + 1)
        if first & 0xC0 != 0x80 or end > length:
            raise MalformedPacket("RTCP of another version or beyond the datagram")
        packets += 1
        if kind == TRANSPORT and first & 0x1F == _TWCC and end - at >= 16:
            statuses += read_u16(buffer, at + 14)
        if max(packets, len(found)) > REPORTS_MAX or statuses > STATUSES_MAX:
            raise MalformedPacket("RTCP that asks for too much at once")
        body_end = end
        if first & 0x20:
            padding = buffer[end - 1]
            body_end -= padding
            if not padding or body_end < at + 4:
                raise MalformedPacket("RTCP padding beyond the packet")
        if kind == TRANSPORT and first & 0x1F == _TWCC:
            found.append(feedback(buffer, at + 4, body_end))
        else:
            _read(buffer, at + 4, body_end, first & 0x1F, kind, found)
        at = end
    return found


def _read(buffer: Octets, at: int, end: int, count: int, kind: int, found: list[Report]) -> None:
    if kind == SENDER_REPORT:
        _need(at + 24 + 24 * count <= end)
        ssrc, ntp, timestamp, packets, octets = _SENDER.unpack_from(buffer, at)
        found.append(SenderReport(ssrc, ntp, timestamp, packets, octets, _blocks(buffer, at + 24, count)))
    elif kind == RECEIVER_REPORT:
        _need(at + 4 + 24 * count <= end)
        found.append(ReceiverReport(_u32(buffer, at), _blocks(buffer, at + 4, count)))
    elif kind == DESCRIPTION:
        found.append(_description(buffer, at, end, count))
    elif kind == GOODBYE:
        _need(at + 4 * count <= end)
        found.append(Goodbye(tuple(_u32(buffer, at + 4 * index) for index in range(count))))
    elif kind == TRANSPORT:
        _need(at + 8 <= end)
        if count == _NACK:
            asked = sum(len(one.sequences) for one in found if isinstance(one, Nack))
            found.append(_nack(buffer, at, end, NACKS_MAX - asked))
    elif kind == PAYLOAD:
        _need(at + 8 <= end)
        sender, ssrc = _FEEDBACK.unpack_from(buffer, at)
        if count == _PLI:
            found.append(KeyframeRequest(sender, ssrc))
        elif count == _FIR:
            if end - at > 8 * (1 + REPORTS_MAX):
                raise MalformedPacket("a FIR for too many streams")
            for entry in range(at + 8, end - 7, 8):
                wanted, number = _FIR_ENTRY.unpack_from(buffer, entry)
                found.append(KeyframeRequest(sender, wanted, number))
        elif count == _APPLICATION and bytes(buffer[at + 8 : min(at + 12, end)]) == b"REMB":
            found.append(_remb(buffer, at, end, sender))


def _need(there: bool) -> None:
    if not there:
        raise MalformedPacket("RTCP says more than it holds")


def _u32(buffer: Octets, at: int) -> int:
    value: int = _U32.unpack_from(buffer, at)[0]
    return value


def _blocks(buffer: Octets, at: int, count: int) -> tuple[ReportBlock, ...]:
    blocks = []
    for start in range(at, at + 24 * count, 24):
        ssrc, loss, highest, jitter, last_report, delay = _BLOCK.unpack_from(buffer, start)
        lost = loss & 0xFFFFFF
        lost -= (lost & 0x800000) << 1
        blocks.append(ReportBlock(ssrc, loss >> 24, lost, highest, jitter, last_report, delay))
    return tuple(blocks)


def _description(buffer: Octets, at: int, end: int, count: int) -> Description:
    names = []
    for _ in range(count):
        _need(at + 5 <= end)
        ssrc = _u32(buffer, at)
        at += 4
        while True:
            _need(at < end)
            item = buffer[at]
            if not item:
                # The list of items ends with a zero and is filled up to a whole word, of the packet's own.
                at += 1
                at += -at % 4
                break
            _need(at + 2 <= end and at + 2 + buffer[at + 1] <= end)
            if item == 1:
                names.append((ssrc, bytes(buffer[at + 2 : at + 2 + buffer[at + 1]])))
            at += 2 + buffer[at + 1]
    return Description(tuple(names))


def _nack(buffer: Octets, at: int, end: int, most: int) -> Nack:
    sender, ssrc = _FEEDBACK.unpack_from(buffer, at)
    sequences: list[int] = []
    for entry in range(at + 8, end - 3, 4):
        first, more = _NACK_ENTRY.unpack_from(buffer, entry)
        sequences.append(first)
        while more:
            bit = more & -more
            sequences.append((first + bit.bit_length()) & 0xFFFF)
            more ^= bit
        if len(sequences) > most:
            raise MalformedPacket("a NACK for too many packets")
    return Nack(sender, ssrc, tuple(sequences))


def _remb(buffer: Octets, at: int, end: int, sender: int) -> BitrateLimit:
    _need(at + 16 <= end)
    packed = _u32(buffer, at + 12)
    count = packed >> 24
    _need(at + 16 + 4 * count <= end)
    bitrate = (packed & 0x3FFFF) << (packed >> 18 & 0x3F)
    return BitrateLimit(sender, bitrate, tuple(_u32(buffer, at + 16 + 4 * index) for index in range(count)))


def _packet(kind: int, count: int, body: bytes) -> bytes:
    return _HEADER.pack(0x80 | count, kind, len(body) // 4) + body


def _written_blocks(blocks: tuple[ReportBlock, ...]) -> bytes:
    return b"".join(
        _BLOCK.pack(
            block.ssrc,
            block.fraction_lost << 24 | max(-0x800000, min(0x7FFFFF, block.lost)) & 0xFFFFFF,
            block.highest,
            block.jitter,
            block.last_report,
            block.delay,
        )
        for block in blocks
    )


def write_report(report: Report) -> bytes:
    """Return one RTCP packet; several joined make a compound one. At most 31 blocks, names or SSRCs each."""
    match report:
        case SenderReport():
            head = _SENDER.pack(report.ssrc, report.ntp, report.timestamp, report.packets, report.octets)
            return _packet(SENDER_REPORT, len(report.blocks), head + _written_blocks(report.blocks))
        case ReceiverReport():
            body = _U32.pack(report.ssrc) + _written_blocks(report.blocks)
            return _packet(RECEIVER_REPORT, len(report.blocks), body)
        case Description():
            chunks = b""
            for ssrc, name in report.names:
                chunk = _U32.pack(ssrc) + bytes((1, len(name))) + name + b"\0"
                chunks += chunk + bytes(-len(chunk) % 4)
            return _packet(DESCRIPTION, len(report.names), chunks)
        case Goodbye():
            return _packet(GOODBYE, len(report.ssrcs), b"".join(map(_U32.pack, report.ssrcs)))
        case Nack():
            return _packet(TRANSPORT, _NACK, _FEEDBACK.pack(report.sender, report.ssrc) + _entries(report))
        case KeyframeRequest(number=None):
            return _packet(PAYLOAD, _PLI, _FEEDBACK.pack(report.sender, report.ssrc))
        case KeyframeRequest():
            entry = _FIR_ENTRY.pack(report.ssrc, (report.number or 0) & 0xFF)
            return _packet(PAYLOAD, _FIR, _FEEDBACK.pack(report.sender, 0) + entry)
        case BitrateLimit():
            exponent = max(0, report.bitrate_bps.bit_length() - 18)
            packed = len(report.ssrcs) << 24 | exponent << 18 | report.bitrate_bps >> exponent
            body = _FEEDBACK.pack(report.sender, 0) + b"REMB" + _U32.pack(packed)
            return _packet(PAYLOAD, _APPLICATION, body + b"".join(map(_U32.pack, report.ssrcs)))
        case Feedback():
            return report.written()
        case UnreadFeedback():
            raise ValueError("a report that was not read cannot be written")


def _entries(nack: Nack) -> bytes:
    """Return the entries of a NACK, each a packet and a mask of the 16 after it, in the order given."""
    entries = b""
    first = mask = -1
    for sequence in nack.sequences:
        distance = (sequence - first - 1) & 0xFFFF
        if mask >= 0 and distance < 16:
            mask |= 1 << distance
            continue
        if mask >= 0:
            entries += _NACK_ENTRY.pack(first, mask)
        first, mask = sequence, 0
    return entries + _NACK_ENTRY.pack(first, mask) if mask >= 0 else entries
