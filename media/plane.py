"""The data plane: packets go from publishers to subscribers, and everybody is told what they need to send
well.

Knows transports, tracks and routes; no sockets, no clock, no rooms and no people. One plane per process, in
one thread: nothing here awaits. `now_ns` is one monotonic clock throughout; arrival times are the kernel's.

    transport   what carries packets to and from one participant
    track       what one publishes, in one or more layers
    route       one track on its way to one subscriber
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from domain.call_quality import Measured, judge
from media.downlink import START_BPS
from media.incoming import IncomingStream
from media.lane import Lane
from media.receiving import ReceivingSide
from media.route import Transport, packet_buffer
from media.rtcp import (
    BitrateLimit,
    Goodbye,
    KeyframeRequest,
    Nack,
    ReceiverReport,
    SenderReport,
    read_reports,
)
from media.rtp import MalformedPacket, Octets
from media.sending import SendingSide
from media.speaker import Speakers
from media.stats import ParticipantStats, RouteStats, StreamStats
from media.track import Extensions, Limits, RouteSpec, TrackSpec
from media.transport_feedback import UnreadFeedback

# What is due for one participant goes in one datagram, which stays below what any path carries whole.
_RTCP_MAX = 1_150
# A receiver reports each second or oftener what it gets; what it no longer mentions is not known any more.
_REPORT_HOLDS_NS = 5_000_000_000


class Observer(Protocol):
    """Who wants to know what the plane decides. Called within `tick` or `receive_*`: only to take note."""

    def layer_changed(self, subscriber: str, track: str, layer: int) -> None:
        """A subscriber is to see another layer (-1: nothing) of a track."""

    def keyframe_requested(self, publisher: str, ssrc: int) -> None:
        """A publisher is asked for a keyframe of a stream as soon as the throttle allows."""


class _Participant:
    """Both halves of one transport, and what waits to be sent to it."""

    __slots__ = (
        "_pending", "extensions", "heard_ns", "lane", "malformed", "receiving", "sending", "transport",
    )  # fmt: skip

    def __init__(
        self,
        transport: Transport,
        extensions: Extensions,
        receiving: ReceivingSide,
        sending: SendingSide,
        lane: Lane,
    ) -> None:
        self.lane = lane
        self.transport = transport
        self.extensions = extensions
        self.receiving = receiving
        self.sending = sending
        self.malformed = 0
        self.heard_ns = 0
        self._pending = bytearray()

    def queue(self, packet: bytes) -> None:
        """Add RTCP to the datagram that goes at the end of the tick."""
        if self._pending and len(self._pending) + len(packet) > _RTCP_MAX:
            self.flush()
        self._pending += packet

    def flush(self) -> None:
        """Send what waits."""
        if self._pending:
            self.transport.send_rtcp(bytes(self._pending))
            self._pending.clear()


def _unread(_buffer: Octets, at: int, end: int) -> UnreadFeedback:
    return UnreadFeedback(at, end)


class Plane:
    """The interface of the data plane. Names of participants and tracks are the caller's, unknown ones a
    KeyError.

    `epoch_ns`: Unix time in nanoseconds at now_ns = 0, for sender reports. `random_bits(n)`: n random bits,
    where streams begin (RFC 3550 5.1).
    """

    def __init__(
        self, *, epoch_ns: int, random_bits: Callable[[int], int], observer: Observer | None = None
    ) -> None:
        self._epoch_ns = epoch_ns
        self._random_bits = random_bits
        self._observer = observer
        self._participants: dict[str, _Participant] = {}
        # Track -> its publisher.
        self._publishers: dict[str, str] = {}
        self._buffer = packet_buffer()

    def add_transport(
        self,
        participant: str,
        transport: Transport,
        extensions: Extensions,
        *,
        now_ns: int,
        limits: Limits | None = None,
        speakers: Speakers | None = None,
        start_bps: int = START_BPS,
        lane: Lane | None = None,
    ) -> None:
        """Begin with a participant, without tracks and routes. `speakers`: those of its room. `lane`: its
        connection's.
        """
        if participant in self._participants:
            raise KeyError(participant)
        lane = lane or Lane()
        receiving = ReceivingSide(
            participant, extensions, limits or Limits(), speakers, self._random_bits(32) | 1, lane
        )
        first = self._random_bits(15)
        sending = SendingSide(participant, lane.downlink(first, start_bps), self._layer_changed)
        self._participants[participant] = _Participant(transport, extensions, receiving, sending, lane)
        self._participants[participant].heard_ns = now_ns

    def remove_transport(self, participant: str) -> None:
        """End all routes from and to a participant, and forget them."""
        leaving = self._participants[participant]
        for track in list(leaving.receiving.tracks):
            self.remove_track(track)
        for track in list(leaving.sending.routes):
            self.remove_route(track, participant)
        leaving.receiving.leave()
        del self._participants[participant]

    def add_track(self, publisher: str, spec: TrackSpec, *, now_ns: int) -> None:
        """Expect a track of this publisher. More than its limit allows are a ValueError."""
        receiving = self._participants[publisher].receiving
        if spec.track in self._publishers or not receiving.room_for_track():
            raise ValueError("a track that is there already, or one too many")
        receiving.add_track(spec, now_ns)
        self._publishers[spec.track] = publisher

    def remove_track(self, track: str) -> None:
        """End a track and its routes."""
        for participant, side in self._participants.items():
            if track in side.sending.routes:
                self.remove_route(track, participant)
        self._participants[self._publishers.pop(track)].receiving.remove_track(track)

    def add_route(self, track: str, subscriber: str, spec: RouteSpec, *, now_ns: int) -> None:
        """Send a track to a subscriber from now on: audio at once, video from its next keyframe."""
        to = self._participants[subscriber]
        if track in to.sending.routes:
            raise ValueError("a route that is there already")
        source = self._participants[self._publishers[track]].receiving
        incoming = source.tracks[track]
        route = to.lane.route(
            incoming,
            spec,
            to.extensions,
            to.transport,
            to.sending.downlink.sent,
            self._buffer,
            lambda stream: self._ask_keyframe(source, stream),
            self._random_bits,
        )
        incoming.outlets = (*incoming.outlets, route)
        source.relink()
        to.sending.add(track, route, now_ns)

    def remove_route(self, track: str, subscriber: str) -> None:
        """End a route."""
        route = self._participants[subscriber].sending.remove(track)
        route.track.outlets = tuple(outlet for outlet in route.track.outlets if outlet is not route)
        self._participants[self._publishers[track]].receiving.relink()

    def pause_route(self, track: str, subscriber: str, paused: bool, *, now_ns: int) -> None:
        """Hold a route, or let it go on without a hole in its numbers."""
        self._participants[subscriber].sending.pause(track, paused, now_ns)

    def wish(self, track: str, subscriber: str, *, ceiling: int, priority: int, now_ns: int) -> None:
        """Say how large a video is shown (highest layer of use), and how much it matters (lower is more)."""
        self._participants[subscriber].sending.wish(track, ceiling, priority, now_ns)

    def receive_rtp(
        self, participant: str, buffer: bytearray, length: int, arrival_ns: int, now_ns: int
    ) -> None:
        """Take in a decrypted packet in buffer[:length], free on return. Never raises for its content."""
        sender = self._participants[participant]
        sender.heard_ns = now_ns
        try:
            sender.receiving.receive(buffer, length, arrival_ns, now_ns)
        except MalformedPacket:
            sender.malformed += 1

    def receive_rtcp(self, participant: str, buffer: bytearray, length: int, now_ns: int) -> None:
        """Take in one decrypted RTCP datagram. Never raises for its content."""
        sender = self._participants[participant]
        sender.heard_ns = now_ns
        if not sender.sending.allowance.take(1, now_ns / 1e9):
            sender.receiving.throttled += 1
            return
        try:
            self._take_reports(sender, buffer, length, now_ns)
        except MalformedPacket:
            sender.malformed += 1

    def _take_reports(self, sender: _Participant, buffer: bytearray, length: int, now_ns: int) -> None:
        reports = read_reports(buffer, length, _unread)
        receiving, sending = sender.receiving, sender.sending
        unix_ns = self._epoch_ns + now_ns
        for report in reports:
            match report:
                case UnreadFeedback(at, end):
                    downlink = sending.downlink
                    downlink.told(*downlink.sent.told(buffer, at, end), now_ns)
                case Nack():
                    sending.missed(report.ssrc, report.sequences, now_ns)
                case KeyframeRequest():
                    sending.keyframe_wanted(report.ssrc)
                case SenderReport():
                    receiving.reported(report, now_ns, unix_ns)
                    sending.reported(report.blocks, unix_ns)
                case ReceiverReport():
                    sending.reported(report.blocks, unix_ns)
                case BitrateLimit():
                    sending.downlink.limit(report.bitrate_bps)
                case Goodbye():
                    receiving.ended(report)
                case _:
                    pass
        receiving.rtt_ns = sending.rtt_ns

    def tick(self, now_ns: int) -> None:
        """Let time pass for everybody, every 10-20 ms; a late call delays feedback and no more."""
        unix_ns = self._epoch_ns + now_ns
        for participant in self._participants.values():
            participant.receiving.tick(now_ns, participant.queue)
            participant.sending.tick(now_ns, unix_ns, participant.queue)
            participant.flush()

    def stats(self, participant: str, now_ns: int) -> ParticipantStats:
        """Return how it goes for one participant."""
        side = self._participants[participant]
        unix_ns = self._epoch_ns + now_ns
        sends = tuple(
            StreamStats(
                name,
                stream.ssrc,
                stream.layer,
                stream.rate_bps if stream.alive(now_ns) else 0,
                stream.reception.fraction_lost / 256,
                stream.reception.jitter_ns,
                stream.nacks.recovered,
                stream.alive(now_ns),
                track.video,
            )
            for name, track in side.receiving.tracks.items()
            for stream in track.streams
            if stream is not None
        )
        gets = tuple(
            RouteStats(
                name,
                -1 if route.source is None else route.source.layer,
                route.packets,
                route.octets,
                route.repeated,
                route.switches,
                route.loss,
                route.jitter_ns,
                route.track.spec.layers,
                route.reported_ns >= unix_ns - _REPORT_HOLDS_NS,
                route.track.video,
            )
            for name, route in side.sending.routes.items()
        )
        told = ParticipantStats(
            participant,
            None,
            side.sending.round_trip_ns,
            side.sending.estimate_bps,
            side.sending.rate_bps,
            side.sending.downlink.loss,
            sends,
            gets,
            side.receiving.unknown,
            side.malformed,
        )
        return replace(
            told, quality=judge(_measured(told, now_ns - max(side.heard_ns, side.lane.heard_ns())))
        )

    def _ask_keyframe(self, source: ReceivingSide, stream: IncomingStream) -> None:
        source.ask_keyframe(stream)
        if self._observer is not None:
            self._observer.keyframe_requested(source.name, stream.ssrc)

    def _layer_changed(self, subscriber: str, track: str, layer: int) -> None:
        if self._observer is not None:
            self._observer.layer_changed(subscriber, track, layer)


def _measured(told: ParticipantStats, silent_ns: int) -> Measured:
    """Return what the word follows from. Where nobody is sent anything, silence says nothing."""
    return Measured(
        told.loss,
        told.rtt_ns / 1e6 if told.rtt_ns >= 0 else None,
        None if told.jitter_ns is None else told.jitter_ns / 1e6,
        silent_ns / 1e6 if told.sent_bps > 0 else 0,
    )
