"""The receiving half of one transport: packets become streams of tracks, and their publisher is told."""

from collections.abc import Callable

from media.incoming import AUDIO_MAX_BPS, IncomingStream, IncomingTrack
from media.keyframe_requests import KeyframeRequests
from media.lane import Lane
from media.receiver_report import PublisherTime, ntp, ntp_ns
from media.rtcp import Goodbye, KeyframeRequest, Nack, ReceiverReport, SenderReport, write_report
from media.rtp import Packet, extension_table, read_packet, read_u16, span
from media.speaker import Speakers
from media.track import Extensions, Limits, TrackSpec

_REPORT_NS = 1_000_000_000
_BLOCKS_MAX = 31
_DEFAULT_RTT_NS = 100_000_000
# At most so many NACKs go to one publisher at a time, so that loss does not fill its downlink too.
_NACKS_MAX = 64


class ReceivingSide:
    """What one participant sends us: `receive` per packet, `tick` every 10-50 ms."""

    __slots__ = (
        "_feedback",
        "_lane",
        "_limits",
        "_packet",
        "_primary",
        "_reported_ns",
        "_speakers",
        "_streams",
        "_table",
        "_voice",
        "keyframes",
        "name",
        "rtt_ns",
        "ssrc",
        "throttled",
        "time",
        "tracks",
        "unknown",
    )

    def __init__(
        self,
        name: str,
        extensions: Extensions,
        limits: Limits,
        speakers: Speakers | None,
        ssrc: int,
        lane: Lane,
    ) -> None:
        self.name = name
        self.ssrc = ssrc
        self._limits = limits
        self._speakers = speakers
        self._table = extension_table(
            transport_sequence=extensions.transport_sequence,
            audio_level=extensions.audio_level,
            mid=extensions.mid,
            rid=extensions.rid,
            repaired_rid=extensions.repaired_rid,
            dependency=extensions.dependency,
        )
        self._packet = Packet()
        self._streams: dict[int, IncomingStream] = {}
        # Those known by an SSRC of their own, without that of repairs.
        self._primary: tuple[IncomingStream, ...] = ()
        self._lane = lane
        self._feedback = lane.arrivals()
        self._voice = lane.voice(speakers is not None)
        if speakers is not None:
            speakers.join(name, self._voice)
        lane.read_by(self._table)
        self.tracks: dict[str, IncomingTrack] = {}
        self.keyframes = KeyframeRequests()
        self.time = PublisherTime()
        self.rtt_ns = _DEFAULT_RTT_NS
        self._reported_ns = 0
        self.unknown = self.throttled = 0

    def receive(self, buffer: bytearray, length: int, arrival_ns: int, now_ns: int) -> None:
        """Take in the RTP packet in buffer[:length], which is free again on return. Raise MalformedPacket."""
        packet = self._packet
        read_packet(buffer, length, self._table, packet)
        ssrc = packet.ssrc
        if packet.transport_sequence >= 0:
            self._feedback.add(packet.transport_sequence, arrival_ns, ssrc)
        stream = self._streams.get(ssrc)
        if stream is None:
            stream = self._learn(buffer, packet, now_ns)
            if stream is None:
                self.unknown += 1
                return
        track = stream.track
        repaired = False
        start = packet.payload_offset
        end = packet.payload_end
        if ssrc == stream.ssrc:
            stream.heard_ns = now_ns
            stream.reception.add(packet.sequence, packet.timestamp, length, arrival_ns)
        else:
            # A retransmission (RFC 4588 section 4): the original number, then the original payload.
            original = track.repaired.get(packet.payload_type)
            if original is None or end - start < 2:
                return
            packet.sequence = read_u16(buffer, start)
            packet.payload_type = original
            start += 2
            repaired = True
        if not stream.nacks.receive(packet.sequence, now_ns):
            return
        detect = track.codecs.get(packet.payload_type)
        if detect is None:
            self.unknown += 1
            return
        keyframe = True
        if track.video:
            # A switch begins in order: what followed a late beginning is gone already.
            keyframe = stream.wanted and not repaired and detect(buffer, start, end, packet.dependency)
            if keyframe:
                stream.wanted = False
                self.keyframes.arrived(stream.ssrc)
        else:
            if not track.allowance.take(length, now_ns / 1e9):
                self.throttled += 1
                return
            if packet.audio_level >= 0 and self._speakers is not None:
                self._voice.add(packet.audio_level, now_ns)
        outlets = track.outlets
        if outlets:
            # One copy of the payload serves every subscriber and its packet cache.
            payload = buffer[start:end]
            for outlet in outlets:
                outlet.forward(stream, packet, payload, keyframe, now_ns)

    def _learn(self, buffer: bytearray, packet: Packet, now_ns: int) -> IncomingStream | None:
        """Find whose packet this is, by mid and rid (RFC 8843 9.2, RFC 8852), or None."""
        if len(self._streams) >= self._limits.streams or not packet.mid:
            return None
        mid = span(buffer, packet.mid)
        track = next((track for track in self.tracks.values() if track.spec.mid.encode() == mid), None)
        if track is None:
            return None
        repair = packet.payload_type in track.repaired
        rids = track.spec.rids
        layer = 0
        if rids:
            named = span(buffer, packet.repaired_rid if repair else packet.rid).decode("ascii", "replace")
            if named not in rids:
                return None
            layer = rids.index(named)
        if not repair and packet.payload_type not in track.codecs:
            return None
        stream = track.streams[layer]
        if repair:
            if stream is None or stream.rtx_ssrc:
                return None
            stream.rtx_ssrc = packet.ssrc
            self._streams[packet.ssrc] = stream
            self.relink()
            return stream
        return self._add_stream(track, layer, packet.ssrc, 0, now_ns)

    def _add_stream(
        self, track: IncomingTrack, layer: int, ssrc: int, rtx_ssrc: int, now_ns: int
    ) -> IncomingStream:
        for one in filter(None, (ssrc, rtx_ssrc)):
            taken = self._streams.get(one)
            if taken is not None:
                # One SSRC is one stream: what an answer describes counts more than what was heard before.
                self._drop_stream(taken)
        old = track.streams[layer]
        if old is not None:
            # The publisher began this layer anew under another SSRC.
            self._drop_stream(old)
        stream = self._lane.stream(track, layer, ssrc, rtx_ssrc, now_ns)
        track.streams[layer] = stream
        self._streams[ssrc] = stream
        if rtx_ssrc:
            self._streams[rtx_ssrc] = stream
        for outlet in track.outlets:
            outlet.appeared(stream)
        self.relink()
        return stream

    def _drop_stream(self, stream: IncomingStream) -> None:
        self._streams.pop(stream.ssrc, None)
        self._streams.pop(stream.rtx_ssrc, None)
        self.keyframes.forget(stream.ssrc)
        if stream.track.streams[stream.layer] is stream:
            stream.track.streams[stream.layer] = None
        self.relink()

    def relink(self) -> None:
        """Tell the lane of streams or outlets that changed."""
        self._primary = tuple(stream for ssrc, stream in self._streams.items() if ssrc == stream.ssrc)
        self._lane.link(self._primary)

    def leave(self) -> None:
        """Nothing comes any more."""
        self._streams.clear()
        self.relink()
        if self._speakers is not None:
            self._speakers.forget(self.name)

    def add_track(self, spec: TrackSpec, now_ns: int) -> IncomingTrack:
        """Expect a track; its streams are known by SSRC where that was described, else by mid and rid."""
        allowance = self._lane.allowance((AUDIO_MAX_BPS / 8, AUDIO_MAX_BPS / 8))
        track = IncomingTrack(self.name, spec, self.time, allowance)
        self.tracks[spec.track] = track
        for layer, (ssrc, rtx_ssrc) in enumerate(spec.streams[: spec.layers]):
            self._add_stream(track, layer, ssrc, rtx_ssrc, now_ns)
        return track

    def room_for_track(self) -> bool:
        """Return whether the limits allow one more track."""
        return len(self.tracks) < self._limits.tracks

    def remove_track(self, name: str) -> None:
        """Forget a track and its streams."""
        track = self.tracks.pop(name)
        for stream in track.streams:
            if stream is not None:
                self._drop_stream(stream)

    def ask_keyframe(self, stream: IncomingStream) -> None:
        """Wish for a keyframe; the throttle decides when it is asked for. Of what is gone nobody is asked."""
        if self._streams.get(stream.ssrc) is not stream:
            return
        stream.wanted = True
        self.keyframes.ask(stream.ssrc)

    def reported(self, report: SenderReport, now_ns: int, unix_ns: int) -> None:
        """Take in a publisher's own report of one of its streams."""
        stream = self._streams.get(report.ssrc)
        if stream is not None and stream.ssrc == report.ssrc:
            stream.clock.set(report, now_ns)
            self.time.add(report, ntp_ns(ntp(unix_ns)))

    def ended(self, goodbye: Goodbye) -> None:
        """Count streams that their publisher ended as silent at once.

        Their SSRCs stay known: who goes on with one does not name its line again.
        """
        for ssrc in goodbye.ssrcs:
            stream = self._streams.get(ssrc)
            if stream is not None and stream.ssrc == ssrc:
                stream.end()

    def tick(self, now_ns: int, send: Callable[[bytes], None]) -> None:
        """Let time pass: feedback, NACKs, keyframe requests and reports that are due go through `send`."""
        if self._feedback.due(now_ns):
            packet = self._feedback.build(now_ns, self.ssrc)
            if packet:
                send(packet)
        for stream in self._primary:
            nacks = stream.nacks
            if nacks.missing or nacks.gave_up:
                self._repair(stream, now_ns, send)
        if self.keyframes.pending:
            self._ask_keyframes(now_ns, send)
        if now_ns - self._reported_ns >= _REPORT_NS:
            self._reported_ns = now_ns
            self._report(now_ns, send)

    def _ask_keyframes(self, now_ns: int, send: Callable[[bytes], None]) -> None:
        for ssrc in self.keyframes.due(now_ns):
            stream = self._streams[ssrc]
            if not any(outlet.shows(stream) for outlet in stream.track.outlets):
                # Whoever wished for it left, or sees another layer by now.
                self.keyframes.arrived(ssrc)
            elif stream.alive(now_ns) or not stream.reception.received:
                send(write_report(KeyframeRequest(self.ssrc, ssrc)))

    def _repair(self, stream: IncomingStream, now_ns: int, send: Callable[[bytes], None]) -> None:
        nacks = stream.nacks
        if not any(outlet.shows(stream) for outlet in stream.track.outlets):
            nacks.skip()
            return
        wanted = nacks.due(now_ns, self.rtt_ns)
        if wanted and stream.track.spec.nack:
            send(write_report(Nack(self.ssrc, stream.ssrc, tuple(wanted[:_NACKS_MAX]))))
        if nacks.gave_up:
            nacks.asked_keyframe()
            if stream.track.video:
                self.ask_keyframe(stream)

    def _report(self, now_ns: int, send: Callable[[bytes], None]) -> None:
        blocks = []
        for track in self.tracks.values():
            for stream in track.streams:
                if stream is not None:
                    stream.measure(now_ns)
                    if stream.reception.received:
                        blocks.append(stream.reception.block(stream.ssrc, now_ns, stream.clock))
        if blocks:
            send(write_report(ReceiverReport(self.ssrc, tuple(blocks[:_BLOCKS_MAX]))))
