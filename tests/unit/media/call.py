"""A call through the plane by hand: a doctor who publishes, two who may watch, packets one by one."""

import random
import struct
from collections.abc import Sequence

from media.lane import Lane
from media.plane import Plane
from media.rtcp import Report, read_reports, write_report
from media.rtp import Packet, extension_table, read_packet
from media.speaker import Speakers
from media.track import Codec, Extensions, Limits, RouteSpec, TrackSpec
from tests.unit.media.packets import elements, rtp, vp8

MS = 1_000_000
SECOND = 1_000_000_000
EXTENSIONS = Extensions(transport_sequence=3, audio_level=1, mid=4, rid=10, repaired_rid=11)
TABLE = extension_table(transport_sequence=3, audio_level=1, mid=4, rid=10, repaired_rid=11)
VP8 = Codec("vp8", 96, 90000, 97)
OPUS = Codec("opus", 111, 48000)
LAYERS = ("q", "h", "f")


class Wire:
    def __init__(self) -> None:
        self.packets: list[bytes] = []
        self.rtcp: list[Report] = []
        self.pinned = memoryview(b"")

    def send_rtp(self, buffer: bytearray, length: int) -> None:
        # Encryption in place pins the memory: from now on the buffer cannot change its size.
        self.pinned = memoryview(buffer)
        self.packets.append(bytes(buffer[:length]))
        buffer[:length] = bytes(length)

    def send_rtcp(self, packet: bytes) -> None:
        self.rtcp += read_reports(packet, len(packet))

    def read(self) -> list[tuple[Packet, bytes]]:
        found = []
        for data in self.packets:
            packet = Packet()
            read_packet(data, len(data), TABLE, packet)
            found.append((packet, data[packet.payload_offset : packet.payload_end]))
        return found

    def reports(self, kind: type) -> list[Report]:
        return [report for report in self.rtcp if isinstance(report, kind)]


class Call:
    """A publisher, two subscribers, a clock; `video` says how the video is described."""

    def __init__(self, video: TrackSpec | None = None, *, limits: Limits | None = None) -> None:
        self.plane = Plane(epoch_ns=10**18, random_bits=random.Random(7).getrandbits)  # noqa: S311
        self.now_ns = 0
        self.speakers = Speakers()
        self.wires = {name: Wire() for name in ("doctor", "patient", "guest")}
        for name, wire in self.wires.items():
            self.plane.add_transport(
                name,
                wire,
                EXTENSIONS,
                now_ns=0,
                limits=limits,
                speakers=self.speakers,
                start_bps=5_000_000,
                lane=self.lane(name),
            )
        voice = TrackSpec("voice", "0", "audio", (OPUS,))
        self.plane.add_track("doctor", voice, now_ns=0)
        self.plane.add_track(
            "doctor", video or TrackSpec("face", "1", "video", (VP8,), (), ((50, 51),)), now_ns=0
        )

    def lane(self, name: str) -> Lane:
        return Lane()

    def route(self, track: str, subscriber: str, spec: RouteSpec) -> None:
        self.plane.add_route(track, subscriber, spec, now_ns=self.now_ns)

    def send(self, data: bytes, name: str = "doctor") -> None:
        buffer = bytearray(data) + bytes(40)
        self.plane.receive_rtp(name, buffer, len(data), 10**18 + self.now_ns, self.now_ns)

    def report(self, name: str, *reports: Report) -> None:
        data = bytearray(b"".join(map(write_report, reports)))
        self.plane.receive_rtcp(name, data, len(data), self.now_ns)

    def voice(self, sequences: Sequence[int], ssrc: int = 40, level: int = 30) -> None:
        for sequence in sequences:
            extension = elements((4, b"0"), (1, bytes((0x80 | level,))))
            self.send(
                rtp(
                    ssrc,
                    sequence,
                    sequence * 960,
                    b"opus%d" % sequence,
                    payload_type=111,
                    extension=extension,
                )
            )

    def frame(
        self,
        sequence: int,
        *,
        keyframe: bool = False,
        ssrc: int = 50,
        rid: bytes = b"",
        layer: int = 0,
        fill: int = 20,
    ) -> None:
        pairs = [(10, rid), (4, b"1")] if rid else [(3, struct.pack("!H", sequence))]
        payload = vp8(sequence, 1, keyframe=keyframe, begins=True, fill=fill, layer=layer)
        self.send(rtp(ssrc, sequence, sequence * 3000, payload, marker=True, extension=elements(*pairs)))

    def wait(self, length_ns: int) -> None:
        until_ns = self.now_ns + length_ns
        while self.now_ns < until_ns:
            self.now_ns += 10 * MS
            self.plane.tick(self.now_ns)
