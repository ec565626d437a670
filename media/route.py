"""One track on its way to one subscriber: one continuous stream, made of whichever layer is shown."""

from collections.abc import Callable
from typing import Protocol

from media.incoming import IncomingStream, IncomingTrack
from media.keyframe import Vp8Numbers
from media.packet_cache import Kept, PacketCache
from media.receiver_report import ntp_ns
from media.rewriter import Rewriter
from media.rtp import PACKET_MAX, HeaderTemplate, Packet
from media.sent_packets import SentPackets
from media.track import Extensions, RouteSpec

_VIDEO_SLOTS, _AUDIO_SLOTS = 512, 128
_VIDEO_BURST, _AUDIO_BURST = 48_000, 4_000
# The longest VP8 payload descriptor (RFC 7741 4.2).
_DESCRIPTOR_MAX = 6
_U16_MAX = 0xFFFF
_U32_MAX = 0xFFFFFFFF


class Transport(Protocol):
    """What carries packets to one participant: encrypts and sends. The packet half knows no more of it."""

    def send_rtp(self, buffer: bytearray, length: int) -> None:
        """Send buffer[:length]; it may be encrypted in place, behind `length` is room for the tag.

        The buffer is used for the next packet when this returns. Never raises: what cannot be sent is lost.
        """

    def send_rtcp(self, packet: bytes) -> None:
        """Send one RTCP datagram."""


def packet_buffer() -> bytearray:
    """Return a buffer in which routes may put packets together: 2 KiB, and room for a tag behind them."""
    return bytearray(PACKET_MAX + 256)


class Route:
    """Forwards one track to one subscriber: shows `source`, and `target` from its next keyframe on."""

    __slots__ = (
        "_ask_keyframe",
        "_buffer",
        "_numbers",
        "_repairs",
        "_rtx_sequence",
        "_sent",
        "_template",
        "_transport",
        "_vp8",
        "cache",
        "jitter_ns",
        "loss",
        "octets",
        "packets",
        "paused",
        "repeated",
        "reported_ns",
        "rewriter",
        "source",
        "spec",
        "switches",
        "target",
        "track",
    )

    def __init__(
        self,
        track: IncomingTrack,
        spec: RouteSpec,
        extensions: Extensions,
        transport: Transport,
        sent: SentPackets,
        buffer: bytearray,
        ask_keyframe: Callable[[IncomingStream], None],
        random_bits: Callable[[int], int],
    ) -> None:
        self.track = track
        self.spec = spec
        self._transport = transport
        self._sent = sent
        self._buffer = buffer
        self._ask_keyframe = ask_keyframe
        level = 0 if track.video else extensions.audio_level
        mid = spec.mid.encode("ascii")
        self._template = HeaderTemplate(
            spec.ssrc,
            transport_sequence=extensions.transport_sequence,
            audio_level=level,
            mid=extensions.mid,
            mid_value=mid,
        )
        self._repairs = HeaderTemplate(
            spec.rtx_ssrc or spec.ssrc,
            transport_sequence=extensions.transport_sequence,
            mid=extensions.mid,
            mid_value=mid,
        )
        self._rtx_sequence = random_bits(15)
        self.rewriter = self._make_rewriter(random_bits(15), random_bits(32))
        self.cache = (
            self._make_cache(_VIDEO_SLOTS, _VIDEO_BURST)
            if track.video
            else self._make_cache(_AUDIO_SLOTS, _AUDIO_BURST)
        )
        # Only layers count on their own; one encoding alone keeps its numbers.
        self._numbers = self._make_numbers() if track.video and track.spec.layers > 1 else None
        self._vp8 = frozenset(codec.payload_type for codec in track.spec.codecs if codec.name == "vp8")
        self.source: IncomingStream | None = None
        self.target: IncomingStream | None = None
        self.paused = False
        self.packets = self.octets = self.repeated = self.switches = 0
        self.loss = 0.0
        self.jitter_ns = 0
        # When the subscriber told of them last, Unix time; below 0: never.
        self.reported_ns = -1

    def _make_rewriter(self, sequence: int, timestamp: int) -> Rewriter:
        return Rewriter(sequence, timestamp, self.track.clock_rate)

    def _make_cache(self, slots: int, burst_octets: int) -> PacketCache:
        return PacketCache(slots, burst_octets)

    def _make_numbers(self) -> Vp8Numbers:
        return Vp8Numbers()

    def forward(
        self, stream: IncomingStream, packet: Packet, payload: bytearray, keyframe: bool, now_ns: int
    ) -> None:
        """Send the packet on if it is of the stream shown, or begins the one that shall be."""
        if stream is not self.source:
            if stream is not self.target or not keyframe:
                return
            self._switch(stream, packet, payload, now_ns)
        rewriter = self.rewriter
        size = len(payload)
        if not size and rewriter.drop(packet.sequence):
            return
        sequence = rewriter.map(packet.sequence, packet.timestamp, now_ns)
        if sequence < 0:
            return
        timestamp = (packet.timestamp + rewriter.timestamp_offset) & _U32_MAX
        second = packet.payload_type | 0x80 if packet.marker else packet.payload_type
        template = self._template
        start = template.size
        end = start + size
        if end > PACKET_MAX:
            return
        buffer = self._buffer
        level = packet.audio_level
        if packet.voice:
            level |= 0x80
        template.write(buffer, second, sequence, timestamp, self._sent.add(end, now_ns), level)
        buffer[start:end] = payload
        head = b""
        numbers = self._numbers
        if numbers is not None and packet.payload_type in self._vp8:
            numbers.renumber(buffer, start, end)
            head = bytes(buffer[start : min(end, start + _DESCRIPTOR_MAX)])
        self.cache.store((sequence, timestamp, second, payload, head))
        self.packets += 1
        self.octets += size
        self._transport.send_rtp(buffer, end)

    def _switch(self, stream: IncomingStream, packet: Packet, payload: bytearray, now_ns: int) -> None:
        self.rewriter.join(packet.sequence, packet.timestamp, now_ns, self._aligned(stream, packet.timestamp))
        if self._numbers is not None and packet.payload_type in self._vp8:
            self._numbers.switch(payload, 0, len(payload))
        if self.source is not None:
            self.switches += 1
            if stream.layer < self.source.layer:
                # The path was too narrow for what is missing of the old layer, and nobody needs it any more.
                self.cache.clear()
        self.source = stream
        self.target = None

    def _aligned(self, stream: IncomingStream, timestamp: int) -> int | None:
        """Return the time of the packet on our timeline, where sender reports of both layers tell it."""
        old = self.source
        rewriter = self.rewriter
        if old is None or old.clock.received_ns < 0 or stream.clock.received_ns < 0:
            return None
        captured_ns = stream.clock.at_ns(timestamp, rewriter.clock_rate)
        if abs(captured_ns - ntp_ns(old.clock.ntp)) > 60_000_000_000:
            return None
        on_old = old.clock.timestamp_at(captured_ns, rewriter.clock_rate)
        return (on_old + rewriter.timestamp_offset) & _U32_MAX

    def appeared(self, stream: IncomingStream) -> None:
        """A stream began: without anything to show, it is what is shown; under another SSRC it goes on."""
        if self.paused:
            return
        shown = self.target or self.source
        if shown is None or shown.layer == stream.layer:
            self.target = stream
            if self.track.video:
                self._ask_keyframe(stream)

    def shows(self, stream: IncomingStream) -> bool:
        """Return whether the stream is forwarded, or shall be from its next keyframe on."""
        return stream is self.source or stream is self.target

    def show(self, layer: int) -> None:
        """Show this layer from its next keyframe on, which is asked for; -1 shows nothing from now on."""
        if layer < 0:
            self.source = self.target = None
            return
        stream = self.track.streams[layer]
        if stream is None or stream is self.target:
            return
        if stream is self.source:
            self.target = None
            return
        self.target = stream
        if self.track.video:
            self._ask_keyframe(stream)

    def keyframe_wanted(self) -> None:
        """The subscriber asks for a keyframe."""
        stream = self.target or self.source
        if stream is not None and self.track.video:
            self._ask_keyframe(stream)

    def repeat(self, sequence: int, now_ns: int, rtt_ns: int) -> int:
        """Answer one NACK where the packet is known and the limit allows (RFC 4588); return its octets."""
        kept = self.cache.take(sequence, now_ns, rtt_ns, self.octets)
        if kept is None:
            return 0
        self.repeated += 1
        return self._send_again(kept, now_ns)

    def probe(self, now_ns: int) -> int:
        """Send the last packet once more to try the path; return its octets, 0 for nothing to repeat."""
        kept = self.cache.newest() if self.spec.rtx_ssrc else None
        return 0 if kept is None else self._send_again(kept, now_ns)

    def _send_again(self, kept: Kept, now_ns: int) -> int:
        sequence, timestamp, second, payload, head = kept
        codec = self.track.codec(second & 0x7F)
        rtx_type = codec.rtx_payload_type if codec is not None and self.spec.rtx_ssrc else 0
        buffer = self._buffer
        if rtx_type:
            start = self._repairs.size
            number = self._rtx_sequence
            self._rtx_sequence = (number + 1) & _U16_MAX
            second = second & 0x80 | rtx_type
            body = start + 2
        else:
            start = body = self._template.size
            number = sequence
        end = body + len(payload)
        if end > PACKET_MAX:
            return 0
        template = self._repairs if rtx_type else self._template
        template.write(buffer, second, number, timestamp, self._sent.add(end, now_ns))
        if rtx_type:
            buffer[start] = sequence >> 8
            buffer[start + 1] = sequence & 0xFF
        buffer[body:end] = payload
        buffer[body : body + len(head)] = head
        self._transport.send_rtp(buffer, end)
        return end
