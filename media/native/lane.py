"""One participant's numbers in memory that the native loop shares."""

import itertools
import socket
from collections.abc import Callable, Iterable
from typing import Any

from media.arrival_feedback import ArrivalFeedback
from media.downlink import Downlink
from media.incoming import IncomingStream, IncomingTrack
from media.lane import Lane
from media.native.cells import (
    NativeBucket,
    NativeSrtpCounters,
    NativeStream,
    NativeTransportCounters,
    NativeVoice,
)
from media.native.feedback import NativeArrivals, NativeSentPackets, NativeTrend
from media.native.library import Library
from media.native.route import NativeRoute
from media.path import Path, TransportCounters, UdpAddress, UdpPath
from media.route import Route, Transport
from media.sent_packets import SentPackets
from media.speaker import Voice
from media.srtp import SrtpContext
from media.token_bucket import TokenBucket
from media.track import Extensions, RouteSpec

_stream_ids = itertools.count(1)


def shared_address(library: Library, address: UdpAddress) -> Any:
    """Return the address as the loop has it: struct rl_address."""
    found = library.ffi.new("struct rl_address *")
    v6 = ":" in address[0]
    family = socket.AF_INET6 if v6 else socket.AF_INET
    host = socket.inet_pton(family, address[0].partition("%")[0])
    found.family = family
    found.port = socket.htons(address[1])
    found.scope = address[3] if len(address) == 4 else 0
    found.host[0 : len(host)] = host
    return found


class NativeLane(Lane):
    """The memory of one participant: struct rl_transport, with what it leads to kept alive here."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._c = library.ffi.new("struct rl_transport *")
        self._c.fd = self._c.arrived_highest = -1
        # What the memory points to must live as long as it does.
        self._linked: list[NativeStream] = []
        self._routed: list[tuple[NativeRoute, ...]] = []
        self._context: SrtpContext | None = None

    @property
    def memory(self) -> Any:
        """What is shared."""
        return self._c

    def counters(self) -> TransportCounters:
        """Return what the connection counts."""
        return NativeTransportCounters(self._c)

    def limits(
        self, packets: tuple[float, float], octets: tuple[float, float], now: float
    ) -> tuple[TokenBucket, TokenBucket]:
        """Return the buckets of packets and of octets, each given as (rate a second, burst)."""
        return NativeBucket(self._c.packets, *packets, now), NativeBucket(self._c.bytes, *octets, now)

    def secure(self, context: SrtpContext) -> None:
        """The connection has its keys: from now on it is decrypted and encrypted by these."""
        context.counters = NativeSrtpCounters(self._c, context.counters)
        cast = self._library.ffi.cast
        self._c.inbound, self._c.outbound = (cast("void *", one) for one in context.sessions())
        self._context = context

    def reported(self, packet: bytearray) -> None:
        """This RTCP packet was the participant's: of the same source the loop decrypts what comes next."""
        self._c.reporter = int.from_bytes(packet[4:8], "big")
        self._c.reported = 1

    def choose(self, path: Path | None) -> None:
        """Media goes this way from now on; None: nowhere."""
        if isinstance(path, UdpPath):
            self._c.address = shared_address(self._library, path.address)[0]
            self._c.fd = path.udp.fileno()
            self._c.path = self._library.lib.RL_UDP
        else:
            self._c.path = self._library.lib.RL_NO_PATH if path is None else self._library.lib.RL_ELSEWHERE

    def allowance(self, octets: tuple[float, float]) -> TokenBucket:
        """Return what one track may bring, octets given as (rate a second, burst)."""
        return NativeBucket(self._library.ffi.new("struct rl_bucket *"), *octets, 0.0)

    def arrivals(self) -> ArrivalFeedback:
        """Return the arrivals of what this participant sends."""
        return NativeArrivals(self._c, self._library)

    def voice(self, heard: bool) -> Voice:
        """Return how loud this participant is; `heard`: somebody asks for it."""
        self._c.hears = heard
        return NativeVoice(self._c)

    def downlink(self, first: int, start_bps: int) -> Downlink:
        """Return the estimate of the way to this participant; packets are numbered from `first`."""
        sent = NativeSentPackets(self._c, self._library, first)
        return Downlink(first, start_bps, sent, lambda: NativeTrend(self._library))

    def stream(
        self, track: IncomingTrack, layer: int, ssrc: int, rtx_ssrc: int, now_ns: int
    ) -> IncomingStream:
        """Return a new stream that comes from this participant."""
        memory = self._library.ffi.new("struct rl_stream *")
        memory.id = next(_stream_ids)
        return NativeStream(memory, track, layer, ssrc, rtx_ssrc, now_ns)

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
        ffi = self._library.ffi
        return NativeRoute(
            ffi.new("struct rl_route *"), ffi, self._c,
            track, spec, extensions, transport, sent, buffer, ask_keyframe, random_bits,
        )  # fmt: skip

    def read_by(self, table: bytes) -> None:
        """Extensions of what this participant sends are numbered by this table (`rtp.extension_table`)."""
        self._c.meanings[0 : len(table)] = table

    def link(self, streams: Iterable[IncomingStream]) -> None:
        """These are the participant's streams now, and their tracks' outlets are where their packets go.

        A stream that the loop cannot forward to all of them is Python's alone.
        """
        self._c.stream_count = 0
        linked: list[NativeStream] = []
        routed: list[tuple[NativeRoute, ...]] = []
        for stream in streams:
            if not isinstance(stream, NativeStream) or len(linked) == len(self._c.streams):
                continue
            outlets = tuple(stream.track.outlets)
            routes = tuple(one for one in outlets if isinstance(one, NativeRoute))
            memory = stream.memory
            memory.route_count = 0
            if len(routes) != len(outlets) or len(routes) > len(memory.routes):
                continue
            for place, route in enumerate(routes):
                memory.routes[place] = route.memory
            memory.route_count = len(routes)
            self._c.streams[len(linked)] = memory
            linked.append(stream)
            routed.append(routes)
        self._c.stream_count = len(linked)
        self._linked, self._routed = linked, routed

    def heard_ns(self) -> int:
        """Return when packets were last taken in beside Python; 0 for never."""
        return int(self._c.heard_ns)
