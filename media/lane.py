"""Where the numbers of one participant live that every packet changes.

A `Lane` is asked for them by the connection and by the plane, for the one participant that both are of. This
one keeps them in Python's own objects; the native loop has one whose objects are views of memory that it
shares. Whoever uses them need not know which.
"""

from collections.abc import Callable, Iterable

from media.arrival_feedback import ArrivalFeedback
from media.downlink import Downlink
from media.incoming import IncomingStream, IncomingTrack
from media.path import Path, TransportCounters
from media.route import Route, Transport
from media.sent_packets import SentPackets
from media.speaker import Voice
from media.srtp import SrtpContext
from media.token_bucket import TokenBucket
from media.track import Extensions, RouteSpec


class Lane:
    """The numbers of one participant, in plain Python."""

    def counters(self) -> TransportCounters:
        """Return what the connection counts."""
        return TransportCounters()

    def limits(
        self, packets: tuple[float, float], octets: tuple[float, float], now: float
    ) -> tuple[TokenBucket, TokenBucket]:
        """Return the buckets of packets and of octets, each given as (rate a second, burst)."""
        return TokenBucket(*packets, now), TokenBucket(*octets, now)

    def secure(self, context: SrtpContext) -> None:
        """The connection has its keys: from now on it is decrypted and encrypted by these."""

    def reported(self, packet: bytearray) -> None:
        """This RTCP packet was the participant's."""

    def choose(self, path: Path | None) -> None:
        """Media goes this way from now on; None: nowhere."""

    def allowance(self, octets: tuple[float, float]) -> TokenBucket:
        """Return what one track may bring, octets given as (rate a second, burst)."""
        return TokenBucket(*octets, 0.0)

    def arrivals(self) -> ArrivalFeedback:
        """Return the arrivals of what this participant sends."""
        return ArrivalFeedback()

    def voice(self, heard: bool) -> Voice:
        """Return how loud this participant is; `heard`: somebody asks for it."""
        return Voice()

    def downlink(self, first: int, start_bps: int) -> Downlink:
        """Return the estimate of the way to this participant; packets are numbered from `first`."""
        return Downlink(first, start_bps)

    def stream(
        self, track: IncomingTrack, layer: int, ssrc: int, rtx_ssrc: int, now_ns: int
    ) -> IncomingStream:
        """Return a new stream that comes from this participant."""
        return IncomingStream(track, layer, ssrc, rtx_ssrc, now_ns)

    def route(
        self,
        track: IncomingTrack,
        spec: RouteSpec,
        extensions: Extensions,
        transport: Transport,
        sent: SentPackets,
        buffer: bytearray,
        ask_keyframe: Callable[[IncomingStream], None],
        random_bits: Callable[[int], int],
    ) -> Route:
        """Return a new route that leads to this participant, through its `transport`."""
        return Route(track, spec, extensions, transport, sent, buffer, ask_keyframe, random_bits)

    def read_by(self, table: bytes) -> None:
        """Extensions of what this participant sends are numbered by this table (`rtp.extension_table`)."""

    def link(self, streams: Iterable[IncomingStream]) -> None:
        """These are the participant's streams now, and their tracks' outlets are where their packets go."""

    def heard_ns(self) -> int:
        """Return when packets were last taken in beside Python; 0 for never."""
        return 0
