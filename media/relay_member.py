"""One participant of the relay: its connection and its negotiation, and what both have come to."""

from collections.abc import Callable
from typing import Protocol

from media.negotiation import Negotiation
from media.plane import Plane
from media.relay_answer import Answer, LineAnswer
from media.relay_line import Line, Published, Watched
from media.track import RouteSpec, TrackSpec
from media.transport import EndReason, RelayTransport, TransportState


class Members(Protocol):
    """Who wants to know how a participant's connection goes."""

    def changed(self, member: "Member", state: TransportState, reason: EndReason | None) -> None:
        """Learn of a new state."""
        ...


def track_name(participant: str, source: str) -> str:
    """Return the name under which a participant's source is known to all others (a token of RFC 8830)."""
    return f"{participant}.{source}"


class Member:
    """Hands packets from the connection to the plane, and keeps what the last answers agreed to.

    It is the connection's listener. `tracks` are those that the plane expects of it, `routes` the names of
    those that the plane sends to it.
    """

    def __init__(
        self,
        name: str,
        room: str,
        plane: Plane,
        members: Members,
        clock_ns: Callable[[], int],
        random_bits: Callable[[int], int],
    ) -> None:
        self.name = name
        self.room = room
        self.negotiation = Negotiation(random_bits)
        self.tracks: dict[str, TrackSpec] = {}
        self.routes: set[str] = set()
        # Those that the participant itself wants held.
        self._paused: set[str] = set()
        self.lost_ns = -1
        self.transport: RelayTransport
        # Watched lines that the browser agreed to, by track.
        self._agreed: dict[str, tuple[Line, LineAnswer]] = {}
        self._plane = plane
        self._members = members
        self._clock_ns = clock_ns

    @property
    def connected(self) -> bool:
        """Whether media can go to it."""
        return self.transport.state is TransportState.CONNECTED

    def on_rtp(self, buffer: bytearray, length: int, arrival_ns: int) -> None:
        """Take a packet in. The plane wants to know the time of its own besides."""
        self._plane.receive_rtp(self.name, buffer, length, arrival_ns, self._clock_ns())

    def on_rtcp(self, buffer: bytearray, length: int, arrival_ns: int) -> None:
        """Take reports in."""
        self._plane.receive_rtcp(self.name, buffer, length, self._clock_ns())

    def on_state(self, state: TransportState, reason: EndReason | None) -> None:
        """Pass a new state on."""
        self._members.changed(self, state, reason)

    def agree(self, lines: tuple[Line, ...], answer: Answer) -> dict[str, TrackSpec]:
        """Take in what an answer says of the lines as offered; return the tracks it publishes now, by name.

        A line that is for something else by now is passed over: the next answer speaks of it.
        """
        tracks: dict[str, TrackSpec] = {}
        self._agreed.clear()
        for index, (line, said) in enumerate(zip(lines, answer.lines, strict=True)):
            if not said.active or self.negotiation.lines[index].use != line.use:
                continue
            match line.use:
                case Published(source=source):
                    name = track_name(self.name, source)
                    tracks[name] = TrackSpec(
                        name, line.mid, line.kind, said.codecs, said.rids, said.streams, said.nack
                    )
                case Watched(track=track):
                    self._agreed[track] = (line, said)
                case None:
                    pass
        return tracks

    def connect_routes(self, exists: Callable[[str], bool], now_ns: int) -> None:
        """Have the plane send what is agreed, begins now and can be sent, and no more what is not agreed."""
        for track in self.routes - self._agreed.keys():
            self.end_route(track)
        if not self.connected:
            return
        for track, (line, said) in self._agreed.items():
            if track not in self.routes and exists(track) and isinstance(line.use, Watched):
                repeats = said.codecs[0].rtx_payload_type
                spec = RouteSpec(line.use.ssrc, line.use.rtx_ssrc if repeats else 0, line.mid)
                self._plane.add_route(track, self.name, spec, now_ns=now_ns)
                self.routes.add(track)

    def pause(self, track: str, paused: bool, now_ns: int) -> None:
        """Hold a route because the participant wants so, or let it go on."""
        (self._paused.add if paused else self._paused.discard)(track)
        self._plane.pause_route(track, self.name, paused or not self.connected, now_ns=now_ns)

    def end_route(self, track: str) -> None:
        """Send a track no more; without a route nothing happens."""
        if track in self.routes:
            self.routes.discard(track)
            self._paused.discard(track)
            self._plane.remove_route(track, self.name)

    def forget(self, track: str) -> None:
        """Free the line of a track that ended, and its route."""
        self.end_route(track)
        self._agreed.pop(track, None)
        # Each track comes under SSRCs of its own: of those that went, nothing may pile up.
        for ssrc in filter(None, self.negotiation.unwatch(track)):
            self.transport.forget(ssrc)

    def hold_routes(self, held: bool, now_ns: int) -> None:
        """Pause all routes while there is no path; afterwards video goes on from a new keyframe."""
        for track in self.routes:
            self._plane.pause_route(track, self.name, held or track in self._paused, now_ns=now_ns)
