"""A stand-in for a browser in the simulated network: publishes, repairs, reports, keeps what it got."""

import struct
from typing import TYPE_CHECKING

from media.arrival_feedback import ArrivalFeedback
from media.downlink import Downlink
from media.nack_generator import NackGenerator
from media.receiver_report import ntp
from media.rtcp import (
    KeyframeRequest,
    Nack,
    ReceiverReport,
    ReportBlock,
    SenderReport,
    read_reports,
    write_report,
)
from media.rtp import Packet, extension_table, read_packet, read_u16
from media.track import Codec, RouteSpec, TrackSpec
from media.transport_feedback import Feedback
from tests.unit.media.packets import elements, rtp, vp8

if TYPE_CHECKING:
    from tests.unit.media.network import Network

MS = 1_000_000
SECOND = 1_000_000_000
AUDIO, VIDEO, RTX = 111, 96, 97
LAYERS_BPS = (150_000, 500_000, 1_500_000)
RIDS = ("q", "h", "f")
_FRAME_NS = SECOND // 30
_MTU = 1100
_TABLE = extension_table(transport_sequence=3, audio_level=1, mid=4, rid=10, repaired_rid=11)


class Layer:
    """One encoding that is published."""

    def __init__(self, index: int, ssrc: int, rate_bps: int, start: int) -> None:
        self.index = index
        self.ssrc = ssrc
        self.rtx_ssrc = ssrc + 1000
        self.rate_bps = rate_bps
        self.active = True
        self.sequence = start
        self.rtx_sequence = 7
        self.timestamp = start * 3
        self.picture = start & 0x7FFF
        self.keyframe = True
        self.keyframes = 0
        self.sent: dict[int, tuple[int, bool, bytes]] = {}


class Received:
    """What one route brought: numbers that came and did not, frames and layers."""

    def __init__(self, video: bool) -> None:
        self.video = video
        self.nacks = NackGenerator()
        self.sequences: set[int] = set()
        self.first = self.highest = -1
        self.packets = self.octets = self.lost_keyframes = 0
        self.timestamps: list[int] = []
        self.pictures: list[int] = []
        self.layer = -1
        self.layers: list[tuple[int, int]] = []
        self.last_ns = 0

    def missing(self, before: int = 0) -> int:
        """Return how many numbers never came, but for the last `before`."""
        return sum(number not in self.sequences for number in range(self.first, self.highest + 1 - before))


class Browser:
    """`video`: how many layers are published (0: none)."""

    def __init__(self, name: str, base: int, *, audio: bool = True, video: int = 3) -> None:
        self.name = name
        self.base = base
        self.audio = audio
        self.muted = False
        start = 100 + base % 977
        self.layers = [
            Layer(
                index, base + index, LAYERS_BPS[-1] if video == 1 else LAYERS_BPS[index], start * (index + 1)
            )
            for index in range(video)
        ]
        self.received: dict[int, Received] = {}
        self.uplink = Downlink()
        self.feedback = ArrivalFeedback()
        self.requests: list[tuple[int, int]] = []
        self.repair = True
        self.adapt = False
        self._audio_sequence = 5
        self._spoken: dict[int, int] = {}
        self._rtx: dict[int, int] = {}

    @property
    def tracks(self) -> list[TrackSpec]:
        specs = []
        if self.audio:
            specs.append(TrackSpec(f"{self.name}.a", "0", "audio", (Codec("opus", AUDIO, 48000),), nack=True))
        if self.layers:
            rids = RIDS[: len(self.layers)] if len(self.layers) > 1 else ()
            codec = Codec("vp8", VIDEO, 90000, RTX)
            specs.append(TrackSpec(f"{self.name}.v", "1", "video", (codec,), rids))
        return specs

    def begin(self, network: "Network") -> None:
        self.network = network
        for spec in self.tracks:
            network.plane.add_track(self.name, spec, now_ns=network.now_ns)
        self._frame()
        self._voice()
        self._report()
        self._tick()

    def watch(self, other: "Browser", ssrc: int) -> tuple[int, int]:
        """Route another's tracks to this browser; return the SSRCs of audio and video."""
        plane, now_ns = self.network.plane, self.network.now_ns
        if other.audio:
            self.received[ssrc] = Received(False)
            plane.add_route(f"{other.name}.a", self.name, RouteSpec(ssrc, mid="0"), now_ns=now_ns)
        if other.layers:
            self.received[ssrc + 1] = Received(True)
            self._rtx[ssrc + 2] = ssrc + 1
            spec = RouteSpec(ssrc + 1, ssrc + 2, mid="1")
            plane.add_route(f"{other.name}.v", self.name, spec, now_ns=now_ns)
        return ssrc, ssrc + 1

    def _send(
        self, layer: Layer | None, ssrc: int, sequence: int, timestamp: int, payload: bytes, **more: object
    ) -> None:
        # Numbers are given at the moment of sending, as browsers do.
        number = self.uplink.sent.add(len(payload) + 30, self.network.now_ns)
        pairs = [(3, struct.pack("!H", number)), (4, b"0" if layer is None else b"1")]
        if layer is None:
            pairs.append((1, bytes((0x80 | 30,))))
        elif len(self.layers) > 1:
            pairs.append((11 if ssrc == layer.rtx_ssrc else 10, RIDS[layer.index].encode()))
        packet = rtp(ssrc, sequence, timestamp, payload, extension=elements(*pairs), **more)  # type: ignore[arg-type]
        self.network.to_plane(self, packet, False)

    def _voice(self) -> None:
        self.network.after(20 * MS, self._voice)
        if not self.audio or self.muted:
            return
        self._spoken[self._audio_sequence] = self.network.now_ns * 48 // MS
        self._speak(self._audio_sequence)
        self._audio_sequence += 1

    def _speak(self, sequence: int) -> None:
        self._send(None, self.base + 50, sequence, self._spoken[sequence], bytes(80), payload_type=AUDIO)

    def _frame(self) -> None:
        self.network.after(_FRAME_NS, self._frame)
        if self.muted:
            return
        share = 1.0
        if self.adapt:
            total = sum(layer.rate_bps for layer in self.layers if layer.active)
            share = min(1.0, self.uplink.estimate_bps / max(1, total))
        for layer in self.layers:
            if layer.active:
                self._encode(layer, share)

    def _encode(self, layer: Layer, share: float) -> None:
        keyframe = layer.keyframe
        layer.keyframe = False
        layer.keyframes += keyframe
        layer.timestamp = self.network.now_ns * 9 // 100_000 + layer.index * 12345
        layer.picture = (layer.picture + 1) & 0x7FFF
        size = int(layer.rate_bps * share) // 240 * (3 if keyframe else 1)
        while size > 0:
            begins = size == int(layer.rate_bps * share) // 240 * (3 if keyframe else 1)
            fill = min(size, _MTU)
            size -= fill
            payload = vp8(
                layer.picture, 9, keyframe=keyframe and begins, begins=begins, fill=fill, layer=layer.index
            )
            layer.sent[layer.sequence & 0xFFFF] = (layer.timestamp, size == 0, payload)
            layer.sent.pop(layer.sequence - 1000 & 0xFFFF, None)
            self._send(
                layer,
                layer.ssrc,
                layer.sequence,
                layer.timestamp,
                payload,
                payload_type=VIDEO,
                marker=size == 0,
            )
            layer.sequence += 1

    def _report(self) -> None:
        self.network.after(SECOND, self._report)
        now_ns = self.network.now_ns
        # A clock of its own, ahead of ours.
        stamp = ntp(now_ns + 77 * SECOND)
        for layer in self.layers:
            timestamp = now_ns * 9 // 100_000 + layer.index * 12345
            report = SenderReport(layer.ssrc, stamp, timestamp & 0xFFFFFFFF, 1, 1)
            self.network.to_plane(self, write_report(report), True)
        for ssrc, received in self.received.items():
            if received.highest >= 0:
                block = ReportBlock(ssrc, 0, 0, received.highest, 0, 0, 0)
                self.network.to_plane(self, write_report(ReceiverReport(1, (block,))), True)

    def _tick(self) -> None:
        self.network.after(20 * MS, self._tick)
        now_ns = self.network.now_ns
        self.uplink.tick(now_ns)
        if self.feedback.due(now_ns):
            self.network.to_plane(self, self.feedback.build(now_ns, 1), True)
        for ssrc, received in self.received.items():
            wanted = received.nacks.due(now_ns, 80 * MS) if self.repair else []
            if wanted:
                self.network.to_plane(self, write_report(Nack(1, ssrc, tuple(wanted))), True)
            if received.nacks.gave_up:
                received.nacks.asked_keyframe()
                received.lost_keyframes += 1
                self.network.to_plane(self, write_report(KeyframeRequest(1, ssrc)), True)

    def receive_rtcp(self, packet: bytes, arrival_ns: int) -> None:
        for report in read_reports(packet, len(packet)):
            if isinstance(report, Feedback):
                self.uplink.feedback(report, arrival_ns)
            elif isinstance(report, Nack):
                self._repeat(report)
            elif isinstance(report, KeyframeRequest):
                self.requests.append((arrival_ns, report.ssrc))
                for layer in self.layers:
                    layer.keyframe |= layer.ssrc == report.ssrc
                    layer.keyframe &= layer.active

    def _repeat(self, nack: Nack) -> None:
        if nack.ssrc == self.base + 50:
            # Voice has no retransmission stream: the packet itself goes again.
            for sequence in nack.sequences:
                self._speak(sequence)
        for layer in self.layers:
            for sequence in nack.sequences if layer.ssrc == nack.ssrc else ():
                if sequence in layer.sent:
                    timestamp, marker, payload = layer.sent[sequence]
                    layer.rtx_sequence += 1
                    self._send(
                        layer,
                        layer.rtx_ssrc,
                        layer.rtx_sequence,
                        timestamp,
                        struct.pack("!H", sequence) + payload,
                        payload_type=RTX,
                        marker=marker,
                    )

    def receive_rtp(self, packet: bytes, arrival_ns: int) -> None:
        parsed = Packet()
        read_packet(packet, len(packet), _TABLE, parsed)
        self.feedback.add(parsed.transport_sequence, arrival_ns + 5 * SECOND, parsed.ssrc)
        payload = packet[parsed.payload_offset : parsed.payload_end]
        ssrc = parsed.ssrc
        repeated = ssrc in self._rtx
        if repeated:
            ssrc = self._rtx[ssrc]
            parsed.sequence = read_u16(payload, 0)
            payload = payload[2:]
            assert parsed.payload_type == RTX
        received = self.received[ssrc]
        received.last_ns = arrival_ns
        if not received.nacks.receive(parsed.sequence, arrival_ns):
            return
        if received.first < 0:
            received.first = received.highest = parsed.sequence
        extended = received.highest + ((parsed.sequence - received.highest + 0x8000) & 0xFFFF) - 0x8000
        received.sequences.add(extended)
        received.packets += 1
        received.octets += len(packet)
        if extended >= received.highest:
            received.highest = extended
            received.timestamps.append(parsed.timestamp)
            if received.video:
                received.pictures.append((payload[2] & 0x7F) << 8 | payload[3])
                if payload[6] != received.layer:
                    received.layer = payload[6]
                    # A decoder begins anew with the keyframe: what came before is missed by nobody.
                    received.nacks.skip()
                    received.layers.append((arrival_ns, payload[6]))
