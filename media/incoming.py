"""What one publisher sends: streams (one SSRC, one layer) and the tracks they belong to. Forwards nothing."""

from collections.abc import Sequence
from typing import Protocol

from media.keyframe import DETECTORS, Detector
from media.nack_generator import NackGenerator
from media.receiver_report import Clock, PublisherTime, Reception
from media.rtp import Packet
from media.token_bucket import TokenBucket
from media.track import Codec, TrackSpec

# Until a layer was measured, it is taken for what browsers send at 320x180, 640x360 and 1280x720.
_NOMINAL_BPS = (150_000, 500_000, 1_500_000)
_NOMINAL_AUDIO_BPS = 40_000
_MEASURE_NS = 500_000_000
# The most that Opus makes (RFC 6716 section 2.1.1: 510 kbit/s), with headers. Sound is never given up where a
# path is narrow: more of it would take the picture from all who hear it.
AUDIO_MAX_BPS = 600_000
# A layer without a packet for so long, while others come, was stopped by its publisher.
SILENT_NS = 1_000_000_000


class Outlet(Protocol):
    """Where the packets of a track go: one route."""

    def forward(
        self, stream: "IncomingStream", packet: Packet, payload: bytearray, keyframe: bool, now_ns: int
    ) -> None:
        """Send the packet on if it is of the stream that the route shows."""

    def appeared(self, stream: "IncomingStream") -> None:
        """A stream of the track was heard for the first time."""

    def shows(self, stream: "IncomingStream") -> bool:
        """Return whether the stream is forwarded, or shall be from its next keyframe on."""


class IncomingStream:
    """One encoding of a track: its primary SSRC and that of its retransmissions (0 until one came)."""

    __slots__ = (
        "_measured_ns",
        "_measured_octets",
        "clock",
        "heard_ns",
        "layer",
        "measured",
        "nacks",
        "rate_bps",
        "reception",
        "rtx_ssrc",
        "ssrc",
        "track",
        "wanted",
    )

    def __init__(self, track: "IncomingTrack", layer: int, ssrc: int, rtx_ssrc: int, now_ns: int) -> None:
        self.track = track
        self.layer = layer
        self.ssrc = ssrc
        self.rtx_ssrc = rtx_ssrc
        self.clock = Clock()
        self.nacks = self._make_nacks()
        self.reception = self._make_reception()
        # Whether somebody waits for a keyframe: only then packets are looked into. The first may be one.
        self.wanted = True
        self.heard_ns = now_ns
        self.rate_bps = _NOMINAL_AUDIO_BPS
        if track.video:
            # A single encoding counts as the lowest: it is shown at once, not only when it was measured.
            self.rate_bps = _NOMINAL_BPS[min(layer, 2)]
        self.measured = False
        self._measured_ns = now_ns
        self._measured_octets = 0

    def _make_nacks(self) -> NackGenerator:
        return NackGenerator()

    def _make_reception(self) -> Reception:
        return Reception(self.track.clock_rate)

    def measure(self, now_ns: int) -> None:
        """Take the rate of the last half second into the running one, when so long has passed."""
        elapsed_ns = now_ns - self._measured_ns
        if elapsed_ns < _MEASURE_NS:
            return
        octets = self.reception.octets
        fresh_bps = 8_000_000_000 * (octets - self._measured_octets) // elapsed_ns
        self._measured_ns = now_ns
        self._measured_octets = octets
        if now_ns - self.heard_ns > SILENT_NS:
            return
        self.rate_bps = (self.rate_bps + fresh_bps) // 2
        self.measured = True

    def end(self) -> None:
        """Be silent from now on, until a packet comes."""
        self.heard_ns = -SILENT_NS - 1

    def alive(self, now_ns: int) -> bool:
        """Return whether packets come."""
        return now_ns - self.heard_ns <= SILENT_NS


class IncomingTrack:
    """One published track: its layers as they are heard, and the routes that it takes."""

    __slots__ = (
        "allowance",
        "clock_rate",
        "codecs",
        "outlets",
        "publisher",
        "repaired",
        "spec",
        "streams",
        "time",
        "video",
    )

    def __init__(self, publisher: str, spec: TrackSpec, time: PublisherTime, allowance: TokenBucket) -> None:
        self.publisher = publisher
        self.spec = spec
        self.time = time
        self.video = spec.kind == "video"
        self.clock_rate = spec.codecs[0].clock_rate
        # What a track of sound may bring: all its streams, whichever comes after which, share it.
        self.allowance = allowance
        self.codecs: dict[int, Detector] = {
            codec.payload_type: DETECTORS.get(codec.name, DETECTORS["opus"]) for codec in spec.codecs
        }
        # Payload type of a retransmission -> that of what it repeats (RFC 4588 8.6, apt).
        self.repaired: dict[int, int] = {
            codec.rtx_payload_type: codec.payload_type for codec in spec.codecs if codec.rtx_payload_type
        }
        self.streams: list[IncomingStream | None] = [None] * spec.layers
        # Replaced and never changed, so that it may be gone through while it changes.
        self.outlets: Sequence[Outlet] = ()

    def rates_bps(self, now_ns: int) -> list[int]:
        """Return the rate of each layer, 0 for one that does not come.

        A track that fell silent as a whole is muted and keeps its rates: it goes on where it was.
        """
        alive = [stream is not None and stream.alive(now_ns) for stream in self.streams]
        muted = not any(alive)
        return [
            stream.rate_bps if stream is not None and (muted or living) else 0
            for stream, living in zip(self.streams, alive, strict=True)
        ]

    def codec(self, payload_type: int) -> Codec | None:
        """Return the codec of a payload type, None for one that was not negotiated."""
        return next((codec for codec in self.spec.codecs if codec.payload_type == payload_type), None)
