"""What we write is read alike by a parser that is not ours, and the other way round."""

import struct
from typing import Any

from aiortc import RTCRtpHeaderExtensionParameters, RTCRtpParameters
from aiortc import rtp as other

from media.rtcp import (
    Description,
    Goodbye,
    KeyframeRequest,
    Nack,
    ReceiverReport,
    ReportBlock,
    SenderReport,
    read_reports,
    write_report,
)
from media.rtp import HeaderTemplate, Packet, extension_table, read_packet, span

TABLE = extension_table(transport_sequence=3, audio_level=1, mid=4, rid=10, repaired_rid=11)


def extensions() -> other.HeaderExtensionsMap:
    names = {
        3: "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01",
        1: "urn:ietf:params:rtp-hdrext:ssrc-audio-level",
        4: "urn:ietf:params:rtp-hdrext:sdes:mid",
        10: "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id",
    }
    numbers = other.HeaderExtensionsMap()
    numbers.configure(
        RTCRtpParameters(
            headerExtensions=[RTCRtpHeaderExtensionParameters(id=key, uri=uri) for key, uri in names.items()]
        )
    )
    return numbers


def test_our_headers_are_read_by_another() -> None:
    template = HeaderTemplate(77, transport_sequence=3, audio_level=1, mid=4, mid_value=b"12")
    out = bytearray(100)
    template.write(out, 0x80 | 111, 65535, 0xFFFFFFFF, 0xABCD, 0x80 | 30)
    out[template.size : template.size + 4] = b"opus"
    packet = other.RtpPacket.parse(bytes(out[: template.size + 4]), extensions())
    assert (packet.marker, packet.payload_type, packet.sequence_number) == (1, 111, 65535)
    assert (packet.timestamp, packet.ssrc, packet.payload) == (0xFFFFFFFF, 77, b"opus")
    assert packet.extensions.transport_sequence_number == 0xABCD
    assert packet.extensions.audio_level == (True, 30)
    assert packet.extensions.mid == "12"


def test_anothers_headers_are_read_by_us() -> None:
    made = other.RtpPacket(payload_type=96, marker=1, sequence_number=5, timestamp=6, ssrc=7, payload=b"vp8")
    made.csrc = [1, 2]
    made.padding_size = 9
    made.extensions.mid = "1"
    made.extensions.rtp_stream_id = "h"
    made.extensions.transport_sequence_number = 1234
    data = made.serialize(extensions())
    packet = Packet()
    read_packet(data, len(data), TABLE, packet)
    assert (packet.marker, packet.payload_type, packet.sequence, packet.timestamp) == (True, 96, 5, 6)
    assert data[packet.payload_offset : packet.payload_end] == b"vp8"
    assert (span(data, packet.mid), span(data, packet.rid)) == (b"1", b"h")
    assert packet.transport_sequence == 1234


def test_our_reports_are_read_by_another() -> None:
    block = ReportBlock(1, 64, -5, 0x10002, 9, 10, 11)
    reports = (
        SenderReport(7, 1 << 40, 3, 4, 5, (block,)),
        Description(((7, b"doctor"),)),
        ReceiverReport(8, (block,)),
        Nack(1, 2, (10, 11, 26, 27, 65535)),
        KeyframeRequest(1, 2),
        Goodbye((7,)),
    )
    found: list[Any] = list(other.RtcpPacket.parse(b"".join(write_report(report) for report in reports)))
    sender, description, receiver, nack, pli, goodbye = found
    assert (sender.ssrc, sender.sender_info.ntp_timestamp, sender.sender_info.octet_count) == (7, 1 << 40, 5)
    assert (sender.reports[0].packets_lost, sender.reports[0].fraction_lost) == (-5, 64)
    assert description.chunks[0].items == [(1, b"doctor")]
    assert (receiver.ssrc, receiver.reports[0].dlsr) == (8, 11)
    assert (nack.fmt, nack.media_ssrc, nack.lost) == (1, 2, [10, 11, 26, 27, 65535])
    assert (pli.fmt, pli.media_ssrc) == (1, 2)
    assert goodbye.sources == [7]


def test_anothers_reports_are_read_by_us() -> None:
    nack = other.RtcpRtpfbPacket(fmt=1, ssrc=1, media_ssrc=2, lost=[5, 6, 40])
    remb = other.RtcpPsfbPacket(fmt=15, ssrc=1, media_ssrc=0, fci=other.pack_remb_fci(1_000_000, [3]))
    data = bytes(nack) + bytes(remb)
    first, second = read_reports(data, len(data))
    assert first == Nack(1, 2, (5, 6, 40))
    assert abs(getattr(second, "bitrate_bps", 0) - 1_000_000) < 10
    assert struct.unpack("!I", data[-4:]) == (3,)
